//! What the work costs, each beside its floor measured in the same run: the least that any program doing it must do.
//!
//! Appending one is bound by the disk: its floor is to write two files of that size, sync them, sync and rename a
//! third, and sync the folder. Appending thousands is bound by both: its floor verifies the signatures strictly on
//! every core and writes the same bytes durably. Auditing is bound by the processor: its floor is SHA-256 over the
//! entries and ZIP-215 verification in batches on every core, with everything in memory. The audited ledger is made
//! once a run. Compare a figure with its floor, not with another day's.

mod common;

use claimledger::app::Session;
use claimledger::app::keys::enrolment;
use claimledger::app::keys::enrolment::Enrolment;
use claimledger::app::record::append;
use claimledger::host::random;
use claimledger::keystore::{self, Refuse, Signer};
use claimledger_core::audit;
use claimledger_core::crypto::batch;
use claimledger_core::entry::Entry;
use claimledger_core::envelope::{self, Parsed};
use claimledger_core::log::tiles::read_entries;
use claimledger_core::log::{Log, LogHead};
use claimledger_core::model::claim::{About, Claim, Claimants, Wording};
use claimledger_core::model::organisation::Role;
use claimledger_core::model::{Body, FreeText, Seen, Statement};
use claimledger_core::tlog::merkle::leaf_hash;
use claimledger_core::{TreeSize, UnixMillis};
use common::{Workplace, write_durably};
use criterion::{Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use rayon::prelude::*;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// A ledger of its own, with a few keys that sign in turn.
struct Bench {
    place: Workplace,
    signers: Vec<Box<dyn Signer>>,
    said: u64,
}

impl Bench {
    fn new() -> Self {
        let mut bench = Self {
            place: Workplace::new(NAMES[0]),
            signers: Vec::new(),
            said: 0,
        };
        for name in &NAMES[1..] {
            bench.enroll(name);
        }
        bench.signers = NAMES.iter().map(|name| bench.signer(name)).collect();
        bench
    }

    fn signer(&self, name: &str) -> Box<dyn Signer> {
        keystore::open(&self.place.desk.keys, name, &mut Refuse).expect("a key")
    }

    fn enroll(&self, name: &str) {
        enrolment::make(&self.place.desk, name, true, &mut Refuse).expect("a key");
        let founder = self.signer(NAMES[0]);
        let session = Session::open(&self.place.desk).expect("a session");
        let enrolment = Enrolment {
            key: name.to_owned(),
            roles: vec![Role::Reviewer],
            holder: None,
            name: None,
            organisation: None,
        };
        let by = founder.public();
        let body = enrolment::enrolment(&self.place.desk, &session, &enrolment, by, &mut Refuse);
        let body = body.expect("an enrolment").into();
        let statement =
            append::frame(&self.place.desk, &session, by, None, body).expect("a statement");
        drop(session);
        self.append(vec![
            append::sign(&statement, founder.as_ref()).expect("signed"),
        ]);
    }

    fn head(&self) -> LogHead {
        let reader = self.place.desk.reader().expect("a folder");
        Log::open(&reader).expect("the log").head().clone()
    }

    /// Signed claims, each of other words.
    fn claims(&mut self, how_many: u64) -> Vec<Parsed> {
        let head = self.head();
        let first = self.said;
        self.said += how_many;
        (first..self.said)
            .map(|number| {
                let turn = usize::try_from(number).expect("a small number") % self.signers.len();
                let signer = self.signers[turn].as_ref();
                append::sign(&self.claim(number, &head, signer), signer).expect("signed")
            })
            .collect()
    }

    fn claim(&self, number: u64, head: &LogHead, signer: &dyn Signer) -> Statement {
        let text = format!(
            "Claim number {number}: {} lorries crossed the harbour bridge on a working day of last year.",
            number * 7
        );
        let body = Body::from(Claim {
            topics: Vec::new(),
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
            issued: append::now(&self.place.desk).expect("the time"),
            key: signer.public(),
            label: None,
            ledger: Some(head.ledger),
            seen: Some(Seen {
                root: head.root,
                size: head.size,
            }),
        }
    }

    /// What the command line does with signed statements: lock, admit, commit, index, remember.
    fn append(&self, batch: Vec<Parsed>) {
        let (added, notes) =
            append::append(&self.place.desk, batch, None, &mut Refuse).expect("an append");
        assert!(notes.is_empty(), "{notes:?}");
        black_box(added);
    }

    /// The bytes of the newest entries, as a bundle has them.
    fn newest(&self, how_many: u64) -> Vec<Vec<u8>> {
        let size = self.head().size;
        read_entries(
            &self.place.desk.reader().expect("a folder"),
            TreeSize::new(size.get() - how_many).next(),
            size,
            size,
        )
        .expect("entries")
    }
}

fn append_one(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("append one durably");
    group
        .sample_size(20)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(5));
    let mut bench = Bench::new();
    // Half a bundle: the middle of what an append meets.
    let batch = bench.claims(128);
    bench.append(batch);
    let entries = bench.newest(128).concat();
    let beside = bench.place.beside();
    group.bench_function("floor", |bencher| {
        bencher.iter(|| write_durably(&beside, &entries, &[0; 128 * 32]));
    });
    group.bench_function("claimledger", |bencher| {
        bencher.iter_custom(|times| (0..times).map(|_| timed_append(&mut bench, 1)).sum());
    });
    group.finish();
}

fn append_many(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("append 10,000 in batches of 1,000");
    group
        .sample_size(10)
        .sampling_mode(SamplingMode::Flat)
        .warm_up_time(Duration::from_millis(1))
        .measurement_time(Duration::from_secs(1))
        .throughput(Throughput::Elements(10_000));
    let mut bench = Bench::new();
    let batch = bench.claims(1_000);
    bench.append(batch.clone());
    let entries = bench.newest(1_000).concat();
    let hashes = vec![0; 1_000 * 32];
    let beside = bench.place.beside();
    group.bench_function("floor", |bencher| {
        bencher.iter(|| {
            for _ in 0..10 {
                let verified = batch
                    .clone()
                    .into_par_iter()
                    .all(|parsed| parsed.verify_strict().is_ok());
                assert!(verified);
                write_durably(&beside, &entries, &hashes);
            }
        });
    });
    group.bench_function("claimledger", |bencher| {
        bencher.iter_custom(|times| {
            (0..times * 10)
                .map(|_| timed_append(&mut bench, 1_000))
                .sum()
        });
    });
    group.finish();
}

/// Signing is the reviewer's work and not timed.
fn timed_append(bench: &mut Bench, how_many: u64) -> Duration {
    let batch = bench.claims(how_many);
    let began = Instant::now();
    bench.append(batch);
    began.elapsed()
}

fn audit_many(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("audit 100,000 entries");
    group
        .sample_size(10)
        .sampling_mode(SamplingMode::Flat)
        .warm_up_time(Duration::from_millis(1))
        .measurement_time(Duration::from_secs(1))
        .throughput(Throughput::Elements(ENTRIES));
    let mut bench = Bench::new();
    while bench.head().size < TreeSize::new(ENTRIES) {
        let batch = bench.claims((ENTRIES - bench.head().size.get()).min(10_000));
        bench.append(batch);
    }
    let entries = bench.newest(ENTRIES);
    let decoded: Vec<Entry> = entries
        .iter()
        .map(|bytes| Entry::decode(bytes).expect("an entry"))
        .collect();
    let messages: Vec<Vec<u8>> = decoded
        .iter()
        .map(|entry| envelope::pae(&entry.payload))
        .collect();
    let items: Vec<batch::Item<'_>> = decoded
        .iter()
        .zip(&messages)
        .map(|(entry, message)| batch::Item {
            key: &entry.key,
            message,
            signature: &entry.signature,
        })
        .collect();
    group.bench_function("floor", |bencher| {
        bencher.iter(|| {
            let sound =
                entries
                    .par_chunks(256)
                    .zip(items.par_chunks(256))
                    .all(|(entries, items)| {
                        for bytes in entries {
                            black_box(leaf_hash(bytes));
                        }
                        let answers = batch::verify(items, &random::seed().unwrap());
                        answers.iter().all(Result::is_ok)
                    });
            assert!(sound);
        });
    });
    group.bench_function("claimledger", |bencher| {
        bencher.iter(|| {
            let options = audit::Options {
                now_millis: UnixMillis::new(u64::MAX),
                ..audit::Options::default()
            };
            let report = audit::run(
                &bench.place.desk.reader().expect("a folder"),
                &options,
                &mut |_, _| {},
            );
            let report = report.expect("an audit");
            assert_eq!((report.faults(), report.checked.entries), (0, ENTRIES));
        });
    });
    group.finish();
}

criterion_group!(benches, append_one, append_many, audit_many);
criterion_main!(benches);

/// Who signs, in turn.
const NAMES: [&str; 4] = ["mara", "jonas", "otto", "ines"];

const ENTRIES: u64 = 100_000;
