//! The disk in memory loses data like a real one; tiles are found where they have moved.

use super::files::Files;
use super::memory::{MemoryDisk, Moment, Survives};
use crate::host::disk::Disk as _;
use claimledger_core::log::tiles::read_tile;
use claimledger_core::tlog::tile::{self, TilePath};
use std::io::ErrorKind;

/// The content of a file after a power cut.
fn after(disk: &MemoryDisk, survives: Survives, path: &str) -> Option<Vec<u8>> {
    disk.power_cut(survives).read(path).unwrap()
}

#[test]
fn content_lasts_from_its_sync_and_names_from_that_of_their_folder() {
    let disk = MemoryDisk::new();
    disk.write_synced("a/b", b"one").unwrap();
    assert_eq!(after(&disk, Survives::Nothing, "a/b"), None);
    assert_eq!(after(&disk, Survives::Everything, "a/b").unwrap(), b"one");
    disk.sync_folder("").unwrap();
    assert_eq!(after(&disk, Survives::Nothing, "a/b"), None);
    disk.sync_folder("a").unwrap();
    assert_eq!(after(&disk, Survives::Nothing, "a/b").unwrap(), b"one");

    // Overwritten, and cut before the sync of the content.
    disk.hook(Some(Box::new(|step, moment| {
        let cut = step.operation == "sync" && moment == Moment::Before;
        cut.then_some(ErrorKind::Other)
    })));
    disk.write_synced("a/b", b"two").unwrap_err();
    assert_eq!(disk.read("a/b").unwrap().unwrap(), b"two");
    assert_eq!(after(&disk, Survives::Nothing, "a/b").unwrap(), b"one");
    assert_eq!(after(&disk, Survives::Some(1), "a/b").unwrap(), b"two");

    // Removed, and cut before the sync of the folder.
    disk.hook(None);
    disk.remove("a/b").unwrap();
    assert_eq!(after(&disk, Survives::Nothing, "a/b").unwrap(), b"one");
    disk.sync_folder("a").unwrap();
    assert_eq!(after(&disk, Survives::Nothing, "a/b"), None);
}

#[test]
fn a_rename_lasts_whole_or_not_at_all() {
    for bits in 0..16 {
        let disk = MemoryDisk::new();
        disk.write_synced("now", b"old").unwrap();
        disk.write_synced("next", b"new").unwrap();
        disk.sync_folder("").unwrap();
        disk.rename("next", "now").unwrap();
        let cut = disk.power_cut(Survives::Some(bits));
        let found = (cut.read("now").unwrap(), cut.read("next").unwrap());
        let before = (Some(b"old".to_vec()), Some(b"new".to_vec()));
        let renamed = (Some(b"new".to_vec()), None);
        assert_eq!(found, if bits & 1 == 0 { before } else { renamed });
        disk.sync_folder("").unwrap();
        assert_eq!(after(&disk, Survives::Nothing, "next"), None);
        assert_eq!(after(&disk, Survives::Nothing, "now").unwrap(), b"new");
    }
}

#[test]
fn the_hook_stops_before_or_after_a_step() {
    for (moment, written) in [(Moment::Before, None), (Moment::After, Some(b"x".to_vec()))] {
        let disk = MemoryDisk::new();
        disk.hook(Some(Box::new(move |step, now| {
            (step.path == "a" && now == moment).then_some(ErrorKind::StorageFull)
        })));
        disk.write_synced("b", b"y").unwrap();
        let refused = disk.write_synced("a", b"x").unwrap_err();
        assert_eq!(refused.code(), "disk-full");
        assert_eq!(disk.read("a").unwrap(), written);
        let steps: Vec<String> = disk.steps().iter().map(|s| s.path.clone()).collect();
        assert_eq!(steps.len(), 2 + usize::from(moment == Moment::After));
    }
}

#[test]
fn a_power_cut_leaves_a_disk_of_its_own() {
    let disk = MemoryDisk::new();
    disk.write_synced("a", b"x").unwrap();
    let cut = disk.power_cut(Survives::Everything);
    cut.write_synced("a", b"y").unwrap();
    assert_eq!(disk.read("a").unwrap().unwrap(), b"x");
}

#[test]
fn a_partial_tile_is_replaced_by_wider_ones() {
    let disk = MemoryDisk::new();
    let reader = Files::new(disk.clone());
    let entries: Vec<Vec<u8>> = (0..=255_u8).map(|n| vec![n; 3]).collect();
    let bundle = |width: usize| {
        let inside: Vec<&[u8]> = entries[..width].iter().map(Vec::as_slice).collect();
        tile::encode_bundle(&inside).unwrap()
    };
    let hashes = |width: usize| {
        let all: Vec<u8> = (0..=255_u8).flat_map(|n| [n; 32]).collect();
        all[..width * 32].to_vec()
    };
    let at = |path: &str| read_tile(&reader, &path.parse::<TilePath>().unwrap()).unwrap();
    assert_eq!(at("tile/entries/000.p/2"), None);
    disk.write_synced("tile/entries/000.p/5", &bundle(5))
        .unwrap();
    disk.write_synced("tile/0/000.p/5", &hashes(5)).unwrap();
    assert_eq!(at("tile/entries/000.p/2").unwrap(), bundle(2));
    assert_eq!(at("tile/0/000.p/2").unwrap(), hashes(2));
    assert_eq!(
        at("tile/entries/000.p/6"),
        None,
        "a narrower one is not enough"
    );
    assert_eq!(at("tile/0/000"), None);
    disk.remove_folder("tile/entries/000.p").unwrap();
    disk.remove_folder("tile/0/000.p").unwrap();
    disk.write_synced("tile/entries/000", &bundle(256)).unwrap();
    disk.write_synced("tile/0/000", &hashes(256)).unwrap();
    assert_eq!(at("tile/entries/000.p/2").unwrap(), bundle(2));
    assert_eq!(at("tile/0/000.p/2").unwrap(), hashes(2));
    // Bytes that cannot be divided are returned unchanged, so that the caller can report them.
    disk.write_synced("tile/entries/000", b"x").unwrap();
    assert_eq!(at("tile/entries/000.p/2").unwrap(), b"x");
}
