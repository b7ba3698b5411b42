//! The pages in `docs/`, the example ledger and the lists of packages, held to what the program is and does.

pub mod cases;
pub mod example;
pub mod format;
pub mod guide;
pub mod packages;
pub mod reference;
mod schemas;
pub mod statement_schemas;
pub mod state;
