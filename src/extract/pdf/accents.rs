//! Characters as people write them: letters of a ligature apart, accents on their letters, nothing that is not seen.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a font says of a character, as a person would type it.
///
/// - Ligatures and Arabic shapes (U+FB00 to U+FDFF, U+FE70 to U+FEFC) and Kangxi radicals become their letters: they are
///   shapes of letters, and not other letters.
/// - A soft hyphen is drawn, so it is a hyphen. Every blank is a space.
/// - Marks of direction and other characters that are not seen are left out.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}' => {}
            '\u{ad}' => out.push('-'),
            c if c.is_whitespace() || c.is_control() => out.push(' '),
            '\u{fb00}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{2f00}'..='\u{2fd5}' => {
                out.extend(c.nfkc().filter(|c| *c != ' '));
            }
            c => out.push(c),
        }
    }
    out
}

/// Whether a character is drawn on or around a letter.
pub(super) fn is_mark(c: char) -> bool {
    combining(c).is_some()
}

/// A letter with a mark that is drawn on it, in one character if there is one. TeX draws accents as characters of their own.
pub(super) fn put_on(letter: &mut String, mark: &str) {
    let dotless = match letter.as_str() {
        "ı" => "i",
        "ȷ" => "j",
        other => other,
    };
    let marks = mark.chars().map(|c| combining(c).unwrap_or(c));
    *letter = dotless.chars().chain(marks).nfc().collect();
}

/// The combining mark of a character that is a mark.
fn combining(c: char) -> Option<char> {
    if is_combining_mark(c) {
        return Some(c);
    }
    let found = ALONE.iter().find(|(alone, _)| *alone == c);
    found.map(|(_, mark)| *mark)
}

/// Accents as characters of their own, and the combining marks.
const ALONE: [(char, char); 13] = [
    ('`', '\u{300}'),
    ('´', '\u{301}'),
    ('ˆ', '\u{302}'),
    ('˜', '\u{303}'),
    ('¯', '\u{304}'),
    ('˘', '\u{306}'),
    ('˙', '\u{307}'),
    ('¨', '\u{308}'),
    ('˚', '\u{30a}'),
    ('˝', '\u{30b}'),
    ('ˇ', '\u{30c}'),
    ('¸', '\u{327}'),
    ('˛', '\u{328}'),
];
