//! A quotation with its place: Web Annotation's TextQuote and TextPosition selectors, which must agree.

use super::{Prose, agree};
use crate::crypto::Digest;
use crate::encoding::Defect;
use serde::{Deserialize, Serialize};

/// The words at `start..end` of the text whose bytes have the digest `text`.
///
/// Positions count Unicode code points of the decoded text (`encoding::text::decode_document`), from 0, end excluded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Excerpt {
    /// The first code point after the quotation.
    pub end: u64,
    /// The quotation, exactly as it stands there.
    pub quote: Prose,
    /// The first code point of the quotation.
    pub start: u64,
    /// SHA-256 of the bytes that hold the text: a text/plain snapshot, or the extracted text of another one.
    pub text: Digest,
}

impl Excerpt {
    /// Form: the positions span as many code points as the quotation has.
    pub fn check(&self) -> Result<(), Defect> {
        agree(
            self.start < self.end,
            "an excerpt's start is before its end",
        )?;
        let Some(words) = self.quote.words() else {
            return Ok(());
        };
        agree(
            self.end - self.start == words.chars().count() as u64,
            "an excerpt's positions must span as many code points as its quotation has",
        )
    }
}
