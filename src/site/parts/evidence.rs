//! Evidence: the words in their sentences, the source, who added it, and how it stands.

use super::{dates, person, quoted, sources, standing};
use crate::app::Error;
use crate::app::read::in_context::{InContext, in_context};
use crate::app::read::screens::evidence::{EvidenceShown, STANCES, TranscriptLine};
use crate::app::read::screens::pages::Pages;
use crate::site::record::PageRecord;
use crate::site::writer::PageWriter;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::log::excerpts::excerpt_in;
use maud::{Markup, html};

/// What a record says of pieces of evidence.
pub fn records(pages: &Pages<'_>, all: &[EvidenceShown]) -> Result<Vec<PageRecord>, Error> {
    all.iter()
        .map(|one| {
            Ok(PageRecord::new("evidence")
                .with("entry", one.entry)
                .with("id", pages.said(one.entry)?.id().to_string())
                .with("live", one.is_live())
                .with("quotation", one.quote.as_ref())
                .with("stance", one.stance.as_str()))
        })
        .collect()
}

/// Evidence under a heading for each stance. Those for and against the claim always have one, so that a reader sees that
/// there is none.
pub fn by_stance(
    page: &PageWriter<'_>,
    pages: &Pages<'_>,
    all: &[&EvidenceShown],
    level: u8,
) -> Result<Markup, Error> {
    let words = page.words();
    let mut parts = Vec::new();
    for (at, (stance, _)) in STANCES.iter().enumerate() {
        let of_stance: Vec<&&EvidenceShown> =
            all.iter().filter(|one| one.stance == *stance).collect();
        if of_stance.is_empty() && at > 1 {
            continue;
        }
        let items = of_stance.into_iter().map(|one| evidence(page, pages, one));
        let items: Vec<Markup> = items.collect::<Result<_, _>>()?;
        parts.push(html! {
            (heading(level, words.stance(*stance)))
            @if items.is_empty() { p { (words.none) } } @else { ul class="evidence" { @for item in &items { (item) } } }
        });
    }
    Ok(html! { @for part in &parts { (part) } })
}

/// A heading of the third or fourth level.
pub fn heading(level: u8, words: &str) -> Markup {
    html! { @if level == 3 { h3 { (words) } } @else { h4 { (words) } } }
}

/// A piece of evidence.
pub fn evidence(
    page: &PageWriter<'_>,
    pages: &Pages<'_>,
    one: &EvidenceShown,
) -> Result<Markup, Error> {
    let words = page.words();
    let mut rows = Vec::new();
    if let Some(searched) = &one.searched {
        let on = one.searched_on.as_deref().map(|on| dates::date(words, on));
        rows.push(html! { (words.searched) " " @if let Some(on) = on { (on) ": " } (quoted::line(searched)) });
    }
    if let Some(line) = &one.source {
        let source = sources::source(page, pages, line)?;
        rows.push(html! { @if one.quote.is_none() { (words.whole_source) " " } (source) });
        if let Some(url) = &line.url {
            rows.push(live_page(page, one, url.raw()));
        }
    }
    if let Some(made) = &one.transcript {
        rows.push(transcript(page, made));
    }
    for via in &one.via {
        let source = sources::source(page, pages, via)?;
        rows.push(html! { (words.names_as_source) " " (source) });
    }
    if let Some(note) = &one.note {
        rows.push(html! { (words.remark) " " (quoted::line(note)) });
    }
    rows.push(html! { (words.added_by) " " (person::signed(page, &one.by)) });
    if let Some(capture) = one.lost_in {
        rows.push(html! { strong { (words.quotation_gone) } " (" (page.entry(capture)) ")" });
    }
    if !one.counts {
        rows.push(html! { (words.does_not_count_here) });
    }
    Ok(html! {
        li class=(if one.is_live() { "live" } else { "fallen" }) {
            @if !one.is_live() {
                p { strong { (words.no_longer_counts) } (standing::mark(page, &one.standing)) }
            }
            @if let Some(quote) = quote(page, pages, one)? { (quote) }
            ul class="rows" { @for row in &rows { li { (row) } } }
        }
    })
}

