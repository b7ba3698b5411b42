//! The one table of forms: when two publishers, ratings, addresses and wordings of a claim are the same.

use super::{is_digit, is_letter, is_white_space};
use unicode_normalization::UnicodeNormalization as _;

/// NFC, then simple case folding of each code point, then every run of White_Space as one space, none at either end.
pub fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in folded(text) {
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

/// The form in which a corrected claim is compared with the claim that a verdict names: [`words`], and further
///
/// - quotation marks and apostrophes become one apostrophe;
/// - hyphens and dashes between two letters become one hyphen;
/// - `, ; : .` are left out unless they stand between two digits;
/// - white space that this leaves at an end or twice is dropped.
///
/// All other code points must be equal one by one.
pub fn claim_words(text: &str) -> String {
    let words: Vec<char> = words(text).chars().collect();
    let mut kept = String::with_capacity(words.len());
    for (at, &c) in words.iter().enumerate() {
        let before = at.checked_sub(1).map(|i| words[i]);
        let after = words.get(at + 1).copied();
        let between = |is: fn(char) -> bool| before.is_some_and(is) && after.is_some_and(is);
        match c {
            c if QUOTES.contains(&c) => kept.push('\''),
            c if DASHES.contains(&c) && between(is_letter) => kept.push('-'),
            ',' | ';' | ':' | '.' if !between(is_digit) => {}
            ' ' if kept.is_empty() || kept.ends_with(' ') => {}
            c => kept.push(c),
        }
    }
    kept.truncate(kept.trim_end_matches(' ').len());
    kept
}

/// Quotation marks and apostrophes.
const QUOTES: &[char] = &[
    '"', '\'', '`', '\u{b4}', '\u{ab}', '\u{bb}', '\u{2bc}', '\u{2018}', '\u{2019}', '\u{201a}',
    '\u{201b}', '\u{201c}', '\u{201d}', '\u{201e}', '\u{201f}', '\u{2039}', '\u{203a}', '\u{300c}',
    '\u{300d}', '\u{300e}', '\u{300f}', '\u{ff02}', '\u{ff07}',
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
