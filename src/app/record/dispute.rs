//! Objections and their answers; and what no longer stands.

use super::append::Proposal;
use crate::app::read::corroboration;
use crate::app::read::line;
use crate::app::{Catalog, Error};
use claimledger_core::model::dispute::{Answer, Grounds, Open, Outcome};
use claimledger_core::model::ledger::Withdraw;
use claimledger_core::model::{FreeText, StatementType};
use serde::Deserialize;

/// A new objection.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NewDispute {
    /// The disputed statement: number, label or id.
    pub target: String,
    /// On which grounds.
    pub grounds: Grounds,
    /// The objection.
    pub note: String,
    /// Evidence for it.
    #[serde(default)]
    pub evidence: Vec<String>,
}

/// The statement of a new objection.
pub fn open(catalog: &Catalog, new: &NewDispute) -> Result<Proposal, Error> {
    let named = new.evidence.iter();
    let mut evidence = named
        .map(|name| catalog.id_of(name, StatementType::EvidenceAdd))
        .collect::<Result<Vec<_>, Error>>()?;
    evidence.sort();
    evidence.dedup();
    Ok(Proposal::of(Open {
        evidence,
        grounds: new.grounds,
        note: FreeText::open(new.note.clone())?,
        target: catalog.named(&new.target)?.0,
    }))
}

/// A new answer to an objection.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NewAnswer {
    /// The dispute: number, label or id.
    pub dispute: String,
    /// How it ends.
    pub outcome: Outcome,
    /// The answer.
    pub note: String,
}

/// The statement of a new answer.
pub fn answer(catalog: &Catalog, new: &NewAnswer) -> Result<Proposal, Error> {
    Ok(Proposal::of(Answer {
        dispute: catalog.id_of(&new.dispute, StatementType::DisputeOpen)?,
        note: FreeText::open(new.note.clone())?,
        outcome: new.outcome,
    }))
}

/// What no longer stands.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NewWithdrawal {
    /// The statement: number, label or id.
    pub target: String,
    /// Why.
    pub reason: String,
}

/// The verdicts that hold and lean on what is to be taken back.
pub fn leaning(catalog: &Catalog, new: &NewWithdrawal) -> Result<Vec<line::Line>, Error> {
    let entry = catalog.resolve(&new.target, catalog.head().size)?;
    corroboration::leaning_on(catalog, entry)
}

/// The statement that takes another one back.
pub fn withdraw(catalog: &Catalog, new: &NewWithdrawal) -> Result<Proposal, Error> {
    Ok(Proposal::of(Withdraw {
        reason: FreeText::open(new.reason.clone())?,
        target: catalog.named(&new.target)?.0,
    }))
}
