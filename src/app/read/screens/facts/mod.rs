//! The screen of every other statement: a sentence that says what it does, then its facts.

mod main;
mod people;
mod settings;
pub mod sources;
mod told;
pub mod words;

pub use told::{FactLine, FactValue};

use super::objections::{self, Objection};
use super::pages::{EntryNamed, Pages, SignedBy};
use crate::app::Error;
use crate::app::read::standing_line::StandingLine;
use claimledger_core::EntryIndex;
use claimledger_core::model::{Body, StatementType};
use serde::Serialize;
use told::Told;

/// A statement in a sentence, with its facts.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct FactsScreen {
    /// Its entry.
    #[serde(flatten)]
    pub named: EntryNamed,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: StatementType,
    /// What it does.
    pub sentence: String,
    /// Its facts, in the order in which people ask.
    pub facts: Vec<FactLine>,
    /// Who signed it.
    pub by: SignedBy,
    /// How it stands.
    pub standing: StandingLine,
    /// The objections to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub objections: Vec<Objection>,
}

/// The screen of the statement of an entry.
pub fn screen(pages: &Pages<'_>, entry: EntryIndex) -> Result<FactsScreen, Error> {
    let said = pages.said(entry)?;
    let by = pages.signed(entry)?;
    let told = told(pages, entry, &said.body, &by)?;
    Ok(FactsScreen {
        named: pages.named(entry)?,
        kind: said.statement_type,
        sentence: told.sentence,
        facts: told.facts,
        by,
        standing: pages.stands(entry)?,
        objections: objections::to(pages, entry)?,
    })
}

/// What a statement does, in a sentence.
pub fn sentence(pages: &Pages<'_>, entry: EntryIndex) -> Result<String, Error> {
    let said = pages.said(entry)?;
    Ok(told(pages, entry, &said.body, &pages.signed(entry)?)?.sentence)
}

fn told(pages: &Pages<'_>, entry: EntryIndex, body: &Body, by: &SignedBy) -> Result<Told, Error> {
    Ok(match body {
        Body::LedgerCreate(create) => people::created(create),
        Body::KeyEnroll(enroll) => people::enrolled(enroll, by),
        Body::KeyRotate(rotate) => people::rotated(rotate, by),
        Body::KeyRevoke(revoke) => people::revoked(pages, revoke, by)?,
        Body::KeyRecover(recover) => people::recovered(recover, by),
        Body::CheckpointRotate(rotate) => people::checkpoint_key(rotate, by),
        Body::CheckpointRetire(retire) => people::checkpoint_key_ends(&retire.key, by),
        Body::OrganisationSet(set) => settings::organisation(set, by),
        Body::RulesUpgrade(upgrade) => Told::new(format!(
            "From here on the ledger follows version {} of the rules.",
            upgrade.rules
        )),
        Body::ScaleSet(scale) => settings::scale(scale),
        Body::PolicySet(policy) => settings::policy(pages, policy)?,
        Body::SourceTranscribe(transcript) => sources::transcript(pages, transcript, by)?,
        Body::SourceCapture(capture) => sources::capture(pages, capture, by)?,
        Body::SnapshotWithhold(withhold) => sources::withheld(pages, withhold, by)?,
        Body::SourceRelate(relate) => sources::related(pages, entry, relate, by)?,
        Body::OriginAssess(assess) => sources::assessed(pages, assess, by)?,
        Body::ClaimRelate(relate) => words::claims(pages, relate)?,
        Body::VerdictAttest(attest) => words::opinion(pages, attest, by)?,
        Body::VerdictPublish(publish) => words::published(pages, publish, by)?,
        Body::Withdraw(withdraw) => words::withdrawn(pages, withdraw, by)?,
        Body::DisputeAnswer(answer) => words::answered(pages, answer, by)?,
        Body::ReviewRecord(review) => words::review(pages, review, by)?,
        Body::CheckpointObserve(observe) => words::observed(observe, by),
        // These have screens of their own.
        Body::ClaimAdd(claim) => main::claim(pages, claim, by)?,
        Body::VerdictIssue(verdict) => main::verdict(pages, verdict, by)?,
        Body::SourceAdd(source) => main::source(pages, source, by)?,
        Body::EvidenceAdd(evidence) => main::evidence(pages, evidence, by)?,
        Body::DisputeOpen(open) => main::objection(pages, open, by)?,
    })
}
