//! Dossiers and single proofs out of real logs: what verifies, what does not, and who says so.

use claimledger::index::{Index, MemoryRows};
use claimledger::store::{Files, MemoryDisk, Tree};
use claimledger::sync::prove::{self, ByIndex, ByReading};
use claimledger_core::dossier::report::Verification;
use claimledger_core::dossier::{self, File, Pins};
use claimledger_core::entry::Entry;
use claimledger_core::log::Log;
use claimledger_core::model::Statement;
use claimledger_core::tlog::checkpoint::SignedCheckpoint;
use claimledger_core::tlog::cosignature::{self, WitnessKey};
use claimledger_core::tlog::merkle::leaf_hash;
use claimledger_core::tlog::policy::WitnessPolicy;
use claimledger_core::tlog::proof::{TlogProof, verify_consistency};
use claimledger_core::{EntryIndex, TreeSize};
use claimledger_testing::unchecked::{self, BEN, Desk, case, public, secret};
use serde_json::json;
use std::collections::BTreeMap;

const ORIGIN: &str = "desk.example/facts";

fn verify(bytes: &[u8], pins: &Pins) -> Result<dossier::DossierReport, dossier::Error> {
    dossier::verify(bytes, pins)
}

fn pinned(desk: &Desk<MemoryDisk>) -> Pins {
    Pins {
        ledger_key: Some(desk.vkey()),
        ..Pins::default()
    }
}

/// A ledger with one case in it, and the case's dossier.
fn dossier_of_case() -> (Desk<MemoryDisk>, EntryIndex, File) {
    let mut desk = Desk::founded(MemoryDisk::new(), ORIGIN);
    let verdict = case(&mut desk);
    let file = make(&desk, verdict);
    (desk, verdict, file)
}

fn make(desk: &Desk<MemoryDisk>, subject: EntryIndex) -> File {
    let reader = Files::new(desk.disk());
    let log = Log::open(&reader).unwrap();
    let head = SignedCheckpoint::parse(&log.head().checkpoint).unwrap();
    let lookup = ByReading::new(&log, log.head().size).unwrap();
    prove::dossier(&log, &lookup, subject, head).unwrap().file
}

#[test]
fn a_dossier_holds_what_belongs_to_its_verdict_and_nothing_else() {
    let (desk, verdict, file) = dossier_of_case();
    let report = verify(&file.print(), &pinned(&desk)).unwrap();
    assert_eq!(report.answer, Verification::Verified);
    assert_eq!(report.subject, verdict);
    let types: Vec<&str> = report
        .entries
        .iter()
        .map(|e| e.statement.statement_type.as_str())
        .collect();
    assert_eq!(
        types,
        [
            "ledger.create",
            "key.enroll",
            "scale.set",
            "policy.set",
            "claim.add",
            "source.add",
            "source.add",
            "source.relate",
            "origin.assess",
            "evidence.add",
            "verdict.issue",
            "verdict.attest"
        ]
    );
    assert_eq!(report.standing.approvals, [verdict.size_through().next()]);
    let approval = report.entries.last().unwrap();
    assert_eq!(
        (approval.holder.as_str(), approval.organisation.as_str()),
        ("ben", "desk")
    );
    assert!(!approval.is_distrusted());
    let not: Vec<&str> = report.not_proven.iter().map(|n| n.what).collect();
    assert_eq!(not, ["snapshots and excerpts", "that others saw this head"]);
    assert_eq!(report.left_out.len(), 1);
    assert_eq!(report.not_judged, []);
    assert_eq!(File::parse(&file.print()), Ok(file));
}

#[test]
fn selection_with_and_without_an_index_is_the_same() {
    let (desk, verdict, file) = dossier_of_case();
    let reader = Files::new(desk.disk());
    let log = Log::open(&reader).unwrap();
    let head = SignedCheckpoint::parse(&log.head().checkpoint).unwrap();
    let mut index = Index::open(MemoryRows::default()).unwrap();
    let (size, root) = (log.head().size, log.head().root);
    index.catch_up(&reader, size, &root, &mut |_| {}).unwrap();
    let lookup = ByIndex::new(&log, index.view(&reader), size);
    let by_index = prove::dossier(&log, &lookup, verdict, head).unwrap();
    assert_eq!(by_index.file, file);
}

