//! A source in a line, and the claim in a line.

use super::{dates, quoted, standing};
use crate::app::Error;
use crate::app::read::screens::claim::ClaimantsShown;
use crate::app::read::screens::pages::Pages;
use crate::app::read::screens::source_line::SourceLine;
use crate::site::address::SitePage;
use crate::site::writer::PageWriter;
use claimledger_core::EntryIndex;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::model::Body;
use maud::{Markup, html};

/// Title, publisher and date of a source, with a link to its page.
pub fn source(
    page: &PageWriter<'_>,
    pages: &Pages<'_>,
    line: &SourceLine,
) -> Result<Markup, Error> {
    let words = page.words();
    let id = pages.said(line.entry)?.id();
    page.names(line.entry);
    Ok(html! {
        a href=[page.to(&SitePage::Source(id))] { (quoted::line(&line.title)) }
        " ("
        @if line.unnamed { (words.source_unnamed) } @else { (quoted::line(&line.publisher)) }
        "), "
        @match &line.published {
            Some(date) => (dates::date(words, date)),
            None => (words.no_date),
        }
        @if line.machine_translated { ", " (words.machine_translation) }
        " " (page.entry(line.entry))
        (standing::mark(page, &line.standing))
    })
}

/// The words of a claim as a link to its page.
pub fn claim_link(
    page: &PageWriter<'_>,
    pages: &Pages<'_>,
    claim: EntryIndex,
    words: &Foreign,
) -> Result<Markup, Error> {
    let id = pages.said(claim)?.id();
    page.names(claim);
    Ok(html! { a href=[page.to(&SitePage::Claim(id))] { (quoted::line(words)) } })
}

/// Who made a claim.
pub fn claimants(page: &PageWriter<'_>, claimants: &ClaimantsShown) -> Markup {
    let words = page.words();
    html! {
        @match claimants {
            ClaimantsShown::Named(named) => {
                @for (at, (name, role)) in named.iter().enumerate() {
                    @if at > 0 { "; " }
                    (quoted::line(name))
                    @if let Some(role) = role { ", " (quoted::line(role)) }
                }
            },
            ClaimantsShown::Many => (words.claimants_many),
            ClaimantsShown::Unknown => (words.not_known),
            ClaimantsShown::Anonymous => (words.claimants_anonymous),
        }
    }
}

/// The page of the scale version that an entry set; none if it set none.
pub fn scale_page(pages: &Pages<'_>, at: EntryIndex) -> Result<Option<SitePage>, Error> {
    Ok(match &pages.said(at)?.body {
        Body::ScaleSet(scale) => Some(SitePage::Scale(
            scale.organisation.clone(),
            scale.scale.clone(),
            scale.version,
        )),
        _ => None,
    })
}
