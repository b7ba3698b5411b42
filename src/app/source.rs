//! A source as a person describes it, and what is kept of it.

use super::add::Proposal;
use super::correct::{NewCorrection, correction};
use super::{Catalog, Desk, Error, add};
use crate::encoding::name::MediaType;
use crate::host;
use crate::model::snapshot::{Holding, Snapshot};
use crate::model::source::{Capture, NeverHeld, Source, SourceKind, Translator};
use crate::model::{FreeText, Line, StatementType};
use crate::snapshots::{self, Known, Waiting};
use serde::Deserialize;
use std::fs::File;
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
    /// What kind of bytes the file has; found out if not said.
    pub media_type: Option<String>,
    /// What it puts right.
    pub correction: Option<NewCorrection>,
}

/// The statement about a new source, and the bytes to keep with it.
///
/// The bytes are kept in `waiting` where one is given, and in a place of their own otherwise.
pub fn propose(
    desk: &Desk,
    catalog: &Catalog,
    new: &NewSource,
    waiting: Option<&Waiting>,
) -> Result<Proposal, Error> {
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
            (Capture::NeverHeld(NeverHeld { known_through }), None)
        }
        (Some(file), None) => {
            let media_type = new.media_type.as_deref();
            let (snapshot, blobs) = captured(desk, file, new.hash_only, media_type, waiting)?;
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

/// What a file holds, as a snapshot says it, and the bytes to keep, which never are all in memory.
pub(super) fn captured(
    desk: &Desk,
    file: &Path,
    hash_only: bool,
    media_type: Option<&str>,
    waiting: Option<&Waiting>,
) -> Result<(Snapshot, Option<Waiting>), Error> {
    let mut bytes = File::open(file).map_err(|e| host::Error::io("reading", file, e))?;
    let name = file.file_name().and_then(|name| name.to_str());
    let mut known = Known::file(name, add::now(desk)?, Line::open("file")?);
    known.media_type = media_type.map(str::parse::<MediaType>).transpose()?;
    if hash_only {
        known.holding = Holding::HashOnly;
    }
    let own = match waiting {
        Some(_) => None,
        None => Some(Waiting::beside(&desk.disk()?)?),
    };
    let place = waiting.or(own.as_ref()).expect("one of the two is there");
    let captured = snapshots::capture(&place.snapshots(), &mut bytes, known, desk.pdf.as_ref())?;
    Ok((captured.snapshot, own))
}

/// `machine:NAME` is software, `unknown` nobody knows, anything else a person or office.
fn translator(text: &str) -> Result<Translator, Error> {
    Ok(match text.split_once(':') {
        Some(("machine", name)) => Translator::Machine(FreeText::open(name.trim())?),
        _ if text == "unknown" => Translator::Unknown,
        _ => Translator::Person(FreeText::open(text)?),
    })
}
