//! The page of a source: what it is, what was kept of it and what that proves, what was taken from it, and what depends on it.

use super::verdict::address;
use crate::app::Error;
use crate::app::read::screens::capture::{BytesHeld, CaptureShown, HasText};
use crate::app::read::screens::pages::Pages;
use crate::app::read::screens::source::{QuotedFor, SourceScreen, TranslatorShown};
use crate::app::terms::source_relation;
use crate::site::address::SitePage;
use crate::site::frame;
use crate::site::parts::table::FactTable;
use crate::site::parts::{dates, evidence, objection, person, quoted, sources, standing, verdicts};
use crate::site::record::PageRecord;
use crate::site::writer::{PageBody, PageWriter};
use maud::{Markup, html};

/// The page. `text` is the page with its text, if that is published.
pub fn page(
    page: &PageWriter<'_>,
    pages: &Pages<'_>,
    screen: &SourceScreen,
    text: Option<&SitePage>,
) -> Result<PageBody, Error> {
    let words = page.words();
    let line = &screen.line;
    let main = html! {
        p class="kicker" { (words.a_source) " " (page.entry(line.entry)) (standing::mark(page, &line.standing)) }
        h1 { (words.source_heading) }
        div class="claim-words" { (quoted::block_field(page, "title", &line.title, screen.language.as_deref())) }
        (facts(page, screen))
        section aria-labelledby="kept" {
            h2 id="kept" { (words.what_was_kept) }
            p { (words.capture_proves) }
            p { (words.capture_does_not_prove) }
            @if screen.captures.is_empty() { p { strong { (words.nothing_kept) } } }
            @if let Some(through) = &screen.known_through {
                p { (words.known_through) " " (sources::source(page, pages, through)?) }
            }
            @if let Some(why) = &screen.never_held_because { (quoted::block(page, why, None)) }
            ul class="plain" { @for one in &screen.captures { li { (capture(page, one)) } } }
            @if !screen.transcripts.is_empty() {
                ul { @for one in &screen.transcripts { li { (evidence::transcript(page, one)) } } }
            }
            @if let Some(text) = text { p { a href=(page.to(text)) { (words.its_text) } } }
        }
        (taken(page, pages, "taken", words.taken_from_it, &screen.evidence)?)
        (taken(page, pages, "upstream", words.named_upstream, &screen.named_upstream)?)
        (depends(page, pages, screen)?)
        section aria-labelledby="verdicts" {
            h2 id="verdicts" { (words.verdicts_on_it) }
            (verdicts::list(page, pages, &screen.verdicts, true)?)
        }
        (versions(page, pages, screen)?)
        @if !screen.objections.is_empty() {
            section aria-labelledby="objections" {
                h2 id="objections" { (words.objections) }
                (objection::list(page, &screen.objections))
            }
        }
        (objection::how_to(page, line.entry, &page.page.beside("objection.json")))
        (frame::check(page, false))
    };
    Ok(PageBody {
        title: line.title.quoted_within(TITLE),
        main,
        record: record(page, pages, screen)?,
        markup: None,
    })
}

fn facts(page: &PageWriter<'_>, screen: &SourceScreen) -> Markup {
    let words = page.words();
    let line = &screen.line;
    let publisher = quoted::field("publisher", &line.publisher);
    let authors = &screen.authors;
    let translated = screen.translated_by.as_ref().map(|by| match by {
        TranslatorShown::Machine(name) => html! { (words.by_a_machine) ": " (quoted::line(name)) },
        TranslatorShown::Person(name) => quoted::line(name),
        TranslatorShown::Unknown => html! { (words.not_known) },
    });
    FactTable::default()
        .perhaps(words.kind, line.kind.map(|kind| html! { (words.source_kind(kind)) }))
        .fact(words.publisher, publisher)
        .perhaps(words.not_named_because, screen.not_named_because.as_ref().map(quoted::line))
        .perhaps(
            words.authors,
            (!authors.is_empty())
                .then(|| html! { @for (at, one) in authors.iter().enumerate() { @if at > 0 { "; " } (quoted::line(one)) } }),
        )
        .fact(
            words.published,
            line.published.as_ref().map_or_else(
                || html! { (words.no_date) },
                |date| dates::field(words, "published", date),
            ),
        )
        .perhaps(words.language, screen.language.as_ref().map(|tag| html! { bdi { (tag) } }))
        .perhaps(words.translated_by, translated)
        .perhaps(words.address, line.url.as_ref().map(|url| address(url.raw())))
        .perhaps(
            words.copies,
            (!screen.archived_at.is_empty())
                .then(|| html! { ul { @for url in &screen.archived_at { li { (address(url.raw())) } } } }),
        )
        .perhaps(words.correction, screen.corrects.as_ref().map(|one| objection::corrects(page, one)))
        .fact(words.recorded_by, person::signed(page, &screen.by))
        .fact(
            words.how_it_stands,
            html! { div data-field="standing" { (standing::all(page, &line.standing, &line.standing.said)) } },
        )
        .list()
}

