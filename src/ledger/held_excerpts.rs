//! Quotations in new statements: refused if the text is held and shows otherwise. So are excerpts, and what a capture says of
//! earlier excerpts.

use super::Error;
use claimledger_core::crypto::Digest;
use claimledger_core::log::ReadError;
use claimledger_core::log::excerpts::{self, ExcerptCheck, HeldText, excerpt_in};
use claimledger_core::log::quotations;
use claimledger_core::model::excerpt::Excerpt;
use claimledger_core::model::{Body, StatementId};
use std::collections::BTreeMap;
use std::io::Read;

/// Refuses a statement that says of a text which `open` finds what is not so. `quoted` are the excerpts of the statements
/// that it names.
pub fn check_held<E: From<ReadError>, F: Read>(
    body: &Body,
    quoted: &BTreeMap<StatementId, Excerpt>,
    open: impl FnOnce(&Digest) -> Result<Option<F>, E>,
) -> Result<(), Error>
where
    Error: From<E>,
{
    if let Some(excerpt) = excerpt_in(body) {
        return match excerpts::check(excerpt, open)? {
            ExcerptCheck::Fails(error) => Err(error.into()),
            ExcerptCheck::Holds | ExcerptCheck::CannotTell => Ok(()),
        };
    }
    let Body::SourceCapture(capture) = body else {
        return Ok(());
    };
    let Some(text) = capture.snapshot.text_blob() else {
        return Ok(());
    };
    if capture.quotations.is_empty() {
        return Ok(());
    }
    let HeldText::Text(text) = HeldText::read(&text, open)? else {
        return Ok(());
    };
    for said in &capture.quotations {
        quotations::compare(&text, quoted.get(&said.statement), said)?;
    }
    Ok(())
}
