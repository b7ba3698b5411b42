//! A ledger to test with: fixed clock, seeded keys, valid statements; checked whole after every step.
//!
//! For the tests in `tests/` and for benchmarks. The unit tests of `claimledger` and `claimledger-core` cannot use it:
//! this crate links those libraries as they ship, and a test build of them has other types of the same names.

pub mod forge;
pub mod say;
pub mod torsion;
pub mod unchecked;

use claimledger::host::clock::FixedClock;
use claimledger::host::disk::{Disk, FolderDisk};
use claimledger::host::lock::WriterLock;
use claimledger::index::rows::Row;
use claimledger::index::{self, Index, Marker, MemoryRows, Rows};
use claimledger::ledger::writer::CheckpointSigner;
use claimledger::ledger::{self, Receipt, Writer};
use claimledger::snapshots::Snapshots;
use claimledger::store::{Files, MemoryDisk};
use claimledger_core::audit::{self, AuditReport, Options};
use claimledger_core::crypto::{Digest, PublicKey, SecretKey, Signature};
use claimledger_core::encoding::time::Instant;
use claimledger_core::envelope::{self, Parsed, pae};
use claimledger_core::log::LogHead;
use claimledger_core::model::verdict::{Corroboration, Verdict};
use claimledger_core::model::{Body, Seen, Statement, StatementId};
use claimledger_core::rules::frozen;
use claimledger_core::rules::{Reading, View as _};
use claimledger_core::{TreeSize, UnixMillis};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use zeroize::Zeroizing;

/// When every test ledger begins: 2025-10-09T08:53:20Z, in Unix milliseconds.
pub const NOW: UnixMillis = UnixMillis::new(1_760_000_000_000);

/// The seed of the founder's key.
pub const FOUNDER: u8 = 1;

/// The seed of the checkpoint key.
pub const CHECKPOINTS: u8 = 2;

/// The name of every test ledger.
pub const ORIGIN: &str = "desk.example/facts";

/// The key of a seed.
pub fn key(seed: u8) -> SecretKey {
    SecretKey::from_seed(&Zeroizing::new([seed; 32]))
}

/// A checkpoint key at hand.
pub struct CheckpointKey(pub SecretKey);

impl CheckpointSigner for CheckpointKey {
    fn public(&self) -> PublicKey {
        self.0.public()
    }

    fn sign(&self, text: &[u8]) -> Result<Signature, Box<dyn std::error::Error + Send + Sync>> {
        Ok(self.0.sign(text))
    }
}

/// The checkpoint key of every test ledger.
pub fn checkpoint_key() -> CheckpointKey {
    CheckpointKey(key(CHECKPOINTS))
}

/// A person who signs: a key, the ledger, the person's time, and the head that the person has seen.
pub struct Voice {
    key: SecretKey,
    /// The ledger; none before it is made.
    pub ledger: Option<StatementId>,
    /// The person's time, in Unix seconds.
    pub at: u64,
    /// What they have seen.
    pub seen: Option<Seen>,
}

impl Voice {
    /// The holder of a seeded key.
    pub fn new(seed: u8, ledger: Option<StatementId>) -> Self {
        Self {
            key: key(seed),
            ledger,
            at: NOW.seconds(),
            seen: None,
        }
    }

    /// Their key.
    pub fn public(&self) -> PublicKey {
        self.key.public()
    }

    /// The statement, not yet signed.
    pub fn statement(&self, label: Option<&str>, body: impl Into<Body>) -> Statement {
        let body = body.into();
        let statement_type = body.statement_type();
        Statement {
            body,
            issued: Instant::from_unix_seconds(self.at).expect("a year of four digits"),
            key: self.public(),
            label: label.map(say::word),
            ledger: self.ledger,
            seen: self.seen.filter(|_| self.ledger.is_some()),
            statement_type,
        }
    }

    /// Signs a statement.
    pub fn say(&self, body: impl Into<Body>) -> Parsed {
        self.sign(&self.statement(None, body))
    }

    /// Signs a statement with a label.
    pub fn say_as(&self, label: &str, body: impl Into<Body>) -> Parsed {
        self.sign(&self.statement(Some(label), body))
    }

    /// Signs a whole statement.
    pub fn sign(&self, statement: &Statement) -> Parsed {
        let signed: Result<Parsed, envelope::Error> =
            envelope::seal(statement, |pae| Ok(self.key.sign(pae)));
        signed.expect("a statement made here is well-formed")
    }

