//! Passages that look like a quotation: the same words but for what an eye hardly sees. White space, quotation marks,
//! dashes, ligatures and other compatibility forms, how a letter is spelled in code points (UAX #15), characters without a
//! shape, and letters of other scripts that look like Latin ones. Found for a person to choose; never taken unasked.

use claimledger_core::encoding::unicode::{is_dash, is_ignorable, is_quote, is_white_space};
use std::ops::Range;
use unicode_normalization::char::{
    canonical_combining_class as combining_class, decompose_compatible,
};

/// A text as an eye sees it.
#[derive(Debug)]
pub struct Alike {
    looks: String,
    units: Vec<Unit>,
}

/// One character as it looks, and where it is from.
#[derive(Debug, Clone, Copy)]
struct Unit {
    /// Where it begins in `looks`.
    at: usize,
    looks: char,
    /// The first byte of the character in the text, and the first after it; of a run of white space, of the whole run.
    from: usize,
    to: usize,
}

impl Alike {
    /// The time and memory are linear in the text.
    pub fn new(text: &str) -> Self {
        let mut units: Vec<Unit> = Vec::with_capacity(text.len());
        for (from, c) in text.char_indices() {
            let to = from + c.len_utf8();
            if is_ignorable(c) {
                continue;
            }
            decompose_compatible(c, |part| put(&mut units, look(part), from, to));
        }
        let mut looks = String::with_capacity(text.len());
        for unit in &mut units {
            unit.at = looks.len();
            looks.push(unit.looks);
        }
        Self { looks, units }
    }

    /// Every passage that looks like `quote`, as bytes of the text; passages may overlap.
    pub fn find(&self, quote: &str) -> Vec<Range<usize>> {
        let sought = Self::new(quote);
        let sought = sought.looks.trim_matches(' ');
        let mut found = Vec::new();
        let mut begin = 0;
        while !sought.is_empty()
            && let Some(at) = self.looks.get(begin..).and_then(|rest| rest.find(sought))
        {
            let at = begin + at;
            found.extend(self.passage(at, at + sought.len()));
            begin = at + self.looks[at..].chars().next().map_or(1, char::len_utf8);
        }
        found
    }

    /// Whether, as an eye sees it, `prefix` stands just before these bytes of the text and `suffix` just after them. White
    /// space between them makes no difference.
    pub fn stands_between(
        &self,
        place: &Range<usize>,
        prefix: Option<&str>,
        suffix: Option<&str>,
    ) -> bool {
        let shape = |words: &str| Self::new(words).looks.trim_matches(' ').to_owned();
        let first = self.units.partition_point(|unit| unit.to <= place.start);
        let last = self.units.partition_point(|unit| unit.from < place.end);
        let before = &self.looks[..self.at(first)];
        let after = &self.looks[self.at(last)..];
        prefix.is_none_or(|prefix| before.trim_end_matches(' ').ends_with(&shape(prefix)))
            && suffix.is_none_or(|suffix| after.trim_start_matches(' ').starts_with(&shape(suffix)))
    }

    fn at(&self, unit: usize) -> usize {
        self.units
            .get(unit)
            .map_or(self.looks.len(), |unit| unit.at)
    }

    /// The bytes of the text that look like this part of `looks`; none if the part begins or ends inside a character or a
    /// letter with its marks.
    fn passage(&self, begin: usize, end: usize) -> Option<Range<usize>> {
        let unit = |at| self.units.binary_search_by_key(&at, |unit: &Unit| unit.at);
        let first = unit(begin).ok()?;
        let after = unit(end).unwrap_or(self.units.len());
        let inside = self
            .units
            .get(first..after)
            .filter(|units| !units.is_empty())?;
        let cut = |before: Option<&Unit>, next: Option<&Unit>| match (before, next) {
            (Some(before), Some(next)) => before.from == next.from || continues(next.looks),
            _ => false,
        };
        let before = first.checked_sub(1).and_then(|at| self.units.get(at));
        if cut(before, inside.first()) || cut(inside.last(), self.units.get(after)) {
            return None;
        }
        let from = inside.iter().map(|unit| unit.from).min()?;
        let to = inside.iter().map(|unit| unit.to).max()?;
        Some(from..to)
    }

