//! Corrections and withdrawals: corrections only by the statement's own organisation, and a statement has only one
//! successor.

use super::case::Case;
use super::{permissions, withdrawal};
use crate::model::StatementType;
use crate::model::organisation::Role;
use crate::rules::rejection::{Refusal, Rejection};
use crate::rules::statement::StatementFact;
use crate::rules::view::View;

/// Refuses to supersede a statement of another organisation, or one that is withdrawn or already superseded. After its
/// successor is withdrawn, a statement can be superseded again.
pub(super) fn correction<V: View>(case: &Case<'_, V>) -> Result<(), Refusal<V::Error>> {
    let Some(target) = case.in_field(SUPERSEDES) else {
        return Ok(());
    };
    permissions::own_statement(case, target)?;
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
    as_importer(case, target)?;
    not_too_long(case, target)
}

/// An importer is software: it corrects only what an importer of its organisation recorded, never what a person wrote.
fn as_importer<V: View>(
    case: &Case<'_, V>,
    target: &StatementFact,
) -> Result<(), Refusal<V::Error>> {
    if !case.roles().contains(&Role::Importer) {
        return Ok(());
    }
    let author = case.view.introduced(target.by.key).map_err(Refusal::View)?;
    let by_importer = author.as_ref().is_some_and(|(_, key)| {
        key.roles_at(target.index)
            .is_some_and(|(_, roles)| roles.contains(&Role::Importer))
    });
    if by_importer {
        return Ok(());
    }
    Err(Rejection::ImporterCorrection {
        id: target.id,
        holder: case.key.holder.clone(),
    }
    .into())
}

/// Bounds the corrections that stand one after another, so that every reader can follow them.
fn not_too_long<V: View>(
    case: &Case<'_, V>,
    target: &StatementFact,
) -> Result<(), Refusal<V::Error>> {
    let mut standing = 0;
    let mut at = target.correction;
    let mut form = target.index;
    while let Some(correction) = at {
        standing += u64::from(case.before.stands(form).map_err(Refusal::View)?);
        form = correction.supersedes;
        let earlier = case.before.entry(form).map_err(Refusal::View)?;
        at = earlier.and_then(|fact| fact.correction);
    }
    if standing < MAX_CORRECTIONS {
        return Ok(());
    }
    Err(Rejection::CorrectionChain {
        id: target.id,
        most: MAX_CORRECTIONS,
    }
    .into())
}

/// The most corrections of one thing that stand one after another. No newsroom corrects a statement so often.
const MAX_CORRECTIONS: u64 = 1_024;

/// `withdraw`: once, by those who may. Of a corrected statement only the newest form, because the correction must
/// not outlive the statement it corrects. Of a verdict also an older one: its correction may still wait for approval.
pub(super) fn withdraw<V: View>(case: &Case<'_, V>) -> Result<(), Refusal<V::Error>> {
    let Some(target) = case.in_field("target") else {
        return Ok(());
    };
    withdrawal::may(case, target)?;
    withholding(case, target)?;
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

/// A distrusted withholding goes on hiding. Only an admin decides that it was a thief's.
fn withholding<V: View>(
    case: &Case<'_, V>,
    target: &StatementFact,
) -> Result<(), Refusal<V::Error>> {
    let withholds = target.statement_type == StatementType::SnapshotWithhold;
    if withholds && !case.before.is_trusted(target).map_err(Refusal::View)? {
        permissions::admin(case)?;
    }
    Ok(())
}

pub(super) const SUPERSEDES: &str = "correction.supersedes";
