//! What is suggested about a source, and the words that the suggestion is based on.

use crate::model::StatementId;
use crate::model::relation::SourceRelation;
use serde::Serialize;

/// The text of a held snapshot; empty for a source that was never held, which can only be named.
#[derive(Debug, Clone, Copy)]
pub struct SourceText<'a> {
    /// The source.
    pub source: StatementId,
    /// Its publisher, as people write it.
    pub publisher: &'a str,
    /// Its text.
    pub text: &'a str,
}

/// What is suggested about one source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Suggestions {
    /// What these are, to be shown with them.
    pub notice: &'static str,
    /// The source.
    pub source: StatementId,
    /// By position in its text.
    pub suggestions: Vec<Suggestion>,
}

/// One relation that a reviewer might look into.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Suggestion {
    /// What it goes by.
    pub basis: Cue,
    /// Whom the text names, in its own words; absent for an overlap.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub named: Option<String>,
    /// The words that the suggestion is based on.
    pub quotation: Passage,
    /// The relation to think of.
    pub relation: SourceRelation,
    /// The other source, if one of the texts is by the one named or shares the words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<StatementId>,
}

/// Words of a text and where they stand, in Unicode code points, the end excluded.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Passage {
    /// One past the last.
    pub end: usize,
    /// The words.
    pub exact: String,
    /// The first.
    pub start: usize,
}

/// What a suggestion goes by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Cue {
    /// An attribution phrase of this language (BCP 47).
    #[serde(rename_all = "camelCase")]
    Phrase {
        /// The language of the phrase.
        language: &'static str,
    },
    /// A name in a byline or dateline.
    Byline,
    /// The texts share word sequences.
    #[serde(rename_all = "camelCase")]
    Overlap {
        /// How it was measured.
        method: &'static str,
        /// The share of this text's words that stand in a shared sequence, in thousandths.
        permille: u64,
        /// The longest shared sequence in the other text.
        there: Passage,
        /// How many words the longest shared sequence has.
        words: u64,
    },
}
