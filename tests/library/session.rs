//! One session: what it costs to append and to read, and that what it answers is what the log says.

use crate::commands::world::World;
use claimledger::app::care::init::{self, NewLedger};
use claimledger::app::doubts::Doubts;
use claimledger::app::index_rows::OpenIndexes;
use claimledger::app::read::listed::Which;
use claimledger::app::read::{line, show};
use claimledger::app::record::append;
use claimledger::app::{Desk, Session};
use claimledger::host::Error;
use claimledger::host::clock::{FixedClock, SystemClock};
use claimledger::host::disk::Disk;
use claimledger::host::lock::WriterLock;
use claimledger::keystore::{self, Passphrases, Signer};
use claimledger::ledger::Writer;
use claimledger::store::{Cache, Files, MemoryDisk};
use claimledger::sync::place::Place;
use claimledger::transport::Authorities;
use claimledger_core::crypto::{PublicKey, Signature};
use claimledger_core::log::Log;
use claimledger_core::model::StatementType;
use claimledger_core::{EntryIndex, TreeSize};
use claimledger_testing::{NOW, TestLedger, checkpoint_key, say};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use zeroize::Zeroizing;

/// A disk that counts how often each file is read.
#[derive(Clone)]
struct Counted {
    disk: MemoryDisk,
    reads: Arc<Mutex<BTreeMap<String, u32>>>,
}

impl Counted {
    fn times(&self, path: &str) -> u32 {
        let reads = self.reads.lock().expect("the counts");
        reads.get(path).copied().unwrap_or(0)
    }
}

impl Disk for Counted {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        let mut reads = self.reads.lock().expect("the counts");
        *reads.entry(path.to_owned()).or_default() += 1;
        self.disk.read(path)
    }
    fn write_synced(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        self.disk.write_synced(path, bytes)
    }
    fn create_synced(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        self.disk.create_synced(path, bytes)
    }
    fn sync_file(&self, path: &str) -> Result<(), Error> {
        self.disk.sync_file(path)
    }
    fn sync_names(&self, path: &str) -> Result<(), Error> {
        self.disk.sync_names(path)
    }
    fn rename(&self, from: &str, to: &str) -> Result<(), Error> {
        self.disk.rename(from, to)
    }
    fn remove(&self, path: &str) -> Result<(), Error> {
        self.disk.remove(path)
    }
    fn remove_folder(&self, path: &str) -> Result<(), Error> {
        self.disk.remove_folder(path)
    }
    fn list(&self, folder: &str) -> Result<Vec<String>, Error> {
        self.disk.list(folder)
    }
    fn place(&self) -> String {
        self.disk.place()
    }
}

/// With the index's one and the two of this machine's memory that makes ten for a whole `claim add`.
#[test]
fn an_append_syncs_each_file_and_each_folder_once() {
    let mut ledger = TestLedger::in_memory();
    ledger.grow(20);
    let before = ledger.disk.steps().len();
    let claim = ledger.founder.say(say::claim(1));
    ledger.append(vec![claim]).unwrap();
    let size = ledger.head().size;
    let steps = ledger.disk.steps();
    let synced: Vec<String> = steps[before..]
        .iter()
        .filter(|step| step.operation.starts_with("sync"))
        .map(|step| format!("{} {}", step.operation, step.path))
        .collect();
    assert_eq!(
        synced,
        [
            format!("sync tile/entries/000.p/{size}"),
            format!("sync tile/0/000.p/{size}"),
            "sync folder tile/0/000.p".to_owned(),
            "sync folder tile/entries/000.p".to_owned(),
            "sync checkpoint.next".to_owned(),
            "sync folder ".to_owned(),
            "sync folder ".to_owned(),
        ]
    );
}

/// The first tile in a folder makes the folder's own name durable, and those of the folders above it that are new too.
#[test]
fn new_folders_are_synced_into_those_above_them() {
    let mut ledger = TestLedger::in_memory();
    let so_far = ledger.head().size;
    ledger.grow(TreeSize::new(255).entries_after(so_far));
    let before = ledger.disk.steps().len();
    let batch = (0..2).map(|n| ledger.founder.say(say::claim(n))).collect();
    ledger.append(batch).unwrap();
    assert_eq!(ledger.head().size, TreeSize::new(257));
    let steps = ledger.disk.steps();
    let mut folders: Vec<&str> = steps[before..]
        .iter()
        .filter(|step| step.operation == "sync folder" && !step.path.is_empty())
        .map(|step| step.path.as_str())
        .collect();
    folders.sort_unstable();
    assert_eq!(
        folders,
        [
            "tile",
            "tile/0",
            "tile/0/001.p",
            "tile/1",
            "tile/1/000.p",
            "tile/entries",
            "tile/entries/001.p"
        ]
    );
}

