//! The ledger: open, admit, append, checkpoint; the one writer.
//!
//! What this is not: it asks nobody anything and prints nothing. Keys, passphrases and prompts are the callers'.

pub mod append;
pub mod checkpoint_keys;
pub mod closed;
pub mod create;
mod error;
pub mod excerpts;
pub mod held_excerpts;
pub mod log;
pub mod rollback_guard;
pub mod writer;

pub use append::{Batch, Receipt};
pub use checkpoint_keys::CheckpointKeys;
pub use error::{Error, RollbackError};
pub use excerpts::ExcerptError;
pub use log::{Log, LogHead};
pub use rollback_guard::RollbackGuard;
pub use writer::Writer;

#[cfg(test)]
mod tests;
