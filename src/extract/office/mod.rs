//! The words of office files as a person sees them there. They are read in the process that [`super::reader`] starts;
//! docs/extraction.md says what counts as shown.

mod number;
pub mod open;
mod parts;
pub mod rich;
pub mod sheet;
pub mod slides;
pub mod word;
mod xml;

/// Name and revision of the reader of Word files. A revision rises whenever any output changes; a test holds outputs.
pub const WORD: &str = "claimledger-word 1";

/// Name and revision of the reader of Excel's spreadsheets.
pub const SHEET: &str = "claimledger-sheet 1";

/// Name and revision of the reader of PowerPoint's presentations.
pub const SLIDES: &str = "claimledger-slides 1";

/// Name and revision of the reader of OpenDocument files.
pub const OPEN: &str = "claimledger-opendocument 1";

/// Name and revision of the reader of rich text.
pub const RICH: &str = "claimledger-rtf 1";
