//! A quotation within its sentences.

use super::entries::Entries;
use crate::app::Error;
use crate::snapshots::excerpt::{self, Span};
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::log::{ExcerptError, excerpts};
use claimledger_core::model::excerpt::Excerpt;
use serde::Serialize;

/// A quotation within its sentences.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct InContext {
    /// What stands before it; three dots come first if it begins inside a sentence.
    pub before: Foreign,
    /// The quotation.
    pub quote: Foreign,
    /// What stands after it; three dots come last if it ends inside a sentence.
    pub after: Foreign,
}

impl InContext {
    /// The passage, with the quotation in brackets.
    pub fn marked(&self) -> Foreign {
        let (before, quote, after) = (self.before.raw(), self.quote.raw(), self.after.raw());
        format!("{before}[{quote}]{after}").into()
    }
}

/// The sentences around an excerpt; none if its text is not here or is withheld.
///
/// # Errors
///
/// The text was altered, or has other words at that place.
pub fn in_context(entries: &dyn Entries, made: &Excerpt) -> Result<Option<InContext>, Error> {
    let Some(text) = entries.text(&made.text)? else {
        return Ok(None);
    };
    let (start, end) = (made.start, made.end);
    if made
        .quote
        .words()
        .is_some_and(|quote| !excerpts::matches(&text, start, end, quote))
    {
        let text = made.text;
        return Err(crate::ledger::Error::from(ExcerptError::Broken { text, start, end }).into());
    }
    let dots = |cut: bool| if cut { "\u{2026}" } else { "" };
    let found = excerpt::context(&text, Span { start, end });
    Ok(found.map(|found| InContext {
        before: format!("{}{}", dots(found.cut_before), found.before).into(),
        quote: found.quote.into(),
        after: format!("{}{}", found.after, dots(found.cut_after)).into(),
    }))
}
