//! The fault table: a commit broken at every step, by an error or a power cut, comes back as the old head or the new.

use claimledger::host::clock::FixedClock;
use claimledger::host::disk::Disk as _;
use claimledger::index::{Index, MemoryRows};
use claimledger::ledger::{Error, Writer};
use claimledger::store::memory::{Moment, Survives};
use claimledger::store::{Files, MemoryDisk};
use claimledger_core::EntryIndex;
use claimledger_core::TreeSize;
use claimledger_core::audit::{self, Options};
use claimledger_core::crypto::{Digest, sha256};
use claimledger_core::envelope::Parsed;
use claimledger_core::tlog::checkpoint::SignedCheckpoint;
use claimledger_core::tlog::note::VerifierKey;
use claimledger_testing::{CHECKPOINTS, NOW, ORIGIN, TestLedger, checkpoint_key, key, say};
use std::collections::{HashMap, HashSet};
use std::io::ErrorKind;

/// What the commit answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Answered {
    /// The batch is in the ledger.
    Added,
    /// It may be.
    Unfinished,
    /// It is not, and will not be.
    NotAdded,
}

/// How the disk comes back.
#[derive(Debug, Clone, Copy)]
enum Aftermath {
    /// The machine runs on; only this process failed.
    RunsOn,
    /// The power went.
    PowerCut(Survives),
}

const AFTERMATHS: &[Aftermath] = &[
    Aftermath::RunsOn,
    Aftermath::PowerCut(Survives::Nothing),
    Aftermath::PowerCut(Survives::Everything),
    Aftermath::PowerCut(Survives::Some(0x5555_5555_5555_5555)),
    Aftermath::PowerCut(Survives::Some(0xaaaa_aaaa_aaaa_aaaa)),
    Aftermath::PowerCut(Survives::Some(0x3333_3333_3333_3333)),
    Aftermath::PowerCut(Survives::Some(0xcccc_cccc_cccc_cccc)),
    Aftermath::PowerCut(Survives::Some(0x0000_0000_0000_0001)),
    Aftermath::PowerCut(Survives::Some(0xffff_ffff_ffff_fffe)),
    Aftermath::PowerCut(Survives::Some(0x9e37_79b9_7f4a_7c15)),
];

/// A ledger before the batch, and the batch.
struct Scene {
    before: TestLedger<MemoryDisk>,
    batch: Vec<Parsed>,
    old: Head,
    new: Head,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Head {
    size: TreeSize,
    root: Digest,
}

fn head_of(head: &claimledger_core::log::LogHead) -> Head {
    Head {
        size: head.size,
        root: head.root,
    }
}

impl Scene {
    /// A ledger of `size` entries, about to take `more`.
    fn new(size: u64, more: u64) -> Self {
        let mut before = TestLedger::in_memory();
        // In two commits, so that an older partial tile stands there.
        before.grow(2);
        let so_far = before.head().size;
        before.grow(TreeSize::new(size).entries_after(so_far));
        let batch: Vec<Parsed> = (0..more)
            .map(|number| before.founder.say(say::claim(10_000 + number)))
            .collect();
        let old = head_of(before.head());
        let mut done = before.twin();
        done.append(batch.clone()).unwrap();
        done.check();
        Self {
            new: head_of(done.head()),
            before,
            batch,
            old,
        }
    }

    /// The number of steps that the commit takes when nothing breaks it.
    fn steps(&self) -> usize {
        let mut done = self.before.twin();
        let before = done.disk.steps().len();
        done.append(self.batch.clone()).unwrap();
        done.disk.steps().len() - before
    }

    /// Runs the commit with the disk broken from step `at` on (for one step, or for good); answers with the disk, and
    /// what the commit answered.
    fn broken(
        &self,
        at: usize,
        when: Moment,
        kind: ErrorKind,
        for_good: bool,
    ) -> (MemoryDisk, Answered) {
        let mut ledger = self.before.twin();
        let mut step = 0;
        ledger.disk.hook(Some(Box::new(move |_, moment| {
            if moment == Moment::Before {
                step += 1;
            }
            let here = step == at + 1 && moment == when;
            let past = step > at + 1 || (step == at + 1 && when == Moment::Before);
            (here || (for_good && past)).then_some(kind)
        })));
        let answer = ledger.append(self.batch.clone());
        let mut answered = Answered::Added;
        if let Err(error) = &answer {
            let code = if kind == ErrorKind::StorageFull {
                "disk-full"
            } else {
                "io"
            };
            answered = match error.code().as_str() {
                "commit-unfinished" => Answered::Unfinished,
                other => {
                    assert_eq!(other, code);
                    Answered::NotAdded
                }
            };
            // The process may not go on from what it has in memory.
            let again = ledger.append(self.batch.clone()).unwrap_err();
            assert_eq!(again.code(), "closed-after-failure");
        }
        ledger.disk.hook(None);
        (ledger.disk, answered)
    }

