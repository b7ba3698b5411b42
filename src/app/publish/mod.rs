//! What goes out to other software: verdicts, recorded reviews, feeds, tables, citations and graphs, collected from the ledger
//! with the standing of each. The formats themselves are in the room `formats`.

pub mod chain;
pub mod citations;
pub mod claimreview;
pub mod feed;
pub mod graph;
pub mod house;
pub mod lists;
mod originals;
pub mod reviews;
pub mod site;
pub mod sources;
pub mod verdicts;
