//! A verdict in a few words: its claim, and its rating.

use super::scale;
use super::screens::kind::ClaimKind;
use crate::app::{Error, Session};
use claimledger_core::model::Body;
use claimledger_core::rules::View as _;
use claimledger_core::{EntryIndex, Message, message};

/// `“The bridge closes in April.”: “True” (five-step 1)`, for the verdict of an entry.
pub fn words(session: &Session, entry: EntryIndex) -> Result<Message, Error> {
    let statement = session.statement(entry)?;
    let Body::VerdictIssue(verdict) = &statement.body else {
        return Ok(Message::default());
    };
    let rating = scale::label(session, &verdict.scale, &verdict.rating)?;
    let Some(claim) = session.view().statement(&verdict.claim)? else {
        return Ok(rating);
    };
    let (claim, said) = match &session.statement(claim.index)?.body {
        Body::ClaimAdd(claim) => (
            Message::from(&claim.text),
            ClaimKind::from(&**claim).beside_label(),
        ),
        _ => (Message::default(), ""),
    };
    let scale = scale::version(session, &verdict.scale)?;
    Ok(message!("{claim}: {rating} ({scale}){said}", claim, rating))
}