    /// What the next process finds. `story` says what happened.
    fn reopens(&self, disk: &MemoryDisk, answered: Answered, story: &str) {
        let signed = ["checkpoint", "checkpoint.next"].into_iter().any(|name| {
            let bytes = disk.read(name).unwrap().unwrap_or_default();
            verified_size(&bytes) == Some(self.new.size)
        });
        let mut writer = Writer::open(disk.clone(), None)
            .unwrap_or_else(|e| panic!("{story}: it does not open: {e}"));
        let found = head_of(writer.head());
        assert!(
            found == self.old || found == self.new,
            "{story}: a third head"
        );
        let finished = writer.finished();
        assert!(
            finished.is_none() || finished == Some((self.old.size, self.new.size)),
            "{story}: {finished:?}"
        );
        match answered {
            Answered::Added => {
                assert_eq!(found, self.new, "{story}: an acknowledged batch is lost");
            }
            // A person who was told this says the same again, and it would be there twice.
            Answered::NotAdded => assert_eq!(found, self.old, "{story}: it was added all the same"),
            Answered::Unfinished => {}
        }
        if signed {
            assert_eq!(found, self.new, "{story}: a signed head was signed around");
        }
        let options = Options {
            ledger_id: self.before.founder.ledger,
            now_millis: NOW,
            ..Options::default()
        };
        let reader = Files::new(disk.clone());
        let report = audit::run(&reader, &options, &mut |_, _| {}).unwrap();
        assert_eq!(report.findings, [], "{story}");
        assert_eq!(report.size, Some(found.size), "{story}");

        // Saying it again adds it once; the ledger goes on.
        let mut index = Index::open(MemoryRows::default()).unwrap();
        index
            .catch_up(&reader, found.size, &found.root, &mut |_| {})
            .unwrap();
        assert_eq!(
            report.state,
            Some(index.marker().state.to_string()),
            "{story}"
        );
        let mut again = self.batch.clone();
        again.push(self.before.founder.say(say::claim(20_000)));
        let clock = FixedClock::at(NOW);
        let (receipts, _) = writer
            .append(again, &index.view(&reader), &clock, &checkpoint_key())
            .unwrap_or_else(|e| panic!("{story}: it takes no more: {e}"));
        let indices: Vec<EntryIndex> = receipts.iter().map(|r| r.index).collect();
        let next = self.new.size.next().size_through();
        let expected: Vec<EntryIndex> = next.indices_from(self.old.size.next()).collect();
        assert_eq!(indices, expected, "{story}");
        let size = writer.head().size;
        assert_eq!(size, next, "{story}");
        let entries = claimledger_testing::forge::entries(&reader, size);
        assert_eq!(
            claimledger_testing::forge::root(&entries),
            writer.head().root,
            "{story}"
        );
    }