fn capture(page: &PageWriter<'_>, one: &CaptureShown) -> Markup {
    let words = page.words();
    let held = match &one.held {
        BytesHeld::Here | BytesHeld::NotInThisCopy | BytesHeld::ByTheLedger => {
            html! { (words.held_by_ledger) }
        }
        BytesHeld::DigestOnly => html! { (words.held_digest_only) },
        BytesHeld::Withheld(by, reason) => html! {
            (words.held_withheld) " (" (page.entry(*by)) "): " (quoted::line(reason))
        },
    };
    let text = match &one.text {
        HasText::Plain => html! { (words.text_plain) },
        HasText::TakenOut(by) => html! { (words.text_taken_out) " " (quoted::line(by)) },
        HasText::Failed(why) => html! { (words.text_none) ": " (quoted::line(why)) },
        HasText::None => html! { (words.text_none) },
    };
    let found = one.quotations.as_ref().map(|found| {
        let count = |number: usize| words.number(number as u64);
        html! {
            (words.quotations_there) " " (count(found.there)) "; " (words.quotations_moved) " " (count(found.moved)) "; "
            (words.quotations_gone) " " (count(found.gone))
        }
    });
    html! {
        h3 { (words.captured) " " (dates::date(words, &one.captured)) " " (page.entry(one.entry)) (standing::mark(page, &one.standing)) }
        (FactTable::default()
            .perhaps(words.captured_by, one.captured_by.as_ref().map(quoted::line))
            .fact(words.how, html! {
                (quoted::line(&one.method))
                @if let Some(from) = &one.fetched_from { ", " (address(from.raw())) }
            })
            .fact(words.signed_by, person::signed(page, &one.by))
            .fact(words.bytes, html! { (words.number(one.bytes)) ", " (quoted::line(&one.media_type)) })
            .fact("SHA-256", html! { code dir="ltr" { (one.sha256.to_string()) } })
            .fact(words.held, held)
            .fact(words.text, text)
            .perhaps(words.page_of_archive, one.page.as_ref().map(quoted::line))
            .perhaps(words.archive_proofs, (!one.archive_proofs.is_empty()).then(|| html! {
                ul { @for proof in &one.archive_proofs { li { (quoted::sentence(page, proof)) } } }
            }))
            .perhaps(words.quotations_found, found)
            .list())
    }
}

fn taken(
    page: &PageWriter<'_>,
    pages: &Pages<'_>,
    id: &str,
    heading: &str,
    all: &[QuotedFor],
) -> Result<Markup, Error> {
    let words = page.words();
    Ok(html! {
        @if !all.is_empty() {
            section aria-labelledby=(id) {
                h2 id=(id) { (heading) }
                ul class="evidence" {
                    @for one in all {
                        li class=(if one.evidence.is_live() { "live" } else { "fallen" }) {
                            p {
                                (page.entry(one.evidence.entry)) " " (words.stance(one.evidence.stance)) ": "
                                (sources::claim_link(page, pages, one.evidence.claim, &one.claim_text)?)
                                (standing::mark(page, &one.evidence.standing))
                            }
                            @if let Some(quote) = &one.evidence.quote { (quoted::block(page, quote, None)) }
                            @else { p { (words.as_a_whole) } }
                            @if let Some(capture) = one.evidence.lost_in {
                                p { strong { (words.quotation_gone) } " (" (page.entry(capture)) ")" }
                            }
                        }
                    }
                }
            }
        }
    })
}