#[test]
fn a_change_of_any_bit_of_a_dossier_is_noticed() {
    let (desk, verdict, _) = dossier_of_case();
    let mut codes = std::collections::BTreeSet::new();
    // Every bit of a small one, and a bit of every byte of a whole verdict's; each with a cosignature of somebody
    // unknown, whose bits no signature covers.
    for (subject, bits) in [(EntryIndex::new(4), 0..8), (verdict, 0..1)] {
        let file = make(&desk, subject);
        let line = cosign(&file.checkpoint, 40);
        let file = File {
            checkpoint: file.checkpoint.clone().with_signatures(&[line]),
            ..file
        };
        let good = file.print();
        let pins = pinned(&desk);
        verify(&good, &pins).unwrap();
        for at in 0..good.len() {
            for bit in bits.clone() {
                let mut bad = good.clone();
                bad[at] ^= 1 << ((at + bit) % 8);
                let Err(error) = verify(&bad, &pins) else {
                    panic!("byte {at} bit {}", (at + bit) % 8);
                };
                codes.insert(error.code().as_str());
            }
        }
    }
    for code in [
        "dossier-malformed",
        "dossier-altered",
        "proof-fails",
        "note-signature",
    ] {
        assert!(codes.contains(code), "{code} in {codes:?}");
    }
}

#[test]
fn a_dossier_with_a_missing_or_additional_entry_is_refused() {
    let (desk, verdict, good) = dossier_of_case();
    let reader = Files::new(desk.disk());
    let tree = Tree::new(&reader, desk.size());
    let pins = pinned(&desk);
    let with = |indices: &[EntryIndex], subject: EntryIndex| {
        let read = |index: &EntryIndex| {
            let bytes =
                claimledger_core::log::tiles::read_entry(&reader, *index, desk.size()).unwrap();
            (*index, bytes)
        };
        let entries: Vec<(EntryIndex, Vec<u8>)> = indices.iter().map(read).collect();
        let statements: Vec<Statement> = entries
            .iter()
            .map(|(_, bytes)| {
                let envelope = Entry::decode(bytes).unwrap().envelope().unwrap();
                envelope.claimed().clone()
            })
            .collect();
        let heads = dossier::heads(statements.iter(), desk.size());
        let file = File {
            subject,
            entries,
            texts: BTreeMap::new(),
            hashes: tree.combined(indices, &heads).unwrap(),
            checkpoint: good.checkpoint.clone(),
        };
        verify(&file.print(), &pins)
    };
    let all: Vec<EntryIndex> = good.entries.iter().map(|(index, _)| *index).collect();
    with(&all, verdict).unwrap();
    for left_out in &all {
        let rest: Vec<EntryIndex> = all.iter().copied().filter(|i| i != left_out).collect();
        let answer = with(&rest, verdict);
        // Without the policy, and without what the corroboration was made from, nobody can tell whether it is right. What
        // something names, and who signed it, must be there.
        let open = [all[3], all[7], all[8]];
        if open.contains(left_out) {
            let report = answer.unwrap();
            assert_eq!(
                report.answer,
                Verification::CouldNotTell,
                "entry {left_out}"
            );
            assert_eq!(report.not_judged[0].code, "corroboration-mismatch");
        } else {
            let code = answer.unwrap_err().code();
            let wanted = ["dossier-incomplete", "dossier-stray-entry"];
            assert!(wanted.contains(&code.as_str()), "entry {left_out}: {code}");
        }
    }
    let unapproved = [&all[..1], &all[2..11]].concat();
    assert!(
        with(&unapproved, verdict).is_ok(),
        "the approval and its signer"
    );
    for added in desk.size().indices().filter(|index| !all.contains(index)) {
        let mut more = all.clone();
        more.push(added);
        more.sort_unstable();
        let code = with(&more, verdict).unwrap_err().code();
        assert!(
            ["dossier-stray-entry", "dossier-incomplete"].contains(&code.as_str()),
            "entry {added}: {code}"
        );
    }
    assert!(with(&all, all[4]).is_err(), "another subject");
}

#[test]
fn without_a_trusted_key_the_result_is_could_not_tell() {
    let (desk, _, file) = dossier_of_case();
    let report = verify(&file.print(), &Pins::default()).unwrap();
    assert_eq!(report.answer, Verification::CouldNotTell);
    assert!(
        report
            .not_proven
            .iter()
            .any(|n| n.what == "whose ledger this is")
    );
    let by_id = Pins {
        ledger_id: desk.ledger,
        ..Pins::default()
    };
    assert_eq!(
        verify(&file.print(), &by_id).unwrap().answer,
        Verification::Verified
    );
    let other_id = Pins {
        ledger_id: Some("00".repeat(32).parse().unwrap()),
        ..Pins::default()
    };
    let code = verify(&file.print(), &other_id).unwrap_err().code();
    assert_eq!(code, "dossier-other-ledger");
    let other_key = Pins {
        ledger_key: Some(claimledger_core::tlog::note::VerifierKey::new(
            ORIGIN.parse().unwrap(),
            public(99),
        )),
        ..Pins::default()
    };
    let code = verify(&file.print(), &other_key).unwrap_err().code();
    assert_eq!(code, "note-not-signed");
}

fn witness(byte: u8) -> WitnessKey {
    WitnessKey::new("witness.example/w".parse().unwrap(), public(byte))
}

