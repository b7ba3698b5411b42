//! Foreign text: words that somebody else wrote, and the only functions that show them to people.
//!
//! A title, a reason, a file name or a peer's answer may be made so that a reader takes it for the program's own words: with
//! line ends, blanks up to the edge of the terminal, characters that cannot be seen, or characters that change the direction
//! of writing. A [`Foreign`] value has no `Display`. It is shown by [`Foreign::quoted`], [`Foreign::prose`] or
//! [`Foreign::block`], and always with a mark: in quotation marks, or behind a bar on a row of its own. Programs read
//! [`Foreign::raw`].
//!
//! What is shown:
//!
//! - in quotation marks, a double quotation mark as a single one, so that the words cannot end the quotation;
//! - a character that cannot be seen or that changes the direction of writing as `<U+202E>`, several of it as
//!   `<40 times U+200B>`;
//! - more than [`MOST_SPACES`] spaces in a row as `<200 spaces>`, two or more empty lines as `<60 empty lines>`;
//! - of the marks on one letter the first [`MOST_MARKS`], then `<32 more marks>`;
//! - a row with a letter or digit that is written from right to left between U+2068 and U+2069, so that it does not
//!   change the order of the words around it (UAX #9).

mod breaks;
mod character;
mod isolate;
mod layout;
mod screen;
#[cfg(test)]
mod tests;

pub use breaks::{clip, quotation_is_open, wrap};
pub use character::{MOST_MARKS, is_direction, is_unseen, unseen};
pub use isolate::not_isolated;
pub use layout::{CLOSES, CONTINUES, MOST_SPACES, OPENS};
pub use screen::{screen, screen_line};

use super::text::Text;
use layout::Form;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Words that somebody else wrote. There is no `Display`: the renderer of this room shows them.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Foreign(String);

impl Foreign {
    /// The words as they are, for programs. People must see [`Foreign::quoted`] or [`Foreign::prose`].
    pub fn raw(&self) -> &str {
        &self.0
    }

    /// Whether they are these words.
    pub fn is(&self, words: &str) -> bool {
        self.0 == words
    }

    /// Whether quotation marks show them letter for letter: they have no line end, no tab and no double quotation mark.
    pub fn fits_quotation(&self) -> bool {
        !self.0.contains(['\n', '\t']) && !layout::has_double_marks(&self.0)
    }

    /// The words without line ends: each, with the white space around it, becomes a space.
    #[must_use]
    pub fn in_one_line(&self) -> Self {
        let lines = self.0.lines().map(str::trim);
        let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
        lines.join(" ").into()
    }

    /// The words on one line, in quotation marks. A line end or a tab becomes a space.
    pub fn quoted(&self) -> String {
        layout::quoted(&self.0, Form::Line)
    }

    /// [`Foreign::quoted`] of the first characters. What is left out is counted: `<1234 more characters>`.
    pub fn quoted_within(&self, characters: usize) -> String {
        layout::quoted_within(&self.0, characters)
    }

    /// The words with their line ends, in the midst of the program's words. Without a line end they stand in quotation marks.
    /// Otherwise they begin on a new row, and each row begins with [`CONTINUES`].
    pub fn prose(&self) -> String {
        self.prose_within(usize::MAX, usize::MAX)
    }

    /// [`Foreign::prose`] of the first rows and characters. What is left out is counted: `<1234 more characters>`.
    pub fn prose_within(&self, rows: usize, characters: usize) -> String {
        layout::prose_within(&self.0, rows, characters)
    }

    /// The words as rows that begin with `mark`. `wrap` breaks a row that is too wide.
    pub fn block(&self, mark: &str, wrap: &dyn Fn(&str) -> Vec<String>) -> String {
        let mut text = String::new();
        for row in layout::rows_within(&self.0, usize::MAX, usize::MAX) {
            for row in wrap(row.trim()) {
                text.push_str(format!("{mark}{row}").trim_end());
                text.push('\n');
            }
        }
        text
    }
}

impl fmt::Debug for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

impl From<String> for Foreign {
    fn from(words: String) -> Self {
        Self(words)
    }
}

impl From<&str> for Foreign {
    fn from(words: &str) -> Self {
        Self(words.to_owned())
    }
}

impl<const MAX: usize, const VERBATIM: bool> From<&Text<MAX, VERBATIM>> for Foreign {
    fn from(text: &Text<MAX, VERBATIM>) -> Self {
        Self(text.as_str().to_owned())
    }
}

/// A name exactly: a line end is shown as `<U+000A>`. For file names, addresses and the fields of protocols. It stands in
/// quotation marks unless it is one plain word, which a person may copy.
pub fn name(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_./:@%+=,~?&#$".contains(&b);
    if !text.is_empty() && text.bytes().all(plain) {
        text.to_owned()
    } else {
        layout::quoted(text, Form::Name)
    }
}
