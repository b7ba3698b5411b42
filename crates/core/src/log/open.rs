//! The log as a reader has it: a checkpoint that verifies under the key of entry 0, and the entries it covers.

use super::checkpoint_keys::CheckpointKeys;
use super::error::Error;
use super::reader::Reader;
use super::scan::is_of_type;
use super::tiles::{read_entries, read_entry};
use crate::crypto::{Digest, PublicKey};
use crate::encoding::name::Origin;
use crate::entry::Entry;
use crate::envelope::Verified;
use crate::model::{Body, Seen, StatementId, StatementType};
use crate::tlog::checkpoint::SignedCheckpoint;
use crate::tlog::note::VerifierKey;
use crate::tlog::tile::TILE_WIDTH;

/// Which ledger, and how far it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogHead {
    /// The ledger's id: the statement id of entry 0.
    pub ledger: StatementId,
    /// Its name.
    pub origin: Origin,
    /// The number of entries.
    pub size: u64,
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
    /// Opens the log behind a reader: parses its checkpoint, takes origin and key from entry 0, verifies the
    /// signature. Whether this is the ledger one means is not checked here; that takes a pin.
    pub fn open(reader: &'a dyn Reader) -> Result<Self, Error> {
        let bytes = reader.read("checkpoint")?.ok_or_else(|| Error::NoLedger {
            place: reader.place(),
        })?;
        let damaged = |reason: String| Error::Damaged {
            place: reader.place(),
            reason,
        };
        let signed = SignedCheckpoint::parse(&bytes)
            .map_err(|e| damaged(format!("its checkpoint is malformed: {e}")))?;
        let checkpoint = signed.checkpoint();
        if checkpoint.size == 0 {
            return Err(damaged("its checkpoint covers no entry".to_owned()));
        }
        let bytes_0 = read_entry(reader, 0, checkpoint.size)?;
        let first = verified(reader, &bytes_0, 0)?;
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

    /// The log behind a reader, whose head the caller has read and verified.
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
    pub fn entry(&self, index: u64) -> Result<Entry, Error> {
        if index >= self.head.size {
            return Err(Error::NoEntry {
                index,
                size: self.head.size,
            });
        }
        let bytes = read_entry(self.reader, index, self.head.size)?;
        Entry::decode(&bytes).map_err(|e| damaged(self.reader, index, &e))
    }

    /// One entry and its statement, the signature verified.
    pub fn statement(&self, index: u64) -> Result<(Entry, Verified), Error> {
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
/// A head with a single line of the ledger's own that verifies under the key of entry 0 is taken as one before any
/// rotation; only a reader of all entries knows whether one of them says otherwise. Otherwise the log is looked
/// through for rotations: a statement's type is the end of its bytes, so that this costs the reading and little
/// else.
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
    let mut from = 0;
    while from < size {
        let end = (from + TILE_WIDTH).min(size);
        for (bytes, index) in read_entries(reader, from, end, size)?.iter().zip(from..) {
            if speaks_of_checkpoint_keys(bytes) {
                keys.take(index, &verified(reader, bytes, index)?.body);
            }
        }
        from = end;
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
pub fn verified(reader: &dyn Reader, bytes: &[u8], index: u64) -> Result<Verified, Error> {
    open(reader, &decoded(reader, bytes, index)?, index)
}

pub(super) fn decoded(reader: &dyn Reader, bytes: &[u8], index: u64) -> Result<Entry, Error> {
    Entry::decode(bytes).map_err(|e| damaged(reader, index, &e))
}

pub(super) fn open(reader: &dyn Reader, entry: &Entry, index: u64) -> Result<Verified, Error> {
    if entry.index != index {
        let found = entry.index;
        let elsewhere = crate::entry::Error::Index {
            expected: index,
            found,
        };
        return Err(damaged(reader, index, &elsewhere));
    }
    let parsed = entry.envelope().map_err(|e| damaged(reader, index, &e))?;
    parsed.verify().map_err(|e| damaged(reader, index, &e))
}

/// The log holds something else than what was admitted: this is damage, not a refusal.
fn damaged(reader: &dyn Reader, index: u64, why: &dyn std::fmt::Display) -> Error {
    Error::Damaged {
        place: reader.place(),
        reason: format!("entry {index}: {why}"),
    }
}