#[test]
fn a_session_that_becomes_a_writer_reads_nothing_again() {
    let mut ledger = TestLedger::in_memory();
    ledger.grow(40);
    let disk = Counted {
        disk: ledger.disk.clone(),
        reads: Arc::default(),
    };
    let size = ledger.head().size;
    let claim = ledger.founder.say(say::claim(1));
    drop(ledger.take_writer());
    let reader = Cache::new(Files::new(disk.clone()));
    let head = Log::open(&reader).unwrap().head().clone();
    let index = ledger.index();
    let mut writer = Writer::open_from(disk.clone(), None, &head, &reader).unwrap();
    let view = index.view(&reader);
    let clock = FixedClock::at(NOW);
    writer
        .append(vec![claim], &view, &clock, &checkpoint_key())
        .unwrap();
    assert_eq!(writer.head().size, size.next().size_through());
    assert_eq!(disk.times(&format!("tile/entries/000.p/{size}")), 1);
    assert_eq!(disk.times(&format!("tile/0/000.p/{size}")), 1);
    // When the session begins, under the lock, and right before the commit point, lest the lock failed.
    assert_eq!(disk.times("checkpoint"), 3);
    assert_eq!(disk.times("checkpoint.next"), 1);

    // Of a head that has moved since, what is new is read.
    let stale = Writer::open_from(disk.clone(), None, &head, &reader).unwrap();
    assert_eq!(stale.head(), writer.head());
}

/// The desk of a person in this world, with the program's own index.
pub fn desk_of(world: &World) -> Desk {
    Desk {
        ledger: Place::Folder(world.path("ledger")),
        keys: world.path("keys"),
        state: world.path("state/claimledger"),
        clock: Box::new(SystemClock),
        clock_is_right: false,
        any_filesystem: true,
        indexes: OpenIndexes::new(|_| ()),
        authorities: Authorities::default(),
        doubts: Doubts::default(),
        reader: None,
    }
}

/// The straightforward way: the log is opened anew and each signature verified for each entry; nothing is remembered.
#[test]
fn lists_and_entries_equal_those_read_without_an_index() {
    let world = World::with_verdict();
    world.yes("verdict approve closing-verdict --conflict none --as edith");
    world.yes("withdraw said --reason Misheard. --as jonas");
    let desk = desk_of(&world);
    let session = Session::open(&desk).unwrap();
    let size = session.head().size;
    let json = |line: &line::Line| serde_json::to_value(line).unwrap();
    let alone =
        |entry: EntryIndex| json(&line::one(&Session::open(&desk).unwrap(), entry, size).unwrap());
    let reader = desk.reader().unwrap();
    for entry in size.indices() {
        let said = session.statement(entry).unwrap();
        let (slow, verified) = Log::open(&reader).unwrap().statement(entry).unwrap();
        assert_eq!(said.payload(), verified.payload());
        assert_eq!((said.id(), said.time), (verified.id(), slow.time));
        let name = entry.to_string();
        let shown = |session: &Session| {
            serde_json::to_value(show::show(session, &name, None).unwrap()).unwrap()
        };
        assert_eq!(shown(&session), shown(&Session::open(&desk).unwrap()));
    }
    let all: Vec<_> = size.indices().map(alone).collect();
    let lines = show::log(&session, None, None).unwrap();
    assert_eq!(lines.iter().map(json).collect::<Vec<_>>(), all);
    let of = |kind: StatementType| -> Vec<_> {
        let lines = all.iter().filter(|line| line["type"] == kind.as_str());
        lines.cloned().collect()
    };
    for kind in StatementType::ALL {
        let which = Which {
            all: true,
            ..Which::default()
        };
        let lines = show::list(&session, *kind, which).unwrap().found;
        assert_eq!(
            lines.iter().map(json).collect::<Vec<_>>(),
            of(*kind),
            "{kind}"
        );
    }
}

/// Chooses one passphrase, and counts how often it is asked for anything.
#[derive(Default)]
struct Choosing {
    chosen: u32,
    asked: u32,
}

