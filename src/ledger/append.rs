//! Appends a batch: admit all, write, sign, commit; only then acknowledge.

use super::Error;
use super::writer::{CheckpointSigner, Writer, leaf};
use crate::host::{clock::Clock, disk::Disk, scratch::Scratch, threads};
use crate::index::Admitted;
use claimledger_core::EntryIndex;
use claimledger_core::crypto::{Digest, PublicKey};
use claimledger_core::entry::{self, Entry};
use claimledger_core::envelope::{Parsed, Verified};
use claimledger_core::log::checkpoint_keys::CheckpointKeys;
use claimledger_core::model::{StatementId, StatementType};
use claimledger_core::rules::admit;
use claimledger_core::rules::view::Overlay;
use claimledger_core::rules::{Candidate, Refusal, View};
use claimledger_core::tlog::merkle::{Frontier, FullTile};
use claimledger_core::tlog::tile::{self, TILE_WIDTH, TileKind, TilePath};
use std::collections::{BTreeMap, HashMap};

/// The acknowledgement of one statement: it is durable, and a signed checkpoint covers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Its id.
    pub id: StatementId,
    /// Its entry.
    pub index: EntryIndex,
    /// Its type.
    pub statement_type: StatementType,
    /// Whether it was in the log before; then nothing was written for it.
    pub already: bool,
}

/// A batch that the rules admit, ready to be written at the head for which it was judged.
pub struct Batch {
    from: entry::Head,
    entries: Vec<Vec<u8>>,
    admitted: Vec<Admitted>,
    receipts: Vec<Receipt>,
    chain: entry::Head,
    frontier: Frontier,
    full: Vec<FullTile>,
    keys: CheckpointKeys,
}

impl Batch {
    /// The keys that must sign the new head, oldest first.
    pub fn signing_keys(&self) -> Vec<PublicKey> {
        let vkeys = self.keys.signing(self.frontier.size());
        vkeys.iter().map(|vkey| *vkey.key()).collect()
    }
}

impl<D: Disk> Writer<D> {
    /// Appends the statements as one batch: all or nothing. `view` is the rule state at this head.
    ///
    /// Returns a receipt for each, in order, and what the index should add. A statement that is already in the log, or
    /// twice in the batch, gets the receipt of its first index.
    pub fn append<V>(
        &mut self,
        batch: Vec<Parsed>,
        view: &V,
        clock: &dyn Clock,
        signer: &dyn CheckpointSigner,
    ) -> Result<(Vec<Receipt>, Vec<Admitted>), Error>
    where
        V: View,
        Error: From<V::Error>,
    {
        let batch = self.admit(batch, view, clock)?;
        self.commit(batch, signer)
    }

    /// Writes a batch and commits it: all or nothing. Returns the same as [`Writer::append`].
    pub fn commit(
        &mut self,
        batch: Batch,
        signer: &dyn CheckpointSigner,
    ) -> Result<(Vec<Receipt>, Vec<Admitted>), Error> {
        if batch.entries.is_empty() {
            return Ok((batch.receipts, Vec::new()));
        }
        let files = self.files(&batch)?;
        let signed = self.sign_head(&batch.frontier, &batch.keys, signer)?;
        let bytes = signed.to_bytes();
        // The commit point is inside: before it nothing has happened, after it everything has.
        self.home.commit(&files, &bytes)?;
        self.head.checkpoint = bytes;
        Ok(self.go_on(batch))
    }

    /// The head after a batch that is written.
    fn go_on(&mut self, batch: Batch) -> (Vec<Receipt>, Vec<Admitted>) {
        self.head.size = batch.frontier.size();
        self.head.root = batch.frontier.root();
        self.head.vkey = batch.keys.newest(self.head.size);
        self.head.keys = batch.keys;
        self.edge.extend(batch.entries);
        let partial = usize::try_from(self.head.size.get() % TILE_WIDTH).expect("below 256");
        self.edge.drain(..self.edge.len() - partial);
        self.frontier = batch.frontier;
        self.chain = batch.chain;
        (batch.receipts, batch.admitted)
    }

