//! The ledger: open, admit, append, checkpoint. It is the only writer.
//!
//! What this is not: it asks no questions and prints nothing. Callers supply keys, passphrases and prompts.

pub mod append;
pub mod clock_guard;
pub mod create;
mod error;
pub mod held_excerpts;
mod memory_file;
pub mod rollback_guard;
pub mod writer;

pub use append::{Batch, Receipt};
pub use clock_guard::ClockGuard;
pub use error::{Error, RollbackError};
pub use rollback_guard::RollbackGuard;
pub use writer::Writer;
