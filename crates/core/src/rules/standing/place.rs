//! What became of a thing, and which statement has its place.
//!
//! The first correction or withdrawal in the log that stands decides. A later one that stands as well, because a distrust
//! fell, is a statement of its own: it takes no place, is never current, and can be withdrawn or corrected. Only of a
//! verdict both can hold: its correction may still wait for approval when it is withdrawn.
//!
//! What ends a statement is a fact, which corrections, withdrawals and revocations change (`admission/became.rs`). So a
//! question as of any size is one look-up.

use super::as_of::{Became, Reading};
use crate::model::StatementType;
use crate::rules::state::BecameFact;
use crate::rules::view::View;
use crate::tlog::EntryIndex;

/// What became of a statement of this type that these end.
pub(crate) fn decide(ends: &BecameFact, statement_type: StatementType) -> Became {
    let mut became = Became {
        withdrawn_by: ends.withdrawals.first().copied(),
        successor: ends.successors.first().copied(),
    };
    if let (Some(withdrawal), Some(successor)) = (became.withdrawn_by, became.successor) {
        if withdrawal < successor {
            became.successor = None;
        } else if statement_type != StatementType::VerdictIssue {
            became.withdrawn_by = None;
        }
    }
    became
}

impl<V: View> Reading<'_, V> {
    /// What became of a thing, whoever asks.
    pub(crate) fn became(&self, index: EntryIndex) -> Result<Became, V::Error> {
        if let Some(known) = self.became.borrow().get(&index) {
            return Ok(*known);
        }
        let became = match self.view().became(index, self.size())? {
            Some((_, ends)) => match self.entry(index)? {
                Some(fact) => decide(&ends, fact.statement_type),
                None => Became::default(),
            },
            None => Became::default(),
        };
        self.became.borrow_mut().insert(index, became);
        Ok(became)
    }

    /// The entry that has the place which the correction or withdrawal in entry `index` would take; none if that has it,
    /// or takes none.
    pub fn displaced_by(&self, index: EntryIndex) -> Result<Option<EntryIndex>, V::Error> {
        if self.is_kept(index)? {
            return Ok(None);
        }
        let mut passed = Vec::new();
        let mut at = index;
        let mut answer = None;
        let mut target = match self.entry(index)? {
            Some(fact) => fact.ends(),
            None => None,
        };
        while let Some(form) = target {
            if at != index
                && let Some(known) = self.displaced.borrow().get(&at)
            {
                answer = *known;
                break;
            }
            if passed.last() != Some(&at) {
                passed.push(at);
            }
            let became = self.became(form)?;
            if became.successor != Some(at) && became.withdrawn_by != Some(at) {
                answer = became.first().filter(|first| *first != at);
                break;
            }
            let Some(fact) = self.entry(form)? else { break };
            if self.stands(form)? || became.withdrawn_by == Some(at) {
                at = form;
            }
            target = fact.correction.map(|correction| correction.supersedes);
        }
        let mut memory = self.displaced.borrow_mut();
        memory.extend(passed.into_iter().map(|index| (index, answer)));
        Ok(answer)
    }
}
