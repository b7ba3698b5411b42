//! A dossier is judged by the rules of the log: what the log refuses a dossier refuses, with the same code, and what
//! `prove` makes of an honest log verifies.

pub mod entries;
mod guests;
mod kept;
mod parts;
mod proved;
mod published_sites;
mod random;
mod standing_everywhere;
mod story;

use claimledger::host::disk::FolderDisk;
use claimledger::store::{Files, MemoryDisk};
use claimledger_core::EntryIndex;
use claimledger_core::audit::{self, Options};
use claimledger_core::dossier::report::Verification;
use claimledger_core::dossier::{self, File, Pins};
use claimledger_core::encoding::bytes::from_base64;
use claimledger_core::log::tiles::read_entries;
use claimledger_core::model::organisation::Role;
use claimledger_core::tlog::checkpoint::SignedCheckpoint;
use claimledger_testing::{NOW, forge};
use entries::Entries;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use story::{Case, EDITH, JONAS, MARA, MOLE, NEW, Story};

fn vectors(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/vectors")
        .join(folder)
}

/// The files of a folder of vectors, by name.
fn read(folder: &str) -> BTreeMap<String, Value> {
    let files = std::fs::read_dir(vectors(folder)).unwrap();
    let all = files.map(|file| {
        let path = file.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        (name, serde_json::from_str(&text).unwrap())
    });
    all.collect()
}

/// The log of a rule vector, without the entry that is refused after it and with it.
fn logs(vector: &Value) -> (Entries, Entries) {
    let entry = |text: &Value| from_base64(text.as_str().unwrap()).unwrap();
    let log = vector["input"]["log"].as_array().unwrap();
    let log: Vec<Vec<u8>> = log.iter().map(entry).collect();
    let mut more = log.clone();
    more.push(entry(&vector["input"]["entry"]));
    (Entries::new(log), Entries::new(more))
}

/// The codes of the rules that an audit of these entries finds broken.
fn audited(entries: &Entries) -> BTreeSet<(u64, String)> {
    let disk = MemoryDisk::new();
    for (name, bytes) in forge::tiles(&entries.bytes) {
        forge::put(&disk, &name, &bytes);
    }
    forge::put(&disk, "checkpoint", &entries.head().0.to_bytes());
    let options = Options {
        now_millis: NOW,
        ..Options::default()
    };
    let report = audit::run(&Files::new(&disk), &options, &mut |_, _| {}).unwrap();
    let refused = report.findings.iter().filter(|finding| {
        let message = finding.message.to_string();
        message.starts_with("it breaks a rule of the ledger")
    });
    refused
        .map(|finding| {
            (
                finding.entry.unwrap().get(),
                finding.code.as_str().to_owned(),
            )
        })
        .collect()
}

#[test]
fn a_dossier_of_the_whole_log_gets_the_answer_of_the_audit() {
    let all = read("rule");
    assert!(all.len() > 40);
    for (code, vector) in all {
        let (good, bad) = logs(&vector);
        let last = bad.size().last().expect("an entry");
        let error = bad.verify(&bad.whole(last)).unwrap_err();
        assert_eq!(error.code().as_str(), code, "{error}");
        assert_eq!(audited(&bad), BTreeSet::from([(last.get(), code.clone())]));
        if let Some(last) = good.size().last() {
            let report = good.verify(&good.whole(last)).unwrap();
            assert_eq!(report.answer, Verification::Verified, "{code}");
            assert!(report.left_out.is_empty() && report.not_judged.is_empty());
            assert_eq!(audited(&good), BTreeSet::new());
        }
    }
}

/// How a dossier must be answered: refused with a code, or the answer and the rules that could not be judged.
fn answer(checked: Result<dossier::DossierReport, dossier::Error>) -> Value {
    match checked {
        Err(error) => json!({"code": error.code()}),
        Ok(report) => json!({
            "answer": report.answer,
            "notJudged": report
                .not_judged
                .iter()
                .map(|not| json!([not.entry, not.code]))
                .collect::<Vec<Value>>(),
        }),
    }
}

