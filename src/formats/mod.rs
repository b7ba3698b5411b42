//! Readers of what other software writes about fact-checks: ClaimReview markup in pages and files, tables, JSON Lines,
//! exports of Meedan Check. And writers of what other software reads: ClaimReview, feeds, tables, citations, PROV, GraphML.
//!
//! A reader takes bytes and gives plain values, a writer the other way round. Nothing is guessed: a value that cannot be used becomes a [`Trouble`] with its
//! place and its reason, and stays in the bytes, which the ledger keeps.
//!
//! What this is not: it opens no files and knows no ledger.

pub mod check;
pub mod citations;
pub mod claimreview;
pub mod csv;
mod decoding;
pub mod feeds;
pub mod graphml;
pub mod json;
pub mod json_text;
pub mod mapping;
pub mod own;
pub mod own_review;
pub mod prov;
pub mod review;
pub mod row;
mod rows;
pub mod schema_org;
pub mod table;
pub mod trouble;
pub mod xml;

pub use mapping::Mapping;
pub use review::{ClaimantMarkup, ReviewMarkup};
pub use trouble::{Trouble, TroubleCode};
