//! The log with its index, open for questions; what went wrong with the index is said, and never the end of it.

use super::{Desk, Error};
use crate::encoding::name::Label;
use crate::host::disk::FolderDisk;
use crate::index::{self, Index, Indexed, MemoryRows, Rows, SledRows};
use crate::ledger::{Log, LogHead};
use crate::model::StatementType;
use crate::store::Files;
use std::time::Duration;

/// A log and its index.
pub struct Catalog {
    reader: Files<FolderDisk>,
    head: LogHead,
    index: Index<Box<dyn Rows>>,
    /// What to tell the person about the index.
    pub notes: Vec<String>,
}

impl Catalog {
    /// Opens the log, and the index caught up with it.
    pub fn open(desk: &Desk) -> Result<Self, Error> {
        let reader = desk.reader();
        let head = Log::open(&reader)?.head().clone();
        Self::of(desk, reader, head)
    }

    /// The same for a head that the caller has read.
    pub fn of(desk: &Desk, reader: Files<FolderDisk>, head: LogHead) -> Result<Self, Error> {
        let folder = desk.ledger.join("index");
        let mut notes = Vec::new();
        let mut rebuilt = false;
        loop {
            match follow(sled(&folder), &reader, &head) {
                Ok(index) => {
                    return Ok(Self {
                        reader,
                        head,
                        index,
                        notes,
                    });
                }
                Err(index::Error::Corrupt { reason }) if !rebuilt => {
                    rebuilt = true;
                    if std::fs::remove_dir_all(&folder).is_ok() {
                        notes.push(format!("the index was thrown away and rebuilt: {reason}"));
                    }
                }
                Err(index::Error::Held { .. } | index::Error::Corrupt { .. }) => {
                    notes.push(
                        "the index cannot be used (held by another process, or its folder cannot be written): \
                         read from the log instead"
                            .to_owned(),
                    );
                    let rows: Result<Box<dyn Rows>, index::Error> =
                        Ok(Box::new(MemoryRows::default()));
                    return Ok(Self {
                        index: follow(rows, &reader, &head)?,
                        reader,
                        head,
                        notes,
                    });
                }
                Err(other) => return Err(other.into()),
            }
        }
    }

    /// Which ledger, and how far it goes.
    pub fn head(&self) -> &LogHead {
        &self.head
    }

    /// The log.
    pub fn log(&self) -> Result<Log<'_>, Error> {
        Ok(Log::open(&self.reader)?)
    }

    /// The questions one can ask.
    pub fn ask(&self) -> Indexed<'_, Box<dyn Rows>> {
        self.index.view(&self.reader)
    }

    /// The index itself, for taking in what was appended.
    pub fn index_mut(&mut self) -> &mut Index<Box<dyn Rows>> {
        &mut self.index
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
    pub fn name_of(&self, id: &crate::model::StatementId) -> Result<String, Error> {
        use crate::rules::View as _;
        let Some(fact) = self.ask().statement(id)? else {
            return Ok(id.short());
        };
        let (_, statement) = self.log()?.statement(fact.index)?;
        let label = statement.label.as_ref().map(ToString::to_string);
        Ok(label.unwrap_or_else(|| format!("#{}", fact.index)))
    }

    /// The id of the statement that a person means, which must be of this type.
    pub fn id_of(
        &self,
        name: &str,
        wanted: StatementType,
    ) -> Result<crate::model::StatementId, Error> {
        let index = self.resolve(name, self.head.size)?;
        let (_, statement) = self.log()?.statement(index)?;
        if statement.statement_type == wanted {
            Ok(statement.id())
        } else {
            Err(Error::WrongKind {
                name: name.to_owned(),
                found: statement.statement_type.to_string(),
                wanted: wanted.to_string(),
            })
        }
    }
}

fn sled(folder: &std::path::Path) -> Result<Box<dyn Rows>, index::Error> {
    Ok(Box::new(SledRows::open(folder, INDEX_WAIT)?))
}

fn follow(
    rows: Result<Box<dyn Rows>, index::Error>,
    reader: &Files<FolderDisk>,
    head: &LogHead,
) -> Result<Index<Box<dyn Rows>>, index::Error> {
    let mut index = Index::open(rows?)?;
    index.catch_up(reader, head.size, &head.root, &mut |_| {})?;
    Ok(index)
}

/// Eight digits tell four thousand million statements apart.
const MIN_ID_DIGITS: usize = 8;

/// How long to wait for another process to let go of the index before reading from the log.
const INDEX_WAIT: Duration = Duration::from_secs(2);
