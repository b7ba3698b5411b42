//! Excerpts in new statements: refused if the text is held and does not contain the quotation.

use super::Error;
use claimledger_core::crypto::Digest;
use claimledger_core::log::ReadError;
use claimledger_core::log::excerpts::{ExcerptCheck, check, excerpt_in};
use claimledger_core::model::Body;
use std::io::Read;

/// Refuses a statement whose excerpt is not in a text that `open` finds.
pub fn check_held<E: From<ReadError>, F: Read>(
    body: &Body,
    open: impl FnOnce(&Digest) -> Result<Option<F>, E>,
) -> Result<(), Error>
where
    Error: From<E>,
{
    let Some(excerpt) = excerpt_in(body) else {
        return Ok(());
    };
    match check(excerpt, open)? {
        ExcerptCheck::Fails(error) => Err(error.into()),
        ExcerptCheck::Holds | ExcerptCheck::CannotTell => Ok(()),
    }
}
