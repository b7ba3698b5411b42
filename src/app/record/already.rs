//! Warnings before something is added: a source has the address already, or claims are like the new one.

use crate::app::read::search::{self, LikeClaims, have_it};
use crate::app::{Error, Session};
use claimledger_core::model::Body;

/// What to tell a person about a source or a claim before it is signed. `like` is open if claims are to be compared.
pub fn notes(
    session: &Session,
    like: Option<&LikeClaims>,
    body: &Body,
) -> Result<Vec<String>, Error> {
    match (body, like) {
        (Body::SourceAdd(source), _) => {
            let replaced = source.correction.as_ref().map(|c| c.supersedes.to_string());
            let there = have_it(session, body, replaced.as_deref())?;
            Ok(there.into_iter().collect())
        }
        (Body::ClaimAdd(claim), Some(like)) => {
            let Some(words) = claim.text.words() else {
                return Ok(Vec::new());
            };
            let replaced = claim.correction.as_ref().map(|c| &c.supersedes);
            search::notes(session, &like.of(session, words, replaced)?)
        }
        _ => Ok(Vec::new()),
    }
}
