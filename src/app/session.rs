//! One command's view of a ledger: it opens reader, head and index once, and every question goes through them.
//!
//! Reading borrows from it. Writing upgrades it under the writer's lock and reads again only what has changed.

use super::index_rows::{Ahead, IndexRows};
use super::{Desk, Error};
use crate::fulltext::{self, Folder};
use crate::host::disk::FolderDisk;
use crate::host::scratch::Scratch;
use crate::host::{files, shown_path};
use crate::index::layered::Layered;
use crate::index::{self, Admitted, Index, Indexed, IndexedStatement, Memory, Rows};
use crate::keystore::{self, Signer};
use crate::ledger::RollbackError;
use crate::ledger::Writer;
use crate::ledger::rollback_guard::HeadComparison;
use crate::store::{Cache, Files, Proven};
use crate::sync::place::Place;
use claimledger_core::crypto::Signature;
use claimledger_core::log;
use claimledger_core::log::{AtHead, Reader};
use claimledger_core::log::{CheckpointKeys, Log, LogHead};
use claimledger_core::model::{Body, StatementType};
use claimledger_core::rules::View as _;
use claimledger_core::rules::standing::withholding::Hidden;
use claimledger_core::tlog::checkpoint::SignedCheckpoint;
use claimledger_core::{EntryIndex, TreeSize};
use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

/// A log, its index, and what has already been read from them.
pub struct Session {
    reader: Rc<dyn Reader>,
    head: LogHead,
    index: Index<Box<dyn Rows>>,
    rows: IndexRows,
    full_text: Folder,
    /// Whether the log's files are on this machine.
    here: bool,
    /// Whether the log is on a scratch disk; then the index on the disk does not change.
    scratch: bool,
    pub(super) memory: Memory,
    /// Local names of the entries that a case is about to add.
    names: BTreeMap<String, EntryIndex>,
    notes: Rc<RefCell<Vec<String>>>,
    /// Whether the ledger has several organisations, once that was asked.
    shared: OnceCell<bool>,
    pub(super) hidden: OnceCell<Hidden>,
}

impl Session {
    /// Opens the log, and the index, brought up to the log.
    pub fn open(desk: &Desk) -> Result<Self, Error> {
        Self::at_place(desk, &desk.ledger)
    }

    /// The same for a ledger at another place than the desk's.
    pub fn at_place(desk: &Desk, place: &Place) -> Result<Self, Error> {
        let mut size = None;
        loop {
            let session = Self::open_log(desk, place)?;
            // If the index is ahead of the head, another process may have appended since the head was read, so the
            // head is read again. Only if it has not changed was an older copy put back; then the index is built
            // again.
            let still = size == Some(session.head.size);
            size = Some(session.head.size);
            session
                .rows
                .on_ahead(if still { Ahead::Rebuild } else { Ahead::Report });
            match session.rows.ready() {
                Err(index::Error::Ahead { .. }) => continue,
                other => other?,
            }
            session.rows.on_ahead(Ahead::Leave);
            session.check_signatures()?;
            return Ok(session);
        }
    }

    /// Opens the log alone: for commands that need no index, or find out later whether they do. Whether every key that
    /// must sign has signed is then checked only when the index is opened.
    pub fn without_index(desk: &Desk) -> Result<Self, Error> {
        Self::open_log(desk, &desk.ledger)
    }

    fn open_log(desk: &Desk, place: &Place) -> Result<Self, Error> {
        let reader = reader_of(desk, place)?;
        let head = Log::open(&*reader)?.head().clone();
        let session = Self::new(desk, place, reader, head);
        session.whose(desk, place);
        Ok(session)
    }

    /// The desk's ledger at a head that the caller has read under the writer's lock.
    pub fn at_head(desk: &Desk, head: LogHead) -> Result<Self, Error> {
        let session = Self::new(desk, &desk.ledger, reader_of(desk, &desk.ledger)?, head);
        session.rows.on_ahead(Ahead::Rebuild);
        session.rows.ready()?;
        session.check_signatures()?;
        Ok(session)
    }

