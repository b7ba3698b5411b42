//! The index of a ledger during one command: opened at the first question, closed when it is no longer needed.
//!
//! The index is in this machine's state folder and never in a ledger's folder, so a copied or planted ledger folder
//! cannot bring an index with it. Only one process at a time can have it open. A command opens it once, and keeps it
//! open until the command ends or another process would have to wait. Any problem with the index costs time, but never
//! changes an answer.

use super::Error;
use crate::host::clock::{Clock as _, SystemClock};
use crate::host::{files, folders};
use crate::index::layered::Layered;
use crate::index::rows::Row;
use crate::index::{self, Admitted, Fence, Index, MemoryRows, Rows, sled_rows, unused};
use claimledger_core::TreeSize;
use claimledger_core::crypto::Digest;
use claimledger_core::log::LogHead;
use claimledger_core::log::Reader;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::error::Error as _;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

/// Opens the index in a folder, behind a fence: see [`sled_rows::open`].
pub type IndexOpener = dyn Fn(&Path, Duration, &dyn Fn(&str)) -> Result<Fence, index::Error>;

/// The indexes that this process has open, each once; clones share them.
#[derive(Clone)]
pub struct OpenIndexes {
    open: Rc<RefCell<HashMap<PathBuf, Fence>>>,
    opener: Rc<IndexOpener>,
    tell: fn(&str),
    /// Whether this process has looked for indexes that are no longer used.
    swept: Rc<Cell<bool>>,
}

impl OpenIndexes {
    /// None is open yet. `tell` gives messages at once to a person who waits for another process.
    pub fn new(tell: fn(&str)) -> Self {
        Self::opened_by(sled_rows::open, tell)
    }

    /// The same with another store than sled.
    pub fn opened_by(
        opener: impl Fn(&Path, Duration, &dyn Fn(&str)) -> Result<Fence, index::Error> + 'static,
        tell: fn(&str),
    ) -> Self {
        Self {
            open: Rc::default(),
            opener: Rc::new(opener),
            tell,
            swept: Rc::default(),
        }
    }

    fn open(&self, folder: &Path, instead: Duration) -> Result<Fence, index::Error> {
        if let Some(rows) = self.open.borrow().get(folder) {
            return Ok(rows.clone());
        }
        let rows = (self.opener)(folder, instead, &self.tell)?;
        if let (false, Some(indexes)) = (self.swept.replace(true), folder.parent()) {
            unused::remove_unused(indexes, SystemClock.now_millis());
        }
        let mut open = self.open.borrow_mut();
        open.insert(folder.to_path_buf(), rows.clone());
        Ok(rows)
    }

    fn close(&self, folder: &Path) {
        self.open.borrow_mut().remove(folder);
    }

    /// Deletes an index; the next command that needs it builds it again.
    pub fn discard(&self, folder: &Path) -> Result<(), Error> {
        self.close(folder);
        Ok(sled_rows::discard(folder, &self.tell).map_err(crate::ledger::Error::from)?)
    }
}

/// What to do about an index that has followed more entries than the given head covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ahead {
    /// Return [`index::Error::Ahead`]: another process may have appended since the head was read.
    Report,
    /// Build it again: an older copy of the ledger was put back.
    Rebuild,
    /// Leave it and read from the log: another process has appended since the head was read.
    Leave,
}

/// Rows of the index, opened and brought up to the head at the first question; clones share them.
#[derive(Clone)]
pub(super) struct IndexRows(Rc<Inner>);

struct Inner {
    indexes: OpenIndexes,
    folder: PathBuf,
    reader: Rc<dyn Reader>,
    /// The size and root up to which they must follow the log.
    target: Cell<(TreeSize, Digest)>,
    ahead: Cell<Ahead>,
    notes: Rc<RefCell<Vec<String>>>,
    open: RefCell<Option<Opened>>,
    used: Cell<bool>,
    /// How many rows may wait in memory.
    waiting: Cell<usize>,
}

enum Opened {
    Folder(Layered<Fence>),
    /// Read from the log, because the index cannot be opened.
    Memory(MemoryRows),
}

