//! A fact-check claim ledger with signed provenance.
//!
//! The rooms of the house stand below in floor order: a room may use only rooms above it in this list.
//! `tests/architecture.rs` enforces it.

// pure: bytes in, bytes out; no clock, no files, no network
pub mod encoding;
pub mod crypto;
