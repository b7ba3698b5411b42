//! Makes proofs: one entry as a C2SP tlog-proof, a whole verdict as a dossier.

use super::Error;
use crate::index::{Indexed, Rows};
use crate::store::Tree;
use claimledger_core::dossier::{File, Lookup, heads, select};
use claimledger_core::entry::Entry;
use claimledger_core::envelope::Verified;
use claimledger_core::log::Log;
use claimledger_core::log::tiles;
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

/// The dossier of entry `subject` under a signed head of the log.
pub fn dossier<L>(
    log: &Log<'_>,
    lookup: &L,
    subject: EntryIndex,
    checkpoint: SignedCheckpoint,
) -> Result<File, Error>
where
    L: Lookup,
    Error: From<L::Error>,
{
    let size = checkpoint.checkpoint().size;
    let indices = select(lookup, subject)?;
    let entries = indices
        .iter()
        .map(|index| Ok((*index, tiles::read_entry(log.reader(), *index, size)?)))
        .collect::<Result<_, Error>>()?;
    let statements = indices
        .iter()
        .map(|index| lookup.statement(*index))
        .collect::<Result<Vec<_>, _>>()?;
    let heads = heads(statements.iter(), size);
    Ok(File {
        subject,
        entries,
        hashes: Tree::new(log.reader(), size).combined(&indices, &heads)?,
        checkpoint,
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

/// A ledger's look-ups without an index, by reading all of it.
pub struct ByReading {
    statements: Vec<(StatementId, Statement)>,
    places: HashMap<StatementId, EntryIndex>,
    naming: BTreeMap<EntryIndex, Vec<EntryIndex>>,
}

impl ByReading {
    /// Reads the first `size` entries. It does not verify signatures; `verify` does.
    pub fn new(log: &Log<'_>, size: TreeSize) -> Result<Self, Error> {
        let mut all = Self {
            statements: Vec::new(),
            places: HashMap::new(),
            naming: BTreeMap::new(),
        };
        for (first, end) in size.portions(AT_ONCE) {
            for bytes in tiles::read_entries(log.reader(), first, end, size)? {
                let envelope = Entry::decode(&bytes)
                    .and_then(|entry| entry.envelope())
                    .map_err(crate::ledger::Error::from)?;
                let (id, statement) = (envelope.id(), envelope.claimed().clone());
                let index = EntryIndex::new(all.statements.len() as u64);
                for named in statement.named() {
                    if let Some(place) = all.places.get(&named.id) {
                        let by = all.naming.entry(*place).or_default();
                        if by.last() != Some(&index) {
                            by.push(index);
                        }
                    }
                }
                all.places.entry(id).or_insert(index);
                all.statements.push((id, statement));
            }
        }
        Ok(all)
    }

    fn at(&self, index: EntryIndex) -> Result<&(StatementId, Statement), Error> {
        let at = usize::try_from(index.get()).unwrap_or(usize::MAX);
        self.statements.get(at).ok_or_else(|| {
            crate::ledger::Error::NotFound {
                name: index.to_string(),
                size: TreeSize::new(self.statements.len() as u64),
            }
            .into()
        })
    }
}

impl Lookup for ByReading {
    type Error = Error;

    fn statement(&self, index: EntryIndex) -> Result<Statement, Error> {
        Ok(self.at(index)?.1.clone())
    }

    fn place(&self, id: &StatementId) -> Result<Option<EntryIndex>, Error> {
        Ok(self.places.get(id).copied())
    }

    fn naming(&self, index: EntryIndex) -> Result<Vec<EntryIndex>, Error> {
        Ok(self.naming.get(&index).cloned().unwrap_or_default())
    }

    fn of_type(&self, statement_type: StatementType) -> Result<Vec<EntryIndex>, Error> {
        let all = self.statements.iter().zip(0_u64..);
        let of = all.filter(|((_, s), _)| s.statement_type == statement_type);
        Ok(of.map(|(_, index)| EntryIndex::new(index)).collect())
    }

    fn id(&self, index: EntryIndex) -> Result<StatementId, Error> {
        Ok(self.at(index)?.0)
    }
}

/// Sixteen bundles at a time.
const AT_ONCE: u64 = 4_096;
