//! What a capture says of earlier quotations, in plain words.

use crate::app::summary::quotation_counts;
use crate::app::{Error, Session};
use crate::text::words::shortened;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::log::excerpts::excerpt_in;
use claimledger_core::model::source::{Quotation, QuotationState, SourceCapture};
use claimledger_core::rules::View as _;
use claimledger_core::rules::standing::quotation::LookedFor;
use claimledger_core::{EntryIndex, Message};
use std::collections::BTreeMap;

/// `2 quotations still there; 1 gone: #12 "The bridge is closed"`; none if the capture names no quotation.
pub fn sentence(session: &Session, capture: &SourceCapture) -> Result<Option<String>, Error> {
    let mut parts = Vec::new();
    for (state, mut words) in quotation_counts(&capture.quotations) {
        let said = capture.quotations.iter().filter(|said| said.state == state);
        let named = said.clone().filter(|_| state != QuotationState::There);
        let mut list = named
            .take(SHOWN)
            .map(|said| one(session, said))
            .collect::<Result<Vec<String>, Error>>()?;
        let more = said.count() - list.len();
        if !list.is_empty() && more > 0 {
            list.push(format!("and {more} more"));
        }
        if !list.is_empty() {
            words.push_str(&format!(": {}", list.join(", ")));
        }
        parts.push(words);
    }
    Ok((!parts.is_empty()).then(|| parts.join("; ")))
}

/// `#12 "The bridge is closed"`.
fn one(session: &Session, said: &Quotation) -> Result<String, Error> {
    let Some(fact) = session.view().statement(&said.statement)? else {
        return Ok(said.statement.short());
    };
    let quote = quoted(session, fact.index)?.map(|quote| format!(" {quote}"));
    Ok(format!("#{}{}", fact.index, quote.unwrap_or_default()))
}

/// `“The bridge is closed”`: what the statement of an entry quotes.
pub fn quoted(session: &Session, entry: EntryIndex) -> Result<Option<Message>, Error> {
    let statement = session.statement(entry)?;
    let excerpt = excerpt_in(&statement.body);
    let quote = excerpt.and_then(|excerpt| excerpt.quote.words());
    Ok(quote.map(|words| {
        let quote = Foreign::from(clip(words));
        quote.into()
    }))
}

/// For a verdict: `a quotation is no longer in its source (since #12)`, once for each capture that first said so.
pub fn gone(looked: &[LookedFor]) -> Vec<String> {
    let mut by_capture: BTreeMap<EntryIndex, usize> = BTreeMap::new();
    for looked in looked
        .iter()
        .filter(|looked| looked.state == QuotationState::Gone)
    {
        *by_capture.entry(looked.since).or_default() += 1;
    }
    let words = by_capture.into_iter().map(|(capture, count)| match count {
        1 => format!("a quotation is no longer in its source (since #{capture})"),
        _ => format!("{count} quotations are no longer in their source (since #{capture})"),
    });
    words.collect()
}

/// The first characters of a quotation, on one line.
fn clip(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    shortened(&line, CLIPPED)
}

/// As many quotations are listed that are not where they were; `--json` and `show` have all of them.
const SHOWN: usize = 8;

/// Characters of a quotation in a list.
const CLIPPED: usize = 60;
