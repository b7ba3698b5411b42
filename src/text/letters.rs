//! Letters and digits that are spelled in several ways and read as one: for finding only, never for the rules.

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory as _};

/// The plain letters or digits by which search finds a decomposed character; `None` for the character itself.
///
/// - A decimal digit of any script (general category Nd) is searched as 0 to 9.
/// - Persian, Urdu and Uyghur forms of yeh, kaf and heh are searched as the Arabic letters; so are alef maksura as yeh, teh
///   marbuta as heh, and alef wasla as alef.
/// - Latin letters with a stroke or a ligature, which Unicode does not decompose, are searched as plain letters.
pub(super) fn plain(c: char) -> Option<&'static str> {
    if let Some(digit) = digit(c) {
        return Some(DIGITS[digit]);
    }
    Some(match c {
        '\u{6cc}' | '\u{649}' | '\u{6d0}' | '\u{678}' => "\u{64a}",
        '\u{6a9}' | '\u{6aa}' | '\u{6ac}' => "\u{643}",
        '\u{629}' | '\u{6c1}' | '\u{6be}' | '\u{6c3}' | '\u{6d5}' => "\u{647}",
        '\u{671}' => "\u{627}",
        'ł' | 'Ł' => "l",
        'ø' | 'Ø' => "o",
        'đ' | 'Đ' => "d",
        'ı' => "i",
        'œ' | 'Œ' => "oe",
        'æ' | 'Æ' => "ae",
        _ => return None,
    })
}

/// The value of a decimal digit. Unicode encodes the digits of a script in one run, from zero to nine, and never changes that
/// (UAX #44, Numeric_Type=Decimal). A run of several decades, as of the mathematical digits, counts on.
fn digit(c: char) -> Option<usize> {
    let is_digit = |c: char| c.general_category() == GeneralCategory::DecimalNumber;
    if c.is_ascii() || !is_digit(c) {
        return None;
    }
    let mut from = u32::from(c);
    while char::from_u32(from - 1).is_some_and(is_digit) {
        from -= 1;
    }
    Some((u32::from(c) - from) as usize % 10)
}

const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_decimal_digit_of_unicode_has_its_value() {
        let digits: Vec<char> = (0x80..0x11_0000)
            .filter_map(char::from_u32)
            .filter(|c| c.general_category() == GeneralCategory::DecimalNumber)
            .collect();
        // Each script has ten.
        assert_eq!(digits.len() % 10, 0);
        for decade in digits.chunks(10) {
            let values: Vec<usize> = decade.iter().filter_map(|c| digit(*c)).collect();
            assert_eq!(values, (0..10).collect::<Vec<_>>(), "{decade:?}");
        }
        assert_eq!(digit('5'), None);
        assert_eq!(digit('\u{661}'), Some(1));
        assert_eq!(digit('½'), None);
    }
}
