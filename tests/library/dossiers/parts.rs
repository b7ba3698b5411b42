//! What a dossier shows where entries of the log are not in it: what was left out is said, what cannot be judged is named,
//! and a forged file is refused.

use super::entries::Entries;
use super::story::{Case, EDITH, JONAS, MARA, MOLE, NEW, Story, TEXT};
use claimledger_core::EntryIndex;
use claimledger_core::crypto::sha256;
use claimledger_core::dossier::report::{DossierReport, Verification};
use claimledger_core::dossier::select;
use claimledger_core::model::organisation::Role;
use claimledger_core::rules::{Reading, Standing, Standings, standing};
use serde_json::{Value, json};

/// The standing that the ledger gives a verdict, as of all its entries.
fn by_the_ledger(entries: &Entries, verdict: EntryIndex) -> Option<Standing> {
    let (view, refused) = entries.replay();
    assert_eq!(refused, None);
    let Ok(reading) = Reading::at(&view, entries.size());
    let Ok(standing) = standing(&reading, verdict);
    standing
}

/// What comes between the head that the author had seen and the verdict's own entry.
type Between = (&'static str, fn(&mut Story, &Case));

fn between() -> Vec<Between> {
    vec![
        ("nothing", |_, _| {}),
        ("a stricter policy", |story, _| {
            story.say(MARA, "policy.set", &policy(2));
        }),
        ("a policy, and then the one before again", |story, _| {
            story.say(MARA, "policy.set", &policy(2));
            story.say(MARA, "policy.set", &policy(1));
        }),
        ("another editor", |story, _| {
            story.enroll(MARA, NEW, "rita", "desk", Role::Editor);
        }),
        ("the end of a key that signed nothing here", |story, _| {
            story.enroll(MARA, NEW, "rita", "desk", Role::Editor);
            story.say(
                MARA,
                "key.revoke",
                &json!({"key": public(NEW), "reason": "left"}),
            );
        }),
        ("evidence that changes no count", |story, case| {
            let body = json!({
                "claim": case.claim.to_string(), "source": case.source.to_string(), "stance": "context",
            });
            story.say(JONAS, "evidence.add", &body);
        }),
        (
            "a correction of evidence about another claim",
            |story, case| {
                let body = json!({
                    "claim": claim_of_other_evidence(story).to_string(), "source": case.source.to_string(),
                    "stance": "refutes",
                    "correction": {
                        "kind": "correction", "wasWrong": "the stance",
                        "supersedes": case.other_evidence.to_string(),
                    },
                });
                story.say(JONAS, "evidence.add", &body);
            },
        ),
        ("a correction of the source", |story, case| {
            let digest = sha256(&[TEXT.as_bytes()]).to_string();
            let body = json!({
                "capture": {"captured": {
                    "bytes": TEXT.len(), "captured": "2026-01-02T03:04:05Z", "holding": "held",
                    "mediaType": "text/plain", "method": "file", "sha256": digest,
                }},
                "kind": "article", "publisher": "A Paper", "title": "The bridge closed",
                "correction": {
                    "kind": "typo", "wasWrong": "the title", "supersedes": case.source.to_string(),
                },
            });
            story.say(JONAS, "source.add", &body);
        }),
        (
            "a withdrawal of evidence about another claim",
            |story, case| {
                withdraw(story, JONAS, &case.other_evidence.to_string());
            },
        ),
        ("a later capture of the source", |story, case| {
            capture(story, case, "The bridge stays open.", None);
        }),
        ("a second version of the scale", |story, _| {
            let body = json!({
                "entries": [{"code": "false", "label": "False", "needs": "refutation"}],
                "organisation": "desk", "scale": "steps", "title": "Steps", "version": 2,
            });
            story.say(MARA, "scale.set", &body);
        }),
    ]
}

#[test]
fn what_lies_between_the_head_that_an_author_saw_and_the_verdict_is_judged_too() {
    for (what, happens) in between() {
        let (mut story, case) = Story::with_case();
        let body = story.verdict(&case);
        let seen = story.size();
        happens(&mut story, &case);
        story.seen = Some(seen);
        let id = story.say(JONAS, "verdict.issue", &body);
        let verdict = EntryIndex::new(story.size() - 1);
        story.seen = None;
        story.approve(EDITH, &id);
        let entries = story.entries();
        let expected = by_the_ledger(&entries, verdict);
        for file in [entries.chosen(verdict).unwrap(), entries.whole(verdict)] {
            let report = entries
                .verify(&file)
                .unwrap_or_else(|e| panic!("{what}: {e}"));
            assert_eq!(report.answer, Verification::Verified, "{what}");
            assert_eq!(report.not_judged, [], "{what}");
            assert_eq!(report.verdict, expected, "{what}");
        }
    }
}

#[test]
fn evidence_between_that_changes_the_counts_refuses_the_verdict_in_part_and_whole() {
    let (mut story, case) = Story::with_case();
    let body = story.verdict(&case);
    let seen = story.size();
    withdraw(&mut story, JONAS, &case.evidence.to_string());
    story.evidence(&case.claim, &case.source);
    let body = {
        let mut body = body;
        body["evidence"] = json!([case.evidence.to_string()]);
        body
    };
    story.seen = Some(seen);
    story.say(JONAS, "verdict.issue", &body);
    let verdict = EntryIndex::new(story.size() - 1);
    let entries = story.entries();
    for file in [entries.chosen(verdict).unwrap(), entries.whole(verdict)] {
        let code = entries.verify(&file).unwrap_err().code();
        assert_eq!(code, "reference-withdrawn");
    }
}

/// What is said after an approved verdict, and may be left out of a file.
type Later = (&'static str, fn(&mut Story, &Case, &str));

fn later() -> Vec<Later> {
    vec![
        ("a rejection", |story, _, verdict| {
            let body = json!({"conflict": "none", "decision": "reject", "verdict": verdict});
            story.say(EDITH, "verdict.attest", &body);
        }),
        ("a withdrawal", |story, _, verdict| {
            withdraw(story, JONAS, verdict);
        }),
        ("a correction", |story, case, verdict| {
            let mut body = story.verdict(case);
            body["correction"] =
                json!({"kind": "ratingChange", "wasWrong": "all of it", "supersedes": verdict});
            let id = story.say(JONAS, "verdict.issue", &body);
            story.approve(EDITH, &id);
        }),
        ("a dispute", |story, _, verdict| {
            let body = json!({"grounds": "factualError", "note": "no", "target": verdict});
            story.say(EDITH, "dispute.open", &body);
        }),
        (
            "the revocation of the approver's key for compromise",
            |story, _, _| {
                let body = json!({
                    "distrustFrom": 1, "key": public(EDITH), "reason": "compromised",
                });
                story.say(MARA, "key.revoke", &body);
            },
        ),
        ("the withdrawal of its evidence", |story, case, _| {
            withdraw(story, JONAS, &case.evidence.to_string());
        }),
        (
            "a capture in which its quotation is gone",
            |story, case, _| {
                let quoting = case.evidence.to_string();
                capture(story, case, "The bridge stays open.", Some(&quoting));
            },
        ),
    ]
}

/// An approved verdict whose evidence quotes its source.
fn approved() -> (Story, Case, String, EntryIndex) {
    let (mut story, mut case) = Story::with_case();
    withdraw(&mut story, JONAS, &case.evidence.to_string());
    let words = "The bridge was closed";
    let body = json!({
        "claim": case.claim.to_string(), "source": case.source.to_string(), "stance": "supports",
        "excerpt": {
            "start": 0, "end": words.len(), "quote": words,
            "text": sha256(&[TEXT.as_bytes()]).to_string(),
        },
    });
    case.evidence = story.say(JONAS, "evidence.add", &body);
    let body = story.verdict(&case);
    let id = story.say(JONAS, "verdict.issue", &body);
    let verdict = EntryIndex::new(story.size() - 1);
    story.approve(EDITH, &id);
    (story, case, id.to_string(), verdict)
}

#[test]
fn what_was_left_out_is_said_and_does_not_change_the_answer() {
    // What holds of any statement, and what holds of verdicts alone.
    let whole = |entries: &Entries, verdict| {
        let (view, _) = entries.replay();
        let Ok(standings) = Standings::at(&view, entries.size());
        let Ok(of_any) = standings.of(verdict);
        (of_any, by_the_ledger(entries, verdict))
    };
    let shown = |report: &DossierReport, verdict| {
        let entry = report.entry(verdict).map(|entry| entry.standing.clone());
        (entry, report.verdict.clone())
    };
    for (what, happens) in later() {
        let (mut story, case, id, verdict) = approved();
        let then = whole(&story.entries(), verdict);
        let before = story.size();
        happens(&mut story, &case, &id);
        let entries = story.entries();
        let now = whole(&entries, verdict);
        assert_ne!(now, then, "{what} changes the standing");
        // In the file that `prove` makes it is there.
        let report = entries.verify(&entries.chosen(verdict).unwrap()).unwrap();
        assert_eq!(report.answer, Verification::Verified, "{what}");
        assert_eq!(shown(&report, verdict), now, "{what}");
        assert_eq!(report.not_judged, [], "{what}");
        // Somebody who made the file left it out.
        let kept: Vec<EntryIndex> = select(&entries, verdict)
            .unwrap()
            .into_iter()
            .filter(|index| index.get() < before)
            .collect();
        let report = entries.verify(&entries.file(verdict, &kept)).unwrap();
        assert_eq!(report.answer, Verification::Verified, "{what}");
        assert_eq!(report.not_judged, [], "{what}");
        assert_eq!(report.left_out[0].what, "completeness", "{what}");
        assert!(report.left_out[0].why.contains("Only an audit"), "{what}");
        assert_eq!(shown(&report, verdict), then, "{what}");
    }
}

/// A file without some of the entries that `prove` chooses.
fn without(entries: &Entries, verdict: EntryIndex, out: &[EntryIndex]) -> DossierReport {
    let chosen = select(entries, verdict).unwrap();
    assert!(out.iter().all(|index| chosen.contains(index)));
    let kept: Vec<EntryIndex> = chosen
        .into_iter()
        .filter(|index| !out.contains(index))
        .collect();
    let file = entries.file(verdict, &kept);
    entries
        .verify(&file)
        .unwrap_or_else(|e| panic!("{out:?}: {} {e}", e.code()))
}

/// The entry that was said last.
fn last(story: &Story) -> EntryIndex {
    EntryIndex::new(story.size() - 1)
}

/// The file without these entries names this rule about this entry, and its answer is open.
#[track_caller]
fn not_judged(
    story: &Story,
    verdict: EntryIndex,
    out: &[EntryIndex],
    code: &str,
    about: EntryIndex,
) {
    let entries = story.entries();
    assert_eq!(entries.replay().1, None, "the ledger admits all of it");
    let whole = entries.verify(&entries.chosen(verdict).unwrap()).unwrap();
    assert_eq!(
        (whole.answer, whole.not_judged),
        (Verification::Verified, Vec::new())
    );
    let report = without(&entries, verdict, out);
    let named: Vec<(&str, EntryIndex)> = report
        .not_judged
        .iter()
        .map(|not| (not.code.as_str(), not.entry))
        .collect();
    assert!(named.contains(&(code, about)), "{named:?}");
    assert_eq!(report.answer, Verification::CouldNotTell);
}

#[test]
fn counts_without_one_of_the_statements_that_make_them_are_not_judged() {
    let (mut story, case) = Story::with_case();
    let body = json!({
        "claim": case.claim.to_string(), "source": case.source.to_string(), "stance": "refutes",
    });
    story.say(JONAS, "evidence.add", &body);
    let against = last(&story);
    let verdict = super::honest(&mut story, &case);
    not_judged(
        &story,
        verdict,
        &[against],
        "corroboration-mismatch",
        verdict,
    );
}

#[test]
fn an_excerpt_without_the_capture_or_transcript_that_brought_its_text_is_not_judged() {
    for kind in ["capture", "transcript"] {
        let (mut story, mut case) = Story::with_case();
        withdraw(&mut story, JONAS, &case.evidence.to_string());
        let words = "It was closed on Monday.";
        if kind == "capture" {
            capture(&mut story, &case, words, None);
        } else {
            let body = json!({
                "by": "Lena L.", "of": sha256(&[TEXT.as_bytes()]).to_string(),
                "source": case.source.to_string(), "text": sha256(&[words.as_bytes()]).to_string(),
            });
            story.say(JONAS, "source.transcribe", &body);
        }
        let brought = last(&story);
        let body = json!({
            "claim": case.claim.to_string(), "source": case.source.to_string(), "stance": "supports",
            "excerpt": {
                "start": 0, "end": 2, "quote": "It", "text": sha256(&[words.as_bytes()]).to_string(),
            },
        });
        case.evidence = story.say(JONAS, "evidence.add", &body);
        let quoting = last(&story);
        let verdict = super::honest(&mut story, &case);
        not_judged(
            &story,
            verdict,
            &[brought],
            "excerpt-not-of-source",
            quoting,
        );
    }
}

#[test]
fn an_approval_from_a_listed_organisation_needs_the_policy_that_lists_it() {
    let (mut story, case) = Story::with_case();
    story.say(
        MARA,
        "organisation.set",
        &json!({"name": "Other", "organisation": "other"}),
    );
    story.enroll(MARA, NEW, "otto", "other", Role::Admin);
    let mut listing = policy(1);
    listing["approvalsFrom"] = json!(["other"]);
    story.say(MARA, "policy.set", &listing);
    let listed = last(&story);
    // Otto has the author's name in his own organisation, and approves.
    story.enroll(NEW, MOLE, "jonas", "other", Role::Editor);
    let body = story.verdict(&case);
    let id = story.say(JONAS, "verdict.issue", &body);
    let verdict = last(&story);
    story.approve(MOLE, &id);
    let approval = last(&story);
    not_judged(&story, verdict, &[listed], "own-statement", approval);
}

#[test]
fn a_second_version_of_a_scale_needs_the_first() {
    let (mut story, mut case) = Story::with_case();
    let first = case.scale;
    let body = json!({
        "entries": [{"code": "true", "label": "True", "needs": "support"}],
        "organisation": "desk", "scale": "steps", "title": "Steps", "version": 2,
    });
    case.scale = story.say(MARA, "scale.set", &body);
    let second = last(&story);
    let verdict = super::honest(&mut story, &case);
    let (view, _) = story.entries().replay();
    let Ok(first) = claimledger_core::rules::View::statement(&view, &first);
    let out = first.expect("it is there").index;
    not_judged(&story, verdict, &[out], "scale-version", second);
}

/// No hash of the file can be left out, repeated, altered or swapped with another.
#[test]
fn every_change_of_a_dossiers_hashes_is_refused() {
    let (mut story, _, _, verdict) = approved();
    for number in 0..9 {
        story.claim(&format!("Another matter, number {number}."));
    }
    story.seen = Some(story.size() - 3);
    story.approve(MARA, &verdict_id(&story, verdict));
    let entries = story.entries();
    let honest = entries.chosen(verdict).unwrap();
    assert!(honest.hashes.len() > 3, "{}", honest.hashes.len());
    assert_eq!(
        entries.verify(&honest).unwrap().answer,
        Verification::Verified
    );
    let mut forged = Vec::new();
    for at in 0..honest.hashes.len() {
        let mut dropped = honest.clone();
        dropped.hashes.remove(at);
        forged.push(dropped);
        let mut twice = honest.clone();
        twice.hashes.insert(at, honest.hashes[at]);
        forged.push(twice);
        let mut altered = honest.clone();
        altered.hashes[at] = sha256(&[b"another"]);
        forged.push(altered);
        for other in 0..at {
            let mut swapped = honest.clone();
            swapped.hashes.swap(at, other);
            forged.push(swapped);
        }
    }
    for file in forged {
        let code = entries.verify(&file).unwrap_err().code();
        assert!(
            ["proof-fails", "proof-malformed"].contains(&code.as_str()),
            "{code}"
        );
    }
}

/// Entries are in the file at their own places only.
#[test]
fn entries_of_a_dossier_cannot_change_places() {
    let (story, _, _, verdict) = approved();
    let entries = story.entries();
    let honest = entries.chosen(verdict).unwrap();
    for at in 1..honest.entries.len() {
        let mut file = honest.clone();
        let (one, other) = (file.entries[at - 1].1.clone(), file.entries[at].1.clone());
        file.entries[at - 1].1 = other;
        file.entries[at].1 = one;
        let code = entries.verify(&file).unwrap_err().code();
        assert!(
            ["entry-index", "chain-broken"].contains(&code.as_str()),
            "{code}"
        );
    }
}

fn verdict_id(story: &Story, verdict: EntryIndex) -> claimledger_core::model::StatementId {
    let (view, _) = story.entries().replay();
    let Ok(fact) = claimledger_core::rules::View::entry(&view, verdict);
    fact.expect("a verdict").id
}

fn policy(approvals: u64) -> Value {
    json!({
        "approvals": approvals, "conflictsDeclared": false, "evidenceNeeded": false, "holders": approvals,
        "organisation": "desk", "organisations": 1, "roles": ["editor", "reviewer"], "tracedOrigins": 0,
    })
}

fn public(seed: u8) -> String {
    claimledger_testing::key(seed).public().to_string()
}

fn withdraw(story: &mut Story, by: u8, target: &str) {
    story.say(
        by,
        "withdraw",
        &json!({"reason": "wrong", "target": target}),
    );
}

/// A capture of the case's source, in which a quotation is gone if one is named.
fn capture(story: &mut Story, case: &Case, text: &str, gone: Option<&str>) {
    let mut body = json!({
        "snapshot": {
            "bytes": text.len(), "captured": "2026-01-02T03:04:05Z", "holding": "held",
            "mediaType": "text/plain", "method": "file",
            "sha256": sha256(&[text.as_bytes()]).to_string(),
        },
        "source": case.source.to_string(),
    });
    if let Some(gone) = gone {
        body["quotations"] = json!([{"state": "gone", "statement": gone}]);
    }
    story.say(JONAS, "source.capture", &body);
}

/// The claim that the case's other evidence is about.
fn claim_of_other_evidence(story: &Story) -> claimledger_core::model::StatementId {
    let (view, _) = story.entries().replay();
    let all = (0..story.size()).map(EntryIndex::new);
    let facts = all.filter_map(|index| {
        let Ok(fact) = claimledger_core::rules::View::entry(&view, index);
        fact
    });
    let mut claims = facts
        .filter(|fact| fact.statement_type == claimledger_core::model::StatementType::ClaimAdd);
    claims.nth(1).expect("the second claim").id
}

#[test]
fn a_quotation_that_does_not_stand_in_the_text_of_the_file_is_refused() {
    for (start, words, right) in [
        (0, "The bridge was closed", true),
        (0, "The bridge was opened", false),
        (1, "The bridge was closed", false),
    ] {
        let (mut story, mut case) = Story::with_case();
        withdraw(&mut story, JONAS, &case.evidence.to_string());
        let text = sha256(&[TEXT.as_bytes()]);
        let end = start + words.chars().count();
        let body = json!({
            "claim": case.claim.to_string(), "source": case.source.to_string(), "stance": "supports",
            "excerpt": {"start": start, "end": end, "quote": words, "text": text.to_string()},
        });
        case.evidence = story.say(JONAS, "evidence.add", &body);
        let quoting = last(&story);
        let verdict = super::honest(&mut story, &case);
        let entries = story.entries();
        let mut file = entries.chosen(verdict).unwrap();
        // Without the text nobody can tell.
        assert_eq!(entries.verify(&file).unwrap().quotations.without_text, 1);
        file.texts.insert(text, TEXT.as_bytes().to_vec());
        let answer = entries.verify(&file);
        if right {
            assert_eq!(answer.unwrap().quotations.compared, 1);
        } else {
            let error = answer.unwrap_err();
            assert_eq!(error.code(), "excerpt-broken");
            assert!(error.to_string().contains(&format!("entry {quoting}")));
        }
    }
}
