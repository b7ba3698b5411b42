//! The entries of a dossier, with the look-ups that `select` needs.

use super::Error;
use super::judge::OpenedEntry;
use super::select::Lookup;
use crate::envelope::Verified;
use crate::model::{Statement, StatementId, StatementType};
use crate::tlog::EntryIndex;
use std::collections::BTreeMap;

/// The entries of a dossier, to be searched like a ledger.
pub(super) struct DossierEntries<'a> {
    statements: BTreeMap<EntryIndex, &'a Verified>,
    places: BTreeMap<StatementId, EntryIndex>,
    naming: BTreeMap<StatementId, Vec<EntryIndex>>,
}

impl<'a> DossierEntries<'a> {
    /// `said` must be in ascending order.
    pub fn new(said: &'a [OpenedEntry]) -> Self {
        let mut naming: BTreeMap<StatementId, Vec<EntryIndex>> = BTreeMap::new();
        for (index, _, statement) in said {
            for named in statement.named() {
                naming.entry(named.id).or_default().push(*index);
            }
        }
        Self {
            statements: said.iter().map(|(i, _, s)| (*i, s)).collect(),
            places: said.iter().map(|(i, _, s)| (s.id(), *i)).collect(),
            naming,
        }
    }

    fn found(&self, index: EntryIndex) -> Result<&'a Verified, Error> {
        let found = self.statements.get(&index);
        found.copied().ok_or_else(|| Error::Incomplete {
            by: index,
            what: format!("entry {index}"),
        })
    }
}

impl Lookup for DossierEntries<'_> {
    type Error = Error;

    fn statement(&self, index: EntryIndex) -> Result<Statement, Error> {
        self.found(index).map(|verified| (**verified).clone())
    }

    fn place(&self, id: &StatementId) -> Result<Option<EntryIndex>, Error> {
        Ok(self.places.get(id).copied())
    }

    fn naming(&self, index: EntryIndex) -> Result<Vec<EntryIndex>, Error> {
        let id = self.found(index)?.id();
        Ok(self.naming.get(&id).cloned().unwrap_or_default())
    }

    fn of_type(&self, statement_type: StatementType) -> Result<Vec<EntryIndex>, Error> {
        let all = self.statements.iter();
        let of = all.filter(|(_, s)| s.statement_type == statement_type);
        Ok(of.map(|(index, _)| *index).collect())
    }

    fn id(&self, index: EntryIndex) -> Result<StatementId, Error> {
        self.found(index).map(Verified::id)
    }
}
