//! A dossier of a verdict that rests on what another organisation took back, or on a transcript, has all that the rules ask
//! for.

use super::entries::Entries;
use super::story::{Case, JONAS, MARA, MOLE, NEW, Story};
use claimledger_core::EntryIndex;
use claimledger_core::crypto::sha256;
use claimledger_core::dossier::report::Verification;
use claimledger_core::dossier::select;
use claimledger_core::model::StatementId;
use claimledger_core::model::organisation::Role;
use serde_json::{Value, json};

/// What `prove` makes of it verifies, with every rule judged.
#[track_caller]
fn proven(entries: &Entries, subject: EntryIndex) -> Vec<EntryIndex> {
    assert_eq!(entries.replay().1, None);
    let chosen = select(entries, subject).unwrap();
    assert!((chosen.len() as u64) < entries.size().get());
    let report = entries.verify(&entries.file(subject, &chosen)).unwrap();
    assert_eq!(report.not_judged, []);
    assert_eq!(report.answer, Verification::Verified);
    chosen
}

fn document(name: &str, words: &str) -> Value {
    json!({
        "capture": {"captured": {
            "bytes": words.len(), "captured": "2026-01-02T03:04:05Z", "holding": "held",
            "mediaType": "text/plain", "method": "file", "sha256": sha256(&[words.as_bytes()]).to_string(),
        }},
        "kind": "article", "publisher": name, "title": name,
    })
}

/// A desk, and another organisation that recorded a source.
fn two_houses_apart() -> (Story, Case, StatementId) {
    let (mut story, case) = Story::with_case();
    let other = json!({"name": "Another", "organisation": "other"});
    story.say(MARA, "organisation.set", &other);
    story.enroll(MARA, NEW, "olga", "other", Role::Admin);
    story.enroll(NEW, MOLE, "pia", "other", Role::Reviewer);
    let theirs = story.say(MOLE, "source.add", &document("Their Paper", "It was shut."));
    (story, case, theirs)
}

/// The same, and the desk has named the source about another claim.
fn two_houses() -> (Story, Case, StatementId, StatementId, EntryIndex) {
    let (mut story, case, theirs) = two_houses_apart();
    let unrelated = story.claim("Something else.");
    let first = EntryIndex::new(story.size());
    story.evidence(&unrelated, &theirs);
    // More of the desk about the same source, and of nobody's interest here.
    story.evidence(&unrelated, &case.source);
    (story, case, theirs, unrelated, first)
}

/// The desk names the source about the case's claim, and a verdict is issued and approved.
fn concluded(story: &mut Story, case: &Case, theirs: &StatementId) -> EntryIndex {
    story.evidence(&case.claim, theirs);
    super::honest(story, case)
}

fn withdrawn(story: &mut Story, theirs: &StatementId) {
    let body = json!({"reason": "not ours any more", "target": theirs.to_string()});
    story.say(MOLE, "withdraw", &body);
}

fn corrected(story: &mut Story, theirs: &StatementId) {
    let mut body = document("Their Paper", "It was not shut.");
    body["correction"] =
        json!({"kind": "correction", "supersedes": theirs.to_string(), "wasWrong": "all of it"});
    story.say(MOLE, "source.add", &body);
}

fn distrusted(story: &mut Story, _: &StatementId) {
    let from = story.size() - 4;
    let body = json!({
        "distrustFrom": from, "key": claimledger_testing::key(MOLE).public().to_string(),
        "reason": "compromised",
    });
    story.say(NEW, "key.revoke", &body);
}

#[test]
fn a_source_that_another_organisation_took_back_is_kept_in_the_dossier_too() {
    for take_back in [withdrawn, corrected, distrusted] {
        let (mut story, case, theirs, _, first) = two_houses();
        take_back(&mut story, &theirs);
        let verdict = concluded(&mut story, &case, &theirs);
        let chosen = proven(&story.entries(), verdict);
        assert!(chosen.contains(&first));
    }
}

#[test]
fn without_the_entry_that_first_named_it_the_rule_cannot_be_judged() {
    let (mut story, case, theirs, unrelated, first) = two_houses();
    withdrawn(&mut story, &theirs);
    let verdict = concluded(&mut story, &case, &theirs);
    let entries = story.entries();
    let mut chosen = proven(&entries, verdict);
    let unrelated = entries.place(&unrelated);
    chosen.retain(|index| *index != first && *index != unrelated);
    let report = entries.verify(&entries.file(verdict, &chosen)).unwrap();
    assert_eq!(report.answer, Verification::CouldNotTell);
    assert_eq!(report.not_judged[0].code, "reference-withdrawn");
    // Who had never named it is refused, in part and whole.
    let (mut story, case, theirs) = two_houses_apart();
    withdrawn(&mut story, &theirs);
    let verdict = concluded(&mut story, &case, &theirs);
    let entries = story.entries();
    let (_, refused) = entries.replay();
    assert_eq!(refused.unwrap().1.code(), "reference-withdrawn");
    let whole = entries.verify(&entries.whole(verdict));
    assert_eq!(
        whole.map(|report| report.answer).unwrap_err().code(),
        "reference-withdrawn"
    );
}

#[test]
fn a_claim_that_another_organisation_corrected_is_kept_in_the_dossier_too() {
    let (mut story, mut case, _) = two_houses_apart();
    let said = json!({"about": "fact", "claimants": "unknown", "text": "It hailed.", "wording": "verbatim"});
    let theirs = story.say(MOLE, "claim.add", &said);
    story.evidence(&theirs, &case.source);
    let mut other = said.clone();
    other["text"] = json!("It snowed.");
    other["correction"] =
        json!({"kind": "correction", "supersedes": theirs.to_string(), "wasWrong": "the word"});
    story.say(MOLE, "claim.add", &other);
    case.evidence = story.evidence(&theirs, &case.source);
    case.claim = theirs;
    let verdict = super::honest(&mut story, &case);
    proven(&story.entries(), verdict);
}

#[test]
fn a_quotation_of_a_transcript_is_judged() {
    let (mut story, mut case) = Story::with_case();
    let spoken = "The bridge is shut, I said.";
    let transcript = json!({
        "by": "Jonas", "of": sha256(&[super::story::TEXT.as_bytes()]).to_string(),
        "source": case.source.to_string(), "text": sha256(&[spoken.as_bytes()]).to_string(),
    });
    let at = EntryIndex::new(story.size());
    story.say(JONAS, "source.transcribe", &transcript);
    let body = json!({
        "claim": case.claim.to_string(), "source": case.source.to_string(), "stance": "supports",
        "excerpt": {
            "start": 0, "end": 18, "quote": "The bridge is shut",
            "text": sha256(&[spoken.as_bytes()]).to_string(),
        },
    });
    case.evidence = story.say(JONAS, "evidence.add", &body);
    let verdict = super::honest(&mut story, &case);
    let entries = story.entries();
    let chosen = proven(&entries, verdict);
    assert!(chosen.contains(&at));
    // A file without it is not complete.
    let less: Vec<EntryIndex> = chosen.into_iter().filter(|index| *index != at).collect();
    let report = entries.verify(&entries.file(verdict, &less)).unwrap();
    assert_eq!(report.answer, Verification::CouldNotTell);
    assert_eq!(report.not_judged[0].code, "excerpt-not-of-source");
}