/// The quotation: within its sentences if the texts are published, otherwise alone.
fn quote(
    page: &PageWriter<'_>,
    pages: &Pages<'_>,
    one: &EvidenceShown,
) -> Result<Option<Markup>, Error> {
    let Some(quote) = &one.quote else {
        return Ok(None);
    };
    if !page.site.choices.with_texts {
        return Ok(Some(quoted::block_field(page, "quotation", quote, None)));
    }
    let said = pages.said(one.entry)?;
    // A text that was altered, or has other words at that place, is a matter for the audit: the words of the log stand.
    let found = excerpt_in(&said.body).map(|made| in_context(pages.entries, made).ok().flatten());
    Ok(Some(match found.flatten() {
        Some(context) => in_its_sentences(&context),
        None => quoted::block_field(page, "quotation", quote, None),
    }))
}

/// The sentences around a quotation, with the quotation marked.
fn in_its_sentences(context: &InContext) -> Markup {
    html! {
        blockquote class="theirs" dir="auto" {
            p {
                (one_row(&context.before))
                mark data-field="quotation" { (one_row(&context.quote)) }
                (one_row(&context.after))
            }
        }
    }
}

/// Words in a row, with the space at their ends.
fn one_row(words: &Foreign) -> String {
    let row = words.in_one_line().block("", &|row| vec![row.to_owned()]);
    let (row, raw) = (row.trim(), words.raw());
    let space = |is: bool| if is && !row.is_empty() { " " } else { "" };
    let before = space(raw.starts_with(char::is_whitespace));
    let after = space(raw.ends_with(char::is_whitespace));
    format!("{before}{row}{after}")
}

/// The page as it is now, at these words.
fn live_page(page: &PageWriter<'_>, one: &EvidenceShown, url: &str) -> Markup {
    let words = page.words();
    let fragment = one
        .quote
        .as_ref()
        .and_then(|quote| text_fragment(quote.raw()));
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    let bare = url.split('#').next().unwrap_or(url);
    html! {
        (words.original_page) " "
        @if is_web {
            a rel="nofollow noreferrer external" href=(format!("{bare}{}", fragment.unwrap_or_default())) {
                (quoted::name(url))
            }
        } @else { (quoted::name(url)) }
    }
}

/// Leads a browser to the words (W3C text fragments): the first and the last ones of a long quotation.
fn text_fragment(quote: &str) -> Option<String> {
    let words: Vec<&str> = quote.split_whitespace().collect();
    let spelled = |words: &[&str]| {
        let all = percent_encoded(&words.join(" "));
        all.replace('-', "%2D")
    };
    Some(match words.len() {
        0 => return None,
        few if few <= 2 * AT_AN_END => format!("#:~:text={}", spelled(&words)),
        many => format!(
            "#:~:text={},{}",
            spelled(&words[..AT_AN_END]),
            spelled(&words[many - AT_AN_END..])
        ),
    })
}

/// As a part of an address (RFC 3986): everything but letters, digits and a few signs as numbers.
fn percent_encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"._~-".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// A transcript: whose word the words are.
pub fn transcript(page: &PageWriter<'_>, made: &TranscriptLine) -> Markup {
    html! {
        (page.words().as_transcribed_by) " " (quoted::line(&made.by))
        @if let Some(tool) = &made.tool { " (" (quoted::line(tool)) ")" }
        ", " (person::signed(page, &made.signed_by))
        (standing::mark(page, &made.standing))
    }
}

/// So many words find a place and survive a small change of the page.
const AT_AN_END: usize = 5;

#[cfg(test)]
mod tests {
    use super::text_fragment;

    #[test]
    fn a_fragment_has_the_words_or_both_their_ends() {
        assert_eq!(
            text_fragment("the bridge-house, again").as_deref(),
            Some("#:~:text=the%20bridge%2Dhouse%2C%20again")
        );
        let long = "a b c d e f g h i j k l";
        assert_eq!(
            text_fragment(long).as_deref(),
            Some("#:~:text=a%20b%20c%20d%20e,h%20i%20j%20k%20l")
        );
        assert_eq!(text_fragment(" "), None);
    }
}
