//! What a statement names must exist, must be of the right kind, and, where the rules require it, must still be in
//! force.
//!
//! A superseded source is read as its newest version. A superseded claim is so only after a typing error or a
//! clarification: any other correction makes another claim, which must be named itself. Evidence must be named in its
//! newest form, because it is not read as anything else.

use super::case::Case;
use crate::model::StatementType;
use crate::model::reference::Named;
use crate::rules::rejection::{Refusal, Rejection};
use crate::rules::statement::StatementFact;
use crate::rules::view::View;
use crate::tlog::EntryIndex;

/// Finds the named statement, or refuses.
pub(super) fn resolve<V: View>(
    view: &V,
    named: &[Named],
) -> Result<Vec<(Named, StatementFact)>, Refusal<V::Error>> {
    let mut found = Vec::with_capacity(named.len());
    for reference in named {
        let Named { field, id, types } = *reference;
        let fact = view.statement(&id).map_err(Refusal::View)?;
        let fact = fact.ok_or(Rejection::ReferenceUnknown { field, id })?;
        of_type(reference, &fact, types)?;
        found.push((*reference, fact));
    }
    Ok(found)
}

/// Refuses a thing of the wrong kind.
pub(super) fn of_type(
    named: &Named,
    fact: &StatementFact,
    types: &[StatementType],
) -> Result<(), Rejection> {
    if types.is_empty() || types.contains(&fact.statement_type) {
        return Ok(());
    }
    let expected: Vec<&str> = types.iter().map(|t| t.as_str()).collect();
    Err(Rejection::ReferenceType {
        field: named.field,
        id: named.id,
        found: fact.statement_type,
        expected: expected.join(" or "),
    })
}

/// Refuses a statement that depends on something no longer in force.
pub(super) fn stand<V: View>(case: &Case<'_, V>) -> Result<(), Refusal<V::Error>> {
    let statement = case.candidate.statement;
    for (named, fact) in &case.named {
        match (statement.statement_type, named.field) {
            // Superseded, withdrawn, withheld and published things have rules of their own.
            (_, "correction.supersedes")
            | (
                StatementType::Withdraw
                | StatementType::SnapshotWithhold
                | StatementType::VerdictPublish,
                _,
            ) => {}
            // An objection is to what was published, and may name the form that was.
            (StatementType::DisputeOpen, "target")
                if fact.statement_type == StatementType::ClaimAdd =>
            {
                not_withdrawn(case, named, fact)?;
            }
            _ => match fact.statement_type {
                StatementType::SourceAdd => source(case, named, fact)?,
                StatementType::ClaimAdd => claim(case, named, fact)?,
                StatementType::EvidenceAdd => evidence(case, named, fact)?,
                _ => not_withdrawn(case, named, fact)?,
            },
        }
    }
    Ok(())
}

fn source<V: View>(
    case: &Case<'_, V>,
    named: &Named,
    fact: &StatementFact,
) -> Result<(), Refusal<V::Error>> {
    if case
        .before
        .newest(fact.index)
        .map_err(Refusal::View)?
        .is_some()
    {
        return Ok(());
    }
    let last = case.before.last_form(fact.index).map_err(Refusal::View)?;
    let withdrawn = case.before.withdrawn_by(last).map_err(Refusal::View)?;
    let by = match withdrawn {
        None => case.before.displaced_by(last).map_err(Refusal::View)?,
        by => by,
    };
    match by {
        Some(by) => refuse_withdrawn(case, named, fact, by),
        // What is only distrusted may be named. It counts for nothing while it is.
        None => Ok(()),
    }
}

fn claim<V: View>(
    case: &Case<'_, V>,
    named: &Named,
    fact: &StatementFact,
) -> Result<(), Refusal<V::Error>> {
    let now = case.before.claim_now(fact.index).map_err(Refusal::View)?;
    let now = case.before.entry(now).map_err(Refusal::View)?;
    let now = now.as_deref().unwrap_or(fact);
    not_withdrawn(case, named, now)?;
    not_superseded(case, named, now)
}

fn evidence<V: View>(
    case: &Case<'_, V>,
    named: &Named,
    fact: &StatementFact,
) -> Result<(), Refusal<V::Error>> {
    not_withdrawn(case, named, fact)?;
    if named.field == "evidence" {
        not_superseded(case, named, fact)?;
    }
    Ok(())
}

fn not_withdrawn<V: View>(
    case: &Case<'_, V>,
    named: &Named,
    fact: &StatementFact,
) -> Result<(), Refusal<V::Error>> {
    match case
        .before
        .withdrawn_by(fact.index)
        .map_err(Refusal::View)?
    {
        None => Ok(()),
        Some(by) => refuse_withdrawn(case, named, fact, by),
    }
}

fn refuse_withdrawn<V: View>(
    case: &Case<'_, V>,
    named: &Named,
    fact: &StatementFact,
    by: EntryIndex,
) -> Result<(), Refusal<V::Error>> {
    let (field, id) = (named.field, named.id);
    refuse(case, fact, Rejection::ReferenceWithdrawn { field, id, by })
}

/// Refuses what no longer stands. A claim or source of another organisation goes on standing for one that had named it
/// before, and a part of a log may lack the entry in which it did.
fn refuse<V: View>(
    case: &Case<'_, V>,
    fact: &StatementFact,
    rejection: Rejection,
) -> Result<(), Refusal<V::Error>> {
    let may_be_kept = fact.by.organisation != case.by.organisation
        && matches!(
            fact.statement_type,
            StatementType::ClaimAdd | StatementType::SourceAdd
        );
    if may_be_kept {
        return Ok(case.view.lacking(rejection, FIRST_NAMED)?);
    }
    Err(rejection.into())
}

const FIRST_NAMED: &str = "the evidence or verdict with which this organisation first named it";

fn not_superseded<V: View>(
    case: &Case<'_, V>,
    named: &Named,
    fact: &StatementFact,
) -> Result<(), Refusal<V::Error>> {
    let mut newer = case.before.successor(fact.index).map_err(Refusal::View)?;
    if newer.is_none() {
        let first = case.before.displaced_by(fact.index);
        if let Some(first) = first.map_err(Refusal::View)? {
            newer = case.before.entry(first).map_err(Refusal::View)?;
        }
    }
    let (field, id) = (named.field, named.id);
    match newer {
        None => Ok(()),
        Some(first) if first.statement_type == StatementType::Withdraw => {
            refuse_withdrawn(case, named, fact, first.index)
        }
        Some(newer) => refuse(
            case,
            fact,
            Rejection::ReferenceSuperseded {
                field,
                id,
                by: newer.index,
                newer: newer.id,
            },
        ),
    }
}
