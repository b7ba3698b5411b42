//! The log with its index, open for questions; what went wrong with the index is said, and never the end of it.

use super::desk::client;
use super::{Desk, Error};
use crate::host::disk::FolderDisk;
use crate::host::files;
use crate::host::scratch::Scratch;
use crate::index::{self, Admitted, Index, Indexed, MemoryRows, Rows, SledRows};
use crate::ledger::rollback_guard::Standing;
use crate::store::{Files, Proven};
use crate::sync::place::Place;
use claimledger_core::encoding::name::Label;
use claimledger_core::log;
use claimledger_core::log::{AtHead, Reader};
use claimledger_core::log::{CheckpointKeys, Log, LogHead};
use claimledger_core::model::{Body, StatementId, StatementType};
use claimledger_core::rules::View as _;
use claimledger_core::tlog::checkpoint::SignedCheckpoint;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

/// A log and its index.
pub struct Catalog {
    reader: Box<dyn Reader>,
    head: LogHead,
    index: Index<Box<dyn Rows>>,
    /// What a case calls entries that it is about to add.
    names: BTreeMap<String, u64>,
    /// What to tell the person about the index.
    pub notes: Vec<String>,
}

impl Catalog {
    /// Opens the log, and the index caught up with it.
    pub fn open(desk: &Desk) -> Result<Self, Error> {
        Self::at_place(desk, &desk.ledger)
    }

    /// The same for the ledger at another place than the desk's.
    pub fn at_place(desk: &Desk, place: &Place) -> Result<Self, Error> {
        let folder = desk.index_of(place);
        let mut size = None;
        loop {
            let reader = reader_of(place)?;
            let head = Log::open(&reader)?.head().clone();
            // An index ahead of the head: another process may have appended since the head was read, so it is read
            // again. Only if it stands still was an older copy put back, and the index is built anew.
            let still = size == Some(head.size);
            size = Some(head.size);
            match Self::at_head(&folder, reader, head, !still) {
                Err(Error::Ledger(crate::ledger::Error::Index(index::Error::Ahead { .. }))) => {}
                Ok(mut catalog) => {
                    catalog.whose(desk, place);
                    return Ok(catalog);
                }
                Err(other) => return Err(other),
            }
        }
    }

    /// The same for a head that the caller has read.
    pub fn of(desk: &Desk, head: LogHead) -> Result<Self, Error> {
        Self::at_head(&desk.index(), desk.reader()?, head, false)
    }

    fn at_head(
        folder: &Path,
        reader: Box<dyn Reader>,
        head: LogHead,
        may_be_old: bool,
    ) -> Result<Self, Error> {
        let same = |rows| rows;
        let reader = Box::new(AtHead::new(reader, head.size));
        let catalog = Self::followed(folder, reader, head, &same, may_be_old)?;
        catalog.check_signatures()?;
        Ok(catalog)
    }

    /// Says what this machine knows of a ledger that is not worked in here. Reading is never refused.
    fn whose(&mut self, desk: &Desk, place: &Place) {
        if place.only_read().is_none() {
            return;
        }
        match desk.known().compare(&self.head, &self.reader) {
            Ok(Standing::FirstContact) => self.notes.push(
                "first contact, identity not checked: `claimledger audit PLACE --ledger-key VKEY` checks it"
                    .to_owned(),
            ),
            Ok(_) => {}
            Err(e) => self.notes.push(e.to_string()),
        }
    }

    /// The log on a scratch disk, and an index whose rows past that of the ledger stay in memory.
    pub fn over(desk: &Desk, scratch: Scratch<FolderDisk>, head: LogHead) -> Result<Self, Error> {
        let reader = Box::new(Files::new(scratch));
        let layered = |rows| -> Box<dyn Rows> { Box::new(Layered::over(rows)) };
        Self::followed(&desk.index(), reader, head, &layered, false)
    }

