//! What changed beneath verdicts: something fell, the corroboration changed, a quotation is no longer in its source.

use super::ledger::{OpenLedger, OpenVerdict};
use super::row::{Next, OpenRow, TodoKind};
use crate::app::Error;
use crate::app::read::moved::{self, Moved};
use crate::app::read::quotations;
use crate::app::read::standing_line::fell;
use claimledger_core::message;
use claimledger_core::model::StatementType;
use claimledger_core::model::source::QuotationState;
use claimledger_core::rules::ApprovalOutcome;
use claimledger_core::rules::standing::quotation;

/// The rows.
pub(super) fn rows(open: &OpenLedger<'_>) -> Result<Vec<OpenRow>, Error> {
    let mut rows = lost(open)?;
    for verdict in &open.verdicts {
        let standing = &verdict.standing;
        // What is rejected, or has a correction that waits, has a row of its own.
        let settled = standing.correction_pending.is_some()
            || standing.approval.outcome == ApprovalOutcome::Rejected;
        if settled {
            continue;
        }
        rows.extend(fallen(open, verdict)?);
        let size = open.session.head().size;
        if let Some(moved) = moved::moved(open.session, verdict.fact.index, size)? {
            rows.push(changed(open, verdict, &moved)?);
        }
    }
    Ok(rows)
}

fn fallen(open: &OpenLedger<'_>, verdict: &OpenVerdict) -> Result<Option<OpenRow>, Error> {
    let fallen = &verdict.facts.rests_on_fallen;
    let Some(last) = fallen.iter().map(|fallen| fallen.by).max() else {
        return Ok(None);
    };
    let entry = verdict.fact.index;
    let which: Vec<String> = fallen.iter().map(fell).collect();
    let (words, which) = (&verdict.words, which.join(", "));
    Ok(Some(OpenRow {
        kind: TodoKind::RestsOnFallen,
        entry,
        words: message!("{words}; {which}", words),
        who: open.reviewers(&verdict.fact)?,
        since: open.issued(last)?,
        due: None,
        next: Next::Read(format!("claimledger show {entry}")),
    }))
}

fn changed(open: &OpenLedger<'_>, verdict: &OpenVerdict, moved: &Moved) -> Result<OpenRow, Error> {
    let entry = verdict.fact.index;
    let since = match moved.since {
        Some(since) => format!("first by #{since}"),
        None => "now too large to count".to_owned(),
    };
    let words = &verdict.words;
    Ok(OpenRow {
        kind: TodoKind::CorroborationChanged,
        entry,
        words: message!("{words}; {since}", words),
        who: open.reviewers(&verdict.fact)?,
        since: open.issued(moved.since.unwrap_or(entry))?,
        due: None,
        next: Next::Read(format!("claimledger corroboration {entry}")),
    })
}

/// Evidence whose quotation the last capture did not find, and on which a verdict that stands rests or may rest.
fn lost(open: &OpenLedger<'_>) -> Result<Vec<OpenRow>, Error> {
    let (view, size) = (open.session.view(), open.session.head().size);
    let mut rows = Vec::new();
    for index in view.of_type(StatementType::EvidenceAdd, size)? {
        let Some(fact) = open.reading().entry(index)? else {
            continue;
        };
        let looked = quotation::looked_for(open.reading(), index, fact.by.organisation)?;
        let Some(looked) = looked.filter(|looked| looked.state == QuotationState::Gone) else {
            continue;
        };
        if !open.standings.of(index)?.is_some_and(|s| s.is_live()) {
            continue;
        }
        let quoted = quotations::quoted(open.session, index)?.unwrap_or_default();
        let since = looked.since;
        rows.push(OpenRow {
            kind: TodoKind::QuotationLost,
            entry: index,
            words: message!("{quoted}; no longer in the source since #{since}", quoted),
            who: open.reviewers(&fact)?,
            since: open.issued(since)?,
            due: None,
            next: Next::Read(format!("claimledger show {}", looked.capture)),
        });
    }
    Ok(rows)
}
