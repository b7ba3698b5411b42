//! The page of a verdict: for which words, the rating and what it means, why, from what, signed by whom, and what has
//! changed since.

use crate::app::Error;
use crate::app::read::screens::evidence::EvidenceShown;
use crate::app::read::screens::objections::Objection;
use crate::app::read::screens::opinion::Opinion;
use crate::app::read::screens::pages::Pages;
use crate::app::read::screens::publication::{Publication, PublishersWord};
use crate::app::read::screens::since::{Became, ChangedBeneath};
use crate::app::read::screens::verdict::{ContactShown, VerdictScreen};
use crate::site::address::SitePage;
use crate::site::frame;
use crate::site::parts::table::{FactTable, table};
use crate::site::parts::{dates, evidence, objection, person, quoted, sources, standing, verdicts};
use crate::site::record::PageRecord;
use crate::site::writer::{PageBody, PageWriter};
use claimledger_core::model::attestation::Decision;
use maud::{Markup, html};

/// The page. `language` is that of the claim's words, `markup` the ClaimReview of the verdict.
pub fn page(
    page: &PageWriter<'_>,
    pages: &Pages<'_>,
    screen: &VerdictScreen,
    language: Option<&str>,
    markup: Option<String>,
) -> Result<PageBody, Error> {
    let words = page.words();
    page.names(screen.entry);
    let evidence: Vec<&EvidenceShown> = screen.evidence.iter().collect();
    let main = html! {
        p class="kicker" {
            @if screen.is_proposal() { (words.proposed_for) } @else { (words.verdict_of) }
            " " (person::house(page, &screen.organisation)) " " (page.entry(screen.entry))
        }
        h1 { (words.claim_heading) }
        div class="claim-words" { (quoted::block_field(page, "claim", &screen.claim.text, language)) }
        (claim_facts(page, pages, screen)?)
        (standing::banner(page, pages, screen)?)
        (rating(page, screen, pages)?)
        section aria-labelledby="why" {
            h2 id="why" { (words.why) }
            (quoted::block_field(page, "reasons", &screen.reasons, None))
            h3 { (words.not_found_out) }
            @match &screen.limits {
                Some(limits) => (quoted::block_field(page, "limits", limits, None)),
                None => p { (words.no_limits) },
            }
        }
        section aria-labelledby="evidence" {
            h2 id="evidence" { (words.evidence_heading) }
            (evidence::by_stance(page, pages, &evidence, 3)?)
            @if !screen.not_named.is_empty() {
                h3 { (words.evidence_not_named) }
                ul class="evidence" {
                    @for one in &screen.not_named { (evidence::evidence(page, pages, one)?) }
                }
            }
        }
        (independent(page, pages, screen)?)
        (signers(page, screen))
        (contact(page, pages, screen)?)
        (publications(page, &screen.publications))
        (changed(page, screen))
        @if !screen.objections.is_empty() || !screen.objections_beneath.is_empty() {
            section aria-labelledby="objections" {
                h2 id="objections" { (words.objections) }
                (objection::list(page, &screen.objections))
                @if !screen.objections_beneath.is_empty() {
                    h3 { (words.objections_beneath) }
                    (objection::list(page, &screen.objections_beneath))
                }
            }
        }
        @if !screen.other_verdicts.is_empty() {
            section aria-labelledby="others" {
                h2 id="others" { (words.other_verdicts) }
                (verdicts::list(page, pages, &screen.other_verdicts, false)?)
            }
        }
        (frame::below(page, screen.entry, markup.is_some()))
    };
    Ok(PageBody {
        title: format!(
            "{}: {}",
            screen.rating.label.quoted(),
            screen.claim.text.quoted_within(TITLE)
        ),
        main,
        record: record(pages, screen)?,
        markup,
    })
}

