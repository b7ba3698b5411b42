//! Whose words an organisation hears beside its own: those of the organisations that its policy lists under
//! `approvalsFrom`.

use super::as_of::Reading;
use super::in_force;
use crate::rules::statement::StatementFact;
use crate::rules::view::View;
use crate::tlog::EntryIndex;

/// Whether the policy that `own` had in force before entry `at` lists `other` under `approvalsFrom`. Organisations are
/// named by the entry that first named them.
pub fn lists<V: View>(
    reading: &Reading<'_, V>,
    own: EntryIndex,
    other: EntryIndex,
    at: EntryIndex,
) -> Result<bool, V::Error> {
    let policy = in_force::in_force(reading, own, at)?;
    Ok(policy.is_some_and(|(_, policy)| policy.approvals_from.contains(&other)))
}

/// Whether `other` may answer or publish for `own` in entry `at`: it is `own`, or listed there.
pub fn speaks_for<V: View>(
    reading: &Reading<'_, V>,
    own: EntryIndex,
    other: EntryIndex,
    at: EntryIndex,
) -> Result<bool, V::Error> {
    Ok(other == own || lists(reading, own, other, at)?)
}

/// Whether a word of organisation `other` in entry `at` counts for a verdict: it is the verdict's organisation, or it
/// is listed by that one's policy in force at the word or at the verdict. What was said while listed stays counted.
pub fn word_counts<V: View>(
    reading: &Reading<'_, V>,
    verdict: &StatementFact,
    other: EntryIndex,
    at: EntryIndex,
) -> Result<bool, V::Error> {
    let own = verdict.by.organisation;
    Ok(speaks_for(reading, own, other, at)? || lists(reading, own, other, verdict.index)?)
}
