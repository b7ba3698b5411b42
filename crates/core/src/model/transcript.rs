//! The words of a picture, recording or file without text, written down by a person or a tool.

use super::correction::Correction;
use super::reference::Named;
use super::source::SOURCE;
use super::{Line, Name, StatementId, StatementType};
use crate::crypto::Digest;
use crate::encoding::name::Language;
use serde::{Deserialize, Serialize};

/// `source.transcribe`: the text of bytes that a source has, as somebody wrote it down. It can be quoted, and is always
/// shown as a transcript: it is the word of its maker and its signer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Transcript {
    /// Who wrote it down, by name; a tool's name stands in `tool`.
    pub by: Name,
    /// What it puts right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correction: Option<Correction>,
    /// The language of the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// SHA-256 of the bytes that it is a transcript of.
    pub of: Digest,
    /// The source that has those bytes.
    pub source: StatementId,
    /// SHA-256 of the UTF-8 text.
    pub text: Digest,
    /// The tool that made it, by name and version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool: Option<Line>,
}

impl Transcript {
    pub(crate) fn named(&self) -> Vec<Named> {
        let mut named = vec![Named::new("source", self.source, SOURCE)];
        named.extend(self.correction.iter().map(|c| c.named(TRANSCRIPT)));
        named
    }
}

/// What a field that names a transcript may name.
pub(crate) const TRANSCRIPT: &[StatementType] = &[StatementType::SourceTranscribe];
