//! One command's look at a ledger: reader, head and index are opened once, and everything it asks goes through them.
//!
//! Reading borrows from it. Writing upgrades it under the writer's lock, and reads again only what has moved.

use super::index_rows::{Ahead, IndexRows, Layered};
use super::{Desk, Error};
use crate::host::disk::FolderDisk;
use crate::host::scratch::Scratch;
use crate::index::{self, Admitted, Followed, Index, Indexed, Memory, Rows};
use crate::ledger::RollbackError;
use crate::ledger::Writer;
use crate::ledger::rollback_guard::Standing;
use crate::store::{Cache, Files, Proven};
use crate::sync::place::Place;
use claimledger_core::encoding::name::Label;
use claimledger_core::log;
use claimledger_core::log::{AtHead, Reader};
use claimledger_core::log::{CheckpointKeys, Log, LogHead};
use claimledger_core::model::{Body, StatementId, StatementType};
use claimledger_core::rules::View as _;
use claimledger_core::tlog::checkpoint::SignedCheckpoint;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A log, its index, and what has been read of them.
pub struct Session {
    reader: Rc<dyn Reader>,
    head: LogHead,
    index: Index<Box<dyn Rows>>,
    rows: IndexRows,
    /// Whether the log is on a scratch disk; then the index on the disk stays as it is.
    scratch: bool,
    memory: Memory,
    /// What a case calls entries that it is about to add.
    names: BTreeMap<String, u64>,
    notes: Rc<RefCell<Vec<String>>>,
}

impl Session {
    /// Opens the log, and the index caught up with it.
    pub fn open(desk: &Desk) -> Result<Self, Error> {
        Self::at_place(desk, &desk.ledger)
    }