impl IndexRows {
    pub fn new(
        indexes: OpenIndexes,
        folder: PathBuf,
        reader: Rc<dyn Reader>,
        head: &LogHead,
        notes: Rc<RefCell<Vec<String>>>,
    ) -> Self {
        Self(Rc::new(Inner {
            indexes,
            folder,
            reader,
            target: Cell::new((head.size, head.root)),
            ahead: Cell::new(Ahead::Leave),
            notes,
            open: RefCell::default(),
            used: Cell::new(false),
            waiting: Cell::new(0),
        }))
    }

    /// Lets rows wait in memory until there are this many, for a command with many commits: one large batch costs less than
    /// many small ones. If the process ends before, the next command reads them from the log.
    pub fn let_wait(&self, rows: usize) {
        self.0.waiting.set(rows);
    }

    /// Writes the rows that wait in memory.
    pub fn settle(&self) -> Result<(), index::Error> {
        let open = self.0.open.borrow_mut().take();
        let Some(Opened::Folder(mut rows)) = open else {
            *self.0.open.borrow_mut() = open;
            return Ok(());
        };
        match rows.settle() {
            Ok(()) => *self.0.open.borrow_mut() = Some(Opened::Folder(rows)),
            Err(e) => {
                drop(rows);
                self.0.set_aside(&e);
                return Err(e);
            }
        }
        Ok(())
    }

    /// What to do about an index that is ahead of the head.
    pub fn on_ahead(&self, ahead: Ahead) {
        self.0.ahead.set(ahead);
    }

    /// Sets another head; the rows catch up at the next question.
    pub fn follow(&self, head: &LogHead) {
        self.0.target.set((head.size, head.root));
        *self.0.open.borrow_mut() = None;
    }

    /// Opens them, if they are not open.
    pub fn ready(&self) -> Result<(), index::Error> {
        self.with(|_| Ok(()))
    }

    /// Whether they were asked anything yet.
    pub fn used(&self) -> bool {
        self.0.used.get()
    }

    /// Closes the index, so that another process can open it. The next question opens it again.
    pub fn let_go(&self) {
        // Rows that cannot be written are read from the log at the next question.
        let _ = self.settle();
        let mut open = self.0.open.borrow_mut();
        if !matches!(*open, Some(Opened::Memory(_))) {
            *open = None;
            self.0.indexes.close(&self.0.folder);
        }
    }

    /// Adds the rows of entries that were committed after those that the rows have. If the index is not open, or fails, the
    /// next question follows the log.
    pub fn take_in(&self, admitted: Vec<Admitted>, head: &LogHead) -> Result<(), index::Error> {
        let open = self.0.open.borrow_mut().take();
        self.0.target.set((head.size, head.root));
        let taken = match open {
            None => return Ok(()),
            Some(Opened::Folder(rows)) => taken_in(rows, admitted, head)
                .and_then(|mut rows| {
                    if rows.waiting() > self.0.waiting.get() {
                        rows.settle()?;
                    }
                    Ok(rows)
                })
                .map(Opened::Folder),
            Some(Opened::Memory(rows)) => taken_in(rows, admitted, head).map(Opened::Memory),
        };
        match taken {
            Ok(open) => *self.0.open.borrow_mut() = Some(open),
            Err(e) => {
                self.0.set_aside(&e);
                return Err(e);
            }
        }
        Ok(())
    }

    /// Asks the rows. If they fail, they are read from the log, and asked again.
    fn with<T>(
        &self,
        ask: impl Fn(&dyn Rows) -> Result<T, index::Error>,
    ) -> Result<T, index::Error> {
        let mut open = self.0.open.borrow_mut();
        if open.is_none() {
            *open = Some(self.0.open()?);
            self.0.used.set(true);
        }
        if let Some(Opened::Folder(rows)) = &*open {
            match ask(rows) {
                Err(e @ (index::Error::Corrupt { .. } | index::Error::Failed { .. })) => {
                    *open = None;
                    self.0.set_aside(&e);
                    (self.0.indexes.tell)(&instead(&e));
                    *open = Some(self.0.read_log()?);
                }
                answer => return answer,
            }
        }
        match open.as_ref().expect("opened above") {
            Opened::Folder(rows) => ask(rows),
            Opened::Memory(rows) => ask(rows),
        }
    }
}

fn taken_in<R: Rows>(rows: R, admitted: Vec<Admitted>, head: &LogHead) -> Result<R, index::Error> {
    let mut index = Index::open(rows)?;
    index.take_in(admitted.into_iter().map(Some).collect(), head.root)?;
    Ok(index.into_rows())
}

