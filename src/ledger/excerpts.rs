//! Excerpts against the text they quote, where the text is held.

use super::error::ExcerptError;
use crate::crypto::Digest;
use crate::encoding::text::decode_document;
use crate::host;
use crate::model::Body;
use crate::model::excerpt::Excerpt;
use crate::model::relation::Basis;
use crate::snapshots::{bounded::read_bounded, excerpt, path_of};
use std::io::Read;
use std::path::Path;

/// What came of checking an excerpt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Checked {
    /// The words stand there.
    Holds,
    /// They do not.
    Fails(ExcerptError),
    /// The text is not held here, or the quotation is sealed: nobody can say.
    CannotTell,
}

/// The excerpts that a statement makes.
pub fn of(body: &Body) -> Option<&Excerpt> {
    match body {
        Body::EvidenceAdd(evidence) => evidence.excerpt.as_ref(),
        Body::SourceRelate(relate) => match &relate.basis {
            Basis::Stated(excerpt) => Some(excerpt),
            _ => None,
        },
        _ => None,
    }
}

/// Checks one excerpt against the bytes that `open` finds under its digest. No more of them is read than a text may
/// have.
pub fn check<E: From<host::Error>, F: Read>(
    excerpt: &Excerpt,
    open: impl FnOnce(&Digest) -> Result<Option<F>, E>,
) -> Result<Checked, E> {
    let text = excerpt.text;
    let Some(mut file) = open(&text)? else {
        return Ok(Checked::CannotTell);
    };
    let Some(words) = excerpt.quote.words() else {
        return Ok(Checked::CannotTell);
    };
    let read = read_bounded(&mut file)
        .map_err(|e| host::Error::io("reading", Path::new(&path_of(&text)), e))?;
    let Some(bytes) = read else {
        return Ok(Checked::Fails(ExcerptError::NoText { text }));
    };
    Ok(match decode_document(&bytes) {
        Err(_) => Checked::Fails(ExcerptError::NoText { text }),
        Ok(document) if excerpt::matches(&document, excerpt.start, excerpt.end, words) => {
            Checked::Holds
        }
        Ok(_) => Checked::Fails(ExcerptError::Broken {
            text,
            start: excerpt.start,
            end: excerpt.end,
        }),
    })
}

/// Refuses a statement whose excerpt is not in a text that `open` finds.
pub fn check_held<E: From<host::Error>, F: Read>(
    body: &Body,
    open: impl FnOnce(&Digest) -> Result<Option<F>, E>,
) -> Result<(), super::Error>
where
    super::Error: From<E>,
{
    let Some(excerpt) = of(body) else {
        return Ok(());
    };
    match check(excerpt, open)? {
        Checked::Fails(error) => Err(error.into()),
        Checked::Holds | Checked::CannotTell => Ok(()),
    }
}
