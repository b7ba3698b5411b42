//! The texts of a source that are held here, as documents of the search.

use super::words;
use crate::app::read::captures::{shown_text, shown_transcript};
use crate::app::{Error, Session};
use crate::fulltext::{FullTextDocument, Part};
use crate::{ledger, snapshots};
use claimledger_core::EntryIndex;
use claimledger_core::crypto::Digest;
use claimledger_core::model::source::Capture;
use claimledger_core::model::{Body, Statement, StatementId};
use claimledger_core::rules::View as _;

/// The document of the text that an entry brought to a source; `None` if it brought none, or if the text is withheld. A text
/// that is not in this copy gives a document without words.
pub(super) fn brought(
    session: &Session,
    entry: EntryIndex,
    statement: &Statement,
) -> Result<Option<FullTextDocument>, Error> {
    let digests = digests(statement);
    for digest in &digests {
        if session.hides(digest)? {
            return Ok(None);
        }
    }
    let Some(source) = source_of(session, entry, statement)?.filter(|_| !digests.is_empty()) else {
        return Ok(None);
    };
    let other;
    let described = if source == entry {
        statement
    } else {
        other = session.statement(source)?;
        &**other
    };
    let Some(own) = words::own(session, source, described)? else {
        return Ok(None);
    };
    let text = text(session, statement)?;
    let language = match &statement.body {
        Body::SourceTranscribe(transcript) => transcript.language.as_ref(),
        _ => None,
    };
    Ok(Some(FullTextDocument {
        by: entry,
        part: if text.is_some() {
            Part::Text
        } else {
            Part::Absent
        },
        digests,
        words: text.unwrap_or_default(),
        language: language.map(ToString::to_string).or(own.language),
        claim: None,
        ..own
    }))
}

/// The text that a statement brought, if it is held here and not withheld. A text that is altered is a matter for the audit.
pub(super) fn text(session: &Session, statement: &Statement) -> Result<Option<String>, Error> {
    let found = match &statement.body {
        Body::SourceAdd(source) => match &source.capture {
            Capture::Captured(snapshot) => shown_text(session, snapshot),
            Capture::NeverHeld(_) => Ok(None),
        },
        Body::SourceCapture(capture) => shown_text(session, &capture.snapshot),
        Body::SourceTranscribe(transcript) => shown_transcript(session, transcript),
        _ => Ok(None),
    };
    match found {
        Err(Error::Ledger(ledger::Error::Snapshots(snapshots::Error::Altered { .. }))) => Ok(None),
        other => other,
    }
}

/// The source of the text that a statement brought.
fn source_of(
    session: &Session,
    entry: EntryIndex,
    statement: &Statement,
) -> Result<Option<EntryIndex>, Error> {
    let named: &StatementId = match &statement.body {
        Body::SourceAdd(_) => return Ok(Some(entry)),
        Body::SourceCapture(capture) => &capture.source,
        Body::SourceTranscribe(transcript) => &transcript.source,
        _ => return Ok(None),
    };
    Ok(session.view().statement(named)?.map(|fact| fact.index))
}

/// The digests under which the text of a statement is withheld; none if it has no text.
fn digests(statement: &Statement) -> Vec<Digest> {
    let snapshot = match &statement.body {
        Body::SourceAdd(source) => match &source.capture {
            Capture::Captured(snapshot) => snapshot,
            Capture::NeverHeld(_) => return Vec::new(),
        },
        Body::SourceCapture(capture) => &capture.snapshot,
        Body::SourceTranscribe(transcript) => return vec![transcript.text, transcript.of],
        _ => return Vec::new(),
    };
    snapshot.text_blob().into_iter().collect()
}
