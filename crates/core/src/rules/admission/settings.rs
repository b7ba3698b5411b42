//! The settings of an organisation: its description, its scales, its policy.

use super::case::Case;
use super::permissions;
use crate::model::organisation::{Organisation, Role};
use crate::model::policy::Policy;
use crate::model::scale::Scale;
use crate::rules::rejection::{Refusal, Rejection};
use crate::rules::state::{Changes, Fact, FactKey, ScaleVersion};
use crate::rules::view::View;

/// The founder's organisation adds a new organisation. From its first admin on, the new organisation speaks for
/// itself.
pub(super) fn organisation<V: View>(
    case: &Case<'_, V>,
    set: &Organisation,
    changes: &mut Changes,
) -> Result<(), Refusal<V::Error>> {
    let described = FactKey::Described(set.organisation.clone());
    changes.put(described, Fact::At(case.candidate.index));
    let known = case.view.organisation(&set.organisation);
    if known.map_err(Refusal::View)?.is_some() {
        return permissions::own_or_founding(case, &set.organisation);
    }
    permissions::founders(case)?;
    changes.put(
        FactKey::Organisation(set.organisation.clone()),
        Fact::At(case.candidate.index),
    );
    Ok(())
}

/// Versions of a scale count from 1 without a gap.
pub(super) fn scale<V: View>(
    case: &Case<'_, V>,
    scale: &Scale,
    changes: &mut Changes,
) -> Result<(), Refusal<V::Error>> {
    permissions::own_organisation(case, &scale.organisation)?;
    let key = FactKey::Scale(scale.organisation.clone(), scale.scale.clone());
    let next = match case.view.fact(&key).map_err(Refusal::View)? {
        Some(Fact::Scale(newest)) => newest.version + 1,
        _ => 1,
    };
    let out_of_order = Rejection::ScaleVersion {
        scale: scale.scale.clone(),
        found: scale.version,
        next,
    };
    if scale.version < next {
        return Err(out_of_order.into());
    }
    if scale.version > next {
        case.view.lacking(out_of_order, "the version before it")?;
    }
    let version = ScaleVersion {
        version: scale.version,
        index: case.candidate.index,
    };
    changes.put(key, Fact::Scale(version));
    Ok(())
}

/// A policy must be possible to meet: approvals by roles that may approve, and by at least one person. It lists scales
/// of other organisations; its own organisation's may always be used.
pub(super) fn policy<V: View>(case: &Case<'_, V>, policy: &Policy) -> Result<(), Rejection> {
    permissions::own_organisation(case, &policy.organisation)?;
    let approving = [Role::Editor, Role::Reviewer];
    let reason = if !policy.roles.iter().all(|role| approving.contains(role)) {
        "only editors and reviewers approve"
    } else if policy.approvals > 0 && policy.organisations == 0 {
        "approvals come from at least one holder of at least one organisation"
    } else if policy.organisations > 1 + policy.approvals_from.len() as u64 {
        "it asks for approvals from more organisations than its own and those in approvalsFrom"
    } else if policy.approvals > MAX_APPROVALS {
        "over 1024 approvals"
    } else if case.named.iter().any(|(named, fact)| {
        named.field == "scales" && fact.by.organisation == case.by.organisation
    }) {
        "scales lists scale versions of other organisations; the organisation's own may always be used"
    } else {
        return Ok(());
    };
    Err(Rejection::PolicyBounds { reason })
}

/// The maximum number of items of a list in a statement; no newsroom has as many editors.
const MAX_APPROVALS: u64 = 1_024;
