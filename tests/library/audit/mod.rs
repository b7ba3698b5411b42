//! A folder damaged in every way that has a code of its own; each row says exactly what the audit must see.

mod others;
mod rows;

use claimledger::host::disk::{Disk as _, FolderDisk};
use claimledger::store::{Files, MemoryDisk};
use claimledger_core::Code;
use claimledger_core::audit::finding::OWN_CODES;
use claimledger_core::audit::{Options, Peer, Severity, Trust, run, run_beside};
use claimledger_core::crypto::sha256;
use claimledger_core::entry::Entry;
use claimledger_core::model::Body;
use claimledger_core::model::evidence::Stance;
use claimledger_core::tlog::merkle::leaf_hash;
use claimledger_core::{EntryIndex, TreeSize};
use claimledger_testing::{NOW, TestLedger, forge, say};
use others::{other_ledgers, witnesses};
use rows::{
    beside_the_log, captures, in_one_entry, in_the_head, in_the_log, snapshots_and_excerpts, texts,
};
use std::collections::BTreeSet;

/// The small case, to be damaged.
struct Case {
    ledger: TestLedger<FolderDisk>,
    entries: Vec<Vec<u8>>,
    options: Options,
    mirror: Option<MemoryDisk>,
}

impl Case {
    fn new() -> Self {
        let mut ledger = TestLedger::in_folder();
        claimledger_testing::small_case(&mut ledger);
        Self {
            entries: forge::entries(&ledger.reader(), TreeSize::new(13)),
            options: Options {
                now_millis: NOW,
                ..Options::default()
            },
            ledger,
            mirror: None,
        }
    }

    /// Holds a mirror of the first entries as they are now.
    fn mirror(&mut self, size: usize) {
        let disk = MemoryDisk::new();
        forge::lay_down(&disk, &self.entries[..size]);
        self.mirror = Some(disk);
    }

    fn read(&self, name: &str) -> Vec<u8> {
        self.ledger.disk.read(name).unwrap().unwrap()
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        forge::put(&self.ledger.disk, name, bytes);
    }

    /// Changes one byte of a file.
    fn alter(&self, name: &str, at: usize) {
        let mut bytes = self.read(name);
        bytes[at] ^= 1;
        self.put(name, &bytes);
    }

    /// Lays the entries down with a tree and a signed head over them.
    fn seal(&self) {
        forge::lay_down(&self.ledger.disk, &self.entries);
    }

    /// Puts a statement of the founder's in the last entry's place.
    fn last(&mut self, body: impl Into<Body>, signature: Option<[u8; 64]>) {
        let parsed = self.ledger.founder.say(body);
        forge::replace(&mut self.entries, 12, &parsed, signature);
        self.seal();
    }

    fn snapshot(&self) -> String {
        let blobs = self.ledger.disk.list("snapshots").unwrap();
        blobs.into_iter().next().unwrap()
    }
}

/// What is seen: code, and the entry or file it is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Sight {
    code: Code,
    at: String,
    severity: &'static str,
}

fn fault(code: Code, at: &str) -> Sight {
    Sight {
        code,
        at: at.to_owned(),
        severity: "fault",
    }
}

fn note(code: Code, at: &str) -> Sight {
    Sight {
        severity: "note",
        ..fault(code, at)
    }
}

const BUNDLE: &str = "tile/entries/000.p/13";
const OLD_BUNDLE: &str = "tile/entries/000.p/9";
const TILE: &str = "tile/0/000.p/13";