fn claim_facts(
    page: &PageWriter<'_>,
    pages: &Pages<'_>,
    screen: &VerdictScreen,
) -> Result<Markup, Error> {
    let words = page.words();
    let id = pages.said(screen.claim.entry)?.id();
    let now = match &screen.claim_now {
        Some(now) => {
            let link = sources::claim_link(page, pages, now.entry, &now.text)?;
            let holds = if screen.holds_for_words_now {
                words.holds_for_words_now
            } else {
                words.not_for_words_now
            };
            Some(html! { (link) " (" (holds) ")" })
        }
        None => None,
    };
    Ok(FactTable::default()
        .fact(words.said_by, sources::claimants(page, &screen.claimants))
        .perhaps(
            words.worded,
            screen.kind.map(|kind| quoted::ours(page, kind.worded())),
        )
        .perhaps(words.words_now, now)
        .fact(
            words.the_claim,
            html! { a href=[page.to(&SitePage::Claim(id))] { (words.claim_page) } " " (page.entry(screen.claim.entry)) },
        )
        .list())
}

fn rating(
    page: &PageWriter<'_>,
    screen: &VerdictScreen,
    pages: &Pages<'_>,
) -> Result<Markup, Error> {
    let words = page.words();
    let rating = &screen.rating;
    let fallen = !screen.current || !screen.standing.facts.is_sound() || screen.is_proposal();
    let scale = sources::scale_page(pages, rating.scale_entry)?;
    let said = quoted_list(page, screen);
    page.names(rating.scale_entry);
    Ok(html! {
        section class=(if fallen { "verdict fallen" } else { "verdict" }) aria-labelledby="rating" {
            h2 id="rating" { (if fallen { words.rating_was } else { words.rating }) }
            p class="rating" { (quoted::field("rating", &rating.label)) }
            @if let Some(kind) = screen.kind { p { (words.rates) " " (quoted::ours(page, kind.rated())) "." } }
            @if let Some(meaning) = &rating.meaning {
                p { (words.scale_says) }
                (quoted::block_field(page, "meaning", meaning, None))
            } @else if let Some(rests_on) = rating.rests_on() {
                p { (quoted::ours(page, rests_on)) "." }
            }
            p class="aside" {
                (words.scale) " "
                @match scale {
                    Some(scale) => a href=[page.to(&scale)] { (quoted::line(&rating.scale_title)) },
                    None => (quoted::line(&rating.scale_title)),
                }
                " (" bdi { (rating.scale) } ")"
            }
            h3 { (words.how_it_stands) }
            div data-field="standing" { (said) }
            @if !screen.missing.is_empty() {
                p { (words.not_approved_because) }
                ul { @for one in &screen.missing { li { (quoted::ours(page, one)) } } }
            }
        }
    })
}

fn quoted_list(page: &PageWriter<'_>, screen: &VerdictScreen) -> Markup {
    // The reason of a withdrawal stands in the banner.
    html! {
        @if screen.in_words.is_empty() { p { (quoted::sentence(page, &screen.standing.words)) } }
        @else { ul { @for one in &screen.in_words { li { (quoted::sentence(page, one)) } } } }
    }
}

fn independent(
    page: &PageWriter<'_>,
    pages: &Pages<'_>,
    screen: &VerdictScreen,
) -> Result<Markup, Error> {
    let words = page.words();
    let id = pages.said(screen.claim.entry)?.id();
    let then = screen.corroboration_then.as_ref().map_or_else(
        || html! { (words.not_computed) },
        |sentence| quoted::sentence(page, sentence),
    );
    let now = screen.corroboration_now.as_ref().zip(screen.moved.as_ref());
    let now = now.map_or_else(
        || html! { (words.the_same) },
        |(sentence, moved)| html! {
            (quoted::sentence(page, sentence))
            @if let Some(since) = moved.since { " " (words.changed_in) " " (page.entry(since)) "." }
        },
    );
    Ok(html! {
        section aria-labelledby="independent" {
            h2 id="independent" { (words.independent) }
            (FactTable::default().fact(words.when_signed, then).fact(words.now, now).list())
            p { a href=[page.to(&SitePage::Claim(id)).map(|to| to + "#independent")] { (words.independent_more) } }
        }
    })
}

