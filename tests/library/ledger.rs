//! One ledger from its first commit on, checked whole after every step; and what this machine remembers of it.

use claimledger::host::clock::FixedClock;
use claimledger::host::disk::Disk as _;
use claimledger::ledger::rollback_guard::{HeadComparison, RollbackGuard};
use claimledger::ledger::writer::CheckpointSigner;
use claimledger::ledger::{Error, Writer};
use claimledger::store::MemoryDisk;
use claimledger_core::UnixMillis;
use claimledger_core::envelope::{Parsed, verify_batch};
use claimledger_core::log::{Log, closed};
use claimledger_core::model::organisation::Role;
use claimledger_core::tlog::note::{Note, NoteSignature};
use claimledger_core::{EntryIndex, TreeSize};
use claimledger_testing::{
    CheckpointKey, FOUNDER, NOW, ORIGIN, TestLedger, checkpoint_key, forge, key, say,
};

#[test]
fn the_small_case_holds_together_and_grows_past_a_tile() {
    let mut ledger = TestLedger::in_folder();
    claimledger_testing::small_case(&mut ledger);
    for entries in [1, 241, 1, 1, 1, 30] {
        ledger.grow(entries);
        ledger.check();
    }
    ledger.reopen().unwrap();
    assert_eq!(ledger.check().checked.entries, 13 + 275);
}

#[test]
fn statements_are_read_back() {
    let mut ledger = TestLedger::in_memory();
    let claim = ledger.say(say::claim(3));
    let reader = ledger.reader();
    let log = Log::open(&reader).unwrap();
    let (entry, statement) = log.statement(EntryIndex::new(3)).unwrap();
    assert_eq!((statement.id(), entry.time), (claim, NOW));
    assert_eq!(statement.seen.unwrap().size, TreeSize::new(3));
    assert_eq!(log.head(), ledger.head());
    assert_eq!(
        log.entry(EntryIndex::new(4)).unwrap_err().code(),
        "not-found"
    );
    ledger.check();
}

#[test]
fn the_same_statement_is_added_once() {
    let mut ledger = TestLedger::in_memory();
    let claim = ledger.founder.say(say::claim(3));
    let batch = vec![
        claim.clone(),
        ledger.founder.say(say::claim(4)),
        claim.clone(),
    ];
    let receipts = ledger.append(batch).unwrap();
    let seen: Vec<_> = receipts
        .iter()
        .map(|r| (r.index.get(), r.already))
        .collect();
    assert_eq!(seen, [(3, false), (4, false), (3, true)]);
    let checkpoint = ledger.head().checkpoint.clone();
    let again = ledger.append(vec![claim]).unwrap();
    assert_eq!((again[0].index.get(), again[0].already), (3, true));
    assert_eq!(
        ledger.head().checkpoint,
        checkpoint,
        "nothing was written for it"
    );
    // The same words said later are another statement.
    ledger.founder.at += 1;
    let later = ledger.founder.say(say::claim(3));
    assert!(!ledger.append(vec![later]).unwrap()[0].already);
    ledger.check();
}

/// Appends a batch that must be refused with this code; nothing of it may be left.
#[track_caller]
fn refused(ledger: &mut TestLedger<MemoryDisk>, batch: Vec<Parsed>, code: &str) {
    let before = ledger.head().clone();
    let files = ledger.disk.list("").unwrap();
    assert_eq!(ledger.append(batch).unwrap_err().code(), code);
    assert_eq!(*ledger.head(), before);
    assert_eq!(ledger.disk.list("").unwrap(), files);
    ledger.check();
}

