//! What the proofs that a web archive carries of itself say, in words, and the note if they do not hold.
//!
//! It is no fault if they do not: no rule asks for them, and honest archives carry wrong digests.

use super::finding::{Finding, code};
use crate::message;
use crate::message::Message;
use crate::model::snapshot::{ArchiveProof, ArchiveProofKind, Snapshot};
use crate::tlog::EntryIndex;

/// Of what, and the counts that are not 0.
pub fn words(proof: &ArchiveProof) -> Message {
    let of = match proof.what {
        ArchiveProofKind::Blocks => "digests of records",
        ArchiveProofKind::Description => "digest of the description",
        ArchiveProofKind::Files => "digests of files",
        ArchiveProofKind::Index => "digests in the index",
        ArchiveProofKind::Payloads => "digests of payloads",
        ArchiveProofKind::Signature => "signature",
    };
    let counts = [
        (proof.valid, "valid"),
        (proof.wrong, "wrong"),
        (proof.absent, "absent"),
        (proof.unchecked, "not checked"),
    ];
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = match proof.what {
        // There is only one of each.
        ArchiveProofKind::Description | ArchiveProofKind::Signature => {
            counts.map(|(_, word)| (*word).to_owned()).collect()
        }
        _ => counts
            .map(|(count, word)| format!("{count} {word}"))
            .collect(),
    };
    let counts = counts.join(", ");
    match &proof.detail {
        None => format!("{of}: {counts}").into(),
        Some(detail) => message!("{of}: {counts} ({detail})", detail),
    }
}

/// A note if the proofs that were found do not hold, or an entry counts them in another way.
pub(super) fn note(
    entry: EntryIndex,
    snapshot: &Snapshot,
    found: &[ArchiveProof],
) -> Option<Finding> {
    let counts = |proofs: &[ArchiveProof]| -> Vec<_> {
        let counts = proofs.iter();
        counts
            .map(|p| (p.what, p.valid, p.wrong, p.absent, p.unchecked))
            .collect()
    };
    let listed = |proofs: &mut dyn Iterator<Item = &ArchiveProof>| -> Message {
        let all = proofs.map(words);
        all.reduce(|all, one| message!("{all}; {one}", all, one))
            .unwrap_or_else(|| "none".into())
    };
    let words = if counts(found) != counts(&snapshot.archive_proofs) {
        let ours = listed(&mut found.iter());
        let theirs = listed(&mut snapshot.archive_proofs.iter());
        message!(
            "of the web archive's own proofs the entry says: {theirs}; this program finds: {ours}",
            theirs,
            ours
        )
    } else if found.iter().any(|proof| proof.wrong > 0) {
        let wrong = listed(&mut found.iter().filter(|proof| proof.wrong > 0));
        message!("of the web archive's own proofs: {wrong}", wrong)
    } else {
        return None;
    };
    Some(Finding::in_entry(code::ARCHIVE_PROOF_WRONG, entry, words).into_note())
}
