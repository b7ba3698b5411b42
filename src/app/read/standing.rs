//! The standing of verdicts in plain words: approved by whom, or why not.

use super::entries::Entries;
use super::line;
use super::listed::{HasStanding, Listed, Which};
use super::moved::{self, Moved};
use super::organisation::organisation_name;
use super::quotations;
use super::standing_line::StandingLine;
use crate::app::summary::counted;
use crate::app::{Error, Session};
use claimledger_core::model::scale::Needs;
use claimledger_core::model::{Body, StatementType};
use claimledger_core::rules::standing::approval::Discount;
use claimledger_core::rules::{self, Lack, Reading, Standing, View as _};
use claimledger_core::{EntryIndex, Message, TreeSize};
use serde::Serialize;

/// A verdict and its standing.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct VerdictStanding {
    /// The verdict in a line.
    #[serde(flatten)]
    pub line: line::Line,
    /// The organisation whose verdict it is; in the JSON it is the line's.
    #[serde(skip)]
    pub organisation: String,
    /// The claim's words.
    pub claim_text: Message,
    /// Its standing in a few words, the most important first; `words` in the JSON are those of the line.
    #[serde(rename = "inWords")]
    pub words: Vec<Message>,
    /// Why it is not approved, in plain words.
    pub lacking: Vec<String>,
    /// The same as data. In the JSON `standing` is the line's.
    #[serde(rename = "details")]
    pub standing: Standing,
    /// What has changed since it was signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved: Option<Moved>,
    /// Whether it is the current verdict of its organisation on its claim, as that is worded now.
    pub current: bool,
}

impl HasStanding for VerdictStanding {
    fn standing(&self) -> &StandingLine {
        &self.line.standing
    }
}

/// Where the verdict of entry `index` stands as of `size`; none if that is no verdict.
pub fn verdict_standing(
    session: &Session,
    index: EntryIndex,
    size: TreeSize,
) -> Result<Option<VerdictStanding>, Error> {
    with_moved(session, index, size, moved::moved(session, index, size)?)
}

/// The same, if it is known what became of its corroboration: to compute that costs more than all the rest.
pub fn with_moved(
    session: &Session,
    index: EntryIndex,
    size: TreeSize,
    moved: Option<Moved>,
) -> Result<Option<VerdictStanding>, Error> {
    let view = session.view();
    let reading = Reading::at(&view, size)?;
    let Some(standing) = rules::standing(&reading, index)? else {
        return Ok(None);
    };
    let claim = session.statement(standing.claim)?;
    let claim_text = match &claim.body {
        Body::ClaimAdd(claim) => (&claim.text).into(),
        _ => Message::default(),
    };
    let current = rules::currency(&reading, &standing)?;
    let line = line::one(session, index, size)?;
    Ok(Some(VerdictStanding {
        organisation: organisation_name(session, standing.organisation)?,
        claim_text,
        words: words(session, &line.standing, &standing, moved.as_ref())?,
        lacking: lacking(session, &standing)?,
        current: current.now,
        moved,
        standing,
        line,
    }))
}

/// The verdicts that are asked for, oldest first. With `changed` only those whose corroboration has
/// changed since they were signed.
pub fn list(
    session: &Session,
    which: Which,
    changed: bool,
) -> Result<Listed<VerdictStanding>, Error> {
    let size = session.at(which.at)?;
    let mut found = Vec::new();
    for index in session.view().of_type(StatementType::VerdictIssue, size)? {
        found.extend(verdict_standing(session, index, size)?);
    }
    if changed {
        found.retain(|verdict| verdict.moved.is_some());
    }
    Ok(Listed::of(found, which))
}

/// The current verdict of each organisation on a claim before a size. `known` has what became of the corroboration of some
/// verdicts, so that it is not counted again.
pub fn currents_of_claim(
    session: &Session,
    claim: EntryIndex,
    size: TreeSize,
    known: &[(EntryIndex, Option<Moved>)],
) -> Result<Vec<VerdictStanding>, Error> {
    let view = session.view();
    let reading = Reading::at(&view, size)?;
    let mut all = Vec::new();
    for current in rules::currents(&reading, claim)? {
        let entry = current.entry;
        let known = known.iter().find(|(verdict, _)| *verdict == entry);
        all.extend(match known {
            Some((_, moved)) => with_moved(session, entry, size, moved.clone())?,
            None => verdict_standing(session, entry, size)?,
        });
    }
    Ok(all)
}

/// What other organisations say about the publication of a verdict.
fn others_say(entries: &dyn Entries, standing: &Standing) -> Result<Vec<String>, Error> {
    let mut words = Vec::new();
    for entry in &standing.publications.others_say {
        let key = entries.view().key(&entries.said(*entry)?.key)?;
        let house = key.map_or_else(
            || "another organisation".to_owned(),
            |key| key.organisation.to_string(),
        );
        words.push(format!("{house} says that it was published (#{entry})"));
    }
    Ok(words)
}

