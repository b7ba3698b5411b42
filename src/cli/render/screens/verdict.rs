//! The screen of a verdict.

use super::conclusions;
use super::parts::{self, signed, signed_as, with_roles};
use super::sheet::{SAME_WITH_JSON, Sheet};
use crate::app::read::line::labelled;
use crate::app::read::screens::evidence::EvidenceShown;
use crate::app::read::screens::opinion::{Interests, Opinion};
use crate::app::read::screens::publication::{Publication, PublishersWord};
use crate::app::read::screens::since::Became;
use crate::app::read::screens::verdict::{ContactShown, VerdictScreen};
use crate::app::read::standing_line::StandingLine;
use crate::app::terms::decided;

/// A verdict for people.
pub fn render(screen: &VerdictScreen) -> String {
    let label = labelled(screen.label.as_deref());
    let mut page = Sheet::new(&format!(
        "{} #{}{label} {}{}",
        if screen.is_proposal() {
            "proposed verdict"
        } else {
            "verdict"
        },
        screen.entry,
        of(screen),
        parts::mark(&screen.standing)
    ));
    content(&mut page, screen);
    page.text()
}

/// Whose verdict it is: of an organisation, or of the person who proposes it for one.
pub fn of(screen: &VerdictScreen) -> String {
    let house = &screen.organisation;
    if screen.is_proposal() {
        format!("by {} for {house}", screen.by.who_of(house))
    } else {
        format!("of {house}")
    }
}

/// Everything below the first row; a dossier shows it under a title of its own.
pub fn content(page: &mut Sheet, screen: &VerdictScreen) {
    page.heading(&format!("the claim, {}", parts::named(&screen.claim)));
    page.block(2, &screen.claim.text);
    parts::claimants(page, &screen.claimants);
    if let Some(kind) = screen.kind {
        page.fact("worded", kind.worded());
    }
    if let Some(now) = &screen.claim_now {
        let holds = if screen.holds_for_words_now {
            "the verdict is for these words too"
        } else {
            "the verdict is not for these words"
        };
        let when = parts::now(screen.as_of.as_ref());
        page.row(
            2,
            &format!("the claim {when}, {}: {holds}", parts::named(now)),
        );
        page.block(2, &now.text);
    }
    page.heading("the rating");
    page.their_fact(2, "rating", &screen.rating.label);
    if let Some(kind) = screen.kind {
        page.fact("rates", kind.rated());
    }
    parts::meaning(page, 2, &screen.rating, screen.kind);
    page.fact_at(2, "signed by", &signed_as(&screen.by));
    let title = screen.organisation_title.as_ref();
    if let Some(title) = title.filter(|title| !title.is(&screen.organisation)) {
        page.fact_at(
            2,
            "for",
            &format!("{} ({})", Sheet::line(title), screen.organisation),
        );
    }
    interests(page, 2, &screen.interests);
    if let Some(corrects) = &screen.corrects {
        parts::correction(page, 2, corrects);
    }
    if let Some(review) = screen.adopts {
        page.fact("adopts", &format!("the review recorded in #{review}"));
    }
    page.their_fact(2, "reasons", &screen.reasons);
    match &screen.limits {
        Some(limits) => page.their_fact(2, "limits", limits),
        None => page.fact("limits", "none are named"),
    }
    contact(page, screen);
    page.heading(&match &screen.as_of {
        Some(as_of) => format!("how it stands {}", as_of.in_words()),
        None => "how it stands".to_owned(),
    });
    stands(page, screen);
    page.heading("the evidence that it rests on");
    if screen.evidence.is_empty() {
        page.row(2, "none");
    } else {
        let all: Vec<&EvidenceShown> = screen.evidence.iter().collect();
        parts::evidence_by_stance(page, &all, SAME_WITH_JSON);
    }
    not_named(page, &screen.not_named);
    corroboration(page, screen);
    opinions(page, screen);
    publications(page, &screen.publications);
    conclusions::objections(page, &screen.objections);
    conclusions::objections_under(
        page,
        "objections to what it rests on",
        &screen.objections_beneath,
    );
    if !screen.other_verdicts.is_empty() {
        page.heading("other live verdicts on this claim");
    }
    page.list(2, &screen.other_verdicts, SAME_WITH_JSON, |page, other| {
        conclusions::conclusion(page, other);
    });
    changed(page, screen);
}

