//! The one table of forms: when two publishers, ratings, addresses and wordings of a claim are the same.

use super::{is_digit, is_ignorable, is_letter, is_white_space};
use unicode_normalization::UnicodeNormalization as _;

/// NFC, then simple case folding of each code point; those that show nothing are left out, and every run of White_Space
/// is one space, none at either end.
pub fn words(text: &str) -> String {
    spaced(folded(text).filter(|c| !is_ignorable(*c)))
}

/// Every run of White_Space as one space, none at either end.
fn spaced(text: impl Iterator<Item = char>) -> String {
    let mut out = String::new();
    for c in text {
        if !is_white_space(c) {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end_matches(' ').len());
    out
}

/// Whether two texts have the same [`words`]: publishers, names.
pub fn same_words(a: &str, b: &str) -> bool {
    words(a) == words(b)
}

/// NFC, then simple case folding: ratings and their labels.
pub fn code(text: &str) -> String {
    folded(text).collect()
}

fn folded(text: &str) -> impl Iterator<Item = char> {
    text.nfc().map(|c| {
        unicode_case_mapping::case_folded(c)
            .and_then(|code| char::from_u32(code.get()))
            .unwrap_or(c)
    })
}

/// The form in which a corrected claim is compared with the claim that a verdict names: NFC, simple case folding and runs
/// of White_Space as in [`words`], and further
///
/// - quotation marks and apostrophes become one apostrophe; directly after a digit, single ones become an apostrophe and
///   double ones a quotation mark: 5' and 5" are two lengths;
/// - hyphens and dashes between two letters become one hyphen;
/// - `, ; : .` are left out at the end of the text, before white space and before quotation marks and apostrophes: .5 and
///   5, U.S. and us are two things;
/// - white space that this leaves at an end or twice is dropped.
///
/// All other code points must be equal one by one.
pub fn claim_words(text: &str) -> String {
    let words: Vec<char> = spaced(folded(text)).chars().collect();
    let mut kept = String::with_capacity(words.len());
    for (at, &c) in words.iter().enumerate() {
        let before = at.checked_sub(1).map(|i| words[i]);
        let after = words.get(at + 1).copied();
        let between = |is: fn(char) -> bool| before.is_some_and(is) && after.is_some_and(is);
        match c {
            c if DOUBLE.contains(&c) && before.is_some_and(is_digit) => kept.push('"'),
            c if is_quote(c) => kept.push('\''),
            c if DASHES.contains(&c) && between(is_letter) => kept.push('-'),
            c if STOPS.contains(&c) && ends_words(&words[at..]) => {}
            ' ' if kept.is_empty() || kept.ends_with(' ') => {}
            c => kept.push(c),
        }
    }
    kept.truncate(kept.trim_end_matches(' ').len());
    kept
}

/// Whether a run of stops ends words: after it comes nothing, white space or a quotation mark.
fn ends_words(stops: &[char]) -> bool {
    let after = stops.iter().find(|c| !STOPS.contains(c));
    after.is_none_or(|c| *c == ' ' || is_quote(*c))
}

const STOPS: &[char] = &[',', ';', ':', '.'];

/// Whether a character is a quotation mark or an apostrophe.
pub fn is_quote(c: char) -> bool {
    SINGLE.contains(&c) || DOUBLE.contains(&c)
}

/// Whether a character is a hyphen or a dash.
pub fn is_dash(c: char) -> bool {
    DASHES.contains(&c)
}

/// Apostrophes and single quotation marks.
const SINGLE: &[char] = &[
    '\'', '`', '\u{b4}', '\u{2bc}', '\u{2018}', '\u{2019}', '\u{201a}', '\u{201b}', '\u{2039}',
    '\u{203a}', '\u{ff07}',
];

/// Double quotation marks, and the brackets that stand for quotation marks in East Asian writing.
const DOUBLE: &[char] = &[
    '"', '\u{ab}', '\u{bb}', '\u{201c}', '\u{201d}', '\u{201e}', '\u{201f}', '\u{300c}',
    '\u{300d}', '\u{300e}', '\u{300f}', '\u{ff02}',
];

/// Hyphens and dashes.
const DASHES: &[char] = &[
    '-', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{2015}', '\u{2212}',
    '\u{fe58}', '\u{fe63}', '\u{ff0d}',
];

/// The form in which two addresses are compared: scheme and host in lower case, `http` as `https`, the default port and
/// the fragment off. A fragment that begins with `#/` or `#!` names a page and stays. Nothing else changes.
pub fn address(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once(':') else {
        return url.to_owned();
    };
    let scheme = match scheme.to_ascii_lowercase() {
        http if http == "http" => "https".to_owned(),
        other => other,
    };
    let rest = match rest.split_once('#') {
        Some((_, fragment)) if fragment.starts_with(['/', '!']) => rest,
        Some((before, _)) => before,
        None => rest,
    };
    let Some(after) = rest.strip_prefix("//") else {
        return format!("{scheme}:{rest}");
    };
    let end = after.find(['/', '?', '#']).unwrap_or(after.len());
    let (authority, path) = after.split_at(end);
    // Both default ports go: the schemes are one here.
    let host = authority.to_ascii_lowercase();
    let host = [":443", ":80", ":"]
        .iter()
        .find_map(|port| host.strip_suffix(port))
        .filter(|_| scheme == "https")
        .unwrap_or(&host);
    format!("{scheme}://{host}{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn publishers_are_compared_without_case_and_runs_of_space() {
        assert!(same_words(" The  Daily\u{a0}Post ", "the daily post"));
        assert!(same_words("Cafe\u{301}", "CAFÉ"));
        assert!(same_words("ΣΑΣ", "σας"), "a final sigma folds to a sigma");
        assert!(same_words("Northern\u{200b} Wire\u{feff}", "Northern Wire"));
        assert!(!same_words("The Daily Post", "Daily Post"));
    }

    #[test]
    fn ratings_match_in_every_script() {
        for (a, b) in [
            ("МАНИПУЛЯЦИЯ", "манипуляция"),
            ("RRENË", "rrene\u{308}"),
            ("HELT FEIL", "Helt feil"),
        ] {
            assert_eq!(code(a), code(b), "{a}");
        }
        assert_ne!(code("true "), code("true"));
    }

    #[test]
    fn a_claim_keeps_its_words_only_through_marks_that_change_no_meaning() {
        let same = [
            ("The bridge, it will close.", "the bridge it will close"),
            ("He said “no”.", "He said \"no\""),
            ("a well\u{2011}known man", "a well-known man"),
            (
                "It costs 1.5 million; so be it.",
                "It costs 1.5 million so be it",
            ),
            ("born in \u{201c}1990\u{201d}.", "born in \"1990\""),
            ("He left... then came back.", "He left then came back"),
            ("He said \u{201c}no.\u{201d}", "He said \u{201c}no\u{201d}"),
        ];
        for (a, b) in same {
            assert_eq!(claim_words(a), claim_words(b), "{a}");
        }
        let other = [
            ("will not close", "will now close"),
            ("1.5 million", "15 million"),
            ("5-10 people", "5 10 people"),
            ("-5 degrees", "5 degrees"),
            ("is it so?", "is it so"),
            ("12:30", "1230"),
            ("re-sign", "resign"),
            ("$5", "€5"),
            (".5 percent", "5 percent"),
            (",5 points", "5 points"),
            ("1.\u{bd} metres", "1\u{bd} metres"),
            ("version 1.A", "version 1A"),
            ("5' high", "5\" high"),
            ("5\u{2019} high", "5\u{201d} high"),
            ("sold to U.S.", "sold to us"),
            ("1 .5 b", "1 5 b"),
            ("two\u{200b}words", "twowords"),
        ];
        for (a, b) in other {
            assert_ne!(claim_words(a), claim_words(b), "{a}");
        }
    }

    #[test]
    fn addresses_differ_by_nothing_but_scheme_port_case_of_the_host_and_fragment() {
        let same = [
            ("http://Daily.Example/Gate", "https://daily.example/Gate"),
            ("https://daily.example:443/a", "https://daily.example/a"),
            ("http://daily.example:80/a", "https://daily.example/a"),
            (
                "https://daily.example/a#comments",
                "https://daily.example/a",
            ),
        ];
        for (a, b) in same {
            assert_eq!(address(a), address(b), "{a}");
        }
        let other = [
            ("https://daily.example/a", "https://daily.example/A"),
            ("https://daily.example/a/", "https://daily.example/a"),
            ("https://daily.example/#/a", "https://daily.example/#/b"),
            ("https://daily.example/#!a", "https://daily.example/"),
            ("https://daily.example/?a=1", "https://daily.example/?a=2"),
            ("https://daily.example:8443/", "https://daily.example/"),
            ("gopher://daily.example:80/", "gopher://daily.example/"),
        ];
        for (a, b) in other {
            assert_ne!(address(a), address(b), "{a}");
        }
    }
}
