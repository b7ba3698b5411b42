//! The index follows, answers as of any size, and says so when it cannot be believed.

use claimledger::host::disk::{Disk, FolderDisk};
use claimledger::index::schema::{MARKER_KEY, SCHEMA, fact_key, fact_row, row, type_row};
use claimledger::index::{Error, Fence, Index, Marker, MemoryRows, Rows, sled_rows};
use claimledger_core::crypto::Digest;
use claimledger_core::model::StatementType as T;
use claimledger_core::model::organisation::Role;
use claimledger_core::rules::backlinks::Link;
use claimledger_core::rules::state::{Blob, ScaleVersion};
use claimledger_core::rules::{Fact, FactKey, MemoryView, View as _};
use claimledger_core::{EntryIndex, TreeSize};
use claimledger_testing::{SharedRows, TestLedger, forge, key, say};
use std::path::Path;
use std::time::Duration;

/// Follows the whole ledger from where these rows are.
fn follow<D: Disk + Clone, R: Rows>(ledger: &TestLedger<D>, rows: R) -> Result<Index<R>, Error> {
    let mut index = Index::open(rows)?;
    let head = ledger.head();
    index.catch_up(&ledger.reader(), head.size, &head.root, &mut |_| {})?;
    Ok(index)
}

#[test]
fn the_index_follows_at_once_or_step_by_step() {
    let mut ledger = TestLedger::in_memory();
    claimledger_testing::small_case(&mut ledger);
    ledger.grow(600);
    ledger.check();
    // From many sizes on, the same rows.
    let reader = ledger.reader();
    let entries = forge::entries(&reader, ledger.head().size);
    let rows = SharedRows::default();
    let mut index = Index::open(rows.clone()).unwrap();
    let mut told = Vec::new();
    for size in [1, 2, 13, 255, 256, 257, 600, 613] {
        let root = forge::root(&entries[..size]);
        let size = TreeSize::new(size as u64);
        index
            .catch_up(&reader, size, &root, &mut |n| told.push(n))
            .unwrap();
        assert_eq!((index.marker().size, index.marker().root), (size, root));
    }
    assert!(rows.now() == ledger.rows());
    assert_eq!(told, [1, 2, 13, 255, 256, 257, 512, 600, 613]);
    assert_eq!(index.marker(), ledger.index().marker());
}

fn entries<const N: usize>(numbers: [u64; N]) -> [EntryIndex; N] {
    numbers.map(EntryIndex::new)
}

#[test]
fn questions_are_answered_as_of_any_size() {
    let mut ledger = TestLedger::in_memory();
    claimledger_testing::small_case(&mut ledger);
    ledger.grow(300);
    let reader = ledger.reader();
    let view = ledger.index().view(&reader);
    let first = TreeSize::new;
    let claims = |at| view.of_type(T::ClaimAdd, at).unwrap();
    assert_eq!(claims(first(4)), []);
    assert_eq!(claims(first(5)), entries([4]));
    assert_eq!(claims(first(9)), entries([4, 8]));
    assert_eq!(claims(first(313)).len(), 302);
    assert_eq!(claims(first(313))[300..], entries([311, 312]));
    assert_eq!(view.of_type(T::VerdictIssue, first(12)).unwrap(), []);
    assert_eq!(
        view.of_type(T::VerdictIssue, first(13)).unwrap(),
        entries([12])
    );
    assert_eq!(view.of_type(T::KeyRotate, first(313)).unwrap(), []);

    // Entry 4, the claim, is named by three pieces of evidence and the verdict; 5, the article, by four more.
    assert_eq!(
        view.naming(EntryIndex::new(4), first(313)).unwrap(),
        entries([9, 10, 11, 12])
    );
    assert_eq!(
        view.naming(EntryIndex::new(4), first(11)).unwrap(),
        entries([9, 10])
    );
    assert_eq!(
        view.naming(EntryIndex::new(5), first(313)).unwrap(),
        entries([6, 7, 9, 10, 11])
    );
    assert_eq!(view.naming(EntryIndex::new(12), first(313)).unwrap(), []);

    let label = say::word("three-arches");
    assert_eq!(view.by_label(&label, first(4)).unwrap(), None);
    assert_eq!(
        view.by_label(&label, first(5)).unwrap(),
        Some(EntryIndex::new(4))
    );
    assert_eq!(
        view.by_label(&say::word("no-such"), first(313)).unwrap(),
        None
    );

    let id = ledger.scale;
    let digits = id.to_string();
    for length in [8, 9, 16, 17, 63, 64] {
        let found = view.by_id_prefix(&digits[..length], first(313)).unwrap();
        assert_eq!(found, [(id, EntryIndex::new(1))], "{length} digits");
    }
    assert_eq!(view.by_id_prefix(&digits, first(1)).unwrap(), []);
    let other = if digits.starts_with('0') { "1" } else { "0" };
    assert_eq!(
        view.by_id_prefix(&format!("{other}{}", &digits[1..8]), first(313))
            .unwrap(),
        []
    );
    assert_eq!(view.by_id_prefix("not hexa", first(313)).unwrap(), []);

    let mut holders: Vec<String> = view
        .keys()
        .unwrap()
        .into_iter()
        .map(|(_, fact)| fact.holder.to_string())
        .collect();
    holders.sort();
    assert_eq!(holders, ["ada", "bo"]);
}

