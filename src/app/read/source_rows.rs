//! Sources in a list: who published each of them and when, and whether the ledger holds a copy.

use super::captures::captures_among;
use super::line::Line;
use crate::app::{Error, Session};
use claimledger_core::model::Body;
use claimledger_core::model::snapshot::Holding;
use claimledger_core::model::source::{Capture, Source};
use claimledger_core::rules::standing::withholding::Hidden;
use claimledger_core::{Message, TreeSize};
use serde::Serialize;
use std::fmt;

/// A source in a list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ListedSource {
    /// Its entry.
    #[serde(flatten)]
    pub line: Line,
    /// Its title, or a description.
    pub title: Message,
    /// Who published it.
    pub publisher: Message,
    /// When it was published, as far as known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Its language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Whether the ledger holds a copy of it.
    pub held: CopyHeld,
    /// What the web archive that was captured with it proves of itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archive_proofs: Option<ArchiveProofs>,
}

/// What a web archive proves of itself, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum ArchiveProofs {
    /// Some hold, and none is wrong.
    Hold,
    /// Some are wrong.
    Wrong,
}

impl ArchiveProofs {
    fn of(source: &Source) -> Option<Self> {
        let Capture::Captured(snapshot) = &source.capture else {
            return None;
        };
        let proofs = &snapshot.archive_proofs;
        if proofs.iter().any(|proof| proof.wrong > 0) {
            return Some(Self::Wrong);
        }
        let valid = proofs.iter().any(|proof| proof.valid > 0);
        valid.then_some(Self::Hold)
    }
}

/// Whether a ledger holds a copy of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum CopyHeld {
    /// It holds the bytes of at least one capture.
    Held,
    /// All bytes that it holds are withheld.
    Withheld,
    /// It has recorded the digest of the bytes, and holds none.
    DigestOnly,
    /// Nothing of the source was ever captured.
    NeverHeld,
}

impl fmt::Display for CopyHeld {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Held => "held",
            Self::Withheld => "withheld",
            Self::DigestOnly => "digest only",
            Self::NeverHeld => "never held",
        })
    }
}

/// The sources of these lines as of a size.
pub fn rows(
    session: &Session,
    lines: Vec<Line>,
    size: TreeSize,
) -> Result<Vec<ListedSource>, Error> {
    let hidden = session.withheld_at(size)?;
    let lines = lines.into_iter();
    lines
        .map(|line| {
            let statement = session.statement(line.index)?;
            let Body::SourceAdd(source) = &statement.body else {
                return Err(Error::WrongKind {
                    name: line.index.to_string(),
                    found: line.statement_type,
                    wanted: "source.add".to_owned(),
                });
            };
            Ok(ListedSource {
                archive_proofs: ArchiveProofs::of(source),
                title: (&source.title).into(),
                publisher: (&source.publisher).into(),
                published: source.published.as_ref().map(ToString::to_string),
                language: source.language.as_ref().map(ToString::to_string),
                held: held(session, &line, &hidden, size)?,
                line,
            })
        })
        .collect()
}

fn held(
    session: &Session,
    line: &Line,
    hidden: &Hidden,
    size: TreeSize,
) -> Result<CopyHeld, Error> {
    let naming = session.view().naming(line.index, size)?;
    let captures = captures_among(session, line.index, &naming)?;
    let bytes = captures.iter().filter(|one| one.holding == Holding::Held);
    let mut held = bytes.clone();
    Ok(if captures.is_empty() {
        CopyHeld::NeverHeld
    } else if bytes.count() == 0 {
        CopyHeld::DigestOnly
    } else if held.all(|one| hidden.digests.contains_key(&one.sha256)) {
        CopyHeld::Withheld
    } else {
        CopyHeld::Held
    })
}
