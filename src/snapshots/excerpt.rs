//! Finding a quotation: exactly, in Unicode code points; no fuzzy matching.

use super::Error;

/// Where a quotation stands: code points `start..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first code point.
    pub start: u64,
    /// The first after it.
    pub end: u64,
}

/// Finds the one place where `text` says `quote`, preceded by `prefix` and followed by `suffix` if these are given.
pub fn locate(
    text: &str,
    quote: &str,
    prefix: Option<&str>,
    suffix: Option<&str>,
) -> Result<Span, Error> {
    let places: Vec<usize> = occurrences(text, quote)
        .filter(|&at| {
            text[..at].ends_with(prefix.unwrap_or_default())
                && text[at + quote.len()..].starts_with(suffix.unwrap_or_default())
        })
        .collect();
    match places[..] {
        [at] => {
            let start = text[..at].chars().count() as u64;
            Ok(Span {
                start,
                end: start + quote.chars().count() as u64,
            })
        }
        [] => Err(Error::NotFound {
            quote: quote.to_owned(),
        }),
        _ => Err(Error::Ambiguous {
            quote: quote.to_owned(),
            places: places
                .iter()
                .map(|&at| around(text, at, at + quote.len()))
                .collect(),
        }),
    }
}

/// Whether `text` says exactly `quote` at code points `start..end`.
pub fn matches(text: &str, start: u64, end: u64, quote: &str) -> bool {
    let (Ok(start), Ok(end)) = (usize::try_from(start), usize::try_from(end)) else {
        return false;
    };
    let Some(length) = end.checked_sub(start) else {
        return false;
    };
    let mut rest = text.chars().skip(start);
    quote.chars().count() == length && quote.chars().all(|c| rest.next() == Some(c))
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
