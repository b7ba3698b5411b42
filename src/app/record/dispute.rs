//! Objections and their answers, and withdrawals.

use super::append::Proposal;
use crate::app::read::corroboration;
use crate::app::read::line;
use crate::app::{Error, Session};
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
pub fn open(session: &Session, new: &NewDispute) -> Result<Proposal, Error> {
    let named = new.evidence.iter();
    let mut evidence = named
        .map(|name| session.id_of(name, StatementType::EvidenceAdd))
        .collect::<Result<Vec<_>, Error>>()?;
    evidence.sort();
    evidence.dedup();
    Ok(Proposal::new(Open {
        evidence,
        grounds: new.grounds,
        note: FreeText::open(new.note.clone())?,
        target: session.named(&new.target)?.0,
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
pub fn answer(session: &Session, new: &NewAnswer) -> Result<Proposal, Error> {
    Ok(Proposal::new(Answer {
        dispute: session.id_of(&new.dispute, StatementType::DisputeOpen)?,
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

/// The verdicts in force that depend on the statement to be withdrawn.
pub fn leaning(session: &Session, new: &NewWithdrawal) -> Result<Vec<line::Line>, Error> {
    let entry = session.resolve(&new.target, session.head().size)?;
    corroboration::leaning_on(session, entry)
}

/// The statement that withdraws another one.
pub fn withdraw(session: &Session, new: &NewWithdrawal) -> Result<Proposal, Error> {
    Ok(Proposal::new(Withdraw {
        reason: FreeText::open(new.reason.clone())?,
        target: session.named(&new.target)?.0,
    }))
}
