//! What the work costs, each beside its floor measured in the same run: the least that any program doing it must do.
//!
//! Appending is bound by the disk: its floor is to write two small files and sync them, sync and rename a third, and
//! sync the folder. Auditing is bound by the processor: its floor is SHA-256 over the entries and ZIP-215 verification
//! of their signatures in the same batches on the same cores, and nothing else. The ledger of the audit is made once a
//! run, in a temporary folder. Compare a figure with its floor, not with another day's.

use claimledger::app::{Desk, add, init, keys};
use claimledger::audit;
use claimledger::crypto::{PublicKey, batch};
use claimledger::entry::Entry;
use claimledger::envelope::{self, Parsed};
use claimledger::host::{clock::SystemClock, random};
use claimledger::keystore::{self, Refuse, Signer};
use claimledger::ledger::{Log, LogHead};
use claimledger::model::claim::{About, Claim, Claimants, Wording};
use claimledger::model::{Body, FreeText, Seen, Statement};
use claimledger::store::read_entries;
use claimledger::tlog::merkle::leaf_hash;
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use rayon::prelude::*;
use std::fs::{self, File};
use std::hint::black_box;
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;

/// A ledger of its own, with one key that signs.
struct Bench {
    folder: TempDir,
    desk: Desk,
    said: u64,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let desk = Desk {
            ledger: folder.path().join("ledger"),
            keys: folder.path().join("keys"),
            state: folder.path().join("state"),
            clock: Box::new(SystemClock),
            any_filesystem: true,
            pdf: None,
        };
        let new = init::NewLedger {
            origin: "bench.example/facts".parse().expect("an origin"),
            title: None,
            holder: "mara".to_owned(),
            organisation: None,
            no_passphrase: true,
        };
        init::init(&desk, &new, &mut Refuse).expect("a ledger");
        assert!(!keys::absent(&desk, "mara").expect("the keys"));
        Self {
            folder,
            desk,
            said: 0,
        }
    }

    fn head(&self) -> LogHead {
        let reader = self.desk.reader();
        Log::open(&reader).expect("the log").head().clone()
    }

    /// Signed claims, each of other words.
    fn claims(&mut self, how_many: u64) -> Vec<Parsed> {
        let head = self.head();
        let signer = keystore::open(&self.desk.keys, "mara", &mut Refuse).expect("the key");
        let first = self.said;
        self.said += how_many;
        (first..self.said)
            .map(|number| add::sign(&self.claim(number, &head, signer.as_ref()), signer.as_ref()))
            .collect::<Result<_, _>>()
            .expect("signatures")
    }

    fn claim(&self, number: u64, head: &LogHead, signer: &dyn Signer) -> Statement {
        let text = format!(
            "Claim number {number}: the harbour bridge carried {} lorries on a working day of last year.",
            number * 7
        );
        let body = Body::from(Claim {
            about: About::Fact,
            appeared_in: Vec::new(),
            claimants: Claimants::Unknown,
            correction: None,
            due: None,
            language: Some("en".parse().expect("a language")),
            made: Some("2026-03-10".parse().expect("a date")),
            original: None,
            text: FreeText::open(text).expect("a text"),
            wording: Wording::Reported,
        });
        Statement {
            statement_type: body.statement_type(),
            body,
            issued: add::now(&self.desk).expect("the time"),
            key: signer.public(),
            label: None,
            ledger: Some(head.ledger),
            seen: Some(Seen {
                root: head.root,
                size: head.size,
            }),
        }
    }

    /// What the command line does with a signed batch: lock, catch up, admit, commit, index, remember.
    fn append(&self, batch: Vec<Parsed>) {
        let (added, notes) = add::append(&self.desk, batch, None, &mut Refuse).expect("an append");
        assert!(notes.is_empty(), "{notes:?}");
        black_box(added);
    }
}

/// The least that a durable append does: a bundle and a tile of this size, the head, its renaming, the folders.
fn write_durably(folder: &Path, bytes: &[u8]) {
    let put = |name: &str, bytes: &[u8]| {
        let mut file = File::create(folder.join(name)).expect("a file");
        file.write_all(bytes).expect("written");
        file.sync_all().expect("synced");
    };
    let sync = || {
        File::open(folder)
            .and_then(|f| f.sync_all())
            .expect("synced")
    };
    put("bundle", bytes);
    put("tile", &bytes[..bytes.len().min(32 * 256)]);
    sync();
    put("head.next", &bytes[..bytes.len().min(256)]);
    sync();
    fs::rename(folder.join("head.next"), folder.join("head")).expect("renamed");
    sync();
}

fn append(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("append");
    group
        .sample_size(20)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(6));
    let mut bench = Bench::new();
    // A half-full last bundle: the middle of what an append meets.
    let batch = bench.claims(128);
    bench.append(batch);
    let bundle = bench.desk.ledger.join("tile/entries/000.p/131");
    let bytes = fs::read(bundle).expect("the last bundle");
    let floor = bench.folder.path().join("floor");
    fs::create_dir(&floor).expect("a folder");
    group.bench_function("floor: write, sync, rename, sync", |bencher| {
        bencher.iter(|| write_durably(&floor, &bytes));
    });
    group.bench_function("one, durably", |bencher| {
        bencher.iter_batched(
            || (bench.claims(1), ()).0,
            |batch| append_in(&bench_desk(&bench_path(&floor)), batch),
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

criterion_group!(benches, append);
criterion_main!(benches);
