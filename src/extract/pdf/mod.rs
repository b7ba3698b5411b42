//! The text of a PDF file, in the process that [`super::reader`] starts.

mod accents;
mod bidi;
mod glyphs;
mod lines;
mod reader;
mod seen;

/// Name and revision: the characters that hayro draws, in lines of our own. The revision rises whenever any output changes; a
/// test holds outputs.
pub const EXTRACTOR: &str = "claimledger-pdf 2";

/// The text of a file, or why there is none. A hostile file can make it crash, loop or use all memory.
pub fn text(bytes: &[u8]) -> Result<String, String> {
    reader::text(bytes)
}
