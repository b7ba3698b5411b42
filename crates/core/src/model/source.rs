//! A document that says something: who published it, when, in which language, and what was kept of it.

use super::correction::Correction;
use super::reference::Named;
use super::snapshot::Snapshot;
use super::{Line, Name, Prose, StatementId, StatementType, agree};
use crate::encoding::Defect;
use crate::encoding::name::{Language, Url};
use crate::encoding::time::PartialDate;
use serde::{Deserialize, Serialize};

words!(
    /// What kind of document a source is.
    SourceKind, "kind of source" {
        /// A news article.
        Article = "article",
        /// An agency's wire report.
        Wire = "wire",
        /// A statement by a press service or institution.
        Statement = "statement",
        /// A law, treaty, judgment or other official document.
        Document = "document",
        /// A transcript of spoken words.
        Transcript = "transcript",
        /// A sound recording.
        Audio = "audio",
        /// A film or video.
        Video = "video",
        /// An image.
        Image = "image",
        /// A post on a social platform.
        Post = "post",
        /// A web page of another kind.
        WebPage = "webPage",
        /// A data set.
        Dataset = "dataset",
        /// A scholarly work.
        Study = "study",
        /// A book.
        Book = "book",
        /// What somebody told the reviewer.
        Interview = "interview",
        /// A letter or message to the reviewer.
        Correspondence = "correspondence",
        /// What the reviewer saw.
        Observation = "observation",
        /// Another fact-check.
        FactCheck = "factCheck",
    }
);

/// Who or what translated a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Translator {
    /// Software, by name.
    Machine(Line),
    /// A person or office, by name.
    Person(Name),
    /// Translated; the translator is not known.
    #[serde(rename = "unknown")]
    Unknown,
}

/// What was kept of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(
    clippy::large_enum_variant,
    reason = "a captured source is the common case"
)]
pub enum Capture {
    /// Bytes were captured.
    Captured(Snapshot),
    /// It was never held here. Another source names it, or a later `source.capture` supplies it.
    NeverHeld(NeverHeld),
}

/// A source that is known only by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NeverHeld {
    /// The source through which it is known.
    pub known_through: StatementId,
}

/// `source.add`: a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Source {
    /// Its authors, as named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<Name>,
    /// What was kept of it.
    pub capture: Capture,
    /// What it puts right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correction: Option<Correction>,
    /// What kind of document.
    pub kind: SourceKind,
    /// Its language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// When it was published, as far as known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<PartialDate>,
    /// Who published it.
    pub publisher: Name,
    /// Its title, or a description where it has none.
    pub title: Line,
    /// Who or what translated it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub translated_by: Option<Translator>,
    /// Why the source is not named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unnamed: Option<Prose>,
    /// Where it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
}

impl Source {
    pub(crate) fn check(&self) -> Result<(), Defect> {
        match &self.capture {
            Capture::Captured(snapshot) => snapshot.check(),
            Capture::NeverHeld(_) => Ok(()),
        }
    }

    pub(crate) fn named(&self) -> Vec<Named> {
        let mut named = Vec::new();
        if let Capture::NeverHeld(never) = &self.capture {
            named.push(Named::new(
                "capture.neverHeld.knownThrough",
                never.known_through,
                SOURCE,
            ));
        }
        named.extend(self.correction.iter().map(|c| c.named(SOURCE)));
        named
    }
}

/// `source.capture`: bytes of a source, captured later or again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SourceCapture {
    /// What was captured.
    pub snapshot: Snapshot,
    /// Of which source.
    pub source: StatementId,
}

impl SourceCapture {
    pub(crate) fn check(&self) -> Result<(), Defect> {
        agree(self.snapshot.bytes > 0, "a capture has at least one byte")?;
        self.snapshot.check()
    }
}

/// The types that a field naming a source may name.
pub(crate) const SOURCE: &[StatementType] = &[StatementType::SourceAdd];
