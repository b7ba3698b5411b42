//! Who may withdraw a statement, by its type.
//!
//! What an organisation said, its members withdraw. An objection is its opener's alone, so that nobody ends the
//! objection of a colleague; an answer is withdrawn by those who may answer.

use super::case::Case;
use super::{admins, objection, permissions, supersede};
use crate::model::StatementType;
use crate::model::dispute::Outcome;
use crate::model::organisation::Role;
use crate::rules::rejection::{Refusal, Rejection};
use crate::rules::roles;
use crate::rules::standing;
use crate::rules::statement::{Says, StatementFact};
use crate::rules::view::View;

/// Refuses a signer who may not withdraw this statement.
pub(super) fn may<V: View>(
    case: &Case<'_, V>,
    target: &StatementFact,
) -> Result<(), Refusal<V::Error>> {
    permissions::one_of(case, roles(case, target)?)?;
    match (target.statement_type, &target.says) {
        (StatementType::DisputeOpen, _) => dispute(case, target),
        (_, Says::Answer { dispute, outcome }) => answer(case, target, *dispute, *outcome),
        // The host's withholding.
        (_, Says::Withholding { source: None, .. }) => {
            permissions::one_of(case, &[Role::Admin])?;
            Ok(permissions::founders(case)?)
        }
        _ => supersede::own(case, target),
    }
}

/// A reviewer may publish a verdict that adopts a recorded review, and so may withdraw that publication.
fn roles<V: View>(
    case: &Case<'_, V>,
    target: &StatementFact,
) -> Result<&'static [Role], Refusal<V::Error>> {
    if let Says::Publication { verdict, .. } = target.says
        && let Some(verdict) = case.view.entry(verdict).map_err(Refusal::View)?
        && matches!(&verdict.says, Says::Verdict(verdict) if verdict.adopts.is_some())
    {
        return Ok(&[Role::Editor, Role::Reviewer]);
    }
    Ok(roles::withdrawing(target.statement_type))
}

/// An objection: by the person who opened it, while no answer stands; by an admin of their organisation once that
/// person has no key that can sign.
fn dispute<V: View>(case: &Case<'_, V>, dispute: &StatementFact) -> Result<(), Refusal<V::Error>> {
    supersede::own(case, dispute)?;
    let answered = standing::objection::answer_of(&case.before, dispute.index);
    if let Some((by, _)) = answered.map_err(Refusal::View)? {
        return Err(Rejection::DisputeAnswered { id: dispute.id, by }.into());
    }
    if case.by.is_person(&dispute.by) {
        return Ok(());
    }
    let (holder, organisation) = case.author(dispute)?;
    let keys = admins::keys_of(case.view, &organisation, &holder, case.candidate.index);
    if !keys.map_err(Refusal::View)?.is_empty() {
        return Err(Rejection::OtherPerson {
            id: dispute.id,
            author: holder,
            holder: case.key.holder.clone(),
        }
        .into());
    }
    Ok(permissions::one_of(case, &[Role::Admin])?)
}

/// An answer: by those who may answer the dispute. A reply ends nothing, so the person who made it may withdraw it too.
fn answer<V: View>(
    case: &Case<'_, V>,
    answer: &StatementFact,
    dispute: crate::tlog::EntryIndex,
    outcome: Outcome,
) -> Result<(), Refusal<V::Error>> {
    if outcome == Outcome::Reply && case.by.is_person(&answer.by) {
        return Ok(());
    }
    let Some(dispute) = case.view.entry(dispute).map_err(Refusal::View)? else {
        return Ok(());
    };
    match objection::target(case, &dispute)? {
        Some(target) => objection::may_answer(case, &dispute, &target),
        None => Ok(()),
    }
}