    /// The signature over a payload, well-formed or not.
    pub fn sign_payload(&self, payload: &[u8]) -> Signature {
        self.key.sign(&pae(payload))
    }
}

/// Rows in memory that the test can look at while an index holds them.
#[derive(Clone, Default)]
pub struct SharedRows(Arc<Mutex<MemoryRows>>);

impl SharedRows {
    /// The rows as they are now.
    pub fn now(&self) -> MemoryRows {
        self.0.lock().expect("no holder panics").clone()
    }
}

impl Rows for SharedRows {
    fn read(&self, key: &[u8]) -> Result<Option<Vec<u8>>, index::Error> {
        self.0.lock().expect("no holder panics").read(key)
    }
    fn beginning(&self, prefix: &[u8]) -> Result<Vec<Row>, index::Error> {
        self.0.lock().expect("no holder panics").beginning(prefix)
    }
    fn page(&self, from: &[u8], most: usize) -> Result<Vec<Row>, index::Error> {
        self.0.lock().expect("no holder panics").page(from, most)
    }

    fn last_before(&self, prefix: &[u8], end: &[u8]) -> Result<Option<Row>, index::Error> {
        let rows = self.0.lock().expect("no holder panics");
        rows.last_before(prefix, end)
    }
    fn write(&mut self, batch: Vec<Row>) -> Result<(), index::Error> {
        self.0.lock().expect("no holder panics").write(batch)
    }
}

/// A ledger with an open writer and an index that follows it.
pub struct TestLedger<D: Disk + Clone> {
    /// Where it is.
    pub disk: D,
    /// The ledger's clock.
    pub clock: FixedClock,
    /// The founder, who is admin, editor and reviewer.
    pub founder: Voice,
    /// The scale made with the ledger; its ratings are `true` and `false`.
    pub scale: StatementId,
    writer: Option<Writer<D>>,
    rows: SharedRows,
    index: Index<SharedRows>,
    folder: Option<tempfile::TempDir>,
}

impl TestLedger<MemoryDisk> {
    /// A new ledger in memory.
    pub fn in_memory() -> Self {
        Self::on(MemoryDisk::new(), None)
    }

    /// The same ledger on a disk of its own: a change to one does not change the other.
    pub fn twin(&self) -> Self {
        let disk = self
            .disk
            .power_cut(claimledger::store::memory::Survives::Everything);
        Self::at(disk, None)
    }
}

impl TestLedger<FolderDisk> {
    /// A new ledger in a temporary folder.
    pub fn in_folder() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::create_dir(folder.path().join("ledger")).expect("an empty folder");
        let disk = FolderDisk::new(folder.path().join("ledger"));
        Self::on(disk, Some(folder))
    }

    /// The ledger's folder.
    pub fn path(&self) -> PathBuf {
        PathBuf::from(self.disk.place())
    }

    /// A folder beside it, for keys or memory; it goes when the ledger goes.
    pub fn beside(&self, name: &str) -> PathBuf {
        let folder = self.folder.as_ref().expect("made by `in_folder`");
        folder.path().join(name)
    }
}

impl<D: Disk + Clone> TestLedger<D> {
    /// Makes a ledger on an empty disk: entry 0, a scale, a policy, in one commit.
    pub fn on(disk: D, folder: Option<tempfile::TempDir>) -> Self {
        let clock = FixedClock::at(NOW);
        let (batch, scale) = say::first_entries(FOUNDER, ORIGIN);
        let lock = lock(&disk);
        let (writer, _, admitted) =
            Writer::create(disk.clone(), lock, batch, &clock, &checkpoint_key())
                .expect("an empty disk takes a ledger");
        let rows = SharedRows::default();
        let mut index = Index::open(rows.clone()).expect("empty rows");
        index
            .take_in(admitted.into_iter().map(Some).collect(), writer.head().root)
            .expect("rows in memory");
        let ledger = writer.head().ledger;
        let made = Self {
            disk,
            clock,
            founder: Voice::new(FOUNDER, Some(ledger)),
            scale,
            writer: Some(writer),
            rows,
            index,
            folder,
        };
        made.check();
        made
    }

