//! Text in a drawing: its width, its line breaks, its direction, its escapes. Every text of a drawing goes out through
//! [`escape`].

use crate::encoding::foreign;
use crate::message::Message;
use unicode_bidi::{Direction, get_base_direction};
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthChar as _;

/// Breaks `text` into lines no wider than `width` pixels at 12 pixels a letter. Nothing is cut.
pub(crate) fn wrap(text: &str, width: f64) -> Vec<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut lines = foreign::wrap(&text, width, &measure);
    lines.retain(|line| !line.is_empty());
    lines
}

/// The first `most` lines of [`wrap`]; if there are more, the last one ends in `…`, and closes a quotation that is cut.
pub(crate) fn wrap_most(text: &str, width: f64, most: usize) -> Vec<String> {
    let mut lines = wrap(text, width);
    if lines.len() > most {
        lines.truncate(most);
        let end = if foreign::quotation_is_open(&lines.concat()) {
            "…\u{201d}"
        } else {
            "…"
        };
        if let Some(last) = lines.last_mut() {
            while measure(last) + measure(end) > width
                && let Some((at, _)) = last.grapheme_indices(true).next_back()
            {
                last.truncate(at);
            }
            last.truncate(last.trim_end().len());
            last.push_str(end);
        }
    }
    lines
}

/// The width of a line in pixels at 12 pixels a letter. It is an upper estimate, because the reader's font is not known
/// here.
pub(crate) fn measure(text: &str) -> f64 {
    text.chars().map(advance).sum()
}

fn advance(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' => 4.2,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '/' | '-' => 5.4,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '—' | '…' => 12.0,
        'a'..='z' | '0'..='9' => 7.7,
        'A'..='Z' => 9.0,
        '\u{0}'..='\u{2ff}' => 8.0,
        // emoji
        '\u{1f000}'..='\u{1ffff}' => 17.0,
        letter => match letter.width() {
            Some(0) | None => 0.0,
            Some(1) => 9.5,
            Some(_) => 13.0,
        },
    }
}

/// Whether a line is written from right to left: by its first letter with a direction (UAX #9, rule P2).
pub(crate) fn is_right_to_left(line: &str) -> bool {
    get_base_direction(line) == Direction::Rtl
}

/// Words that somebody else wrote, in quotation marks on one line, for a text of their own. Without the marks that isolate their direction: the
/// attributes of the text do that, and a line break would tear the marks apart.
pub(crate) fn shown(text: &Message) -> String {
    foreign::not_isolated(&text.to_string())
}

/// Text for XML 1.0, as people may see it; characters that XML does not allow become U+FFFD.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in foreign::screen_line(text).chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_isolated_name_is_isolated_on_each_of_its_lines() {
        let text = format!(
            "resting on \u{2068}{}\u{2069}: if it is wrong",
            "الجسر ".repeat(9)
        );
        let lines = wrap(&text, 120.0);
        assert!(lines.len() > 3);
        for line in &lines {
            assert_eq!(
                line.matches('\u{2068}').count(),
                line.matches('\u{2069}').count(),
                "{line:?}"
            );
        }
        assert!(lines[2].starts_with('\u{2068}'));
    }

    #[test]
    fn a_combining_mark_stays_with_its_letter() {
        let word = "e\u{301}".repeat(40);
        let lines = wrap(&word, 60.0);
        assert!(lines.len() > 1);
        assert!(lines.iter().all(|line| line.starts_with('e')));
        assert_eq!(lines.concat(), word);
    }

    #[test]
    fn a_text_that_is_cut_says_so() {
        let lines = wrap_most(&"word ".repeat(80), 100.0, 3);
        assert_eq!(lines.len(), 3);
        assert!(lines[2].ends_with('…') && measure(&lines[2]) <= 100.0);
        assert_eq!(wrap_most("a b", 100.0, 1), ["a b"]);
    }
}
