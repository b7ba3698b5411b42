//! Finds a quotation, exactly, in Unicode code points, without fuzzy matching; and shows it with the text around it.

use super::Error;
use crate::text::alike::Alike;
use crate::text::nearest::nearest;
use std::cell::OnceCell;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation as _;

/// The place of a quotation: code points `start..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first code point.
    pub start: u64,
    /// The first after it.
    pub end: u64,
}

/// Finds the only place where `text` has `quote`, after `prefix` and before `suffix` if these are given. What stands around
/// the quotation is not signed, so it may be typed as it looks.
///
/// # Errors
///
/// [`Error::NotFound`], with the passage that looks the same if there is exactly one; [`Error::Ambiguous`].
pub fn locate(
    text: &str,
    quote: &str,
    prefix: Option<&str>,
    suffix: Option<&str>,
) -> Result<Span, Error> {
    let exact: Vec<Range<usize>> = occurrences(text, quote)
        .map(|at| at..at + quote.len())
        .collect();
    let looks = OnceCell::new();
    let looks = || looks.get_or_init(|| Alike::new(text));
    let around = |places: Vec<Range<usize>>| -> Vec<Range<usize>> {
        if prefix.is_none() && suffix.is_none() {
            return places;
        }
        let mut places = places;
        places.retain(|place| looks().stands_between(place, prefix, suffix));
        places
    };
    let exact = around(exact);
    if let [place] = &exact[..] {
        let start = text[..place.start].chars().count() as u64;
        return Ok(Span {
            start,
            end: start + quote.chars().count() as u64,
        });
    }
    if !exact.is_empty() {
        return Err(ambiguous(text, quote, &exact));
    }
    let alike = around(looks().find(quote));
    match &alike[..] {
        [place] => Err(Error::NotFound {
            quote: quote.to_owned(),
            nearest: Some(text[place.clone()].to_owned()),
            alike: true,
        }),
        [] => {
            let sought = joined(quote, prefix, suffix);
            Err(Error::NotFound {
                nearest: nearest(text, &sought),
                quote: sought,
                alike: false,
            })
        }
        _ => Err(ambiguous(text, quote, &alike)),
    }
}

fn ambiguous(text: &str, quote: &str, places: &[Range<usize>]) -> Error {
    let places = places.iter();
    Error::Ambiguous {
        quote: quote.to_owned(),
        places: places
            .map(|place| around(text, place.start, place.end))
            .collect(),
    }
}

/// A quotation with the words around it, with a blank where a person left it out.
fn joined(quote: &str, prefix: Option<&str>, suffix: Option<&str>) -> String {
    let mut all = prefix.unwrap_or_default().to_owned();
    for part in [quote, suffix.unwrap_or_default()] {
        let joins = |c: char| c.is_alphanumeric();
        if all.ends_with(joins) && part.starts_with(joins) {
            all.push(' ');
        }
        all.push_str(part);
    }
    all
}

/// A quotation with the text around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExcerptContext {
    /// From the beginning of its sentence.
    pub before: String,
    /// The quotation.
    pub quote: String,
    /// To the end of its last sentence.
    pub after: String,
    /// `before` begins inside a sentence, because the sentence is too long to show.
    pub cut_before: bool,
    /// `after` ends inside one.
    pub cut_after: bool,
}

/// The quotation at `span` within its sentences (UAX #29), which end at the end of a line; `None` if the text is
/// shorter.
pub fn context(text: &str, span: Span) -> Option<ExcerptContext> {
    let start = byte_at(text, span.start)?;
    let end = start + byte_at(&text[start..], span.end.checked_sub(span.start)?)?;
    let reach_before = text[..start].char_indices().rev().take(REACH).last();
    let floor = reach_before.map_or(start, |(at, _)| at);
    let ceiling = end + byte_at(&text[end..], REACH as u64).unwrap_or(text.len() - end);
    let line_start = text[floor..start].rfind('\n').map(|at| floor + at + 1);
    let line_end = text[end..ceiling].find('\n').map(|at| end + at);
    let (from, to) = (line_start.unwrap_or(floor), line_end.unwrap_or(ceiling));
    let bounds = |piece: &str, base: usize| -> Vec<usize> {
        let sentences = piece.split_sentence_bound_indices();
        sentences.map(|(at, _)| base + at).collect()
    };
    let starts = bounds(&text[from..to], from);
    let first = starts
        .iter()
        .rfind(|at| **at <= start)
        .copied()
        .unwrap_or(from);
    let last = starts.iter().find(|at| **at >= end).copied().unwrap_or(to);
    Some(ExcerptContext {
        before: text[first..start].trim_start().to_owned(),
        quote: text[start..end].to_owned(),
        after: text[end..last].trim_end().to_owned(),
        cut_before: first == from && line_start.is_none() && from > 0,
        cut_after: last == to && line_end.is_none() && to < text.len(),
    })
}

/// The byte at which the code point `position` begins, or the end of the text.
fn byte_at(text: &str, position: u64) -> Option<usize> {
    let position = usize::try_from(position).ok()?;
    let ends = std::iter::once(text.len());
    text.char_indices()
        .map(|(at, _)| at)
        .chain(ends)
        .nth(position)
}

/// Byte positions of every occurrence, overlapping ones too.
fn occurrences<'a>(text: &'a str, quote: &'a str) -> impl Iterator<Item = usize> + 'a {
    let mut from = 0;
    std::iter::from_fn(move || {
        if quote.is_empty() {
            return None;
        }
        let at = from + text.get(from..)?.find(quote)?;
        from = at + text[at..].chars().next().map_or(1, char::len_utf8);
        Some(at)
    })
}

/// A few words on both sides, so that a person can choose a prefix or suffix.
fn around(text: &str, start: usize, end: usize) -> String {
    let before: Vec<char> = text[..start].chars().rev().take(AROUND).collect();
    let before: String = before.into_iter().rev().collect();
    let after: String = text[end..].chars().take(AROUND).collect();
    format!("\u{2026}{before}[{}]{after}\u{2026}", &text[start..end]).replace('\n', " ")
}

/// Code points of context shown on either side.
const AROUND: usize = 20;

/// Code points looked at on either side for the end of a sentence.
const REACH: usize = 400;
