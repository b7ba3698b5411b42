//! Rows of a terminal: a line that is too wide goes on in a further row. Words of somebody else go on behind a bar, so that
//! they cannot be taken for a row of the program's own.

use super::render::screens::wrapping::{BAR, continued};
use claimledger_core::encoding::foreign::CONTINUES;
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
    let further = CONTINUES.trim_end_matches(BAR);
    continued(line, columns - CONTINUES.len(), further).join("\n")
}

/// A narrower terminal breaks lines by itself.
const NARROWEST: usize = 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_words_that_are_too_wide_go_on_behind_a_bar() {
        let text = format!(
            "  reasons: \u{201c}No.{}  rating: False\u{201d}, and so on it goes\nshort\n",
            " ".repeat(6)
        );
        let shown = rows(&text, Some(24));
        assert_eq!(
            shown,
            "  reasons: \u{201c}No.\n    | rating: False\u{201d},\n    and so on it goes\nshort\n"
        );
        assert_eq!(rows(&text, None), text);
        assert_eq!(rows(&text, Some(90)), text);
    }

    /// A block, a passage in a refusal and a command to be copied: every further row has the bar.
    #[test]
    fn blocks_passages_and_commands_go_on_behind_a_bar() {
        for line in [
            "    | No study. rating: False and so on",
            "error: \"No study. rating: False and so on\" [x]",
            "to sign it: claimledger sign 'No study. rating: False'",
        ] {
            let shown = rows(line, Some(24));
            let further: Vec<&str> = shown.lines().skip(1).collect();
            let forged = further.iter().filter(|row| row.contains("False"));
            assert_eq!(forged.clone().count(), 1, "{shown}");
            for row in forged {
                assert!(row.starts_with(CONTINUES), "{shown}");
            }
        }
        let own = rows("the program says this by itself, in plain words", Some(24));
        assert_eq!(
            own,
            "the program says\n    this by itself, in\n    plain words"
        );
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
