//! A verdict in a few words: its claim, and its rating.

use super::scale;
use crate::app::{Error, Session};
use claimledger_core::model::Body;
use claimledger_core::rules::View as _;
use claimledger_core::{EntryIndex, Message, message};

/// `“The bridge closes in April.”: True`, for the verdict of an entry.
pub fn words(session: &Session, entry: EntryIndex) -> Result<Message, Error> {
    let statement = session.statement(entry)?;
    let Body::VerdictIssue(verdict) = &statement.body else {
        return Ok(Message::default());
    };
    let rating = scale::label(session, &verdict.scale, &verdict.rating)?;
    let Some(claim) = session.view().statement(&verdict.claim)? else {
        return Ok(rating);
    };
    let claim = match &session.statement(claim.index)?.body {
        Body::ClaimAdd(claim) => Message::from(&claim.text),
        _ => Message::default(),
    };
    Ok(message!("{claim}: {rating}", claim, rating))
}