    /// Judges the statements in order, each at its future place; writes nothing.
    pub fn admit<V>(&self, batch: Vec<Parsed>, view: &V, clock: &dyn Clock) -> Result<Batch, Error>
    where
        V: View,
        Error: From<V::Error>,
    {
        let mut overlay = Overlay::new(view);
        let mut seen: HashMap<StatementId, EntryIndex> = HashMap::new();
        let mut prepared = Batch {
            from: self.chain,
            entries: Vec::new(),
            admitted: Vec::new(),
            receipts: Vec::new(),
            chain: self.chain,
            frontier: self.frontier.clone(),
            full: Vec::new(),
            keys: self.head.keys.clone(),
        };
        for statement in open_all(batch)? {
            let id = statement.id();
            let statement_type = statement.statement_type;
            let before = match seen.get(&id) {
                Some(index) => Some(*index),
                None => overlay.statement(&id)?.map(|fact| fact.index),
            };
            if let Some(index) = before {
                prepared.receipts.push(Receipt {
                    id,
                    index,
                    statement_type,
                    already: true,
                });
                continue;
            }
            let entry = Entry::place(&prepared.chain, clock.now_millis(), &statement);
            let candidate = Candidate {
                index: entry.index,
                time: entry.time,
                statement: &statement,
            };
            let changes = admit(&overlay, &candidate).map_err(|refusal| match refusal {
                Refusal::Rejected(rejection) => Error::Rejected(rejection),
                Refusal::View(error) => error.into(),
            })?;
            overlay.apply(&changes);
            let (bytes, hash) = leaf(&entry)?;
            prepared.full.extend(prepared.frontier.push(hash));
            prepared.chain = entry.head_after(&bytes);
            // A later statement of the batch may have seen the head that this one makes.
            overlay.reach(prepared.frontier.size(), prepared.frontier.root());
            prepared.keys.take(entry.index, &statement.body);
            prepared.entries.push(bytes);
            prepared.receipts.push(Receipt {
                id,
                index: entry.index,
                statement_type,
                already: false,
            });
            seen.insert(id, entry.index);
            prepared.admitted.push(Admitted {
                index: entry.index,
                statement,
                changes,
            });
        }
        Ok(prepared)
    }

    /// Every tile and bundle of the new size that the old one did not have.
    fn files(&self, prepared: &Batch) -> Result<Vec<(TilePath, Vec<u8>)>, Error> {
        if prepared.from != self.chain {
            return Err(Error::OtherHead);
        }
        let old = self.head.size;
        let new = prepared.frontier.size();
        let full: BTreeMap<(u8, u64), &[Digest]> = prepared
            .full
            .iter()
            .map(|tile| ((tile.level, tile.index), &tile.hashes[..]))
            .collect();
        let partial: BTreeMap<(u8, u64), &[Digest]> = prepared
            .frontier
            .partials()
            .map(|(level, index, hashes)| ((level, index), hashes))
            .collect();
        // The last bundle may contain entries from before this batch.
        let first_bundle = old.get() / TILE_WIDTH;
        let all: Vec<&[u8]> = self
            .edge
            .iter()
            .map(Vec::as_slice)
            .chain(prepared.entries.iter().map(Vec::as_slice))
            .collect();
        let mut files = Vec::new();
        for path in tile::changed(old, new) {
            let bytes = match path.kind {
                TileKind::Entries => {
                    let from = usize::try_from((path.index - first_bundle) * TILE_WIDTH)
                        .expect("a batch is in memory");
                    tile::encode_bundle(&all[from..from + usize::from(path.width)])?
                }
                TileKind::Hashes(level) => {
                    let place = (level, path.index);
                    let hashes = full.get(&place).or_else(|| partial.get(&place));
                    tile::encode_hashes(hashes.expect("a changed tile is full or on the edge"))
                }
            };
            files.push((path, bytes));
        }
        Ok(files)
    }
}

impl<D: Disk> Writer<Scratch<D>> {
    /// Adds a batch without a checkpoint and continues from there: later statements are judged and signed as if it
    /// were in the log. It ends with this writer.
    pub fn lay(&mut self, batch: Batch) -> Result<Vec<Admitted>, Error> {
        for (path, bytes) in self.files(&batch)? {
            self.home.disk().write_synced(&path.to_string(), &bytes)?;
        }
        Ok(self.go_on(batch).1)
    }
}

/// Verifies every envelope by the strict rule, on all cores if there are many.
fn open_all(batch: Vec<Parsed>) -> Result<Vec<Verified>, Error> {
    use rayon::prelude::*;
    if batch.len() < PARALLEL_FROM {
        return batch
            .into_iter()
            .map(|parsed| parsed.verify_strict().map_err(Error::from))
            .collect();
    }
    threads::ready()?;
    batch
        .into_par_iter()
        .map(|parsed| parsed.verify_strict().map_err(Error::from))
        .collect()
}

/// Below this, handing work to other threads costs more than it saves.
const PARALLEL_FROM: usize = 16;
