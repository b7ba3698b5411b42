//! Care of a ledger: creating it, checking it, adopting and closing copies.

pub mod adopt;
pub mod audit;
pub mod doctor;
mod doctor_index;
mod doctor_words;
pub mod init;
pub mod leftovers;
