//! Foreign text: words that somebody else wrote, and the only functions that show them to people.
//!
//! A title, a reason, a file name or a peer's answer may be made so that a reader takes it for the program's own words: with
//! line ends, blanks up to the edge of the terminal, characters that cannot be seen, or characters that change the direction
//! of writing. A [`Foreign`] value has no `Display`. It is shown by [`Foreign::line`] or [`Foreign::prose`]. Programs
//! read [`Foreign::raw`].
//!
//! What is shown:
//!
//! - a character that cannot be seen or that changes the direction of writing as `<U+202E>`, several of it as
//!   `<40 times U+200B>`;
//! - more than [`MOST_SPACES`] spaces in a row as `<200 spaces>`, two or more empty lines as `<60 empty lines>`;
//! - of the marks on one letter the first [`MOST_MARKS`], then `<32 more marks>`;
//! - a row with a letter or digit that is written from right to left between U+2068 and U+2069, so that it does not
//!   change the order of the words around it (UAX #9).

mod character;
mod layout;
mod rows;
#[cfg(test)]
mod tests;

pub use character::{MOST_MARKS, is_direction, is_unseen, unseen};
pub use layout::{CONTINUES, MOST_SPACES, clip, paragraph_from_right, screen, screen_line, wrap};
pub use rows::{close_in_each, not_isolated};

use super::text::Text;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Words that somebody else wrote. There is no `Display`: the renderer of this room shows them.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Foreign(String);

impl Foreign {
    /// The words as they are, for programs. People must see [`Foreign::line`] or [`Foreign::prose`].
    pub fn raw(&self) -> &str {
        &self.0
    }

    /// Whether they are these words.
    pub fn is(&self, words: &str) -> bool {
        self.0 == words
    }

    /// Whether they have a line end.
    pub fn has_lines(&self) -> bool {
        self.0.contains('\n')
    }

    /// The words on one line.
    pub fn line(&self) -> String {
        line(&self.0)
    }

    /// The words with their line ends. Each line after the first begins with [`CONTINUES`].
    pub fn prose(&self) -> String {
        prose(&self.0)
    }

    /// [`Foreign::prose`] of the first rows and characters. What is left out is counted: `<1234 more characters>`.
    pub fn prose_within(&self, rows: usize, characters: usize) -> String {
        layout::prose_within(&self.0, rows, characters)
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

/// A text on one line. A line end or a tab becomes a space.
pub fn line(text: &str) -> String {
    layout::row(text, layout::Form::Line)
}

/// A name on one line, exactly: a line end is shown as `<U+000A>`. For file names and the fields of protocols.
pub fn name(text: &str) -> String {
    layout::row(text, layout::Form::Name)
}

/// A text with its line ends. Each line after the first begins with [`CONTINUES`].
pub fn prose(text: &str) -> String {
    layout::prose_within(text, usize::MAX, usize::MAX)
}
