//! A verdict in a few lines.

use super::{person, quoted, sources, standing};
use crate::app::Error;
use crate::app::read::screens::conclusion::Conclusion;
use crate::app::read::screens::pages::Pages;
use crate::site::address::SitePage;
use crate::site::record::PageRecord;
use crate::site::writer::PageWriter;
use maud::{Markup, html};

/// Verdicts, and how many are not shown because nobody approved them.
pub fn list<'c>(
    page: &PageWriter<'_>,
    pages: &Pages<'_>,
    all: impl IntoIterator<Item = &'c Conclusion>,
    with_claim: bool,
) -> Result<Markup, Error> {
    let (shown, hidden): (Vec<&Conclusion>, Vec<&Conclusion>) =
        all.into_iter().partition(|one| page.shows(one));
    let items = shown.iter().map(|one| item(page, pages, one, with_claim));
    let items: Vec<Markup> = items.collect::<Result<_, _>>()?;
    Ok(html! {
        @if items.is_empty() { p { (page.words().no_verdict) } }
        @else { ul class="verdicts" { @for item in &items { (item) } } }
        (not_shown(page, hidden.len() as u64))
    })
}

/// How many verdicts are not shown.
pub fn not_shown(page: &PageWriter<'_>, hidden: u64) -> Markup {
    html! {
        @if hidden > 0 { p class="aside" data-field="notShown" { (page.words().counted(page.words().not_shown, hidden)) } }
    }
}

/// A verdict in a list.
pub fn item(
    page: &PageWriter<'_>,
    pages: &Pages<'_>,
    one: &Conclusion,
    with_claim: bool,
) -> Result<Markup, Error> {
    let words = page.words();
    let id = pages.said(one.verdict.entry)?.id();
    page.names(one.verdict.entry);
    Ok(html! {
        li class=(if one.current && one.standing.facts.is_sound() { "current" } else { "past" }) {
            @if with_claim {
                p class="claim-words" { (sources::claim_link(page, pages, one.claim, &one.claim_text)?) }
            }
            p class="rated" {
                a class="rating" href=[page.to(&SitePage::Verdict(id))] { (quoted::line(&one.rating.label)) }
                (standing::mark(page, &one.standing))
            }
            p class="aside" {
                @if one.is_concluded() { (words.verdict_of) } @else { (words.proposed_for) }
                " " (person::house(page, &one.organisation))
                @if !one.current { " · " (words.not_current) }
                " · " (words.signed_by) " " (person::signed(page, &one.by))
            }
        }
    })
}

/// What a record says of a verdict in a list.
pub fn record(pages: &Pages<'_>, one: &Conclusion) -> Result<PageRecord, Error> {
    Ok(PageRecord::new("verdict")
        .with("current", one.current)
        .with("entry", one.verdict.entry)
        .with("id", pages.said(one.verdict.entry)?.id().to_string())
        .with("organisation", &*one.organisation)
        .with("rating", &one.rating.label)
        .with("standing", &one.standing.words))
}