/// Statements whose ids share eight bytes stand in one row, and are told apart.
#[test]
fn ids_with_the_same_beginning_are_distinguished() {
    let ledger = TestLedger::in_memory();
    let reader = ledger.reader();
    let mut twin = *ledger.scale.as_bytes();
    twin[31] ^= 1;
    let twin = claimledger_core::model::StatementId::from_bytes(twin);
    let mut rows = ledger.rows();
    let place = fact_key(&FactKey::Id(ledger.scale));
    let mut both: claimledger::index::schema::Namesakes =
        claimledger::index::schema::read_value(&rows.read(&place).unwrap().unwrap()).unwrap();
    both.0.push((twin, EntryIndex::new(2)));
    rows.write(vec![row(place, &both)]).unwrap();
    let index = Index::open(rows).unwrap();
    let view = index.view(&reader);
    assert_eq!(
        view.statement(&ledger.scale).unwrap().unwrap().index,
        EntryIndex::new(1)
    );
    // The second is no statement of this log: a yes is confirmed before it is believed.
    assert_eq!(view.statement(&twin).unwrap_err().code(), "index-corrupt");
}

#[test]
fn the_index_agrees_with_a_replay_in_memory() {
    let mut ledger = TestLedger::in_memory();
    claimledger_testing::small_case(&mut ledger);
    ledger.say(say::revoke(3));
    ledger.check();
    let mut memory = MemoryView::default();
    let reader = ledger.reader();
    let log = claimledger_core::log::Log::open(&reader).unwrap();
    let entries = forge::entries(&reader, log.head().size);
    for index in log.head().size.indices() {
        let (entry, statement) = log.statement(index).unwrap();
        let candidate = claimledger_core::rules::Candidate {
            index,
            time: entry.time,
            statement: &statement,
        };
        let changes = claimledger_core::rules::admit(&memory, &candidate).unwrap();
        let upto = usize::try_from(index.size_through().get()).unwrap();
        memory.apply(&changes, forge::root(&entries[..upto]));
    }
    let view = ledger.index().view(&reader);
    let mut facts = 0;
    for (key, fact) in memory.facts() {
        assert_eq!(view.fact(&key).unwrap(), Some(fact), "{key:?}");
        facts += 1;
    }
    assert!(facts > 20);
    for size in 0..=15 {
        assert_eq!(
            view.root_at(TreeSize::new(size)).unwrap(),
            memory.root_at(TreeSize::new(size)).unwrap()
        );
    }
    assert_eq!(ledger.index().marker().state, memory.digest());
}