    /// The same for the ledger at another place than the desk's.
    pub fn at_place(desk: &Desk, place: &Place) -> Result<Self, Error> {
        let mut size = None;
        loop {
            let session = Self::of_log(desk, place)?;
            // An index ahead of the head: another process may have appended since the head was read, so it is read
            // again. Only if it stands still was an older copy put back, and the index is built anew.
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

    /// Opens the log alone: for commands that need no index, or find out later that they do. That every key has signed
    /// which a rotation asks for is then not checked before the index is opened.
    pub fn without_index(desk: &Desk) -> Result<Self, Error> {
        Self::of_log(desk, &desk.ledger)
    }

    fn of_log(desk: &Desk, place: &Place) -> Result<Self, Error> {
        let reader = reader_of(desk, place)?;
        let head = Log::open(&reader)?.head().clone();
        let session = Self::new(desk, place, reader, head);
        session.whose(desk, place);
        Ok(session)
    }

    /// The ledger of the desk at a head that the caller has read under the writer's lock.
    pub fn of(desk: &Desk, head: LogHead) -> Result<Self, Error> {
        let session = Self::new(desk, &desk.ledger, reader_of(desk, &desk.ledger)?, head);
        session.rows.on_ahead(Ahead::Rebuild);
        session.rows.ready()?;
        session.check_signatures()?;
        Ok(session)
    }

    fn new(desk: &Desk, place: &Place, reader: Box<dyn Reader>, head: LogHead) -> Self {
        let reader: Rc<dyn Reader> = match place {
            Place::Folder(_) | Place::Mirror { .. } => Rc::new(Cache::new(reader)),
            // What cannot be listed is read as of its head.
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
            rows,
            scratch: false,
            memory: Memory::default(),
            names: BTreeMap::new(),
            notes,
        }
    }

    /// Says what this machine knows of a ledger that is not worked in here, and of any copy that is older than what it has
    /// seen, or different. Reading is never refused.
    fn whose(&self, desk: &Desk, place: &Place) {
        let first_contact = "first contact, identity not checked: `claimledger audit PLACE --ledger-key VKEY` checks it";
        match self.known(desk) {
            Ok(Standing::FirstContact) if place.only_read().is_some() => {
                self.notes.borrow_mut().push(first_contact.to_owned());
            }
            Ok(_) => {}
            Err(error) => desk.doubts.add(&error, &mut self.notes.borrow_mut()),
        }
    }

    /// How this copy stands to what this machine remembers of the ledger.
    fn known(&self, desk: &Desk) -> Result<Standing, RollbackError> {
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

    /// The log on a scratch disk over this one's, and an index whose rows past this one's stay in memory.
    pub fn over(&self, scratch: Scratch<FolderDisk>, head: LogHead) -> Result<Self, Error> {
        let reader: Rc<dyn Reader> = Rc::new(Files::new(scratch));
        let rows: Box<dyn Rows> = Box::new(Layered::over(self.rows.clone()));
        let mut index = Index::open(rows)?;
        index.catch_up(&*reader, head.size, &head.root, &mut |_| {})?;
        Ok(Self {
            reader,
            head,
            index,
            rows: self.rows.clone(),
            scratch: true,
            memory: Memory::default(),
            names: BTreeMap::new(),
            notes: Rc::clone(&self.notes),
        })
    }

    /// Takes the writer's lock. If the head has not moved since it was read, nothing is read again; otherwise what has
    /// moved is.
    pub fn writer(&mut self, desk: &Desk) -> Result<Writer<FolderDisk>, Error> {
        // Who holds the writer's lock may need the index: two processes must not each hold what the other waits for.
        let wait = || self.let_go();
        let writer = desk.locked_from(&self.head, &*self.reader, &wait)?;
        if writer.head().checkpoint != self.head.checkpoint {
            self.memory.moved();
            self.follow(writer.head().clone());
        }
        // Nobody appends while the lock is held, so an index that is ahead has followed what was taken back since.
        self.rows.on_ahead(Ahead::Rebuild);
        desk.known().may_append(&self.head, &*self.reader)?;
        Ok(writer)
    }

    fn follow(&mut self, head: LogHead) {
        self.rows.follow(&head);
        self.index = Index::expected(Box::new(self.rows.clone()), head.size, head.root);
        self.head = head;
    }

    /// Lets another process have the index: before a person is asked, and before much is read of the log. What is asked
    /// next opens it again.
    pub fn let_go(&self) {
        self.rows.let_go();
    }

    /// Reads from the index what lines about these entries are made from, and lets go of it.
    pub fn let_go_for(&self, entries: &[u64]) -> Result<(), Error> {
        self.view().preload(entries)?;
        self.let_go();
        Ok(())
    }

    /// What to tell the person about the ledger and its index.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = self.notes.borrow().clone();
        notes.extend(self.reader.remarks());
        notes
    }

    /// Refuses a head that lacks the signature of a key which the admitted entries ask for.
    fn check_signatures(&self) -> Result<(), Error> {
        let damaged = |reason: String| log::Error::Damaged {
            place: self.reader.place(),
            reason,
        };
        let signed = SignedCheckpoint::parse(&self.head.checkpoint)?;
        let keys = self.checkpoint_keys()?;
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

    /// Takes in entries that were appended, or laid down on the scratch disk that this session is over.
    pub fn take_in(&mut self, admitted: Vec<Admitted>, head: LogHead) -> Result<(), Error> {
        let admitted = admitted.into_iter().map(Some).collect();
        self.index.reload()?;
        self.memory.moved();
        self.index.take_in(admitted, head.root)?;
        if !self.scratch {
            self.rows.reached(&head);
        }
        self.head = head;
        Ok(())
    }

    /// Calls an entry by a name that stands for it before any label does.
    pub fn call(&mut self, name: String, index: u64) {
        self.names.insert(name, index);
    }

    /// What it is called so, if anything is.
    pub fn called(&self, name: &str) -> Option<u64> {
        self.names.get(name).copied()
    }

    /// What reads the ledger's files.
    pub fn reader(&self) -> &dyn Reader {
        &*self.reader
    }

    /// Which ledger, and how far it goes.
    pub fn head(&self) -> &LogHead {
        &self.head
    }

    /// The log, each statement of which is verified when it is read.
    pub fn log(&self) -> Log<'_> {
        Log::at(&*self.reader, self.head.clone())
    }

    /// The statement of an entry, as the index has verified it; as long as nothing was asked of the index, verified now.
    pub fn statement(&self, entry: u64) -> Result<Rc<Followed>, Error> {
        if entry >= self.head.size {
            return Err(crate::ledger::Error::NotFound {
                name: entry.to_string(),
                size: self.head.size,
            }
            .into());
        }
        Ok(if self.rows.used() {
            self.view().said_in(entry)?
        } else {
            self.view().verified_now(entry)?
        })
    }

    /// The questions one can ask. What was answered is remembered from one to the next.
    pub fn view(&self) -> Indexed<'_, Box<dyn Rows>> {
        self.index.view_recalling(&*self.reader, &self.memory)
    }

    /// How far the index has followed, as its rows say.
    pub fn marker(&self) -> Result<index::Marker, Error> {
        Ok(self.index.stored_marker()?)
    }

    /// The size that `--at` asks for: at most that of the checkpoint.
    pub fn at(&self, at: Option<u64>) -> Result<u64, Error> {
        match at {
            None => Ok(self.head.size),
            Some(size) if (1..=self.head.size).contains(&size) => Ok(size),
            Some(size) => Err(Error::Usage(format!(
                "--at {size}: this ledger has sizes 1 to {}",
                self.head.size
            ))),
        }
    }

    /// The entry that a person means: by number, by label, or by 8 or more digits of its id.
    pub fn resolve(&self, name: &str, at_size: u64) -> Result<u64, Error> {
        if let Some(index) = self.called(name) {
            return Ok(index);
        }
        let not_found = || crate::ledger::Error::NotFound {
            name: name.to_owned(),
            size: at_size,
        };
        let hex = name.len() >= MIN_ID_DIGITS
            && name.len() <= 64
            && name
                .bytes()
                .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if hex {
            let found = self.view().by_id_prefix(name, at_size)?;
            match found.as_slice() {
                [] => {}
                [(_, index)] => return Ok(*index),
                many => {
                    return Err(crate::ledger::Error::Ambiguous {
                        name: name.to_owned(),
                        count: many.len(),
                    }
                    .into());
                }
            }
        }
        let number = name.strip_prefix('#').unwrap_or(name);
        if let Ok(index) = number.parse::<u64>() {
            return if index < at_size {
                Ok(index)
            } else {
                Err(not_found().into())
            };
        }
        if let Ok(label) = name.parse::<Label>()
            && let Some(index) = self.view().by_label(&label, at_size)?
        {
            return Ok(index);
        }
        Err(not_found().into())
    }

    /// What a person would call a statement: its label, or else its number, or else the beginning of its id.
    pub fn name_of(&self, id: &claimledger_core::model::StatementId) -> Result<String, Error> {
        use claimledger_core::rules::View as _;
        let Some(fact) = self.view().statement(id)? else {
            return Ok(id.short());
        };
        let statement = self.statement(fact.index)?;
        let label = statement.label.as_ref().map(ToString::to_string);
        Ok(label.unwrap_or_else(|| format!("#{}", fact.index)))
    }

    /// The id of the statement that a person means, which must be of this type.
    pub fn id_of(&self, name: &str, wanted: StatementType) -> Result<StatementId, Error> {
        let (id, body) = self.named(name)?;
        if body.statement_type() == wanted {
            Ok(id)
        } else {
            Err(Error::WrongKind {
                name: name.to_owned(),
                found: body.statement_type().to_string(),
                wanted: wanted.to_string(),
            })
        }
    }

    /// The statement that a person means, of whatever type.
    pub fn named(&self, name: &str) -> Result<(StatementId, Body), Error> {
        let index = self.resolve(name, self.head.size)?;
        let statement = self.statement(index)?;
        Ok((statement.id(), statement.body.clone()))
    }
}

/// What reads a place. A folder and a mirror are this machine's; of anything else nothing is believed that its checkpoint
/// does not cover.
fn reader_of(desk: &Desk, place: &Place) -> Result<Box<dyn Reader>, Error> {
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

/// Eight digits tell four thousand million statements apart.
const MIN_ID_DIGITS: usize = 8;
