//! Words of any script, folded for matching. Folded text is compared and searched, never stored or quoted.

use super::letters::plain;
use std::collections::VecDeque;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::canonical_combining_class;
use unicode_segmentation::UnicodeSegmentation as _;

/// Folds for matching: compatibility forms, case, accents, vowel points, the nukta of Devanagari, soft hyphens, curly
/// apostrophes, the script of a digit and the spellings of a letter (`letters.rs`) make no difference. Signs that make
/// another letter in their script (nukta elsewhere, kana voicing, virama, Thai and Lao vowels and tones) are kept.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|&c| !is_dropped(c)) {
        match (c, plain(c)) {
            ('\u{2019}' | '\u{2bc}', _) => folded.push('\''),
            (_, Some(plain)) => folded.push_str(plain),
            // Through the capitals, so that ß becomes ss and both small sigmas become one.
            (c, None) => folded.extend(c.to_uppercase().flat_map(char::to_lowercase)),
        }
    }
    folded
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
pub fn terms(text: &str) -> Terms<'_> {
    Terms {
        words: Box::new(words(text)),
        before: None,
        pending: VecDeque::new(),
    }
}

/// See [`terms`]. One word is looked at after another, so a long text takes no more memory than a short one.
pub struct Terms<'t> {
    words: Box<dyn Iterator<Item = Word<'t>> + 't>,
    /// The end of the word before and what it is folded to, if its script has no spaces.
    before: Option<(usize, String)>,
    pending: VecDeque<String>,
}

impl Iterator for Terms<'_> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        while self.pending.is_empty() {
            let word = self.words.next()?;
            let folded = term(word.written);
            if folded.is_empty() {
                continue;
            }
            let spaceless = is_spaceless(word.written);
            if let Some((end, first)) = &self.before
                && spaceless
                && *end == word.at
            {
                self.pending.push_back(format!("{first}{folded}"));
            }
            self.before = spaceless.then(|| (word.end(), folded.clone()));
            self.pending.extend(parts(&folded).map(str::to_owned));
            self.pending.push_back(folded);
        }
        self.pending.pop_front()
    }
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
/// The nukta of Devanagari, which Hindi is written with and without. And characters without a shape of their own.
fn is_dropped(c: char) -> bool {
    matches!(canonical_combining_class(c), 10..=36 | 200..)
        || matches!(
            c,
            '\u{ad}' | '\u{640}' | '\u{93c}' | '\u{200b}'
                ..='\u{200f}' | '\u{2060}' | '\u{fe0e}' | '\u{fe0f}' | '\u{feff}'
        )
}
