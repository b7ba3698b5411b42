//! The only writer: holds the lock, knows the end of the chain and the edge of the tree, and signs checkpoints.

use super::Error;
use crate::host::{disk::Disk, lock::WriterLock};
use crate::store::{self, Home};
use claimledger_core::EntryIndex;
use claimledger_core::TreeSize;
use claimledger_core::crypto::Digest;
use claimledger_core::crypto::{PublicKey, Signature};
use claimledger_core::entry::{self, Entry};
use claimledger_core::log;
use claimledger_core::log::Reader;
use claimledger_core::log::checkpoint_keys::CheckpointKeys;
use claimledger_core::log::closed;
use claimledger_core::log::names;
use claimledger_core::log::open::{Log, LogHead};
use claimledger_core::log::tiles;
use claimledger_core::tlog::checkpoint::{Checkpoint, SignedCheckpoint};
use claimledger_core::tlog::merkle::{Frontier, leaf_hash};
use claimledger_core::tlog::note::{Note, NoteSignature, VerifierKey};
use claimledger_core::tlog::tile::{self, TILE_WIDTH, TileKind, TilePath};

/// Signs checkpoints: with a key in a file or in an agent; during a rotation with both keys.
pub trait CheckpointSigner {
    /// The checkpoint key.
    fn public(&self) -> PublicKey;
    /// Signs a note's text.
    fn sign(&self, text: &[u8]) -> Result<Signature, Box<dyn std::error::Error + Send + Sync>>;
    /// Signs with this key of the ledger; `None` if it is not available.
    fn sign_with(
        &self,
        key: &PublicKey,
        text: &[u8],
    ) -> Result<Option<Signature>, Box<dyn std::error::Error + Send + Sync>> {
        if *key == self.public() {
            self.sign(text).map(Some)
        } else {
            Ok(None)
        }
    }
}

/// A ledger open for appending. Dropping it releases the lock.
pub struct Writer<D: Disk> {
    pub(super) home: Home<D>,
    pub(super) head: LogHead,
    pub(super) frontier: Frontier,
    pub(super) chain: entry::Head,
    /// The entries of the last bundle, if it is not full: the next commit writes it again, longer.
    pub(super) edge: Vec<Vec<u8>>,
    _lock: Option<WriterLock>,
}

impl<D: Disk> Writer<D> {
    /// Opens a ledger for appending. The caller has taken the lock, so the checkpoint read here is the newest.
    ///
    /// A valid `checkpoint.next` is completed, never replaced by another head; leftovers of interrupted commits are
    /// removed.
    pub fn open(disk: D, lock: Option<WriterLock>) -> Result<Self, Error> {
        let heads = verified_heads(&disk)?;
        let verifies = |bytes: &[u8]| heads.iter().any(|head| head == bytes);
        let home = Home::open_to_write(disk, &verifies)?;
        let head = Log::open(&home)?.head().clone();
        not_closed(&home, &head)?;
        let edge = Edge::read(&home, head.size, &head.root)?;
        Ok(Self::at(home, head, edge, lock))
    }

    /// The same for a head that the caller has read through `reader` before it took the lock. If that is still the
    /// newest, only the edge of the log is read, through the same reader; otherwise everything is.
    pub fn open_from(
        disk: D,
        lock: Option<WriterLock>,
        known: &LogHead,
        reader: &dyn Reader,
    ) -> Result<Self, Error> {
        let unmoved = disk.read(names::NEXT)?.is_none()
            && disk.read(names::CHECKPOINT)?.as_ref() == Some(&known.checkpoint);
        if !unmoved {
            return Self::open(disk, lock);
        }
        not_closed(reader, known)?;
        let home = Home::open_at(disk, known.size)?;
        let edge = Edge::read(reader, known.size, &known.root)?;
        Ok(Self::at(home, known.clone(), edge, lock))
    }

    fn at(home: Home<D>, head: LogHead, edge: Edge, lock: Option<WriterLock>) -> Self {
        Self {
            home,
            head,
            frontier: edge.frontier,
            chain: edge.chain,
            edge: edge.partial,
            _lock: lock,
        }
    }

    pub(super) fn begin(home: Home<D>, head: LogHead, lock: Option<WriterLock>) -> Self {
        Self {
            home,
            head,
            frontier: Frontier::new(),
            chain: entry::Head::EMPTY,
            edge: Vec::new(),
            _lock: lock,
        }
    }

    /// Which ledger, and how far it goes.
    pub fn head(&self) -> &LogHead {
        &self.head
    }

    /// The size before and after the interrupted commit that opening has finished, if there was one.
    pub fn finished(&self) -> Option<(TreeSize, TreeSize)> {
        self.home.finished()
    }

    /// What reads the log.
    pub fn reader(&self) -> &dyn Reader {
        &self.home
    }