/// What holds of any statement, then what holds of verdicts alone; the most important first.
pub fn words(
    entries: &dyn Entries,
    line: &StandingLine,
    standing: &Standing,
    moved: Option<&Moved>,
) -> Result<Vec<Message>, Error> {
    let mut words = Vec::new();
    if let Some(claim) = standing.words_of {
        words.push(format!("for the words of #{claim}"));
    }
    if standing.approval.adopted_without_evidence {
        words.push("without the evidence that its rating needs, because it is adopted".to_owned());
    }
    let publications = &standing.publications;
    if !publications.published.is_empty() && publications.adopted.is_none() {
        words.push("published".to_owned());
    }
    words.extend(others_say(entries, standing)?);
    words.extend(quotations::gone(&standing.quotations));
    for remark in &standing.remarks {
        let (entry, whose) = (remark.entry, &remark.organisation);
        if let Some(by) = remark.withdrawn_by {
            words.push(format!("#{entry} was withdrawn by {whose} in #{by}"));
        } else if let Some(by) = remark.superseded_by {
            words.push(format!("#{entry} was corrected by {whose} in #{by}"));
        } else {
            words.push(format!(
                "{whose} no longer trusts the key that signed #{entry}"
            ));
        }
    }
    if let Some(moved) = moved {
        words.push(moved.words().to_owned());
    }
    let mut all = line.said.clone();
    all.extend(words.into_iter().map(Message::from));
    Ok(all)
}

/// Why a verdict is not approved, in words: what is missing, and which words do not count.
fn lacking(session: &Session, standing: &Standing) -> Result<Vec<String>, Error> {
    said_of(session, standing, standing.approval.lacks.iter().collect())
}

/// The same without what follows from the rest: see [`telling`].
pub fn missing(session: &Session, standing: &Standing) -> Result<Vec<String>, Error> {
    said_of(session, standing, telling(&standing.approval.lacks))
}

fn said_of(
    session: &Session,
    standing: &Standing,
    lacks: Vec<&Lack>,
) -> Result<Vec<String>, Error> {
    let mut said: Vec<String> = lacks.into_iter().map(lack).collect();
    for word in &standing.approval.words {
        if let Some(discount) = word.discount {
            let by = line::by(session, word.entry)?;
            said.push(match discount {
                Discount::Role => {
                    format!(
                        "{by}, who signed #{}, does not have a role that the policy requires",
                        word.entry
                    )
                }
                Discount::Organisation => format!(
                    "#{} by {by} is a remark: the policy does not list their organisation",
                    word.entry
                ),
                Discount::Rejection => format!(
                    "#{} by {by} rejects it; a rejection from a listed organisation takes back its own approval only",
                    word.entry
                ),
                Discount::Conflict => format!(
                    "{by}, who signed #{}, did not declare their interests in the matter",
                    word.entry
                ),
            });
        }
    }
    Ok(said)
}

/// What is missing without what follows from the rest: each approval is by another person, so that a verdict which lacks
/// approvals lacks people as well; and one without any lacks an organisation.
pub fn telling(lacks: &[Lack]) -> Vec<&Lack> {
    let approvals = lacks.iter().find_map(|lack| match lack {
        Lack::Approvals { need, .. } => Some(*need),
        _ => None,
    });
    let follows = |lack: &&Lack| match (approvals, lack) {
        (Some(approvals), Lack::Holders { need, .. }) => *need <= approvals,
        (Some(_), Lack::Organisations { need, .. }) => *need == 1,
        _ => false,
    };
    lacks.iter().filter(|lack| !follows(lack)).collect()
}

/// `needs 1 approval (it has 0)`. "0 of 1 approvals" was read as "nothing is missing".
fn needs(need: u64, thing: &str, have: u64) -> String {
    format!("needs {} (it has {have})", counted(need, thing))
}

fn approvals_of(who: &str, have: u64) -> String {
    format!("needs approvals of {who} (it has those of {have})")
}

/// What is missing for an approval, in words.
pub fn lack(lack: &Lack) -> String {
    match lack {
        Lack::NoPolicy => "its organisation has no policy".to_owned(),
        Lack::ScaleDistrusted => "its scale was set by a key that is no longer trusted".to_owned(),
        Lack::Rejected { by } => format!("#{by} rejects it"),
        Lack::Approvals { have, need } => needs(*need, "approval", *have),
        Lack::Holders { have, need } => {
            let who = if *need == 1 { "person" } else { "people" };
            approvals_of(&format!("{need} {who}"), *have)
        }
        Lack::Organisations { have, need } => approvals_of(&counted(*need, "organisation"), *have),
        Lack::AuthorsConflict => {
            "its author did not declare their interests in the matter".to_owned()
        }
        Lack::Evidence { side } => {
            let side = match side {
                Needs::Refutation => "against",
                Needs::Support | Needs::Neither => "for",
            };
            format!("it rests on no evidence {side} the claim, which its rating needs")
        }
        Lack::Origins {
            side,
            have,
            need,
            cannot_tell,
        } => {
            let have = have.map_or_else(|| "an unknown number".to_owned(), |have| have.to_string());
            let tail = if *cannot_tell {
                "; untraced origins may fill the gap, but this cannot be decided"
            } else {
                ""
            };
            format!(
                "needs {} for {side} (it has {have}){tail}",
                counted(*need, "traced origin")
            )
        }
    }
}