#[test]
fn a_batch_is_all_or_nothing() {
    let mut ledger = TestLedger::in_memory();
    let good = ledger.founder.say(say::claim(3));
    let stranger = ledger.voice(9);
    let bad = |parsed: Parsed| vec![good.clone(), parsed];

    let unknown = stranger.say(say::claim(4));
    refused(&mut ledger, bad(unknown), "key-not-enrolled");
    let forged = Parsed::new(
        ledger.founder.statement(None, say::claim(5)).encode(),
        stranger.sign_payload(b"other words"),
    );
    refused(&mut ledger, bad(forged.unwrap()), "signature-invalid");
    let payload = ledger.founder.statement(None, say::claim(5)).encode();
    let crafted = claimledger_testing::torsion::torsion_signature(
        [FOUNDER; 32],
        &claimledger_core::envelope::pae(&payload),
    );
    let crafted = Parsed::new(payload, crafted).unwrap();
    refused(&mut ledger, bad(crafted), "signature-invalid");
    let elsewhere = claimledger_testing::Voice::new(FOUNDER, Some(ledger.scale));
    let parsed = elsewhere.say(say::claim(6));
    refused(&mut ledger, bad(parsed), "wrong-ledger");
    let mut early = ledger.voice(FOUNDER);
    early.at += 601;
    let parsed = early.say(say::claim(7));
    refused(&mut ledger, bad(parsed), "issued-ahead");
    // Many at once are opened on every core, by the same rule.
    let mut many: Vec<Parsed> = (20..60)
        .map(|n| ledger.founder.say(say::claim(n)))
        .collect();
    many.push(ledger.voice(9).say(say::claim(8)));
    refused(&mut ledger, many, "key-not-enrolled");

    ledger.append(vec![good]).unwrap();
    ledger.check();
}

#[test]
fn a_key_may_sign_only_at_places_where_it_is_enrolled() {
    let mut ledger = TestLedger::in_memory();
    let bo = ledger.voice(3);
    let said = bo.say(say::claim(3));
    let enrolled = say::enroll(&ledger.founder, 3, "bo", &[Role::Reviewer]);
    let enrolled = ledger.founder.say(enrolled);
    refused(
        &mut ledger,
        vec![said.clone(), enrolled.clone()],
        "key-not-enrolled",
    );
    ledger.append(vec![enrolled, said]).unwrap();
    ledger.check();
    ledger.say(say::revoke(3));
    ledger.check();
    refused(&mut ledger, vec![bo.say(say::claim(4))], "key-revoked");
}

#[test]
fn time_never_runs_backwards() {
    let mut ledger = TestLedger::in_memory();
    ledger.clock.put(NOW.plus_millis(5_000));
    ledger.grow(1);
    ledger.clock.put(UnixMillis::new(NOW.get() - 5_000));
    ledger.grow(1);
    let reader = ledger.reader();
    let log = Log::open(&reader).unwrap();
    let times: Vec<UnixMillis> = (2..5)
        .map(|n| log.entry(EntryIndex::new(n)).unwrap().time)
        .collect();
    assert_eq!(times, [NOW, NOW.plus_millis(5_000), NOW.plus_millis(5_000)]);
    ledger.check();
}

#[test]
fn only_the_ledgers_own_key_signs_its_heads() {
    let mut ledger = TestLedger::in_memory();
    let mut writer = ledger.take_writer();
    let claim = ledger.founder.say(say::claim(3));
    let clock = FixedClock::at(NOW);
    let reader = ledger.reader();
    let view = ledger.index().view(&reader);
    let refused = writer.append(vec![claim], &view, &clock, &CheckpointKey(key(9)));
    assert_eq!(refused.err().unwrap().code(), "checkpoint-key-wrong");
    let refused = writer.close("no", &CheckpointKey(key(9)));
    assert_eq!(refused.unwrap_err().code(), "checkpoint-key-wrong");
    ledger.reopen().unwrap();
    ledger.check();
}

