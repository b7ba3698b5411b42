//! The screen of every other statement: a sentence that says what it does, then its facts.

mod main;
mod people;
mod settings;
pub mod sources;
pub mod words;

use super::objections::{self, Objection};
use super::pages::{EntryNamed, Pages, SignedBy};
use super::theirs::Outside;
use crate::app::Error;
use crate::app::read::standing_line::StandingLine;
use claimledger_core::EntryIndex;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::model::{Body, StatementId, StatementType};
use serde::Serialize;

/// A statement in a sentence, with its facts.
#[derive(Debug, Clone, Serialize)]
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

/// A fact and its name.
#[derive(Debug, Clone, Serialize)]
pub struct FactLine {
    /// What it is.
    pub name: &'static str,
    /// The fact.
    pub value: FactValue,
}

/// Whose words a fact is in.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum FactValue {
    /// The program's.
    Ours(String),
    /// Those of somebody who signed or published something: any characters, perhaps several lines.
    Theirs(Foreign),
}

/// The sentence and facts of a statement, while they are put together.
pub(super) struct Told {
    sentence: String,
    facts: Vec<FactLine>,
}

impl Told {
    pub(super) fn new(sentence: impl Into<String>) -> Self {
        Self {
            sentence: sentence.into(),
            facts: Vec::new(),
        }
    }

    /// A fact in the program's words.
    pub(super) fn ours(mut self, name: &'static str, words: impl Into<String>) -> Self {
        let value = FactValue::Ours(words.into());
        self.facts.push(FactLine { name, value });
        self
    }

    /// A fact in somebody's own words.
    pub(super) fn theirs(mut self, name: &'static str, words: &impl Outside) -> Self {
        let value = FactValue::Theirs(words.foreign());
        self.facts.push(FactLine { name, value });
        self
    }

    /// The same, if there is one.
    pub(super) fn perhaps(self, name: &'static str, words: Option<&impl Outside>) -> Self {
        match words {
            Some(words) => self.theirs(name, words),
            None => self,
        }
    }

    /// A fact in the program's words, if there is one.
    pub(super) fn maybe(self, name: &'static str, words: Option<String>) -> Self {
        match words {
            Some(words) => self.ours(name, words),
            None => self,
        }
    }
}

/// The screen of the statement of an entry.
pub fn screen(pages: &Pages<'_>, entry: EntryIndex) -> Result<FactsScreen, Error> {
    let said = pages.said(entry)?;
    let by = pages.signed(entry)?;
    let told = told(pages, &said.body, &by)?;
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
    Ok(told(pages, &said.body, &pages.signed(entry)?)?.sentence)
}

fn told(pages: &Pages<'_>, body: &Body, by: &SignedBy) -> Result<Told, Error> {
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
        Body::SourceRelate(relate) => sources::related(pages, relate)?,
        Body::OriginAssess(assess) => sources::assessed(pages, assess)?,
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

/// `#12 wire`, for a statement that another one names.
pub(super) fn place(pages: &Pages<'_>, id: &StatementId) -> Result<String, Error> {
    Ok(pages.named(pages.place(id)?)?.to_string())
}
