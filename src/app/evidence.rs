//! Evidence as a person gives it: a quotation found in its source, or a search that found nothing.

use super::add::Proposal;
use super::correct::{NewCorrection, correction};
use super::{Catalog, Error};
use crate::crypto::Digest;
use crate::encoding::text::decode_document;
use crate::host;
use crate::model::evidence::{Evidence, Stance};
use crate::model::excerpt::Excerpt;
use crate::model::snapshot::Snapshot;
use crate::model::source::Capture;
use crate::model::{Body, FreeText, StatementId, StatementType};
use crate::snapshots::{excerpt, open_checked, path_of, text::read_bounded};
use crate::store::Reader;
use serde::Deserialize;
use std::path::Path;

/// New evidence about a claim.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NewEvidence {
    /// The claim: number, label or id.
    pub claim: String,
    /// The source; absent for a search that found nothing.
    pub source: Option<String>,
    /// What it does to the claim.
    pub stance: Stance,
    /// The words that say it, exactly as the source has them.
    pub quote: Option<String>,
    /// The words just before the quotation, where it stands more than once.
    pub prefix: Option<String>,
    /// The words just after it.
    pub suffix: Option<String>,
    /// The nearest upstream sources that the quotation names.
    #[serde(default)]
    pub via: Vec<String>,
    /// Where was searched.
    pub searched: Option<String>,
    /// On which day.
    pub on: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// What it puts right.
    pub correction: Option<NewCorrection>,
}

/// The statement about new evidence; its quotation is looked up in the text that is held.
pub fn propose(catalog: &Catalog, new: &NewEvidence) -> Result<Proposal, Error> {
    let source = new
        .source
        .as_deref()
        .map(|name| catalog.id_of(name, StatementType::SourceAdd))
        .transpose()?;
    let excerpt = match (&new.quote, source) {
        (None, _) if new.prefix.is_some() || new.suffix.is_some() => {
            return Err(Error::Usage(
                "--prefix and --suffix tell quotations apart; give --quote".to_owned(),
            ));
        }
        (None, _) => None,
        (Some(_), None) => {
            return Err(Error::Usage("a quotation is from a source".to_owned()));
        }
        (Some(quote), Some(source)) => Some(quotation(
            catalog,
            &source,
            quote,
            new.prefix.as_deref(),
            new.suffix.as_deref(),
        )?),
    };
    let upstream = new.via.iter();
    let mut via = upstream
        .map(|name| catalog.id_of(name, StatementType::SourceAdd))
        .collect::<Result<Vec<_>, Error>>()?;
    via.sort();
    via.dedup();
    Ok(Proposal::of(Evidence {
        claim: catalog.id_of(&new.claim, StatementType::ClaimAdd)?,
        correction: correction(catalog, new.correction.as_ref(), StatementType::EvidenceAdd)?,
        excerpt,
        note: new.note.clone().map(FreeText::open).transpose()?,
        on: new.on.as_deref().map(str::parse).transpose()?,
        searched: new.searched.clone().map(FreeText::open).transpose()?,
        source,
        stance: new.stance,
        via,
    }))
}

/// The excerpt of a source that says exactly these words.
pub fn quotation(
    catalog: &Catalog,
    source: &StatementId,
    quote: &str,
    prefix: Option<&str>,
    suffix: Option<&str>,
) -> Result<Excerpt, Error> {
    let mut last = None;
    // The newest capture first: it is the one at hand.
    for snapshot in captures(catalog, source, catalog.head().size)?.iter().rev() {
        let Some(text) = text_of(catalog.reader(), snapshot)? else {
            continue;
        };
        let digest = snapshot.text_blob().expect("a text that was read");
        match excerpt::locate(&text, quote, prefix, suffix) {
            Ok(span) => {
                return Ok(Excerpt {
                    end: span.end,
                    quote: FreeText::open(quote)?,
                    start: span.start,
                    text: digest,
                });
            }
            Err(refused) => last = Some(refused),
        }
    }
    match last {
        Some(refused) => Err(refused.into()),
        None => Err(super::text::why_none(catalog, source)?),
    }
}

/// Every snapshot of a source before a size, oldest first.
pub fn captures(
    catalog: &Catalog,
    source: &StatementId,
    size: u64,
) -> Result<Vec<Snapshot>, Error> {
    let index = catalog.resolve(&source.to_string(), size)?;
    let mut found = Vec::new();
    let (_, statement) = catalog.log()?.statement(index)?;
    if let Body::SourceAdd(source) = &statement.body
        && let Capture::Captured(snapshot) = &source.capture
    {
        found.push(snapshot.clone());
    }
    for by in catalog.ask().naming(index, size)? {
        let (_, statement) = catalog.log()?.statement(by)?;
        if let Body::SourceCapture(capture) = &statement.body {
            found.push(capture.snapshot.clone());
        }
    }
    Ok(found)
}

/// The text of a snapshot, if it has one and it is held here.
pub fn text_of(reader: &dyn Reader, snapshot: &Snapshot) -> Result<Option<String>, Error> {
    let Some(digest) = snapshot.text_blob() else {
        return Ok(None);
    };
    text_under(reader, &digest)
}

/// The text under a digest, if it is held here, checked.
pub fn text_under(reader: &dyn Reader, digest: &Digest) -> Result<Option<String>, Error> {
    let Some(mut file) = open_checked(reader, digest)? else {
        return Ok(None);
    };
    // A snapshot larger than a text may be has none, whatever its type says.
    let read = read_bounded(&mut file)
        .map_err(|e| host::Error::io("reading", Path::new(&path_of(digest)), e))?;
    Ok(read.map(|bytes| decode_document(&bytes)).transpose()?)
}