/// The standing, and why it is not approved.
pub fn stands(page: &mut Sheet, screen: &VerdictScreen) {
    parts::standing_in(page, 2, &screen.standing, &screen.in_words);
    for missing in &screen.missing {
        page.fact("not approved", missing);
    }
    page.fact("current", &current(screen));
}

/// Whether it is what its organisation says. An accepted objection comes first.
fn current(screen: &VerdictScreen) -> String {
    let house = &screen.organisation;
    let when = parts::now(screen.as_of.as_ref());
    let yet = screen.as_of.as_ref();
    let yet = yet.map_or_else(
        || " yet".to_owned(),
        |as_of| format!(" {}", as_of.in_words()),
    );
    let facts = &screen.standing.facts;
    let counts = facts.is_concluded();
    if !screen.current && screen.current_for_its_words {
        let named = screen.claim.entry;
        return if counts {
            format!(
                "it is what {house} says about the words of #{named}; the claim has other words {when}, and it is not for those"
            )
        } else {
            format!(
                "it waits for approval, for the words of #{named}; the claim has other words {when}, and it is not for those"
            )
        };
    }
    if !screen.current {
        return format!("it is not what {house} says about this claim {when}");
    }
    if !counts {
        let here = in_this_file(screen);
        return format!("{here}{house} has no approved verdict on this claim; this one waits");
    }
    let accepted = screen.accepted_objections();
    if accepted.is_empty() && facts.rests_on_fallen.is_empty() {
        return format!("it is what {house} says about this claim {when}");
    }
    if accepted.is_empty() {
        return format!(
            "NO LONGER SOUND: {house} has not replaced it{yet}, although what it rests on fell"
        );
    }
    format!(
        "NO LONGER SOUND: {house} accepted {}, and has not corrected its verdict{yet}",
        accepted.join(" and ")
    )
}

fn interests(page: &mut Sheet, indent: usize, interests: &Interests) {
    match interests {
        Interests::NotSaid => page.fact_at(indent, "interests", "not declared"),
        Interests::None => page.fact_at(
            indent,
            "interests",
            "states that they have none in the matter",
        ),
        Interests::Sealed => page.fact_at(
            indent,
            "interests",
            "declared in a sealed text that cannot be read here",
        ),
        Interests::Declared(words) => {
            page.fact_at(indent, "interests", "declares these, in their own words:");
            page.block(indent + 2, words);
        }
    }
}

fn contact(page: &mut Sheet, screen: &VerdictScreen) {
    let who = screen.by.who_of(&screen.organisation);
    match &screen.contact {
        ContactShown::NotSaid => page.fact(
            "claimant",
            "the verdict does not say whether they were asked",
        ),
        ContactShown::NotAsked(why) => {
            page.fact_at(
                2,
                "claimant",
                &format!("was not asked, says {who}, because"),
            );
            page.block(4, why);
        }
        ContactShown::NoReply(on) => {
            page.fact_at(
                2,
                "claimant",
                &format!("was asked on {on} and did not reply, says {who}"),
            );
        }
        ContactShown::Replied(on, reply) => {
            page.fact_at(
                2,
                "claimant",
                &format!(
                    "was asked on {on}, says {who}; replied in {}",
                    parts::source(reply)
                ),
            );
            parts::source_rest(page, 16, reply);
        }
    }
}

fn not_named(page: &mut Sheet, all: &[EvidenceShown]) {
    if all.is_empty() {
        return;
    }
    page.heading("evidence on this claim that the verdict does not name");
    page.list(2, all, SAME_WITH_JSON, |page, one| {
        page.row(2, parts::stance(one));
        parts::evidence(page, 4, one);
    });
}

fn corroboration(page: &mut Sheet, screen: &VerdictScreen) {
    page.heading(parts::INDEPENDENT);
    match &screen.corroboration_then {
        Some(sentence) => page.fact_at(2, "when signed", &sentence.to_string()),
        None => page.fact("when signed", "not computed"),
    }
    // The name of a fact is short; how far the screen knows stands in its heading.
    let now = match &screen.as_of {
        Some(as_of) => format!("as of #{}", as_of.entry),
        None => "now".to_owned(),
    };
    match (&screen.corroboration_now, &screen.moved) {
        (Some(sentence), Some(moved)) => {
            let since = moved.since.map(|since| {
                if moved.before_entry {
                    format!(
                        " It changed in #{since}, which its author had not seen when they signed."
                    )
                } else {
                    format!(" It changed first in #{since}.")
                }
            });
            page.fact_at(2, &now, &format!("{sentence}{}", since.unwrap_or_default()));
        }
        _ => page.fact(&now, "the same"),
    }
}

