//! An import of reviews beside its floor, measured in the same run: a program that signs the same payloads, verifies the
//! signatures strictly, hashes the entries and writes the same bytes durably, on every core, and nothing else. The import
//! reads JSON, plans, judges by the rules and writes the index in addition. Compare a figure with its floor, not with another
//! day's.

mod common;

use claimledger::app::Session;
use claimledger::app::record::import::{
    Counts, Import, ImportListeners, Inputs, Reaching, Spelled,
};
use claimledger::keystore::{self, Refuse};
use claimledger_core::TreeSize;
use claimledger_core::crypto::{SecretKey, sha256};
use claimledger_core::entry::Entry;
use claimledger_core::envelope;
use claimledger_core::log::Log;
use claimledger_core::log::tiles::read_entries;
use common::{Workplace, write_durably};
use criterion::{Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use rayon::prelude::*;
use std::fs;
use std::hint::black_box;
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

fn import(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("import 5,000 reviews");
    group
        .sample_size(10)
        .sampling_mode(SamplingMode::Flat)
        .warm_up_time(Duration::from_millis(1))
        .measurement_time(Duration::from_secs(1))
        .throughput(Throughput::Elements(REVIEWS));
    let made = imported().0;
    let entries = entries(&made);
    let payloads: Vec<&[u8]> = entries
        .iter()
        .filter_map(|e| Entry::payload_in(e))
        .collect();
    let key = SecretKey::from_seed(&Zeroizing::new([7; 32]));
    let beside = made.beside();
    group.bench_function("floor", |bencher| {
        bencher.iter(|| {
            for (payloads, entries) in payloads.chunks(GROUP).zip(entries.chunks(GROUP)) {
                let verified = payloads.par_iter().all(|payload| {
                    let message = envelope::pae(payload);
                    let signature = key.sign(&message);
                    key.public().verify_strict(&message, &signature).is_ok()
                });
                assert!(verified);
                let hashes = entries.par_iter().map(|entry| *sha256(&[entry]).as_bytes());
                let hashes: Vec<[u8; 32]> = hashes.collect();
                write_durably(&beside, &entries.concat(), hashes.as_flattened());
            }
        });
    });
    group.bench_function("claimledger", |bencher| {
        bencher.iter_custom(|times| (0..times).map(|_| imported().1).sum());
    });
    group.finish();
}

/// A new ledger with the reviews in it, and how long the import took.
fn imported() -> (Workplace, Duration) {
    let place = Workplace::new(FOUNDER);
    let feed = place.folder.path().join("feed.json");
    fs::write(&feed, self::feed()).expect("written");
    let inputs = Inputs::named(&[feed.display().to_string()]).expect("a file");
    let signer = keystore::open(&place.desk.keys, FOUNDER, &mut Refuse).expect("a key");
    let began = Instant::now();
    let mut session = Session::open(&place.desk).expect("a session");
    let import = Import {
        desk: &place.desk,
        signer: signer.as_ref(),
        inputs: &inputs.all,
        spelled: &Spelled::ClaimReview,
        reaching: Reaching::FILES,
        adopting: None,
        dry_run: false,
    };
    let counts = import.run(
        &mut session,
        ImportListeners {
            report: &mut |_| Ok(()),
            progress: &mut |_| (),
            note: &mut |_| (),
            passphrases: &mut Refuse,
        },
    );
    let took = began.elapsed();
    let Counts { recorded, .. } = counts.expect("an import");
    assert_eq!(recorded, REVIEWS);
    drop(session);
    (place, took)
}

fn feed() -> Vec<u8> {
    let reviews = (0..REVIEWS).map(|n| {
        serde_json::json!({
            "@type": "DataFeedItem",
            "item": [{
                "@context": "https://schema.org",
                "@type": "ClaimReview",
                "url": format!("https://desk{}.example/checks/{n}", n % 11),
                "claimReviewed": format!("Bridge {n} will be closed for {} months.", n % 97 + 2),
                "author": {"@type": "Organization", "name": format!("Desk {}", n % 11)},
                "datePublished": "2024-03-05",
                "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": format!("Speaker {}", n % 500)}},
                "reviewRating": {"@type": "Rating", "alternateName": "False", "ratingValue": 1, "bestRating": 5, "worstRating": 1},
            }],
        })
    });
    let items: Vec<_> = reviews.collect();
    serde_json::to_vec(&serde_json::json!({
        "@context": "https://schema.org", "@type": "DataFeed", "dataFeedElement": items,
    }))
    .expect("plain data")
}

fn entries(place: &Workplace) -> Vec<Vec<u8>> {
    let reader = place.desk.reader().expect("a folder");
    let size = Log::open(&reader).expect("the log").head().size;
    let first = TreeSize::new(size.get() - 2 * REVIEWS).next();
    black_box(read_entries(&reader, first, size, size).expect("entries"))
}

criterion_group!(benches, import);
criterion_main!(benches);

const FOUNDER: &str = "mara";

const REVIEWS: u64 = 5_000;

/// The statements that an import commits together.
const GROUP: usize = 1_000;
