//! The screen of a verdict: for which words, the rating and what it means, why, from what, signed by whom, and what has
//! changed since.

use super::claim::ClaimantsShown;
use super::conclusion::{self, Conclusion};
use super::evidence::{self, EvidenceShown};
use super::form::{self, ClaimForm, Corrects};
use super::kind::{self, ClaimKind};
use super::objections::{self, Objection};
use super::opinion::{self, Interests, Opinion};
use super::pages::{AsOfEntry, Pages, SignedBy};
use super::publication::{self, Publication};
use super::rating::{self, RatingShown};
use super::since::{self, ChangedBeneath};
use super::source_line::{self, SourceLine};
use crate::app::Error;
use crate::app::read::corroboration;
use crate::app::read::moved::{self, Moved};
use crate::app::read::standing;
use crate::app::read::standing_line::StandingLine;
use crate::app::read::theirs::{perhaps, theirs};
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::model::Body;
use claimledger_core::model::evidence::Stance;
use claimledger_core::model::verdict::{Contact, Verdict};
use claimledger_core::rules::ApprovalOutcome;
use claimledger_core::rules::{self, Counting, Reading};
use claimledger_core::{EntryIndex, Message};
use serde::Serialize;
use std::collections::BTreeSet;

/// A verdict.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct VerdictScreen {
    /// Its entry.
    pub entry: EntryIndex,
    /// Its label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The claim that it names, with the words that were signed for.
    pub claim: ClaimForm,
    /// What kind of claim it is.
    #[serde(flatten)]
    pub kind: Option<ClaimKind>,
    /// Who made the claim.
    pub claimants: ClaimantsShown,
    /// If the claim was corrected: its words now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim_now: Option<ClaimForm>,
    /// Whether the verdict holds for the words now.
    pub holds_for_words_now: bool,
    /// Whose verdict it is.
    pub organisation: String,
    /// The name that this organisation gave itself last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation_title: Option<Foreign>,
    /// The rating, with its meaning and scale.
    pub rating: RatingShown,
    /// Why.
    pub reasons: Foreign,
    /// What could not be found out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limits: Option<Foreign>,
    /// What it corrects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrects: Option<Corrects>,
    /// The entry of the review that it adopts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adopts: Option<EntryIndex>,
    /// Who signed it.
    pub by: SignedBy,
    /// The interests of its author.
    pub interests: Interests,
    /// How it stands.
    pub standing: StandingLine,
    /// The same in words, with what holds of verdicts alone; the most important first.
    pub in_words: Vec<Message>,
    /// As of which entry, if not now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<AsOfEntry>,
    /// Whether it is the current verdict of its organisation on its claim, as that is worded now.
    pub current: bool,
    /// Whether it is so on the words that it names.
    pub current_for_its_words: bool,
    /// Why it is not approved.
    pub missing: Vec<String>,
    /// The evidence that it rests on, in force or not.
    pub evidence: Vec<EvidenceShown>,
    /// Evidence in force on this claim that it does not name; what speaks against the claim comes first.
    pub not_named: Vec<EvidenceShown>,
    /// Whether the claimant was asked.
    pub contact: ContactShown,
    /// The corroboration when it was signed; absent if it was not computed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corroboration_then: Option<Message>,
    /// The corroboration now, if it is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corroboration_now: Option<Message>,
    /// What became of the numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved: Option<Moved>,
    /// What others signed about it.
    pub opinions: Vec<Opinion>,
    /// Where it was published, and who says so.
    pub publications: Vec<Publication>,
    /// The objections to it.
    pub objections: Vec<Objection>,
    /// The unsettled objections to what it rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub objections_beneath: Vec<Objection>,
    /// What it rests on and what has changed since it was signed.
    pub changed: Vec<ChangedBeneath>,
    /// Other verdicts in force on the same claim.
    pub other_verdicts: Vec<Conclusion>,
}

impl VerdictScreen {
    /// Whether it waits for approval: then it is what a person proposes, not what the organisation says.
    pub fn is_proposal(&self) -> bool {
        let facts = &self.standing.facts;
        facts.approval == Some(ApprovalOutcome::Unapproved) && !facts.is_concluded()
    }

    /// The objections to it and to what it rests on that were accepted and are not settled: `objection #26`.
    pub fn accepted_objections(&self) -> Vec<String> {
        let facts = &self.standing.facts;
        let own = facts.objections.iter().filter(|one| one.is_due());
        let beneath = facts.objections_beneath.iter().filter(|one| one.is_due());
        let due = own.chain(beneath.map(|one| &one.objection));
        due.map(|one| format!("objection #{}", one.dispute))
            .collect()
    }
}

/// Whether the claimant was asked.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum ContactShown {
    /// The verdict does not say.
    NotSaid,
    /// They were not asked, for this reason.
    NotAsked(Foreign),
    /// They were asked on that day, and did not reply.
    NoReply(String),
    /// They were asked on that day, and replied.
    Replied(String, Box<SourceLine>),
}

