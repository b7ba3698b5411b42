//! What every home of the log keeps to: one suite, run against each of them.

use claimledger::host::disk::{Disk, FolderDisk};
use claimledger::store::{Error, Files, Home, MemoryDisk};
use claimledger_core::log::Reader as _;
use claimledger_core::log::tiles::{frontier_at, read_entries, read_entry, root_at};
use claimledger_core::tlog::checkpoint::SignedCheckpoint;
use claimledger_core::tlog::note::VerifierKey;
use claimledger_core::tlog::tile::{TilePath, changed};
use claimledger_core::{EntryIndex, TreeSize};
use claimledger_testing::{CHECKPOINTS, ORIGIN, forge, key};

/// So many entries, each with other bytes; to a home they are only that.
fn some_entries(count: u64) -> Vec<Vec<u8>> {
    (0..count)
        .map(|number| format!("entry {number}").into_bytes())
        .collect()
}

/// Every tile and bundle that takes a log from `old` entries to these.
fn files(old: u64, entries: &[Vec<u8>]) -> Vec<(TilePath, Vec<u8>)> {
    let all = forge::tiles(entries);
    changed(TreeSize::new(old), TreeSize::new(entries.len() as u64))
        .into_iter()
        .map(|path| {
            let (_, bytes) = all
                .iter()
                .find(|(name, _)| *name == path.to_string())
                .expect("every changed tile is one of the new tree");
            (path, bytes.clone())
        })
        .collect()
}

/// Whether these bytes are a head signed by the key of every test ledger.
fn is_ours(bytes: &[u8]) -> bool {
    let vkey = VerifierKey::new(ORIGIN.parse().unwrap(), key(CHECKPOINTS).public());
    SignedCheckpoint::parse(bytes).is_ok_and(|signed| signed.verify(&[vkey]).is_ok())
}

fn open<D: Disk>(disk: D) -> Result<Home<D>, Error> {
    Home::open_to_write(disk, &is_ours)
}

/// A home that commits these sizes one after the other.
fn grown<D: Disk + Clone>(disk: &D, sizes: &[u64]) -> Home<D> {
    let mut home = open(disk.clone()).unwrap();
    let mut old = 0;
    for &size in sizes {
        let entries = some_entries(size);
        home.commit(&files(old, &entries), &forge::head(&entries))
            .unwrap();
        old = size;
    }
    home
}

fn names(disk: &dyn Disk) -> Vec<String> {
    disk.list("").unwrap()
}

fn what_is_committed_is_read_back_at_every_size<D: Disk + Clone>(disk: &D) {
    let sizes = [1, 3, 255, 256, 257, 600];
    grown(disk, &sizes);
    let reader = Files::new(disk.clone());
    let entries = some_entries(600);
    assert_eq!(
        disk.read("checkpoint").unwrap().unwrap(),
        forge::head(&entries)
    );
    assert_eq!(
        read_entries(
            &reader,
            EntryIndex::new(0),
            TreeSize::new(600),
            TreeSize::new(600)
        )
        .unwrap(),
        entries
    );
    assert_eq!(
        read_entries(
            &reader,
            EntryIndex::new(250),
            TreeSize::new(520),
            TreeSize::new(600)
        )
        .unwrap(),
        entries[250..520]
    );
    assert_eq!(
        read_entry(&reader, EntryIndex::new(599), TreeSize::new(600)).unwrap(),
        entries[599]
    );
    for size in (1..=600).step_by(37).chain(sizes) {
        let upto = &entries[..usize::try_from(size).unwrap()];
        assert_eq!(
            root_at(&reader, TreeSize::new(size)).unwrap(),
            forge::root(upto),
            "{size}"
        );
        assert_eq!(
            frontier_at(&reader, TreeSize::new(size)).unwrap().size(),
            TreeSize::new(size)
        );
        assert_eq!(
            read_entry(&reader, EntryIndex::new(size - 1), TreeSize::new(size)).unwrap(),
            upto[upto.len() - 1]
        );
    }
}

fn partial_tiles_stay_until_their_full_tile_is_committed<D: Disk + Clone>(disk: &D) {
    grown(disk, &[3, 7]);
    assert!(names(disk).contains(&"tile/entries/000.p/3".to_owned()));
    assert!(names(disk).contains(&"tile/0/000.p/7".to_owned()));
    let mut home = open(disk.clone()).unwrap();
    let entries = some_entries(258);
    home.commit(&files(7, &entries), &forge::head(&entries))
        .unwrap();
    assert_eq!(
        names(disk),
        [
            "checkpoint",
            "tile/0/000",
            "tile/0/001.p/2",
            "tile/1/000.p/1",
            "tile/entries/000",
            "tile/entries/001.p/2",
        ]
    );
}

