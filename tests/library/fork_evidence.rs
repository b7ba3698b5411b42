//! Fork evidence out of real logs: two histories are shown, and no changed file shows any.

use claimledger::store::{Files, MemoryDisk, Tree};
use claimledger_core::TreeSize;
use claimledger_core::crypto::{Digest, sha256};
use claimledger_core::dossier::fork::Fork;
use claimledger_core::dossier::{self, ForkEvidence};
use claimledger_core::log::Reader as _;
use claimledger_core::log::tiles::root_at;
use claimledger_core::tlog::checkpoint::{Checkpoint, SignedCheckpoint};
use claimledger_testing::unchecked::{self, Desk, LEDGER, secret};

const ORIGIN: &str = "desk.example/facts";

fn head(desk: &Desk<MemoryDisk>) -> SignedCheckpoint {
    let bytes = Files::new(desk.disk()).read("checkpoint").unwrap().unwrap();
    SignedCheckpoint::parse(&bytes).unwrap()
}

/// What the larger log says of the smaller one's size.
fn evidence(smaller: &Desk<MemoryDisk>, larger: &Desk<MemoryDisk>) -> ForkEvidence {
    let reader = Files::new(larger.disk());
    ForkEvidence {
        vkey: smaller.vkey(),
        smaller: head(smaller),
        larger: head(larger),
        root: root_at(&reader, smaller.size()).unwrap(),
        proof: Tree::new(&reader, larger.size())
            .consistency(smaller.size())
            .unwrap(),
    }
}

/// A log of 300 entries, and one of 400 that is another from entry 250 on.
fn two_histories() -> (Desk<MemoryDisk>, Desk<MemoryDisk>) {
    let desk = unchecked::filled(MemoryDisk::new(), ORIGIN, 300);
    let mut other = unchecked::filled(MemoryDisk::new(), ORIGIN, 250);
    unchecked::grow(&mut other, 400, " rewritten");
    (desk, other)
}

fn read(bytes: &[u8]) -> Result<Fork, dossier::Error> {
    ForkEvidence::parse(bytes)?.verify(None)
}

#[test]
fn anybody_can_check_the_evidence_of_two_histories() {
    let (desk, other) = two_histories();
    let evidence = evidence(&desk, &other);
    let good = evidence.print();
    let fork = read(&good).unwrap();
    assert_eq!(
        (fork.size.get(), fork.other_size.get(), fork.pinned),
        (300, 400, false)
    );
    assert!(evidence.verify(Some(&desk.vkey())).unwrap().pinned);
    assert!(ForkEvidence::is_one(&good));
    for at in 0..good.len() {
        for bit in 0..8 {
            let mut bad = good.clone();
            bad[at] ^= 1 << bit;
            let answer = ForkEvidence::parse(&bad).and_then(|e| e.verify(Some(&desk.vkey())));
            assert!(answer.is_err(), "byte {at} bit {bit}");
        }
    }
}

#[test]
fn one_history_is_no_fork() {
    let honest = unchecked::filled(MemoryDisk::new(), ORIGIN, 250);
    let mut later = unchecked::filled(MemoryDisk::new(), ORIGIN, 250);
    unchecked::grow(&mut later, 400, "");
    let none = evidence(&honest, &later);
    assert_eq!(none.verify(None).unwrap_err().code(), "fork-not-shown");
    // The same head twice.
    let same = evidence(&honest, &honest);
    assert_eq!(same.verify(None).unwrap_err().code(), "fork-not-shown");
}

#[test]
fn two_heads_of_one_size_with_two_roots_are_a_fork() {
    let desk = unchecked::filled(MemoryDisk::new(), ORIGIN, 300);
    let mut other = unchecked::filled(MemoryDisk::new(), ORIGIN, 250);
    unchecked::grow(&mut other, 300, " rewritten");
    let evidence = evidence(&desk, &other);
    assert!(evidence.proof.is_empty());
    let fork = read(&evidence.print()).unwrap();
    assert_eq!((fork.size.get(), fork.other_size.get()), (300, 300));
    let hash = ForkEvidence {
        proof: vec![evidence.root],
        ..evidence.clone()
    };
    assert_eq!(hash.verify(None).unwrap_err().code(), "proof-malformed");
    let root = ForkEvidence {
        root: Digest::from_bytes([1; 32]),
        ..evidence
    };
    assert!(root.verify(None).is_err());
}

