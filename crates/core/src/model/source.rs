//! A document that says something: who published it, when, in which language, and what was kept of it.

use super::correction::Correction;
use super::reference::Named;
use super::snapshot::Snapshot;
use super::{Line, Name, Prose, StatementId, StatementType, agree, ascending};
use crate::encoding::name::{Language, Url};
use crate::encoding::time::PartialDate;
use crate::encoding::{Defect, DefectCode};
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
        /// Something else.
        Other = "other",
    }
);

/// Who or what translated a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

/// A source that is known only by name: through another source, or for a reason that the signer gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NeverHeld {
    /// The source through which it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_through: Option<StatementId>,
    /// How the signer knows it, such as "seen by the reviewer on 2 March".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Prose>,
}

/// `source.add`: a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Source {
    /// Further addresses where copies of it are kept, ascending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub archived_at: Vec<Url>,
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
        ascending("archivedAt", &self.archived_at)?;
        match &self.capture {
            Capture::Captured(snapshot) => snapshot.check(),
            Capture::NeverHeld(never) => agree(
                never.known_through.is_some() || never.reason.is_some(),
                "a source that was never held is known through another one, or for a reason",
            ),
        }
    }

    pub(crate) fn named(&self) -> Vec<Named> {
        let mut named = Vec::new();
        if let Capture::NeverHeld(never) = &self.capture {
            let through = never.known_through.iter();
            named.extend(through.map(|id| Named::new(KNOWN_THROUGH, *id, SOURCE)));
        }
        named.extend(self.correction.iter().map(|c| c.named(SOURCE)));
        named
    }
}

/// `source.capture`: later or further bytes of a source, and what became of quotations of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SourceCapture {
    /// What the text of these bytes has of earlier quotations, by id ascending, at most 256.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quotations: Vec<Quotation>,
    /// What was captured.
    pub snapshot: Snapshot,
    /// Of which source.
    pub source: StatementId,
}

impl SourceCapture {
    pub(crate) fn check(&self) -> Result<(), Defect> {
        agree(self.snapshot.bytes > 0, "a capture has at least one byte")?;
        let ids: Vec<StatementId> = self.quotations.iter().map(|q| q.statement).collect();
        ascending("quotations", &ids)?;
        if ids.len() > MAX_QUOTATIONS {
            return Err(Defect::new(
                DefectCode::TooLong,
                format!(
                    "{} quotations; the limit of one capture is {MAX_QUOTATIONS}",
                    ids.len()
                ),
            ));
        }
        agree(
            ids.is_empty() || self.snapshot.text_blob().is_some(),
            "a capture without a text says nothing about quotations",
        )?;
        self.quotations.iter().try_for_each(Quotation::check)?;
        self.snapshot.check()
    }

    pub(crate) fn named(&self) -> Vec<Named> {
        let quotations = self.quotations.iter();
        let quotations = quotations.map(|q| Named::new("quotations", q.statement, QUOTING));
        [Named::new("source", self.source, SOURCE)]
            .into_iter()
            .chain(quotations)
            .collect()
    }
}

words!(
    /// What a later capture has of an earlier quotation.
    QuotationState, "state of a quotation" {
        /// The same words at the same position.
        There = "there",
        /// The same words at another position.
        Moved = "moved",
        /// The words are nowhere in the text.
        Gone = "gone",
    }
);

/// What a later capture has of one quotation: compared with the bytes as excerpts are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Quotation {
    /// With `moved`: the first code point after the quotation in the new text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<u64>,
    /// With `moved`: the first code point of the quotation in the new text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<u64>,
    /// What became of it.
    pub state: QuotationState,
    /// The evidence or relation that quotes.
    pub statement: StatementId,
}

impl Quotation {
    fn check(&self) -> Result<(), Defect> {
        let moved = self.state == QuotationState::Moved;
        agree(
            self.start.is_some() == moved && self.end.is_some() == moved,
            "a quotation that moved, and only such a one, has a new start and end",
        )?;
        agree(
            !moved || self.start < self.end,
            "a quotation's start is before its end",
        )
    }
}

/// One capture says what became of at most as many quotations; more go into a further capture.
pub const MAX_QUOTATIONS: usize = 256;

/// What can hold an excerpt.
const QUOTING: &[StatementType] = &[StatementType::EvidenceAdd, StatementType::SourceRelate];

/// The field that names the source through which another is known.
pub(crate) const KNOWN_THROUGH: &str = "capture.neverHeld.knownThrough";

/// The types that a field naming a source may name.
pub(crate) const SOURCE: &[StatementType] = &[StatementType::SourceAdd];
