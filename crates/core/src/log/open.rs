//! A log as a reader sees it: a checkpoint that verifies under the key of entry 0, and the entries it covers.

use super::checkpoint_keys::CheckpointKeys;
use super::error::Error;
use super::reader::Reader;
use super::scan::is_of_type;
use super::tiles::{read_entries, read_entry};
use crate::crypto::{Digest, PublicKey};
use crate::encoding::name::Origin;
use crate::entry::Entry;
use crate::envelope::Verified;
use crate::message;
use crate::message::Message;
use crate::model::{Body, Seen, StatementId, StatementType};
use crate::tlog::checkpoint::SignedCheckpoint;
use crate::tlog::note::VerifierKey;
use crate::tlog::tile::TILE_WIDTH;
use crate::tlog::{EntryIndex, TreeSize};

/// Which ledger, and how far it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogHead {
    /// The ledger's id: the statement id of entry 0.
    pub ledger: StatementId,
    /// Its name.
    pub origin: Origin,
    /// The number of entries.
    pub size: TreeSize,
    /// The root at that size.
    pub root: Digest,
    /// The key that its checkpoints verify under: the newest of those that sign.
    pub vkey: VerifierKey,
    /// Every key that signs or signed its checkpoints.
    pub keys: CheckpointKeys,
    /// The signed checkpoint, verbatim.
    pub checkpoint: Vec<u8>,
}

/// A log open for reading.
pub struct Log<'a> {
    reader: &'a dyn Reader,
    head: LogHead,
}

impl<'a> Log<'a> {
    /// Opens the log behind a reader: parses its checkpoint, takes origin and key from entry 0, and verifies the
    /// signature. It does not check whether this is the expected ledger; that needs a pin.
    pub fn open(reader: &'a dyn Reader) -> Result<Self, Error> {
        let bytes = reader.read("checkpoint")?.ok_or_else(|| Error::NoLedger {
            place: reader.place(),
        })?;
        let damaged = |reason: String| Error::Damaged {
            place: reader.place(),
            reason: reason.into(),
        };
        let signed = SignedCheckpoint::parse(&bytes)
            .map_err(|e| damaged(format!("its checkpoint is malformed: {e}")))?;
        let checkpoint = signed.checkpoint();
        if checkpoint.size.is_empty() {
            return Err(damaged("its checkpoint covers no entry".to_owned()));
        }
        let bytes_0 = read_entry(reader, EntryIndex::FIRST, checkpoint.size)?;
        let first = verified(reader, &bytes_0, EntryIndex::FIRST)?;
        let Body::LedgerCreate(create) = &first.body else {
            return Err(damaged("entry 0 is not ledger.create".to_owned()));
        };
        if checkpoint.origin != create.origin {
            return Err(damaged(format!(
                "its checkpoint belongs to {}, but its entry 0 names {}",
                checkpoint.origin, create.origin
            )));
        }
        let keys = keys_at_head(
            reader,
            &create.origin,
            create.checkpoint_key,
            &bytes,
            &signed,
        )?;
        keys.check(&signed)
            .map_err(|e| damaged(format!("its checkpoint does not verify: {e}")))?;
        Ok(Self {
            reader,
            head: LogHead {
                ledger: first.id(),
                origin: create.origin.clone(),
                size: checkpoint.size,
                root: checkpoint.root,
                vkey: keys.newest(checkpoint.size),
                keys,
                checkpoint: bytes,
            },
        })
    }

    /// The log behind a reader, for a head that the caller has read and verified.
    pub fn at(reader: &'a dyn Reader, head: LogHead) -> Self {
        Self { reader, head }
    }

    /// Which ledger, and how far it goes.
    pub fn head(&self) -> &LogHead {
        &self.head
    }

    /// What reads it.
    pub fn reader(&self) -> &'a dyn Reader {
        self.reader
    }

    /// The bytes of one entry, decoded.
    pub fn entry(&self, index: EntryIndex) -> Result<Entry, Error> {
        if !self.head.size.contains(index) {
            return Err(Error::NoEntry {
                index,
                size: self.head.size,
            });
        }
        let bytes = read_entry(self.reader, index, self.head.size)?;
        Entry::decode(&bytes).map_err(|e| damaged(self.reader, index, &e.message()))
    }

    /// One entry and its statement, the signature verified.
    pub fn statement(&self, index: EntryIndex) -> Result<(Entry, Verified), Error> {
        let entry = self.entry(index)?;
        let statement = open(self.reader, &entry, index)?;
        Ok((entry, statement))
    }

    /// The head as a statement's `seen` says it.
    pub fn seen(&self) -> Seen {
        Seen {
            root: self.head.root,
            size: self.head.size,
        }
    }
}

/// The keys at a signed head, read from the log behind it.
///
/// A head with a single signature of the ledger that verifies under the key of entry 0 is taken as a head before any
/// rotation; only a reader of all entries can know better. Otherwise this searches the log for rotations. The type is
/// at the end of a statement's bytes, so the search costs little more than reading.
pub fn keys_at_head(
    reader: &dyn Reader,
    origin: &Origin,
    first: PublicKey,
    head: &[u8],
    signed: &SignedCheckpoint,
) -> Result<CheckpointKeys, Error> {
    let mut keys = CheckpointKeys::new(origin.clone(), first);
    let own = format!("\u{2014} {origin} ");
    let lines = String::from_utf8_lossy(head);
    let alone = lines.lines().filter(|line| line.starts_with(&own)).count() == 1;
    if alone && keys.check(signed).is_ok() {
        return Ok(keys);
    }
    let size = signed.checkpoint().size;
    for (from, end) in size.portions(TILE_WIDTH) {
        let entries = read_entries(reader, from, end, size)?;
        for (bytes, index) in entries.iter().zip(end.indices_from(from)) {
            if speaks_of_checkpoint_keys(bytes) {
                keys.take(index, &verified(reader, bytes, index)?.body);
            }
        }
    }
    Ok(keys)
}

fn speaks_of_checkpoint_keys(entry: &[u8]) -> bool {
    let types = [
        StatementType::CheckpointRotate,
        StatementType::CheckpointRetire,
    ];
    types.iter().any(|t| is_of_type(entry, *t)) && Entry::decode(entry).is_ok()
}

/// Decodes an entry's bytes and verifies its signature.
pub fn verified(reader: &dyn Reader, bytes: &[u8], index: EntryIndex) -> Result<Verified, Error> {
    open(reader, &decoded(reader, bytes, index)?, index)
}

pub(super) fn decoded(
    reader: &dyn Reader,
    bytes: &[u8],
    index: EntryIndex,
) -> Result<Entry, Error> {
    Entry::decode(bytes).map_err(|e| damaged(reader, index, &e.message()))
}

pub(super) fn open(
    reader: &dyn Reader,
    entry: &Entry,
    index: EntryIndex,
) -> Result<Verified, Error> {
    if entry.index != index {
        let found = entry.index;
        let elsewhere = crate::entry::Error::Index {
            expected: index,
            found,
        };
        return Err(damaged(reader, index, &elsewhere.message()));
    }
    let parsed = entry
        .envelope()
        .map_err(|e| damaged(reader, index, &e.message()))?;
    parsed
        .verify()
        .map_err(|e| damaged(reader, index, &e.message()))
}

/// The log contains something that cannot have been admitted: this is damage, not a refusal.
fn damaged(reader: &dyn Reader, index: EntryIndex, why: &Message) -> Error {
    Error::Damaged {
        place: reader.place(),
        reason: message!("entry {index}: {why}", index, why),
    }
}
