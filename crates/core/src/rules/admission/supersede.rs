//! Corrections and withdrawals: corrections only by the statement's own organisation, and a statement has only one
//! successor.

use super::case::Case;
use super::withdrawal;
use crate::model::StatementType;
use crate::rules::rejection::{Refusal, Rejection};
use crate::rules::statement::StatementFact;
use crate::rules::view::View;

/// Refuses to supersede a statement of another organisation, or one that is withdrawn or already superseded. After its
/// successor is withdrawn, a statement can be superseded again.
pub(super) fn correction<V: View>(case: &Case<'_, V>) -> Result<(), Refusal<V::Error>> {
    let Some(target) = case.in_field(SUPERSEDES) else {
        return Ok(());
    };
    own(case, target)?;
    let id = target.id;
    if let Some(by) = case
        .before
        .withdrawn_by(target.index)
        .map_err(Refusal::View)?
    {
        return Err(Rejection::ReferenceWithdrawn {
            field: SUPERSEDES,
            id,
            by,
        }
        .into());
    }
    if let Some(first) = case.before.successor(target.index).map_err(Refusal::View)? {
        return Err(Rejection::AlreadySuperseded {
            id,
            by: first.index,
            first: first.id,
        }
        .into());
    }
    Ok(())
}

/// `withdraw`: once, by those who may. Of a corrected statement only the newest form, because the correction must
/// not outlive the statement it corrects. Of a verdict also an older one: its correction may still wait for approval.
pub(super) fn withdraw<V: View>(case: &Case<'_, V>) -> Result<(), Refusal<V::Error>> {
    let Some(target) = case.in_field("target") else {
        return Ok(());
    };
    withdrawal::may(case, target)?;
    let id = target.id;
    if let Some(by) = case
        .before
        .withdrawn_by(target.index)
        .map_err(Refusal::View)?
    {
        return Err(Rejection::AlreadyWithdrawn { id, by }.into());
    }
    let newer = case.before.successor(target.index).map_err(Refusal::View)?;
    match newer {
        Some(newer) if target.statement_type != StatementType::VerdictIssue => {
            Err(Rejection::ReferenceSuperseded {
                field: "target",
                id,
                by: newer.index,
                newer: newer.id,
            }
            .into())
        }
        _ => Ok(()),
    }
}

pub(super) fn own<V: View>(
    case: &Case<'_, V>,
    target: &StatementFact,
) -> Result<(), Refusal<V::Error>> {
    if target.by.organisation == case.by.organisation {
        return Ok(());
    }
    let (_, organisation) = case.author(target)?;
    Err(Rejection::NotItsOrganisation {
        id: target.id,
        organisation,
        holder: case.key.holder.clone(),
        signer: case.key.organisation.clone(),
    }
    .into())
}

pub(super) const SUPERSEDES: &str = "correction.supersedes";
