//! Describes what cannot be seen in a passage: spaces other than the plain one, characters without a shape, ends of
//! lines.

use super::alike::{Alike, latin_double, script};
use super::words::words;
use claimledger_core::encoding::foreign::{Foreign, is_direction, is_unseen};
use claimledger_core::encoding::unicode::{is_ignorable, is_visible};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A passage in one line for a person: ends of lines and tabs become spaces, direction marks are left out, and
/// everything else is unchanged, so that a copied passage is the same as in the text.
pub fn shown(passage: &str) -> String {
    passage
        .chars()
        .filter(|c| !is_direction(*c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// The differences between two passages that no eye sees: invisible characters that occur more often in one of them, and
/// letters that look the same.
pub fn remarks(quote: &str, passage: &str) -> String {
    let mut all = unseen(quote, passage);
    let pieces = Alike::side_by_side(quote, passage).unwrap_or_default();
    let mut told: Vec<String> = Vec::new();
    for (mine, its) in pieces.into_iter().filter(|(mine, its)| mine != its) {
        if let Some(remark) = letters(mine, its)
            && !told.contains(&remark)
            && told.len() < MOST
        {
            told.push(remark);
        }
    }
    for remark in told {
        all.push_str("; ");
        all.push_str(&remark);
    }
    all
}

/// Why two pieces that look the same are different letters: other scripts, ligatures, other spellings in code points.
fn letters(mine: &str, its: &str) -> Option<String> {
    if let Some((letter, latin)) = doubles(its, mine) {
        return Some(format!(
            "it has {letter}, your words have the Latin {latin}"
        ));
    }
    if let Some((letter, latin)) = doubles(mine, its) {
        return Some(format!(
            "your words have {letter}, it has the Latin {latin}"
        ));
    }
    let visible = |piece: &str| piece.chars().filter(|c| is_visible(*c)).collect::<String>();
    let (mine, its) = (visible(mine), visible(its));
    // White space, marks and dashes are seen, or named one by one.
    let has_letters = mine.chars().any(char::is_alphanumeric);
    if mine == its || !has_letters || mine.nfkd().ne(its.nfkd()) {
        return None;
    }
    let (mine, its) = (spelled(&mine), spelled(&its));
    Some(format!("your words have {mine}, it has {its}"))
}

/// The letter of another script in one piece that is a Latin letter in the other.
fn doubles(piece: &str, other: &str) -> Option<(String, char)> {
    let first = piece.chars().next()?;
    let latin = latin_double(first).filter(|latin| other.starts_with(*latin))?;
    let (code, script) = (u32::from(first), script(first));
    Some((format!("the {script} {first} (U+{code:04X})"), latin))
}

/// How a letter is written in code points: `ü as one character (U+00FC)`, `u and U+0308`.
fn spelled(letter: &str) -> String {
    let code = |c: char| format!("U+{:04X}", u32::from(c));
    let mut all = letter.chars();
    match (all.next(), all.as_str()) {
        (Some(one), "") => format!("{one} as one character ({})", code(one)),
        (Some(base), marks) if marks.chars().all(is_combining_mark) => {
            let marks: Vec<String> = marks.chars().map(code).collect();
            format!("{base} and {}", marks.join(", "))
        }
        _ if letter.is_ascii() => format!("{letter} as {} letters", letter.len()),
        _ => letter.chars().map(code).collect::<Vec<_>>().join(", "),
    }
}

/// The invisible characters that occur more often in one of two passages.
fn unseen(quote: &str, passage: &str) -> String {
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
        '\u{fe0e}' | '\u{fe0f}' => {
            format!(
                "a variation selector, which no eye sees (U+{:04X})",
                u32::from(c)
            )
        }
        c if is_unseen(c) || is_ignorable(c) => {
            format!("a character that cannot be seen (U+{:04X})", u32::from(c))
        }
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
        for (mine, its, told) in [
            (
                "Br\u{fc}cke",
                "Bru\u{308}cke",
                "your words have \u{fc} as one character (U+00FC), it has u and U+0308",
            ),
            (
                "Bru\u{308}cke",
                "Br\u{fc}cke",
                "your words have u and U+0308, it has \u{fc} as one character (U+00FC)",
            ),
            (
                "\u{d55c}",
                "\u{1112}\u{1161}\u{11ab}",
                "your words have \u{d55c} as one character (U+D55C), it has U+1112, U+1161, U+11AB",
            ),
            (
                "closes",
                "clos\u{435}s",
                "it has the Cyrillic \u{435} (U+0435), your words have the Latin e",
            ),
            (
                "\u{391}thens",
                "Athens",
                "your words have the Greek \u{391} (U+0391), it has the Latin A",
            ),
            (
                "efficient",
                "e\u{fb03}cient",
                "your words have ffi as 3 letters, it has \u{fb03} as one character (U+FB03)",
            ),
            (
                "\u{26a0} sign",
                "\u{26a0}\u{fe0f} sign",
                "it has a variation selector, which no eye sees (U+FE0F)",
            ),
            (
                "except",
                "ex\u{ad}cept",
                "it has a soft hyphen after \u{201c}ex\u{201d}",
            ),
        ] {
            assert_eq!(remarks(mine, its), format!("; {told}"), "{mine:?} {its:?}");
        }
        // What both have is not a difference.
        assert_eq!(remarks("until\u{a0}May", "Until\u{a0}May"), "");
        assert_eq!(
            remarks("plain words", "plain  words - and \u{201c}signs\u{201d}"),
            ""
        );
    }
}