    /// Signs the head that `frontier` makes, with every key that must sign at its size.
    pub(super) fn sign_head(
        &self,
        frontier: &Frontier,
        keys: &CheckpointKeys,
        signer: &dyn CheckpointSigner,
    ) -> Result<SignedCheckpoint, Error> {
        let checkpoint = Checkpoint {
            origin: self.head.origin.clone(),
            size: frontier.size(),
            root: frontier.root(),
        };
        let text = checkpoint.text();
        let mut lines = Vec::new();
        for vkey in keys.signing(checkpoint.size) {
            let signature = signed_with(signer, &vkey, text.as_bytes())?;
            lines.push(NoteSignature::new(&vkey, signature));
        }
        let note = Note::new(text, lines).print();
        Ok(SignedCheckpoint::parse(note.as_bytes())?)
    }

    /// Removes what interrupted commits left; returns the number of files. Opening has completed what could be
    /// completed.
    pub fn clear(&self) -> Result<u64, Error> {
        Ok(self.home.sweep()?)
    }

    /// Closes this copy: it takes no more entries. The ledger continues elsewhere.
    pub fn close(self, reason: &str, signer: &dyn CheckpointSigner) -> Result<(), Error> {
        let note = closed::sign(&self.head, reason, |vkey, text| {
            signed_with(signer, vkey, text)
        })?;
        Ok(self.home.disk().replace(closed::FILE, &note)?)
    }
}

/// Why the copy behind a reader is closed at this head or an earlier one; `None` if it has no `closed` file, or one that
/// closes nothing: anybody may have put it there, and an interrupted `ledger close` of an earlier version left it empty.
pub fn closing(reader: &dyn Reader, head: &LogHead) -> Result<Option<Closing>, Error> {
    let Some(bytes) = reader.read(closed::FILE)? else {
        return Ok(None);
    };
    let root_at = |size| match size {
        size if size == head.size => Some(head.root),
        size if size < head.size => tiles::root_at(reader, size).ok(),
        _ => None,
    };
    Ok(Some(
        match closed::of_ledger(&bytes, &head.keys, &head.origin, root_at) {
            Ok(closed) => Closing::Closed(closed.reason),
            Err(why) => Closing::NotBelieved(why.to_string()),
        },
    ))
}

/// What a `closed` file does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Closing {
    /// It closes the copy, for this reason.
    Closed(String),
    /// Nothing, for this reason.
    NotBelieved(String),
}

/// Refuses a copy that takes no more entries.
pub fn not_closed(reader: &dyn Reader, head: &LogHead) -> Result<(), Error> {
    match closing(reader, head)? {
        Some(Closing::Closed(reason)) => Err(Error::Closed { reason }),
        None | Some(Closing::NotBelieved(_)) => Ok(()),
    }
}

/// Whether there is a ledger on this disk: a checkpoint, or the complete `checkpoint.next` of a first commit that was
/// interrupted after its head was signed. A commit that was interrupted earlier never happened.
pub fn stands_on<D: Disk>(disk: &D) -> Result<bool, Error> {
    Ok(newest_head(disk)?.is_some())
}

fn newest_head<D: Disk>(disk: &D) -> Result<Option<Vec<u8>>, Error> {
    if let Some(bytes) = disk.read(names::CHECKPOINT)? {
        return Ok(Some(bytes));
    }
    let first = disk.read(names::NEXT)?;
    Ok(first.filter(|bytes| SignedCheckpoint::parse(bytes).is_ok()))
}

/// A signature by one of the ledger's keys, which must be available.
fn signed_with(
    signer: &dyn CheckpointSigner,
    vkey: &VerifierKey,
    text: &[u8],
) -> Result<Signature, Error> {
    let signature = signer.sign_with(vkey.key(), text).map_err(Error::Signing)?;
    signature.ok_or_else(|| Error::CheckpointKey {
        expected: *vkey.key(),
        found: signer.public(),
    })
}

