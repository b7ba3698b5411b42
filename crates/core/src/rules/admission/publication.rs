//! Publications and adoptions. A page may show a verdict that no longer stands, and the record says so: then the
//! publication must say why, in `despite`.

use super::case::Case;
use super::permissions;
use crate::model::attestation::Publish;
use crate::model::organisation::Role;
use crate::rules::rejection::{Refusal, Rejection};
use crate::rules::standing::approval::ApprovalOutcome;
use crate::rules::standing::objection::Disputed;
use crate::rules::standing::publication::adopts_at;
use crate::rules::standing::verdict::{Standing, current, standing};
use crate::rules::statement::Says;
use crate::rules::view::View;

/// `verdict.publish`. At the address of the review that the verdict adopts, a reviewer may sign it, and it needs no
/// reason: the page was there before the verdict.
pub(super) fn publish<V: View>(
    case: &Case<'_, V>,
    publish: &Publish,
) -> Result<(), Refusal<V::Error>> {
    let Some(verdict) = case.in_field("verdict") else {
        return Ok(());
    };
    let Says::Verdict(said) = &verdict.says else {
        return Ok(());
    };
    let adopted = adopts_at(&case.before, verdict, said, &case.fact()?).map_err(Refusal::View)?;
    if adopted.is_some() {
        return Ok(());
    }
    permissions::one_of(case, &[Role::Editor])?;
    if publish.despite.is_some() {
        return Ok(());
    }
    let found = standing(&case.before, verdict.index).map_err(Refusal::View)?;
    let Some(found) = found else {
        return Ok(());
    };
    let Some(reason) = not_current(case, &found)? else {
        return Ok(());
    };
    let missing = Rejection::DespiteMissing {
        id: verdict.id,
        reason,
    };
    // Only what is missing can be in the rest of a log.
    match reason {
        UNAPPROVED => Ok(case
            .view
            .lacking(missing, "the approvals of the verdict, and the policy")?),
        _ => Err(missing.into()),
    }
}

/// Why a verdict is not the current approved verdict of its organisation, if it is not.
fn not_current<V: View>(
    case: &Case<'_, V>,
    found: &Standing,
) -> Result<Option<&'static str>, Refusal<V::Error>> {
    let reason = if found.withdrawn_by.is_some() {
        "it was withdrawn"
    } else if found.distrusted {
        "its key is distrusted"
    } else if found.superseded_by.is_some() {
        "an approved correction replaced it"
    } else if found.approval.outcome == ApprovalOutcome::Rejected {
        "it is rejected"
    } else if found.approval.outcome == ApprovalOutcome::Unapproved {
        UNAPPROVED
    } else if found.disputes.iter().any(Disputed::is_due) {
        "an objection to it was upheld, and no correction has settled it"
    } else {
        let newest = current(&case.before, found.claim, found.organisation);
        match newest.map_err(Refusal::View)? {
            Some(newest) if newest.entry != found.entry => {
                "another verdict of its organisation on this claim is current"
            }
            _ => return Ok(None),
        }
    };
    Ok(Some(reason))
}

const UNAPPROVED: &str = "it is not approved";

/// A verdict adopts a review of the same claim that its own organisation recorded.
pub(super) fn adopts<V: View>(case: &Case<'_, V>) -> Result<(), Refusal<V::Error>> {
    let (Some(review), Some(claim)) = (case.in_field("adopts"), case.in_field("claim")) else {
        return Ok(());
    };
    permissions::own_statement(case, review)?;
    let family = case.before.same_claim(claim.index).map_err(Refusal::View)?;
    match review.says {
        Says::Review {
            claim: Some(about), ..
        } if family.contains(&about) => Ok(()),
        _ => Err(Rejection::OtherClaim {
            field: "adopts",
            id: review.id,
        }
        .into()),
    }
}
