//! Suggests relations: what a text says about its own origin, and what it shares with other texts.
//!
//! What this is not: evidence. A suggestion is never counted; a reviewer who agrees signs a relation. If no overlap is
//! found, that does not show independence: most agency text is reused in other words.

mod overlap;
mod phrases;
mod suggestion;
#[cfg(test)]
mod tests;
mod words;

pub use super::suggest::suggestion::{Cue, Passage, SourceText, Suggestion, Suggestions};

/// How `of` may relate to the others, by what it says and by what it shares with them.
pub fn suggest(of: &SourceText<'_>, others: &[SourceText<'_>]) -> Suggestions {
    let mut suggestions = phrases::attributions(of, others);
    suggestions.extend(overlap::overlaps(of, others));
    suggestions
        .sort_by(|a, b| (&a.quotation, a.to, a.relation).cmp(&(&b.quotation, b.to, b.relation)));
    suggestions.sort_by_key(|s| s.quotation.start);
    suggestions.dedup();
    Suggestions {
        notice: NOTICE,
        source: of.source,
        suggestions,
    }
}

const NOTICE: &str = "These are suggestions, found by phrases and shared words. None is counted; a reviewer who agrees signs \
                      a relation. No overlap found is not independence.";
