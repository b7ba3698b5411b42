//! Standings in a terminal: a mark beside what is not simply live, and how many a list leaves out.

use crate::app::read::listed::NotShown;
use crate::app::read::standing_line::StandingLine;
use claimledger_core::Message;
use claimledger_core::rules::StandingWord;

/// The standing in words; nothing for what is simply live.
pub fn standing(line: &StandingLine) -> String {
    Message::join(&line.said, "; ").to_string()
}

/// The same in brackets behind a name, with a space before it.
pub fn marked(line: &StandingLine) -> String {
    line.marked()
}

/// `3 not shown: 2 withdrawn, 1 superseded; --all shows them`, as a line; nothing if all are shown.
pub fn not_shown(left_out: &NotShown) -> String {
    if left_out.0.is_empty() {
        return String::new();
    }
    let of_each = left_out.0.iter();
    let of_each: Vec<String> = of_each
        .map(|(word, count)| format!("{count} {}", in_words(*word)))
        .collect();
    format!(
        "{} not shown: {}; --all shows them\n",
        left_out.total(),
        of_each.join(", ")
    )
}

/// What ended a statement, in a word or two.
fn in_words(word: StandingWord) -> &'static str {
    match word {
        StandingWord::Withdrawn => "withdrawn",
        StandingWord::Distrusted => "distrusted",
        StandingWord::Superseded => "superseded",
        StandingWord::TakesNoPlace => "without a place",
        StandingWord::Replaced => "replaced",
        _ => "not live",
    }
}