#[test]
fn no_field_can_be_exchanged() {
    let (desk, other) = two_histories();
    let good = evidence(&desk, &other);
    let elsewhere = unchecked::filled(MemoryDisk::new(), "other.example/facts", 300);
    let third = unchecked::filled(MemoryDisk::new(), ORIGIN, 500);
    let mut altered = vec![
        (
            "the two heads have changed places",
            ForkEvidence {
                smaller: good.larger.clone(),
                larger: good.smaller.clone(),
                ..good.clone()
            },
        ),
        (
            "the smaller head is another log's under the same key",
            ForkEvidence {
                smaller: head(&elsewhere),
                ..good.clone()
            },
        ),
        (
            "the larger head is another log's under the same key",
            ForkEvidence {
                larger: head(&elsewhere),
                ..good.clone()
            },
        ),
        (
            "the key is of another log",
            ForkEvidence {
                vkey: elsewhere.vkey(),
                ..good.clone()
            },
        ),
        (
            "the larger head is a third history's",
            ForkEvidence {
                larger: head(&third),
                ..good.clone()
            },
        ),
        (
            "the root is the one that was signed",
            ForkEvidence {
                root: good.smaller.checkpoint().root,
                ..good.clone()
            },
        ),
        (
            "the root is the larger head's",
            ForkEvidence {
                root: good.larger.checkpoint().root,
                ..good.clone()
            },
        ),
    ];
    let with = |proof: Vec<Digest>| ForkEvidence {
        proof,
        ..good.clone()
    };
    altered.push(("no hashes", with(Vec::new())));
    for at in 0..good.proof.len() {
        let mut less = good.proof.clone();
        less.remove(at);
        altered.push(("a hash is missing", with(less)));
        let mut twice = good.proof.clone();
        twice.insert(at, good.proof[at]);
        altered.push(("a hash is there twice", with(twice)));
        for other in at + 1..good.proof.len() {
            let mut swapped = good.proof.clone();
            swapped.swap(at, other);
            altered.push(("two hashes have changed places", with(swapped)));
        }
    }
    let mut more = good.proof.clone();
    more.push(Digest::from_bytes([7; 32]));
    altered.push(("a further hash", with(more)));
    for (what, file) in altered {
        let codes = [
            "dossier-other-ledger",
            "fork-not-shown",
            "note-not-signed",
            "proof-fails",
            "proof-malformed",
        ];
        let code = read(&file.print()).unwrap_err().code();
        assert!(codes.contains(&code.as_str()), "{what}: {code}");
    }
}

#[test]
fn every_history_continues_the_empty_one() {
    let (desk, other) = two_histories();
    let good = evidence(&desk, &other);
    let nothing = Checkpoint {
        origin: ORIGIN.parse().unwrap(),
        size: TreeSize::EMPTY,
        root: sha256(&[]),
    };
    let key = secret(LEDGER);
    let empty = SignedCheckpoint::sign(nothing, &desk.vkey(), |text| key.sign(text));
    let file = ForkEvidence {
        smaller: empty,
        proof: Vec::new(),
        ..good
    };
    assert_eq!(read(&file.print()).unwrap_err().code(), "fork-not-shown");
}

#[test]
fn the_lines_of_the_file_have_one_order_and_one_spelling() {
    let (desk, other) = two_histories();
    let good = String::from_utf8(evidence(&desk, &other).print()).unwrap();
    read(good.as_bytes()).unwrap();
    let lines: Vec<&str> = good.lines().collect();
    let mut altered: Vec<(String, String)> = Vec::new();
    for at in 0..lines.len() {
        let mut less = lines.clone();
        let gone = less.remove(at);
        altered.push((format!("without line {at}: {gone}"), joined(&less)));
        let mut twice = lines.clone();
        twice.insert(at, gone);
        altered.push((format!("line {at} twice: {gone}"), joined(&twice)));
        if at + 1 < lines.len() && lines[at] != lines[at + 1] {
            let mut swapped = lines.clone();
            swapped.swap(at, at + 1);
            altered.push((format!("line {at} after the next"), joined(&swapped)));
        }
    }
    altered.push(("no last line end".to_owned(), good.trim_end().to_owned()));
    altered.push(("a further line end".to_owned(), format!("{good}\n")));
    altered.push(("CRLF".to_owned(), good.replace('\n', "\r\n")));
    altered.push(("a blank before".to_owned(), good.replace("root ", "root  ")));
    altered.push((
        "base64 without padding".to_owned(),
        good.replace("=\n", "\n"),
    ));
    altered.push(("version 2".to_owned(), good.replace("fork/v1", "fork/v2")));
    altered.push(("a blank at the end".to_owned(), good.replace("=\n", "= \n")));
    for (what, file) in altered {
        assert!(read(file.as_bytes()).is_err(), "{what}");
    }
}

fn joined(lines: &[&str]) -> String {
    let lines: Vec<String> = lines.iter().map(|line| format!("{line}\n")).collect();
    lines.concat()
}

#[test]
fn a_size_that_no_tree_has_is_refused_before_anything_is_computed() {
    let (desk, other) = two_histories();
    let good = evidence(&desk, &other);
    let key = secret(LEDGER);
    for size in [i64::MAX as u64, 1 << 63, (1 << 63) + 1, u64::MAX] {
        let head = Checkpoint {
            size: TreeSize::new(size),
            ..good.larger.checkpoint().clone()
        };
        let larger = SignedCheckpoint::sign(head, &desk.vkey(), |text| key.sign(text));
        for proof in [good.proof.clone(), Vec::new()] {
            let file = ForkEvidence {
                larger: larger.clone(),
                proof,
                ..good.clone()
            };
            let code = read(&file.print()).unwrap_err().code();
            let wanted = if size < 1 << 63 {
                "proof-malformed"
            } else {
                "checkpoint-malformed"
            };
            assert_eq!(code, wanted, "{size}");
        }
    }
}
