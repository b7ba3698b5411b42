//! What a checked dossier shows, for its reader.

use super::parts::{self, signed};
use super::sheet::Sheet;
use super::{render, verdict};
use crate::app::proofs::dossier_summary::{DossierSummary, EntryInWords};
use crate::app::read::screens::Screen;
use crate::app::read::screens::kind::ClaimKind;
use claimledger_core::Message;
use claimledger_core::model::StatementType;
use claimledger_core::rules::StandingWord;

/// The content of a dossier, before its proof.
pub fn summary(shown: &DossierSummary) -> String {
    let mut page = match &shown.screen {
        Screen::Verdict(screen) => {
            let mut page = Sheet::new(&format!(
                "{} {}, {}{}",
                if screen.is_proposal() {
                    "a proposed verdict"
                } else {
                    "a verdict"
                },
                verdict::of(screen),
                shown.subject,
                parts::mark(&shown.standing)
            ));
            verdict::content(&mut page, screen);
            page
        }
        other => Sheet::after(&render(other)),
    };
    told(
        &mut page,
        "what the policies in this file require",
        &shown.policies,
    );
    told(&mut page, "what was signed later", &shown.later);
    page.heading("when");
    for words in &shown.when {
        page.row(2, words);
    }
    page.text()
}

fn told(page: &mut Sheet, heading: &str, all: &[EntryInWords]) {
    if all.is_empty() {
        return;
    }
    page.heading(heading);
    for one in all {
        if one.distrusted {
            page.row(
                2,
                &format!(
                    "{} cannot be relied on: it was signed with a key that a later entry distrusts. It says:",
                    one.named
                ),
            );
            page.row(4, &one.sentence);
            continue;
        }
        page.row(2, &format!("{} {}", one.named, one.sentence));
        if !one.standing.said.is_empty() {
            page.row(4, &one.standing.words.to_string());
        }
        page.row(4, &signed(&one.by));
    }
}

/// How the subject stands, beside the answer: `the verdict “Unproven” is approved`, or a warning.
pub fn stands(shown: &DossierSummary) -> String {
    let words = Message::join(&shown.in_words, "; ");
    let (what, proposal) = match (&shown.screen, shown.kind) {
        (Screen::Verdict(verdict), _) => {
            let said = verdict.kind.map_or("", ClaimKind::beside_label);
            let said = said.strip_prefix(", ").map(|said| format!(" ({said})"));
            let label = Sheet::line(&verdict.rating.label);
            let is_proposal = shown.standing.facts.word == StandingWord::Unapproved;
            let proposal = is_proposal.then(|| {
                let house = &verdict.organisation;
                let who = verdict.by.who_of(house);
                format!(" It is what {who} proposes for {house}. In this file {house} has not approved it.")
            });
            let what = format!("the verdict {label}{}", said.unwrap_or_default());
            (what, proposal)
        }
        (_, StatementType::ClaimAdd) => ("the claim".to_owned(), None),
        (_, StatementType::SourceAdd) => ("the source".to_owned(), None),
        _ => ("the statement".to_owned(), None),
    };
    if shown.in_good_standing {
        return format!("in this file, {what} is {words}");
    }
    let proposal = proposal.unwrap_or_default();
    format!("{WARNING}do not take {what} as it is.{proposal} Its standing: {words}")
}

/// Comes before the standing of what nobody should take as it is.
const WARNING: &str = "WARNING: ";
