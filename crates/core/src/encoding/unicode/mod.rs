//! Unicode 16.0: what can be seen, and the forms in which two texts are compared. `docs/format.md`, "Text", has the lists.
//!
//! The version is fixed, so that the rules give one answer on every machine. A code point that Unicode 16.0 does not
//! assign stands for itself.

mod forms;
mod tables;

pub use forms::{address, claim_words, code, is_dash, is_quote, same_words, words};

/// Code points with the property White_Space.
pub const WHITE_SPACE: &[(u32, u32)] = &[
    (0x0009, 0x000D),
    (0x0020, 0x0020),
    (0x0085, 0x0085),
    (0x00A0, 0x00A0),
    (0x1680, 0x1680),
    (0x2000, 0x200A),
    (0x2028, 0x2029),
    (0x202F, 0x202F),
    (0x205F, 0x205F),
    (0x3000, 0x3000),
];

/// Code points that show nothing: Default_Ignorable_Code_Point, and five fillers and blanks that fonts draw empty.
const IGNORABLE: &[(u32, u32)] = &[
    (0x00AD, 0x00AD),
    (0x034F, 0x034F),
    (0x061C, 0x061C),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0x2800, 0x2800),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFF8),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
];

/// Whether a code point shows something. One that is not assigned does.
pub fn is_visible(c: char) -> bool {
    !is_white_space(c) && !is_ignorable(c) && !c.is_control()
}

/// Whether a code point shows nothing: `Default_Ignorable_Code_Point`, or a filler or blank that fonts draw empty.
pub fn is_ignorable(c: char) -> bool {
    is_in(IGNORABLE, c)
}

/// Whether a code point has the property White_Space.
pub fn is_white_space(c: char) -> bool {
    is_in(WHITE_SPACE, c)
}

/// Whether a code point is a letter (general category L).
pub fn is_letter(c: char) -> bool {
    is_in(tables::LETTERS, c)
}

/// Whether a code point is a decimal digit (general category Nd).
pub fn is_digit(c: char) -> bool {
    is_in(tables::DIGITS, c)
}

/// Binary search in ascending ranges.
fn is_in(ranges: &[(u32, u32)], c: char) -> bool {
    let code = u32::from(c);
    ranges
        .binary_search_by(|(first, last)| {
            if *last < code {
                std::cmp::Ordering::Less
            } else if *first > code {
                std::cmp::Ordering::Greater
            } else {
                std::cmp::Ordering::Equal
            }
        })
        .is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_those_of_unicode_16() {
        assert_eq!(unicode_normalization::UNICODE_VERSION, (16, 0, 0));
        assert_eq!(unicode_case_mapping::UNICODE_VERSION, (16, 0, 0));
    }

    #[test]
    fn ranges_ascend() {
        for ranges in [WHITE_SPACE, IGNORABLE, tables::LETTERS, tables::DIGITS] {
            assert!(ranges.iter().all(|(first, last)| first <= last));
            assert!(ranges.windows(2).all(|pair| pair[0].1 < pair[1].0));
        }
    }

    #[test]
    fn blanks_fillers_and_marks_of_direction_show_nothing() {
        for c in [
            ' ', '\n', '\u{a0}', '\u{200b}', '\u{2800}', '\u{3164}', '\u{115f}', '\u{1160}',
        ] {
            assert!(!is_visible(c), "{c:?}");
        }
        for c in ['\u{ffa0}', '\u{202e}', '\u{e0041}', '\u{fe0f}', '\u{ad}'] {
            assert!(!is_visible(c), "{c:?}");
        }
        for c in ['a', '.', '\u{301}', '\u{378}', '中', '\u{e000}'] {
            assert!(is_visible(c), "{c:?}");
        }
    }

    #[test]
    fn letters_and_digits_of_any_script() {
        assert!(is_letter('a') && is_letter('ж') && is_letter('中') && is_letter('ﬁ'));
        assert!(!is_letter('1') && !is_letter('\u{301}') && !is_letter('-'));
        assert!(is_digit('1') && is_digit('٣') && is_digit('५') && !is_digit('½'));
    }
}
