//! Remarks: what the rules admit and a reader should know.

use super::{line, quotations, scale};
use crate::app::{Error, Session};
use claimledger_core::EntryIndex;
use claimledger_core::model::{Body, Statement};
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
    if let Body::VerdictIssue(verdict) = &statement.body {
        remarks.extend(scale::older(session, &verdict.scale, index)?);
    }
    if let Body::SourceCapture(capture) = &statement.body {
        remarks.extend(quotations::sentence(session, capture)?);
    }
    Ok(remarks)
}
