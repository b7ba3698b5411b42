//! Several at once: writers take turns, one signs each head; readers see a sound ledger at some checkpoint.

use claimledger::host::clock::FixedClock;
use claimledger::host::disk::FolderDisk;
use claimledger::host::lock::WriterLock;
use claimledger::index::{Index, MemoryRows};
use claimledger::ledger::Writer;
use claimledger::store::Files;
use claimledger_core::audit::{self, Options};
use claimledger_core::log::Log;
use claimledger_testing::{NOW, TestLedger, Voice, checkpoint_key, say};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Takes the lock, catches up, appends one claim, lets go; answers with the claim's entry.
fn append_one(folder: &Path, number: u64, wait: Duration) -> u64 {
    let lock = WriterLock::acquire(&folder.join("lock"), wait).unwrap();
    let disk = FolderDisk::new(folder);
    let mut writer = Writer::open(disk.clone(), Some(lock)).unwrap();
    let head = writer.head().clone();
    let reader = Files::new(disk);
    let mut index = Index::open(MemoryRows::default()).unwrap();
    index
        .catch_up(&reader, head.size, &head.root, &mut |_| {})
        .unwrap();
    let claim = Voice::new(claimledger_testing::FOUNDER, Some(head.ledger)).say(say::claim(number));
    let (receipts, _) = writer
        .append(
            vec![claim],
            &index.view(&reader),
            &FixedClock::at(NOW),
            &checkpoint_key(),
        )
        .unwrap();
    receipts[0].index.get()
}

const LONG: Duration = Duration::from_mins(1);

#[test]
fn writers_in_one_process_take_turns() {
    let mut ledger = TestLedger::in_folder();
    drop(ledger.take_writer());
    let folder = ledger.path();
    let indices: Vec<u64> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4_u64)
            .map(|thread| {
                let folder = &folder;
                scope.spawn(move || -> Vec<u64> {
                    (0..4)
                        .map(|n| append_one(folder, thread * 100 + n, LONG))
                        .collect()
                })
            })
            .collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap())
            .collect()
    });
    let once: BTreeSet<u64> = indices.iter().copied().collect();
    assert_eq!(
        once,
        (3..19).collect(),
        "each claim has an entry of its own"
    );
    assert_eq!(indices.len(), 16);
    ledger.reopen().unwrap();
    assert_eq!(ledger.check().checked.entries, 19);
}

/// The variable that tells a child of this test binary which ledger to append to.
const CHILD_LEDGER: &str = "CLAIMLEDGER_TEST_CHILD_LEDGER";

/// Not a test of its own: what each child process of the next one does. Started by hand it has no ledger and is done.
#[test]
fn child_appends_when_told_to() {
    let Some(folder) = std::env::var_os(CHILD_LEDGER) else {
        return;
    };
    for number in 0..3 {
        append_one(
            Path::new(&folder),
            u64::from(std::process::id()) * 10 + number,
            LONG,
        );
    }
}

#[test]
fn writers_in_several_processes_take_turns() {
    let mut ledger = TestLedger::in_folder();
    drop(ledger.take_writer());
    let children: Vec<_> = (0..3)
        .map(|_| {
            Command::new(std::env::current_exe().unwrap())
                .args([
                    "--exact",
                    &crate::test_name(module_path!(), "child_appends_when_told_to"),
                ])
                .env(CHILD_LEDGER, ledger.path())
                .stdout(std::process::Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    for child in children {
        let ended = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&ended.stdout);
        assert!(ended.status.success(), "{said}");
        assert!(said.contains("1 passed"), "{said}");
    }
    ledger.reopen().unwrap();
    assert_eq!(ledger.check().checked.entries, 3 + 9);
}

#[test]
fn a_writer_waits_for_a_limited_time_and_then_names_the_holder_of_the_lock() {
    let mut ledger = TestLedger::in_folder();
    let lock = ledger.path().join("lock");
    let began = Instant::now();
    let refused = WriterLock::acquire(&lock, Duration::from_millis(50)).unwrap_err();
    assert!(began.elapsed() >= Duration::from_millis(50));
    assert_eq!(refused.code(), "ledger-locked");
    assert!(refused.to_string().contains("lock"), "{refused}");
    // Once the writer is gone, the one who waited goes on from its head.
    let folder = ledger.path();
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| append_one(&folder, 77, LONG));
        ledger.grow(2);
        drop(ledger.take_writer());
        assert_eq!(waiting.join().unwrap(), 5);
    });
    ledger.reopen().unwrap();
    ledger.check();
}

#[test]
fn a_writer_without_the_lock_cannot_sign_a_second_head() {
    let mut ledger = TestLedger::in_folder();
    let disk = ledger.disk.clone();
    let mut slow = Writer::open(disk.clone(), None).unwrap();
    ledger.grow(1);
    let head = ledger.head().clone();
    let claim = ledger.founder.say(say::claim(500));
    let reader = ledger.reader();
    let view = ledger.index().view(&reader);
    let refused = slow.append(vec![claim], &view, &FixedClock::at(NOW), &checkpoint_key());
    assert_eq!(refused.err().unwrap().code(), "ledger-overtaken");
    assert_eq!(Log::open(&reader).unwrap().head(), &head);
    ledger.check();
}

/// While entries come in across the edge of a tile, a reader's audit has no fault, whenever it begins.
#[test]
fn a_reader_always_sees_a_sound_ledger() {
    let mut ledger = TestLedger::in_folder();
    ledger.grow(245);
    let done = AtomicBool::new(false);
    let disk = ledger.disk.clone();
    let sizes: BTreeSet<u64> = std::thread::scope(|scope| {
        let reading = scope.spawn(|| {
            let mut sizes = BTreeSet::new();
            // Once more after the last append, so that the newest size is among them.
            loop {
                let last = done.load(Ordering::SeqCst);
                let options = Options {
                    now_millis: NOW,
                    ..Options::default()
                };
                let reader = Files::new(disk.clone());
                let report = audit::run(&reader, &options, &mut |_, _| {}).unwrap();
                assert_eq!(report.faults(), 0, "{:?}", report.findings);
                sizes.insert(report.size.unwrap().get());
                if last {
                    return sizes;
                }
            }
        });
        for _ in 0..40 {
            ledger.grow(1);
        }
        done.store(true, Ordering::SeqCst);
        reading.join().unwrap()
    });
    assert!(sizes.contains(&288), "{sizes:?}");
    assert!(
        sizes.len() > 1,
        "the reader ran while entries came in: {sizes:?}"
    );
    ledger.check();
}
