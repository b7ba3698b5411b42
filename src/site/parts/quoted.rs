//! Words in a page, and whose they are. Words of others always stand in quotation marks or behind a bar, whatever they say;
//! what cannot be seen in them is shown, as in the terminal.

use crate::site::writer::PageWriter;
use claimledger_core::EntryIndex;
use claimledger_core::encoding::foreign::{self, Foreign};
use claimledger_core::message::{Message, Piece};
use maud::{Markup, html};

/// Words of others within a line, in quotation marks.
pub fn line(words: &Foreign) -> Markup {
    html! { bdi class="theirs" { (words.quoted()) } }
}

/// The same, as the field of the record that they are.
pub fn field(name: &str, words: &Foreign) -> Markup {
    html! { bdi class="theirs" data-field=(name) { (words.quoted()) } }
}

/// An address or a name that others chose, exactly.
pub fn name(words: &str) -> Markup {
    html! { bdi class="name" dir="ltr" { (foreign::name(words)) } }
}

/// Words of others with their line ends, behind a bar. `language` is what the log says of them.
pub fn block(page: &PageWriter<'_>, words: &Foreign, language: Option<&str>) -> Markup {
    block_of(page, words, language, None)
}

/// The same, as the field of the record that they are.
pub fn block_field(
    page: &PageWriter<'_>,
    field: &str,
    words: &Foreign,
    language: Option<&str>,
) -> Markup {
    block_of(page, words, language, Some(field))
}

fn block_of(
    page: &PageWriter<'_>,
    words: &Foreign,
    language: Option<&str>,
    field: Option<&str>,
) -> Markup {
    let text = words.block("", &|row| vec![row.to_owned()]);
    let rows: Vec<&str> = text.lines().collect();
    let (first, rest) = rows.split_at(rows.len().min(MOST_ROWS));
    html! {
        blockquote class="theirs" dir="auto" lang=[language] data-field=[field] {
            (paragraphs(first))
            @if !rest.is_empty() {
                details {
                    summary { (page.words().counted(page.words().more_lines, rest.len() as u64)) }
                    (paragraphs(rest))
                }
            }
        }
    }
}

/// Rows between empty ones are a paragraph.
fn paragraphs(rows: &[&str]) -> Markup {
    html! {
        @for rows in rows.split(|row| row.is_empty()).filter(|rows| !rows.is_empty()) {
            p {
                @for (at, row) in rows.iter().enumerate() {
                    @if at > 0 { br; }
                    (row)
                }
            }
        }
    }
}

/// A sentence of the program, with the words of others in it as quotations and every `#12` as a link. The program says its
/// sentences in English alone.
pub fn sentence(page: &PageWriter<'_>, message: &Message) -> Markup {
    english(
        page,
        html! {
            @for piece in message.pieces() {
                @match piece {
                    Piece::Text(text) => (linked(page, text)),
                    Piece::Foreign(words) => (line(words)),
                    Piece::Name(words) => (name(words.raw())),
                    Piece::Key(key) => code { (key.fingerprint()) },
                    Piece::Statement(id) => code { (id.short()) },
                }
            }
        },
    )
}

/// The same for a text without values in it.
pub fn ours(page: &PageWriter<'_>, text: &str) -> Markup {
    english(page, linked(page, text))
}

/// Marks what is English in a page of another language.
pub fn english(page: &PageWriter<'_>, words: Markup) -> Markup {
    if page.site.choices.language.is_english() {
        return words;
    }
    html! { span lang="en" dir="ltr" { (words) } }
}

/// A text of the program with each `#12` as a link. Words of others that it quotes stay words: they may have numbers too.
fn linked(page: &PageWriter<'_>, text: &str) -> Markup {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((own, after)) = rest.split_once(foreign::OPENS) {
        // Their words have no double quotation mark: the next one is ours.
        let (theirs, behind) = after.split_once(foreign::CLOSES).unwrap_or((after, ""));
        parts.push(html! {
            (numbers(page, own))
            bdi class="theirs" { (foreign::OPENS.to_string()) (theirs) (foreign::CLOSES.to_string()) }
        });
        rest = behind;
    }
    parts.push(numbers(page, rest));
    html! { @for part in &parts { (part) } }
}

/// The program's own words with each `#12` as a link.
fn numbers(page: &PageWriter<'_>, text: &str) -> Markup {
    let mut rest = text;
    let mut parts: Vec<(&str, Option<EntryIndex>)> = Vec::new();
    while let Some(at) = rest.find('#') {
        let after = &rest[at + 1..];
        let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let entry = after[..digits].parse().ok().map(EntryIndex::new);
        let end = at + 1 + digits;
        match entry {
            Some(entry) => parts.push((&rest[..at], Some(entry))),
            None => parts.push((&rest[..end], None)),
        }
        rest = &rest[end..];
    }
    html! {
        @for (words, entry) in parts {
            (words)
            @if let Some(entry) = entry { (page.entry(entry)) }
        }
        (rest)
    }
}

/// More rows than these are folded away.
const MOST_ROWS: usize = 60;
