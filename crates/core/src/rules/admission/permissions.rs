//! Permissions: refuses a signer who does not have the role, or is from another organisation than the statement
//! requires.

use super::admins;
use super::case::Case;
use crate::encoding::name::Slug;
use crate::model::organisation::Role;
use crate::rules::rejection::{Refusal, Rejection};
use crate::rules::statement::StatementFact;
use crate::rules::view::View;

/// Refuses a signer who has none of the roles that this statement needs.
pub(super) fn has_role<V: View>(case: &Case<'_, V>) -> Result<(), Rejection> {
    one_of(case, (case.book.roles)(&case.candidate.statement.body))
}

/// Refuses a signer who has none of these roles.
pub(super) fn one_of<V: View>(case: &Case<'_, V>, needed: &[Role]) -> Result<(), Rejection> {
    let statement = case.candidate.statement;
    let has = case.roles();
    if needed.iter().any(|role| has.contains(role)) {
        return Ok(());
    }
    Err(Rejection::RoleMissing {
        statement: statement.statement_type,
        holder: case.key.holder.clone(),
        has: words(has),
        needed: words(needed),
    })
}

/// Refuses a signer who is no admin, where the roles of the type are wider.
pub(super) fn admin<V: View>(case: &Case<'_, V>) -> Result<(), Rejection> {
    let has = case.roles();
    if has.contains(&Role::Admin) {
        return Ok(());
    }
    Err(Rejection::RoleMissing {
        statement: case.candidate.statement.statement_type,
        holder: case.key.holder.clone(),
        has: words(has),
        needed: words(&[Role::Admin]),
    })
}

/// Refuses a signer from another organisation than the one it is about.
pub(super) fn own_organisation<V: View>(
    case: &Case<'_, V>,
    organisation: &Slug,
) -> Result<(), Rejection> {
    if case.key.organisation == *organisation {
        return Ok(());
    }
    Err(Rejection::OtherOrganisation {
        statement: case.candidate.statement.statement_type,
        holder: case.key.holder.clone(),
        signer: case.key.organisation.clone(),
        organisation: organisation.clone(),
    })
}

/// Refuses a signer who is not from the founder's organisation.
pub(super) fn founders<V: View>(case: &Case<'_, V>) -> Result<(), Rejection> {
    if case.key.organisation == case.ledger.organisation {
        return Ok(());
    }
    Err(Rejection::FounderOnly {
        statement: case.candidate.statement.statement_type,
        holder: case.key.holder.clone(),
        signer: case.key.organisation.clone(),
        founder: case.ledger.organisation.clone(),
    })
}

/// Allows the organisation's own admins, and an admin of the founder's organisation while it has none.
pub(super) fn own_or_founding<V: View>(
    case: &Case<'_, V>,
    organisation: &Slug,
) -> Result<(), Refusal<V::Error>> {
    if case.key.organisation == *organisation {
        return Ok(());
    }
    let has_admin = admins::is_any_but(case.view, organisation, case.candidate.index, None);
    if has_admin.map_err(Refusal::View)? {
        own_organisation(case, organisation)?;
    } else {
        founders(case)?;
    }
    Ok(())
}

/// Refuses a signer from another organisation than the one whose statement it is.
pub(super) fn own_statement<V: View>(
    case: &Case<'_, V>,
    target: &StatementFact,
) -> Result<(), Refusal<V::Error>> {
    if target.by.is_colleague(&case.by) {
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

/// Roles, written for a sentence.
fn words(roles: &[Role]) -> String {
    let words: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
    words.join(", ")
}
