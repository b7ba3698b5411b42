//! Follows the log: from the marker to the checkpoint, entry by entry, with the same `admit` as everywhere.

use super::Error;
use super::marked_rows::Index;
use super::query::Indexed;
use super::roots::Roots;
use super::rows::{Row, Rows};
use super::schema::{
    MARKER_KEY, Namesakes, bytes_row, fact_key, fact_row, read_value, row, type_row,
};
use crate::host::random;
use crate::store;
use claimledger_core::Message;
use claimledger_core::crypto::Digest;
use claimledger_core::entry::Entry;
use claimledger_core::envelope::{Verified, verify_batch};
use claimledger_core::log::Reader;
use claimledger_core::log::tiles;
use claimledger_core::rules::admit;
use claimledger_core::rules::view::Overlay;
use claimledger_core::rules::{Candidate, Changes, Fact, FactKey, Refusal};
use claimledger_core::tlog::merkle::leaf_hash;
use claimledger_core::tlog::tile::TILE_WIDTH;
use claimledger_core::{EntryIndex, TreeSize};
use std::collections::HashMap;

/// An entry as the rules admitted it.
pub struct Admitted {
    /// Its place.
    pub index: EntryIndex,
    /// What it says.
    pub statement: Verified,
    /// What it changed.
    pub changes: Changes,
}

impl<R: Rows> Index<R> {
    /// Follows the log up to `size`, whose root is `root`. `progress` is called with the number of entries followed.
    ///
    /// The marker must be a prefix of the log. If it is not, the index is for another history and counts as corrupt.
    pub fn catch_up(
        &mut self,
        reader: &dyn Reader,
        size: TreeSize,
        root: &Digest,
        progress: &mut dyn FnMut(u64),
    ) -> Result<(), Error> {
        let followed = self.marker.size;
        if followed > size {
            return Err(Error::Ahead { followed, size });
        }
        let other_history = || Error::Corrupt {
            reason: format!("it was made from a different history up to entry {followed}"),
        };
        if followed == size {
            return if self.marker.root == *root {
                Ok(())
            } else {
                Err(other_history())
            };
        }
        let mut roots = Roots::from(reader, followed)?;
        if !followed.is_empty() && roots.newest() != self.marker.root {
            return Err(other_history());
        }
        while self.marker.size < size {
            let first = self.marker.size.next();
            let bundle_end = (first.get() / TILE_WIDTH + 1) * TILE_WIDTH;
            let end = TreeSize::new(bundle_end).min(size);
            let admitted = self.replay(reader, first, end, size, &mut roots)?;
            if end == size && roots.newest() != *root {
                return Err(Error::Log {
                    index: end.last().unwrap_or(first),
                    reason: "the entries up to here do not make the checkpoint's root".into(),
                });
            }
            self.take_in(admitted, roots.newest())?;
            progress(end.get());
        }
        Ok(())
    }