/// `in this file, `, where other entries may say otherwise.
fn in_this_file(screen: &VerdictScreen) -> &'static str {
    match &screen.as_of {
        Some(as_of) if as_of.in_a_file => "in this file, ",
        _ => "",
    }
}

fn opinions(page: &mut Sheet, screen: &VerdictScreen) {
    page.heading("what others signed about it");
    if screen.opinions.is_empty() {
        page.row(
            2,
            &format!(
                "{}no approval and no rejection is recorded",
                in_this_file(screen)
            ),
        );
    }
    page.list(2, &screen.opinions, SAME_WITH_JSON, opinion);
}

fn opinion(page: &mut Sheet, one: &Opinion) {
    page.row(
        2,
        &format!(
            "{}{} {}, {}  #{}",
            fallen(&one.standing),
            with_roles(&one.by),
            decided(one.decision),
            one.by.on,
            one.entry
        ),
    );
    interests(page, 4, &one.interests);
    if let Some(exemption) = &one.exemption {
        page.their_fact(4, "waives origins", exemption);
    }
    if let Some(note) = &one.note {
        page.their_fact(4, "remark", note);
    }
    if !one.standing.said.is_empty() {
        parts::standing(page, 4, &one.standing);
    }
}

fn publications(page: &mut Sheet, all: &[Publication]) {
    if all.is_empty() {
        return;
    }
    page.heading("where it was published");
    page.list(2, all, SAME_WITH_JSON, publication);
}

fn publication(page: &mut Sheet, one: &Publication) {
    let house = &one.by.organisation;
    let what = match one.word {
        PublishersWord::Own => "published at".to_owned(),
        PublishersWord::Adopted => "adopted from".to_owned(),
        PublishersWord::Listed => format!("published by {house} at"),
        PublishersWord::Other => format!("{house} says that it was published at"),
    };
    page.row(
        2,
        &format!("{}{what} {}", fallen(&one.standing), Sheet::line(&one.url)),
    );
    page.row(
        4,
        &format!(
            "on {}, recorded by {} (#{})",
            one.published,
            signed(&one.by),
            one.entry
        ),
    );
    if let Some(despite) = &one.despite {
        page.their_fact(4, "all the same because", despite);
    }
    if !one.standing.said.is_empty() {
        parts::standing(page, 4, &one.standing);
    }
}

/// What no longer counts is never shown as a plain fact.
fn fallen(standing: &StandingLine) -> &'static str {
    if standing.facts.is_live() && standing.facts.discount.is_none() {
        ""
    } else {
        "DOES NOT COUNT: "
    }
}

fn changed(page: &mut Sheet, screen: &VerdictScreen) {
    page.heading("what has changed since it was signed");
    let accepted = screen.objections.iter().filter(|one| one.is_due());
    let mut none = screen.changed.is_empty();
    for objection in accepted {
        none = false;
        page.row(
            2,
            &format!(
                "objection #{} to it was {}, and nothing is corrected yet",
                objection.entry,
                objection.state()
            ),
        );
    }
    if none {
        page.row(
            2,
            &format!(
                "{}nothing that it rests on was corrected, withdrawn or lost",
                in_this_file(screen)
            ),
        );
    }
    page.list(2, &screen.changed, SAME_WITH_JSON, |page, one| {
        let became = match &one.became {
            Became::NoLongerStands => one.standing.words.to_string(),
            Became::ObjectionAccepted(answer) => {
                format!("{} (answered in #{answer})", one.standing.words)
            }
            Became::QuotationGone(capture) => {
                format!("a quotation is no longer in its source (since #{capture})")
            }
            Became::ForOthers(organisation) => format!(
                "{} ({organisation} says so; for this verdict it stands)",
                one.standing.words
            ),
        };
        page.row(2, &format!("{}: {became}", one.named));
        page.block(4, &one.words);
    });
}
