//! Proofs and copies: making and checking a dossier at a million entries, and a pull from loopback beside an audit.
//!
//! The million is synthetic: a real case first, then leaves that are random hashes in tiles of the right form. Neither
//! making nor checking looks at them, so their signatures would change nothing.

use claimledger::host::disk::{Disk as _, FolderDisk};
use claimledger::index::{Index, MemoryRows};
use claimledger::store::{Files, MemoryDisk, Remote};
use claimledger::sync::prove::{self, ByIndex};
use claimledger::sync::pull::pull;
use claimledger::sync::pull_options::PullOptions;
use claimledger::transport::{Client, Limits, Response, Server};
use claimledger_core::TreeSize;
use claimledger_core::UnixMillis;
use claimledger_core::audit::{self, Options};
use claimledger_core::crypto::{Digest, sha256};
use claimledger_core::dossier::{self, Pins};
use claimledger_core::log::Log;
use claimledger_core::log::{ReadError, Reader};
use claimledger_core::tlog::checkpoint::{Checkpoint, SignedCheckpoint};
use claimledger_core::tlog::merkle::Frontier;
use claimledger_core::tlog::tile::{self, TileKind, TilePath};
use claimledger_testing::unchecked;
use criterion::{Criterion, criterion_group, criterion_main};
use std::collections::HashMap;
use std::time::Instant;

const ORIGIN: &str = "desk.example/facts";
const MILLION: u64 = 1_000_000;
const PULLED: u64 = 100_000;
const NOW: UnixMillis = UnixMillis::new(1_767_400_000_000);

/// The case's log, then synthetic leaves, up to a million. The bundles after the case do not exist, because nothing
/// reads them.
struct Synthetic {
    case: MemoryDisk,
    bundle: (String, Vec<u8>),
    tiles: HashMap<String, Vec<u8>>,
}

impl Reader for Synthetic {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        if name == self.bundle.0 {
            return Ok(Some(self.bundle.1.clone()));
        }
        if let Some(bytes) = self.tiles.get(name) {
            return Ok(Some(bytes.clone()));
        }
        let read = self.case.read(name);
        read.map_err(|e| ReadError::new(self.place(), name, e.code(), e))
    }
    fn list(&self, _: &str) -> Result<Option<Vec<String>>, ReadError> {
        Ok(None)
    }
    fn place(&self) -> String {
        "memory".to_owned()
    }
}

fn dossiers(c: &mut Criterion) {
    let mut desk = unchecked::Desk::founded(MemoryDisk::new(), ORIGIN);
    let verdict = unchecked::case(&mut desk);
    unchecked::grow(&mut desk, 256, "");
    let case = desk.disk().clone();
    let first = case.read("tile/0/000").unwrap().unwrap();
    let mut frontier = Frontier::new();
    let mut tiles = HashMap::new();
    let mut put = |level: u8, index: u64, hashes: &[Digest]| {
        let path = TilePath {
            kind: TileKind::Hashes(level),
            index,
            width: u16::try_from(hashes.len()).unwrap(),
        };
        tiles.insert(path.to_string(), tile::encode_hashes(hashes));
    };
    let leaves = tile::decode_hashes(&first, 256).unwrap().into_iter();
    let made_up = (256..MILLION).map(|n| sha256(&[&n.to_be_bytes()]));
    for leaf in leaves.chain(made_up) {
        for full in frontier.push(leaf) {
            put(full.level, full.index, &full.hashes);
        }
    }
    for (level, index, hashes) in frontier.partials() {
        put(level, index, hashes);
    }
    let head = SignedCheckpoint::sign(
        Checkpoint {
            origin: ORIGIN.parse().unwrap(),
            size: TreeSize::new(MILLION),
            root: frontier.root(),
        },
        &desk.vkey(),
        |text| unchecked::secret(unchecked::LEDGER).sign(text),
    );
    tiles.insert("checkpoint".to_owned(), head.to_bytes());
    let bundle = case.read("tile/entries/000").unwrap().unwrap();
    let reader = Synthetic {
        case: case.clone(),
        bundle: ("tile/entries/000".to_owned(), bundle),
        tiles,
    };
    // The index has followed the case; what a million real entries would add to it is other keys.
    let small = Files::new(case);
    let log = Log::open(&small).unwrap();
    let mut index = Index::open(MemoryRows::default()).unwrap();
    let (size, root) = (log.head().size, log.head().root);
    index.catch_up(&small, size, &root, &mut |_| {}).unwrap();
    let log = Log::open(&reader).unwrap();
    let make = || {
        let lookup = ByIndex::new(&log, index.view(&small), TreeSize::new(MILLION));
        prove::dossier(&log, &lookup, verdict, head.clone())
            .unwrap()
            .file
            .print()
    };
    let bytes = make();
    let pins = Pins {
        ledger_key: Some(desk.vkey()),
        ..Pins::default()
    };
    let mut group = c.benchmark_group("dossier at 1M entries");
    group.bench_function("prove", |b| b.iter(make));
    group.bench_function("verify", |b| {
        b.iter(|| dossier::verify(&bytes, &pins).unwrap());
    });
    group.finish();
}

/// One pull of 100,000 signed entries over HTTP onto a real folder, and one audit of the same: entries a second each.
fn pulls(c: &mut Criterion) {
    let desk = unchecked::filled(MemoryDisk::new(), ORIGIN, PULLED);
    let disk = desk.disk().clone();
    let server = Server::start(
        std::net::TcpListener::bind("127.0.0.1:0").unwrap(),
        0,
        move |request| match disk.read(&request.path[1..]) {
            Ok(Some(body)) => Response {
                status: 200,
                media_type: "application/octet-stream",
                body,
            },
            _ => Response::text(404, "none"),
        },
    )
    .unwrap();
    let client = Client::new(Limits {
        private_addresses: true,
        ..Limits::default()
    });
    let remote = Remote::new(client, &format!("http://{}", server.address()));
    let wanted = PullOptions {
        ledger_key: Some(desk.vkey()),
        now_millis: NOW,
        ..PullOptions::default()
    };
    let options = Options {
        now_millis: NOW,
        ..Options::default()
    };
    let folder = tempfile::tempdir().unwrap();
    let copy = FolderDisk::new(folder.path().join("audited"));
    pull(&remote, &copy, &wanted, &mut |_, _| {}).unwrap();
    let mut group = c.benchmark_group("100,000 entries");
    group.sample_size(10);
    group.throughput(criterion::Throughput::Elements(PULLED));
    group.bench_function("local audit", |b| {
        b.iter(|| audit::run(&Files::new(&copy), &options, &mut |_, _| {}).unwrap());
    });
    let mut number = 0;
    group.bench_function("pull from loopback, audit included", |b| {
        b.iter_custom(|times| {
            let mut spent = std::time::Duration::ZERO;
            for _ in 0..times {
                number += 1;
                let at = folder.path().join(number.to_string());
                let start = Instant::now();
                let pulled = pull(&remote, &FolderDisk::new(&at), &wanted, &mut |_, _| {});
                spent += start.elapsed();
                assert_eq!(pulled.unwrap().size, TreeSize::new(PULLED));
                std::fs::remove_dir_all(at).unwrap();
            }
            spent
        });
    });
    group.finish();
}

criterion_group!(benches, dossiers, pulls);
criterion_main!(benches);