/// What a person is told whose command does without the index.
fn instead(why: &index::Error) -> String {
    let because = why.source().map(|cause| format!(": {cause}"));
    let because = because.unwrap_or_default();
    format!("the index cannot be used, and the log was read instead: {why}{because}")
}

impl Inner {
    fn open(&self) -> Result<Opened, index::Error> {
        let mut rebuilt = false;
        loop {
            let rows = self.indexes.open(&self.folder, self.reading_the_log());
            let ahead = self.ahead.get();
            let why = match rows.and_then(|rows| self.caught_up(rows)) {
                Ok(rows) => return Ok(Opened::Folder(Layered::over(rows))),
                Err(e @ index::Error::Ahead { .. }) if ahead == Ahead::Report => return Err(e),
                Err(index::Error::Ahead { .. }) if ahead == Ahead::Leave => None,
                Err(e @ (index::Error::Corrupt { .. } | index::Error::Ahead { .. }))
                    if !rebuilt =>
                {
                    rebuilt = true;
                    if self.indexes.discard(&self.folder).is_ok() {
                        self.note(format!("the index was thrown away and rebuilt: {e}"));
                    }
                    continue;
                }
                Err(
                    e @ (index::Error::Held { .. }
                    | index::Error::Host(_)
                    | index::Error::Failed { .. }
                    | index::Error::Corrupt { .. }
                    | index::Error::Ahead { .. }),
                ) => Some(e),
                Err(other) => return Err(other),
            };
            if let Some(why) = why {
                self.indexes.close(&self.folder);
                self.note(instead(&why));
            }
            return self.read_log();
        }
    }

    /// How long it would take to read the log instead.
    fn reading_the_log(&self) -> Duration {
        let entries = u32::try_from(self.target.get().0.get()).unwrap_or(u32::MAX);
        ENTRY_READ * entries
    }

    fn read_log(&self) -> Result<Opened, index::Error> {
        Ok(Opened::Memory(self.caught_up(MemoryRows::default())?))
    }

    /// Closes an index that failed. Of one that is corrupt nothing is kept: the next command builds it again.
    fn set_aside(&self, why: &index::Error) {
        self.indexes.close(&self.folder);
        if matches!(why, index::Error::Corrupt { .. }) {
            // If that fails too, the next command notices again.
            let _ = self.indexes.discard(&self.folder);
        }
    }

    fn caught_up<R: Rows>(&self, rows: R) -> Result<R, index::Error> {
        let (size, root) = self.target.get();
        let mut index = Index::open(rows)?;
        index.catch_up(&*self.reader, size, &root, &mut |_| {})?;
        Ok(index.into_rows())
    }

    fn note(&self, text: String) {
        self.notes.borrow_mut().push(text);
    }
}

impl Rows for IndexRows {
    fn read(&self, key: &[u8]) -> Result<Option<Vec<u8>>, index::Error> {
        self.with(|rows| rows.read(key))
    }

    fn beginning(&self, prefix: &[u8]) -> Result<Vec<Row>, index::Error> {
        self.with(|rows| rows.beginning(prefix))
    }

    fn page(&self, from: &[u8], most: usize) -> Result<Vec<Row>, index::Error> {
        self.with(|rows| rows.page(from, most))
    }

    fn last_before(&self, prefix: &[u8], end: &[u8]) -> Result<Option<Row>, index::Error> {
        self.with(|rows| rows.last_before(prefix, end))
    }

    /// They grow by [`IndexRows::take_in`] alone.
    fn write(&mut self, _: Vec<Row>) -> Result<(), index::Error> {
        Err(index::Error::Failed {
            reason: "these rows are only read".to_owned(),
        })
    }
}

/// The folder of the index of the ledger at a place: one for each copy, by its absolute path.
pub fn folder(state: &Path, place: &str) -> PathBuf {
    let name = claimledger_core::crypto::sha256(&[place.as_bytes()]).short(32);
    state.join("indexes").join(name)
}

/// The index that earlier versions kept in the ledger's folder; it is no longer used.
pub fn leftover(ledger: &Path) -> Option<PathBuf> {
    let folder = ledger.join("index");
    files::is_file(&folder.join("conf")).then(|| folders::whole(&folder))
}

/// To read, verify and judge an entry takes about 0.1 ms; on a busy machine twice as long.
const ENTRY_READ: Duration = Duration::from_micros(200);
