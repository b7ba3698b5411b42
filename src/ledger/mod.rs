//! The ledger: open, admit, append, checkpoint; the one writer.
//!
//! What this is not: it asks nobody anything and prints nothing. Keys, passphrases and prompts are the callers'.

pub mod append;
pub mod checkpoint_keys;
pub mod closed;
pub mod create;
mod error;
pub mod excerpts;
pub mod known;
pub mod log;
pub mod writer;

pub use append::{Batch, Receipt};
pub use checkpoint_keys::CheckpointKeys;
pub use error::{Error, ExcerptError, KnownError};
pub use known::Known;
pub use log::{Log, LogHead};
pub use writer::Writer;

#[cfg(test)]
mod tests;
