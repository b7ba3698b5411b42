//! Describes what cannot be seen in a passage: spaces other than the plain one, characters without a shape, ends of
//! lines.

use super::words::words;
use claimledger_core::encoding::foreign::{Foreign, is_direction, is_unseen};

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
            let place =
                before.map(|word| format!(" after {}", Foreign::from(word.written).quoted()));
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
        c if is_unseen(c) => format!("a character that cannot be seen (U+{:04X})", u32::from(c)),
        _ => return None,
    })
}

/// How many kinds are listed on each side.
const MOST: usize = 4;

#[cfg(test)]
mod tests {
    use super::{remarks, shown};

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
