//! Foreign words on a screen: in quotation marks on one line, or as a block with a bar before each row. This is the only file
//! of the screens that shows them.

use super::wrapping::{WIDTH, wrapped};
use claimledger_core::encoding::foreign::{Foreign, clip};

/// The words on one line; a long text is cut.
pub fn foreign_line(words: &Foreign) -> String {
    clip(&words.quoted(), LINE)
}

/// The words as a block. Each row begins with a bar, so that none looks like a row of the program's own.
pub fn foreign_prose(words: &Foreign, indent: usize) -> String {
    let bar = format!("{}| ", " ".repeat(indent));
    words.block(&bar, &|row| wrapped(row, WIDTH - bar.len()))
}

/// Columns of a foreign text within a line of a screen.
const LINE: usize = 120;
