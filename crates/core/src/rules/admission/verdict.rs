//! A verdict: a rating from its scale, on evidence about its claim that its author had seen.

use super::case::Case;
use super::publication;
use crate::model::verdict::{Corroboration, Verdict};
use crate::rules::rejection::{Refusal, Rejection};
use crate::rules::standing::as_of::Reading;
use crate::rules::standing::corroboration_input::frozen;
use crate::rules::standing::scales;
use crate::rules::standing::wording;
use crate::rules::statement::Says;
use crate::rules::view::View;
use crate::tlog::{EntryIndex, TreeSize};

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

/// Evidence must be about this claim, in a form that says the same for those who signed it, and come before the head that the author had seen. In a batch that head may be
/// inside the batch.
fn evidence<V: View>(case: &Case<'_, V>) -> Result<(), Refusal<V::Error>> {
    let Some(claim) = case.in_field("claim") else {
        return Ok(());
    };
    let seen = case
        .candidate
        .statement
        .seen
        .map_or(TreeSize::EMPTY, |seen| seen.size);
    for (named, fact) in &case.named {
        let Says::Evidence { claim: about, .. } = &fact.says else {
            continue;
        };
        let organisation = fact.by.organisation;
        let follows = wording::evidence_follows(&case.before, organisation, *about, claim.index);
        if !follows.map_err(Refusal::View)? {
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

/// The corroboration in the verdict must use a method of these rules, must equal what the live statements that count give
/// at the head that the author had seen, and its counts must still be those at its own entry: no author can choose an old
/// head for its numbers. At each of the two sizes those statements count that the policy names which was in force then.
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
    let Some(claim) = case.in_field("claim").map(|claim| claim.index) else {
        return Ok(());
    };
    let computed = at(case, verdict, claim, seen)?;
    let claimed = &verdict.corroboration;
    if claimed.inputs != computed.inputs {
        // If only part of the log is known, other statements contributed, and the counts include them.
        let part = "inputs";
        case.view.lacking(
            Rejection::CorroborationMismatch { part, seen },
            "the statements that its numbers were made from",
        )?;
        return Ok(());
    }
    let parts = [
        ("supporting counts", claimed.support == computed.support),
        ("refuting counts", claimed.refutation == computed.refutation),
    ];
    if let Some((part, _)) = parts.iter().find(|(_, same)| !same) {
        return Err(Rejection::CorroborationMismatch { part, seen }.into());
    }
    let here = case.candidate.index.size_before();
    if here == seen {
        return Ok(());
    }
    let now = at(case, verdict, claim, here)?;
    if (&now.support, &now.refutation) == (&claimed.support, &claimed.refutation) {
        return Ok(());
    }
    Ok(case.view.lacking(
        Rejection::CorroborationStale { seen, here },
        "what changed the numbers between the head that the author had seen and the verdict's entry",
    )?)
}

/// What the verdict would record at this size.
fn at<V: View>(
    case: &Case<'_, V>,
    verdict: &Verdict,
    claim: EntryIndex,
    size: TreeSize,
) -> Result<Corroboration, Refusal<V::Error>> {
    let reading = Reading::at(case.view, size).map_err(Refusal::View)?;
    let computed = frozen(&reading, claim, case.by.organisation).map_err(Refusal::View)?;
    let computed = computed.ok_or(Rejection::ClaimNotSeen {
        id: verdict.claim,
        index: claim,
        seen: size,
    })?;
    Ok(computed.map_err(|why| Rejection::CorroborationTooLarge {
        why: why.words(),
        size,
    })?)
}
