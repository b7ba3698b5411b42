//! From the texts of statements to the foreign words of a screen.

use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::encoding::name::{Language, Url};
use claimledger_core::encoding::text::Text;
use claimledger_core::model::FreeText;

/// What somebody else wrote.
pub trait Outside {
    /// Their words.
    fn foreign(&self) -> Foreign;
}

impl Outside for Foreign {
    fn foreign(&self) -> Foreign {
        self.clone()
    }
}

impl<const MAX: usize, const VERBATIM: bool> Outside for FreeText<MAX, VERBATIM> {
    fn foreign(&self) -> Foreign {
        Foreign::from(self.words().unwrap_or(SEALED))
    }
}

impl<const MAX: usize, const VERBATIM: bool> Outside for Text<MAX, VERBATIM> {
    fn foreign(&self) -> Foreign {
        Foreign::from(self)
    }
}

impl Outside for Url {
    fn foreign(&self) -> Foreign {
        self.as_str().into()
    }
}

impl Outside for Language {
    fn foreign(&self) -> Foreign {
        self.as_str().into()
    }
}

/// The words; of a sealed text, that it is sealed.
pub fn theirs(text: &impl Outside) -> Foreign {
    text.foreign()
}

/// [`theirs`] for a text that may be absent.
pub fn perhaps(text: Option<&impl Outside>) -> Option<Foreign> {
    text.map(Outside::foreign)
}

const SEALED: &str = "(sealed: the log holds only a commitment to these words)";
