//! Bytes of sources: which ones a source has. Excerpts and withholdings may name only those.

use super::case::Case;
use super::permissions;
use crate::crypto::Digest;
use crate::model::evidence::Evidence;
use crate::model::relation::{Basis, SourceRelate};
use crate::model::snapshot::{Holding, Snapshot, Withhold};
use crate::model::source::{Capture, Source, SourceCapture};
use crate::model::transcript::Transcript;
use crate::rules::rejection::{Refusal, Rejection};
use crate::rules::state::{Blob, Changes, Fact, FactKey};
use crate::rules::statement::StatementFact;
use crate::rules::view::View;
use crate::tlog::EntryIndex;

/// The bytes that this statement adds to a source.
pub(super) fn added<V: View>(case: &Case<'_, V>, source: &Source, changes: &mut Changes) {
    let index = case.candidate.index;
    if let Capture::Captured(snapshot) = &source.capture {
        remember(case, index, snapshot, changes);
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
    remember(case, source.index, &capture.snapshot, changes);
    // The same bytes may be added twice, with a text and without one. Once a text is known, it stays known.
    let bytes = FactKey::Blob(source.index, capture.snapshot.sha256);
    if let Some(Fact::Blob(before)) = case.view.fact(&bytes).map_err(Refusal::View)?
        && before.text
    {
        changes.put(bytes, Fact::Blob(before));
    }
    still_held_since_the_first(case, source.index, changes)
}

fn remember<V: View>(
    case: &Case<'_, V>,
    source: EntryIndex,
    snapshot: &Snapshot,
    changes: &mut Changes,
) {
    let index = case.candidate.index;
    let held = snapshot.holding == Holding::Held;
    let mut put = |sha256, text| {
        changes.put(
            FactKey::Blob(source, sha256),
            Fact::Blob(Blob { index, text }),
        );
        if held {
            let held = FactKey::Held(source, sha256, case.by.organisation);
            changes.put(held, Fact::At(index));
        }
    };
    put(snapshot.sha256, false);
    if let Some(text) = snapshot.text_blob() {
        put(text, true);
    }
}

/// Of several entries with which an organisation brought the same bytes, the first is remembered.
fn still_held_since_the_first<V: View>(
    case: &Case<'_, V>,
    source: EntryIndex,
    changes: &mut Changes,
) -> Result<(), Refusal<V::Error>> {
    let held: Vec<FactKey> = changes
        .iter()
        .map(|(key, _)| key.clone())
        .filter(|key| matches!(key, FactKey::Held(of, ..) if *of == source))
        .collect();
    for key in held {
        if let Some(first) = case.view.at(&key).map_err(Refusal::View)? {
            changes.put(key, Fact::At(first));
        }
    }
    Ok(())
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
    let index = case.candidate.index;
    changes.put(
        FactKey::Blob(source.index, transcript.text),
        Fact::Blob(Blob { index, text: true }),
    );
    changes.put(
        FactKey::Held(source.index, transcript.text, case.by.organisation),
        Fact::At(index),
    );
    still_held_since_the_first(case, source.index, changes)
}

/// Bytes of a source are withheld by an organisation that brought and holds them. An admin of the founder's organisation
/// withholds bytes wherever they stand, for the host of the ledger.
pub(super) fn withhold<V: View>(
    case: &Case<'_, V>,
    withhold: &Withhold,
) -> Result<(), Refusal<V::Error>> {
    let Some(source) = case.in_field("source") else {
        permissions::founders(case)?;
        return Ok(permissions::admin(case)?);
    };
    if blob(case, source, &withhold.sha256)?.is_none() {
        let none = Rejection::SnapshotNotOfSource {
            sha256: withhold.sha256,
            source_id: source.id,
        };
        return Ok(case.view.lacking(none, CAPTURE)?);
    }
    for form in case.before.lineage(source.index).map_err(Refusal::View)? {
        let held = FactKey::Held(form, withhold.sha256, case.by.organisation);
        if case.view.at(&held).map_err(Refusal::View)?.is_some() {
            return Ok(());
        }
    }
    let none = Rejection::SnapshotNotHeld {
        sha256: withhold.sha256,
        source_id: source.id,
        organisation: case.key.organisation.clone(),
    };
    Ok(case.view.lacking(none, CAPTURE)?)
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
