//! Verdicts that wait for approval, that were rejected, and that lack more than an approval.

use super::ledger::{OpenLedger, OpenVerdict};
use super::row::{Next, OpenRow, TodoKind, TodoPerson};
use crate::app::Error;
use crate::app::read::line;
use crate::app::read::standing::{lack, telling};
use claimledger_core::model::attestation::Decision;
use claimledger_core::rules::standing::approval::{Attestation, Discount};
use claimledger_core::rules::standing::in_force::in_force;
use claimledger_core::rules::{ApprovalOutcome, Lack};
use claimledger_core::{Message, message};

/// The rows.
pub(super) fn rows(open: &OpenLedger<'_>) -> Result<Vec<OpenRow>, Error> {
    let mut rows = Vec::new();
    for verdict in &open.verdicts {
        match verdict.standing.approval.outcome {
            ApprovalOutcome::Approved => {}
            // An archive was published before anybody here could approve it.
            ApprovalOutcome::Unapproved if verdict.standing.publications.adopted.is_some() => {}
            ApprovalOutcome::Unapproved => {
                rows.extend(approve(open, verdict)?);
                rows.extend(incomplete(open, verdict)?);
            }
            ApprovalOutcome::Rejected => rows.extend(rejected(open, verdict)?),
        }
    }
    Ok(rows)
}

fn approve(open: &OpenLedger<'_>, verdict: &OpenVerdict) -> Result<Option<OpenRow>, Error> {
    let mut lacks = telling(&verdict.standing.approval.lacks);
    lacks.retain(|lack| is_of_people(lack));
    if lacks.is_empty() {
        return Ok(None);
    }
    let entry = verdict.fact.index;
    let missing: Vec<String> = lacks.into_iter().map(lack).collect();
    let corrects = corrects_one_that_stands(open, verdict);
    // Under a policy that asks for interests, an approval has words that only the person can give.
    let policy = in_force(open.reading(), verdict.standing.organisation, entry)?;
    let next = if policy.is_some_and(|(_, policy)| policy.conflicts_declared) {
        Next::Read(format!("claimledger show {entry}"))
    } else {
        Next::Sign(format!("claimledger verdict approve {entry}"))
    };
    Ok(Some(OpenRow {
        kind: if corrects {
            TodoKind::ApproveCorrection
        } else {
            TodoKind::Approve
        },
        entry,
        words: with(verdict, &missing.join("; ")),
        who: approvers(open, verdict)?,
        since: open.issued(entry)?,
        due: None,
        next,
    }))
}

/// A verdict, and what is open about it.
fn with(verdict: &OpenVerdict, open: &str) -> Message {
    let words = &verdict.words;
    message!("{words}; {open}", words)
}

/// Those whose approval would count, and who have not spoken. An approval that does not count because interests were not
/// declared can be given again.
fn approvers(open: &OpenLedger<'_>, verdict: &OpenVerdict) -> Result<Vec<TodoPerson>, Error> {
    let again = |word: &Attestation| {
        word.decision == Decision::Approve && word.discount == Some(Discount::Conflict)
    };
    open.who(|person| {
        let mut words = verdict.standing.approval.words.iter();
        let spoke = words.any(|word| person.said(word) && !again(word));
        Ok(!spoke && person.may_approve(open.reading(), &verdict.fact)?)
    })
}

/// Whether it is the correction for which a verdict that stands waits.
fn corrects_one_that_stands(open: &OpenLedger<'_>, verdict: &OpenVerdict) -> bool {
    let entry = Some(verdict.fact.index);
    open.verdicts
        .iter()
        .any(|other| other.standing.correction_pending == entry)
}

/// Whether more approvals bring what is missing.
fn is_of_people(lack: &Lack) -> bool {
    matches!(
        lack,
        Lack::Approvals { .. } | Lack::Holders { .. } | Lack::Organisations { .. }
    )
}

fn incomplete(open: &OpenLedger<'_>, verdict: &OpenVerdict) -> Result<Option<OpenRow>, Error> {
    let lacks = &verdict.standing.approval.lacks;
    let missing: Vec<String> = lacks
        .iter()
        .filter(|lack| !is_of_people(lack))
        .map(lack)
        .collect();
    if missing.is_empty() {
        return Ok(None);
    }
    let entry = verdict.fact.index;
    Ok(Some(OpenRow {
        kind: TodoKind::Incomplete,
        entry,
        words: with(verdict, &missing.join("; ")),
        who: open.author(&verdict.fact)?,
        since: open.issued(entry)?,
        due: None,
        next: Next::Read(format!("claimledger show {entry}")),
    }))
}

fn rejected(open: &OpenLedger<'_>, verdict: &OpenVerdict) -> Result<Option<OpenRow>, Error> {
    // Its correction waits, and has a row of its own.
    if verdict.standing.correction_pending.is_some() {
        return Ok(None);
    }
    let lacks = &verdict.standing.approval.lacks;
    let by = lacks.iter().find_map(|lack| match lack {
        Lack::Rejected { by } => Some(*by),
        _ => None,
    });
    let Some(by) = by else {
        return Ok(None);
    };
    Ok(Some(OpenRow {
        kind: TodoKind::Rejected,
        entry: verdict.fact.index,
        words: with(
            verdict,
            &format!("rejected by {} in #{by}", line::by(open.session, by)?),
        ),
        who: open.author(&verdict.fact)?,
        since: open.issued(by)?,
        due: None,
        next: Next::Read(format!("claimledger show {by}")),
    }))
}
