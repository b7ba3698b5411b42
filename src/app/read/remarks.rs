//! Remarks: what the rules admit and a reader should know.

use super::{line, quotations, scale};
use crate::app::{Error, Session};
use claimledger_core::EntryIndex;
use claimledger_core::encoding::unicode;
use claimledger_core::model::foreign::Review;
use claimledger_core::model::{Body, Statement, VerbatimLine};
use claimledger_core::rules::{clocks, dates};

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
    }
    if let Body::SourceCapture(capture) = &statement.body {
        remarks.extend(quotations::sentence(session, capture)?);
    }
    Ok(remarks)
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
