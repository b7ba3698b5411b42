//! The sentence and facts of a statement, while they are put together.

use crate::app::Error;
use crate::app::read::screens::pages::Pages;
use crate::app::read::theirs::Outside;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::model::StatementId;
use serde::Serialize;

/// A fact and its name.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FactLine {
    /// What it is.
    pub name: &'static str,
    /// The fact.
    pub value: FactValue,
}

/// Whose words a fact is in.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum FactValue {
    /// The program's.
    Ours(String),
    /// Those of somebody who signed or published something: any characters, perhaps several lines.
    Theirs(Foreign),
}

/// The sentence and facts of a statement, while they are put together.
pub(super) struct Told {
    pub(super) sentence: String,
    pub(super) facts: Vec<FactLine>,
}

impl Told {
    pub(super) fn new(sentence: impl Into<String>) -> Self {
        Self {
            sentence: sentence.into(),
            facts: Vec::new(),
        }
    }

    /// A fact in the program's words.
    pub(super) fn ours(mut self, name: &'static str, words: impl Into<String>) -> Self {
        let value = FactValue::Ours(words.into());
        self.facts.push(FactLine { name, value });
        self
    }

    /// A fact in somebody's own words.
    pub(super) fn theirs(mut self, name: &'static str, words: &impl Outside) -> Self {
        let value = FactValue::Theirs(words.foreign());
        self.facts.push(FactLine { name, value });
        self
    }

    /// The same, if there is one.
    pub(super) fn perhaps(self, name: &'static str, words: Option<&impl Outside>) -> Self {
        match words {
            Some(words) => self.theirs(name, words),
            None => self,
        }
    }

    /// A fact in the program's words, if there is one.
    pub(super) fn maybe(self, name: &'static str, words: Option<String>) -> Self {
        match words {
            Some(words) => self.ours(name, words),
            None => self,
        }
    }
}

/// `#12 wire`, for a statement that another one names.
pub(super) fn place(pages: &Pages<'_>, id: &StatementId) -> Result<String, Error> {
    Ok(pages.named(pages.place(id)?)?.to_string())
}
