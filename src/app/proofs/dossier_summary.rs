//! What a checked dossier shows to its reader: the screen of its subject, what happened later, when, and how the subject
//! stands. All of it comes from the entries in the file. The file cannot show that an entry was left out.

use crate::app::Error;
use crate::app::read::entries::Entries as _;
use crate::app::read::line;
use crate::app::read::screens::facts;
use crate::app::read::screens::pages::{EntryNamed, Pages, SignedBy};
use crate::app::read::screens::{self, Screen};
use crate::app::read::standing_line::StandingLine;
use crate::app::read::theirs::theirs;
use claimledger_core::dossier::report::{DossierReport, ProvenEntry};
use claimledger_core::model::{Body, StatementType};
use claimledger_core::rules::StandingWord;
use claimledger_core::rules::standing::objection::Disputed;
use claimledger_core::{Message, UnixMillis};
use serde::Serialize;

/// What a checked dossier shows.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct DossierSummary {
    /// What the dossier is about.
    pub subject: EntryNamed,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: StatementType,
    /// What it says, as a ledger shows it too.
    pub screen: Screen,
    /// The policies in the file, each in a sentence.
    pub policies: Vec<EntryInWords>,
    /// What was signed after the subject, oldest first, each in a sentence.
    pub later: Vec<EntryInWords>,
    /// When, and by whose word.
    pub when: Vec<String>,
    /// How the subject stands.
    pub standing: StandingLine,
    /// The same in words, the most important first.
    pub in_words: Vec<Message>,
    /// Whether a reader may take the subject as it is: if it is a verdict, it is approved or adopted, and is in force; and
    /// there is nothing against it.
    pub in_good_standing: bool,
}

/// An entry in a sentence.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct EntryInWords {
    /// The entry.
    #[serde(flatten)]
    pub named: EntryNamed,
    /// What it does.
    pub sentence: String,
    /// Who signed it.
    pub by: SignedBy,
    /// Whether it was signed with a key that a later entry distrusts: then what it says is no fact.
    pub distrusted: bool,
    /// How it stands.
    pub standing: StandingLine,
}

impl DossierSummary {
    /// What a checked dossier shows.
    pub fn from_report(report: &DossierReport) -> Result<Self, Error> {
        let view = report.view();
        let pages = Pages::at(report, &view, report.size)?;
        let subject = report.subject;
        let said = pages.said(subject)?;
        let standing = pages.stands(subject)?;
        let mut policies = Vec::new();
        let mut later = Vec::new();
        for entry in &report.entries {
            let is_policy = matches!(entry.statement.body, Body::PolicySet(_));
            if is_policy {
                policies.push(told(&pages, entry.index, entry.is_distrusted())?);
            } else if entry.index > subject {
                later.push(told(&pages, entry.index, entry.is_distrusted())?);
            }
        }
        let screen = screens::screen(&pages, subject)?;
        let in_words = match &screen {
            Screen::Verdict(verdict) => verdict.in_words.clone(),
            _ => vec![standing.words.clone()],
        };
        Ok(Self {
            in_words,
            subject: pages.named(subject)?,
            kind: said.statement_type,
            screen,
            policies,
            later,
            when: when(
                report,
                &said.issued.to_string(),
                said.seen.map(|seen| seen.size),
            ),
            in_good_standing: is_good(said.statement_type, &standing),
            standing,
        })
    }
}

fn told(
    pages: &Pages<'_>,
    entry: claimledger_core::EntryIndex,
    distrusted: bool,
) -> Result<EntryInWords, Error> {
    Ok(EntryInWords {
        named: pages.named(entry)?,
        sentence: facts::sentence(pages, entry)?,
        by: pages.signed(entry)?,
        distrusted,
        standing: pages.stands(entry)?,
    })
}

/// The standing of an entry of a dossier, as far as the file shows it.
pub fn standing_of(report: &DossierReport, entry: &ProvenEntry) -> StandingLine {
    let withdrawal = entry.standing.withdrawn_by.and_then(|by| report.entry(by));
    let reason = match withdrawal.map(|by| &by.statement.body) {
        Some(Body::Withdraw(withdraw)) => Some(theirs(&withdraw.reason)),
        _ => None,
    };
    StandingLine::new(entry.standing.clone(), reason)
}

/// Whether nothing that the file holds speaks against the subject.
fn is_good(kind: StatementType, standing: &StandingLine) -> bool {
    let facts = &standing.facts;
    let own = facts.objections_beneath.iter().filter(|one| !one.theirs);
    let beneath = own.map(|one| &one.objection);
    let mut objections = facts.objections.iter().chain(beneath);
    let open = objections.any(Disputed::is_unsettled);
    let word = if kind == StatementType::VerdictIssue {
        matches!(facts.word, StandingWord::Approved | StandingWord::Adopted)
    } else {
        matches!(
            facts.word,
            StandingWord::Live | StandingWord::InForce | StandingWord::Answered
        )
    };
    word && !open
}

fn when(
    report: &DossierReport,
    issued: &str,
    seen: Option<claimledger_core::TreeSize>,
) -> Vec<String> {
    let mut told = vec![format!("signed {issued} by the signer's own clock")];
    if let Some(subject) = report.entry(report.subject) {
        told.push(format!(
            "recorded {} by the ledger's clock",
            line::instant(subject.time)
        ));
    }
    if let Some(seen) = seen {
        told.push(format!("after its signer had seen {seen} entries"));
    }
    for witness in &report.seen_by {
        told.push(format!(
            "witness {} had seen it, with {} entries, as of {}",
            witness.witness,
            report.size,
            line::instant(UnixMillis::new(witness.time.saturating_mul(1_000)))
        ));
    }
    if report.seen_by.is_empty() {
        told.push("no witness confirms these times".to_owned());
    }
    told
}
