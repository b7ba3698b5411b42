//! Later bytes of a source, and bytes that are no longer shown.

use super::add::Proposal;
use super::evidence::captures;
use super::{Catalog, Desk, Error, source};
use crate::crypto::Digest;
use crate::model::snapshot::Withhold;
use crate::model::source::SourceCapture;
use crate::model::{Body, FreeText, StatementType};
use crate::snapshots::Waiting;
use serde::Deserialize;
use std::path::PathBuf;

/// Later or further bytes of a source.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NewCapture {
    /// The source: number, label or id.
    pub source: String,
    /// The file that holds what was captured.
    pub file: PathBuf,
    /// Keep only the digest of the bytes.
    #[serde(default)]
    pub hash_only: bool,
    /// What kind of bytes the file has; found out if not said.
    pub media_type: Option<String>,
}

/// The statement about later bytes, and the bytes; they are kept in `waiting` where one is given.
pub fn capture(
    desk: &Desk,
    catalog: &Catalog,
    new: &NewCapture,
    waiting: Option<&Waiting>,
) -> Result<Proposal, Error> {
    let source = catalog.id_of(&new.source, StatementType::SourceAdd)?;
    let (snapshot, blobs) = source::captured(
        desk,
        &new.file,
        new.hash_only,
        new.media_type.as_deref(),
        waiting,
    )?;
    Ok(Proposal {
        body: SourceCapture { snapshot, source }.into(),
        blobs,
    })
}

/// Bytes that are no longer shown.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NewWithholding {
    /// The source or the capture whose bytes they are: number, label or id.
    pub target: String,
    /// Which of its bytes, by digest; needed where a source was captured more than once.
    pub sha256: Option<Digest>,
    /// Why.
    pub reason: String,
}

/// The statement that withholds bytes.
pub fn withhold(catalog: &Catalog, new: &NewWithholding) -> Result<Proposal, Error> {
    let (id, body) = catalog.named(&new.target)?;
    let (source, found) = match &body {
        Body::SourceCapture(capture) => (capture.source, vec![capture.snapshot.sha256]),
        Body::SourceAdd(_) => {
            let all = captures(catalog, &id, catalog.head().size)?;
            (id, all.iter().map(|snapshot| snapshot.sha256).collect())
        }
        other => {
            return Err(Error::WrongKind {
                name: new.target.clone(),
                found: other.statement_type().to_string(),
                wanted: "source.add or source.capture".to_owned(),
            });
        }
    };
    let sha256 = match (new.sha256, &found[..]) {
        (Some(digest), all) if all.contains(&digest) => digest,
        (None, [one]) => *one,
        (None, []) => {
            return Err(Error::Usage(format!(
                "{} was never held: there are no bytes to withhold",
                new.target
            )));
        }
        (given, many) => {
            let all: Vec<String> = many.iter().map(ToString::to_string).collect();
            let which = given.map_or("say which with --sha256", |_| "that is none of them");
            return Err(Error::Usage(format!(
                "{} has the bytes {}; {which}",
                new.target,
                all.join(", ")
            )));
        }
    };
    Ok(Proposal::of(Withhold {
        reason: FreeText::open(new.reason.clone())?,
        sha256,
        source,
    }))
}
