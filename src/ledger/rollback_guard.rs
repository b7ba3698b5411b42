//! Guards against rollback: remembers the id, the key and the newest checkpoint at each place of each ledger that this
//! machine has seen.
//!
//! One small file for each origin in the user's state folder. A copy older than the newest remembered head is never
//! appended to; a ledger with another id under a remembered origin is refused.

use super::error::RollbackError as Error;
use super::memory_file;
use crate::host::disk::{Disk as _, FolderDisk};
use crate::host::{durable, files, folders, lock::WriterLock};
use claimledger_core::TreeSize;
use claimledger_core::crypto::{Digest, sha256};
use claimledger_core::encoding::name::Origin;
use claimledger_core::log::Reader;
use claimledger_core::log::open::LogHead;
use claimledger_core::log::tiles;
use claimledger_core::model::StatementId;
use claimledger_core::tlog::checkpoint::{Checkpoint, SignedCheckpoint};
use claimledger_core::tlog::note::VerifierKey;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A copy, compared with the memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeadComparison {
    /// This origin is not remembered.
    FirstContact,
    /// It is the remembered ledger, at the newest remembered head or ahead of it.
    Current,
    /// This machine has only read it here, never written it.
    OnlyRead,
}

/// What this machine remembers of one ledger.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RememberedLedger {
    /// Its name.
    pub origin: String,
    /// Its id.
    pub ledger: StatementId,
    /// The key under which its checkpoints verified first.
    pub vkey: String,
    /// Where it was seen.
    pub places: Vec<RememberedPlace>,
}

/// A place at which a ledger was seen.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RememberedPlace {
    /// The place.
    pub place: String,
    /// The entries seen there.
    pub size: TreeSize,
    /// Whether this machine wrote or adopted that copy.
    pub written: bool,
}

/// A signed head of a ledger, verified.
#[derive(Debug, Clone, Copy)]
pub struct Head<'a> {
    /// The ledger's name.
    pub origin: &'a Origin,
    /// Its id.
    pub ledger: StatementId,
    /// The key that the head verified under.
    pub vkey: &'a VerifierKey,
    /// Its entries.
    pub size: TreeSize,
    /// The signed checkpoint, verbatim.
    pub checkpoint: &'a [u8],
}