#[test]
fn each_vector_has_the_stated_result() {
    let all = read("dossier");
    for (name, vector) in &all {
        let text = vector["input"]["dossier"].as_str().unwrap();
        let key = vector["input"]["ledgerKey"].as_str().unwrap();
        let pins = Pins {
            ledger_key: Some(key.parse().unwrap()),
            ..Pins::default()
        };
        let checked = dossier::verify(text.as_bytes(), &pins);
        assert_eq!(answer(checked), vector["expect"], "{name}");
    }
    // Each rule has a forged dossier. Where it can, it is the one that `prove` would make; the rest hold the whole log.
    let whole: BTreeSet<&str> = all
        .iter()
        .filter(|(name, vector)| {
            let text = vector["input"]["dossier"].as_str().unwrap();
            let file = File::parse(text.as_bytes()).unwrap();
            let size = file.checkpoint.checkpoint().size;
            !name.contains('_') && file.entries.len() as u64 == size.get()
        })
        .map(|(name, _)| name.as_str())
        .collect();
    for code in read("rule").keys() {
        let vector = all
            .get(code)
            .unwrap_or_else(|| panic!("no dossier for {code}"));
        assert_eq!(vector["expect"]["code"], **code);
    }
    assert_eq!(whole, NEED_THE_WHOLE_LOG.iter().copied().collect());
}

/// The rules that a dossier of chosen entries cannot show to be broken: what shows it is no entry that belongs to the
/// subject, or what the rule needs may have been left out, or is nowhere.
const NEED_THE_WHOLE_LOG: &[&str] = &[
    "checkpoint-key-last",
    "checkpoint-key-unknown",
    "corroboration-stale",
    "despite-missing",
    "excerpt-not-of-source",
    "key-not-enrolled",
    "label-taken",
    "last-admin",
    "observed-key",
    "organisation-unknown",
    "reference-unknown",
    "review-changed",
    "scale-not-adopted",
    "scale-version",
    "snapshot-not-held",
    "snapshot-not-of-source",
    "statement-repeated",
];

#[test]
#[ignore = "writes the vectors"]
fn write_the_vectors() {
    std::fs::remove_dir_all(vectors("dossier")).ok();
    std::fs::create_dir_all(vectors("dossier")).unwrap();
    let write = |name: &str, comment: &str, entries: &Entries, file: &File| {
        let vector = json!({
            "comment": comment,
            "input": {
                "dossier": String::from_utf8(file.print()).unwrap(),
                "ledgerKey": entries.head().1.to_string(),
            },
            "expect": answer(entries.verify(file)),
        });
        let text = format!("{}\n", serde_json::to_string_pretty(&vector).unwrap());
        std::fs::write(vectors("dossier").join(format!("{name}.json")), text).unwrap();
    };
    for (code, vector) in read("rule") {
        let (_, bad) = logs(&vector);
        let last = bad.size().last().expect("an entry");
        let longer = bad.and_another();
        let comment = format!("Entry {last}: {}", vector["comment"].as_str().unwrap());
        let chosen = longer.chosen(last).ok();
        let judged = chosen.as_ref().map(|file| answer(longer.verify(file)));
        let judged = judged.unwrap_or_default();
        match chosen.as_ref().filter(|_| judged["code"] == *code) {
            Some(file) => write(&code, &comment, &longer, file),
            None => write(&code, &comment, &bad, &bad.whole(last)),
        }
        let doubts = judged["notJudged"].as_array();
        if let Some(file) = chosen.filter(|_| doubts.is_some_and(|doubts| !doubts.is_empty())) {
            let comment = format!("What decides this is not in the file. {comment}");
            write(&format!("open_{code}"), &comment, &longer, &file);
        }
    }
    let (mut story, case) = Story::with_case();
    let verdict = honest(&mut story, &case);
    let entries = story.entries();
    write(
        "valid_verdict",
        "A verdict, approved.",
        &entries,
        &entries.chosen(verdict).unwrap(),
    );
    write(
        "valid_claim",
        "A claim.",
        &entries,
        &entries.chosen(EntryIndex::new(5)).unwrap(),
    );
    write(
        "valid_log",
        "A whole log.",
        &entries,
        &entries.whole(verdict),
    );
}

/// A verdict and its approval; answers with the verdict's entry.
fn honest(story: &mut Story, case: &Case) -> EntryIndex {
    let body = story.verdict(case);
    let verdict = story.say(JONAS, "verdict.issue", &body);
    story.approve(EDITH, &verdict);
    story.last_but_one()
}

/// What `prove` would make of a verdict in these entries is refused with this code, and so is the whole log.
#[track_caller]
fn refused(story: &Story, verdict: EntryIndex, code: &str) {
    let entries = story.entries();
    let (_, first) = entries.replay();
    assert_eq!(first.expect("the rules refuse it").1.code(), code);
    let chosen = entries.chosen(verdict).unwrap();
    assert!((chosen.entries.len() as u64) < entries.size().get());
    for file in [chosen, entries.whole(verdict)] {
        let answer = entries.verify(&file).map(|report| report.answer);
        assert_eq!(answer.unwrap_err().code(), code);
    }
}

