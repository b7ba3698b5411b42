//! What is suggested about a source, and what it goes by.

use crate::model::StatementId;
use crate::model::relation::SourceRelation;
use serde::Serialize;

/// The text of a held snapshot, or of nothing for a source never held, which can then only be named.
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
#[serde(rename_all = "camelCase")]
pub struct Suggestion {
    /// What it goes by.
    pub basis: Cue,
    /// Whom the text names, as it writes them; absent for an overlap.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub named: Option<String>,
    /// The words that it goes by.
    pub quotation: Passage,
    /// The relation to think of.
    pub relation: SourceRelation,
    /// The source it may be to, if one of the texts given is by whom it names or shares the words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<StatementId>,
}

/// Words of a text and where they stand, in Unicode code points, the end excluded.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
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
#[serde(rename_all = "camelCase")]
pub enum Cue {
    /// A phrase that attributes, of this language (BCP 47).
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