    /// The smallest pieces of two texts that look the same, side by side: each a whole number of characters of both. None if
    /// the texts do not look the same.
    pub fn side_by_side<'a>(a: &'a str, b: &'a str) -> Option<Vec<(&'a str, &'a str)>> {
        let (one, other) = (Self::new(a), Self::new(b));
        let (one, other) = (one.trimmed(), other.trimmed());
        let same = one.len() == other.len()
            && one
                .iter()
                .zip(other)
                .all(|(one, other)| one.looks == other.looks);
        if !same {
            return None;
        }
        let mut pieces = Vec::new();
        let mut begin = 0;
        for at in 1..=one.len() {
            let ends = |units: &[Unit]| {
                units
                    .get(at)
                    .is_none_or(|next| next.from != units[at - 1].from && !continues(next.looks))
            };
            if ends(one) && ends(other) {
                let piece = |text: &'a str, units: &[Unit]| {
                    let units = &units[begin..at];
                    let from = units.iter().map(|unit| unit.from).min().unwrap_or(0);
                    let to = units.iter().map(|unit| unit.to).max().unwrap_or(from);
                    &text[from..to]
                };
                pieces.push((piece(a, one), piece(b, other)));
                begin = at;
            }
        }
        Some(pieces)
    }

    /// Without white space at the ends.
    fn trimmed(&self) -> &[Unit] {
        let blank = |unit: &Unit| unit.looks == ' ';
        let from = usize::from(self.units.first().is_some_and(blank));
        let to = self.units.len() - usize::from(self.units.last().is_some_and(blank));
        self.units.get(from..to).unwrap_or_default()
    }
}

/// Adds a character: a run of white space is one, and marks stand in canonical order (Unicode 16.0, section 3.11, D108).
fn put(units: &mut Vec<Unit>, looks: char, from: usize, to: usize) {
    if looks == ' '
        && let Some(last) = units.last_mut().filter(|last| last.looks == ' ')
    {
        last.to = to;
        return;
    }
    let class = combining_class(looks);
    let mut at = units.len();
    while class > 0 && at > 0 && combining_class(units[at - 1].looks) > class {
        at -= 1;
    }
    let unit = Unit {
        at: 0,
        looks,
        from,
        to,
    };
    units.insert(at, unit);
}

/// Whether a character belongs to the letter before it: a mark, or a vowel or final of a Korean syllable.
fn continues(c: char) -> bool {
    combining_class(c) > 0 || ('\u{1160}'..='\u{11ff}').contains(&c)
}

/// One character for all that look nearly the same.
fn look(c: char) -> char {
    match c {
        c if is_white_space(c) => ' ',
        c if is_quote(c) => '\'',
        c if is_dash(c) => '-',
        c => latin_double(c).unwrap_or(c),
    }
}

/// The Latin letter that a letter of another script looks like in every usual font.
pub fn latin_double(c: char) -> Option<char> {
    let mut doubles = DOUBLES.iter();
    doubles
        .find(|(other, _)| *other == c)
        .map(|(_, latin)| *latin)
}

/// The script of a letter that has a [`latin_double`].
pub fn script(c: char) -> &'static str {
    match c {
        '\u{370}'..='\u{3ff}' => "Greek",
        _ => "Cyrillic",
    }
}

