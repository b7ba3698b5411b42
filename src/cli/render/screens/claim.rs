//! The screen of a claim.

use super::conclusions;
use super::parts::{self, signed};
use super::sheet::{SAME_WITH_JSON, Sheet};
use crate::app::read::screens::claim::ClaimScreen;
use crate::app::read::screens::conclusion::Conclusion;
use crate::app::read::screens::evidence::EvidenceShown;
use crate::app::read::screens::form::ClaimForm;
use crate::app::terms::claim_relation;

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
        page.heading(&format!("its words {}", parts::now(screen.as_of.as_ref())));
        parts::form(&mut page, now);
    }
    concluded(&mut page, screen);
    page.heading(&format!(
        "{}, as {} counts",
        parts::INDEPENDENT,
        screen.corroboration_for
    ));
    page.row(2, &screen.corroboration.to_string());
    evidence(&mut page, screen);
    other_forms(&mut page, screen);
    relations(&mut page, screen);
    conclusions::objections(&mut page, &screen.objections);
    page.text()
}

/// What organisations concluded, and apart from it what somebody proposed and nobody approved.
fn concluded(page: &mut Sheet, screen: &ClaimScreen) {
    let (concluded, proposed): (Vec<&Conclusion>, Vec<&Conclusion>) = screen
        .conclusions
        .iter()
        .partition(|one| one.is_concluded());
    page.heading("what was concluded");
    if concluded.is_empty() {
        page.row(2, "nothing: there is no approved verdict on these words");
    }
    page.list(2, &concluded, SAME_WITH_JSON, |page, one| {
        conclusions::conclusion(page, one);
    });
    if !proposed.is_empty() {
        page.heading("what was proposed, and is not approved");
    }
    page.list(2, &proposed, SAME_WITH_JSON, |page, one| {
        conclusions::conclusion(page, one);
    });
    if !screen.on_other_words.is_empty() {
        page.heading("said of other words of this claim, and not of these");
    }
    page.list(2, &screen.on_other_words, SAME_WITH_JSON, |page, one| {
        conclusions::conclusion(page, one);
    });
}

fn said(page: &mut Sheet, screen: &ClaimScreen) {
    parts::claimants(page, &screen.claimants);
    page.fact("said on", screen.made.as_deref().unwrap_or("not known"));
    if screen.appeared_in.is_empty() {
        page.fact("appeared in", "no source is named");
    }
    for source in &screen.appeared_in {
        page.fact_at(2, "appeared in", &parts::source(source));
        parts::source_rest(page, 16, source);
    }
    page.fact("kind", screen.kind.words());
    if let Some((language, words)) = &screen.original {
        page.their_fact(2, &format!("originally ({language})"), words);
    }
    if let Some(due) = &screen.due {
        page.fact("falls due", due);
    }
    if !screen.topics.is_empty() {
        let topics: Vec<String> = screen.topics.iter().map(Sheet::line).collect();
        page.fact_at(2, "topics", &topics.join(", "));
    }
    if let Some(corrects) = &screen.form.corrects {
        parts::correction(page, 2, corrects);
    }
    page.fact_at(2, "recorded by", &signed(&screen.form.by));
    parts::standing(page, 2, &screen.form.standing);
}

fn evidence(page: &mut Sheet, screen: &ClaimScreen) {
    page.heading("evidence");
    let whole = match &screen.as_of {
        Some(as_of) if as_of.in_a_file => SAME_WITH_JSON.to_owned(),
        _ => format!("`claimledger evidence list {} --all`", screen.form.entry),
    };
    let (live, fallen): (Vec<&EvidenceShown>, Vec<&EvidenceShown>) =
        screen.evidence.iter().partition(|one| one.is_live());
    parts::evidence_by_stance(page, &live, &whole);
    if !fallen.is_empty() {
        page.heading("evidence that no longer counts");
    }
    page.list(2, &fallen, &whole, |page, one| {
        page.row(2, parts::stance(one));
        parts::evidence(page, 4, one);
    });
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
    page.list(2, &others, SAME_WITH_JSON, |page, form| {
        parts::form(page, form);
    });
}

fn relations(page: &mut Sheet, screen: &ClaimScreen) {
    if screen.relations.is_empty() {
        return;
    }
    page.heading("other claims");
    page.list(2, &screen.relations, SAME_WITH_JSON, |page, related| {
        let (to, from) = claim_relation(related.relation);
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
        page.row(
            2,
            &format!("{words} {other}  (#{}{standing})", related.entry),
        );
        if let Some(other) = &related.other {
            page.block(4, &other.text);
        }
    });
}
