//! The look-ups that the rules need.

use super::backlinks::Link;
use super::rejection::Rejection;
use super::state::{BecameFact, Changes, Fact, FactKey, KeyFact, LedgerFact};
use super::statement::{Says, StatementFact};
use crate::crypto::{Digest, PublicKey};
use crate::encoding::name::Slug;
use crate::model::StatementId;
use crate::tlog::{EntryIndex, TreeSize};
use std::collections::BTreeMap;

/// The state of the ledger before an entry is judged.
pub trait View {
    /// Why a look-up failed; a view in memory never fails.
    type Error;

    /// The fact under a key, after the entries so far.
    fn fact(&self, key: &FactKey) -> Result<Option<Fact>, Self::Error>;

    /// The entries from `size` on that are linked to `subject` in this way, ascending.
    fn since(
        &self,
        subject: EntryIndex,
        link: Link,
        size: TreeSize,
    ) -> Result<Vec<EntryIndex>, Self::Error>;

    /// All entries linked to `subject` in this way, ascending.
    fn under(&self, subject: EntryIndex, link: Link) -> Result<Vec<EntryIndex>, Self::Error> {
        self.since(subject, link, TreeSize::EMPTY)
    }

    /// What ends the statement of an entry as of a size: the last such fact that an entry before `size` put, after that
    /// entry.
    fn became(
        &self,
        statement: EntryIndex,
        size: TreeSize,
    ) -> Result<Option<(EntryIndex, BecameFact)>, Self::Error>;

    /// The tree's root at an earlier size; `None` where there was no such size.
    fn root_at(&self, size: TreeSize) -> Result<Option<Digest>, Self::Error>;

    /// Called by a rule that would refuse because something is absent. A view of the whole log refuses. A view of a
    /// part of it cannot tell: it keeps the refusal as a doubt and lets the rule continue. `needs` names what may be
    /// missing.
    fn lacking(&self, rejection: Rejection, needs: &'static str) -> Result<(), Rejection> {
        let _ = needs;
        Err(rejection)
    }

    /// The ledger itself; `None` before entry 0.
    fn ledger(&self) -> Result<Option<LedgerFact>, Self::Error> {
        Ok(match self.fact(&FactKey::Ledger)? {
            Some(Fact::Ledger(ledger)) => Some(*ledger),
            _ => None,
        })
    }

    /// The history of a person's key.
    fn key(&self, key: &PublicKey) -> Result<Option<KeyFact>, Self::Error> {
        Ok(match self.fact(&FactKey::Key(*key))? {
            Some(Fact::Key(fact)) => Some(*fact),
            _ => None,
        })
    }

    /// The statement of an entry; `None` for an entry that should have been refused.
    fn entry(&self, index: EntryIndex) -> Result<Option<StatementFact>, Self::Error> {
        Ok(match self.fact(&FactKey::Statement(index))? {
            Some(Fact::Statement(fact)) => Some(*fact),
            _ => None,
        })
    }

    /// A statement by its id.
    fn statement(&self, id: &StatementId) -> Result<Option<StatementFact>, Self::Error> {
        match self.at(&FactKey::Id(*id))? {
            Some(index) => self.entry(index),
            None => Ok(None),
        }
    }

    /// The entry under a key whose fact is a place.
    fn at(&self, key: &FactKey) -> Result<Option<EntryIndex>, Self::Error> {
        Ok(match self.fact(key)? {
            Some(Fact::At(index)) => Some(index),
            _ => None,
        })
    }

    /// The entry that first named an organisation.
    fn organisation(&self, organisation: &Slug) -> Result<Option<EntryIndex>, Self::Error> {
        self.at(&FactKey::Organisation(organisation.clone()))
    }

    /// The key that an entry introduced, with its history.
    fn introduced(&self, index: EntryIndex) -> Result<Option<(PublicKey, KeyFact)>, Self::Error> {
        let key = match self.entry(index)?.map(|fact| fact.says) {
            Some(Says::Roles(event)) => event.key,
            Some(Says::Enrolment { key, .. }) => *key,
            _ => return Ok(None),
        };
        Ok(self.key(&key)?.map(|fact| (key, fact)))
    }
}