/// A sentence, the damage, and what must be seen.
struct Row(&'static str, fn(&mut Case), Vec<Sight>);

fn seen(case: &Case) -> Vec<Sight> {
    let mirror = case.mirror.clone().map(Files::new);
    let peers: Vec<Peer<'_>> = mirror
        .iter()
        .map(|reader| Peer {
            name: "held".to_owned(),
            reader,
        })
        .collect();
    let reader = case.ledger.reader();
    let report = run_beside(&reader, &case.options, &peers, &mut |_, _| {}).unwrap();
    let mut sights: Vec<Sight> = report
        .findings
        .iter()
        .map(|finding| Sight {
            code: finding.code,
            at: match (&finding.entry, &finding.file) {
                (Some(entry), None) => format!("entry {entry}"),
                (None, Some(file)) if file.starts_with("snapshots/sha256/") => {
                    "a snapshot".to_owned()
                }
                (None, Some(file)) => file.clone(),
                (Some(entry), Some(_)) => format!("entry {entry} and its file"),
                (None, None) => String::new(),
            },
            severity: match finding.severity {
                Severity::Fault => "fault",
                Severity::Note => "note",
            },
        })
        .collect();
    sights.sort();
    sights
}

/// Damages a case by each row.
#[track_caller]
fn check(rows: Vec<Row>) {
    let mut wrong = Vec::new();
    for Row(story, damage, mut expected) in rows {
        let mut case = Case::new();
        damage(&mut case);
        expected.sort();
        let seen = seen(&case);
        if seen != expected {
            wrong.push(format!(
                "{story}:\n  seen     {seen:?}\n  expected {expected:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn damage_in_the_log_is_found() {
    check(in_the_log());
}

#[test]
fn damage_in_one_entry_is_found() {
    check(in_one_entry());
}

#[test]
fn an_entry_with_a_wrong_place_or_time_may_be_named_and_one_that_the_rules_refuse_may_not() {
    // Entry 11 is a claim, and entry 12 evidence about it.
    let told = |by: u8, damage: &dyn Fn(&mut Entry)| {
        let mut case = Case::new();
        let claim = case.ledger.voice(by).say(say::claim(70));
        let article = Entry::decode(&case.entries[5]).unwrap().envelope().unwrap();
        let named = say::bare_evidence(claim.id(), article.id(), Stance::Context);
        let evidence = case.ledger.founder.say(named);
        forge::replace(&mut case.entries, 11, &claim, None);
        forge::replace(&mut case.entries, 12, &evidence, None);
        forge::change(&mut case.entries, 11, damage);
        let named = leaf_hash(&case.entries[11]);
        forge::change(&mut case.entries, 12, |entry| entry.previous = named);
        case.seal();
        seen(&case)
    };
    let bo = 3;
    let elsewhere = |entry: &mut Entry| entry.index = EntryIndex::new(7);
    assert_eq!(told(bo, &elsewhere), [fault(Code::EntryIndex, "entry 11")]);
    let early = forge::earlier(1_000);
    assert_eq!(told(bo, &early), [fault(Code::TimeBackwards, "entry 11")]);
    let unchained = |entry: &mut Entry| entry.previous = sha256(&[b"another entry"]);
    assert_eq!(told(bo, &unchained), [fault(Code::ChainBroken, "entry 11")]);
    assert_eq!(
        told(9, &|_| ()),
        [
            fault(Code::KeyNotEnrolled, "entry 11"),
            fault(Code::ReferenceUnknown, "entry 12"),
        ]
    );
}

#[test]
fn damage_in_the_head_is_found() {
    check(in_the_head());
}

#[test]
fn damage_beside_the_log_is_found() {
    check(beside_the_log());
}

#[test]
fn damage_to_snapshots_and_excerpts_is_found() {
    check(snapshots_and_excerpts());
}

#[test]
fn what_a_capture_says_of_quotations_is_compared_with_its_text() {
    check(captures());
}

#[test]
fn contradictions_by_witnesses_are_found() {
    check(witnesses());
}

#[test]
fn texts_that_the_bytes_do_not_have_are_found() {
    check(texts());
}

#[test]
fn contradictions_by_other_ledgers_are_found() {
    check(other_ledgers());
}

#[test]
fn every_code_has_a_row() {
    let rows = [
        in_the_log(),
        in_one_entry(),
        in_the_head(),
        beside_the_log(),
        snapshots_and_excerpts(),
        captures(),
        texts(),
        witnesses(),
        other_ledgers(),
    ];
    let sights = rows
        .into_iter()
        .flatten()
        .flat_map(|Row(_, _, sights)| sights);
    let codes: BTreeSet<Code> = sights.map(|sight| sight.code).collect();
    let missing: Vec<_> = OWN_CODES
        .iter()
        .filter(|code| !codes.contains(code))
        .collect();
    assert!(missing.is_empty(), "no damage here makes {missing:?}");
}

#[test]
fn the_report_lists_what_was_checked_and_what_was_not() {
    let case = Case::new();
    let report = run(&case.ledger.reader(), &case.options, &mut |_, _| {}).unwrap();
    assert_eq!(report.trust, Trust::FirstContact);
    let checked = report.checked;
    assert_eq!(
        (checked.entries, checked.links, checked.signatures),
        (13, 13, 13)
    );
    assert_eq!((checked.statements, checked.rules), (13, 13));
    // The newest and three older ones of each.
    assert_eq!((checked.bundles, checked.tiles), (4, 4));
    assert_eq!((checked.snapshots, checked.excerpts), (1, 2));
    let not: Vec<_> = report
        .not_checked
        .iter()
        .map(|n| (&*n.what, n.count))
        .collect();
    assert_eq!(not, [("sources", 1)]);
    // The second signer's verdict holds the twelve entries before it in place.
    let held: Vec<_> = report.held.iter().map(|h| (h.size.get(), &*h.by)).collect();
    assert_eq!(held, [(12, "bo's signature")]);

    let pinned = Options {
        ledger_key: Some(case.ledger.head().vkey.clone()),
        against: Some(forge::head(&case.entries[..11])),
        ..case.options.clone()
    };
    let report = run(&case.ledger.reader(), &pinned, &mut |_, _| {}).unwrap();
    assert_eq!(report.trust, Trust::Pinned);
    assert!(report.held.iter().any(|h| h.size == TreeSize::new(11)));
}

#[test]
fn a_folder_without_a_checkpoint_cannot_be_audited() {
    let case = Case::new();
    case.ledger.disk.remove("checkpoint").unwrap();
    let answer = run(&case.ledger.reader(), &case.options, &mut |_, _| {});
    assert_eq!(answer.unwrap_err().code(), "no-ledger");
}
