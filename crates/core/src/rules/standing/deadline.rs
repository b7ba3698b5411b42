//! Deadlines: queries with an explicit date and time, never rules.

use super::as_of::Reading;
use super::in_force;
use super::verdict;
use crate::encoding::millis::UnixMillis;
use crate::encoding::time::{Instant, PartialDate};
use crate::rules::statement::{Says, StatementFact};
use crate::rules::view::View;
use crate::tlog::EntryIndex;
use serde::Serialize;

/// Whether a correction was in time by the policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CorrectionDue {
    /// The verdict that corrects.
    pub correction: EntryIndex,
    /// The end of the last day.
    pub due: UnixMillis,
    /// When the ledger took the correction in.
    pub made: UnixMillis,
    /// Whether that was too late.
    pub late: bool,
}

/// A dispute without an answer, or one that was upheld without any correction since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DisputeOpen {
    /// Its entry.
    pub dispute: EntryIndex,
    /// What it disputes.
    pub target: EntryIndex,
    /// Whole days since the ledger took it in.
    pub days: u64,
    /// Whether it was upheld, wholly or in part, and the target has been neither corrected nor withdrawn since.
    pub upheld: bool,
    /// Whether that is longer than the policy allows for a correction; absent if it sets no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overdue: Option<bool>,
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
        made: fact.time,
        late: fact.time > due,
    }))
}

/// The disputes of a statement that wait, at `now`, for an answer or for what an answer calls for.
pub fn disputes_open<V: View>(
    reading: &Reading<'_, V>,
    target: EntryIndex,
    now: UnixMillis,
) -> Result<Vec<DisputeOpen>, V::Error> {
    let mut open = Vec::new();
    let Some(disputed) = reading.entry(target)? else {
        return Ok(open);
    };
    let allowed = correction_days(reading, &disputed)?;
    for dispute in verdict::disputes(reading, target)? {
        use crate::model::dispute::Outcome;
        let upheld = matches!(
            dispute.outcome,
            Some(Outcome::Upheld | Outcome::PartlyUpheld)
        );
        let waits = dispute.answer.is_none() || (upheld && reading.is_live(target)?);
        let Some(fact) = reading.entry(dispute.dispute)?.filter(|_| waits) else {
            continue;
        };
        let days = now.millis_since(fact.time) / DAY_MILLIS;
        open.push(DisputeOpen {
            dispute: dispute.dispute,
            target,
            days,
            upheld,
            overdue: allowed.map(|allowed| days > allowed),
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