impl Passphrases for Choosing {
    fn ask(&mut self, _: &str) -> Result<Zeroizing<String>, keystore::Error> {
        self.asked += 1;
        Ok(Zeroizing::new("correct horse".to_owned()))
    }

    fn choose(&mut self, prompt: &str) -> Result<Zeroizing<String>, keystore::Error> {
        self.chosen += 1;
        self.asked -= 1;
        self.ask(prompt)
    }
}

#[test]
fn a_new_ledger_asks_for_the_founders_passphrase_once() {
    let world = World::new();
    let desk = desk_of(&world);
    let new = NewLedger {
        origin: "desk.example/facts".parse().unwrap(),
        title: None,
        holder: "mara".to_owned(),
        organisation: None,
        no_passphrase: false,
        recovery_keys: Vec::new(),
        recovery_threshold: None,
        succeeds: None,
    };
    let mut person = Choosing {
        chosen: 0,
        asked: 1,
    };
    init::init(&desk, &new, &mut person).unwrap();
    assert_eq!((person.chosen, person.asked), (1, 1));
    // The passphrase that was chosen opens the key.
    assert!(
        keystore::file::private_state(&desk.keys, "mara")
            .unwrap()
            .unwrap()
    );
    let mut person = Choosing::default();
    keystore::open(&desk.keys, "mara", &mut person).unwrap();
    assert_eq!(person.asked, 1);
}

/// A signer that may ask a person; it notes whether another command could use the index meanwhile.
struct Asking {
    key: Box<dyn Signer + Send + Sync>,
    lock: PathBuf,
    free: Cell<Option<bool>>,
}

impl Signer for Asking {
    fn public(&self) -> PublicKey {
        self.key.public()
    }
    fn sign(&self, message: &[u8]) -> Result<Signature, keystore::Error> {
        let taken = WriterLock::take(&self.lock).unwrap();
        self.free.set(Some(taken.is_some()));
        self.key.sign(message)
    }
    fn may_ask(&self) -> bool {
        true
    }
}

#[test]
fn the_index_is_free_while_an_agent_may_be_asking_a_person() {
    let world = World::with_verdict();
    let desk = desk_of(&world);
    let mut lock = desk.index().into_os_string();
    lock.push(".lock");
    let signer = Asking {
        key: keystore::open(&desk.keys, "jonas", &mut keystore::Refuse).unwrap(),
        lock: lock.into(),
        free: Cell::new(None),
    };
    let mut session = Session::open(&desk).unwrap();
    assert!(WriterLock::take(&signer.lock).unwrap().is_none());
    let body = say::claim(1).into();
    let statement = append::frame(&desk, &session, signer.public(), None, body).unwrap();
    let signed = append::sign_in(&session, &statement, &signer).unwrap();
    assert_eq!(signer.free.get(), Some(true));
    let refuse = &mut keystore::Refuse;
    let (added, notes) =
        append::append_in(&desk, &mut session, vec![signed], None, refuse).unwrap();
    assert_eq!((added.len(), notes), (1, Vec::new()));
}

/// After an append that added nothing, another process appends, and brings the index further than this session's head.
#[test]
fn an_index_that_another_process_brought_further_is_left_alone() {
    let world = World::with_verdict();
    let desk = desk_of(&world);
    let key = keystore::open(&desk.keys, "jonas", &mut keystore::Refuse).unwrap();
    let mut session = Session::open(&desk).unwrap();
    let body = say::claim(1).into();
    let statement = append::frame(&desk, &session, key.public(), None, body).unwrap();
    let signed = append::sign_in(&session, &statement, key.as_ref()).unwrap();
    let refuse = &mut keystore::Refuse;
    for already in [false, true] {
        let batch = vec![signed.clone()];
        let (added, _) = append::append_in(&desk, &mut session, batch, None, refuse).unwrap();
        assert_eq!(added[0].already, already);
        session.let_go();
        world.yes(&format!(
            "claim add 'Number {already}.' --claimant many --as jonas"
        ));
        let size = session.head().size;
        let claims = session.view().of_type(StatementType::ClaimAdd, size);
        assert_eq!(claims.unwrap().last().copied(), size.last());
        assert_eq!(session.notes(), Vec::<String>::new());
        session = Session::open(&desk).unwrap();
        assert_eq!(session.head().size, size.next().size_through());
        assert_eq!(session.notes(), Vec::<String>::new());
    }
}
