//! The page of a claim: its words, who said it, what each organisation concluded, and how independent the support is.

use crate::app::Error;
use crate::app::read::corroboration::Corroborated;
use crate::app::read::screens::claim::ClaimScreen;
use crate::app::read::screens::evidence::EvidenceShown;
use crate::app::read::screens::form::ClaimForm;
use crate::app::read::screens::pages::Pages;
use crate::app::terms::claim_relation;
use crate::site::frame;
use crate::site::parts::table::{FactTable, table};
use crate::site::parts::{dates, evidence, objection, person, quoted, sources, standing, verdicts};
use crate::site::record::PageRecord;
use crate::site::writer::{PageBody, PageWriter};
use maud::{Markup, PreEscaped, html};

/// How the corroboration of a claim is shown: the answer, and its drawing.
pub struct ClaimDrawing {
    /// The answer.
    pub found: Corroborated,
    /// As SVG, its boxes as links.
    pub svg: String,
}

/// The page. `language` is that of the claim's words.
pub fn page(
    page: &PageWriter<'_>,
    pages: &Pages<'_>,
    screen: &ClaimScreen,
    language: Option<&str>,
    drawing: Option<&ClaimDrawing>,
) -> Result<PageBody, Error> {
    let words = page.words();
    let form = &screen.form;
    let (live, fallen): (Vec<&EvidenceShown>, Vec<&EvidenceShown>) =
        screen.evidence.iter().partition(|one| one.is_live());
    let main = html! {
        p class="kicker" { (words.the_claim) " " (page.entry(form.entry)) (standing::mark(page, &form.standing)) }
        h1 { (words.claim_heading) }
        div class="claim-words" { (quoted::block_field(page, "claim", &form.text, language)) }
        @if let Some(now) = &screen.now {
            aside class="banner" aria-label=(words.banner_label) data-field="banners" {
                p data-banner="corrected" {
                    strong { (words.claim_has_other_words) } " " (sources::claim_link(page, pages, now.entry, &now.text)?)
                }
            }
        }
        (facts(page, pages, screen)?)
        section aria-labelledby="concluded" {
            h2 id="concluded" { (words.concluded) }
            (verdicts::list(page, pages, &screen.conclusions, false)?)
            @if !screen.on_other_words.is_empty() {
                h3 { (words.on_other_words) }
                (verdicts::list(page, pages, &screen.on_other_words, false)?)
            }
        }
        section aria-labelledby="independent" {
            h2 id="independent" { (words.independent) }
            p { (words.as_counted_by) " " (person::house(page, &screen.corroboration_for)) "." }
            p data-field="corroboration" { (quoted::sentence(page, &screen.corroboration)) }
            @if let Some(drawing) = drawing { (drawn(page, drawing)) }
        }
        section aria-labelledby="evidence" {
            h2 id="evidence" { (words.evidence_on_claim) }
            (evidence::by_stance(page, pages, &live, 3)?)
            @if !fallen.is_empty() {
                h3 { (words.evidence_fallen) }
                ul class="evidence" { @for one in &fallen { (evidence::evidence(page, pages, one)?) } }
            }
        }
        (others(page, pages, screen)?)
        @if !screen.objections.is_empty() {
            section aria-labelledby="objections" {
                h2 id="objections" { (words.objections) }
                (objection::list(page, &screen.objections))
            }
        }
        (frame::below(page, form.entry, false))
    };
    Ok(PageBody {
        title: form.text.quoted_within(TITLE),
        main,
        record: record(page, pages, screen)?,
        markup: None,
    })
}

fn facts(page: &PageWriter<'_>, pages: &Pages<'_>, screen: &ClaimScreen) -> Result<Markup, Error> {
    let words = page.words();
    let appeared = screen
        .appeared_in
        .iter()
        .map(|line| sources::source(page, pages, line));
    let appeared: Vec<Markup> = appeared.collect::<Result<_, _>>()?;
    let original = screen.original.as_ref();
    let topics = &screen.topics;
    Ok(FactTable::default()
        .fact(words.said_by, sources::claimants(page, &screen.claimants))
        .fact(
            words.said_on,
            screen.made.as_ref().map_or_else(
                || html! { (words.not_known) },
                |made| dates::field(words, "made", made),
            ),
        )
        .fact(
            words.appeared_in,
            html! {
                @if appeared.is_empty() { (words.no_source_named) }
                @else { ul { @for one in &appeared { li { (one) } } } }
            },
        )
        .fact(words.kind, quoted::ours(page, screen.kind.words()))
        .perhaps(
            words.originally,
            original.map(|(language, text)| quoted::block(page, text, Some(language))),
        )
        .perhaps(words.falls_due, screen.due.as_ref().map(|due| dates::date(words, due)))
        .perhaps(
            words.topics,
            (!topics.is_empty()).then(|| {
                html! { @for (at, topic) in topics.iter().enumerate() { @if at > 0 { ", " } (quoted::line(topic)) } }
            }),
        )
        .perhaps(
            words.correction,
            screen.form.corrects.as_ref().map(|one| objection::corrects(page, one)),
        )
        .fact(words.recorded_by, person::signed(page, &screen.form.by))
        .fact(
            words.how_it_stands,
            html! { div data-field="standing" { (standing::all(page, &screen.form.standing, &screen.form.standing.said)) } },
        )
        .list())
}