fn leftovers_go_when_the_next_writer_opens<D: Disk + Clone>(disk: &D) {
    grown(disk, &[3, 257]);
    let before = names(disk);
    let covered = ["tile/entries/000", "tile/0/001.p/1"];
    let kept: Vec<_> = covered
        .iter()
        .map(|name| disk.read(name).unwrap())
        .collect();
    for leftover in [
        "tile/entries/001.p/9",
        "tile/0/001.p/9",
        "tile/0/001",
        "tile/0/002.p/1",
        "tile/1/000.p/2",
        "tile/2/000.p/1",
        "tile/0/x001/234",
        "tile/entries/000.p/3",
    ] {
        disk.write_synced(leftover, b"left lying").unwrap();
        let home = open(disk.clone()).unwrap();
        assert_eq!(names(disk), before, "{leftover}");
        assert_eq!(home.sweep().unwrap(), 0);
    }
    let now: Vec<_> = covered
        .iter()
        .map(|name| disk.read(name).unwrap())
        .collect();
    assert_eq!(now, kept);
}

fn a_signed_head_is_rolled_forward<D: Disk + Clone>(disk: &D) {
    grown(disk, &[3]);
    let entries = some_entries(258);
    for (path, bytes) in files(3, &entries) {
        disk.write_synced(&path.to_string(), &bytes).unwrap();
    }
    disk.create_synced("checkpoint.next", &forge::head(&entries))
        .unwrap();
    let home = open(disk.clone()).unwrap();
    assert_eq!(
        home.read("checkpoint").unwrap().unwrap(),
        forge::head(&entries)
    );
    assert_eq!(home.read("checkpoint.next").unwrap(), None);
    assert_eq!(
        read_entries(
            &home,
            EntryIndex::new(0),
            TreeSize::new(258),
            TreeSize::new(258)
        )
        .unwrap(),
        entries
    );
    assert!(!names(disk).iter().any(|name| name.contains("000.p/3")));
}

fn a_first_signed_head_is_rolled_forward_too<D: Disk + Clone>(disk: &D) {
    let entries = some_entries(2);
    for (path, bytes) in files(0, &entries) {
        disk.write_synced(&path.to_string(), &bytes).unwrap();
    }
    disk.create_synced("checkpoint.next", &forge::head(&entries))
        .unwrap();
    let home = open(disk.clone()).unwrap();
    assert_eq!(
        home.read("checkpoint").unwrap().unwrap(),
        forge::head(&entries)
    );
}

fn a_torn_or_foreign_next_head_goes<D: Disk + Clone>(disk: &D) {
    grown(disk, &[3]);
    let entries = some_entries(5);
    let whole = forge::head(&entries);
    let foreign = forge::head_by(&entries, "desk.example/facts", &key(9));
    let mut torn: Vec<Vec<u8>> = [0, 1, 30, whole.len() - 1]
        .into_iter()
        .map(|at| whole[..at].to_vec())
        .collect();
    torn.push(foreign);
    for next in torn {
        for (path, bytes) in files(3, &entries) {
            disk.write_synced(&path.to_string(), &bytes).unwrap();
        }
        disk.create_synced("checkpoint.next", &next).unwrap();
        open(disk.clone()).unwrap();
        assert_eq!(
            names(disk),
            ["checkpoint", "tile/0/000.p/3", "tile/entries/000.p/3"]
        );
        let head = disk.read("checkpoint").unwrap().unwrap();
        assert_eq!(head, forge::head(&some_entries(3)));
    }
}

fn a_signed_head_without_its_tiles_is_never_signed_around<D: Disk + Clone>(disk: &D) {
    grown(disk, &[3]);
    let entries = some_entries(5);
    let files = files(3, &entries);
    disk.create_synced("checkpoint.next", &forge::head(&entries))
        .unwrap();
    for missing in 0..files.len() {
        for (place, (path, bytes)) in files.iter().enumerate() {
            let name = path.to_string();
            if place == missing {
                disk.remove(&name).unwrap();
            } else {
                disk.write_synced(&name, bytes).unwrap();
            }
        }
        let Err(error) = open(disk.clone()) else {
            panic!("{} is missing, and it opened", files[missing].0);
        };
        assert_eq!(error.code(), "checkpoint-unsupported");
        assert!(
            disk.read("checkpoint.next").unwrap().is_some(),
            "the evidence stays"
        );
    }
    // Once the tiles are back, it goes on.
    for (path, bytes) in &files {
        disk.write_synced(&path.to_string(), bytes).unwrap();
    }
    open(disk.clone()).unwrap();
    assert_eq!(
        disk.read("checkpoint").unwrap().unwrap(),
        forge::head(&entries)
    );
}

fn a_signed_head_of_another_history_is_refused<D: Disk + Clone>(disk: &D) {
    grown(disk, &[3]);
    let mut others = some_entries(3);
    others[0] = b"another beginning".to_vec();
    disk.create_synced("checkpoint.next", &forge::head(&others))
        .unwrap();
    let opened = Home::open_to_write(disk.clone(), &|_| true);
    assert_eq!(opened.err().unwrap().code(), "checkpoint-unsupported");
}

