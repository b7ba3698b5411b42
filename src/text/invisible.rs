//! Describes what cannot be seen in a passage: spaces other than the plain one, characters without a shape, ends of
//! lines.

use super::words::words;
use std::borrow::Cow;

/// A text as it may reach a terminal: each character that a terminal would obey, or that would show other characters in
/// another order or not at all, is written as `<U+001B>`. Ends of lines and tabs stay.
///
/// These are the control characters of ISO/IEC 6429 (C0, DEL and C1), the embeddings, overrides and isolates of UAX #9,
/// the line and paragraph separators, and the tag characters U+E0000 to U+E007F.
pub fn visible(text: &str) -> Cow<'_, str> {
    replaced(text, |c, next| {
        is_obeyed(c) && c != '\n' && c != '\t' && (c != '\r' || next != Some('\n'))
    })
}

/// The same for a name or a cell of a table, which is on one line.
pub fn visible_line(text: &str) -> Cow<'_, str> {
    replaced(text, |c, _| is_obeyed(c))
}

fn replaced(text: &str, hidden: impl Fn(char, Option<char>) -> bool) -> Cow<'_, str> {
    let with_next = || {
        let next = text.chars().skip(1).map(Some).chain([None]);
        text.chars().zip(next)
    };
    if !with_next().any(|(c, next)| hidden(c, next)) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::new();
    for (c, next) in with_next() {
        if hidden(c, next) {
            shown.push_str(&format!("<U+{:04X}>", u32::from(c)));
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// Whether a terminal may do something else with a character than show it: see [`visible`].
pub fn is_obeyed(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{e0000}'..='\u{e007f}')
}

/// A passage in one line for a person: ends of lines and tabs become spaces, direction marks are left out, and
/// everything else is unchanged, so that a copied passage is the same as in the text.
pub fn shown(passage: &str) -> String {
    passage
        .chars()
        .filter(|c| !is_direction(*c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// The invisible characters that occur more often in one of two passages.
pub fn remarks(quote: &str, passage: &str) -> String {
    let mut all = String::new();
    let sides = [
        ("your words have", quote, passage),
        ("it has", passage, quote),
    ];
    for (who, has, other) in sides {
        let mut seen = Vec::new();
        for (at, c) in has.char_indices() {
            let count = |text: &str| text.matches(c).count();
            let Some(name) = name(c).filter(|_| !seen.contains(&c)) else {
                continue;
            };
            if count(has) <= count(other) || seen.len() == MOST {
                continue;
            }
            seen.push(c);
            let before = words(&has[..at]).last();
            let place = before.map(|word| format!(" after \u{201c}{}\u{201d}", word.written));
            all.push_str(&format!("; {who} {name}{}", place.unwrap_or_default()));
        }
    }
    all
}

/// A description of a character that looks like a plain space or hyphen, or like nothing.
fn name(c: char) -> Option<String> {
    Some(match c {
        ' ' => return None,
        '\n' => "a line break".to_owned(),
        '\t' => "a tab".to_owned(),
        '\u{a0}' => "a no-break space".to_owned(),
        '\u{202f}' => "a narrow no-break space".to_owned(),
        '\u{ad}' => "a soft hyphen".to_owned(),
        '\u{2010}' | '\u{2011}' => format!("a hyphen of another kind (U+{:04X})", u32::from(c)),
        '\u{200b}' => "a zero-width space".to_owned(),
        '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' => {
            format!("a mark of no width (U+{:04X})", u32::from(c))
        }
        c if is_direction(c) => format!("a mark of direction (U+{:04X})", u32::from(c)),
        c if c.is_whitespace() => format!("a space of another width (U+{:04X})", u32::from(c)),
        _ => return None,
    })
}

/// Marks that change the direction of writing (UAX #9), and so what a terminal shows.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// How many kinds are listed on each side.
const MOST: usize = 4;

#[cfg(test)]
mod tests {
    use super::{remarks, shown, visible, visible_line};

    #[test]
    fn a_terminal_gets_nothing_to_obey() {
        assert_eq!(visible("two\tlines\r\nand a\n"), "two\tlines\r\nand a\n");
        assert_eq!(
            visible("a\u{1b}[2J\u{9b}8m\u{7}\r\u{7f}b"),
            "a<U+001B>[2J<U+009B>8m<U+0007><U+000D><U+007F>b"
        );
        assert_eq!(
            visible("not\u{202e}\u{2066} so\u{2028}\u{e0041}"),
            "not<U+202E><U+2066> so<U+2028><U+E0041>"
        );
        // A flag, a family and Persian words need their joiners.
        let joined = "\u{1f468}\u{200d}\u{1f469} \u{645}\u{6cc}\u{200c}\u{62e}";
        assert_eq!(visible(joined), joined);
        assert_eq!(
            visible_line("FAULT\nforged\t"),
            "FAULT<U+000A>forged<U+0009>"
        );
    }

    #[test]
    fn invisible_characters_are_described_and_can_be_copied() {
        let passage = "closed until\u{a0}May,\nhe\u{202f}said it\u{202e}";
        assert_eq!(shown(passage), "closed until\u{a0}May, he\u{202f}said it");
        assert_eq!(
            remarks("closed until May, he said it", passage),
            "; it has a no-break space after \u{201c}until\u{201d}; it has a line break after \u{201c}May\u{201d}; \
             it has a narrow no-break space after \u{201c}he\u{201d}; it has a mark of direction (U+202E) after \
             \u{201c}it\u{201d}"
        );
        assert_eq!(
            remarks("until\u{a0}May", "until May"),
            "; your words have a no-break space after \u{201c}until\u{201d}"
        );
        // What both have is not a difference.
        assert_eq!(remarks("until\u{a0}May", "Until\u{a0}May"), "");
        assert_eq!(
            remarks("plain words", "plain  words - and \u{201c}signs\u{201d}"),
            ""
        );
    }
}