/// Every yes is confirmed against the log: rows that lie are a corrupt index, never an answer.
#[test]
fn a_false_row_is_not_believed() {
    let mut ledger = TestLedger::in_memory();
    claimledger_testing::small_case(&mut ledger);
    let reader = ledger.reader();
    let enrolled = FactKey::Key(key(3).public());
    let Some(Fact::Key(honest)) = ledger.index().view(&reader).fact(&enrolled).unwrap() else {
        panic!("bo is enrolled");
    };
    let promoted = Fact::Key(Box::new(claimledger_core::rules::state::KeyFact {
        roles: vec![(EntryIndex::new(3), vec![Role::Admin])],
        ..(*honest).clone()
    }));
    let stranger = FactKey::Key(key(9).public());
    let label = FactKey::Label(say::word("three-arches"));
    let other = ledger
        .index()
        .view(&reader)
        .fact(&FactKey::Statement(EntryIndex::new(5)));
    let lies = [
        (enrolled, promoted),
        (stranger, Fact::Key(honest)),
        (label.clone(), Fact::At(EntryIndex::new(1))),
        (
            FactKey::Label(say::word("no-such")),
            Fact::At(EntryIndex::new(1)),
        ),
        (
            FactKey::Statement(EntryIndex::new(4)),
            other.unwrap().unwrap(),
        ),
        (
            FactKey::Link(EntryIndex::new(4), Link::Evidence, EntryIndex::new(5)),
            Fact::Holds,
        ),
        (
            FactKey::Organisation(say::word("nobody")),
            Fact::At(EntryIndex::new(3)),
        ),
        (
            FactKey::Holder(say::word("ada")),
            Fact::At(EntryIndex::new(3)),
        ),
        (FactKey::LastKeyEvent, Fact::At(EntryIndex::new(1))),
        (
            FactKey::Scale(say::word(say::ORGANISATION), say::word("two-steps")),
            Fact::Scale(ScaleVersion {
                version: 2,
                index: EntryIndex::new(1),
            }),
        ),
        (
            FactKey::Blob(EntryIndex::new(5), Digest::ZERO),
            Fact::Blob(Blob {
                index: EntryIndex::new(5),
                text: true,
            }),
        ),
    ];
    for (key, lie) in lies {
        let mut rows = ledger.rows();
        rows.write(vec![fact_row(&key, &lie)]).unwrap();
        let index = Index::open(rows).unwrap();
        let answer = index.view(&reader).fact(&key);
        assert_eq!(answer.unwrap_err().code(), "index-corrupt", "{key:?}");
    }
    let id = FactKey::Id(ledger.scale);
    for wrong in [0, 2, 13] {
        let mut rows = ledger.rows();
        let namesakes =
            claimledger::index::schema::Namesakes(vec![(ledger.scale, EntryIndex::new(wrong))]);
        rows.write(vec![row(fact_key(&id), &namesakes)]).unwrap();
        let index = Index::open(rows).unwrap();
        let answer = index.view(&reader).fact(&id);
        assert_eq!(answer.unwrap_err().code(), "index-corrupt", "entry {wrong}");
    }
    // Bytes that do not read are no better.
    for bytes in [
        &b""[..],
        b"\xff\xff\xff\xff",
        b"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
    ] {
        let mut rows = ledger.rows();
        let torn = claimledger::index::rows::Row {
            key: fact_key(&label),
            value: bytes.to_vec(),
        };
        rows.write(vec![torn]).unwrap();
        let index = Index::open(rows).unwrap();
        let answer = index.view(&reader).fact(&label);
        assert_eq!(answer.unwrap_err().code(), "index-corrupt");
    }
}

