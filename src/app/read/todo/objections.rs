//! Objections: those that wait for an answer, and those that were upheld and are not settled.

use super::ledger::OpenLedger;
use super::row::{Next, OpenRow, TodoKind};
use crate::app::Error;
use crate::app::read::line;
use crate::app::terms::ended;
use claimledger_core::message;
use claimledger_core::model::StatementType;
use claimledger_core::rules::standing::objection::{self, Disputed};
use claimledger_core::rules::{Says, StatementFact};

/// The rows.
pub(super) fn rows(open: &OpenLedger<'_>) -> Result<Vec<OpenRow>, Error> {
    let (view, size) = (open.session.view(), open.session.head().size);
    let mut rows = Vec::new();
    for index in view.of_type(StatementType::DisputeOpen, size)? {
        let Some(dispute) = open.reading().entry(index)? else {
            continue;
        };
        let Says::Dispute { target, .. } = dispute.says else {
            continue;
        };
        // An objection to a form that was replaced is open on the newest one.
        for form in open.reading().forms_from(target)? {
            let stands = open.standings.of(form)?.is_some_and(|s| s.is_live());
            let disputes = objection::disputes(open.reading(), form)?;
            let disputed = disputes.into_iter().find(|d| d.dispute == index);
            if let (true, Some(disputed), Some(fact)) =
                (stands, disputed, open.reading().entry(form)?)
            {
                rows.extend(row(open, &disputed, &dispute, &fact)?);
                break;
            }
        }
    }
    Ok(rows)
}

fn row(
    open: &OpenLedger<'_>,
    disputed: &Disputed,
    dispute: &StatementFact,
    target: &StatementFact,
) -> Result<Option<OpenRow>, Error> {
    let about = format!("#{} {}", target.index, target.statement_type);
    if disputed.answer.is_none() {
        let said = line::first_words(open.session, &*open.session.statement(dispute.index)?)?;
        return Ok(Some(OpenRow {
            kind: TodoKind::Answer,
            entry: dispute.index,
            words: message!("about {about}; {said}", said),
            who: open.who(|person| Ok(person.may_answer(open.reading(), dispute, target)?))?,
            since: open.issued(dispute.index)?,
            due: None,
            next: Next::Read(format!("claimledger show {}", dispute.index)),
        }));
    }
    let (Some(answer), true) = (disputed.answer, disputed.is_due()) else {
        return Ok(None);
    };
    let said = line::first_words(open.session, &*open.session.statement(dispute.index)?)?;
    let objection = dispute.index;
    let how = disputed.outcome.map_or("accepted", ended);
    Ok(Some(OpenRow {
        kind: TodoKind::Correct,
        entry: target.index,
        words: message!("objection #{objection} {how} in #{answer}; {said}", said),
        who: open.who(|person| Ok(person.may_withdraw(target)))?,
        since: open.issued(answer)?,
        due: disputed.due.clone(),
        next: Next::Read(format!("claimledger show {}", dispute.index)),
    }))
}
