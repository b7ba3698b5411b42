//! What a guest says about a verdict cannot keep its organisation from proving it.

use super::story::{EDITH, JONAS, MARA, MOLE, NEW, Story};
use claimledger_core::EntryIndex;
use claimledger_core::crypto::sha256;
use claimledger_core::dossier::report::Verification;
use claimledger_core::dossier::{Lookup as _, choose};
use claimledger_core::model::organisation::Role;
use claimledger_core::model::{Body, StatementId, StatementType, possession};
use claimledger_testing::key;
use serde_json::json;

/// The guest's words about the verdict, more than a file may have.
const WORDS: u64 = 4_100;

/// Three objections of the guest, and an enrolment of its key with other roles after each.
fn objections_and_enrolments(story: &mut Story, verdict: &StatementId) {
    for number in 0..3 {
        let body = json!({
            "grounds": "factualError", "note": format!("objection {number}"), "target": verdict.to_string(),
        });
        story.say(MOLE, "dispute.open", &body);
        let roles = if number % 2 == 0 {
            json!(["editor", "reviewer"])
        } else {
            json!(["reviewer"])
        };
        let words = possession::enroll(
            &story.ledger,
            &key(MOLE).public(),
            &"moll".parse().unwrap(),
            &"other".parse().unwrap(),
            &serde_json::from_value::<Vec<_>>(roles.clone()).unwrap(),
            &key(NEW).public(),
        );
        let again = json!({
            "holder": "moll", "key": key(MOLE).public().to_string(), "organisation": "other",
            "possession": key(MOLE).sign(&words).to_string(), "roles": roles,
        });
        story.seen = None;
        story.say(NEW, "key.enroll", &again);
    }
}

#[test]
fn a_guest_with_thousands_of_words_keeps_nobody_from_proving_a_verdict() {
    let (mut story, case) = Story::with_case();
    let other = json!({"name": "The Others", "organisation": "other"});
    story.say(MARA, "organisation.set", &other);
    story.enroll(MARA, NEW, "otto", "other", Role::Admin);
    story.enroll(NEW, MOLE, "moll", "other", Role::Reviewer);
    // The desk's verdict rests on a source of the guest too.
    let digest = sha256(&[b"It was open, moll says."]).to_string();
    let theirs = json!({
        "capture": {"captured": {
            "bytes": 23, "captured": "2026-01-02T03:04:05Z", "holding": "held",
            "mediaType": "text/plain", "method": "file", "sha256": digest,
        }},
        "kind": "article", "publisher": "B Paper", "title": "Bridge open",
    });
    let theirs = story.say(MOLE, "source.add", &theirs);
    let evidence = story.evidence(&case.claim, &theirs);
    let mut verdict = story.verdict(&case);
    let mut rests_on = [case.evidence.to_string(), evidence.to_string()];
    rests_on.sort();
    verdict["evidence"] = json!(rests_on);
    let verdict = story.say(JONAS, "verdict.issue", &verdict);
    let approval = story.approve(EDITH, &verdict);
    // What comes now was signed with the head of this moment, so that the test is quick.
    story.seen = Some(story.size());
    for number in 0..WORDS {
        let stance = if number % 2 == 0 {
            "refutes"
        } else {
            "context"
        };
        let body = json!({
            "claim": case.claim.to_string(), "source": case.source.to_string(), "stance": stance,
            "note": format!("word {number}"),
        });
        story.say(MOLE, "evidence.add", &body);
    }
    objections_and_enrolments(&mut story, &verdict);
    // A word of the desk, after all of them.
    let body =
        json!({"grounds": "factualError", "note": "It was open.", "target": verdict.to_string()});
    let own = story.say(EDITH, "dispute.open", &body);

    let entries = story.entries();
    let (_, refused) = entries.replay();
    assert_eq!(refused, None);
    let subject = entries.place(&verdict);
    let chosen = choose(&entries, subject).unwrap();
    assert!(chosen.without_others);
    for needed in [theirs, evidence, approval, own] {
        assert!(chosen.entries.contains(&entries.place(&needed)));
    }
    let by_mole = chosen
        .entries
        .iter()
        .map(|index| entries.statement(*index).unwrap());
    let by_mole = by_mole.filter(|said| said.key == key(MOLE).public());
    let by_mole: Vec<StatementType> = by_mole.map(|said| said.statement_type).collect();
    // The source that the verdict rests on, and the evidence with which the guest first named the claim (rule 7).
    let needed = [StatementType::SourceAdd, StatementType::EvidenceAdd];
    assert_eq!(by_mole, needed);
    let report = entries
        .verify(&entries.file(subject, &chosen.entries))
        .unwrap();
    assert_eq!(report.answer, Verification::Verified);
    assert_eq!(report.not_judged, []);
    assert!(report.left_out[0].why.contains("Only an audit"));
    let all = |index: &EntryIndex| entries.statement(*index).unwrap().statement_type;
    let disputes = chosen
        .entries
        .iter()
        .filter(|index| all(index) == StatementType::DisputeOpen);
    assert_eq!(disputes.count(), 1);
    let enrolments = chosen.entries.iter().filter(|index| {
        let said = entries.statement(**index).unwrap();
        matches!(said.body, Body::KeyEnroll(enroll) if enroll.key == key(MOLE).public())
    });
    assert_eq!(enrolments.count(), 1, "the roles with which it signed");
}
