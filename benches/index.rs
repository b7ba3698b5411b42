//! Corroboration asked of an open index beside its log: one claim among many entries, and a claim with 4,000 sources.
//!
//! Each question begins with an empty memory: every fact it uses is confirmed against the entry in the log. The ledger
//! is made once a run, in a temporary folder; its index is sled's. `CLAIMLEDGER_BENCH_ENTRIES` says how many entries it
//! has (200,000 if not said; a million takes minutes to sign and append).
//!
//! The questions are asked in a process of their own, which has only opened the index: in the one that made a million
//! entries the allocator walks through what that left behind, and takes ten times as long.

use claimledger::host::disk::FolderDisk;
use claimledger::index::{Index, Rows as _, sled_rows};
use claimledger::store::Files;
use claimledger_core::EntryIndex;
use claimledger_core::Message;
use claimledger_core::corroboration::CorroborationReport;
use claimledger_core::model::assessment::{OriginAssess, OriginKind};
use claimledger_core::model::evidence::Stance;
use claimledger_core::model::relation::SourceRelation;
use claimledger_core::model::{FreeText, StatementId};
use claimledger_core::rules::{Counting, gather};
use claimledger_core::rules::{Reading, View as _};
use claimledger_testing::{TestLedger, say};
use criterion::Criterion;
use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// A claim with so many sources, each of them evidence; every tenth is first-hand, every third copies its neighbour.
fn claim_with(ledger: &mut TestLedger<FolderDisk>, number: u64, sources: u64) -> StatementId {
    let founder = ledger.voice(claimledger_testing::FOUNDER);
    let claim = founder.say(say::claim(number));
    let id = claim.id();
    ledger.append(vec![claim]).expect("valid");
    let mut added: Vec<StatementId> = Vec::new();
    for first in (0..sources).step_by(1_000) {
        let mut batch = Vec::new();
        for n in first..sources.min(first + 1_000) {
            let title = format!("Report {n} on claim {number}");
            let source = founder.say(say::source(&title, &title));
            let this = source.id();
            batch.push(source);
            batch.push(founder.say(say::bare_evidence(id, this, Stance::Supports)));
            if n % 10 == 0 {
                batch.push(founder.say(OriginAssess {
                    assessment: OriginKind::FirstHand,
                    claim: id,
                    correction: None,
                    how: FreeText::open("They saw it.").expect("a text"),
                    source: this,
                }));
            }
            if let (0, Some(before)) = (n % 3, added.last()) {
                batch.push(founder.say(say::relate(this, SourceRelation::WireCopyOf, *before)));
            }
            added.push(this);
        }
        ledger.append(batch).expect("valid");
    }
    id
}

/// Makes the ledger and its index, and hands over to a new process.
fn main() {
    if let Ok(place) = std::env::var(PLACE) {
        benches_in(Path::new(&place));
        return;
    }
    let asked = std::env::var("CLAIMLEDGER_BENCH_ENTRIES");
    let entries: u64 = asked.map_or(200_000, |asked| asked.parse().expect("a number"));
    let mut ledger = TestLedger::in_folder();
    let large = claim_with(&mut ledger, 1_000_000_001, 4_000);
    let before = ledger.head().size.get();
    ledger.grow(entries.saturating_sub(before) / 2);
    let small = claim_with(&mut ledger, 1_000_000_002, 12);
    let before = ledger.head().size.get();
    ledger.grow(entries.saturating_sub(before));
    let mut rows =
        sled_rows::open(&ledger.beside("index"), Duration::ZERO, &|_| ()).expect("an index");
    let all = ledger.rows().beginning(b"").expect("rows in memory");
    for part in all.chunks(10_000) {
        rows.write(part.to_vec()).expect("rows on the disk");
    }
    drop(rows);
    std::fs::write(ledger.beside("claims"), format!("{small}\n{large}\n")).expect("a file");
    let place = ledger.beside("");
    let myself = std::env::current_exe().expect("a program");
    let ended = Command::new(myself)
        .args(std::env::args_os().skip(1))
        .env(PLACE, &place)
        .status()
        .expect("a process");
    assert!(ended.success());
}

fn benches_in(place: &Path) {
    let claims = std::fs::read_to_string(place.join("claims")).expect("the claims");
    let claims: Vec<StatementId> = claims
        .lines()
        .map(|id| id.parse().expect("an id"))
        .collect();
    let rows = sled_rows::open(&place.join("index"), Duration::ZERO, &|_| ()).expect("an index");
    let index = Index::open(rows).expect("an index");
    let reader = Files::new(FolderDisk::new(place.join("ledger")));
    let size = index.marker().size;
    let ask = |claim: StatementId| {
        let view = index.view(&reader);
        let place = view.statement(&claim).expect("rows").expect("a claim");
        let reading = Reading::at(&view, size).expect("rows");
        let counting = Counting::at(&reading, EntryIndex::FIRST).expect("rows");
        let graph = gather(&reading, place.index, &counting)
            .expect("rows")
            .expect("a claim");
        CorroborationReport::new(&graph, &|id| Message::from(id.short()), None)
            .expect("few enough to count")
    };
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group(format!("corroboration-among-{size}"));
    group
        .sample_size(10)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(8));
    group.bench_function("12-sources", |bencher| {
        bencher.iter(|| black_box(ask(claims[0])));
    });
    group.bench_function("4000-sources", |bencher| {
        bencher.iter(|| black_box(ask(claims[1])));
    });
    group.finish();
    criterion.final_summary();
}

/// Where the process that measures finds the ledger.
const PLACE: &str = "CLAIMLEDGER_BENCH_PLACE";