#[test]
fn an_index_of_another_history_or_schema_or_half_an_index_is_refused() {
    let mut ledger = TestLedger::in_memory();
    let mut other = ledger.twin();
    ledger.grow(3);
    other.founder.at += 1;
    other.grow(3);
    // The same size, another root; then a prefix that is none.
    assert_eq!(
        follow(&ledger, other.rows()).err().unwrap().code(),
        "index-corrupt"
    );
    ledger.grow(3);
    assert_eq!(
        follow(&ledger, other.rows()).err().unwrap().code(),
        "index-corrupt"
    );
    // Ahead of the log: an older copy was put back beside it.
    assert_eq!(
        follow(&other, ledger.rows()).err().unwrap().code(),
        "index-corrupt"
    );

    let with_marker = |value: Vec<u8>| {
        let mut rows = ledger.rows();
        let marker = claimledger::index::rows::Row {
            key: MARKER_KEY.to_vec(),
            value,
        };
        rows.write(vec![marker]).unwrap();
        Index::open(rows).err().map(|e| e.code().as_str())
    };
    let marker = *ledger.index().marker();
    let printed = |marker: &Marker| row(Vec::new(), marker).value;
    assert_eq!(with_marker(printed(&marker)), None);
    let next = Marker {
        schema: SCHEMA + 1,
        ..marker
    };
    assert_eq!(with_marker(printed(&next)), Some("index-corrupt"));
    assert_eq!(with_marker(b"\xff".to_vec()), Some("index-corrupt"));

    let mut headless = MemoryRows::default();
    let all = ledger.rows().beginning(b"").unwrap();
    let rest = all.into_iter().filter(|row| row.key != MARKER_KEY);
    headless.write(rest.collect()).unwrap();
    assert_eq!(Index::open(headless).err().unwrap().code(), "index-corrupt");
    assert_eq!(
        *Index::open(MemoryRows::default()).unwrap().marker(),
        Marker::EMPTY
    );
}

#[test]
fn a_log_that_cannot_be_followed_is_not_the_fault_of_the_index() {
    let mut ledger = TestLedger::in_memory();
    ledger.grow(3);
    let mut entries = forge::entries(&ledger.reader(), TreeSize::new(6));
    entries[4] = vec![1, 2, 3];
    forge::lay_down(&ledger.disk, &entries);
    let mut index = Index::open(MemoryRows::default()).unwrap();
    let followed = index.catch_up(
        &ledger.reader(),
        TreeSize::new(6),
        &forge::root(&entries),
        &mut |_| {},
    );
    assert_eq!(followed.unwrap_err().code(), "ledger-damaged");
    assert_eq!(
        index.marker().size,
        TreeSize::new(0),
        "nothing of the bundle was taken in"
    );
}

/// An entry that should have been refused changes nothing, here as in the audit.
#[test]
fn an_entry_that_should_have_been_refused_changes_nothing() {
    let ledger = TestLedger::in_memory();
    let mut entries = forge::entries(&ledger.reader(), TreeSize::new(3));
    let stranger = ledger.voice(9).say_as("strange", say::claim(3));
    entries.push(entries[2].clone());
    forge::replace(&mut entries, 3, &stranger, None);
    forge::chain(&mut entries, 3);
    forge::lay_down(&ledger.disk, &entries);
    let opened = TestLedger::at(ledger.disk.clone(), None);
    let report = opened.audit();
    assert_eq!(report.findings.len(), 1);
    assert_eq!(
        report.state,
        Some(opened.index().marker().state.to_string())
    );
    let reader = opened.reader();
    let view = opened.index().view(&reader);
    assert_eq!(
        view.by_label(&say::word("strange"), TreeSize::new(4))
            .unwrap(),
        None
    );
    assert_eq!(view.of_type(T::ClaimAdd, TreeSize::new(4)).unwrap(), []);
    assert!(
        opened
            .rows()
            .read(&type_row(T::ClaimAdd, EntryIndex::new(3)).key)
            .unwrap()
            .is_none()
    );
}

mod in_sled {
    use super::*;

    /// sled lets go of its folder some time after it was dropped, where the machine is busy.
    fn open(folder: &Path) -> Result<Fence, Error> {
        sled_rows::open(folder, Duration::ZERO, &|_| ())
    }

