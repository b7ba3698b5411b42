//! What an entry changes in what ends a statement: a correction or a withdrawal of it, or a revocation after which an earlier
//! one is no longer trusted, or trusted again.
//!
//! A correction counts for the statement that it supersedes as itself while it stands, and else as its own successor. So a
//! change passes on from a statement to the one that it supersedes, until nothing changes. The work is in proportion to what
//! begins or ceases to be trusted, and to the corrections that stand one after another.

use crate::model::StatementType;
use crate::rules::standing::distrust::Distrust;
use crate::rules::standing::place::decide;
use crate::rules::state::{BecameFact, Changes, Fact, FactKey};
use crate::rules::statement::StatementFact;
use crate::rules::view::{Overlay, View};
use crate::tlog::{EntryIndex, TreeSize};
use std::collections::BTreeMap;

/// Adds what follows from `fact`, whose own changes are in `changes`. `turned` are the earlier corrections and withdrawals
/// that `fact` made distrusted, or trusted again.
pub(super) fn follow<V: View>(
    view: &V,
    fact: &StatementFact,
    turned: Vec<StatementFact>,
    changes: &mut Changes,
) -> Result<(), V::Error> {
    if turned.is_empty() && fact.ends().is_none() {
        return Ok(());
    }
    let mut after = Overlay::new(view);
    after.apply(changes);
    let size = fact.index.size_through();
    let mut following = Following {
        distrust: Distrust::at(&after, size)?,
        view: &after,
        before: fact.index.size_before(),
        turned: turned.into_iter().map(|end| (end.index, end)).collect(),
        changed: BTreeMap::new(),
    };
    if fact.ends().is_some() {
        following.put(fact, None, Some(fact.index))?;
    }
    // The newest first: what a correction counts for depends on later entries only.
    while let Some((_, end)) = following.turned.pop_last() {
        let trusted = following.is_trusted(&end)?;
        let was = following.counts_as(&end, !trusted)?;
        let now = following.counts_as(&end, trusted)?;
        following.put(&end, was, now)?;
    }
    for (statement, (before, now)) in following.changed {
        if before != now {
            changes.put(FactKey::Became(statement, fact.index), Fact::Became(now));
        }
    }
    Ok(())
}

struct Following<'a, V> {
    view: &'a V,
    before: TreeSize,
    distrust: Distrust,
    /// Those not looked at yet: they still count as before.
    turned: BTreeMap<EntryIndex, StatementFact>,
    /// What ended each statement before, and what ends it now.
    changed: BTreeMap<EntryIndex, (BecameFact, BecameFact)>,
}

impl<V: View> Following<'_, V> {
    /// `end` counted as `was` for the statement that it ends, and counts as `now`.
    fn put(
        &mut self,
        end: &StatementFact,
        mut was: Option<EntryIndex>,
        mut now: Option<EntryIndex>,
    ) -> Result<(), V::Error> {
        let mut end = end.clone();
        while was != now
            && let Some(target) = end.ends()
            && let Some(target) = self.view.entry(target)?
        {
            let trusted = self.is_trusted(&target)? != self.turned.contains_key(&target.index);
            let before = self.counts_as(&target, trusted)?;
            self.replace(&target, &end, was, now)?;
            was = before;
            now = self.counts_as(&target, trusted)?;
            end = target;
        }
        Ok(())
    }

    /// What a correction or a withdrawal counts as for the statement that it ends.
    fn counts_as(
        &self,
        end: &StatementFact,
        trusted: bool,
    ) -> Result<Option<EntryIndex>, V::Error> {
        if end.statement_type == StatementType::Withdraw {
            return Ok(trusted.then_some(end.index));
        }
        let became = decide(&self.now(end.index)?, end.statement_type);
        Ok(if trusted && became.withdrawn_by.is_none() {
            Some(end.index)
        } else {
            became.successor
        })
    }

    fn is_trusted(&self, fact: &StatementFact) -> Result<bool, V::Error> {
        Ok(!self.distrust.covers(self.view, fact)?)
    }

    /// What ends a statement now.
    fn now(&self, statement: EntryIndex) -> Result<BecameFact, V::Error> {
        if let Some((_, now)) = self.changed.get(&statement) {
            return Ok(now.clone());
        }
        let known = self.view.became(statement, self.before)?;
        Ok(known.map(|(_, fact)| fact).unwrap_or_default())
    }

    fn replace(
        &mut self,
        target: &StatementFact,
        end: &StatementFact,
        was: Option<EntryIndex>,
        now: Option<EntryIndex>,
    ) -> Result<(), V::Error> {
        let known = self.now(target.index)?;
        let (_, changed) = self
            .changed
            .entry(target.index)
            .or_insert_with(|| (known.clone(), known));
        let list = if end.statement_type == StatementType::Withdraw {
            &mut changed.withdrawals
        } else {
            &mut changed.successors
        };
        list.retain(|index| Some(*index) != was);
        if let Some(now) = now {
            let at = list.partition_point(|index| *index < now);
            list.insert(at, now);
        }
        Ok(())
    }
}
