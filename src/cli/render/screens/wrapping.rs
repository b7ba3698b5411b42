//! Lines of a screen, wrapped to 80 columns.

use claimledger_core::encoding::foreign::{quotation_is_open, wrap};
use unicode_width::UnicodeWidthStr as _;

/// The rows of a line, each as wide as this at most.
pub fn wrapped(words: &str, width: usize) -> Vec<String> {
    #[expect(clippy::cast_precision_loss, reason = "columns of a terminal")]
    let columns = |text: &str| text.width() as f64;
    #[expect(clippy::cast_precision_loss, reason = "columns of a terminal")]
    let width = width as f64;
    words
        .split('\n')
        .flat_map(|line| wrap(line, width, &columns))
        .collect()
}

/// The same; each row after the first begins with `further`, and with a bar if its words are those of somebody else.
pub fn continued(words: &str, width: usize, further: &str) -> Vec<String> {
    let mut before = String::new();
    let mut rows = Vec::new();
    for row in wrapped(words, width) {
        let theirs = words.trim_start().starts_with(BAR) || goes_on(&before);
        before.push_str(&row);
        before.push(' ');
        rows.push(match (rows.is_empty(), theirs) {
            (true, _) => row,
            (false, true) => format!("{further}{BAR}{row}"),
            (false, false) => format!("{further}{row}"),
        });
    }
    rows
}

/// Whether foreign words go on behind the text: in quotation marks, which a refusal writes as a program text does; and after
/// an address or a command to be copied, whose end is not marked.
fn goes_on(before: &str) -> bool {
    let typed = before.replace("\\\"", "").matches('"').count() % 2 == 1;
    quotation_is_open(before)
        || typed
        || before.replace(' ', "").contains("://")
        || before.contains(" '")
}

/// Begins a row of words that somebody else wrote.
pub const BAR: &str = "| ";

/// The columns of a screen: what every terminal has.
pub const WIDTH: usize = 80;
