//! One file for each kind of page: what stands between navigation and footer, and the record of it.

pub mod claim;
pub mod front;
pub mod verdict;