    /// Opens a test ledger that stands there already; its index is built anew.
    pub fn at(disk: D, folder: Option<tempfile::TempDir>) -> Self {
        let writer = Writer::open(disk.clone(), lock(&disk)).expect("a ledger stands there");
        let ledger = writer.head().ledger;
        let rows = SharedRows::default();
        let mut opened = Self {
            index: Index::open(rows.clone()).expect("empty rows"),
            clock: FixedClock::at(NOW),
            founder: Voice::new(FOUNDER, Some(ledger)),
            scale: say::first_entries(FOUNDER, ORIGIN).1,
            writer: Some(writer),
            disk,
            rows,
            folder,
        };
        opened.follow();
        opened
    }

    /// Which ledger, and how far it goes.
    pub fn head(&self) -> &LogHead {
        self.writer
            .as_ref()
            .expect("always open between steps")
            .head()
    }

    /// The head as a statement's `seen` says it.
    pub fn seen(&self) -> Seen {
        let head = self.head();
        Seen {
            root: head.root,
            size: head.size,
        }
    }

    /// What reads the log.
    pub fn reader(&self) -> Files<D> {
        Files::new(self.disk.clone())
    }

    /// The index kept beside the log.
    pub fn index(&self) -> &Index<SharedRows> {
        &self.index
    }

    /// The rows it keeps.
    pub fn rows(&self) -> MemoryRows {
        self.rows.now()
    }

    /// The holder of another seeded key.
    pub fn voice(&self, seed: u8) -> Voice {
        Voice::new(seed, self.founder.ledger)
    }

    /// Keeps a snapshot.
    pub fn keep(&self, bytes: &[u8]) -> Digest {
        Snapshots::new(&self.disk)
            .put(bytes)
            .expect("the disk takes it")
    }

    /// Adds a statement of the founder, who has seen the newest head; returns the statement's id.
    pub fn say(&mut self, body: impl Into<Body>) -> StatementId {
        self.founder.seen = Some(self.seen());
        let parsed = self.founder.say(body);
        self.append(vec![parsed]).expect("valid")[0].id
    }

    /// What a verdict of the founder on this claim records at the newest head.
    pub fn corroboration(&self, claim: StatementId) -> Corroboration {
        let reader = self.reader();
        let view = self.index.view(&reader);
        let place = view.statement(&claim).expect("rows that read");
        let reading = Reading::at(&view, self.head().size).expect("rows that read");
        let claim = place.expect("a claim that is there").index;
        frozen(&reading, claim, claimledger_core::EntryIndex::FIRST)
            .expect("rows that read")
            .expect("a claim")
            .expect("few statements")
    }

    /// Appends a batch, and has the index follow.
    pub fn append(&mut self, batch: Vec<Parsed>) -> Result<Vec<Receipt>, ledger::Error> {
        let reader = self.reader();
        let writer = self.writer.as_mut().expect("always open between steps");
        let (receipts, admitted) = writer.append(
            batch,
            &self.index.view(&reader),
            &self.clock,
            &checkpoint_key(),
        )?;
        let admitted = admitted.into_iter().map(Some).collect();
        let root = writer.head().root;
        self.index.take_in(admitted, root)?;
        Ok(receipts)
    }

    /// The founder adds this many claims, in batches of at most a thousand; each claim has other words.
    pub fn grow(&mut self, entries: u64) {
        let end = TreeSize::new(self.head().size.get() + entries);
        while self.head().size < end {
            let from = self.head().size;
            let batch = end
                .indices_from(from.next())
                .take(1_000)
                .map(|entry| self.founder.say(say::claim(entry.get())))
                .collect();
            let receipts = self.append(batch).expect("valid");
            assert!(receipts.iter().all(|r| !r.already), "said before");
        }
    }

    /// Closes the ledger and opens it again, as the next process would; the index continues from its rows.
    pub fn reopen(&mut self) -> Result<(), ledger::Error> {
        self.writer = None;
        self.writer = Some(Writer::open(self.disk.clone(), lock(&self.disk))?);
        self.index = Index::open(self.rows.clone())?;
        self.follow();
        Ok(())
    }

    /// Gives the writer away; the ledger can only be read until it is opened again.
    pub fn take_writer(&mut self) -> Writer<D> {
        self.writer.take().expect("always open between steps")
    }

    fn follow(&mut self) {
        let head = self.head().clone();
        let reader = self.reader();
        self.index
            .catch_up(&reader, head.size, &head.root, &mut |_| {})
            .expect("a sound log can be followed");
    }

    /// Audits the ledger with its id as the pin.
    pub fn audit(&self) -> AuditReport {
        self.audit_with(&Options {
            ledger_id: self.founder.ledger,
            now_millis: NOW,
            ..Options::default()
        })
    }

