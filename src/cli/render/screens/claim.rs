//! The screen of a claim.

use super::conclusions;
use super::parts::{self, signed};
use super::sheet::Sheet;
use crate::app::read::screens::claim::ClaimScreen;
use crate::app::read::screens::evidence::EvidenceShown;
use crate::app::read::screens::facts::words::relation;
use crate::app::read::screens::form::ClaimForm;
use claimledger_core::model::claim::{About, Wording};

/// A claim for people.
pub fn render(screen: &ClaimScreen) -> String {
    let form = &screen.form;
    let mut page = Sheet::new(&format!(
        "claim {}{}",
        parts::named(form),
        parts::mark(&form.standing)
    ));
    page.gap();
    page.block(2, &form.text);
    page.gap();
    said(&mut page, screen);
    if let Some(now) = &screen.now {
        page.heading("its words now");
        parts::form(&mut page, now);
    }
    page.heading("what was concluded");
    if screen.conclusions.is_empty() {
        page.row(2, "nothing: there is no verdict on these words");
    }
    for one in &screen.conclusions {
        conclusions::conclusion(&mut page, one);
    }
    if !screen.on_other_words.is_empty() {
        page.heading("concluded for other words of this claim, and not for these");
    }
    for one in &screen.on_other_words {
        conclusions::conclusion(&mut page, one);
    }
    page.heading(&format!(
        "how independent the sources are, as {} counts",
        screen.corroboration_for
    ));
    page.mixed(2, &screen.corroboration.to_string());
    evidence(&mut page, &screen.evidence);
    other_forms(&mut page, screen);
    relations(&mut page, screen);
    conclusions::objections(&mut page, &screen.objections);
    page.text()
}

fn said(page: &mut Sheet, screen: &ClaimScreen) {
    parts::claimants(page, &screen.claimants);
    page.fact("said on", screen.made.as_deref().unwrap_or("not known"));
    if screen.appeared_in.is_empty() {
        page.fact("appeared in", "no source is named");
    }
    for source in &screen.appeared_in {
        page.mixed_fact(2, "appeared in", &parts::source(source));
        parts::source_rest(page, 16, source);
    }
    let wording = match screen.wording {
        Wording::Verbatim => "word for word",
        Wording::Translated => "translated",
        Wording::Reported => "in reported words",
    };
    let about = match screen.about {
        About::Utterance => "that somebody said this",
        About::Fact => "a fact",
        About::Forecast => "a forecast",
    };
    page.fact("kind", &format!("{about}, {wording}"));
    if let Some((language, words)) = &screen.original {
        page.their_fact(2, &format!("originally ({language})"), words);
    }
    if let Some(due) = &screen.due {
        page.fact("falls due", due);
    }
    if !screen.topics.is_empty() {
        let topics: Vec<String> = screen.topics.iter().map(Sheet::line).collect();
        page.mixed_fact(2, "topics", &topics.join(", "));
    }
    if let Some(corrects) = &screen.form.corrects {
        parts::correction(page, 2, corrects);
    }
    page.mixed_fact(2, "recorded by", &signed(&screen.form.by));
    parts::standing(page, 2, &screen.form.standing);
}

fn evidence(page: &mut Sheet, all: &[EvidenceShown]) {
    page.heading("evidence");
    let live: Vec<&EvidenceShown> = all.iter().filter(|one| one.is_live()).collect();
    parts::evidence_by_stance(page, &live);
    let fallen: Vec<&EvidenceShown> = all.iter().filter(|one| !one.is_live()).collect();
    if !fallen.is_empty() {
        page.heading("evidence that no longer counts");
        for one in fallen {
            page.row(2, one.stance.as_str());
            parts::evidence(page, 4, one);
        }
    }
}

fn other_forms(page: &mut Sheet, screen: &ClaimScreen) {
    let now = screen.now.as_ref().map(|now| now.entry);
    let others: Vec<&ClaimForm> = screen
        .other_forms
        .iter()
        .filter(|form| Some(form.entry) != now)
        .collect();
    if others.is_empty() {
        return;
    }
    page.heading("other forms of this claim");
    for form in others {
        parts::form(page, form);
    }
}

fn relations(page: &mut Sheet, screen: &ClaimScreen) {
    if screen.relations.is_empty() {
        return;
    }
    page.heading("other claims");
    for related in &screen.relations {
        let (to, from) = relation(related.relation);
        let words = if related.reversed { from } else { to };
        let other = match (&related.other, &related.elsewhere) {
            (Some(other), _) => parts::named(other),
            (None, Some(elsewhere)) => format!("a claim of another ledger, {elsewhere}"),
            (None, None) => "another claim".to_owned(),
        };
        let standing = if related.standing.said.is_empty() {
            String::new()
        } else {
            format!("; {}", related.standing.words)
        };
        page.mixed(
            2,
            &format!("{words} {other}  (#{}{standing})", related.entry),
        );
        if let Some(other) = &related.other {
            page.block(4, &other.text);
        }
    }
}