fn a_failed_write_closes_the_home<D: Disk + Clone>(disk: &D) {
    let mut home = grown(disk, &[3]);
    let entries = some_entries(5);
    // Somebody who slipped past the lock is about to commit.
    disk.create_synced("checkpoint.next", b"theirs").unwrap();
    let refused = home.commit(&files(3, &entries), &forge::head(&entries));
    assert_eq!(refused.unwrap_err().code(), "exists");
    disk.remove("checkpoint.next").unwrap();
    let refused = home.commit(&files(3, &entries), &forge::head(&entries));
    assert_eq!(refused.unwrap_err().code(), "closed-after-failure");
    let mut home = open(disk.clone()).unwrap();
    home.commit(&files(3, &entries), &forge::head(&entries))
        .unwrap();
    assert_eq!(
        disk.read("checkpoint").unwrap().unwrap(),
        forge::head(&entries)
    );
}

fn a_home_that_was_overtaken_signs_nothing<D: Disk + Clone>(disk: &D) {
    let mut slow = grown(disk, &[3]);
    let mut quick = open(disk.clone()).unwrap();
    let theirs = some_entries(5);
    quick
        .commit(&files(3, &theirs), &forge::head(&theirs))
        .unwrap();
    let mut ours = some_entries(5);
    ours[4] = b"another fifth".to_vec();
    let refused = slow.commit(&files(3, &ours), &forge::head(&ours));
    assert_eq!(refused.unwrap_err().code(), "ledger-overtaken");
    assert_eq!(
        disk.read("checkpoint").unwrap().unwrap(),
        forge::head(&theirs)
    );
    let reader = Files::new(disk.clone());
    assert_eq!(
        read_entries(
            &reader,
            EntryIndex::new(0),
            TreeSize::new(5),
            TreeSize::new(5)
        )
        .unwrap(),
        theirs
    );
}

fn what_is_missing_or_unreadable_is_named<D: Disk + Clone>(disk: &D) {
    grown(disk, &[3]);
    let reader = Files::new(disk.clone());
    let bundle = disk.read("tile/entries/000.p/3").unwrap().unwrap();
    disk.write_synced("tile/entries/000.p/3", &bundle[1..])
        .unwrap();
    let error = read_entry(&reader, EntryIndex::new(0), TreeSize::new(3)).unwrap_err();
    assert_eq!(error.code(), "tile-unreadable");
    assert!(error.to_string().contains("tile/entries/000.p/3"));
    disk.remove("tile/entries/000.p/3").unwrap();
    for (index, size) in [(0, 0), (3, 3), (256, 3)] {
        let error = read_entry(&reader, EntryIndex::new(index), TreeSize::new(size)).unwrap_err();
        assert_eq!(
            error.code(),
            "tiles-missing",
            "there is no entry {index} of {size}"
        );
    }
    let error = read_entry(&reader, EntryIndex::new(0), TreeSize::new(3)).unwrap_err();
    assert_eq!(error.code(), "tiles-missing");
    assert!(error.to_string().contains("tile/entries/000.p/3"));
    disk.write_synced("tile/0/000.p/3", b"short").unwrap();
    assert_eq!(
        root_at(&reader, TreeSize::new(3)).unwrap_err().code(),
        "tile-unreadable"
    );
    disk.remove("tile/0/000.p/3").unwrap();
    assert_eq!(
        root_at(&reader, TreeSize::new(3)).unwrap_err().code(),
        "tiles-missing"
    );
    disk.write_synced("checkpoint", b"no note").unwrap();
    assert_eq!(
        open(disk.clone()).err().unwrap().code(),
        "checkpoint-malformed"
    );
}

macro_rules! contract {
    ($($clause:ident),+ $(,)?) => {
        mod memory {
            use super::*;
            $(#[test] fn $clause() { super::$clause(&MemoryDisk::new()); })+
        }

        mod folder {
            use super::*;
            $(#[test] fn $clause() {
                let folder = tempfile::tempdir().unwrap();
                super::$clause(&FolderDisk::new(folder.path()));
            })+
        }
    };
}

contract!(
    what_is_committed_is_read_back_at_every_size,
    partial_tiles_stay_until_their_full_tile_is_committed,
    leftovers_go_when_the_next_writer_opens,
    a_signed_head_is_rolled_forward,
    a_first_signed_head_is_rolled_forward_too,
    a_torn_or_foreign_next_head_goes,
    a_signed_head_without_its_tiles_is_never_signed_around,
    a_signed_head_of_another_history_is_refused,
    a_failed_write_closes_the_home,
    a_home_that_was_overtaken_signs_nothing,
    what_is_missing_or_unreadable_is_named,
);
