//! A source as exports name it: with its addresses, and the digests of what was captured of it.

use super::house::open;
use crate::app::read::captures;
use crate::app::{Error, Session};
use crate::formats::own_review::{OwnCapture, OwnSource};
use claimledger_core::EntryIndex;
use claimledger_core::model::Body;
use claimledger_core::rules::statement::Says;
use claimledger_core::rules::{Reading, View};
use std::collections::BTreeSet;

/// The source of an entry; none if that is another thing.
pub fn source(session: &Session, entry: EntryIndex) -> Result<Option<OwnSource>, Error> {
    let said = session.statement(entry)?;
    let Body::SourceAdd(source) = &said.body else {
        return Ok(None);
    };
    let copies = captures::standing_copies(session, &said.id())?;
    let copies = copies.into_iter().map(|(_, copy)| OwnCapture {
        sha256: copy.sha256.to_string(),
        media_type: copy.media_type.to_string(),
        bytes: copy.bytes.to_string(),
        captured: copy.captured.to_string(),
    });
    Ok(Some(OwnSource {
        id: said.id().to_string(),
        kind: source.kind.as_str().to_owned(),
        title: open(&source.title),
        publisher: open(&source.publisher),
        authors: source.authors.iter().filter_map(open).collect(),
        published: source.published.as_ref().map(ToString::to_string),
        language: source.language.as_ref().map(ToString::to_string),
        url: source.url.as_ref().map(ToString::to_string),
        archived_at: source.archived_at.iter().map(ToString::to_string).collect(),
        captures: copies.collect(),
    }))
}

/// The sources that these pieces of evidence are from, in the order of the log, each once.
pub fn of_evidence<V: View>(
    reading: &Reading<'_, V>,
    evidence: &[EntryIndex],
) -> Result<BTreeSet<EntryIndex>, V::Error> {
    let mut found = BTreeSet::new();
    for entry in evidence {
        if let Some(fact) = reading.entry(*entry)?
            && let Says::Evidence {
                source: Some(source),
                ..
            } = &fact.says
        {
            found.insert(*source);
        }
    }
    Ok(found)
}