    /// Every step, before and after, each error, each aftermath. Disks that came back alike are opened once.
    fn table(&self) {
        let steps = self.steps();
        let mut seen = HashSet::new();
        let mut answers = HashMap::new();
        for at in 0..=steps {
            for when in [Moment::Before, Moment::After] {
                for (kind, for_good) in [(ErrorKind::Other, true), (ErrorKind::StorageFull, false)]
                {
                    let (disk, answered) = self.broken(at, when, kind, for_good);
                    *answers.entry(answered).or_insert(0) += 1;
                    for aftermath in AFTERMATHS {
                        let story =
                            format!("step {at} of {steps}, {when:?}, {kind}, {aftermath:?}");
                        let came_back = match aftermath {
                            Aftermath::RunsOn => disk.power_cut(Survives::Everything),
                            Aftermath::PowerCut(survives) => disk.power_cut(*survives),
                        };
                        if seen.insert((answered, picture(&came_back))) {
                            self.reopens(&came_back, answered, &story);
                        }
                    }
                }
            }
        }
        // The table would prove little if nothing broke, or everything did.
        let times = |answered| answers.get(&answered).copied().unwrap_or(0);
        assert!(
            times(Answered::Added) >= 4
                && times(Answered::Unfinished) >= 4
                && times(Answered::NotAdded) >= steps,
            "{answers:?} of {steps}"
        );
        assert!(
            seen.len() >= steps,
            "{} disks from {steps} steps",
            seen.len()
        );
    }
}

/// Everything on the disk, as one digest.
fn picture(disk: &MemoryDisk) -> Digest {
    let mut all = Vec::new();
    for name in disk.list("").unwrap() {
        let bytes = disk.read(&name).unwrap().unwrap();
        all.extend_from_slice(sha256(&[name.as_bytes()]).as_bytes());
        all.extend_from_slice(sha256(&[&bytes]).as_bytes());
    }
    sha256(&[&all])
}

/// The size of a head that the ledger's key signed.
fn verified_size(bytes: &[u8]) -> Option<TreeSize> {
    let vkey = VerifierKey::new(ORIGIN.parse().unwrap(), key(CHECKPOINTS).public());
    let signed = SignedCheckpoint::parse(bytes).ok()?;
    signed.verify(&[vkey]).ok()?;
    Some(signed.checkpoint().size)
}

#[test]
fn a_commit_inside_one_tile_is_all_or_nothing() {
    Scene::new(9, 3).table();
}

#[test]
fn a_commit_across_tiles_is_all_or_nothing() {
    Scene::new(254, 4).table();
}

#[test]
fn a_commit_that_fills_a_tile_exactly_is_all_or_nothing() {
    Scene::new(254, 2).table();
}

/// The first commit has no old head: either the ledger is there, or a new one can be made.
#[test]
fn a_first_commit_is_all_or_nothing() {
    let clock = FixedClock::at(NOW);
    let create = |disk: &MemoryDisk| {
        let (batch, _) = say::first_entries(claimledger_testing::FOUNDER, ORIGIN);
        Writer::create(disk.clone(), None, batch, &clock, &checkpoint_key()).map(|_| ())
    };
    let whole = MemoryDisk::new();
    create(&whole).unwrap();
    let steps = whole.steps().len();
    let (mut stood, mut never) = (0, 0);
    for at in 0..=steps {
        for aftermath in AFTERMATHS {
            let disk = MemoryDisk::new();
            let mut step = 0;
            disk.hook(Some(Box::new(move |_, moment| {
                step += usize::from(moment == Moment::Before);
                (step > at).then_some(ErrorKind::Other)
            })));
            let acknowledged = create(&disk).is_ok();
            disk.hook(None);
            let came_back = match aftermath {
                Aftermath::RunsOn => disk,
                Aftermath::PowerCut(survives) => disk.power_cut(*survives),
            };
            let story = format!("step {at} of {steps}, {aftermath:?}");
            match Writer::open(came_back.clone(), None) {
                Ok(writer) => {
                    stood += 1;
                    assert_eq!(writer.head().size, TreeSize::new(3), "{story}");
                    drop(writer);
                    assert_eq!(
                        create(&came_back).unwrap_err().code(),
                        "ledger-exists",
                        "{story}"
                    );
                }
                Err(Error::Log(claimledger_core::log::Error::NoLedger { .. })) => {
                    never += 1;
                    assert!(!acknowledged, "{story}: an acknowledged ledger is lost");
                    create(&came_back).unwrap_or_else(|e| panic!("{story}: {e}"));
                }
                Err(other) => panic!("{story}: {other}"),
            }
            TestLedger::at(came_back, None).check();
        }
    }
    assert!(
        stood > 10 && never > 10,
        "{stood} stood, {never} never happened"
    );
}

#[test]
fn an_acknowledged_snapshot_is_durable() {
    let words = b"what the source said";
    let whole = MemoryDisk::new();
    claimledger::snapshots::Snapshots::new(&whole)
        .put(words)
        .unwrap();
    for at in 0..=whole.steps().len() {
        let disk = MemoryDisk::new();
        let mut step = 0;
        disk.hook(Some(Box::new(move |_, moment| {
            step += usize::from(moment == Moment::Before);
            (step > at).then_some(ErrorKind::StorageFull)
        })));
        let answer = claimledger::snapshots::Snapshots::new(&disk).put(words);
        disk.hook(None);
        for aftermath in AFTERMATHS {
            let came_back = match aftermath {
                Aftermath::RunsOn => disk.power_cut(Survives::Everything),
                Aftermath::PowerCut(survives) => disk.power_cut(*survives),
            };
            let snapshots = claimledger::snapshots::Snapshots::new(&came_back);
            if let Ok(digest) = &answer {
                assert_eq!(snapshots.read(digest).unwrap().unwrap(), words);
            }
            // Torn or absent, the same bytes can be kept again.
            let digest = snapshots.put(words).unwrap();
            let cut = came_back.power_cut(Survives::Nothing);
            let kept = claimledger::snapshots::Snapshots::new(&cut).read(&digest);
            assert_eq!(kept.unwrap().unwrap(), words);
        }
    }
}
