//! A verdict: a rating from its scale, on evidence about its claim that its author had seen.

use super::case::Case;
use super::publication;
use crate::corroboration::freeze;
use crate::model::verdict::Verdict;
use crate::rules::rejection::{Refusal, Rejection};
use crate::rules::standing::as_of::Reading;
use crate::rules::standing::corroboration_input::gather;
use crate::rules::standing::scales;
use crate::rules::statement::Says;
use crate::rules::view::View;
use crate::tlog::TreeSize;

/// `verdict.issue`.
pub(super) fn issue<V: View>(
    case: &Case<'_, V>,
    verdict: &Verdict,
) -> Result<(), Refusal<V::Error>> {
    rating(case, verdict)?;
    own_scale(case, verdict)?;
    publication::adopts(case)?;
    evidence(case)?;
    same_matter(case, verdict)?;
    corroboration(case, verdict)
}

fn rating<V: View>(case: &Case<'_, V>, verdict: &Verdict) -> Result<(), Rejection> {
    let on_scale = match case.in_field("scale").map(|fact| &fact.says) {
        Some(Says::Scale(scale)) => scale
            .ratings
            .iter()
            .any(|(code, _)| *code == verdict.rating),
        _ => false,
    };
    if on_scale {
        return Ok(());
    }
    Err(Rejection::RatingUnknown {
        rating: verdict.rating.clone(),
        scale: verdict.scale,
    })
}

/// The scale is the organisation's own, or one that its policy lists.
fn own_scale<V: View>(case: &Case<'_, V>, verdict: &Verdict) -> Result<(), Refusal<V::Error>> {
    let Some(scale) = case.in_field("scale") else {
        return Ok(());
    };
    let organisation = case.by.organisation;
    if scales::may_use(&case.before, organisation, scale, case.candidate.index)
        .map_err(Refusal::View)?
    {
        return Ok(());
    }
    let (_, owner) = case.author(scale)?;
    let refused = Rejection::ScaleNotAdopted {
        scale: verdict.scale,
        owner,
        organisation: case.key.organisation.clone(),
    };
    Ok(case
        .view
        .lacking(refused, "the policy that lists this scale")?)
}

/// Evidence must be about this claim and come before the head that the author had seen. In a batch that head may be
/// inside the batch.
fn evidence<V: View>(case: &Case<'_, V>) -> Result<(), Refusal<V::Error>> {
    let Some(claim) = case.in_field("claim") else {
        return Ok(());
    };
    let family = case.before.same_claim(claim.index).map_err(Refusal::View)?;
    let seen = case
        .candidate
        .statement
        .seen
        .map_or(TreeSize::EMPTY, |seen| seen.size);
    for (named, fact) in &case.named {
        let Says::Evidence { claim, .. } = &fact.says else {
            continue;
        };
        if !family.contains(claim) {
            return Err(Rejection::OtherClaim {
                field: named.field,
                id: named.id,
            }
            .into());
        }
        if !seen.contains(fact.index) {
            return Err(Rejection::EvidenceNotSeen {
                id: named.id,
                index: fact.index,
                seen,
            }
            .into());
        }
    }
    Ok(())
}

/// A verdict may supersede one about the same claim, or about an earlier form of it.
fn same_matter<V: View>(case: &Case<'_, V>, verdict: &Verdict) -> Result<(), Refusal<V::Error>> {
    let superseded = case.in_field(super::supersede::SUPERSEDES);
    let (Some(superseded), Some(claim)) = (superseded, case.in_field("claim")) else {
        return Ok(());
    };
    let Says::Verdict(before) = &superseded.says else {
        return Ok(());
    };
    let lineage = case.before.lineage(claim.index).map_err(Refusal::View)?;
    if lineage.contains(&before.claim) {
        return Ok(());
    }
    Err(Rejection::OtherClaim {
        field: super::supersede::SUPERSEDES,
        id: verdict
            .correction
            .as_ref()
            .map_or(superseded.id, |correction| correction.supersedes),
    }
    .into())
}

/// The corroboration in the verdict must use a method of these rules, and must equal what the live statements about
/// the claim give at the head that the author had seen.
fn corroboration<V: View>(case: &Case<'_, V>, verdict: &Verdict) -> Result<(), Refusal<V::Error>> {
    let method = verdict.corroboration.method;
    if !case.book.methods.contains(&method) {
        return Err(Rejection::CorroborationMethod { method }.into());
    }
    let seen = case
        .candidate
        .statement
        .seen
        .map_or(TreeSize::EMPTY, |seen| seen.size);
    let Some(claim) = case.in_field("claim") else {
        return Ok(());
    };
    let reading = Reading::at(case.view, seen).map_err(Refusal::View)?;
    let graph = gather(&reading, claim.index).map_err(Refusal::View)?;
    let computed = freeze(&graph.ok_or(Rejection::ClaimNotSeen {
        id: verdict.claim,
        index: claim.index,
        seen,
    })?);
    let claimed = &verdict.corroboration;
    if claimed.inputs != computed.inputs {
        // If only part of the log is known, other statements contributed, and the counts include them.
        let part = "inputs";
        return Ok(case.view.lacking(
            Rejection::CorroborationMismatch { part, seen },
            "the statements that its numbers were made from",
        )?);
    }
    let parts = [
        ("supporting counts", claimed.support == computed.support),
        ("refuting counts", claimed.refutation == computed.refutation),
    ];
    match parts.iter().find(|(_, same)| !same) {
        Some((part, _)) => Err(Rejection::CorroborationMismatch { part, seen }.into()),
        None => Ok(()),
    }
}
