//! Rows of a terminal: a line that is too wide goes on in a row that cannot be taken for the program's own.

use claimledger_core::encoding::foreign::{self, CONTINUES};
use unicode_width::UnicodeWidthStr as _;

/// A text whose lines have at most `columns`. A terminal would break a longer line at its edge, and the next row would begin
/// with whatever a text from outside has there.
pub fn rows(text: &str, columns: Option<usize>) -> String {
    let Some(columns) = columns.filter(|columns| *columns >= NARROWEST) else {
        return text.to_owned();
    };
    let lines: Vec<String> = text.split('\n').map(|line| broken(line, columns)).collect();
    lines.join("\n")
}

fn broken(line: &str, columns: usize) -> String {
    if line.width() <= columns {
        return line.to_owned();
    }
    let width = |text: &str| f64::from(u32::try_from(text.width()).unwrap_or(u32::MAX));
    let room = columns - CONTINUES.len();
    let room = f64::from(u32::try_from(room).unwrap_or(u32::MAX));
    foreign::wrap(line, room, &width).join(&format!("\n{CONTINUES}"))
}

/// A narrower terminal breaks lines by itself.
const NARROWEST: usize = 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_too_wide_goes_on_behind_the_mark() {
        let text = format!("  reasons: No.{}  rating: False\nshort\n", " ".repeat(6));
        let shown = rows(&text, Some(24));
        assert_eq!(shown, "  reasons: No.\n    | rating: False\nshort\n");
        assert_eq!(rows(&text, None), text);
        assert_eq!(rows(&text, Some(80)), text);
    }

    #[test]
    fn an_address_is_broken_behind_the_bar_and_letters_of_two_columns_are_counted_so() {
        let address = "https://example.org/a-long-address-that-is-copied";
        assert_eq!(
            rows(&format!("see {address} now"), Some(24)),
            "see https://\n    | example.org/a-\n    | long-address-that-\n    | is-copied now"
        );
        let wide = rows(&"\u{6a4b}".repeat(20), Some(24));
        assert!(wide.lines().all(|row| row.width() <= 24), "{wide}");
    }
}
