//! A fact-check claim ledger with signed provenance.
//!
//! The rooms are listed below in floor order: a room may use only rooms above it in this list. `tests/architecture`
//! checks this.

// machine: the only doors to it
pub mod outcome;
pub mod host;
pub mod keystore;
pub mod transport;
pub mod store;
pub mod text;
pub mod extract;
pub mod snapshots;

// work
pub mod index;
pub mod fulltext;
pub mod ledger;
pub mod sync;
pub mod formats;

// people
pub mod app;
pub mod site;
pub mod cli;
