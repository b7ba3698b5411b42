//! A ledger as it was at an earlier size, for suppositions about that size: nothing that a later entry said is seen.
//!
//! A few facts keep only the newest entry: who has a label, the newest version of a scale, the last description, review or
//! observation. If a later entry has replaced one, it is absent here. No question about standings asks for them.

use super::backlinks::Link;
use super::rejection::Rejection;
use super::state::{BecameFact, CheckpointKeyFact, Fact, FactKey, Period};
use super::view::View;
use crate::crypto::Digest;
use crate::tlog::{EntryIndex, TreeSize};

/// The first entries of a ledger, as a view.
#[derive(Debug, Clone, Copy)]
pub struct Earlier<'v, V> {
    whole: &'v V,
    size: TreeSize,
}

impl<'v, V: View> Earlier<'v, V> {
    /// The ledger when it had `size` entries.
    pub const fn new(whole: &'v V, size: TreeSize) -> Self {
        Self { whole, size }
    }

    fn had(&self, index: EntryIndex) -> bool {
        self.size.contains(index)
    }

    fn periods(&self, mut periods: Vec<Period>) -> Vec<Period> {
        periods.retain(|period| self.had(period.from));
        for period in &mut periods {
            period.until = period.until.filter(|until| self.had(*until));
        }
        periods
    }

    /// What an earlier entry had put of this fact; none if all of it is later.
    fn then(&self, fact: Fact) -> Option<Fact> {
        Some(match fact {
            Fact::At(index) if !self.had(index) => return None,
            Fact::Statement(fact) if !self.had(fact.index) => return None,
            Fact::Blob(blob) if !self.had(blob.index) => return None,
            Fact::Scale(newest) if !self.had(newest.index) => return None,
            Fact::Key(mut key) => {
                key.roles.retain(|(index, _)| self.had(*index));
                key.ended = key.ended.filter(|ended| self.had(*ended));
                if key.roles.is_empty() {
                    return None;
                }
                Fact::Key(key)
            }
            Fact::CheckpointKey(key) if self.had(key.since) => {
                Fact::CheckpointKey(CheckpointKeyFact {
                    since: key.since,
                    retired: key.retired.filter(|retired| self.had(*retired)),
                })
            }
            Fact::CheckpointKey(_) => return None,
            Fact::Revocation(mut revocation) => {
                revocation.in_force = self.periods(revocation.in_force);
                revocation.except.retain(|index| self.had(*index));
                if revocation.in_force.is_empty() {
                    return None;
                }
                Fact::Revocation(revocation)
            }
            Fact::Periods(periods) => {
                let periods = self.periods(periods);
                if periods.is_empty() {
                    return None;
                }
                Fact::Periods(periods)
            }
            other => other,
        })
    }
}

impl<V: View> View for Earlier<'_, V> {
    type Error = V::Error;

    fn fact(&self, key: &FactKey) -> Result<Option<Fact>, V::Error> {
        let later = match key {
            FactKey::Became(_, by) | FactKey::Link(_, _, by) => !self.had(*by),
            FactKey::EarlierLabel(index)
            | FactKey::Recorded(index)
            | FactKey::Observation(index) => !self.had(*index),
            _ => false,
        };
        if later {
            return Ok(None);
        }
        let fact = self.whole.fact(key)?;
        Ok(fact.and_then(|fact| self.then(fact)))
    }

    fn since(
        &self,
        subject: EntryIndex,
        link: Link,
        size: TreeSize,
    ) -> Result<Vec<EntryIndex>, V::Error> {
        let mut found = self.whole.since(subject, link, size)?;
        found.retain(|index| self.had(*index));
        Ok(found)
    }

    fn became(
        &self,
        statement: EntryIndex,
        size: TreeSize,
    ) -> Result<Option<(EntryIndex, BecameFact)>, V::Error> {
        self.whole.became(statement, size.min(self.size))
    }

    fn root_at(&self, size: TreeSize) -> Result<Option<Digest>, V::Error> {
        if size > self.size {
            return Ok(None);
        }
        self.whole.root_at(size)
    }

    fn lacking(&self, rejection: Rejection, needs: &'static str) -> Result<(), Rejection> {
        self.whole.lacking(rejection, needs)
    }
}