fn signers(page: &PageWriter<'_>, screen: &VerdictScreen) -> Markup {
    let words = page.words();
    let mut rows = vec![vec![
        person::person(page, &screen.by),
        html! { (words.wrote_it) },
        html! { (person::roles(page, &screen.by)) },
        person::interests(page, &screen.interests),
        html! { (dates::field(words, "signed", &screen.by.on)) " " (page.entry(screen.entry)) },
    ]];
    rows.extend(screen.opinions.iter().map(|one| opinion(page, one)));
    let heads = [
        words.person,
        words.did,
        words.roles,
        words.interests,
        words.when,
    ];
    html! {
        section aria-labelledby="signed" {
            h2 id="signed" { (words.who_signed) }
            (table(words.who_signed_caption, &heads, &rows))
            @if screen.opinions.is_empty() { p { (words.no_opinion) } }
            @for one in &screen.opinions {
                @if one.note.is_some() || one.exemption.is_some() {
                    p { (words.remark) " " (person::person(page, &one.by)) " (" (page.entry(one.entry)) ")" }
                    @if let Some(note) = &one.note { (quoted::block(page, note, None)) }
                    @if let Some(why) = &one.exemption { p { (words.waives_origins) } (quoted::block(page, why, None)) }
                }
            }
            @if let Some(corrects) = &screen.corrects { (objection::corrects(page, corrects)) }
            @if let Some(review) = screen.adopts { p { (words.adopts) " " (page.entry(review)) } }
        }
    }
}

fn opinion(page: &PageWriter<'_>, one: &Opinion) -> Vec<Markup> {
    let words = page.words();
    let counts = one.standing.facts.is_live() && one.standing.facts.discount.is_none();
    vec![
        person::person(page, &one.by),
        html! {
            @if !counts { strong { (words.does_not_count) } " " }
            (words.decision(one.decision))
            (standing::mark(page, &one.standing))
        },
        html! { (person::roles(page, &one.by)) },
        person::interests(page, &one.interests),
        html! { (dates::date(words, &one.by.on)) " " (page.entry(one.entry)) },
    ]
}

fn contact(
    page: &PageWriter<'_>,
    pages: &Pages<'_>,
    screen: &VerdictScreen,
) -> Result<Markup, Error> {
    let words = page.words();
    let said = match &screen.contact {
        ContactShown::NotSaid => html! { p { (words.contact_not_said) } },
        ContactShown::NotAsked(why) => {
            html! { p { (words.contact_not_asked) } (quoted::block(page, why, None)) }
        }
        ContactShown::NoReply(on) => {
            html! { p { (words.contact_no_reply) " " (dates::date(words, on)) "." } }
        }
        ContactShown::Replied(on, reply) => html! {
            p { (words.contact_replied) " " (dates::date(words, on)) ": " (sources::source(page, pages, reply)?) }
        },
    };
    Ok(html! {
        section aria-labelledby="contact" { h2 id="contact" { (words.contact) } (said) }
    })
}

fn publications(page: &PageWriter<'_>, all: &[Publication]) -> Markup {
    let words = page.words();
    html! {
        @if !all.is_empty() {
            section aria-labelledby="published" {
                h2 id="published" { (words.publications) }
                ul {
                    @for one in all {
                        li {
                            @if !one.standing.facts.is_live() { strong { (words.does_not_count) } " " }
                            @match one.word {
                                PublishersWord::Own => (words.published_at),
                                PublishersWord::Adopted => (words.adopted_from),
                                PublishersWord::Listed | PublishersWord::Other => {
                                    (person::house(page, &one.by.organisation)) " " (words.says_published_at)
                                },
                            }
                            " " (address(one.url.raw())) ", " (dates::date(words, &one.published))
                            " (" (page.entry(one.entry)) ")"
                            @if let Some(despite) = &one.despite { " " (words.despite) " " (quoted::line(despite)) }
                        }
                    }
                }
            }
        }
    }
}

