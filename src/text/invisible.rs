//! What cannot be seen in a passage, in words: spaces that are no plain space, marks without a shape, ends of lines.

use super::words::words;

/// A passage in one line as a person may read it: ends of lines and tabs as spaces, marks of direction left out, and
/// everything else as it stands, so that what is copied from here is what the text has.
pub fn shown(passage: &str) -> String {
    passage
        .chars()
        .filter(|c| !is_direction(*c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// What is in one of two passages and cannot be seen, where the other has another number of them.
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

/// What a person would call a character that looks like a plain space or hyphen, or like nothing.
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

/// Marks that turn the direction of writing (UAX #9), and with it what a terminal shows.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A few kinds on each side are what a person looks at.
const MOST: usize = 4;

#[cfg(test)]
mod tests {
    use super::{remarks, shown};

    #[test]
    fn what_cannot_be_seen_is_told_and_can_be_copied() {
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
        // What both have is no difference.
        assert_eq!(remarks("until\u{a0}May", "Until\u{a0}May"), "");
        assert_eq!(
            remarks("plain words", "plain  words - and \u{201c}signs\u{201d}"),
            ""
        );
    }
}
