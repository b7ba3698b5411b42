//! Bytes of sources: which ones a source has. Excerpts and withholdings may name only those.

use super::case::Case;
use crate::crypto::Digest;
use crate::model::evidence::Evidence;
use crate::model::relation::{Basis, SourceRelate};
use crate::model::snapshot::{Snapshot, Withhold};
use crate::model::source::{Capture, Source, SourceCapture};
use crate::model::transcript::Transcript;
use crate::rules::rejection::{Refusal, Rejection};
use crate::rules::state::{Blob, Changes, Fact, FactKey};
use crate::rules::statement::StatementFact;
use crate::rules::view::View;
use crate::tlog::EntryIndex;

/// The bytes that this statement adds to a source.
pub(super) fn added<V: View>(case: &Case<'_, V>, source: &Source, changes: &mut Changes) {
    if let Capture::Captured(snapshot) = &source.capture {
        remember(
            case.candidate.index,
            case.candidate.index,
            snapshot,
            changes,
        );
    }
}

/// The bytes that come later.
pub(super) fn captured<V: View>(
    case: &Case<'_, V>,
    capture: &SourceCapture,
    changes: &mut Changes,
) -> Result<(), Refusal<V::Error>> {
    let Some(source) = case.in_field("source") else {
        return Ok(());
    };
    remember(
        source.index,
        case.candidate.index,
        &capture.snapshot,
        changes,
    );
    // The same bytes may be added twice, with a text and without one. Once a text is known, it stays known.
    let bytes = FactKey::Blob(source.index, capture.snapshot.sha256);
    if let Some(Fact::Blob(before)) = case.view.fact(&bytes).map_err(Refusal::View)?
        && before.text
    {
        changes.put(bytes, Fact::Blob(before));
    }
    Ok(())
}

fn remember(source: EntryIndex, index: EntryIndex, snapshot: &Snapshot, changes: &mut Changes) {
    let mut put = |sha256, text| {
        changes.put(
            FactKey::Blob(source, sha256),
            Fact::Blob(Blob { index, text }),
        );
    };
    put(snapshot.sha256, false);
    if let Some(text) = snapshot.text_blob() {
        put(text, true);
    }
}

/// A transcript is of bytes that the source has; excerpts may quote it from here on.
pub(super) fn transcribed<V: View>(
    case: &Case<'_, V>,
    transcript: &Transcript,
    changes: &mut Changes,
) -> Result<(), Refusal<V::Error>> {
    let Some(source) = case.in_field("source") else {
        return Ok(());
    };
    if blob(case, source, &transcript.of)?.is_none() {
        let none = Rejection::SnapshotNotOfSource {
            sha256: transcript.of,
            source_id: source.id,
        };
        case.view.lacking(none, CAPTURE)?;
    }
    let text = Blob {
        index: case.candidate.index,
        text: true,
    };
    changes.put(
        FactKey::Blob(source.index, transcript.text),
        Fact::Blob(text),
    );
    Ok(())
}

/// Only bytes that the source has can be withheld.
pub(super) fn withhold<V: View>(
    case: &Case<'_, V>,
    withhold: &Withhold,
) -> Result<(), Refusal<V::Error>> {
    match case.in_field("source") {
        Some(source) if blob(case, source, &withhold.sha256)?.is_none() => {
            let none = Rejection::SnapshotNotOfSource {
                sha256: withhold.sha256,
                source_id: source.id,
            };
            Ok(case.view.lacking(none, CAPTURE)?)
        }
        _ => Ok(()),
    }
}

/// Evidence must quote a text of its source.
pub(super) fn evidence<V: View>(
    case: &Case<'_, V>,
    evidence: &Evidence,
) -> Result<(), Refusal<V::Error>> {
    match (&evidence.excerpt, case.in_field("source")) {
        (Some(excerpt), Some(source)) => quotes_one_of(case, &excerpt.text, &[source]),
        _ => Ok(()),
    }
}

/// A relation must quote a text of one of the two sources.
pub(super) fn relate<V: View>(
    case: &Case<'_, V>,
    relate: &SourceRelate,
) -> Result<(), Refusal<V::Error>> {
    let Basis::Stated(excerpt) = &relate.basis else {
        return Ok(());
    };
    let ends: Vec<&StatementFact> = ["from", "to"]
        .iter()
        .filter_map(|field| case.in_field(field))
        .collect();
    quotes_one_of(case, &excerpt.text, &ends)
}

fn quotes_one_of<V: View>(
    case: &Case<'_, V>,
    text: &Digest,
    sources: &[&StatementFact],
) -> Result<(), Refusal<V::Error>> {
    for source in sources {
        if blob(case, source, text)?.is_some_and(|blob| blob.text) {
            return Ok(());
        }
    }
    let Some(source) = sources.first() else {
        return Ok(());
    };
    let none = Rejection::ExcerptNotOfSource {
        sha256: *text,
        source_id: source.id,
    };
    Ok(case.view.lacking(none, CAPTURE)?)
}

/// The bytes, if any version of the source has them: an excerpt keeps the version that it was taken from.
fn blob<V: View>(
    case: &Case<'_, V>,
    source: &StatementFact,
    sha256: &Digest,
) -> Result<Option<Blob>, Refusal<V::Error>> {
    let mut found: Option<Blob> = None;
    for version in case.before.lineage(source.index).map_err(Refusal::View)? {
        let key = FactKey::Blob(version, *sha256);
        if let Some(Fact::Blob(blob)) = case.view.fact(&key).map_err(Refusal::View)? {
            let text = blob.text || found.is_some_and(|before| before.text);
            found = Some(Blob { text, ..blob });
        }
    }
    Ok(found)
}

const CAPTURE: &str = "the capture that brought these bytes";
