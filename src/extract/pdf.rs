//! The text of a PDF file, in the process that [`super::reader`] starts.

use super::reader::one_line;

/// Name and revision: the text that pdf-extract finds. The revision rises whenever any output changes; a test holds outputs.
pub const EXTRACTOR: &str = "claimledger-pdf 1";

/// The text of a file, or why there is none. A hostile file can make it crash, loop or use all memory.
pub fn text(bytes: &[u8]) -> Result<String, String> {
    pdf_extract::extract_text_from_mem(bytes)
        .map_err(|e| format!("the PDF cannot be read: {}", one_line(&e.to_string())))
}
