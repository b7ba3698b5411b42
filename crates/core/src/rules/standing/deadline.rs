//! Deadlines: queries with an explicit date and time, never rules.

use super::as_of::Reading;
use super::in_force;
use super::objection;
use crate::encoding::millis::UnixMillis;
use crate::encoding::time::{Instant, PartialDate};
use crate::rules::statement::{Says, StatementFact};
use crate::rules::view::View;
use crate::tlog::EntryIndex;
use serde::Serialize;

/// Whether a correction was in time by the policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CorrectionDue {
    /// The verdict that corrects.
    pub correction: EntryIndex,
    /// The end of the last day.
    pub due: UnixMillis,
    /// When the correction was signed, by its signer's clock.
    pub made: UnixMillis,
    /// Whether that was too late.
    pub late: bool,
}

/// A dispute without an answer, or one that was upheld and is not settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct DisputeOpen {
    /// Its entry.
    pub dispute: EntryIndex,
    /// What it disputes.
    pub target: EntryIndex,
    /// Whole days since it was signed, by its signer's clock.
    pub days: u64,
    /// Whether it was upheld, wholly or in part.
    pub upheld: bool,
    /// If it was upheld: the day by which the correction is due, in UTC; absent if the policy sets no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<PartialDate>,
}

/// For a verdict that corrects an error reported on a known day, under a policy with a deadline. If only the month or
/// year of the report is known, there is no deadline: dates are never completed.
pub fn correction_due<V: View>(
    reading: &Reading<'_, V>,
    verdict: EntryIndex,
) -> Result<Option<CorrectionDue>, V::Error> {
    let Some(fact) = reading.entry(verdict)? else {
        return Ok(None);
    };
    let Says::Verdict(said) = &fact.says else {
        return Ok(None);
    };
    let days = correction_days(reading, &fact)?;
    let (Some(days), Some(reported)) = (days, said.reported.as_ref().and_then(start_of_day)) else {
        return Ok(None);
    };
    // The day of the report does not count; the last day counts in full.
    let due = reported.plus_millis((days + 1).saturating_mul(DAY_MILLIS) - 1);
    Ok(Some(CorrectionDue {
        correction: verdict,
        due,
        made: issued(&fact),
        late: issued(&fact) > due,
    }))
}

/// The disputes of a statement that wait, at `now`, for an answer or for what an answer calls for.
pub fn disputes_open<V: View>(
    reading: &Reading<'_, V>,
    target: EntryIndex,
    now: UnixMillis,
) -> Result<Vec<DisputeOpen>, V::Error> {
    let mut open = Vec::new();
    for disputed in objection::disputes(reading, target)? {
        // One that the newest form repeats is told of the form that it was opened to.
        let waits = disputed.is_unsettled() && disputed.form.is_none();
        let Some(fact) = reading.entry(disputed.dispute)?.filter(|_| waits) else {
            continue;
        };
        open.push(DisputeOpen {
            dispute: disputed.dispute,
            target,
            days: now.millis_since(issued(&fact)) / DAY_MILLIS,
            upheld: disputed.is_due(),
            due: disputed.due,
        });
    }
    Ok(open)
}

fn correction_days<V: View>(
    reading: &Reading<'_, V>,
    fact: &StatementFact,
) -> Result<Option<u64>, V::Error> {
    let policy = in_force::in_force(reading, fact.by.organisation, fact.index)?;
    Ok(policy.and_then(|(_, policy)| policy.correction_days))
}

/// The first millisecond of a whole date; none for a month or a year.
fn start_of_day(date: &PartialDate) -> Option<UnixMillis> {
    let instant: Instant = format!("{date}T00:00:00Z").parse().ok()?;
    Some(instant.into())
}

const DAY_MILLIS: u64 = 24 * 60 * 60 * 1_000;

/// Reports count by the signer's clock: one entry whose time ran ahead would move everything after it. What is dated
/// back is listed apart.
fn issued(fact: &StatementFact) -> UnixMillis {
    UnixMillis::new(fact.issued.saturating_mul(1_000))
}
