//! Rows that were broken elsewhere: what is isolated in them.

use super::layout::{END, ISOLATE};

/// Closes what is isolated (UAX #9) at the end of a row, and opens it again in the next.
pub fn close_in_each(rows: &mut [String]) {
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
