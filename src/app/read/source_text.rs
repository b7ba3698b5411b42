//! The text of a source that is held here, for copying quotations; or why there is none.

use super::captures::{captures, shown_transcript, text_of, transcripts};
use crate::app::without_text::WithoutText;
use crate::app::{Error, Session};
use claimledger_core::crypto::Digest;
use claimledger_core::message;
use claimledger_core::model::snapshot::{Holding, Snapshot};
use claimledger_core::model::{Body, StatementId};
use claimledger_core::{EntryIndex, Message, TreeSize};
use serde::Serialize;

/// A text of a source.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SourceText {
    /// The source.
    pub source: StatementId,
    /// SHA-256 of the bytes that were captured.
    pub snapshot: Digest,
    /// What they are; absent for a transcript.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// When they were captured; absent for a transcript.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub captured: Option<String>,
    /// Of a transcript: its entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transcript: Option<EntryIndex>,
    /// SHA-256 of the text, by which an excerpt names it.
    pub sha256: Digest,
    /// What extracted it from the bytes; absent if the bytes are the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extractor: Option<Message>,
    /// The text; a quotation is placed by its code points. Line ends are `\n`.
    pub text: String,
    /// What to tell the person.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Message>,
}

/// The newest text of a source before a size: of a capture, else of a transcript; with `sha256`, the text of these bytes.
/// `name` can also be a capture or a transcript.
pub fn read(
    session: &Session,
    name: &str,
    sha256: Option<Digest>,
    at: Option<TreeSize>,
) -> Result<SourceText, Error> {
    let size = session.at(at)?;
    let index = session.resolve(name, size)?;
    let statement = session.statement(index)?;
    let (source, mut snapshots, mut written) = match &statement.body {
        Body::SourceAdd(_) => {
            let source = statement.id();
            let written = transcripts(session, &source, size)?;
            (source, captures(session, &source, size)?, written)
        }
        Body::SourceCapture(capture) => (capture.source, vec![capture.snapshot.clone()], vec![]),
        Body::SourceTranscribe(made) => (
            made.source,
            Vec::new(),
            vec![(index, made.as_ref().clone())],
        ),
        other => {
            return Err(Error::WrongKind {
                name: name.to_owned(),
                found: other.statement_type().to_string(),
                wanted: "source.add, source.capture or source.transcribe".to_owned(),
            });
        }
    };
    if let Some(wanted) = sha256 {
        let all: Vec<String> = snapshots.iter().map(|s| s.sha256.to_string()).collect();
        snapshots.retain(|s| s.sha256 == wanted || s.text_blob() == Some(wanted));
        written.retain(|(_, made)| made.of == wanted || made.text == wanted);
        if snapshots.is_empty() && written.is_empty() {
            let all = all.join(", ");
            return Err(Error::Usage(format!(
                "{name} has the bytes {all}; {wanted} is none of them"
            )));
        }
    }
    let mut notes = Vec::new();
    let mut newest = None;
    for snapshot in snapshots.iter().rev() {
        match snapshot_text(session, snapshot, size)? {
            Ok((sha256, text)) => {
                return Ok(SourceText {
                    source,
                    snapshot: snapshot.sha256,
                    media_type: Some(snapshot.media_type.to_string()),
                    captured: Some(snapshot.captured.to_string()),
                    transcript: None,
                    sha256,
                    extractor: snapshot.text.as_ref().map(|text| (&text.extractor).into()),
                    text,
                    notes,
                });
            }
            Err(why) => {
                let (captured, reason) = (snapshot.captured, why.message());
                notes.push(message!(
                    "of what was captured {captured} there is no text ({reason}); this one is older",
                    reason
                ));
                newest.get_or_insert(why);
            }
        }
    }
    for (entry, made) in written.iter().rev() {
        if let Some(text) = shown_transcript(session, made)? {
            let by = &made.by;
            return Ok(SourceText {
                source,
                snapshot: made.of,
                media_type: None,
                captured: None,
                transcript: Some(*entry),
                sha256: made.text,
                extractor: None,
                text,
                notes: vec![message!("as transcribed by {by} (#{entry})", by)],
            });
        }
    }
    Err(Error::NoText {
        name: session.name_of(&source)?,
        why: newest.unwrap_or(WithoutText::NeverHeld),
    })
}

/// Why the source cannot be quoted: the state of its newest bytes.
pub fn why_none(session: &Session, source: &StatementId) -> Result<Error, Error> {
    let size = session.head().size;
    let why = match captures(session, source, size)?.last() {
        None => WithoutText::NeverHeld,
        Some(newest) => match snapshot_text(session, newest, size)? {
            Err(why) => why,
            Ok(_) => WithoutText::Failed("there are no words in it".into()),
        },
    };
    Ok(Error::NoText {
        name: session.name_of(source)?,
        why,
    })
}

/// The text of a snapshot and its digest, or why there is none.
fn snapshot_text(
    session: &Session,
    snapshot: &Snapshot,
    size: TreeSize,
) -> Result<Result<(Digest, String), WithoutText>, Error> {
    let text = snapshot.text_blob();
    let hidden = session.withheld_at(size)?;
    let by = hidden.digests.get(&snapshot.sha256);
    let by = by.or_else(|| text.and_then(|text| hidden.digests.get(&text)));
    if let Some(by) = by
        && let Body::SnapshotWithhold(withhold) = &session.statement(*by)?.body
    {
        return Ok(Err(WithoutText::Withheld((&withhold.reason).into())));
    }
    if let Some(why) = WithoutText::from_snapshot(snapshot) {
        return Ok(Err(why));
    }
    Ok(match (text, text_of(session.reader(), snapshot)?) {
        (Some(sha256), Some(text)) => Ok((sha256, text)),
        _ if snapshot.holding == Holding::HashOnly => Err(WithoutText::HashOnly),
        _ => Err(WithoutText::Missing),
    })
}
