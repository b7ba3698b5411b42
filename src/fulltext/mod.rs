//! The full-text index: which statements and held texts have which words. It is derived from the log, can be deleted, and is
//! never simply believed.
//!
//! It is a tantivy index in the state folder, beside the row index. Each commit writes which log it follows and how far, so a
//! foreign, older or newer index is noticed. It holds no text, only the terms of each document without their places: what
//! it finds is read again in the log, and shown from there. Only one process writes it; others read what is committed.
//!
//! What this is not: it knows neither the ledger nor the rules. The caller gives it documents and confirms what it finds.

mod document;
mod find;
mod folder;
mod guarded;
mod passage;
mod question;
mod sharing;
mod terms;
mod writing;

pub use document::{Followed, FullTextDocument, Part, SCHEMA};
pub use find::{Hit, Layer, find};
pub use folder::{Folder, beside};
pub use passage::{beginning, passage};
pub use question::{Filters, LookedFor, Question, WantedWords};
pub use sharing::{IndexedClaims, PieceWanted, Sharing, asked};
pub use writing::Building;