impl<V: View + ?Sized> View for &V {
    type Error = V::Error;

    fn fact(&self, key: &FactKey) -> Result<Option<Fact>, V::Error> {
        (**self).fact(key)
    }

    fn since(
        &self,
        subject: EntryIndex,
        link: Link,
        size: TreeSize,
    ) -> Result<Vec<EntryIndex>, V::Error> {
        (**self).since(subject, link, size)
    }

    fn became(
        &self,
        statement: EntryIndex,
        size: TreeSize,
    ) -> Result<Option<(EntryIndex, BecameFact)>, V::Error> {
        (**self).became(statement, size)
    }

    fn root_at(&self, size: TreeSize) -> Result<Option<Digest>, V::Error> {
        (**self).root_at(size)
    }

    fn lacking(&self, rejection: Rejection, needs: &'static str) -> Result<(), Rejection> {
        (**self).lacking(rejection, needs)
    }
}

/// A view with the changes of further entries over it: a batch that no checkpoint covers yet, or a part of a log.
///
/// `B` is the view below, or a reference to it.
#[derive(Debug, Clone)]
pub struct Overlay<B> {
    below: B,
    facts: BTreeMap<FactKey, Fact>,
    roots: BTreeMap<TreeSize, Digest>,
}

impl<B: View> Overlay<B> {
    /// Nothing laid over `below` yet.
    pub fn new(below: B) -> Self {
        Self {
            below,
            facts: BTreeMap::new(),
            roots: BTreeMap::new(),
        }
    }

    /// Applies the changes of one admitted entry.
    pub fn apply(&mut self, changes: &Changes) {
        for (key, fact) in changes.iter() {
            self.facts.insert(key.clone(), fact.clone());
        }
    }

    /// The same changes over another view.
    pub fn over<C: View>(self, below: C) -> Overlay<C> {
        Overlay {
            below,
            facts: self.facts,
            roots: self.roots,
        }
    }

    /// Sets the tree's root at a size that the view below does not have, for the `seen` of later statements.
    pub fn reach(&mut self, size: TreeSize, root: Digest) {
        self.roots.insert(size, root);
    }
}

impl<B: View> View for Overlay<B> {
    type Error = B::Error;

    fn fact(&self, key: &FactKey) -> Result<Option<Fact>, B::Error> {
        match self.facts.get(key) {
            Some(fact) => Ok(Some(fact.clone())),
            None => self.below.fact(key),
        }
    }

    fn since(
        &self,
        subject: EntryIndex,
        link: Link,
        size: TreeSize,
    ) -> Result<Vec<EntryIndex>, B::Error> {
        let mut found = self.below.since(subject, link, size)?;
        let key = |index| FactKey::Link(subject, link, index);
        let range = key(size.next())..=key(EntryIndex::new(u64::MAX));
        let own = self.facts.range(range).filter_map(|(key, _)| match key {
            FactKey::Link(_, _, index) => Some(*index),
            _ => None,
        });
        found.extend(own);
        Ok(found)
    }

    fn became(
        &self,
        statement: EntryIndex,
        size: TreeSize,
    ) -> Result<Option<(EntryIndex, BecameFact)>, B::Error> {
        let key = |by| FactKey::Became(statement, by);
        let mut before = self.facts.range(key(EntryIndex::FIRST)..key(size.next()));
        match before.next_back() {
            Some((FactKey::Became(_, by), Fact::Became(fact))) => Ok(Some((*by, fact.clone()))),
            _ => self.below.became(statement, size),
        }
    }

    fn root_at(&self, size: TreeSize) -> Result<Option<Digest>, B::Error> {
        match self.roots.get(&size) {
            Some(root) => Ok(Some(*root)),
            None => self.below.root_at(size),
        }
    }

    fn lacking(&self, rejection: Rejection, needs: &'static str) -> Result<(), Rejection> {
        self.below.lacking(rejection, needs)
    }
}
