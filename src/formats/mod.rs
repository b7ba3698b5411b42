//! Readers of what other software writes about fact-checks: ClaimReview markup in pages and files, tables, JSON Lines,
//! exports of Meedan Check.
//!
//! Bytes come in, plain values come out. Nothing is guessed: a value that cannot be used becomes a [`Trouble`] with its
//! place and its reason, and stays in the bytes, which the ledger keeps.
//!
//! What this is not: it opens no files and knows no ledger.

pub mod check;
pub mod claimreview;
mod decoding;
pub mod json;
pub mod mapping;
pub mod own;
pub mod review;
pub mod row;
mod rows;
pub mod table;
pub mod trouble;

pub use mapping::Mapping;
pub use review::{ClaimantMarkup, ReviewMarkup};
pub use trouble::{Trouble, TroubleCode};
