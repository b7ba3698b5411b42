//! Text in a drawing: its width, its line breaks, its escapes.

use crate::encoding::foreign;
use unicode_normalization::char::is_combining_mark;

/// Breaks `text` into lines no wider than `width` pixels at 12 pixels a letter: at spaces, and inside a word only where the
/// word alone is too wide. Nothing is cut.
pub(crate) fn wrap(text: &str, width: f64) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.is_empty() {
        return Vec::new();
    }
    foreign::wrap(&words.join(" "), width, &measure, &|_| false)
}

/// The width of a line in pixels. It is an upper estimate, because the reader's font is not known here.
pub(crate) fn measure(text: &str) -> f64 {
    text.chars().map(advance).sum()
}

fn advance(letter: char) -> f64 {
    match letter {
        letter if joins(letter) => 0.0,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' => 4.2,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '/' | '-' => 5.4,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '—' | '…' => 12.0,
        'a'..='z' | '0'..='9' => 7.7,
        'A'..='Z' | '\u{300}'..='\u{10ff}' | '\u{2000}'..='\u{20ff}' => 9.0,
        '\u{0}'..='\u{2ff}' => 8.0,
        _ => 13.0,
    }
}

/// Whether the character belongs to the letter before it, or has no width.
fn joins(letter: char) -> bool {
    is_combining_mark(letter) || foreign::is_unseen(letter)
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
