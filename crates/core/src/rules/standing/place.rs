//! What became of a thing, and which statement has its place.
//!
//! The first correction or withdrawal in the log that stands decides. A later one that stands as well, because a distrust
//! fell, is a statement of its own: it takes no place, is never current, and can be withdrawn or corrected. Only of a
//! verdict both can hold: its correction may still wait for approval when it is withdrawn.
//!
//! What becomes of a statement depends on later entries only, so they are judged from the last to the first.

use super::as_of::{Became, Reading};
use crate::model::StatementType;
use crate::rules::backlinks::Link;
use crate::rules::statement::StatementFact;
use crate::rules::view::View;
use crate::tlog::EntryIndex;
use std::collections::BTreeSet;

impl<V: View> Reading<'_, V> {
    /// What became of a thing, whoever asks.
    pub(crate) fn became(&self, index: EntryIndex) -> Result<Became, V::Error> {
        if let Some(known) = self.became.borrow().get(&index) {
            return Ok(*known);
        }
        let mut forms = BTreeSet::from([index]);
        let mut open = vec![index];
        while let Some(at) = open.pop() {
            for end in self.under(at, Link::End)? {
                if end.correction.is_some()
                    && !self.became.borrow().contains_key(&end.index)
                    && forms.insert(end.index)
                {
                    open.push(end.index);
                }
            }
        }
        let mut answer = Became::default();
        for form in forms.into_iter().rev() {
            answer = self.ended(form)?;
            self.became.borrow_mut().insert(form, answer);
        }
        Ok(answer)
    }

    /// What became of a form, if that is known of all its corrections.
    fn ended(&self, form: EntryIndex) -> Result<Became, V::Error> {
        let mut became = Became::default();
        for end in self.under(form, Link::End)? {
            let trusted = self.is_trusted(&end)?;
            if end.statement_type == StatementType::Withdraw {
                if trusted && became.withdrawn_by.is_none() {
                    became.withdrawn_by = Some(end.index);
                }
                continue;
            }
            let known = self.became.borrow().get(&end.index).copied();
            let later = known.unwrap_or_default();
            let candidate = if trusted && later.withdrawn_by.is_none() {
                Some(end.index)
            } else {
                later.successor
            };
            became.successor = match (became.successor, candidate) {
                (Some(one), Some(other)) => Some(one.min(other)),
                (one, other) => one.or(other),
            };
        }
        if let (Some(withdrawal), Some(successor)) = (became.withdrawn_by, became.successor) {
            let verdict = self
                .entry(form)?
                .is_some_and(|fact| fact.statement_type == StatementType::VerdictIssue);
            if withdrawal < successor {
                became.successor = None;
            } else if !verdict {
                became.withdrawn_by = None;
            }
        }
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
            Some(fact) => ends(&fact),
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

/// The thing that a correction or a withdrawal ends.
fn ends(fact: &StatementFact) -> Option<EntryIndex> {
    use crate::rules::statement::Says;
    match fact.says {
        Says::Withdrawal { target } => Some(target),
        _ => fact.correction.map(|correction| correction.supersedes),
    }
}