    fn followed(
        folder: &Path,
        reader: Box<dyn Reader>,
        head: LogHead,
        wrap: &dyn Fn(Box<dyn Rows>) -> Box<dyn Rows>,
        may_be_old: bool,
    ) -> Result<Self, Error> {
        let mut notes = Vec::new();
        let mut rebuilt = false;
        let index = loop {
            match follow(sled(folder).map(wrap), &*reader, &head) {
                Ok(index) => break index,
                Err(ahead @ index::Error::Ahead { .. }) if may_be_old => return Err(ahead.into()),
                Err(e @ (index::Error::Corrupt { .. } | index::Error::Ahead { .. }))
                    if !rebuilt =>
                {
                    rebuilt = true;
                    if files::remove_folder(folder).is_ok() {
                        notes.push(format!("the index was thrown away and rebuilt: {e}"));
                    }
                }
                Err(
                    index::Error::Held { .. }
                    | index::Error::Corrupt { .. }
                    | index::Error::Ahead { .. },
                ) => {
                    notes.push(
                        "the index cannot be used (held by another process, or its folder cannot be written): \
                         read from the log instead"
                            .to_owned(),
                    );
                    let rows: Result<Box<dyn Rows>, index::Error> =
                        Ok(Box::new(MemoryRows::default()));
                    break follow(rows, &*reader, &head)?;
                }
                Err(other) => return Err(other.into()),
            }
        };
        Ok(Self {
            reader,
            head,
            index,
            names: BTreeMap::new(),
            notes,
        })
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
        let first = self.ask().ledger()?.map(|ledger| ledger.checkpoint_key);
        let first = first.unwrap_or(*self.head.vkey.key());
        let mut keys = CheckpointKeys::new(self.head.origin.clone(), first);
        let mut events = Vec::new();
        for kind in [
            StatementType::CheckpointRotate,
            StatementType::CheckpointRetire,
        ] {
            events.extend(self.ask().of_type(kind, self.head.size)?);
        }
        events.sort_unstable();
        for index in events {
            keys.take(index, &self.log()?.statement(index)?.1.body);
        }
        Ok(keys)
    }

    /// Takes in entries that were laid down on the scratch disk this catalog is over.
    pub fn take_in(&mut self, admitted: Vec<Admitted>, head: LogHead) -> Result<(), Error> {
        let admitted = admitted.into_iter().map(Some).collect();
        self.index.take_in(admitted, head.root)?;
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

    /// The log.
    pub fn log(&self) -> Result<Log<'_>, Error> {
        Ok(Log::at(&*self.reader, self.head.clone()))
    }

    /// The questions one can ask.
    pub fn ask(&self) -> Indexed<'_, Box<dyn Rows>> {
        self.index.view(&*self.reader)
    }

    /// How far the index has followed.
    pub fn marker(&self) -> index::Marker {
        *self.index.marker()
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
            let found = self.ask().by_id_prefix(name, at_size)?;
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
            && let Some(index) = self.ask().by_label(&label, at_size)?
        {
            return Ok(index);
        }
        Err(not_found().into())
    }

    /// What a person would call a statement: its label, or else its number, or else the beginning of its id.
    pub fn name_of(&self, id: &claimledger_core::model::StatementId) -> Result<String, Error> {
        use claimledger_core::rules::View as _;
        let Some(fact) = self.ask().statement(id)? else {
            return Ok(id.short());
        };
        let (_, statement) = self.log()?.statement(fact.index)?;
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
        let (_, statement) = self.log()?.statement(index)?;
        Ok((statement.id(), statement.body.clone()))
    }
}

/// What reads a place. A folder and a mirror are this machine's; of anything else nothing is believed that its checkpoint
/// does not cover.
fn reader_of(place: &Place) -> Result<Box<dyn Reader>, Error> {
    let reader = place.open(&client())?;
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

fn sled(folder: &Path) -> Result<Box<dyn Rows>, index::Error> {
    Ok(Box::new(SledRows::open(folder, INDEX_WAIT)?))
}

fn follow(
    rows: Result<Box<dyn Rows>, index::Error>,
    reader: &dyn Reader,
    head: &LogHead,
) -> Result<Index<Box<dyn Rows>>, index::Error> {
    let mut index = Index::open(rows?)?;
    index.catch_up(reader, head.size, &head.root, &mut |_| {})?;
    Ok(index)
}

/// Rows that stay in memory over others that are only read.
struct Layered {
    below: Box<dyn Rows>,
    above: MemoryRows,
}

impl Layered {
    fn over(below: Box<dyn Rows>) -> Self {
        Self {
            below,
            above: MemoryRows::default(),
        }
    }
}

impl Rows for Layered {
    fn read(&self, key: &[u8]) -> Result<Option<Vec<u8>>, index::Error> {
        match self.above.read(key)? {
            Some(value) => Ok(Some(value)),
            None => self.below.read(key),
        }
    }

    fn beginning(&self, prefix: &[u8]) -> Result<Vec<index::rows::Row>, index::Error> {
        let below = self.below.beginning(prefix)?;
        let above = self.above.beginning(prefix)?;
        let rows: BTreeMap<Vec<u8>, Vec<u8>> = below
            .into_iter()
            .chain(above)
            .map(|row| (row.key, row.value))
            .collect();
        let row = |(key, value)| index::rows::Row { key, value };
        Ok(rows.into_iter().map(row).collect())
    }

    fn write(&mut self, batch: Vec<index::rows::Row>) -> Result<(), index::Error> {
        self.above.write(batch)
    }
}

/// Eight digits tell four thousand million statements apart.
const MIN_ID_DIGITS: usize = 8;

/// How long to wait for another process to let go of the index before reading from the log.
const INDEX_WAIT: Duration = Duration::from_secs(2);
