//! Checks excerpts against the text they quote, if the text is held.

use super::blobs::path_of;
use super::bounded::read_bounded;
use super::counted::CountedText;
use super::reader::ReadError;
use crate::code::Code;
use crate::crypto::Digest;
use crate::encoding::limits::MAX_TEXT_SOURCE_BYTES;
use crate::encoding::text::decode_document;
use crate::model::Body;
use crate::model::excerpt::Excerpt;
use crate::model::relation::Basis;
use std::io::Read;

/// Why an excerpt is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ExcerptError {
    /// The text has other words at those positions.
    #[error("the quotation does not match the text {text} at {start}..{end}")]
    Broken {
        /// The digest of the text.
        text: Digest,
        /// The first code point.
        start: u64,
        /// The first after.
        end: u64,
    },
    /// The bytes are not a text that can be quoted.
    #[error("the bytes {text} are not UTF-8 text of at most {MAX_TEXT_SOURCE_BYTES} bytes")]
    NoText {
        /// Their digest.
        text: Digest,
    },
}

impl ExcerptError {
    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::Broken { .. } => Code::ExcerptBroken,
            Self::NoText { .. } => Code::ExcerptNoText,
        }
    }
}

/// The result of checking an excerpt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExcerptCheck {
    /// The words stand there.
    Holds,
    /// They do not.
    Fails(ExcerptError),
    /// The text is not held here, or the quotation is sealed, so it cannot be checked here.
    CannotTell,
}

/// The excerpt of a statement, if it has one.
pub fn excerpt_in(body: &Body) -> Option<&Excerpt> {
    match body {
        Body::EvidenceAdd(evidence) => evidence.excerpt.as_ref(),
        Body::SourceRelate(relate) => match &relate.basis {
            Basis::Stated(excerpt) => Some(excerpt),
            _ => None,
        },
        _ => None,
    }
}

/// A text as it is held here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeldText {
    /// The decoded text.
    Text(CountedText),
    /// The bytes are here, and are no text that can be quoted.
    NoText,
    /// The bytes are not here.
    Absent,
}

impl HeldText {
    /// Reads the text that `open` returns for its digest: at most as much as a text may have.
    pub fn read<E: From<ReadError>, F: Read>(
        text: &Digest,
        open: impl FnOnce(&Digest) -> Result<Option<F>, E>,
    ) -> Result<Self, E> {
        let Some(mut file) = open(text)? else {
            return Ok(Self::Absent);
        };
        let read = read_bounded(&mut file).map_err(|e| ReadError::cut_short(&path_of(text), e))?;
        let decoded = read.and_then(|bytes| decode_document(&bytes).ok());
        Ok(decoded.map_or(Self::NoText, |text| Self::Text(text.into())))
    }
}

/// Checks one excerpt against the bytes that `open` returns for its digest.
pub fn check<E: From<ReadError>, F: Read>(
    excerpt: &Excerpt,
    open: impl FnOnce(&Digest) -> Result<Option<F>, E>,
) -> Result<ExcerptCheck, E> {
    Ok(compare(excerpt, &HeldText::read(&excerpt.text, open)?))
}

/// Compares one excerpt with its text.
pub fn compare(excerpt: &Excerpt, held: &HeldText) -> ExcerptCheck {
    let text = excerpt.text;
    let (document, words) = match (held, excerpt.quote.words()) {
        (HeldText::Absent, _) | (_, None) => return ExcerptCheck::CannotTell,
        (HeldText::NoText, _) => return ExcerptCheck::Fails(ExcerptError::NoText { text }),
        (HeldText::Text(document), Some(words)) => (document, words),
    };
    let (start, end) = (excerpt.start, excerpt.end);
    if document.has(start, end, words) {
        ExcerptCheck::Holds
    } else {
        ExcerptCheck::Fails(ExcerptError::Broken { text, start, end })
    }
}

/// Whether `text` has exactly `quote` at code points `start..end`.
pub fn matches(text: &str, start: u64, end: u64, quote: &str) -> bool {
    let (Ok(start), Ok(end)) = (usize::try_from(start), usize::try_from(end)) else {
        return false;
    };
    let Some(length) = end.checked_sub(start) else {
        return false;
    };
    let mut rest = text.chars().skip(start);
    quote.chars().count() == length && quote.chars().all(|c| rest.next() == Some(c))
}
