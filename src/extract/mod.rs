//! The text in the bytes of a source: one file for each format. The result depends on the bytes and the stated
//! parameters alone, so that every auditor with this version finds the same text.
//!
//! What this is not: it keeps nothing and knows no statements.

pub mod archive;
pub mod charset;
pub mod codings;
pub mod document;
pub mod formats;
pub mod html;
pub mod http;
pub mod letter;
mod lines;
pub mod media;
pub mod office;
pub mod pdf;
pub mod prescan;
pub mod reader;
mod short;