/// The screen of the verdict of an entry.
#[expect(
    clippy::too_many_lines,
    reason = "one line for each field of the screen"
)]
pub fn screen(
    pages: &Pages<'_>,
    entry: EntryIndex,
    verdict: &Verdict,
) -> Result<VerdictScreen, Error> {
    let reading = pages.reading();
    let fact = pages.fact(entry)?;
    let organisation = fact.by.organisation;
    let counting = counting(pages, entry, organisation)?;
    let claim = pages.place(&verdict.claim)?;
    let claimants = match &pages.said(claim)?.body {
        Body::ClaimAdd(said) => ClaimantsShown::from(&said.claimants),
        _ => ClaimantsShown::Unknown,
    };
    let newest = reading.last_form(claim)?;
    let named = pages.places(&verdict.evidence)?;
    let named: BTreeSet<EntryIndex> = named.into_iter().collect();
    let mut not_named = evidence::about(pages, claim, &counting)?;
    not_named.retain(|one| !named.contains(&one.entry) && one.is_live());
    not_named.sort_by_key(|one| (one.stance != Stance::Refutes, one.stance, one.entry));
    let judged = rules::standing(reading, entry)?;
    let current = match &judged {
        Some(judged) => Some(rules::currency(reading, judged)?),
        None => None,
    };
    let moved = moved::moved(pages.entries, entry, pages.size())?;
    let seen = pages.said(entry)?.seen;
    let corroboration_then = match seen {
        Some(seen) => {
            corroboration::sentence_of(pages.entries, verdict, seen.size, (organisation, entry))?
        }
        None => None,
    };
    let corroboration_now = match &moved {
        Some(_) => Some(corroboration::sentence(
            pages.entries,
            reading,
            claim,
            &counting,
            None,
        )?),
        None => None,
    };
    let mut other_verdicts = Vec::new();
    for other in rules::verdicts(reading, claim)? {
        if other.entry != entry && other.holds() {
            other_verdicts.extend(conclusion::shown(pages, &other)?);
        }
    }
    let line = pages.stands(entry)?;
    let in_words = match &judged {
        Some(judged) => standing::words(pages.entries, &line, judged, moved.as_ref())?,
        None => line.said.clone(),
    };
    let house = pages.organisation(organisation)?;
    Ok(VerdictScreen {
        entry,
        label: pages.named(entry)?.label,
        claim: form::form(pages, claim)?.ok_or_else(|| no_claim(pages, claim))?,
        kind: kind::of(pages, claim)?,
        claimants,
        claim_now: if newest == claim {
            None
        } else {
            form::form(pages, newest)?
        },
        holds_for_words_now: rules::verdict_follows(reading, organisation, claim, newest)?,
        organisation_title: match house.parse() {
            Ok(slug) => pages.entries.title(&slug)?,
            Err(_) => None,
        },
        organisation: house,
        rating: rating::shown(pages, &verdict.scale, &verdict.rating)?,
        reasons: theirs(&verdict.reasons),
        limits: perhaps(verdict.limits.as_ref()),
        corrects: form::corrects(pages, verdict.correction.as_ref())?,
        adopts: verdict.adopts.map(|id| pages.place(&id)).transpose()?,
        by: pages.signed(entry)?,
        interests: Interests::from(verdict.conflict.as_ref()),
        as_of: pages.as_of()?,
        current: current.is_some_and(|current| current.now),
        current_for_its_words: current.is_some_and(|current| current.for_its_words),
        missing: match &judged {
            Some(judged) => standing::telling(&judged.approval.lacks)
                .into_iter()
                .map(standing::lack)
                .collect(),
            None => Vec::new(),
        },
        evidence: evidence::all(pages, named, &counting)?,
        not_named,
        contact: contact(pages, verdict.contact.as_ref())?,
        corroboration_then,
        corroboration_now,
        moved,
        opinions: opinion::on(pages, entry)?,
        publications: publication::of(pages, entry)?,
        objections: objections::to(pages, entry)?,
        objections_beneath: objections::beneath(pages, &line)?,
        changed: match &judged {
            Some(judged) => since::beneath(pages, judged)?,
            None => Vec::new(),
        },
        other_verdicts,
        standing: line,
        in_words,
    })
}

/// Whose statements count for a verdict: by the policy at the head that its author had seen.
fn counting(
    pages: &Pages<'_>,
    entry: EntryIndex,
    organisation: EntryIndex,
) -> Result<Counting, Error> {
    if let Some(counting) = corroboration::counting_of(pages.reading(), entry)? {
        return Ok(counting);
    }
    Counting::at(
        &Reading::at(pages.reading().view(), pages.size())?,
        organisation,
    )
}

fn contact(pages: &Pages<'_>, contact: Option<&Contact>) -> Result<ContactShown, Error> {
    Ok(match contact {
        None => ContactShown::NotSaid,
        Some(Contact::NotAsked(why)) => ContactShown::NotAsked(theirs(why)),
        Some(Contact::Asked(asked)) => match &asked.reply {
            None => ContactShown::NoReply(asked.on.to_string()),
            Some(reply) => {
                let reply = source_line::shown(pages, pages.place(reply)?)?;
                ContactShown::Replied(asked.on.to_string(), Box::new(reply))
            }
        },
    })
}

fn no_claim(pages: &Pages<'_>, entry: EntryIndex) -> Error {
    crate::ledger::Error::NotFound {
        name: entry.to_string(),
        size: pages.size(),
    }
    .into()
}
