//! Lists: claims with what was concluded, corrections, objections, and what an assessor looks at.

use super::entry::block_links;
use crate::app::Error;
use crate::app::read::practice::Concern;
use crate::app::read::screens::conclusion::Conclusion;
use crate::app::read::screens::form::ClaimForm;
use crate::app::read::screens::objections::Objection;
use crate::app::read::screens::pages::Pages;
use crate::app::read::screens::rating::RatingShown;
use crate::app::read::standing_line::StandingLine;
use crate::site::address::SitePage;
use crate::site::parts::table::table;
use crate::site::parts::{objection, person, quoted, sources, standing, verdicts};
use crate::site::record::PageRecord;
use crate::site::writer::{PageBody, PageWriter};
use claimledger_core::EntryIndex;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// The current rating of a claim by an organisation.
pub struct RatedNow {
    /// The verdict.
    pub verdict: EntryIndex,
    /// The organisation.
    pub organisation: String,
    /// Its rating.
    pub rating: RatingShown,
    /// How it stands.
    pub standing: StandingLine,
}

/// A claim with the current ratings of it that are shown.
pub struct ClaimListed {
    /// The claim.
    pub form: ClaimForm,
    /// Its ratings.
    pub rated: Vec<RatedNow>,
}

/// A block of claims.
pub fn claims(
    page: &PageWriter<'_>,
    pages: &Pages<'_>,
    all: &[ClaimListed],
    blocks: &[(SitePage, String)],
) -> Result<PageBody, Error> {
    let words = page.words();
    let main = html! {
        h1 { (words.claims) }
        @if all.is_empty() { p { (words.none) } }
        ul class="verdicts" {
            @for one in all {
                li {
                    p class="claim-words" {
                        (sources::claim_link(page, pages, one.form.entry, &one.form.text)?)
                        " " (page.entry(one.form.entry)) (standing::mark(page, &one.form.standing))
                    }
                    @if one.rated.is_empty() { p class="aside" { (words.no_verdict) } }
                    @for rated in &one.rated { p { (rated_now(page, pages, rated)?) } }
                }
            }
        }
        (block_links(page, blocks))
    };
    let record = all.iter().map(|one| one.form.entry).collect::<Vec<_>>();
    Ok(PageBody {
        title: words.claims.to_owned(),
        main,
        record: PageRecord::new("claims").with("claims", record),
        markup: None,
    })
}

fn rated_now(page: &PageWriter<'_>, pages: &Pages<'_>, rated: &RatedNow) -> Result<Markup, Error> {
    let id = pages.said(rated.verdict)?.id();
    page.names(rated.verdict);
    Ok(html! {
        a class="rating" href=[page.to(&SitePage::Verdict(id))] { (quoted::line(&rated.rating.label)) }
        (standing::mark(page, &rated.standing)) " · " (person::house(page, &rated.organisation))
    })
}

/// What was corrected, withdrawn, or fell otherwise, newest first.
pub fn corrections(
    page: &PageWriter<'_>,
    pages: &Pages<'_>,
    verdict_list: &[Conclusion],
    claim_list: &[ClaimForm],
) -> Result<PageBody, Error> {
    let words = page.words();
    let main = html! {
        h1 { (words.corrections) }
        p { (words.corrections_lead) }
        h2 { (words.verdicts) }
        @if verdict_list.is_empty() { p { (words.no_corrections) } }
        @else { (verdicts::list(page, pages, verdict_list, true)?) }
        h2 { (words.claims) }
        @if claim_list.is_empty() { p { (words.no_corrections) } }
        ul class="plain" {
            @for form in claim_list {
                li {
                    p { (sources::claim_link(page, pages, form.entry, &form.text)?) " " (page.entry(form.entry)) (standing::mark(page, &form.standing)) }
                    @if let Some(reason) = &form.standing.reason { (quoted::block(page, reason, None)) }
                }
            }
        }
    };
    let entries = verdict_list.iter().map(|one| one.verdict.entry);
    Ok(PageBody {
        title: words.corrections.to_owned(),
        main,
        record: PageRecord::new("corrections")
            .with(
                "claims",
                claim_list.iter().map(|form| form.entry).collect::<Vec<_>>(),
            )
            .with("verdicts", entries.collect::<Vec<_>>()),
        markup: None,
    })
}

/// The newest objections, and how to object.
pub fn objections(page: &PageWriter<'_>, all: &[Objection], more: u64) -> PageBody {
    let words = page.words();
    let main = html! {
        h1 { (words.objections) }
        p { (words.objections_lead) }
        ol { @for step in words.object_steps { li { (step) } } }
        h2 { (words.objections_recorded) }
        @if all.is_empty() { p { (words.none) } } @else { (objection::list(page, all)) }
        @if more > 0 { p class="aside" { (words.counted(words.objections_more, more)) } }
    };
    PageBody {
        title: words.objections.to_owned(),
        main,
        record: PageRecord::new("objections").with(
            "objections",
            all.iter().map(|one| one.entry).collect::<Vec<_>>(),
        ),
        markup: None,
    }
}

/// The years of which there is a practice report.
pub fn practices(page: &PageWriter<'_>, years: &[(u64, u64)]) -> PageBody {
    let words = page.words();
    PageBody {
        title: words.practice.to_owned(),
        main: html! {
            h1 { (words.practice) }
            p { (words.practice_lead) }
            @if years.is_empty() { p { (words.none) } }
            ul {
                @for (year, count) in years {
                    li { a href=[page.to(&SitePage::Practice(*year))] { (year.to_string()) } ": " (words.counted(words.verdicts_counted, *count)) }
                }
            }
        },
        record: PageRecord::new("practices").with(
            "years",
            years.iter().map(|(year, _)| *year).collect::<Vec<_>>(),
        ),
        markup: None,
    }
}

/// What an assessor looks at in the verdicts of a year: how many verdicts each concern touches, and the newest of them.
pub fn practice(
    page: &PageWriter<'_>,
    year: u64,
    count: u64,
    concerns: &BTreeMap<Concern, Vec<EntryIndex>>,
) -> PageBody {
    let words = page.words();
    let rows = Concern::ALL
        .iter()
        .filter(|one| **one != Concern::ExcerptBroken)
        .map(|concern| {
            let of = concerns.get(concern).map_or(&[][..], Vec::as_slice);
            vec![
                quoted::ours(page, concern.words()),
                html! { (words.number(of.len() as u64)) },
                html! { @for entry in of.iter().rev().take(NEWEST) { (page.entry(*entry)) " " } },
            ]
        });
    let rows: Vec<Vec<Markup>> = rows.collect();
    let heads = [words.look_at, words.verdicts, words.newest_of_them];
    let counts = concerns
        .iter()
        .map(|(concern, of)| format!("{} {}", concern.code(), of.len()));
    PageBody {
        title: format!("{} {year}", words.practice),
        main: html! {
            h1 { (words.practice) " " (year.to_string()) }
            p { (words.counted(words.verdicts_counted, count)) }
            p { (words.practice_lead) }
            (table(words.practice_caption, &heads, &rows))
        },
        record: PageRecord::new("practice")
            .with("concerns", counts.collect::<Vec<_>>())
            .with("verdicts", count)
            .with("year", year),
        markup: None,
    }
}

/// So many verdicts of each concern are named.
const NEWEST: usize = 30;
