//! A source as a person describes it, and what is kept of it.

use super::add::Proposal;
use super::correct::{NewCorrection, correction};
use super::{Catalog, Desk, Error, add};
use crate::crypto::sha256;
use crate::host;
use crate::model::snapshot::{Holding, Snapshot};
use crate::model::source::{Capture, NeverHeld, Source, SourceKind, Translator};
use crate::model::{FreeText, StatementType};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// A new source.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NewSource {
    /// The file that holds what was captured; absent for a source never held.
    pub file: Option<PathBuf>,
    /// Its title, or a description where it has none.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// What kind of document; an article if not said.
    pub kind: Option<SourceKind>,
    /// Where it was published.
    pub url: Option<String>,
    /// Its authors, as named.
    #[serde(default)]
    pub author: Vec<String>,
    /// When it was published, as far as known.
    pub published: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// Who translated it: a name, `machine:NAME`, or `unknown`.
    pub translated_by: Option<String>,
    /// Why the source is not named.
    pub unnamed: Option<String>,
    /// The source through which one that was never held is known.
    pub known_through: Option<String>,
    /// Keep only the digest of the bytes.
    #[serde(default)]
    pub hash_only: bool,
    /// What it puts right.
    pub correction: Option<NewCorrection>,
}

/// The statement about a new source, and the bytes to keep with it.
pub fn propose(desk: &Desk, catalog: &Catalog, new: &NewSource) -> Result<Proposal, Error> {
    let (capture, blobs) = match (&new.file, &new.known_through) {
        (Some(_), Some(_)) => {
            return Err(Error::Usage(
                "a source is captured from a file or known through another source, not both"
                    .to_owned(),
            ));
        }
        (None, None) => {
            return Err(Error::Usage(
                "give the file that holds the source, or --never-held --known-through SOURCE"
                    .to_owned(),
            ));
        }
        (None, Some(through)) => {
            let known_through = catalog.id_of(through, StatementType::SourceAdd)?;
            (Capture::NeverHeld(NeverHeld { known_through }), Vec::new())
        }
        (Some(file), None) => {
            let (snapshot, blobs) = captured(desk, file, new.hash_only)?;
            (Capture::Captured(snapshot), blobs)
        }
    };
    let open = |names: &[String]| {
        let names = names.iter().map(|name| FreeText::open(name.clone()));
        names.collect::<Result<Vec<_>, _>>()
    };
    let source = Source {
        authors: open(&new.author)?,
        capture,
        correction: correction(catalog, new.correction.as_ref(), StatementType::SourceAdd)?,
        kind: new.kind.unwrap_or(SourceKind::Article),
        language: new.language.as_deref().map(str::parse).transpose()?,
        published: new.published.as_deref().map(str::parse).transpose()?,
        publisher: FreeText::open(new.publisher.clone())?,
        title: FreeText::open(new.title.clone())?,
        translated_by: new.translated_by.as_deref().map(translator).transpose()?,
        unnamed: new.unnamed.clone().map(FreeText::open).transpose()?,
        url: new.url.as_deref().map(str::parse).transpose()?,
    };
    Ok(Proposal {
        body: source.into(),
        blobs,
    })
}

/// What a file holds, as a snapshot says it, and the bytes to keep.
pub(super) fn captured(
    desk: &Desk,
    file: &Path,
    hash_only: bool,
) -> Result<(Snapshot, Vec<Vec<u8>>), Error> {
    let bytes = std::fs::read(file).map_err(|e| host::Error::io("reading", file, e))?;
    let snapshot = snapshot(desk, file, &bytes, hash_only)?;
    let blobs = if hash_only { Vec::new() } else { vec![bytes] };
    Ok((snapshot, blobs))
}

/// The snapshot that the bytes of a file are.
fn snapshot(desk: &Desk, file: &Path, bytes: &[u8], hash_only: bool) -> Result<Snapshot, Error> {
    let extension = file.extension().and_then(|e| e.to_str()).unwrap_or("");
    let media_type = if matches!(extension, "txt" | "text") {
        "text/plain"
    } else {
        "application/octet-stream"
    };
    Ok(Snapshot {
        bytes: bytes.len() as u64,
        captured: add::now(desk)?,
        captured_by: None,
        fetched: None,
        holding: if hash_only {
            Holding::HashOnly
        } else {
            Holding::Held
        },
        media_type: media_type.parse()?,
        method: FreeText::open("file")?,
        no_text: None,
        sha256: sha256(&[bytes]),
        text: None,
    })
}

/// `machine:NAME` is software, `unknown` nobody knows, anything else a person or office.
fn translator(text: &str) -> Result<Translator, Error> {
    Ok(match text.split_once(':') {
        Some(("machine", name)) => Translator::Machine(FreeText::open(name.trim())?),
        _ if text == "unknown" => Translator::Unknown,
        _ => Translator::Person(FreeText::open(text)?),
    })
}
