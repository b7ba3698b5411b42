//! What has changed since a verdict was signed: its claim, its evidence, its sources, and quotations that were lost.

use super::kind::{self, ClaimKind};
use super::pages::{EntryNamed, Pages};
use crate::app::Error;
use crate::app::read::standing_line::StandingLine;
use crate::app::read::theirs::theirs;
use crate::app::summary;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::model::source::QuotationState;
use claimledger_core::model::verdict::Verdict;
use claimledger_core::model::{Body, StatementId, StatementType};
use claimledger_core::rules::{Standing, View as _};
use claimledger_core::{EntryIndex, Piece};
use serde::Serialize;
use std::collections::BTreeSet;

/// Something that a verdict rests on and that has changed since it was signed.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ChangedBeneath {
    /// What changed.
    #[serde(flatten)]
    pub named: EntryNamed,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: StatementType,
    /// Its first words.
    pub words: Foreign,
    /// What became of it.
    pub became: Became,
    /// How it stands.
    pub standing: StandingLine,
}

/// What became of it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Became {
    /// It was corrected, withdrawn or distrusted: its standing says which.
    NoLongerStands,
    /// Its quotation is no longer in its source since this capture.
    QuotationGone(EntryIndex),
    /// An objection to it was accepted, and is not settled.
    ObjectionAccepted(EntryIndex),
    /// Another organisation withdrew it, corrected it or lost trust in it; for this verdict it stands.
    ForOthers(String),
}

/// What changed beneath a verdict, by entry.
pub fn beneath(pages: &Pages<'_>, judged: &Standing) -> Result<Vec<ChangedBeneath>, Error> {
    let mut all = Vec::new();
    let standing = pages.stands(judged.entry)?;
    let fallen = standing.facts.rests_on_fallen.iter();
    let fallen: BTreeSet<EntryIndex> = fallen.map(|fallen| fallen.entry).collect();
    for entry in fallen {
        all.push(changed(pages, entry, Became::NoLongerStands)?);
    }
    for beneath in &standing.facts.objections_beneath {
        let accepted = beneath.objection.answer;
        if let Some(answer) = accepted.filter(|answer| *answer > judged.entry) {
            let became = Became::ObjectionAccepted(answer);
            all.push(changed(pages, beneath.on, became)?);
        }
    }
    for looked in &judged.quotations {
        if looked.state == QuotationState::Gone {
            let became = Became::QuotationGone(looked.since);
            all.push(changed(pages, looked.evidence, became)?);
        }
    }
    for remark in &judged.remarks {
        let whose = remark.organisation.to_string();
        all.push(changed(pages, remark.entry, Became::ForOthers(whose))?);
    }
    Ok(all)
}

fn changed(pages: &Pages<'_>, entry: EntryIndex, became: Became) -> Result<ChangedBeneath, Error> {
    Ok(ChangedBeneath {
        named: pages.named(entry)?,
        kind: pages.kind(entry)?,
        words: first_words(pages, entry)?,
        became,
        standing: pages.stands(entry)?,
    })
}

/// `“False” (five-step 1 of desk), on the claim #8: “The bridge closes in April.”`
fn of_verdict(pages: &Pages<'_>, verdict: &Verdict) -> Result<Foreign, Error> {
    let rating = super::rating::shown(pages, &verdict.scale, &verdict.rating)?;
    let claim = pages.place(&verdict.claim)?;
    let text = match &pages.said(claim)?.body {
        Body::ClaimAdd(claim) => theirs(&claim.text),
        _ => Foreign::default(),
    };
    let said = kind::of(pages, claim)?.map_or("", ClaimKind::beside_label);
    Ok(format!(
        "{} ({}){said}, on the claim #{claim}: {}",
        rating.label.quoted(),
        rating.scale,
        text.quoted()
    )
    .into())
}

/// The first words of an entry, with what it names by number.
pub fn first_words(pages: &Pages<'_>, entry: EntryIndex) -> Result<Foreign, Error> {
    let said = pages.said(entry)?;
    let view = pages.reading().view();
    let place = |id: &StatementId| match view.statement(id) {
        Ok(Some(fact)) => format!("#{}", fact.index),
        _ => id.short(),
    };
    if let Body::VerdictIssue(verdict) = &said.body {
        return of_verdict(pages, verdict);
    }
    let words = summary::summarize(&said.body, &place, None);
    Ok(match words.pieces() {
        [Piece::Foreign(words)] => words.clone(),
        _ => words.to_string().into(),
    })
}
