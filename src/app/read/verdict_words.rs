//! A verdict in a few words: its claim, and its rating.

use super::scale;
use crate::app::{Error, Session};
use crate::text::words::shortened;
use claimledger_core::EntryIndex;
use claimledger_core::model::Body;
use claimledger_core::rules::View as _;

/// `“The bridge closes in April.”: True`, for the verdict of an entry.
pub fn words(session: &Session, entry: EntryIndex) -> Result<String, Error> {
    let statement = session.statement(entry)?;
    let Body::VerdictIssue(verdict) = &statement.body else {
        return Ok(String::new());
    };
    let rating = scale::label(session, &verdict.scale, &verdict.rating)?;
    let Some(claim) = session.view().statement(&verdict.claim)? else {
        return Ok(rating);
    };
    let claim = match &session.statement(claim.index)?.body {
        Body::ClaimAdd(claim) => shortened(&claim.text.to_string(), SHOWN),
        _ => String::new(),
    };
    Ok(format!("\u{201c}{claim}\u{201d}: {rating}"))
}

/// Characters of a claim.
const SHOWN: usize = 100;