/// An address that somebody recorded, as a link if it is one of the web.
pub fn address(url: &str) -> Markup {
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    html! {
        @if is_web { a rel="nofollow noreferrer external" href=(url) { (quoted::name(url)) } }
        @else { (quoted::name(url)) }
    }
}

fn changed(page: &PageWriter<'_>, screen: &VerdictScreen) -> Markup {
    let words = page.words();
    let due = screen.objections.iter().any(Objection::is_due);
    html! {
        section aria-labelledby="changed" {
            h2 id="changed" { (words.changed_since) }
            @if screen.changed.is_empty() && !due { p { (words.nothing_changed) } }
            @if due { p { (words.must_still_be_corrected) } }
            @if !screen.changed.is_empty() {
                ul { @for one in &screen.changed { li { (changed_one(page, one)) } } }
            }
        }
    }
}

fn changed_one(page: &PageWriter<'_>, one: &ChangedBeneath) -> Markup {
    let words = page.words();
    html! {
        (page.entry(one.named.entry)) ": "
        @match &one.became {
            Became::NoLongerStands => (quoted::sentence(page, &one.standing.words)),
            Became::ObjectionAccepted(answer) => {
                (quoted::sentence(page, &one.standing.words)) " (" (page.entry(*answer)) ")"
            },
            Became::QuotationGone(capture) => { (words.quotation_gone) " (" (page.entry(*capture)) ")" },
            Became::ForOthers(house) => {
                (quoted::sentence(page, &one.standing.words)) " (" (person::house(page, house)) ")"
            },
        }
        (quoted::block(page, &one.words, None))
    }
}

fn record(pages: &Pages<'_>, screen: &VerdictScreen) -> Result<PageRecord, Error> {
    let facts = &screen.standing.facts;
    let approvals = screen
        .opinions
        .iter()
        .filter(|one| one.decision == Decision::Approve);
    let approvals = approvals.filter(|one| one.standing.facts.discount.is_none());
    let approvals = approvals.filter(|one| one.standing.facts.is_live());
    let approvals = approvals.map(|one| {
        PageRecord::new("approval")
            .with("entry", one.entry)
            .with("holder", &*one.by.holder)
            .with("organisation", &*one.by.organisation)
    });
    let evidence = evidence::records(pages, &screen.evidence)?;
    let banners: Vec<&str> = standing::banners(screen)
        .into_iter()
        .map(standing::Banner::code)
        .collect();
    let approved = match facts.approval {
        Some(outcome) => serde_json::to_value(outcome).ok(),
        None => None,
    };
    let approved = approved.as_ref().and_then(serde_json::Value::as_str);
    Ok(PageRecord::new("verdict")
        .with("approval", approved.unwrap_or_default())
        .with("approvals", approvals.collect::<Vec<_>>())
        .with("banners", banners)
        .with("claim", &screen.claim.text)
        .with("claimEntry", screen.claim.entry)
        .with("claimId", pages.said(screen.claim.entry)?.id().to_string())
        .with("current", screen.current)
        .with("entry", screen.entry)
        .with("evidence", evidence)
        .with("id", pages.said(screen.entry)?.id().to_string())
        .with("limits", screen.limits.as_ref())
        .with("meaning", screen.rating.meaning.as_ref())
        .with("organisation", &*screen.organisation)
        .with("rating", &screen.rating.label)
        .with("ratingCode", screen.rating.code.as_str())
        .with("reasons", &screen.reasons)
        .with("scaleEntry", screen.rating.scale_entry)
        .with("signed", &*screen.by.on)
        .with("signedBy", &*screen.by.holder)
        .with(
            "standing",
            screen
                .in_words
                .iter()
                .map(claimledger_core::Message::raw)
                .collect::<Vec<_>>(),
        ))
}

/// Characters of a claim in the title of a window.
const TITLE: usize = 80;
