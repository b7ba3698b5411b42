//! What a withdrawal leaves standing: of a correction, what it had corrected may stand again.

use super::append::Proposal;
use super::dispute::{NewWithdrawal, withdraw};
use crate::app::read::line::{Line, Lines};
use crate::app::{Error, Session};
use claimledger_core::EntryIndex;
use claimledger_core::model::ledger::Withdraw;
use claimledger_core::model::{FreeText, StatementType};
use claimledger_core::rules::{self, Reading, View, supposing_withdrawals};

/// What becomes of the statement that a correction had corrected when the correction is withdrawn.
#[derive(Debug, Clone)]
pub enum Left {
    /// It stands again.
    Again(Line),
    /// It stands as before: the correction had not taken its place yet.
    AsBefore(Line),
    /// It does not stand either.
    Nothing(Line),
}

/// What the withdrawal of a statement leaves standing; none if the statement corrects nothing.
pub fn left(session: &Session, new: &NewWithdrawal) -> Result<Option<Left>, Error> {
    let target = session.resolve(&new.target, session.head().size)?;
    left_after(session, &[target])
}

/// The statements that withdraw one and what it had corrected, as far as that would stand then: the newest form first.
pub fn withdraw_both(session: &Session, new: &NewWithdrawal) -> Result<Proposal, Error> {
    let mut proposal = withdraw(session, new)?;
    let mut targets = vec![session.resolve(&new.target, session.head().size)?];
    while let Some(Left::Again(line) | Left::AsBefore(line)) = left_after(session, &targets)? {
        let further = Withdraw {
            reason: FreeText::open(new.reason.clone())?,
            target: session.named(&line.index.to_string())?.0,
        };
        proposal.further.push(further.into());
        targets.push(line.index);
    }
    Ok(proposal)
}

/// The newest form that stands before the last of these, after all of them are withdrawn; else the one before it.
fn left_after(session: &Session, targets: &[EntryIndex]) -> Result<Option<Left>, Error> {
    let size = session.head().size;
    let view = session.view();
    let Some(first) = targets.last().copied() else {
        return Ok(None);
    };
    let before = Reading::at(&view, size)?;
    let after = supposing_withdrawals(&view, size, targets)?;
    let mut last = size;
    for _ in targets {
        last = last.next().size_through();
    }
    let lines = Lines::at(session, &after, last)?;
    let corrected = |index| -> Result<Option<EntryIndex>, Error> {
        let fact = view.entry(index)?;
        Ok(fact.and_then(|fact| fact.correction).map(|c| c.supersedes))
    };
    let Some(previous) = corrected(first)? else {
        return Ok(None);
    };
    let mut form = Some(previous);
    while let Some(index) = form {
        if lines.reading().is_live(index)? {
            let line = lines.of(index)?;
            return Ok(Some(if stands(&before, index)? && targets.len() == 1 {
                Left::AsBefore(line)
            } else {
                Left::Again(line)
            }));
        }
        form = corrected(index)?;
    }
    Ok(Some(Left::Nothing(lines.of(previous)?)))
}

/// Whether nothing has the place of a statement yet. A correction of a verdict takes it when it is approved.
fn stands<V: View>(reading: &Reading<'_, V>, index: EntryIndex) -> Result<bool, V::Error> {
    let fact = reading.entry(index)?;
    if fact.is_some_and(|fact| fact.statement_type == StatementType::VerdictIssue) {
        let standing = rules::standing(reading, index)?;
        return Ok(standing.is_some_and(|standing| standing.superseded_by.is_none()));
    }
    reading.is_live(index)
}
