//! Conclusions and objections, in a few rows each.

use super::parts::{self, signed};
use super::sheet::{SAME_WITH_JSON, Sheet};
use crate::app::read::line::labelled;
use crate::app::read::screens::conclusion::Conclusion;
use crate::app::read::screens::kind::ClaimKind;
use crate::app::read::screens::objections::{AnswerShown, Objection};
use crate::app::terms::grounds;

/// What an organisation concluded about a claim, with the claim's words.
pub fn conclusion_on(page: &mut Sheet, one: &Conclusion) {
    page.row(2, &format!("about the claim #{}", one.claim));
    page.block(4, &one.claim_text);
    conclusion(page, one);
}

/// What an organisation concluded.
pub fn conclusion(page: &mut Sheet, one: &Conclusion) {
    // That it is for other words stands among the words on how it stands.
    let not_current = if one.current || one.current_for_its_words {
        ""
    } else {
        " (not its current verdict)"
    };
    // What is not approved is the proposal of a person, not what the organisation says.
    let whose = if one.is_concluded() {
        one.organisation.clone()
    } else {
        let (who, house) = (one.by.who_of(&one.organisation), &one.organisation);
        format!("{who} proposes for {house}")
    };
    let said = one.kind.map_or("", ClaimKind::beside_label);
    page.row(
        2,
        &format!(
            "{whose}{}{not_current}, {}: {}{said}",
            parts::mark(&one.standing),
            one.verdict,
            Sheet::line(&one.rating.label)
        ),
    );
    parts::standing_in(page, 4, &one.standing, &one.in_words);
    for missing in &one.missing {
        page.fact_at(4, "not approved", missing);
    }
    parts::meaning(page, 4, &one.rating, one.kind);
    page.fact_at(4, "signed by", &signed(&one.by));
    for url in &one.published {
        page.fact_at(4, "published at", &Sheet::line(url));
    }
}

/// The objections to a statement; without a heading if there are none.
pub fn objections(page: &mut Sheet, all: &[Objection]) {
    objections_under(page, "objections", all);
}

/// The objections under a heading; without it if there are none.
pub fn objections_under(page: &mut Sheet, heading: &str, all: &[Objection]) {
    if all.is_empty() {
        return;
    }
    page.heading(heading);
    page.list(2, all, SAME_WITH_JSON, |page, one| objection(page, 2, one));
}

/// An objection, its answer and what follows.
pub fn objection(page: &mut Sheet, indent: usize, one: &Objection) {
    let label = labelled(one.label.as_deref());
    let follows = one.follows().map(|follows| format!("; {follows}"));
    page.row(
        indent,
        &format!(
            "#{}{} {}{}",
            one.entry,
            label,
            one.state(),
            follows.unwrap_or_default()
        ),
    );
    let inside = indent + 2;
    page.row(
        inside,
        &format!(
            "{} objects to #{}, because of {}, {}",
            one.by.who(),
            one.to,
            grounds(one.grounds),
            one.by.on
        ),
    );
    page.block(inside, &one.note);
    if let Some(answer) = &one.answer {
        answered(page, inside, one.state(), answer);
    }
    for reply in &one.replies {
        answered(page, inside, "replied to", reply);
    }
}

fn answered(page: &mut Sheet, indent: usize, how: &str, answer: &AnswerShown) {
    let author = if answer.by_author { ", the author" } else { "" };
    page.row(
        indent,
        &format!(
            "{how} by {}{author}, {} (#{}), with this answer:",
            answer.by.who(),
            answer.by.on,
            answer.by.entry
        ),
    );
    page.block(indent, &answer.note);
}
