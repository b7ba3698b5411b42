//! Makes proofs: one entry as a C2SP tlog-proof, a whole verdict as a dossier.

use super::Error;
use crate::index::{Indexed, Rows};
use crate::store::Tree;
use claimledger_core::dossier::{File, Lookup, choose, heads};
use claimledger_core::entry::Entry;
use claimledger_core::envelope::{Verified, id_of};
use claimledger_core::log::tiles;
use claimledger_core::log::{Log, scan};
use claimledger_core::model::{Statement, StatementId, StatementType};
use claimledger_core::rules::View;
use claimledger_core::tlog::checkpoint::SignedCheckpoint;
use claimledger_core::tlog::proof::TlogProof;
use claimledger_core::{EntryIndex, TreeSize};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

/// The C2SP proof of one entry under a signed head of the log. The head may have cosignatures and be older than the
/// newest.
pub fn tlog_proof(
    log: &Log<'_>,
    index: EntryIndex,
    checkpoint: SignedCheckpoint,
) -> Result<TlogProof, Error> {
    let tree = Tree::new(log.reader(), checkpoint.checkpoint().size);
    let proof = TlogProof {
        extra: None,
        index,
        hashes: tree.inclusion(index)?,
        checkpoint,
    };
    // Damaged tiles would give a wrong proof, so it is checked before it is returned.
    let bytes = tiles::read_entry(log.reader(), index, proof.checkpoint.checkpoint().size)?;
    proof.verify(&claimledger_core::tlog::merkle::leaf_hash(&bytes))?;
    Ok(proof)
}

/// A dossier that was made.
pub struct Made {
    /// The file.
    pub file: File,
    /// Whether what other organisations say stayed out, because the file would have been too large.
    pub without_others: bool,
}

/// The dossier of entry `subject` under a signed head of the log.
pub fn dossier<L>(
    log: &Log<'_>,
    lookup: &L,
    subject: EntryIndex,
    checkpoint: SignedCheckpoint,
) -> Result<Made, Error>
where
    L: Lookup,
    Error: From<L::Error>,
{
    let size = checkpoint.checkpoint().size;
    let chosen = choose(lookup, subject)?;
    let indices = chosen.entries;
    let entries = indices
        .iter()
        .map(|index| Ok((*index, tiles::read_entry(log.reader(), *index, size)?)))
        .collect::<Result<_, Error>>()?;
    let statements = indices
        .iter()
        .map(|index| lookup.statement(*index))
        .collect::<Result<Vec<_>, _>>()?;
    let heads = heads(statements.iter(), size);
    Ok(Made {
        file: File {
            subject,
            entries,
            texts: BTreeMap::new(),
            hashes: Tree::new(log.reader(), size).combined(&indices, &heads)?,
            checkpoint,
        },
        without_others: chosen.without_others,
    })
}

/// A ledger's look-ups through its index, as of `size` entries.
pub struct ByIndex<'a, R> {
    log: &'a Log<'a>,
    index: Indexed<'a, R>,
    size: TreeSize,
    read: RefCell<HashMap<EntryIndex, Verified>>,
}

impl<'a, R: Rows> ByIndex<'a, R> {
    /// The log and its index. `size` is that of the proof's head.
    pub fn new(log: &'a Log<'a>, index: Indexed<'a, R>, size: TreeSize) -> Self {
        Self {
            log,
            index,
            size,
            read: RefCell::new(HashMap::new()),
        }
    }

    fn verified(&self, index: EntryIndex) -> Result<Verified, Error> {
        if let Some(statement) = self.read.borrow().get(&index) {
            return Ok(statement.clone());
        }
        let (_, statement) = self.log.statement(index)?;
        self.read.borrow_mut().insert(index, statement.clone());
        Ok(statement)
    }
}

impl<R: Rows> Lookup for ByIndex<'_, R> {
    type Error = Error;

    fn statement(&self, index: EntryIndex) -> Result<Statement, Error> {
        Ok((*self.verified(index)?).clone())
    }

    fn place(&self, id: &StatementId) -> Result<Option<EntryIndex>, Error> {
        let fact = self.index.statement(id)?;
        Ok(fact
            .map(|fact| fact.index)
            .filter(|at| self.size.contains(*at)))
    }

    fn naming(&self, index: EntryIndex) -> Result<Vec<EntryIndex>, Error> {
        Ok(self.index.naming(index, self.size)?)
    }

    fn of_type(&self, statement_type: StatementType) -> Result<Vec<EntryIndex>, Error> {
        Ok(self.index.of_type(statement_type, self.size)?)
    }

    fn id(&self, index: EntryIndex) -> Result<StatementId, Error> {
        Ok(self.verified(index)?.id())
    }
}