#[test]
fn a_ledger_is_made_once_and_begins_with_its_creation() {
    let clock = FixedClock::at(NOW);
    let create = |disk: &MemoryDisk, batch| {
        Writer::create(disk.clone(), None, batch, &clock, &checkpoint_key()).map(|_| ())
    };
    let (batch, _) = say::first_entries(FOUNDER, ORIGIN);
    let disk = MemoryDisk::new();
    assert_eq!(create(&disk, vec![]).unwrap_err().code(), "no-ledger");
    let no_creation = batch[1..].to_vec();
    assert_eq!(
        create(&disk, no_creation).unwrap_err().code(),
        "first-entry"
    );
    assert_eq!(disk.list("").unwrap(), Vec::<String>::new());
    assert_eq!(
        Writer::open(disk.clone(), None).err().unwrap().code(),
        "no-ledger"
    );
    create(&disk, batch.clone()).unwrap();
    assert_eq!(create(&disk, batch).unwrap_err().code(), "ledger-exists");
    TestLedger::at(disk, None).check();
}

#[test]
fn an_inconsistent_ledger_takes_no_entry() {
    let mut ledger = TestLedger::in_memory();
    ledger.grow(3);
    let entries = forge::entries(&ledger.reader(), TreeSize::new(6));
    let open = |damage: &dyn Fn(&MemoryDisk)| {
        let twin = ledger.twin();
        damage(&twin.disk);
        Writer::open(twin.disk.clone(), None).err().unwrap().code()
    };
    let put = forge::put;
    let foreign = forge::head_by(&entries, ORIGIN, &key(9));
    assert_eq!(open(&|d| put(d, "checkpoint", &foreign)), "ledger-damaged");
    let renamed = forge::head_by(
        &entries,
        "other.example",
        &key(claimledger_testing::CHECKPOINTS),
    );
    assert_eq!(open(&|d| put(d, "checkpoint", &renamed)), "ledger-damaged");
    assert_eq!(open(&|d| put(d, "checkpoint", b"x")), "ledger-damaged");
    assert_eq!(
        open(&|d| put(d, "checkpoint", &forge::head(&[]))),
        "tiles-missing"
    );
    let tile = "tile/0/000.p/6";
    assert_eq!(open(&|d| put(d, tile, &[0; 192])), "ledger-damaged");
    assert_eq!(open(&|d| d.remove(tile).unwrap()), "tiles-missing");
    let bundle = "tile/entries/000.p/6";
    assert_eq!(open(&|d| d.remove(bundle).unwrap()), "tiles-missing");
}

#[test]
fn a_closed_copy_takes_no_entry_and_gives_the_reason() {
    let mut ledger = TestLedger::in_memory();
    ledger.grow(2);
    let writer = ledger.take_writer();
    let head = writer.head().clone();
    writer
        .close("it goes on\nat the new desk", &checkpoint_key())
        .unwrap();
    match ledger.reopen() {
        Err(Error::Closed { reason }) => assert_eq!(reason, "it goes on at the new desk"),
        other => panic!("{other:?}"),
    }
    let note = ledger.disk.read(closed::FILE).unwrap().unwrap();
    let told = closed::verify(&note, &head.keys).unwrap();
    assert_eq!((told.origin.as_str(), told.size), (ORIGIN, head.size));
    let other =
        claimledger_core::log::CheckpointKeys::new(ORIGIN.parse().unwrap(), key(9).public());
    assert!(closed::verify(&note, &other).is_err());
    // A size has one spelling.
    let sign = |text: &[u8]| CheckpointSigner::sign(&checkpoint_key(), text).unwrap();
    let text = String::from_utf8(note).unwrap();
    let (text, _) = text.split_once("\n\n").unwrap();
    for spelling in ["+5", "05", " 5", "5 "] {
        let spelt = format!("{}\n", text.replace("\n5\n", &format!("\n{spelling}\n")));
        assert_ne!(spelt.trim(), text);
        let line = NoteSignature::new(&head.vkey, sign(spelt.as_bytes()));
        let note = Note::new(spelt, vec![line]).print();
        let refused = closed::verify(note.as_bytes(), &head.keys).unwrap_err();
        assert_eq!(refused.code(), "number-form", "{spelling:?}");
    }
    // Without that file the copy would go on: it is a notice to those who hold it, not a lock.
    ledger.disk.remove(closed::FILE).unwrap();
    ledger.reopen().unwrap();
    ledger.check();
}

