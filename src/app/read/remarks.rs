//! Remarks: what the rules admit and a reader should know.

use super::{line, quotations, scale};
use crate::app::{Error, Session};
use claimledger_core::EntryIndex;
use claimledger_core::encoding::unicode;
use claimledger_core::model::foreign::Review;
use claimledger_core::model::scale::Needs;
use claimledger_core::model::unseen::unseen;
use claimledger_core::model::verdict::Verdict;
use claimledger_core::model::{Body, Statement, VerbatimLine};
use claimledger_core::rules::standing::evidence_needed;
use claimledger_core::rules::{Reading, View as _, clocks, dates};

/// What to know about a statement before it is signed.
pub fn before_signing(session: &Session, statement: &Statement) -> Result<Vec<String>, Error> {
    of_entry(session, statement, session.head().size.next())
}

/// What to know about the statement of entry `index`.
pub fn of_entry(
    session: &Session,
    statement: &Statement,
    index: EntryIndex,
) -> Result<Vec<String>, Error> {
    let mut remarks = Vec::new();
    if let Some(back) = clocks::back_dated(&session.view(), statement)? {
        remarks.push(format!(
            "back-dated: it says that it was signed {}, but its signer already knew entry #{} of {}",
            statement.issued,
            back.entry,
            line::instant(back.time)
        ));
    }
    if let Some(date) = dates::published_ahead(statement) {
        remarks.push(format!(
            "its publication date, {date}, lies after the statement was signed"
        ));
    }
    let hidden = unseen(statement).into_iter();
    remarks.extend(hidden.map(|field| format!("its {field}")));
    if let Body::ReviewRecord(review) = &statement.body {
        remarks.extend(blank_fields(review).map(|field| {
            format!("its {field} shows no visible character; it is recorded as the other organisation published it")
        }));
    }
    if let Body::SnapshotWithhold(_) = &statement.body
        && session
            .withheld_at(session.head().size)?
            .distrusted
            .contains(&index)
    {
        remarks.push(
            "it was signed with a key that is no longer trusted; it goes on hiding the bytes until an admin withdraws it"
                .to_owned(),
        );
    }
    if let Body::VerdictIssue(verdict) = &statement.body {
        remarks.extend(scale::older(session, &verdict.scale, index)?);
        remarks.extend(without_evidence(session, statement, verdict, index)?);
    }
    if let Body::SourceCapture(capture) = &statement.body {
        remarks.extend(quotations::sentence(session, capture)?);
    }
    Ok(remarks)
}

/// A remark, if a verdict rests on no evidence for the side of the claim that its rating needs by its scale. A review that it
/// adopts has its evidence elsewhere.
pub fn without_evidence(
    session: &Session,
    statement: &Statement,
    verdict: &Verdict,
    index: EntryIndex,
) -> Result<Option<String>, Error> {
    let view = session.view();
    let (Some(scale), Some(key), None) = (
        view.statement(&verdict.scale)?,
        view.key(&statement.key)?,
        &verdict.adopts,
    ) else {
        return Ok(None);
    };
    let needs = match &session.statement(scale.index)?.body {
        Body::ScaleSet(scale) => scale.entry(&verdict.rating).map(|entry| entry.needs),
        _ => None,
    };
    let (Some(needs), Some(house)) = (needs, view.organisation(&key.organisation)?) else {
        return Ok(None);
    };
    let mut evidence = Vec::new();
    for id in &verdict.evidence {
        evidence.extend(view.statement(id)?.map(|fact| fact.index));
    }
    let reading = Reading::at(&view, index.size_before())?;
    if evidence_needed::would_have(&reading, house, &evidence, needs)? {
        return Ok(None);
    }
    let side = match needs {
        Needs::Refutation => "against",
        Needs::Support | Needs::Neither => "for",
    };
    Ok(Some(format!(
        "its scale asks for evidence {side} the claim for this rating, and it rests on none"
    )))
}

/// The fields of another organisation's review that are kept as they are and show nothing.
fn blank_fields(review: &Review) -> impl Iterator<Item = &'static str> {
    let rating = &review.rating;
    let fields = [
        ("author", review.author.words()),
        ("claim text", review.claim_text.words()),
        (
            "date",
            review.published.as_ref().and_then(VerbatimLine::words),
        ),
        ("rating", rating.label.words()),
        (
            "best value",
            rating.best.as_ref().and_then(VerbatimLine::words),
        ),
        ("value", rating.value.as_ref().and_then(VerbatimLine::words)),
        (
            "worst value",
            rating.worst.as_ref().and_then(VerbatimLine::words),
        ),
    ];
    fields.into_iter().filter_map(|(field, text)| {
        let blank = text.is_some_and(|text| !text.chars().any(unicode::is_visible));
        blank.then_some(field)
    })
}
