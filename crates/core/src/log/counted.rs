//! A text in which a code point is found by its number without counting from the beginning.

use std::ops::Deref;

/// A text, and where every 4,096th of its code points begins. A text may have 32 MiB, and thousands of quotations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedText {
    text: String,
    /// The first byte of code point `EVERY`·*i*.
    marks: Vec<usize>,
}

impl CountedText {
    /// Counts a text, once.
    pub fn new(text: String) -> Self {
        let marks = text.char_indices().step_by(EVERY).map(|(at, _)| at);
        let marks = marks.collect();
        Self { text, marks }
    }

    /// Whether it has exactly `quote` at code points `start..end`.
    pub fn has(&self, start: u64, end: u64, quote: &str) -> bool {
        let length = quote.chars().count() as u64;
        end.checked_sub(start) == Some(length)
            && self.from(start).is_some_and(|rest| rest.starts_with(quote))
    }

    /// Where its first code points are equal to `quote`: the number of the first one, and of the one after the last.
    pub fn find(&self, quote: &str) -> Option<(u64, u64)> {
        let at = self.text.find(quote)?;
        let mark = self.marks.partition_point(|mark| *mark <= at) - 1;
        let beyond = self.text[self.marks[mark]..at].chars().count();
        let start = (mark * EVERY + beyond) as u64;
        Some((start, start + quote.chars().count() as u64))
    }

    /// The text from a code point on; empty at its end, none beyond.
    fn from(&self, code_point: u64) -> Option<&str> {
        let number = usize::try_from(code_point).ok()?;
        if number == 0 {
            return Some(&self.text);
        }
        let mark = self.marks.get(number / EVERY)?;
        let mut rest = self.text[*mark..].chars();
        for _ in 0..number % EVERY {
            rest.next()?;
        }
        Some(rest.as_str())
    }
}

impl Deref for CountedText {
    type Target = str;
    fn deref(&self) -> &str {
        &self.text
    }
}

impl From<String> for CountedText {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

const EVERY: usize = 4_096;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::excerpts::matches;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_has_what_counting_from_the_beginning_finds(
            text in "[a\u{e9}\u{1f600}]{0,40}", repeated in 0_usize..400, start in 0_u64..12_000, length in 1_usize..9,
        ) {
            let text = text.repeat(repeated);
            let counted = CountedText::new(text.clone());
            let quote: String = text.chars().skip(usize::try_from(start).unwrap()).take(length).collect();
            let end = start + quote.chars().count() as u64;
            prop_assume!(!quote.is_empty());
            prop_assert!(counted.has(start, end, &quote) && matches(&text, start, end, &quote));
            for (start, end) in [(start + 1, end + 1), (start, end + 1), (start.saturating_sub(1), end), (9_999_999, 9_999_999)] {
                prop_assert_eq!(counted.has(start, end, &quote), matches(&text, start, end, &quote));
            }
            let (from, to) = counted.find(&quote).unwrap();
            prop_assert!(from <= start && counted.has(from, to, &quote));
        }
    }
}
