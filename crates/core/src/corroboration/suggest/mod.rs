//! Suggests relations: what a text says about its own origin, and what it shares with other texts.
//!
//! What this is not: evidence. A suggestion is never counted; a reviewer who agrees signs a relation. If no overlap is
//! found, that does not show independence: most agency text is reused in other words.

mod overlap;
mod phrases;
mod suggestion;
mod tables;
#[cfg(test)]
mod tests;
mod words;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

pub use super::suggest::suggestion::{Cue, Passage, SourceText, Suggestion, Suggestions};

/// How `of` may relate to the others, by what it says and by what it shares with them.
pub fn suggest(of: &SourceText<'_>, others: &[SourceText<'_>]) -> Suggestions {
    let mut suggestions = phrases::attributions(of, others);
    suggestions.extend(overlap::overlaps(of, others));
    suggestions
        .sort_by(|a, b| (&a.quotation, a.to, a.relation).cmp(&(&b.quotation, b.to, b.relation)));
    suggestions.sort_by_key(|s| s.quotation.start);
    suggestions.dedup();
    without_parts(&mut suggestions);
    Suggestions {
        notice: NOTICE,
        source: of.source,
        suggestions,
    }
}

/// Leaves out what another suggestion says with more words: "Nordwire berichtet" beside "wie Nordwire berichtet".
fn without_parts(suggestions: &mut Vec<Suggestion>) {
    let mut widest = BTreeMap::new();
    let key = |one: &Suggestion| (one.to, one.relation, one.named.clone());
    // The first of those that begin at one place is the longest.
    let mut order: Vec<usize> = (0..suggestions.len()).collect();
    order.sort_by_key(|at| {
        let quotation = &suggestions[*at].quotation;
        (quotation.start, Reverse(quotation.end))
    });
    let mut parts = BTreeSet::new();
    for at in order {
        let one = &suggestions[at];
        let end = widest.entry(key(one)).or_insert(0);
        if one.quotation.end <= *end {
            parts.insert(at);
        } else {
            *end = one.quotation.end;
        }
    }
    let mut at = 0..;
    suggestions.retain(|_| at.next().is_none_or(|at| !parts.contains(&at)));
}

const NOTICE: &str = "These are suggestions, found by phrases and shared words. None is counted; a reviewer who agrees signs \
                      a relation. No overlap found is not independence.";