fn depends(
    page: &PageWriter<'_>,
    pages: &Pages<'_>,
    screen: &SourceScreen,
) -> Result<Markup, Error> {
    let words = page.words();
    Ok(html! {
        @if !screen.relations.is_empty() {
            section aria-labelledby="relations" {
                h2 id="relations" { (words.depends_on_others) }
                ul class="plain" {
                    @for one in &screen.relations {
                        li {
                            @let (to, from) = source_relation(one.relation);
                            p {
                                (words.this_source) " " (quoted::ours(page, if one.reversed { from } else { to })) " "
                                (sources::source(page, pages, &one.other)?) (standing::mark(page, &one.standing))
                            }
                            @if let Some(claim) = one.claim { p { (words.for_one_claim) " " (page.entry(claim)) } }
                            @if let Some(known) = &one.known_by {
                                p { (if one.is_quoted { words.citing } else { words.for_this_reason }) }
                                (quoted::block(page, known, None))
                            }
                            @if let Some(permille) = one.overlap {
                                p { (words.overlap) " " (format!("{}.{} %", permille / 10, permille % 10)) }
                            }
                            p class="aside" { (words.signed_by) " " (person::signed(page, &one.by)) }
                        }
                    }
                }
            }
        }
        @if !screen.assessments.is_empty() {
            section aria-labelledby="assessments" {
                h2 id="assessments" { (words.to_single_claims) }
                ul class="plain" {
                    @for one in &screen.assessments {
                        li {
                            p {
                                (quoted::ours(page, one.assessment.words())) ": "
                                (sources::claim_link(page, pages, one.claim, &one.claim_text)?) (standing::mark(page, &one.standing))
                            }
                            (quoted::block(page, &one.how, None))
                            p class="aside" { (words.signed_by) " " (person::signed(page, &one.by)) }
                        }
                    }
                }
            }
        }
        @if !screen.claims.is_empty() {
            section aria-labelledby="claims" {
                h2 id="claims" { (words.claims_in_it) }
                ul {
                    @for form in &screen.claims {
                        li {
                            (sources::claim_link(page, pages, form.entry, &form.text)?) " " (page.entry(form.entry))
                            (standing::mark(page, &form.standing))
                        }
                    }
                }
            }
        }
    })
}

fn versions(
    page: &PageWriter<'_>,
    pages: &Pages<'_>,
    screen: &SourceScreen,
) -> Result<Markup, Error> {
    Ok(html! {
        @if !screen.other_versions.is_empty() {
            section aria-labelledby="versions" {
                h2 id="versions" { (page.words().other_versions) }
                ul { @for one in &screen.other_versions { li { (sources::source(page, pages, one)?) } } }
            }
        }
    })
}

fn record(
    page: &PageWriter<'_>,
    pages: &Pages<'_>,
    screen: &SourceScreen,
) -> Result<PageRecord, Error> {
    let line = &screen.line;
    let captures = screen.captures.iter().map(|one| {
        PageRecord::new("capture")
            .with("bytes", one.bytes)
            .with("captured", &*one.captured)
            .with("entry", one.entry)
            .with("sha256", one.sha256.to_string())
    });
    let quotations = screen.evidence.iter().map(|one| {
        PageRecord::new("quotation")
            .with("entry", one.evidence.entry)
            .with("live", one.evidence.is_live())
            .with("quotation", one.evidence.quote.as_ref())
    });
    let shown = screen.verdicts.iter().filter(|one| page.shows(one));
    let shown: Vec<PageRecord> = shown
        .map(|one| verdicts::record(pages, one))
        .collect::<Result<_, _>>()?;
    Ok(PageRecord::new("source")
        .with("captures", captures.collect::<Vec<_>>())
        .with("entry", line.entry)
        .with("evidence", quotations.collect::<Vec<_>>())
        .with("id", pages.said(line.entry)?.id().to_string())
        .with("published", line.published.as_ref())
        .with("publisher", &line.publisher)
        .with("standing", &line.standing.words)
        .with("title", &line.title)
        .with("verdicts", shown))
}

/// Characters of a title in the title of a window.
const TITLE: usize = 80;
