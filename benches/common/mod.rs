//! What several benchmarks need: a new ledger on a real disk, and the floor of a durable append.

use claimledger::app::Desk;
use claimledger::app::care::init;
use claimledger::app::doubts::Doubts;
use claimledger::app::index_rows::OpenIndexes;
use claimledger::host::clock::SystemClock;
use claimledger::keystore::Refuse;
use claimledger::sync::place::Place;
use claimledger::transport::Authorities;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder with a new ledger in it.
pub struct Workplace {
    /// The folder.
    pub folder: TempDir,
    /// The ledger's desk.
    pub desk: Desk,
}

impl Workplace {
    /// With a ledger of this founder, whose key has no passphrase.
    pub fn new(founder: &str) -> Self {
        // Beside the build, on a disk that is one: a temporary folder may live in memory.
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a temporary folder");
        let desk = Desk {
            ledger: Place::Folder(folder.path().join("ledger")),
            keys: folder.path().join("keys"),
            state: folder.path().join("state"),
            clock: Box::new(SystemClock),
            clock_is_right: false,
            any_filesystem: true,
            indexes: OpenIndexes::new(|_| ()),
            authorities: Authorities::default(),
            doubts: Doubts::default(),
            reader: None,
        };
        let new = init::NewLedger {
            origin: "bench.example/facts".parse().expect("an origin"),
            title: None,
            holder: founder.to_owned(),
            organisation: None,
            no_passphrase: true,
            recovery_keys: Vec::new(),
            recovery_threshold: None,
            succeeds: None,
        };
        init::init(&desk, &new, &mut Refuse).expect("a ledger");
        Self { folder, desk }
    }

    /// A folder on the same disk.
    pub fn beside(&self) -> PathBuf {
        let beside = self.folder.path().join("floor");
        fs::create_dir_all(&beside).expect("a folder");
        beside
    }
}

/// The least that a durable append does: entries and hashes, the head, its renaming, and the names of all three.
pub fn write_durably(folder: &Path, entries: &[u8], hashes: &[u8]) {
    let put = |name: &str, bytes: &[u8]| {
        let mut file = File::create(folder.join(name)).expect("a file");
        file.write_all(bytes).expect("written");
        file.sync_all().expect("synced");
    };
    let sync_names = || {
        let folder = File::open(folder).expect("a folder");
        folder.sync_all().expect("synced");
    };
    put("entries", entries);
    put("hashes", hashes);
    sync_names();
    put("head.next", HEAD);
    sync_names();
    fs::rename(folder.join("head.next"), folder.join("head")).expect("renamed");
    sync_names();
}

/// As long as a checkpoint.
const HEAD: &[u8] = &[b'a'; 200];
