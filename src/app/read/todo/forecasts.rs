//! Forecasts whose date has passed, without a verdict since.

use super::ledger::{OpenLedger, is_after};
use super::row::{Next, OpenRow, TodoKind};
use crate::app::Error;
use claimledger_core::EntryIndex;
use claimledger_core::encoding::time::{Instant, PartialDate};
use claimledger_core::model::{Body, StatementType};
use claimledger_core::rules::{self, ApprovalOutcome, StatementFact};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The rows: one for each organisation that recorded the forecast or judged it before it fell due.
pub(super) fn rows(open: &OpenLedger<'_>) -> Result<Vec<OpenRow>, Error> {
    let (view, size) = (open.session.view(), open.session.head().size);
    let mut rows = Vec::new();
    for index in view.of_type(StatementType::ClaimAdd, size)? {
        let statement = open.session.statement_once(index)?;
        let Body::ClaimAdd(claim) = &statement.body else {
            continue;
        };
        let Some(due) = claim.due.as_ref().filter(|due| open.is_over(due)) else {
            continue;
        };
        if open.standings.of(index)?.is_some_and(|s| s.is_live()) {
            for house in houses_without(open, index, due)? {
                rows.push(OpenRow {
                    kind: TodoKind::ForecastDue,
                    entry: index,
                    words: (&claim.text).into(),
                    who: open.reviewers(&house)?,
                    since: due.to_string(),
                    due: None,
                    next: Next::Read(format!("claimledger show {index}")),
                });
            }
        }
    }
    Ok(rows)
}

/// A statement of each organisation that has no verdict on this claim from after the date.
fn houses_without(
    open: &OpenLedger<'_>,
    claim: EntryIndex,
    due: &PartialDate,
) -> Result<Vec<Rc<StatementFact>>, Error> {
    let reading = open.reading();
    let mut houses: BTreeMap<EntryIndex, Option<Rc<StatementFact>>> = BTreeMap::new();
    if let Some(fact) = reading.entry(claim)? {
        houses.insert(fact.by.organisation, Some(fact));
    }
    for verdict in rules::verdicts(reading, claim)? {
        if !verdict.holds() || verdict.approval.outcome == ApprovalOutcome::Rejected {
            continue;
        }
        let Some(fact) = reading.entry(verdict.entry)? else {
            continue;
        };
        let issued = Instant::from_unix_seconds(fact.issued)?;
        if is_after(issued, due) {
            houses.insert(verdict.organisation, None);
        } else {
            houses.entry(verdict.organisation).or_insert(Some(fact));
        }
    }
    Ok(houses.into_values().flatten().collect())
}
