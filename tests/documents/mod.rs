//! The pages in `docs/` and the example ledger, held to what the program does.

pub mod example;
pub mod format;
pub mod guide;
pub mod reference;
