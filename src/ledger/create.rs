//! A new ledger: entry 0 and the first statements, in one commit.

use super::writer::{CheckpointSigner, Writer, stands_on};
use super::{Error, Receipt};
use crate::host::{clock::Clock, disk::Disk, lock::WriterLock};
use crate::index::Admitted;
use crate::store::Home;
use claimledger_core::TreeSize;
use claimledger_core::crypto::Digest;
use claimledger_core::envelope::Parsed;
use claimledger_core::log;
use claimledger_core::log::checkpoint_keys::CheckpointKeys;
use claimledger_core::log::open::LogHead;
use claimledger_core::model::{Body, StatementId};
use claimledger_core::rules::MemoryView;
use claimledger_core::tlog::note::VerifierKey;

impl<D: Disk> Writer<D> {
    /// Creates a ledger whose first entries are `batch`; the first of them is `ledger.create`.
    pub fn create(
        disk: D,
        lock: Option<WriterLock>,
        batch: Vec<Parsed>,
        clock: &dyn Clock,
        signer: &dyn CheckpointSigner,
    ) -> Result<(Self, Vec<Receipt>, Vec<Admitted>), Error> {
        let place = disk.place();
        if stands_on(&disk)? {
            return Err(Error::Exists { place });
        }
        let first = batch.first().cloned().ok_or(log::Error::NoLedger {
            place: place.clone(),
        })?;
        let first = first.verify_strict()?;
        let Body::LedgerCreate(create) = &first.body else {
            return Err(Error::Rejected(
                claimledger_core::rules::Rejection::FirstEntry {
                    found: first.statement_type,
                },
            ));
        };
        let head = LogHead {
            ledger: first.id(),
            origin: create.origin.clone(),
            size: TreeSize::EMPTY,
            root: Digest::ZERO,
            vkey: VerifierKey::new(create.origin.clone(), create.checkpoint_key),
            keys: CheckpointKeys::new(create.origin.clone(), create.checkpoint_key),
            checkpoint: Vec::new(),
        };
        // Nothing of an earlier attempt is used: without a checkpoint it never happened.
        let home = Home::open_to_write(disk, &|_| false)?;
        let mut writer = Self::begin(home, head, lock);
        let (receipts, admitted) = writer.append(batch, &MemoryView::default(), clock, signer)?;
        Ok((writer, receipts, admitted))
    }
}

/// The id of the ledger that this statement creates.
pub fn ledger_id(create: &Parsed) -> StatementId {
    create.id()
}
