//! Who may say what: the roles of each statement, in the first version of the rules.

use super::case::Case;
use super::rejection::{Refusal, Rejection};
use super::view::View;
use crate::encoding::name::Slug;
use crate::model::Body;
use crate::model::organisation::Role;
use crate::model::relation::SourceRelation;

/// The roles of which one lets a key say this. What recovery keys say is judged by their signatures instead.
pub fn roles(body: &Body) -> &'static [Role] {
    match body {
        Body::OrganisationSet(_)
        | Body::KeyEnroll(_)
        | Body::KeyRevoke(_)
        | Body::CheckpointRotate(_)
        | Body::CheckpointRetire(_)
        | Body::RulesUpgrade(_)
        | Body::ScaleSet(_)
        | Body::PolicySet(_) => &[Role::Admin],
        Body::SnapshotWithhold(_) => &[Role::Admin, Role::Editor],
        Body::SourceRelate(relate) if relate.relation == SourceRelation::IndependentOf => {
            &[Role::Reviewer]
        }
        Body::SourceAdd(_)
        | Body::SourceCapture(_)
        | Body::SourceRelate(_)
        | Body::ClaimAdd(_)
        | Body::ClaimRelate(_)
        | Body::ReviewRecord(_) => &[Role::Importer, Role::Reviewer],
        Body::OriginAssess(_) | Body::EvidenceAdd(_) | Body::VerdictIssue(_) => &[Role::Reviewer],
        Body::VerdictAttest(_) | Body::DisputeOpen(_) | Body::DisputeAnswer(_) => {
            &[Role::Editor, Role::Reviewer]
        }
        Body::VerdictPublish(_) => &[Role::Editor],
        Body::Withdraw(_) => &[Role::Admin, Role::Editor, Role::Reviewer],
        Body::KeyRotate(_) | Body::CheckpointObserve(_) => Role::ALL,
        Body::LedgerCreate(_) | Body::KeyRecover(_) => &[],
    }
}

/// Refuses a signer who has none of the roles.
pub(super) fn has_role<V: View>(case: &Case<'_, V>) -> Result<(), Rejection> {
    let statement = case.candidate.statement;
    let needed = (case.book.roles)(&statement.body);
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

/// Refuses a signer of another organisation than the one it is about.
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

/// Refuses a signer who is not of the founder's organisation.
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

/// Lets the organisation's own admins do it, and an admin of the founder's while it has none.
pub(super) fn own_or_founding<V: View>(
    case: &Case<'_, V>,
    organisation: &Slug,
) -> Result<(), Refusal<V::Error>> {
    if case.key.organisation == *organisation {
        return Ok(());
    }
    let admins = super::keys::admins(case.view, organisation, case.candidate.index)
        .map_err(Refusal::View)?;
    if admins.is_empty() {
        founders(case)?;
    } else {
        own_organisation(case, organisation)?;
    }
    Ok(())
}

/// Roles as a sentence has them.
fn words(roles: &[Role]) -> String {
    let words: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
    words.join(", ")
}