/// The same, where what the rule needs is not in the file: it cannot be judged, and the answer stays open.
#[track_caller]
fn open(story: &Story, verdict: EntryIndex, code: &str) {
    let entries = story.entries();
    let report = entries.verify(&entries.chosen(verdict).unwrap()).unwrap();
    assert_eq!(report.answer, Verification::CouldNotTell);
    assert_eq!(report.not_judged[0].code, code);
    assert!(report.not_judged[0].decides);
    let whole = entries.verify(&entries.whole(verdict));
    assert_eq!(whole.map(|report| report.answer).unwrap_err().code(), code);
}

#[test]
fn an_honest_verdict_verifies_in_part_and_whole() {
    let (mut story, case) = Story::with_case();
    let verdict = honest(&mut story, &case);
    let entries = story.entries();
    let report = entries.verify(&entries.chosen(verdict).unwrap()).unwrap();
    assert_eq!(report.answer, Verification::Verified);
    assert_eq!((report.left_out.len(), report.not_judged.len()), (1, 0));
    let report = entries.verify(&entries.whole(verdict)).unwrap();
    assert_eq!(report.answer, Verification::Verified);
    assert_eq!((report.left_out.len(), report.not_judged.len()), (0, 0));
}

#[test]
fn an_importer_cannot_approve() {
    let (mut story, case) = Story::with_case();
    story.enroll(MARA, NEW, "imp", "desk", Role::Importer);
    let body = story.verdict(&case);
    let verdict = story.say(JONAS, "verdict.issue", &body);
    story.approve(NEW, &verdict);
    refused(&story, story.last_but_one(), "role-missing");
}

#[test]
fn an_author_cannot_approve_with_a_second_key() {
    let (mut story, case) = Story::with_case();
    story.enroll(MARA, NEW, "jonas", "desk", Role::Editor);
    let body = story.verdict(&case);
    let verdict = story.say(JONAS, "verdict.issue", &body);
    story.approve(NEW, &verdict);
    refused(&story, story.last_but_one(), "own-statement");
}

#[test]
fn another_organisations_admin_cannot_enrol_an_approver() {
    let (mut story, case) = Story::with_case();
    let other = json!({"name": "Another", "organisation": "other"});
    story.say(MARA, "organisation.set", &other);
    story.enroll(MARA, NEW, "otto", "other", Role::Admin);
    story.enroll(NEW, MOLE, "mole", "desk", Role::Editor);
    let body = story.verdict(&case);
    let verdict = story.say(JONAS, "verdict.issue", &body);
    story.approve(MOLE, &verdict);
    refused(&story, story.last_but_one(), "other-organisation");
}

/// A verdict whose body or statement is changed before it is signed.
fn forged(change: impl FnOnce(&mut Value, &Case)) -> (Story, EntryIndex) {
    let (mut story, case) = Story::with_case();
    let body = story.verdict(&case);
    let verdict = story.say_with(JONAS, "verdict.issue", &body, |statement| {
        change(statement, &case);
    });
    story.approve(EDITH, &verdict);
    let at = story.last_but_one();
    (story, at)
}

#[test]
fn a_rating_must_be_on_the_scale() {
    let (story, at) = forged(|statement, _| statement["body"]["rating"] = json!("false"));
    refused(&story, at, "rating-unknown");
}

#[test]
fn evidence_must_be_about_the_verdicts_claim() {
    let (story, at) = forged(|statement, case| {
        statement["body"]["evidence"] = json!([case.other_evidence.to_string()]);
    });
    refused(&story, at, "other-claim");
}

#[test]
fn the_author_must_have_seen_the_claim() {
    let (mut story, case) = Story::with_case();
    let mut body = story.verdict(&case);
    story.seen = Some(story.size());
    let newer = json!({
        "about": "fact", "claimants": "unknown", "text": "The bridge was closed on Mondays.",
        "wording": "verbatim",
        "correction": {"kind": "typo", "wasWrong": "an s", "supersedes": case.claim.to_string()},
    });
    let newer = story.say(JONAS, "claim.add", &newer);
    body["claim"] = json!(newer.to_string());
    let verdict = story.say(JONAS, "verdict.issue", &body);
    story.seen = None;
    story.approve(EDITH, &verdict);
    refused(&story, story.last_but_one(), "claim-not-seen");
}

