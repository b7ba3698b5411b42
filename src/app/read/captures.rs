//! The captures and transcripts of a source, and the texts of it that are held here.

use crate::app::{Error, Session};
use crate::host;
use crate::snapshots::open_text;
use claimledger_core::crypto::Digest;
use claimledger_core::encoding::text::decode_document;
use claimledger_core::log::Reader;
use claimledger_core::log::blobs::path_of;
use claimledger_core::log::bounded::read_bounded;
use claimledger_core::model::snapshot::Snapshot;
use claimledger_core::model::source::Capture;
use claimledger_core::model::transcript::Transcript;
use claimledger_core::model::{Body, StatementId, StatementType};
use claimledger_core::rules::Reading;
use claimledger_core::{EntryIndex, TreeSize};
use std::path::Path;

/// Every snapshot of a source before a size, oldest first.
pub fn captures(
    session: &Session,
    source: &StatementId,
    size: TreeSize,
) -> Result<Vec<Snapshot>, Error> {
    let index = session.resolve(&source.to_string(), size)?;
    let naming = session.view().naming(index, size)?;
    captures_among(session, index, &naming)
}

/// The same for the source of an entry; `naming` are the entries that name it.
pub fn captures_among(
    session: &Session,
    source: EntryIndex,
    naming: &[EntryIndex],
) -> Result<Vec<Snapshot>, Error> {
    let found = brought_among(session, source, naming)?;
    Ok(found.into_iter().map(|(_, snapshot)| snapshot).collect())
}

/// The same, each with the entry that brought it.
fn brought_among(
    session: &Session,
    index: EntryIndex,
    naming: &[EntryIndex],
) -> Result<Vec<(EntryIndex, Snapshot)>, Error> {
    let mut found = Vec::new();
    let statement = session.statement(index)?;
    if let Body::SourceAdd(source) = &statement.body
        && let Capture::Captured(snapshot) = &source.capture
    {
        found.push((index, snapshot.clone()));
    }
    for by in naming {
        let statement = session.statement(*by)?;
        if let Body::SourceCapture(capture) = &statement.body {
            found.push((*by, capture.snapshot.clone()));
        }
    }
    Ok(found)
}

/// The URL of a source, by its own statement.
pub fn published(session: &Session, source: &str) -> Result<Option<String>, Error> {
    let id = session.id_of(source, StatementType::SourceAdd)?;
    Ok(match session.named(&id.to_string())?.1 {
        Body::SourceAdd(source) => source.url.map(|url| url.to_string()),
        _ => None,
    })
}

/// The snapshots of all forms of a source, without those of captures that were withdrawn or are distrusted, by the time at
/// which they were captured; each with the entry that brought it.
pub fn standing_copies(
    session: &Session,
    source: &StatementId,
) -> Result<Vec<(EntryIndex, Snapshot)>, Error> {
    let size = session.head().size;
    let index = session.resolve(&source.to_string(), size)?;
    let view = session.view();
    let reading = Reading::at(&view, size)?;
    let mut found = Vec::new();
    for form in reading.lineage(index)? {
        let mut naming = Vec::new();
        for by in session.view().naming(form, size)? {
            if reading.stands(by)? {
                naming.push(by);
            }
        }
        if reading.stands(form)? {
            found.extend(brought_among(session, form, &naming)?);
        }
    }
    found.sort_by_key(|(_, snapshot)| snapshot.captured);
    Ok(found)
}

/// The transcripts of a source that stand, oldest first; `naming` are the entries that name it.
pub fn transcripts_among(
    session: &Session,
    naming: &[EntryIndex],
    size: TreeSize,
) -> Result<Vec<(EntryIndex, Transcript)>, Error> {
    let mut found = Vec::new();
    for by in naming {
        if let Body::SourceTranscribe(transcript) = &session.statement(*by)?.body {
            found.push((*by, transcript.as_ref().clone()));
        }
    }
    // Most sources have none. Only for the others the index is asked.
    if !found.is_empty() {
        let view = session.view();
        let reading = Reading::at(&view, size)?;
        let mut standing = Vec::new();
        for (by, transcript) in found {
            if reading.is_live(by)? {
                standing.push((by, transcript));
            }
        }
        found = standing;
    }
    Ok(found)
}

/// The same for a source by its id.
pub fn transcripts(
    session: &Session,
    source: &StatementId,
    size: TreeSize,
) -> Result<Vec<(EntryIndex, Transcript)>, Error> {
    let index = session.resolve(&source.to_string(), size)?;
    let naming = session.view().naming(index, size)?;
    transcripts_among(session, &naming, size)
}

/// The text of a transcript, if it is held here and neither it nor the bytes that it was made of are hidden.
pub fn shown_transcript(
    session: &Session,
    transcript: &Transcript,
) -> Result<Option<String>, Error> {
    if session.hides(&transcript.text)? || session.hides(&transcript.of)? {
        return Ok(None);
    }
    text_under(session.reader(), &transcript.text)
}

/// The text of a snapshot, if it has one that is held here and not hidden.
pub fn shown_text(session: &Session, snapshot: &Snapshot) -> Result<Option<String>, Error> {
    match snapshot.text_blob() {
        Some(digest) if !session.hides(&digest)? => text_under(session.reader(), &digest),
        _ => Ok(None),
    }
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
    let Some(mut file) = open_text(reader, digest)? else {
        return Ok(None);
    };
    // A snapshot larger than the limit for texts has none, even if its type is a text type.
    let read = read_bounded(&mut file)
        .map_err(|e| host::Error::io("reading", Path::new(&path_of(digest)), e))?;
    Ok(read.map(|bytes| decode_document(&bytes)).transpose()?)
}