    /// Audits the ledger.
    pub fn audit_with(&self, options: &Options) -> AuditReport {
        audit::run(&self.reader(), options, &mut |_, _| {}).expect("there is a ledger to audit")
    }

    /// The whole ledger holds together: the audit has no finding; an index built from entry 0 has the rows of the one
    /// kept; audit and index have the same size, root and rule state; the tiles are those that the definition of the
    /// tree gives.
    pub fn check(&self) -> AuditReport {
        let report = self.audit();
        assert_eq!(report.findings, [], "the audit of a sound ledger");
        let head = self.head();
        let rebuilt = SharedRows::default();
        let marker = self.rebuild(rebuilt.clone());
        assert!(
            rebuilt.now() == self.rows.now(),
            "rebuilt rows differ from those kept"
        );
        assert_eq!(marker, *self.index.marker());
        assert_eq!((marker.size, marker.root), (head.size, head.root));
        assert_eq!(report.size, Some(head.size));
        assert_eq!(report.root, Some(marker.root.to_string()));
        assert_eq!(report.state, Some(marker.state.to_string()));
        let entries = forge::entries(&self.reader(), head.size);
        for (name, bytes) in forge::tiles(&entries) {
            let stored = self.disk.read(&name).expect("a disk that reads");
            assert!(stored.as_deref() == Some(&bytes[..]), "{name}");
        }
        report
    }

    fn rebuild(&self, rows: SharedRows) -> Marker {
        let mut index = Index::open(rows).expect("empty rows");
        let head = self.head();
        index
            .catch_up(&self.reader(), head.size, &head.root, &mut |_| {})
            .expect("a sound log can be followed");
        *index.marker()
    }
}

/// The lock of a ledger in a folder; a disk in memory has one owner.
fn lock<D: Disk>(disk: &D) -> Option<WriterLock> {
    let place = PathBuf::from(disk.place());
    place.is_dir().then(|| {
        WriterLock::acquire(&place.join("lock"), Duration::from_secs(10)).expect("the lock is free")
    })
}

/// The document that the small ledger quotes; not all of it is ASCII.
pub const DOCUMENT: &str = "The agency reports from the valley.\n\"The bridge has three arches\", the ministry said. \
     Nobody counted them; caf\u{e9} owners say \u{201c}four\u{201d}.\n";

/// A small whole case in 13 entries and four commits, with a held snapshot, excerpts, a second signer and a verdict.
pub fn small_case<D: Disk + Clone>(ledger: &mut TestLedger<D>) -> StatementId {
    use claimledger_core::model::evidence::Stance;
    use claimledger_core::model::organisation::Role;
    use claimledger_core::model::relation::SourceRelation;
    ledger.keep(DOCUMENT.as_bytes());
    let enrolment = say::enroll(&ledger.founder, 3, "bo", &[Role::Editor, Role::Reviewer]);
    let bo = ledger.voice(3);
    let claim = bo.say_as("three-arches", say::claim(3));
    let article = bo.say_as("agency-report", say::source("Three arches", DOCUMENT));
    let named = bo.say(say::never_held("The press conference", article.id()));
    let (claim_id, article_id) = (claim.id(), article.id());
    let relation = say::relate(article_id, SourceRelation::HadPrimarySource, named.id());
    let batch = vec![
        ledger.founder.say(enrolment),
        claim,
        article,
        named,
        bo.say(relation),
        bo.say(say::claim(4)),
    ];
    ledger.append(batch).expect("a valid case");
    let mut bo = ledger.voice(3);
    bo.seen = Some(ledger.seen());
    let quoting = |stance, quote| say::evidence(claim_id, article_id, stance, DOCUMENT, quote);
    let support = bo.say(quoting(Stance::Supports, "The bridge has three arches"));
    let doubt = bo.say(quoting(
        Stance::Refutes,
        "caf\u{e9} owners say \u{201c}four\u{201d}",
    ));
    let bare = bo.say(say::bare_evidence(claim_id, article_id, Stance::Context));
    let rests_on = vec![support.id(), doubt.id(), bare.id()];
    ledger
        .append(vec![support, doubt, bare])
        .expect("a valid case");
    bo.seen = Some(ledger.seen());
    let verdict = bo.say(Verdict {
        corroboration: ledger.corroboration(claim_id),
        ..say::verdict(claim_id, ledger.scale, "true", rests_on)
    });
    let id = verdict.id();
    ledger.append(vec![verdict]).expect("a valid verdict");
    ledger.check();
    id
}