    fn new(desk: &Desk, place: &Place, reader: Box<dyn Reader>, head: LogHead) -> Self {
        let reader: Rc<dyn Reader> = match place {
            Place::Folder(_) | Place::Mirror { .. } => Rc::new(Cache::new(reader)),
            // A place that cannot list its files is read as of its head.
            Place::Archive(_) | Place::Address(_) => Rc::new(AtHead::new(reader, head.size)),
        };
        let notes = Rc::default();
        let rows = IndexRows::new(
            desk.indexes.clone(),
            desk.index_of(place),
            Rc::clone(&reader),
            &head,
            Rc::clone(&notes),
        );
        Self {
            index: Index::expected(Box::new(rows.clone()), head.size, head.root),
            reader,
            head,
            full_text: fulltext::beside(&desk.index_of(place)),
            rows,
            here: is_here(place),
            scratch: false,
            memory: Memory::default(),
            names: BTreeMap::new(),
            notes,
            shared: OnceCell::new(),
            hidden: OnceCell::new(),
        }
    }

    /// Notes what this machine knows about a ledger that it only reads, and about any copy that is older than the one that
    /// this machine has seen, or different. Reading is never refused.
    fn whose(&self, desk: &Desk, place: &Place) {
        let first_contact = "first contact, identity not checked: `claimledger audit PLACE --ledger-key VKEY` checks it";
        match self.known(desk) {
            Ok(HeadComparison::FirstContact) if place.only_read().is_some() => {
                self.notes.borrow_mut().push(first_contact.to_owned());
            }
            Ok(_) => {}
            Err(error) => desk.doubts.add(&error, &mut self.notes.borrow_mut()),
        }
    }

    /// Compares this copy with what this machine remembers of the ledger.
    fn known(&self, desk: &Desk) -> Result<HeadComparison, RollbackError> {
        match desk.known().compare(&self.head, &*self.reader) {
            Err(RollbackError::OldCopy { .. }) => {
                // Another process may have appended since the head was read, and remembered the new one.
                let log = Log::open(&*self.reader)?;
                desk.known().compare(log.head(), &*self.reader)
            }
            known => known,
        }
    }

    /// Refuses to publish a copy that is older than what this machine has seen, or has another history: what is public
    /// cannot be taken back, and a second history is proof against the key that signed it.
    pub fn may_publish(&self, desk: &Desk) -> Result<(), Error> {
        self.known(desk)?;
        Ok(())
    }

    /// The log on a scratch disk over this one's; index rows beyond this one's stay in memory.
    pub fn over(&self, scratch: Scratch<FolderDisk>, head: LogHead) -> Result<Self, Error> {
        let reader: Rc<dyn Reader> = Rc::new(Files::new(scratch));
        let rows: Box<dyn Rows> = Box::new(Layered::over(self.rows.clone()));
        let mut index = Index::open(rows)?;
        index.catch_up(&*reader, head.size, &head.root, &mut |_| {})?;
        Ok(self.other(reader, head, index))
    }

    /// Another log than the one on the disk; the index there does not change.
    pub(super) fn other(
        &self,
        reader: Rc<dyn Reader>,
        head: LogHead,
        index: Index<Box<dyn Rows>>,
    ) -> Self {
        Self {
            reader,
            head,
            index,
            rows: self.rows.clone(),
            full_text: self.full_text.clone(),
            here: self.here,
            scratch: true,
            memory: Memory::default(),
            names: BTreeMap::new(),
            notes: Rc::clone(&self.notes),
            shared: OnceCell::new(),
            hidden: OnceCell::new(),
        }
    }

    /// Takes the writer's lock. If the head has not changed since it was read, nothing is read again; otherwise only
    /// what has changed.
    pub fn writer(&mut self, desk: &Desk) -> Result<Writer<FolderDisk>, Error> {
        // The rules will ask the index. Opening it may take long, and others would wait for the lock meanwhile. If it cannot
        // be opened, the question says so.
        self.rows.on_ahead(Ahead::Report);
        let _ = self.rows.ready();
        self.rows.on_ahead(Ahead::Leave);
        // The holder of the writer's lock may need the index. Two processes must not each hold what the other waits
        // for.
        let wait = || self.let_go();
        let writer = desk.locked_from(&self.head, &*self.reader, &wait)?;
        if writer.head().checkpoint != self.head.checkpoint {
            self.memory.moved();
            self.follow(writer.head().clone());
        }
        // Nobody appends while this process holds the lock. So an index that is ahead has followed entries that are
        // gone.
        self.rows.on_ahead(Ahead::Rebuild);
        desk.known().may_append(&self.head, &*self.reader)?;
        Ok(writer)
    }

    fn follow(&mut self, head: LogHead) {
        self.rows.follow(&head);
        self.index = Index::expected(Box::new(self.rows.clone()), head.size, head.root);
        self.head = head;
        self.shared = OnceCell::new();
        self.hidden = OnceCell::new();
    }