/// A ledger's look-ups by looking through all of it, without an index. What the rules should have refused is found too: an
/// audit reports it, and `verify` judges the entries of a proof again.
pub struct ByReading<'a> {
    log: &'a Log<'a>,
    ids: Vec<StatementId>,
    types: Vec<Option<StatementType>>,
    places: HashMap<StatementId, EntryIndex>,
    /// For an entry, those later ones in which its id stands somewhere.
    mentions: HashMap<EntryIndex, Vec<EntryIndex>>,
    read: RefCell<HashMap<EntryIndex, Verified>>,
}

impl<'a> ByReading<'a> {
    /// Looks through the first `size` entries. A statement is decoded, and its signature verified, when it is asked for.
    pub fn new(log: &'a Log<'a>, size: TreeSize) -> Result<Self, Error> {
        let mut all = Self {
            log,
            ids: Vec::new(),
            types: Vec::new(),
            places: HashMap::new(),
            mentions: HashMap::new(),
            read: RefCell::default(),
        };
        scan::each(log.reader(), size, |index, entry| {
            all.take(index, entry);
            Ok::<(), Error>(())
        })?;
        Ok(all)
    }

    fn take(&mut self, index: EntryIndex, entry: &[u8]) {
        let payload = Entry::payload_in(entry).unwrap_or_default();
        let mut named: Vec<EntryIndex> = ids_in(payload)
            .filter_map(|id| self.places.get(&id).copied())
            .collect();
        named.sort_unstable();
        // Every statement says once which ledger it is for, by the id of entry 0.
        if named.first() == Some(&EntryIndex::FIRST) {
            named.remove(0);
        }
        named.dedup();
        for place in named {
            self.mentions.entry(place).or_default().push(index);
        }
        let id = id_of(payload);
        self.ids.push(id);
        self.types.push(scan::type_of(entry));
        self.places.entry(id).or_insert(index);
    }

    fn verified(&self, index: EntryIndex) -> Result<Verified, Error> {
        if let Some(statement) = self.read.borrow().get(&index) {
            return Ok(statement.clone());
        }
        let (_, statement) = self.log.statement(index)?;
        self.read.borrow_mut().insert(index, statement.clone());
        Ok(statement)
    }
}

/// Every text of 64 hex digits that stands in a payload: ids and other digests.
fn ids_in(payload: &[u8]) -> impl Iterator<Item = StatementId> {
    let texts = payload.split(|byte| *byte == b'"');
    texts
        .filter(|text| text.len() == 64)
        .filter_map(|text| std::str::from_utf8(text).ok()?.parse().ok())
}

impl Lookup for ByReading<'_> {
    type Error = Error;

    fn statement(&self, index: EntryIndex) -> Result<Statement, Error> {
        Ok((*self.verified(index)?).clone())
    }

    fn place(&self, id: &StatementId) -> Result<Option<EntryIndex>, Error> {
        Ok(self.places.get(id).copied())
    }

    fn naming(&self, index: EntryIndex) -> Result<Vec<EntryIndex>, Error> {
        let id = self.id(index)?;
        let mut by = Vec::new();
        for mention in self.mentions.get(&index).into_iter().flatten() {
            let named = self.verified(*mention)?.named();
            if named.iter().any(|named| named.id == id) {
                by.push(*mention);
            }
        }
        Ok(by)
    }

    fn of_type(&self, statement_type: StatementType) -> Result<Vec<EntryIndex>, Error> {
        let all = self.types.iter().zip(0_u64..);
        let of = all.filter(|(found, _)| **found == Some(statement_type));
        Ok(of.map(|(_, index)| EntryIndex::new(index)).collect())
    }

    fn id(&self, index: EntryIndex) -> Result<StatementId, Error> {
        let at = usize::try_from(index.get()).unwrap_or(usize::MAX);
        let id = self.ids.get(at).copied();
        let not_found = || crate::ledger::Error::NotFound {
            name: index.to_string(),
            size: TreeSize::new(self.ids.len() as u64),
        };
        Ok(id.ok_or_else(not_found)?)
    }
}