/// Letters of Cyrillic and Greek that UTS #39 (confusables.txt) gives a Latin letter as prototype and that differ from it in
/// no usual font.
const DOUBLES: &[(char, char)] = &[
    ('\u{410}', 'A'),
    ('\u{412}', 'B'),
    ('\u{415}', 'E'),
    ('\u{41a}', 'K'),
    ('\u{41c}', 'M'),
    ('\u{41d}', 'H'),
    ('\u{41e}', 'O'),
    ('\u{420}', 'P'),
    ('\u{421}', 'C'),
    ('\u{422}', 'T'),
    ('\u{425}', 'X'),
    ('\u{405}', 'S'),
    ('\u{406}', 'I'),
    ('\u{408}', 'J'),
    ('\u{430}', 'a'),
    ('\u{435}', 'e'),
    ('\u{43e}', 'o'),
    ('\u{440}', 'p'),
    ('\u{441}', 'c'),
    ('\u{443}', 'y'),
    ('\u{445}', 'x'),
    ('\u{455}', 's'),
    ('\u{456}', 'i'),
    ('\u{458}', 'j'),
    ('\u{4bb}', 'h'),
    ('\u{501}', 'd'),
    ('\u{51b}', 'q'),
    ('\u{51d}', 'w'),
    ('\u{391}', 'A'),
    ('\u{392}', 'B'),
    ('\u{395}', 'E'),
    ('\u{396}', 'Z'),
    ('\u{397}', 'H'),
    ('\u{399}', 'I'),
    ('\u{39a}', 'K'),
    ('\u{39c}', 'M'),
    ('\u{39d}', 'N'),
    ('\u{39f}', 'O'),
    ('\u{3a1}', 'P'),
    ('\u{3a4}', 'T'),
    ('\u{3a5}', 'Y'),
    ('\u{3a7}', 'X'),
    ('\u{3bf}', 'o'),
];

#[cfg(test)]
mod tests {
    use super::Alike;

    fn found<'a>(text: &'a str, quote: &str) -> Vec<&'a str> {
        let places = Alike::new(text).find(quote);
        places.into_iter().map(|place| &text[place]).collect()
    }

    #[test]
    fn passages_that_look_the_same_are_found_with_their_own_characters() {
        for (text, quote, own) in [
            (
                "He said: closed\n  until May.",
                "closed until May",
                "closed\n  until May",
            ),
            (
                "closed until\u{a0}May",
                "closed until May",
                "closed until\u{a0}May",
            ),
            (
                "the \u{201c}old\u{201d} bridge",
                "the \"old\" bridge",
                "the \u{201c}old\u{201d} bridge",
            ),
            (
                "from 2\u{2013}4 April",
                "from 2-4 April",
                "from 2\u{2013}4 April",
            ),
            ("an e\u{fb03}cient port", "efficient", "e\u{fb03}cient"),
            ("Bru\u{308}cke zu", "Br\u{fc}cke", "Bru\u{308}cke"),
            ("Br\u{fc}cke zu", "Bru\u{308}cke", "Br\u{fc}cke"),
            (
                "\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}",
                "\u{d55c}\u{ad6d}",
                "\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}",
            ),
            ("the bridge clos\u{435}s", "closes", "clos\u{435}s"),
            (
                "a \u{26a0}\u{fe0f} sign",
                "a \u{26a0} sign",
                "a \u{26a0}\u{fe0f} sign",
            ),
            ("ex\u{ad}cept", "except", "ex\u{ad}cept"),
            // Marks in another order are the same letter.
            ("a\u{323}\u{302}", "a\u{302}\u{323}", "a\u{323}\u{302}"),
            // Blanks at the ends are none of the words.
            ("it rains", "  it rains ", "it rains"),
        ] {
            assert_eq!(found(text, quote), [own], "{text:?}");
        }
        // Another word is another word.
        for (text, quote) in [
            ("closed until May", "closed until Mai"),
            ("caf\u{e9}", "cafe"),
            ("cafe\u{301}", "cafe"),
            ("\u{1112}\u{1161}\u{11ab}", "\u{d558}"),
            ("e\u{fb03}cient", "ef"),
            ("10 l", "1O l"),
            ("Closed", "closed"),
            ("words", " \u{ad} "),
        ] {
            assert_eq!(found(text, quote), [""; 0], "{text:?}");
        }
        assert_eq!(found("a b\na\tb", "a  b"), ["a b", "a\tb"]);
    }

    #[test]
    fn the_words_around_a_passage_join_as_people_type_them() {
        let text = "a figure of 12,000 and one of 13,000";
        let all = Alike::new(text);
        let place = 12..18;
        assert_eq!(&text[place.clone()], "12,000");
        for (prefix, suffix, stands) in [
            (Some("figure of"), None, true),
            (Some("figure of "), None, true),
            (Some("one of"), None, false),
            (None, Some("and one"), true),
            (Some("a  figure\nof"), Some(" and"), true),
            (Some("figure"), None, false),
        ] {
            assert_eq!(
                all.stands_between(&place, prefix, suffix),
                stands,
                "{prefix:?} {suffix:?}"
            );
        }
    }
}