    /// Closes the index for other processes: before a person is asked, and before a long read of the log. The next
    /// question opens it again.
    pub fn let_go(&self) {
        self.rows.let_go();
    }

    /// Lets rows of the index wait in memory, for a command with many commits.
    pub fn let_rows_wait(&self) {
        self.rows.let_wait(WAITING_ROWS);
    }

    /// Writes the rows of the index that wait in memory.
    pub fn settle_rows(&self) -> Result<(), Error> {
        Ok(self.rows.settle()?)
    }

    /// Signs. If that may wait for a person, the index is closed first.
    pub fn signed_by(
        &self,
        signer: &dyn Signer,
        message: &[u8],
    ) -> Result<Signature, keystore::Error> {
        if signer.may_ask() {
            self.let_go();
        }
        signer.sign(message)
    }

    /// Reads from the index what lists of these entries need, and closes it.
    pub fn let_go_for(&self, entries: &[EntryIndex]) -> Result<(), Error> {
        self.view().preload(entries)?;
        self.let_go();
        Ok(())
    }

    /// Adds something to tell the person.
    pub fn note(&self, note: String) {
        self.notes.borrow_mut().push(note);
    }

    /// What to tell the person about the ledger and its index.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = self.notes.borrow().clone();
        notes.extend(self.reader.remarks());
        notes
    }

    /// Refuses a head without the signature of a key that, by the admitted entries, must sign it.
    fn check_signatures(&self) -> Result<(), Error> {
        self.check_signed_by(&self.checkpoint_keys()?)
    }

    /// Refuses a head that lacks the signature of one of these keys which must sign it.
    pub fn check_signed_by(&self, keys: &CheckpointKeys) -> Result<(), Error> {
        let damaged = |reason: String| log::Error::Damaged {
            place: self.reader.place(),
            reason: reason.into(),
        };
        let signed = SignedCheckpoint::parse(&self.head.checkpoint)?;
        keys.check(&signed).map_err(|e| {
            damaged(format!(
                "its checkpoint is not signed by every key that must sign it: {e}"
            ))
        })?;
        Ok(())
    }

    /// The keys that sign checkpoints, by the admitted entries.
    pub fn checkpoint_keys(&self) -> Result<CheckpointKeys, Error> {
        let first = self.view().ledger()?.map(|ledger| ledger.checkpoint_key);
        let first = first.unwrap_or(*self.head.vkey.key());
        let mut keys = CheckpointKeys::new(self.head.origin.clone(), first);
        let mut events = Vec::new();
        for kind in [
            StatementType::CheckpointRotate,
            StatementType::CheckpointRetire,
        ] {
            events.extend(self.view().of_type(kind, self.head.size)?);
        }
        events.sort_unstable();
        for index in events {
            keys.take(index, &self.statement(index)?.body);
        }
        Ok(keys)
    }

    /// Adds entries that were appended, or written to the scratch disk of this session; the writer's lock is released. An
    /// index that fails is left as it is: the next question follows the log.
    pub fn take_in(&mut self, admitted: Vec<Admitted>, head: LogHead) -> Result<(), Error> {
        self.memory.moved();
        let taken = if self.scratch {
            let admitted = admitted.into_iter().map(Some).collect();
            self.index
                .reload()
                .and_then(|()| self.index.take_in(admitted, head.root))
        } else {
            // Other processes may append again. An index that one of them has brought further is no fault.
            self.rows.on_ahead(Ahead::Leave);
            if admitted.is_empty() {
                return Ok(());
            }
            self.index = Index::expected(Box::new(self.rows.clone()), head.size, head.root);
            self.rows.take_in(admitted, &head)
        };
        self.head = head;
        self.shared = OnceCell::new();
        self.hidden = OnceCell::new();
        Ok(taken?)
    }

    /// Gives an entry a local name, which comes before any label.
    pub fn call(&mut self, name: String, index: EntryIndex) {
        self.names.insert(name, index);
    }

    /// Its local name, if it has one.
    pub fn called(&self, name: &str) -> Option<EntryIndex> {
        self.names.get(name).copied()
    }

    /// Whether to look through the log rather than to ask the index: its files are on this machine, and the index was not
    /// opened for anything else.
    pub fn looks_through(&self) -> bool {
        self.here && !self.rows.used()
    }

    /// The folder of the full-text index of this log.
    pub fn full_text(&self) -> &Folder {
        &self.full_text
    }

    /// Whether the log is on a scratch disk, about to be. No index on the disk follows it.
    pub fn is_scratch(&self) -> bool {
        self.scratch
    }

    /// Whether the log's files are on this machine.
    pub fn is_here(&self) -> bool {
        self.here
    }

    /// What reads the ledger's files.
    pub fn reader(&self) -> &dyn Reader {
        &*self.reader
    }

    /// Which ledger, and how far it goes.
    pub fn head(&self) -> &LogHead {
        &self.head
    }

    /// The log; it verifies each statement that it reads.
    pub fn log(&self) -> Log<'_> {
        Log::at(&*self.reader, self.head.clone())
    }

    /// The statement of an entry, as the index has verified it. If the index is not open, it is verified now.
    pub fn statement(&self, entry: EntryIndex) -> Result<Rc<IndexedStatement>, Error> {
        self.covers(entry)?;
        Ok(if self.rows.used() {
            self.view().said_in(entry)?
        } else {
            self.view().verified_now(entry)?
        })
    }

    /// The same for a list, which looks at each statement once: it is not remembered.
    pub fn statement_once(&self, entry: EntryIndex) -> Result<Rc<IndexedStatement>, Error> {
        self.covers(entry)?;
        Ok(if self.rows.used() {
            self.view().said_once_in(entry)?
        } else {
            self.view().verified_now(entry)?
        })
    }

    fn covers(&self, entry: EntryIndex) -> Result<(), Error> {
        if self.head.size.contains(entry) {
            return Ok(());
        }
        Err(crate::ledger::Error::NotFound {
            name: entry.to_string(),
            size: self.head.size,
        }
        .into())
    }

    /// The view for questions. It remembers earlier answers.
    pub fn view(&self) -> Indexed<'_, Box<dyn Rows>> {
        self.index.view_recalling(&*self.reader, &self.memory)
    }

    /// Whether the ledger has several organisations: then a name alone does not say who a person is.
    pub fn is_shared(&self) -> Result<bool, Error> {
        if let Some(known) = self.shared.get() {
            return Ok(*known);
        }
        let founder = self.view().ledger()?.map(|ledger| ledger.organisation);
        let described = self
            .view()
            .of_type(StatementType::OrganisationSet, self.head.size)?;
        let mut shared = false;
        for entry in described {
            let statement = self.statement(entry)?;
            if let Body::OrganisationSet(set) = &statement.body
                && Some(&set.organisation) != founder.as_ref()
            {
                shared = true;
                break;
            }
        }
        Ok(*self.shared.get_or_init(|| shared))
    }

    /// The rows of the index, as they are.
    pub fn rows(&self) -> &dyn Rows {
        &self.rows
    }

    /// How far the index has followed, as its rows say.
    pub fn marker(&self) -> Result<index::Marker, Error> {
        Ok(self.index.stored_marker()?)
    }

    /// The size given with `--at`, at most the checkpoint's.
    pub fn at(&self, at: Option<TreeSize>) -> Result<TreeSize, Error> {
        match at {
            None => Ok(self.head.size),
            Some(size) if !size.is_empty() && size <= self.head.size => Ok(size),
            Some(size) => Err(Error::Usage(format!(
                "--at {size}: this ledger has sizes 1 to {}",
                self.head.size
            ))),
        }
    }
}

/// About 20 MB: the rows of some thousand statements.
const WAITING_ROWS: usize = 32 * 1024;

/// Whether the files of a log are on this machine, one by one.
fn is_here(place: &Place) -> bool {
    matches!(place, Place::Folder(_) | Place::Mirror { .. })
}

/// The reader for a place. A folder and a mirror belong to this machine. From any other place, only what its
/// checkpoint covers is accepted.
pub(super) fn reader_of(desk: &Desk, place: &Place) -> Result<Box<dyn Reader>, Error> {
    if let Place::Folder(path) = place
        && files::exists(path)
        && !files::is_folder(path)
    {
        let path = shown_path(path);
        return Err(Error::Usage(format!(
            "{path} is a file, not the folder of a ledger; `claimledger verify {path}` checks a dossier, a proof or an \
             envelope"
        )));
    }
    let reader = place.open(&desk.client())?;
    match place {
        Place::Folder(_) | Place::Mirror { .. } => Ok(reader),
        Place::Archive(_) | Place::Address(_) => match Proven::open(reader)? {
            Some(proven) => Ok(Box::new(proven)),
            None => Err(log::Error::NoLedger {
                place: place.to_string(),
            }
            .into()),
        },
    }
}
