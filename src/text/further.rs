//! Further terms of a word, beside the word itself: what it is called without the particles that Arabic writes to it, with ü
//! as ue, as one word with its neighbour behind a hyphen, and its stem. They only add: no word is lost by them.

use super::stems::Stemming;
use super::words::{Word, fold, term, words};
use std::collections::VecDeque;
use unicode_normalization::UnicodeNormalization as _;

/// The further terms of a text.
pub fn further_terms(text: &str, stemming: Stemming) -> FurtherTerms<'_> {
    FurtherTerms {
        text,
        words: Box::new(words(text)),
        before: None,
        stemming,
        pending: VecDeque::new(),
    }
}

/// See [`further_terms`]. One word is looked at after another, so a long text takes no more memory than a short one.
pub struct FurtherTerms<'t> {
    text: &'t str,
    words: Box<dyn Iterator<Item = Word<'t>> + 't>,
    before: Option<Word<'t>>,
    stemming: Stemming,
    pending: VecDeque<String>,
}

impl Iterator for FurtherTerms<'_> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        while self.pending.is_empty() {
            let word = self.words.next()?;
            if let Some(before) = self.before.replace(word) {
                let between = &self.text[before.end()..word.at];
                self.pending.extend(joined(before, between, word));
            }
            self.pending.extend(of_word(word.written, self.stemming));
        }
        self.pending.pop_front()
    }
}

/// The further terms of one word.
pub fn of_word(written: &str, stemming: Stemming) -> Vec<String> {
    let mut terms = without_particles(&term(written));
    terms.extend(with_two_letters(written));
    terms.extend(stemming.stems(written));
    terms
}

/// `Covid-19` as `covid19`, `e-mail` as `email`. Numbers on both sides of a hyphen are two numbers.
pub fn joined(first: Word<'_>, between: &str, second: Word<'_>) -> Option<String> {
    let is_hyphen = matches!(between, "-" | "\u{2010}" | "\u{2011}");
    let has_letter = |word: Word<'_>| word.written.chars().any(char::is_alphabetic);
    let wanted = is_hyphen && (has_letter(first) || has_letter(second));
    wanted.then(|| term(first.written) + &term(second.written))
}

/// `müller` as `mueller`: German, Danish and Swedish write two letters where a keyboard lacks the one.
fn with_two_letters(written: &str) -> Option<String> {
    let lower: String = written.to_lowercase().nfc().collect();
    let spelled = lower
        .replace('ä', "ae")
        .replace(['ö', 'ø'], "oe")
        .replace('ü', "ue")
        .replace('å', "aa");
    (spelled != lower).then(|| fold(&spelled))
}

/// An Arabic word without the particles before it, each form that this passes through: and, so; by, like, for; the article.
/// The first letters of many words look like particles, so a form is kept only while it is long enough to be a word.
fn without_particles(folded: &str) -> Vec<String> {
    let mut forms = Vec::new();
    let mut rest = folded;
    for (particles, least) in [
        (&["\u{648}", "\u{641}"][..], 3),
        (&["\u{628}", "\u{643}"], 4),
        (&["\u{627}\u{644}", "\u{644}\u{644}", "\u{644}"], 3),
    ] {
        let shorter = particles.iter().find_map(|particle| {
            let shorter = rest.strip_prefix(particle)?;
            // A single letter l is the particle only before a longer word.
            let least = if *particle == "\u{644}" { 4 } else { least };
            (shorter.chars().count() >= least).then_some(shorter)
        });
        if let Some(shorter) = shorter {
            forms.push(shorter.to_owned());
            rest = shorter;
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn further(text: &str) -> Vec<String> {
        further_terms(text, Stemming::None).collect()
    }

    #[test]
    fn particles_are_taken_off_one_after_another_and_short_words_are_left_whole() {
        assert_eq!(
            further("\u{648}\u{628}\u{627}\u{644}\u{643}\u{647}\u{631}\u{628}\u{627}\u{621}").len(),
            3
        );
        // wazir, a minister: zir is long enough to be a word, ir is not.
        assert_eq!(
            further("\u{648}\u{632}\u{64a}\u{631}"),
            ["\u{632}\u{64a}\u{631}"]
        );
        // balad, a country; lan, not.
        assert_eq!(further("\u{628}\u{644}\u{62f}"), Vec::<String>::new());
        assert_eq!(further("\u{644}\u{646}"), Vec::<String>::new());
    }

    #[test]
    fn a_hyphen_joins_words_and_no_numbers() {
        assert_eq!(further("Covid-19"), ["covid19"]);
        assert_eq!(further("e\u{2010}mail"), ["email"]);
        assert_eq!(further("2026-03-10"), Vec::<String>::new());
        assert_eq!(further("good - bad"), Vec::<String>::new());
        assert_eq!(further("Müller"), ["mueller"]);
    }
}
