//! The one writer: holds the lock, knows where the chain and the tree stand, and signs checkpoints.

use super::log::{Log, LogHead};
use super::{Error, closed};
use crate::crypto::{PublicKey, Signature};
use crate::entry::{self, Entry};
use crate::host::{disk::Disk, lock::WriterLock};
use crate::store::{self, Home, Reader as _};
use crate::tlog::checkpoint::{Checkpoint, SignedCheckpoint};
use crate::tlog::merkle::{Frontier, leaf_hash};
use crate::tlog::note::VerifierKey;
use crate::tlog::tile::{self, TILE_WIDTH, TileKind, TilePath};

/// Who signs checkpoints: a key in a file or in an agent.
pub trait CheckpointSigner {
    /// The checkpoint key.
    fn public(&self) -> PublicKey;
    /// Signs a note's text.
    fn sign(&self, text: &[u8]) -> Result<Signature, Box<dyn std::error::Error + Send + Sync>>;
}

/// A ledger open for appending. Dropping it lets go of the lock.
pub struct Writer<D: Disk> {
    pub(super) home: Home<D>,
    pub(super) head: LogHead,
    pub(super) frontier: Frontier,
    pub(super) chain: entry::Head,
    _lock: Option<WriterLock>,
}

impl<D: Disk> Writer<D> {
    /// Opens a ledger for appending. The caller has taken the lock, so the checkpoint read here is the newest.
    ///
    /// A valid `checkpoint.next` is rolled forward, never signed around; leftovers of interrupted commits go.
    pub fn open(disk: D, lock: Option<WriterLock>) -> Result<Self, Error> {
        if let Some(bytes) = disk.read(closed::FILE)? {
            return Err(Error::Closed {
                reason: closed::reason(&bytes),
            });
        }
        let vkey = first_key(&disk)?;
        let verifies = |bytes: &[u8]| {
            SignedCheckpoint::parse(bytes).is_ok_and(|signed| {
                signed.checkpoint().origin == *vkey.name()
                    && signed.verify(std::slice::from_ref(&vkey)).is_ok()
            })
        };
        let home = Home::open_to_write(disk, &verifies)?;
        let (head, last) = {
            let log = Log::open(&home)?;
            let head = log.head().clone();
            (head.clone(), log.entry(head.size - 1)?)
        };
        let frontier = store::frontier_at(&home, head.size)?;
        if frontier.root() != head.root {
            return Err(Error::Damaged {
                place: home.place(),
                reason: "its tiles do not hash to its checkpoint's root".to_owned(),
            });
        }
        last_bundle_is_whole(&home, head.size)?;
        let chain = last.head_after(&last.encode()?);
        Ok(Self {
            home,
            head,
            frontier,
            chain,
            _lock: lock,
        })
    }

    pub(super) fn begin(home: Home<D>, head: LogHead, lock: Option<WriterLock>) -> Self {
        Self {
            home,
            head,
            frontier: Frontier::new(),
            chain: entry::Head::EMPTY,
            _lock: lock,
        }
    }

    /// Which ledger, and how far it goes.
    pub fn head(&self) -> &LogHead {
        &self.head
    }

    /// What reads the log.
    pub fn reader(&self) -> &dyn store::Reader {
        &self.home
    }

    /// Refuses a checkpoint signer that is not the ledger's.
    pub(super) fn check_signer(&self, signer: &dyn CheckpointSigner) -> Result<(), Error> {
        let expected = *self.head.vkey.key();
        if signer.public() == expected {
            Ok(())
        } else {
            Err(Error::CheckpointKey {
                expected,
                found: signer.public(),
            })
        }
    }

    /// Signs the head that `frontier` makes.
    pub(super) fn sign_head(
        &self,
        frontier: &Frontier,
        signer: &dyn CheckpointSigner,
    ) -> Result<SignedCheckpoint, Error> {
        let checkpoint = Checkpoint {
            origin: self.head.origin.clone(),
            size: frontier.size(),
            root: frontier.root(),
        };
        let signature = signer
            .sign(checkpoint.text().as_bytes())
            .map_err(Error::Signing)?;
        Ok(SignedCheckpoint::sign(checkpoint, &self.head.vkey, |_| {
            signature
        }))
    }

    /// Removes what interrupted commits left; answers with the number of files. Opening has finished those that could
    /// be finished.
    pub fn clear(&self) -> Result<u64, Error> {
        Ok(self.home.sweep()?)
    }

    /// Closes this copy: it takes no more entries. The ledger goes on elsewhere.
    pub fn close(self, reason: &str, signer: &dyn CheckpointSigner) -> Result<(), Error> {
        self.check_signer(signer)?;
        let note =
            closed::sign(&self.head, reason, |text| signer.sign(text)).map_err(Error::Signing)?;
        let disk = self.home.disk();
        disk.write_synced(closed::FILE, &note)?;
        disk.sync_folder("")?;
        Ok(())
    }
}

/// The verifier key that entry 0 names, read before anything is believed. A ledger whose first commit was cut short
/// has neither checkpoint nor a say: its `checkpoint.next`, if whole, is rolled forward by the key of its own entry 0.
fn first_key<D: Disk>(disk: &D) -> Result<VerifierKey, Error> {
    let place = disk.place();
    let home = store::Files::new(disk);
    let bytes = match disk.read("checkpoint")? {
        Some(bytes) => bytes,
        None => disk.read("checkpoint.next")?.ok_or(Error::NoLedger {
            place: place.clone(),
        })?,
    };
    let signed = SignedCheckpoint::parse(&bytes).map_err(|e| Error::Damaged {
        place: place.clone(),
        reason: format!("its checkpoint does not read: {e}"),
    })?;
    let first = store::read_entry(&home, 0, signed.checkpoint().size)?;
    match &super::log::verified(&first, 0)?.body {
        crate::model::Body::LedgerCreate(create) => Ok(VerifierKey::new(
            create.origin.clone(),
            create.checkpoint_key,
        )),
        _ => Err(Error::Damaged {
            place,
            reason: "entry 0 is not ledger.create".to_owned(),
        }),
    }
}

/// Refuses a last bundle whose entries are not the leaves of their tile. The next append copies them into a new bundle
/// and links to the last of them: a bad byte taken along here would be in every copy made from then on.
fn last_bundle_is_whole(reader: &dyn store::Reader, size: u64) -> Result<(), Error> {
    let index = (size - 1) / TILE_WIDTH;
    let first = index * TILE_WIDTH;
    let path = TilePath {
        kind: TileKind::Hashes(0),
        index,
        width: u16::try_from(size - first).expect("at most 256"),
    };
    let damaged = |reason: String| Error::Damaged {
        place: reader.place(),
        reason,
    };
    let bytes =
        store::read_tile(reader, &path)?.ok_or_else(|| damaged(format!("{path} is not there")))?;
    let leaves = tile::decode_hashes(&bytes, path.width)?;
    let entries = store::read_entries(reader, first, size, size)?;
    for ((entry, leaf), number) in entries.iter().zip(&leaves).zip(first..) {
        if leaf_hash(entry) != *leaf {
            return Err(damaged(format!(
                "the bytes of entry {number} are not those of its leaf"
            )));
        }
    }
    Ok(())
}

/// The leaf that an entry makes.
pub(super) fn leaf(entry: &Entry) -> Result<(Vec<u8>, crate::crypto::Digest), Error> {
    let bytes = entry.encode()?;
    let hash = leaf_hash(&bytes);
    Ok((bytes, hash))
}
