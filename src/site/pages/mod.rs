//! One file for each kind of page: what stands between navigation and footer, and the record of it.

pub mod claim;
pub mod entry;
pub mod fixed;
pub mod front;
pub mod listed;
pub mod people;
pub mod source;
pub mod source_text;
pub mod verdict;
