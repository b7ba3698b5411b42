//! Care of a ledger: making one, checking it, adopting and closing copies.

pub mod adopt;
pub mod audit;
pub mod doctor;
pub mod init;