#[test]
fn readers_accept_the_same_signatures_as_the_audit() {
    let mut ledger = TestLedger::in_memory();
    ledger.grow(1);
    let payload = ledger.founder.statement(None, say::claim(90)).encode();
    let pae = claimledger_core::envelope::pae(&payload);
    let crafted = claimledger_testing::torsion::torsion_signature([FOUNDER; 32], &pae);
    let parsed = Parsed::new(payload, crafted).unwrap();
    assert!(!parsed.is_portable());
    assert!(verify_batch(vec![parsed.clone()], &[1; 32])[0].is_ok());
    assert!(parsed.clone().verify().is_ok());
    let mut entries = forge::entries(&ledger.reader(), TreeSize::new(4));
    forge::replace(&mut entries, 3, &parsed, Some(*crafted.as_bytes()));
    forge::lay_down(&ledger.disk, &entries);
    let mut again = TestLedger::at(ledger.disk.clone(), None);
    again.check();
    again.grow(1);
    again.check();
}

mod memory {
    use super::*;
    use claimledger::host::disk::FolderDisk;
    use std::path::Path;

    /// The compared standing, or the code of the refusal.
    fn standing(
        known: &RollbackGuard,
        ledger: &TestLedger<MemoryDisk>,
    ) -> Result<HeadComparison, &'static str> {
        known
            .compare(ledger.head(), &ledger.reader())
            .map_err(|e| e.code().as_str())
    }

    fn may_append(
        known: &RollbackGuard,
        ledger: &TestLedger<MemoryDisk>,
    ) -> Result<(), &'static str> {
        known
            .may_append(ledger.head(), &ledger.reader())
            .map_err(|e| e.code().as_str())
    }

    #[test]
    fn a_machine_must_adopt_a_ledger_that_it_never_wrote() {
        let folder = tempfile::tempdir().unwrap();
        let known = RollbackGuard::at(folder.path());
        let mut ledger = TestLedger::in_memory();
        assert_eq!(standing(&known, &ledger), Ok(HeadComparison::FirstContact));
        assert_eq!(may_append(&known, &ledger), Err("adopt-first"));
        known.remember(ledger.head(), "here", false).unwrap();
        assert_eq!(standing(&known, &ledger), Ok(HeadComparison::OnlyRead));
        assert_eq!(may_append(&known, &ledger), Err("adopt-first"));
        known.remember(ledger.head(), "here", true).unwrap();
        assert_eq!(standing(&known, &ledger), Ok(HeadComparison::Current));
        // Reading it once more does not make it unwritten, and growing it keeps it current.
        known.remember(ledger.head(), "here", false).unwrap();
        ledger.grow(300);
        assert_eq!(may_append(&known, &ledger), Ok(()));
    }

    #[test]
    fn an_older_copy_put_back_takes_no_entry() {
        let folder = tempfile::tempdir().unwrap();
        let known = RollbackGuard::at(folder.path());
        let mut ledger = TestLedger::in_memory();
        ledger.grow(2);
        let mut older = ledger.twin();
        ledger.grow(2);
        known.remember(ledger.head(), "here", true).unwrap();
        assert_eq!(standing(&known, &older), Err("copy-is-old"));
        assert_eq!(may_append(&known, &older), Err("copy-is-old"));
        // A reader who comes late with an older head does not make the machine forget the newer one.
        known.remember(older.head(), "here", false).unwrap();
        assert_eq!(standing(&known, &older), Err("copy-is-old"));
        // It may not be remembered as another place either and pass for the newest.
        known.remember(older.head(), "there", true).unwrap();
        assert_eq!(standing(&known, &older), Err("copy-is-old"));
        assert_eq!(may_append(&known, &ledger), Ok(()));
        // Grown on its own it is no longer old, but another history.
        older.founder.at += 1;
        older.grow(3);
        assert_eq!(standing(&known, &older), Err("history-forked"));
        assert_eq!(may_append(&known, &older), Err("history-forked"));
    }

    #[test]
    fn a_fork_of_the_same_size_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let known = RollbackGuard::at(folder.path());
        let mut ledger = TestLedger::in_memory();
        let mut fork = ledger.twin();
        ledger.grow(1);
        fork.founder.at += 1;
        fork.grow(1);
        known.remember(ledger.head(), "here", true).unwrap();
        assert_eq!(standing(&known, &fork), Err("history-forked"));
        fork.check();
    }

    #[test]
    fn another_ledger_of_the_same_origin_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let known = RollbackGuard::at(folder.path());
        let ledger = TestLedger::in_memory();
        known.remember(ledger.head(), "here", true).unwrap();
        let disk = MemoryDisk::new();
        let (batch, _) = say::first_entries(8, ORIGIN);
        let clock = FixedClock::at(NOW);
        let (other, ..) = Writer::create(disk, None, batch, &clock, &checkpoint_key()).unwrap();
        let compared = known.compare(other.head(), other.reader());
        assert_eq!(compared.unwrap_err().code(), "ledger-replaced");
        let remembered = known.remember(other.head(), "here", true);
        assert_eq!(remembered.unwrap_err().code(), "ledger-replaced");
        // A ledger of another name is none of its business.
        let disk = MemoryDisk::new();
        let (batch, _) = say::first_entries(8, "other.example");
        let (other, ..) = Writer::create(disk, None, batch, &clock, &checkpoint_key()).unwrap();
        let compared = known.compare(other.head(), other.reader());
        assert_eq!(compared.unwrap(), HeadComparison::FirstContact);
    }

    #[test]
    fn a_memory_that_cannot_be_read_is_reported_and_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let known = RollbackGuard::at(folder.path());
        let ledger = TestLedger::in_memory();
        known.remember(ledger.head(), "here", true).unwrap();
        let file = known.file(&ledger.head().origin);
        let whole = std::fs::read_to_string(&file).unwrap();
        for damaged in ["{", &whole.replace("\\n3\\n", "\\n03\\n")] {
            std::fs::write(&file, damaged).unwrap();
            assert_eq!(may_append(&known, &ledger), Err("memory-unreadable"));
            let refused = known.remember(ledger.head(), "here", true);
            assert_eq!(refused.unwrap_err().code(), "memory-unreadable");
            assert_eq!(std::fs::read_to_string(&file).unwrap(), damaged);
        }
    }

    #[test]
    fn a_whole_folder_put_back_is_noticed() {
        let mut ledger = TestLedger::in_folder();
        ledger.grow(2);
        let known = RollbackGuard::at(&ledger.beside("state"));
        let place = ledger.disk.place();
        let backup = ledger.beside("backup");
        copy(Path::new(&place), &backup);
        ledger.grow(2);
        known.remember(ledger.head(), &place, true).unwrap();
        drop(ledger.take_writer());
        std::fs::remove_dir_all(&place).unwrap();
        copy(&backup, Path::new(&place));
        let writer = Writer::open(FolderDisk::new(&place), None).unwrap();
        let refused = known.may_append(writer.head(), writer.reader());
        assert_eq!(refused.unwrap_err().code(), "copy-is-old");
    }

    fn copy(from: &Path, to: &Path) {
        std::fs::create_dir_all(to).unwrap();
        for item in std::fs::read_dir(from).unwrap() {
            let item = item.unwrap();
            let target = to.join(item.file_name());
            if item.file_type().unwrap().is_dir() {
                copy(&item.path(), &target);
            } else {
                std::fs::copy(item.path(), target).unwrap();
            }
        }
    }
}