/// `checkpoint`, and the `checkpoint.next` of an interrupted commit: those of them that this ledger's keys signed. The keys
/// come from entry 0 and the rotations. If the tiles of `checkpoint.next` cannot be read, its keys come from the head
/// before, and then completing the commit fails.
fn verified_heads<D: Disk>(disk: &D) -> Result<Vec<Vec<u8>>, Error> {
    let place = disk.place();
    let Some(newest) = newest_head(disk)? else {
        return Err(log::Error::NoLedger { place }.into());
    };
    let damaged = |reason: String| -> Error {
        log::Error::Damaged {
            place: place.clone(),
            reason: reason.into(),
        }
        .into()
    };
    let signed = SignedCheckpoint::parse(&newest)
        .map_err(|e| damaged(format!("its checkpoint is malformed: {e}")))?;
    let home = store::Files::new(disk);
    let first = tiles::read_entry(&home, EntryIndex::FIRST, signed.checkpoint().size)?;
    let first = claimledger_core::log::open::verified(&home, &first, EntryIndex::FIRST)?;
    let claimledger_core::model::Body::LedgerCreate(create) = &first.body else {
        return Err(damaged("entry 0 is not ledger.create".to_owned()));
    };
    let (origin, key) = (&create.origin, create.checkpoint_key);
    let keys_at = |bytes: &[u8], signed: &SignedCheckpoint| {
        claimledger_core::log::open::keys_at_head(&home, origin, key, bytes, signed)
    };
    let ours = |signed: &SignedCheckpoint| signed.checkpoint().origin == *origin;
    let mut heads = Vec::new();
    if ours(&signed) && keys_at(&newest, &signed)?.check(&signed).is_ok() {
        heads.push(newest.clone());
    }
    let next = disk.read(names::NEXT)?;
    if let Some(next) = next
        && let Ok(pending) = SignedCheckpoint::parse(&next)
        && ours(&pending)
    {
        let whole = match keys_at(&next, &pending) {
            Ok(keys) => keys.check(&pending).is_ok(),
            Err(_) => keys_at(&newest, &signed)?.newest_signed(&pending),
        };
        if whole {
            heads.push(next);
        }
    }
    Ok(heads)
}

/// The right-hand edge of a log: the place of the next entry.
struct Edge {
    frontier: Frontier,
    chain: entry::Head,
    /// The entries of the last bundle, if it is not full.
    partial: Vec<Vec<u8>>,
}

impl Edge {
    fn read(reader: &dyn Reader, size: TreeSize, root: &Digest) -> Result<Self, Error> {
        let (frontier, entries) = edge(reader, size, root)?;
        let bytes = entries.last().expect("a log has an entry");
        let last = Entry::decode(bytes)?;
        if last.index.size_through() != size {
            return Err(log::Error::Damaged {
                place: reader.place(),
                reason: format!("its last entry says index {}", last.index).into(),
            }
            .into());
        }
        Ok(Self {
            frontier,
            chain: last.head_after(bytes),
            partial: if size.get().is_multiple_of(TILE_WIDTH) {
                Vec::new()
            } else {
                entries
            },
        })
    }
}

/// The right-hand edge of the tree, whose root must be the checkpoint's, with the newest bundle. It takes an audit to
/// check the rest of the log.
pub fn edge_is_whole(
    reader: &dyn Reader,
    size: TreeSize,
    root: &Digest,
) -> Result<Frontier, Error> {
    Ok(edge(reader, size, root)?.0)
}

fn edge(
    reader: &dyn Reader,
    size: TreeSize,
    root: &Digest,
) -> Result<(Frontier, Vec<Vec<u8>>), Error> {
    let frontier = tiles::frontier_at(reader, size)?;
    if frontier.root() != *root {
        return Err(log::Error::Damaged {
            place: reader.place(),
            reason: "its tiles do not hash to its checkpoint's root".into(),
        }
        .into());
    }
    Ok((frontier, last_bundle(reader, size)?))
}

/// The entries of the last bundle. Refuses a bundle whose entries do not hash to the leaves in their tile: the next
/// append copies them into a new bundle and links to the last of them, so a wrong byte would be in every later copy.
fn last_bundle(reader: &dyn Reader, size: TreeSize) -> Result<Vec<Vec<u8>>, Error> {
    let index = (size.get() - 1) / TILE_WIDTH;
    let first = EntryIndex::new(index * TILE_WIDTH);
    let path = TilePath {
        kind: TileKind::Hashes(0),
        index,
        width: u16::try_from(size.entries_after(first.size_before())).expect("at most 256"),
    };
    let damaged = |reason: String| -> Error {
        log::Error::Damaged {
            place: reader.place(),
            reason: reason.into(),
        }
        .into()
    };
    let bytes =
        tiles::read_tile(reader, &path)?.ok_or_else(|| damaged(format!("{path} is missing")))?;
    let leaves = tile::decode_hashes(&bytes, path.width)?;
    let entries = tiles::read_entries(reader, first, size, size)?;
    for ((entry, leaf), number) in entries.iter().zip(&leaves).zip(size.indices_from(first)) {
        if leaf_hash(entry) != *leaf {
            return Err(damaged(format!(
                "the bytes of entry {number} are not those of its leaf"
            )));
        }
    }
    Ok(entries)
}

/// The leaf of an entry.
pub(super) fn leaf(entry: &Entry) -> Result<(Vec<u8>, claimledger_core::crypto::Digest), Error> {
    let bytes = entry.encode()?;
    let hash = leaf_hash(&bytes);
    Ok((bytes, hash))
}