fn cosign(head: &SignedCheckpoint, byte: u8) -> claimledger_core::tlog::note::NoteSignature {
    let sign = |m: &[u8]| Ok::<_, claimledger_core::tlog::Error>(secret(byte).sign(m));
    cosignature::cosign(&head.note().text, 1_767_323_046, &witness(byte), sign).unwrap()
}

#[test]
fn witnesses_are_required_by_policy() {
    let (desk, _, file) = dossier_of_case();
    let policy = format!("log {}\nwitness w {}\nquorum w\n", desk.vkey(), witness(40));
    let pins = Pins {
        witnesses: Some(WitnessPolicy::parse(policy.as_bytes()).unwrap()),
        ..pinned(&desk)
    };
    assert_eq!(
        verify(&file.print(), &pins).unwrap().answer,
        Verification::CouldNotTell
    );
    let line = cosign(&file.checkpoint, 40);
    let cosigned = File {
        checkpoint: file.checkpoint.clone().with_signatures(&[line]),
        ..file.clone()
    };
    let report = verify(&cosigned.print(), &pins).unwrap();
    assert_eq!(report.answer, Verification::Verified);
    assert_eq!(report.seen_by[0].time, 1_767_323_046);
}

#[test]
fn a_revoked_key_shows_in_the_dossier() {
    let mut desk = Desk::founded(MemoryDisk::new(), ORIGIN);
    let verdict = case(&mut desk);
    desk.say(
        unchecked::ANNA,
        "key.revoke",
        json!({"distrustFrom": verdict, "key": public(BEN).to_string(), "reason": "compromised"}),
    );
    desk.commit();
    let file = make(&desk, verdict);
    let report = verify(&file.print(), &pinned(&desk)).unwrap();
    assert_eq!(
        report
            .entries
            .last()
            .unwrap()
            .statement
            .statement_type
            .as_str(),
        "key.revoke"
    );
    let approval = &report.entries[report.entries.len() - 2];
    assert!(approval.is_distrusted());
    // What the key signs after its end is no longer its holder's word.
    desk.say(
        BEN,
        "verdict.attest",
        json!({
            "conflict": "none", "decision": "reject",
            "verdict": report.entry(verdict).unwrap().statement.id().to_string(),
        }),
    );
    desk.commit();
    let code = verify(&make(&desk, verdict).print(), &pinned(&desk))
        .unwrap_err()
        .code();
    assert_eq!(code, "key-revoked");
}

#[test]
fn a_dossier_of_the_end_of_a_key_holds_what_gave_that_key_its_roles() {
    let mut desk = unchecked::filled(MemoryDisk::new(), ORIGIN, 20);
    // Nothing in the file is signed by this key.
    desk.enroll(unchecked::ANNA, 14, "eve");
    let enrolled = desk.size().last().unwrap();
    unchecked::grow(&mut desk, 30, "");
    desk.say(
        unchecked::ANNA,
        "key.revoke",
        json!({"key": public(14).to_string(), "reason": "left"}),
    );
    let revoked = desk.size().last().unwrap();
    desk.commit();
    let report = verify(&make(&desk, revoked).print(), &pinned(&desk)).unwrap();
    let entries: Vec<u64> = report
        .entries
        .iter()
        .map(|entry| entry.index.get())
        .collect();
    assert_eq!(entries, [0, enrolled.get(), revoked.get()]);
    assert_eq!(report.answer, Verification::Verified);
}

#[test]
fn proofs_from_tiles_are_valid_at_every_size() {
    let desk = unchecked::filled(MemoryDisk::new(), ORIGIN, 700);
    let reader = Files::new(desk.disk());
    let log = Log::open(&reader).unwrap();
    let head = SignedCheckpoint::parse(&log.head().checkpoint).unwrap();
    for index in [0, 1, 255, 256, 511, 512, 698, 699] {
        let proof = prove::tlog_proof(&log, EntryIndex::new(index), head.clone()).unwrap();
        let read = TlogProof::parse(&proof.print()).unwrap();
        let bytes = claimledger_core::log::tiles::read_entry(
            &reader,
            EntryIndex::new(index),
            TreeSize::new(700),
        )
        .unwrap();
        read.verify(&leaf_hash(&bytes)).unwrap();
    }
    assert_eq!(
        prove::tlog_proof(&log, EntryIndex::new(700), head)
            .unwrap_err()
            .code(),
        "proof-malformed"
    );
    for old in [1, 2, 255, 256, 257, 512, 513, 699, 700] {
        let proof = Tree::new(&reader, TreeSize::new(700))
            .consistency(TreeSize::new(old))
            .unwrap();
        let root = claimledger_core::log::tiles::root_at(&reader, TreeSize::new(old)).unwrap();
        verify_consistency(
            TreeSize::new(old),
            &root,
            TreeSize::new(700),
            &log.head().root,
            &proof,
        )
        .unwrap();
    }
}