    /// Reads and judges the entries from `first` on that a tree of `end` entries holds. An entry that should have been refused changes nothing, as in the
    /// audit.
    fn replay(
        &self,
        reader: &dyn Reader,
        first: EntryIndex,
        end: TreeSize,
        size: TreeSize,
        roots: &mut Roots,
    ) -> Result<Vec<Option<Admitted>>, Error> {
        let damaged = |index: EntryIndex, reason: Message| Error::Log { index, reason };
        let mut parsed = Vec::new();
        let mut times = Vec::new();
        let leaves = tiles::read_leaves(reader, first.get() / TILE_WIDTH, size)?;
        for (bytes, index) in tiles::read_entries(reader, first, end, size)?
            .iter()
            .zip(end.indices_from(first))
        {
            // An entry that is not part of the tree is an error here; otherwise it would be skipped like a refused
            // one.
            let at = usize::try_from(index.get() % TILE_WIDTH).expect("below 256");
            let hash = leaf_hash(bytes);
            let leaf = leaves.as_ref().and_then(|leaves| leaves.get(at));
            if leaf.is_some_and(|leaf| *leaf != hash) {
                return Err(not_its_leaf(index));
            }
            let entry = Entry::decode(bytes).map_err(|e| damaged(index, e.message()))?;
            if entry.index != index {
                return Err(damaged(
                    index,
                    format!("it says index {}", entry.index).into(),
                ));
            }
            roots.push(hash);
            times.push(entry.time);
            parsed.push(entry.envelope().map_err(|e| damaged(index, e.message()))?);
        }
        let verified = verify_batch(parsed, &random::seed().map_err(store::Error::from)?);
        let view = Indexed::over(self, reader, size, roots);
        let mut overlay = Overlay::new(&view);
        let mut admitted = Vec::new();
        for ((verified, time), index) in
            verified.into_iter().zip(times).zip(end.indices_from(first))
        {
            let Ok(statement) = verified else {
                admitted.push(None);
                continue;
            };
            let candidate = Candidate {
                index,
                time,
                statement: &statement,
            };
            match admit(&overlay, &candidate) {
                Ok(changes) => {
                    overlay.apply(&changes);
                    admitted.push(Some(Admitted {
                        index,
                        statement,
                        changes,
                    }));
                }
                Err(Refusal::Rejected(_)) => admitted.push(None),
                Err(Refusal::View(error)) => return Err(error),
            }
        }
        Ok(admitted)
    }

    /// Adds the next entries in one batch with the marker; `root` is the tree's root after the last of them. `None`
    /// stands for an entry that changed nothing.
    pub fn take_in(&mut self, entries: Vec<Option<Admitted>>, root: Digest) -> Result<(), Error> {
        let mut marker = self.marker;
        let mut batch = Batch {
            below: &self.rows,
            rows: Vec::new(),
            new: HashMap::new(),
        };
        for entry in entries {
            let changes = match &entry {
                Some(admitted) => {
                    batch.project(admitted)?;
                    &admitted.changes
                }
                None => &Changes::default(),
            };
            marker.state = changes.digest(&marker.state);
            marker.size = marker.size.next().size_through();
        }
        marker.root = root;
        let mut rows = batch.rows;
        rows.push(row(MARKER_KEY.to_vec(), &marker));
        self.rows.write(rows)?;
        self.marker = marker;
        Ok(())
    }
}

pub(super) fn not_its_leaf(index: EntryIndex) -> Error {
    Error::Log {
        index,
        reason: "its bytes are not those of its leaf".into(),
    }
}

/// Rows to be written in one batch; two ids of the batch may have the same beginning.
struct Batch<'a, R> {
    below: &'a R,
    rows: Vec<Row>,
    new: HashMap<Vec<u8>, Namesakes>,
}

impl<R: Rows> Batch<'_, R> {
    fn project(&mut self, admitted: &Admitted) -> Result<(), Error> {
        for (key, fact) in admitted.changes.iter() {
            if let (FactKey::Id(id), Fact::At(index)) = (key, fact) {
                let row_key = fact_key(key);
                let mut namesakes = self.namesakes(&row_key)?;
                namesakes.0.push((*id, *index));
                self.rows.push(row(row_key.clone(), &namesakes));
                self.new.insert(row_key, namesakes);
                continue;
            }
            if let FactKey::Blob(source, sha256) = key {
                self.rows.push(bytes_row(sha256, *source));
            }
            self.rows.push(fact_row(key, fact));
        }
        self.rows
            .push(type_row(admitted.statement.statement_type, admitted.index));
        Ok(())
    }

    fn namesakes(&self, key: &[u8]) -> Result<Namesakes, Error> {
        if let Some(namesakes) = self.new.get(key) {
            return Ok(namesakes.clone());
        }
        match self.below.read(key)? {
            Some(bytes) => read_value(&bytes),
            None => Ok(Namesakes::default()),
        }
    }
}
