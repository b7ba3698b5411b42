//! A fact-check claim ledger with signed provenance.
//!
//! The rooms of the house stand below in floor order: a room may use only rooms above it in this list.
//! `tests/architecture` enforces it.

// machine: the only doors to it
pub mod outcome;
pub mod host;
pub mod keystore;
pub mod transport;
pub mod store;
pub mod text;
pub mod snapshots;

// work
pub mod index;
pub mod ledger;
pub mod sync;

// people
pub mod app;
pub mod cli;

// The tests' own ledger, shared with `tests/`; it calls this library by its name.
#[cfg(test)]
extern crate self as claimledger;
#[cfg(test)]
#[path = "../tests/support/mod.rs"]
#[allow(dead_code, reason = "tests outside and benchmarks use the rest of it")]
mod support;
