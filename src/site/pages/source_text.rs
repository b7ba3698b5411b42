//! The text of a source in parts, with every quotation from it marked.

use crate::app::Error;
use crate::app::read::screens::pages::Pages;
use crate::app::read::screens::source_line::SourceLine;
use crate::app::read::source_text::SourceText;
use crate::site::address::SitePage;
use crate::site::parts::{dates, sources};
use crate::site::record::PageRecord;
use crate::site::writer::{PageBody, PageWriter};
use claimledger_core::EntryIndex;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::model::StatementId;
use maud::{Markup, html};

/// A quotation from the text: its evidence or relation, and where it stands in code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passage {
    /// Its first code point.
    pub start: u64,
    /// The one after its last.
    pub end: u64,
    /// The statement that quotes.
    pub entry: EntryIndex,
}

/// A part of a text.
pub struct TextPart<'t> {
    /// The whole.
    pub text: &'t SourceText,
    /// The characters of this part, and the place of the first one in the whole.
    pub part: &'t str,
    /// The place of its first code point.
    pub from: u64,
    /// Which part it is, from 1 on, and how many there are.
    pub number: u64,
    /// How many parts there are.
    pub of: u64,
    /// Every quotation from the text.
    pub passages: &'t [Passage],
}

/// Where a text is divided: at a line end if there is one, after so many characters.
pub fn parts(text: &str) -> Vec<(u64, &str)> {
    let (mut parts, mut from, mut rest) = (Vec::new(), 0, text);
    while !rest.is_empty() {
        let end = rest
            .char_indices()
            .nth(PART)
            .map_or(rest.len(), |(at, _)| at);
        let end = if end < rest.len() {
            rest[..end].rfind('\n').map_or(end, |at| at + 1)
        } else {
            end
        };
        let (part, after) = rest.split_at(end);
        parts.push((from, part));
        from += part.chars().count() as u64;
        rest = after;
    }
    parts
}

/// The page of a part.
pub fn page(
    page: &PageWriter<'_>,
    pages: &Pages<'_>,
    id: StatementId,
    line: &SourceLine,
    shown: &TextPart<'_>,
) -> Result<PageBody, Error> {
    let words = page.words();
    let text = shown.text;
    let main = html! {
        p class="kicker" { (words.text_of_source) " " (page.entry(line.entry)) }
        h1 { (words.its_text) }
        p { (sources::source(page, pages, line)?) }
        p class="aside" {
            @if let Some(on) = &text.captured { (words.captured) " " (dates::date(words, on)) ". " }
            @if let Some(entry) = text.transcript { (words.a_transcript) " " (page.entry(entry)) ". " }
            "SHA-256 " code dir="ltr" { (text.sha256.to_string()) }
        }
        p { (words.whose_text) }
        (part_links(page, id, shown))
        blockquote class="theirs text" dir="auto" { (marked(page, shown)) }
        (part_links(page, id, shown))
    };
    Ok(PageBody {
        title: format!("{}: {}", words.its_text, line.title.quoted_within(TITLE)),
        main,
        record: PageRecord::new("text")
            .with("from", shown.from)
            .with("id", id.to_string())
            .with("part", shown.number)
            .with("parts", shown.of)
            .with(
                "passages",
                shown
                    .passages
                    .iter()
                    .map(|one| one.entry)
                    .collect::<Vec<_>>(),
            )
            .with("sha256", text.sha256.to_string()),
        markup: None,
    })
}

fn part_links(page: &PageWriter<'_>, id: StatementId, shown: &TextPart<'_>) -> Markup {
    let words = page.words();
    html! {
        @if shown.of > 1 {
            nav aria-label=(words.parts) {
                ol class="pages" {
                    @for number in 1..=shown.of {
                        @let here = (number == shown.number).then_some("page");
                        li { a href=[page.to(&SitePage::SourceText(id, number))] aria-current=[here] { (words.number(number)) } }
                    }
                }
            }
        }
    }
}

/// The part, cut where quotations begin and end.
fn marked(page: &PageWriter<'_>, shown: &TextPart<'_>) -> Markup {
    let length = shown.part.chars().count() as u64;
    let inside = |at: u64| at.saturating_sub(shown.from).min(length);
    let mut cuts: Vec<u64> = vec![0, length];
    cuts.extend(
        shown
            .passages
            .iter()
            .flat_map(|one| [inside(one.start), inside(one.end)]),
    );
    cuts.sort_unstable();
    cuts.dedup();
    let chars: Vec<char> = shown.part.chars().collect();
    let piece = |from: u64, to: u64| {
        let (from, to) = (
            usize::try_from(from).unwrap_or(0),
            usize::try_from(to).unwrap_or(0),
        );
        chars[from..to].iter().collect::<String>()
    };
    html! {
        @for cut in cuts.windows(2) {
            @let (from, to) = (cut[0], cut[1]);
            @let quoting: Vec<&Passage> = shown
                .passages
                .iter()
                .filter(|one| one.start <= shown.from + from && shown.from + to <= one.end)
                .collect();
            @let words = rows(&piece(from, to));
            @if quoting.is_empty() {
                (words)
            } @else {
                mark id=(format!("c{}-{}", shown.from + from, shown.from + to)) { (words) }
                sup { @for one in &quoting { " " (page.entry(one.entry)) } }
            }
        }
    }
}

/// Characters that cannot be seen are shown; line ends stay.
fn rows(text: &str) -> Markup {
    let mut lines = text.split('\n').peekable();
    let mut all = Vec::new();
    while let Some(line) = lines.next() {
        let shown = Foreign::from(line).block("", &|row| vec![row.to_owned()]);
        let space = |is: bool| if is { " " } else { "" };
        let (before, after) = (line.starts_with(' '), line.ends_with(' '));
        all.push((
            format!(
                "{}{}{}",
                space(before),
                shown.trim(),
                space(after && !shown.trim().is_empty())
            ),
            lines.peek().is_some(),
        ));
    }
    html! { @for (line, ends) in &all { (line) @if *ends { br; } } }
}

/// About 8 KB compressed.
const PART: usize = 20_000;
/// Characters of a title in the title of a window.
const TITLE: usize = 80;

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn the_parts_of_a_text_make_the_text_again() {
        let text = "один два\n".repeat(9_000);
        let parts = parts(&text);
        assert!(parts.len() > 3);
        let whole: String = parts.iter().map(|(_, part)| *part).collect();
        assert_eq!(whole, text);
        let mut at = 0;
        for (from, part) in parts {
            assert_eq!(from, at);
            assert!(part.ends_with('\n'));
            at += part.chars().count() as u64;
        }
    }
}
