//! A text as words, each with its place in code points.

use super::Passage;

/// A text cut into words.
pub(super) struct Words {
    letters: Vec<char>,
    pub words: Vec<Word>,
}

/// A word: a run of letters and digits; a character of a script without spaces is a word of its own.
pub(super) struct Word {
    pub start: usize,
    pub end: usize,
    /// In lower case.
    pub lower: String,
    /// Whether it begins with a capital letter.
    pub capital: bool,
}

impl Words {
    pub fn new(text: &str) -> Self {
        let letters: Vec<char> = text.chars().collect();
        let mut words = Vec::new();
        let mut at = 0;
        while at < letters.len() {
            let start = at;
            if unspaced(letters[at]) {
                at += 1;
            } else {
                while at < letters.len() && within_word(letters[at]) && !unspaced(letters[at]) {
                    at += 1;
                }
            }
            if at == start {
                at += 1;
                continue;
            }
            words.push(Word {
                start,
                end: at,
                lower: letters[start..at]
                    .iter()
                    .flat_map(|c| c.to_lowercase())
                    .collect(),
                capital: letters[start].is_uppercase(),
            });
        }
        Self { letters, words }
    }

    /// The passage from one code point to another.
    pub fn passage(&self, start: usize, end: usize) -> Passage {
        Passage {
            end,
            exact: self.letters[start..end].iter().collect(),
            start,
        }
    }

    /// The character at a code point; none after the last.
    pub fn letter(&self, at: usize) -> Option<char> {
        self.letters.get(at).copied()
    }

    /// What stands between the word and the next one.
    pub fn gap(&self, word: usize) -> &[char] {
        let next = self
            .words
            .get(word + 1)
            .map_or(self.letters.len(), |next| next.start);
        &self.letters[self.words[word].end..next]
    }

    /// What stands before the word.
    pub fn before(&self, word: usize) -> &[char] {
        let previous = word
            .checked_sub(1)
            .map_or(0, |previous| self.words[previous].end);
        &self.letters[previous..self.words[word].start]
    }
}

fn within_word(letter: char) -> bool {
    letter.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&letter)
}

/// Chinese characters and Japanese kana stand without spaces between words.
fn unspaced(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}
