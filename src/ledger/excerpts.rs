//! Excerpts against the text they quote, where the text is held.

use crate::crypto::Digest;
use crate::encoding::text::decode_document;
use crate::model::Body;
use crate::model::excerpt::Excerpt;
use crate::model::relation::Basis;
use crate::snapshots::excerpt;

/// Why an excerpt does not stand.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The words at those positions are others.
    #[error("the text {text} does not say this at {start}..{end}")]
    Broken {
        /// The digest of the text.
        text: Digest,
        /// The first code point.
        start: u64,
        /// The first after.
        end: u64,
    },
    /// The bytes are no text.
    #[error("the bytes {text} are no UTF-8 text")]
    NoText {
        /// Their digest.
        text: Digest,
    },
}

impl Error {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Broken { .. } => "excerpt-broken",
            Self::NoText { .. } => "excerpt-no-text",
        }
    }
}

/// What came of checking an excerpt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Checked {
    /// The words stand there.
    Holds,
    /// They do not.
    Fails(Error),
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

/// Checks one excerpt against the bytes that `read` finds under its digest.
pub fn check<E>(
    excerpt: &Excerpt,
    read: impl FnOnce(&Digest) -> Result<Option<Vec<u8>>, E>,
) -> Result<Checked, E> {
    let Some(bytes) = read(&excerpt.text)? else {
        return Ok(Checked::CannotTell);
    };
    let Some(words) = excerpt.quote.words() else {
        return Ok(Checked::CannotTell);
    };
    let text = excerpt.text;
    Ok(match decode_document(&bytes) {
        Err(_) => Checked::Fails(Error::NoText { text }),
        Ok(document) if excerpt::matches(&document, excerpt.start, excerpt.end, words) => {
            Checked::Holds
        }
        Ok(_) => Checked::Fails(Error::Broken {
            text,
            start: excerpt.start,
            end: excerpt.end,
        }),
    })
}

/// Refuses a statement whose excerpt is not in a text that `read` finds.
pub fn check_held<E>(
    body: &Body,
    read: impl FnOnce(&Digest) -> Result<Option<Vec<u8>>, E>,
) -> Result<(), super::Error>
where
    super::Error: From<E>,
{
    let Some(excerpt) = of(body) else {
        return Ok(());
    };
    match check(excerpt, read)? {
        Checked::Fails(error) => Err(error.into()),
        Checked::Holds | Checked::CannotTell => Ok(()),
    }
}