    fn every_row(rows: &dyn Rows) -> Vec<claimledger::index::rows::Row> {
        rows.beginning(b"").unwrap()
    }

    #[test]
    fn the_index_survives_the_process_and_can_be_deleted() {
        let mut ledger = TestLedger::in_folder();
        claimledger_testing::small_case(&mut ledger);
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("index");
        drop(follow(&ledger, open(&folder).unwrap()).unwrap());
        ledger.grow(300);
        // Again, from where it stood.
        let index = Index::open(open(&folder).unwrap()).unwrap();
        assert_eq!(index.marker().size, TreeSize::new(13));
        drop(index);
        drop(follow(&ledger, open(&folder).unwrap()).unwrap());
        assert_eq!(
            every_row(&open(&folder).unwrap()),
            every_row(&ledger.rows())
        );
        std::fs::remove_dir_all(&folder).unwrap();
        drop(follow(&ledger, open(&folder).unwrap()).unwrap());
        assert_eq!(
            every_row(&open(&folder).unwrap()),
            every_row(&ledger.rows())
        );
        // The index is no part of what an audit looks at.
        ledger.check();
    }

    #[test]
    fn one_process_at_a_time_has_the_index_open() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("index");
        let held = open(&folder).unwrap();
        assert_eq!(open(&folder).err().unwrap().code(), "index-held");
        drop(held);
        assert!(open(&folder).is_ok());
    }

    /// Garbage in any of sled's files: either it is noticed, or what was kept is whole, or a prefix that catches up.
    #[test]
    fn altered_index_files_are_noticed_or_harmless() {
        let mut ledger = TestLedger::in_folder();
        claimledger_testing::small_case(&mut ledger);
        let place = tempfile::tempdir().unwrap();
        let whole = place.path().join("whole");
        drop(follow(&ledger, open(&whole).unwrap()).unwrap());
        let disk = FolderDisk::new(&whole);
        let names = disk.list("").unwrap();
        assert!(!names.is_empty());
        let mut noticed = 0;
        for name in &names {
            let bytes = disk.read(name).unwrap().unwrap();
            let middle = bytes.len() / 2;
            let mut garbled = bytes.clone();
            garbled[..middle.min(4_096)].fill(0xa5);
            let mut flipped = bytes.clone();
            if let Some(byte) = flipped.get_mut(40) {
                *byte ^= 0x10;
            }
            for damaged in [
                vec![0xff; bytes.len()],
                bytes[..middle].to_vec(),
                garbled,
                flipped,
            ] {
                let folder = place.path().join("damaged");
                let _ = std::fs::remove_dir_all(&folder);
                let copy = FolderDisk::new(&folder);
                for other in &names {
                    let other_bytes = disk.read(other).unwrap().unwrap();
                    copy.write_synced(
                        other,
                        if other == name {
                            &damaged
                        } else {
                            &other_bytes
                        },
                    )
                    .unwrap();
                }
                match open(&folder).and_then(|rows| follow(&ledger, rows)) {
                    Ok(index) => {
                        assert_eq!(index.marker(), ledger.index().marker(), "{name}");
                        assert_eq!(every_row(index.rows()), every_row(&ledger.rows()), "{name}");
                    }
                    Err(error) => {
                        assert_eq!(error.code(), "index-corrupt", "{name}: {error}");
                        noticed += 1;
                    }
                }
            }
        }
        assert!(noticed > 0, "garbage was never noticed");
    }
}

#[test]
fn an_empty_marker_is_before_entry_0() {
    assert_eq!(
        (Marker::EMPTY.size, Marker::EMPTY.root),
        (TreeSize::EMPTY, Digest::ZERO)
    );
    let ledger = TestLedger::in_memory();
    let reader = ledger.reader();
    let index = Index::open(MemoryRows::default()).unwrap();
    assert_eq!(index.ledger(&reader).unwrap(), None);
    let ours = ledger.index().ledger(&reader).unwrap().unwrap();
    assert_eq!(ours.id, ledger.head().ledger);
}