#[test]
fn corroboration_must_use_a_method_of_the_rules() {
    let (story, at) = forged(|statement, _| {
        statement["body"]["corroboration"] = json!({"method": 0});
    });
    refused(&story, at, "corroboration-method");
}

#[test]
fn seen_must_not_be_larger_than_the_log() {
    let (story, at) = forged(|statement, _| statement["seen"]["size"] = json!(99));
    refused(&story, at, "seen-ahead");
}

#[test]
fn seen_must_be_a_head_of_this_log() {
    let wrong = "ab".repeat(32);
    for size in [1, 3, 8, 10] {
        let (story, at) = forged(|statement, _| {
            statement["seen"] = json!({"root": wrong, "size": size});
        });
        refused(&story, at, "seen-not-ours");
    }
}

#[test]
fn a_statement_must_not_be_issued_a_year_ahead() {
    let (story, at) = forged(|statement, _| statement["issued"] = json!("2027-01-02T03:04:05Z"));
    refused(&story, at, "issued-ahead");
}

#[test]
fn evidence_must_be_about_a_claim() {
    let (mut story, mut case) = Story::with_case();
    let body = story.verdict(&case);
    case.evidence = story.evidence(&case.source.clone(), &case.source);
    let mut changed = body;
    changed["evidence"] = json!([case.evidence.to_string()]);
    let verdict = story.say(JONAS, "verdict.issue", &changed);
    story.approve(EDITH, &verdict);
    refused(&story, story.last_but_one(), "reference-type");
}

#[test]
fn recorded_counts_must_be_those_that_the_statements_give() {
    let (story, at) = forged(|statement, _| {
        statement["body"]["corroboration"]["support"]["independent"] = json!(7);
    });
    refused(&story, at, "corroboration-mismatch");
    // Numbers that some other statements would make cannot be judged without those.
    let (story, at) = forged(|statement, _| {
        statement["body"]["corroboration"]["inputs"] = json!("ab".repeat(32));
    });
    open(&story, at, "corroboration-mismatch");
}

#[test]
fn an_excerpt_must_quote_its_source() {
    let (mut story, case) = Story::with_case();
    let body = json!({
        "claim": case.claim.to_string(), "source": case.source.to_string(), "stance": "supports",
        "excerpt": {
            "start": 0, "end": 10, "quote": "The bridge", "text": "ab".repeat(32),
        },
    });
    story.say(JONAS, "evidence.add", &body);
    let at = honest(&mut story, &case);
    // A capture that brought this text may have been left out.
    open(&story, at, "excerpt-not-of-source");
}

/// What a rule cannot judge about something said later, on which neither rating nor approval rests, leaves the answer.
#[test]
fn a_later_statement_that_cannot_be_judged_does_not_change_the_result() {
    let (mut story, case) = Story::with_case();
    let at = honest(&mut story, &case);
    let body = json!({
        "reason": "by order", "sha256": "ab".repeat(32), "source": case.source.to_string(),
    });
    story.say(MARA, "snapshot.withhold", &body);
    let entries = story.entries();
    let report = entries.verify(&entries.chosen(at).unwrap()).unwrap();
    assert_eq!(report.answer, Verification::Verified);
    assert_eq!(report.not_judged.len(), 1);
    assert_eq!(report.not_judged[0].code, "snapshot-not-of-source");
    assert!(!report.not_judged[0].decides);
}

/// Every entry of the example ledger, each as the subject of a dossier.
#[test]
fn every_dossier_of_the_example_ledger_verifies() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("ledger");
    let files = Files::new(FolderDisk::new(folder));
    let bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("ledger/checkpoint"));
    let head = SignedCheckpoint::parse(&bytes.unwrap()).unwrap();
    let size = head.checkpoint().size;
    let entries = Entries::new(read_entries(&files, EntryIndex::FIRST, size, size).unwrap());
    let (view, refused) = entries.replay();
    assert_eq!(refused, None);
    let id = claimledger_core::rules::View::ledger(&view)
        .unwrap()
        .unwrap()
        .id;
    let pins = Pins {
        ledger_id: Some(id),
        ..Pins::default()
    };
    for subject in size.indices() {
        let indices = dossier::select(&entries, subject).unwrap();
        let file = entries.file_under(head.clone(), subject, &indices);
        let report = dossier::verify(&file.print(), &pins).unwrap();
        assert_eq!(report.answer, Verification::Verified, "entry {subject}");
        assert_eq!(report.not_judged, [], "entry {subject}");
    }
}
