//! Combines several assessments of one source.
//!
//! Reviewers may disagree. The rule never adds an origin: the claimant's own word comes before everything, and a
//! source is first-hand only if every assessment of it says so. A disagreement is always reported.

use crate::model::assessment::OriginKind;
use std::collections::BTreeSet;

/// What the assessments of one source say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AssessedOrigin {
    /// It was not assessed.
    Unassessed,
    /// All say that it observed what it reports.
    FirstHand,
    /// At least one says that it is the claimant's word (`claimant` before `speaksForClaimant`).
    OwnWord(OriginKind),
    /// At least one says that it reports what others observed.
    NotFirstHand,
}

/// The assessments of one source, taken together.
pub(crate) fn judge(kinds: &BTreeSet<OriginKind>) -> AssessedOrigin {
    let own = [OriginKind::Claimant, OriginKind::SpeaksForClaimant];
    if let Some(kind) = own.into_iter().find(|kind| kinds.contains(kind)) {
        AssessedOrigin::OwnWord(kind)
    } else if kinds.contains(&OriginKind::NotFirstHand) {
        AssessedOrigin::NotFirstHand
    } else if kinds.contains(&OriginKind::FirstHand) {
        AssessedOrigin::FirstHand
    } else {
        AssessedOrigin::Unassessed
    }
}
