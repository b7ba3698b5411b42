//! Words of any script, folded for matching. Folded text is compared and searched, never stored or quoted.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::canonical_combining_class;
use unicode_segmentation::UnicodeSegmentation as _;

/// Folds for matching: compatibility forms, case, accents, vowel points, soft hyphens and curly apostrophes make no
/// difference. Signs that make another letter in their script (nukta, kana voicing, virama, Thai and Lao vowels and
/// tones) are kept.
pub fn fold(text: &str) -> String {
    text.nfkd()
        .filter(|&c| !is_dropped(c))
        .map(|c| {
            if c == '\u{2019}' || c == '\u{2bc}' {
                '\''
            } else {
                c
            }
        })
        // Through the capitals, so that ß becomes ss and both small sigmas become one.
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        .collect()
}

/// The first characters of a text, and an ellipsis where more follow.
pub fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}\u{2026}", &text[..at]),
        None => text.to_owned(),
    }
}

/// A word where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'a> {
    /// Its first byte.
    pub at: usize,
    /// As it is written.
    pub written: &'a str,
}

impl Word<'_> {
    /// The first byte after it.
    pub fn end(&self) -> usize {
        self.at + self.written.len()
    }
}

/// The words of a text (UAX #29). Where a script writes no spaces, each character is one.
pub fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    text.unicode_word_indices()
        .map(|(at, written)| Word { at, written })
}

/// Search terms: each word, folded; its parts, if a sign inside joins them (`mayor's` is also `mayor`); and each pair
/// of neighbours in scripts without spaces.
pub fn terms(text: &str) -> Vec<String> {
    let mut terms = Vec::new();
    let mut before: Option<(usize, String)> = None;
    for word in words(text) {
        let folded = term(word.written);
        if folded.is_empty() {
            continue;
        }
        let spaceless = is_spaceless(word.written);
        if let Some((end, first)) = &before
            && spaceless
            && *end == word.at
        {
            terms.push(format!("{first}{folded}"));
        }
        before = spaceless.then(|| (word.end(), folded.clone()));
        terms.extend(parts(&folded).map(str::to_owned));
        terms.push(folded);
    }
    terms
}

/// A word, folded, without the narrow no-break space that UAX #29 (WB13a, WB13b) counts as part of it.
pub fn term(word: &str) -> String {
    fold(word).trim_matches([' ', '_']).to_owned()
}

/// The parts of a folded word that an apostrophe, a full stop, a colon, a low line, a middle dot or a narrow no-break
/// space joins (UAX #29, WB6 to WB13b); hyphens do not join. Single letters and English contractions are left out.
pub fn parts(folded: &str) -> impl Iterator<Item = &str> {
    let joins = |c| matches!(c, '\'' | ' ' | '\u{2018}' | '.' | ':' | '_' | '\u{b7}');
    folded
        .split(joins)
        .filter(move |part| part.len() < folded.len())
        .filter(|part| part.chars().nth(1).is_some() && part.chars().any(char::is_alphabetic))
        .filter(|part| !CLITICS.contains(part))
}

/// They'll, they're, they've; endings of one letter are left out anyway.
const CLITICS: [&str; 3] = ["ll", "re", "ve"];

/// Whether the script of this word has no spaces between words: Han, Hiragana, Thai, Lao, Burmese, Khmer.
pub fn is_spaceless(word: &str) -> bool {
    word.chars().next().is_some_and(|c| {
        matches!(c,
            '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
            | '\u{3040}'..='\u{309f}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
    })
}

/// The last place at or before byte `at` where a character begins, or the end of the text.
pub fn character_before(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Marks by their canonical combining class: 10 to 36 are points of Hebrew, Arabic and Syriac, from 200 on accents.
/// And characters without a shape of their own.
fn is_dropped(c: char) -> bool {
    matches!(canonical_combining_class(c), 10..=36 | 200..)
        || matches!(
            c,
            '\u{ad}' | '\u{640}' | '\u{200b}'
                ..='\u{200f}' | '\u{2060}' | '\u{fe0e}' | '\u{fe0f}' | '\u{feff}'
        )
}
