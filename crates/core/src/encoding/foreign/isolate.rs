//! Isolates (UAX #9): words that do not change the order of the words around them. The only room that writes them.

use super::character::is_right_to_left;

/// First strong isolate: what follows has a direction of its own.
pub(super) const ISOLATE: char = '\u{2068}';
/// The end of an isolate.
pub(super) const END: char = '\u{2069}';

/// A row that does not change the order of the words around it.
pub(super) fn isolated(row: String) -> String {
    if row.chars().any(is_right_to_left) {
        format!("{ISOLATE}{row}{END}")
    } else {
        row
    }
}

/// Closes what is isolated at the end of a row, and opens it again in the next.
pub(super) fn close_in_each(rows: &mut [String]) {
    let mut open = 0_usize;
    for row in rows {
        let before = open;
        for letter in row.chars() {
            if letter == ISOLATE {
                open += 1;
            } else if letter == END {
                open = open.saturating_sub(1);
            }
        }
        let many = |mark: char, count| std::iter::repeat_n(mark, count).collect::<String>();
        *row = format!("{}{row}{}", many(ISOLATE, before), many(END, open));
    }
}

/// A shown text without the marks that isolate it: something else gives it a direction of its own.
pub fn not_isolated(shown: &str) -> String {
    shown.replace([ISOLATE, END], "")
}
