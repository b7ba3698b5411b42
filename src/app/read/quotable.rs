//! The texts of a source that can be quoted, in the order in which a quotation is looked for in them.

use super::captures::{captures, shown_text, shown_transcript, transcripts};
use crate::app::{Error, Session};
use claimledger_core::crypto::Digest;
use claimledger_core::model::StatementId;

/// Each text that is held here and not hidden, with its digest: of the captures first, of transcripts last, each newest
/// first. What a capture says itself is worth more than the word of a person who wrote it down.
pub fn texts(session: &Session, source: &StatementId) -> Result<Vec<(Digest, String)>, Error> {
    let size = session.head().size;
    let mut all: Vec<(Digest, String)> = Vec::new();
    for snapshot in captures(session, source, size)?.iter().rev() {
        if let (Some(digest), Some(text)) = (snapshot.text_blob(), shown_text(session, snapshot)?) {
            all.push((digest, text));
        }
    }
    for (_, transcript) in transcripts(session, source, size)?.iter().rev() {
        if let Some(text) = shown_transcript(session, transcript)? {
            all.push((transcript.text, text));
        }
    }
    Ok(all)
}