/// The table has everything that the drawing has.
fn drawn(page: &PageWriter<'_>, drawing: &ClaimDrawing) -> Markup {
    let words = page.words();
    let heads = [
        words.source,
        words.publisher,
        words.title,
        words.published,
        words.rests_on,
        words.how_it_counts,
    ];
    let rows = drawing.found.sources.iter().map(|row| {
        vec![
            page.entry(row.entry),
            quoted::sentence(page, &row.publisher),
            quoted::sentence(page, &row.title),
            html! { @if let Some(date) = &row.published { (dates::date(words, date)) } },
            html! { @for one in &row.rests_on { (page.entry(*one)) " " } },
            html! { (quoted::sentence(page, &row.counts)) (standing::mark(page, &row.standing)) },
        ]
    });
    let rows: Vec<Vec<Markup>> = rows.collect();
    html! {
        @if !rows.is_empty() {
            figure {
                div class="scrolls drawing" role="region" aria-label=(words.drawing) tabindex="0" dir="ltr" lang="en" {
                    (PreEscaped(&drawing.svg))
                }
                figcaption { (words.drawing_caption) }
            }
            (table(words.sources_caption, &heads, &rows))
        }
    }
}

fn others(page: &PageWriter<'_>, pages: &Pages<'_>, screen: &ClaimScreen) -> Result<Markup, Error> {
    let words = page.words();
    let now = screen.now.as_ref().map(|now| now.entry);
    let forms: Vec<&ClaimForm> = screen
        .other_forms
        .iter()
        .filter(|form| Some(form.entry) != now)
        .collect();
    let mut related = Vec::new();
    for one in &screen.relations {
        let (to, from) = claim_relation(one.relation);
        let said = quoted::ours(page, if one.reversed { from } else { to });
        let other = match (&one.other, &one.elsewhere) {
            (Some(other), _) => sources::claim_link(page, pages, other.entry, &other.text)?,
            (None, Some(elsewhere)) => quoted::name(elsewhere),
            (None, None) => html! {},
        };
        related.push(html! {
            (words.this_claim) " " (said) " " (other) " (" (page.entry(one.entry)) ")" (standing::mark(page, &one.standing))
        });
    }
    Ok(html! {
        @if !forms.is_empty() {
            section aria-labelledby="forms" {
                h2 id="forms" { (words.other_forms) }
                ul {
                    @for form in &forms {
                        li {
                            (sources::claim_link(page, pages, form.entry, &form.text)?)
                            " " (page.entry(form.entry)) (standing::mark(page, &form.standing))
                            @if let Some(corrects) = &form.corrects { (objection::corrects(page, corrects)) }
                        }
                    }
                }
            }
        }
        @if !related.is_empty() {
            section aria-labelledby="related" {
                h2 id="related" { (words.other_claims) }
                ul { @for one in &related { li { (one) } } }
            }
        }
    })
}

fn record(
    page: &PageWriter<'_>,
    pages: &Pages<'_>,
    screen: &ClaimScreen,
) -> Result<PageRecord, Error> {
    let shown = screen.conclusions.iter().filter(|one| page.shows(one));
    let shown: Vec<PageRecord> = shown
        .map(|one| verdicts::record(pages, one))
        .collect::<Result<_, _>>()?;
    let hidden = screen
        .conclusions
        .iter()
        .filter(|one| !page.shows(one))
        .count();
    let evidence = evidence::records(pages, &screen.evidence)?;
    let form = &screen.form;
    Ok(PageRecord::new("claim")
        .with("claim", &form.text)
        .with("corroboration", &screen.corroboration)
        .with("entry", form.entry)
        .with("evidence", evidence)
        .with("id", pages.said(form.entry)?.id().to_string())
        .with("made", screen.made.as_ref())
        .with("notShown", hidden as u64)
        .with("now", screen.now.as_ref().map(|now| now.entry))
        .with("standing", &form.standing.words)
        .with("verdicts", shown))
}

/// Characters of a claim in the title of a window.
const TITLE: usize = 80;
