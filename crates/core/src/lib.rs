//! Verifies fact-check claim ledgers.
//!
//! The rooms stand below in floor order: a room may use only rooms above it in this list. `tests/architecture`
//! enforces it.

// pure: bytes in, bytes out; no clock, no files, no network
pub mod encoding;
pub mod crypto;
pub mod tlog;
pub mod model;
pub mod envelope;
pub mod entry;
pub mod corroboration;
pub mod rules;
pub mod log;
pub mod dossier;
pub mod audit;