/// The memory of this machine, in one folder.
#[derive(Debug, Clone)]
pub struct RollbackGuard {
    folder: PathBuf,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Memory {
    origin: Origin,
    ledger: StatementId,
    vkey: String,
    /// The newest checkpoint at each place, verbatim.
    places: BTreeMap<String, Place>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Place {
    checkpoint: String,
    written: bool,
}

struct Seen {
    place: String,
    size: TreeSize,
    root: Digest,
}

impl Memory {
    /// Of a ledger that no place is remembered of yet.
    fn new(head: &Head<'_>) -> Self {
        Self {
            origin: head.origin.clone(),
            ledger: head.ledger,
            vkey: head.vkey.to_string(),
            places: BTreeMap::new(),
        }
    }
}

impl RollbackGuard {
    /// The memory in `folder` (`host::folders::state_folder`, or the demo's own).
    pub fn at(folder: &Path) -> Self {
        Self {
            folder: folder.join("ledgers"),
        }
    }

    /// Compares a copy with the memory of its origin.
    pub fn compare(&self, head: &LogHead, reader: &dyn Reader) -> Result<HeadComparison, Error> {
        let Some(memory) = self.read(&head.origin)? else {
            return Ok(if self.was_founded_here(head)? {
                HeadComparison::Current
            } else {
                HeadComparison::FirstContact
            });
        };
        if memory.ledger != head.ledger {
            return Err(Error::Replaced {
                origin: head.origin.clone(),
                known: memory.ledger,
                found: head.ledger,
            });
        }
        let seen = self.seen(&memory)?;
        if let Some(newest) = seen.iter().max_by_key(|seen| seen.size)
            && newest.size > head.size
        {
            return Err(Error::OldCopy {
                origin: head.origin.clone(),
                have: head.size,
                newest: newest.size,
                place: newest.place.clone(),
            });
        }
        // Every place, not only the newest: a witness may have seen a different history before this copy grew past it.
        for seen in seen {
            let ours = if seen.size == head.size {
                head.root
            } else {
                tiles::root_at(reader, seen.size)?
            };
            if ours != seen.root {
                return Err(Error::Forked {
                    origin: head.origin.clone(),
                    size: seen.size,
                    place: seen.place,
                });
            }
        }
        if memory.places.values().any(|place| place.written) || self.was_founded_here(head)? {
            Ok(HeadComparison::Current)
        } else {
            Ok(HeadComparison::OnlyRead)
        }
    }

    /// Every remembered head of a ledger, each once; refuses another ledger under its name.
    pub fn heads(
        &self,
        origin: &Origin,
        ledger: &StatementId,
    ) -> Result<Vec<SignedCheckpoint>, Error> {
        let Some(memory) = self.read(origin)? else {
            return Ok(Vec::new());
        };
        if memory.ledger != *ledger {
            return Err(Error::Replaced {
                origin: origin.clone(),
                known: memory.ledger,
                found: *ledger,
            });
        }
        let mut heads: BTreeMap<(TreeSize, Digest), SignedCheckpoint> = BTreeMap::new();
        for place in memory.places.values() {
            let signed = self.signed(origin, place)?;
            let head = signed.checkpoint();
            heads.insert((head.size, head.root), signed);
        }
        Ok(heads.into_values().collect())
    }

    /// Refuses an append to a copy that this machine has not written or adopted, or that is older than the newest it
    /// knows.
    pub fn may_append(&self, head: &LogHead, reader: &dyn Reader) -> Result<(), Error> {
        match self.compare(head, reader)? {
            HeadComparison::Current => Ok(()),
            HeadComparison::FirstContact | HeadComparison::OnlyRead => Err(Error::NeverWritten {
                origin: head.origin.clone(),
            }),
        }
    }

    /// Remembers the head of a copy; `written` if this machine wrote or adopted it. A head older than the one
    /// remembered for that place changes nothing: a reader may be slower than a writer who has overtaken it.
    pub fn remember(&self, head: &LogHead, place: &str, written: bool) -> Result<(), Error> {
        let head = Head {
            origin: &head.origin,
            ledger: head.ledger,
            vkey: &head.vkey,
            size: head.size,
            checkpoint: &head.checkpoint,
        };
        self.remember_head(&head, place, written)
    }

    /// Remembers a head as [`RollbackGuard::remember`] does; the head was verified without its log.
    pub fn remember_head(&self, head: &Head<'_>, place: &str, written: bool) -> Result<(), Error> {
        folders::make_private(&self.folder)?;
        let _lock = WriterLock::acquire(&self.folder.join("lock"), LOCK_WAIT)?;
        let file = self.file(head.origin);
        let (mut memory, whole) = match read_whole(&file)? {
            Some((memory, whole)) => (memory, Some(whole)),
            None => (Memory::new(head), None),
        };
        if memory.ledger != head.ledger {
            return Err(Error::Replaced {
                origin: head.origin.clone(),
                known: memory.ledger,
                found: head.ledger,
            });
        }
        let mut here = Place {
            checkpoint: String::from_utf8_lossy(head.checkpoint).into_owned(),
            written,
        };
        if let Some(before) = memory.places.get(place) {
            here.written |= before.written;
            if self.parse(&memory.origin, before)?.size > head.size {
                here.checkpoint.clone_from(&before.checkpoint);
            }
        }
        memory.places.insert(place.to_owned(), here);
        memory_file::add(&file, whole, &memory)?;
        Ok(())
    }

    /// Refuses the name of a remembered ledger for a new one: nothing could be appended to the new one afterwards.
    pub fn may_create(&self, origin: &Origin) -> Result<(), Error> {
        match self.read(origin)? {
            None => Ok(()),
            Some(memory) => Err(Error::Taken {
                origin: origin.clone(),
                known: memory.ledger,
            }),
        }
    }

    /// Remembers that this machine is about to make a ledger. From here on an interrupted `init` can be run again, and what
    /// it made can be appended to, although its first head was never remembered.
    pub fn begin_founding(&self, origin: &Origin, ledger: &StatementId) -> Result<(), Error> {
        folders::make_private(&self.folder)?;
        let text = format!("{ledger}\n");
        Ok(durable::replace_file(
            &self.founding_file(origin),
            text.as_bytes(),
        )?)
    }

    /// The ledger that this machine has begun to make under a name, and perhaps not finished.
    pub fn founded(&self, origin: &Origin) -> Result<Option<StatementId>, Error> {
        let path = self.founding_file(origin);
        let Some(bytes) = files::read_if_there(&path)? else {
            return Ok(None);
        };
        let text = String::from_utf8_lossy(&bytes);
        let id = text.trim().parse().map_err(|e| Error::Unreadable {
            path: path.display().to_string(),
            reason: format!("{e}"),
        })?;
        Ok(Some(id))
    }

    /// Whether an `init` on this machine was interrupted after the commit of this ledger. Commands that only read may have
    /// remembered it since.
    fn was_founded_here(&self, head: &LogHead) -> Result<bool, Error> {
        Ok(self.founded(&head.origin)? == Some(head.ledger))
    }

    /// The founding is complete, and its head is remembered.
    pub fn end_founding(&self, origin: &Origin) -> Result<(), Error> {
        Ok(files::remove(&self.founding_file(origin))?)
    }

    /// The memory of every ledger, by name.
    pub fn all(&self) -> Result<Vec<RememberedLedger>, Error> {
        let mut all = Vec::new();
        for name in files::names(&self.folder)? {
            let path = self.folder.join(name);
            if path.extension().is_some_and(|end| end == "json")
                && let Some(memory) = read_file(&path)?
            {
                all.push(self.remembered(&memory)?);
            }
        }
        all.sort_by(|a, b| a.origin.cmp(&b.origin));
        Ok(all)
    }

    /// The memory of one ledger.
    pub fn find(&self, origin: &Origin) -> Result<RememberedLedger, Error> {
        let memory = self.read(origin)?.ok_or_else(|| Error::Unknown {
            origin: origin.clone(),
        })?;
        self.remembered(&memory)
    }

    /// Forgets a ledger. After that, any copy of it, and any other ledger with its name, is accepted at first sight:
    /// without the memory, an old or forked copy cannot be told from the newest.
    pub fn forget(&self, origin: &Origin) -> Result<(), Error> {
        let path = self.file(origin);
        if !files::exists(&path) {
            return Err(Error::Unknown {
                origin: origin.clone(),
            });
        }
        let _lock = WriterLock::acquire(&self.folder.join("lock"), LOCK_WAIT)?;
        self.end_founding(origin)?;
        files::remove(&path)?;
        // A crash before this line may restore the memory, which is the safe side.
        FolderDisk::new(&self.folder).sync_folder("")?;
        Ok(())
    }

    fn remembered(&self, memory: &Memory) -> Result<RememberedLedger, Error> {
        let places = memory.places.iter();
        let places: Result<_, Error> = places
            .map(|(place, known)| {
                Ok(RememberedPlace {
                    place: place.clone(),
                    size: self.parse(&memory.origin, known)?.size,
                    written: known.written,
                })
            })
            .collect();
        Ok(RememberedLedger {
            origin: memory.origin.to_string(),
            ledger: memory.ledger,
            vkey: memory.vkey.clone(),
            places: places?,
        })
    }

    /// The file for an origin.
    pub fn file(&self, origin: &Origin) -> PathBuf {
        let name = sha256(&[origin.as_str().as_bytes()]);
        self.folder.join(format!("{}.json", name.short(32)))
    }

    fn founding_file(&self, origin: &Origin) -> PathBuf {
        self.file(origin).with_extension("founding")
    }

    fn read(&self, origin: &Origin) -> Result<Option<Memory>, Error> {
        read_file(&self.file(origin))
    }

    /// The newest head at each place.
    fn seen(&self, memory: &Memory) -> Result<Vec<Seen>, Error> {
        let places = memory.places.iter();
        places
            .map(|(place, known)| {
                let checkpoint = self.parse(&memory.origin, known)?;
                Ok(Seen {
                    place: place.clone(),
                    size: checkpoint.size,
                    root: checkpoint.root,
                })
            })
            .collect()
    }

    fn parse(&self, origin: &Origin, place: &Place) -> Result<Checkpoint, Error> {
        let signed = self.signed(origin, place)?;
        Ok(signed.checkpoint().clone())
    }

    fn signed(&self, origin: &Origin, place: &Place) -> Result<SignedCheckpoint, Error> {
        SignedCheckpoint::parse(place.checkpoint.as_bytes()).map_err(|e| Error::Unreadable {
            path: self.file(origin).display().to_string(),
            reason: e.to_string(),
        })
    }
}

fn read_file(path: &Path) -> Result<Option<Memory>, Error> {
    Ok(read_whole(path)?.map(|(memory, _)| memory))
}

/// What a file remembers, and the length of what is whole in it.
fn read_whole(path: &Path) -> Result<Option<(Memory, usize)>, Error> {
    let Some(bytes) = files::read_if_there(path)? else {
        return Ok(None);
    };
    let memory = memory_file::newest(&bytes).map_err(|e| Error::Unreadable {
        path: path.display().to_string(),
        reason: e.to_string(),
    })?;
    Ok(Some(memory))
}

/// Writing the memory is short; a process that holds the lock longer than this hangs.
const LOCK_WAIT: Duration = Duration::from_secs(5);
