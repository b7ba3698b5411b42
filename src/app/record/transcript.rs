//! The words of a picture, a recording or a file without text, written down by a person or a tool.

use super::acquire::{self, Kept};
use super::append::Proposal;
use super::correction::{NewCorrection, correction};
use super::field::{open_text, parsed};
use super::toml_file::Fields;
use crate::app::read::captures::captures;
use crate::app::{Desk, Error, InField as _, Session};
use crate::snapshots::Waiting;
use claimledger_core::crypto::Digest;
use claimledger_core::model::snapshot::Snapshot;
use claimledger_core::model::transcript::Transcript;
use claimledger_core::model::{FreeText, StatementType};
use serde::Deserialize;
use std::path::PathBuf;

/// A new transcript.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NewTranscript {
    /// The source: number, label or id.
    pub source: String,
    /// The file with the words.
    pub file: Option<PathBuf>,
    /// Who wrote them down.
    pub by: String,
    /// The tool that made it, with its version.
    pub tool: Option<String>,
    /// The language of the words.
    pub language: Option<String>,
    /// Of which bytes of the source; of the newest by default.
    pub sha256: Option<Digest>,
    /// What it puts right.
    #[serde(skip)]
    pub correction: Option<NewCorrection>,
}

impl Fields for NewTranscript {
    const REQUIRED: &'static [&'static str] = &["source", "file", "by"];
}

/// Keeps the words until the statement is added.
pub fn keep(desk: &Desk, new: &NewTranscript, waiting: &Waiting) -> Result<Kept, Error> {
    let Some(file) = &new.file else {
        return Err(Error::Usage(
            "give the file with the words that were written down".to_owned(),
        ));
    };
    acquire::keep_text(desk, file, waiting)
}

/// The statement about words that were kept as `text`.
pub fn propose(session: &Session, new: &NewTranscript, text: &Snapshot) -> Result<Proposal, Error> {
    let source = session
        .id_of(&new.source, StatementType::SourceAdd)
        .in_field("source")?;
    let all = captures(session, &source, session.head().size)?;
    let of = match (new.sha256, all.last()) {
        (Some(digest), _) => digest,
        (None, Some(newest)) => newest.sha256,
        (None, None) => {
            return Err(Error::Usage(format!(
                "no bytes of {0} were ever captured, and a transcript is of bytes: keep the picture, the recording or the \
                 file first with `claimledger source capture {0} FILE`",
                new.source
            )));
        }
    };
    Ok(Proposal::new(Transcript {
        by: FreeText::open(new.by.clone()).in_field("by")?,
        correction: correction(
            session,
            new.correction.as_ref(),
            StatementType::SourceTranscribe,
        )?,
        language: parsed(new.language.as_deref(), "language")?,
        of,
        source,
        text: text.sha256,
        tool: open_text(new.tool.as_ref(), "tool")?,
    }))
}
