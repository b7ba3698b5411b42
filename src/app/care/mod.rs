//! Care of a ledger: making one, checking it, adopting and closing copies.

pub mod adopt;
pub mod check;
pub mod init;
