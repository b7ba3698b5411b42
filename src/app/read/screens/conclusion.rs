//! What an organisation concluded about a claim, in a few lines: rating, who signed, how it stands, what is missing.

use super::kind::{self, ClaimKind};
use super::objections::{self, Objection};
use super::pages::{EntryNamed, Pages, SignedBy};
use super::rating::{self, RatingShown};
use crate::app::Error;
use crate::app::read::moved::{self, Moved};
use crate::app::read::standing;
use crate::app::read::standing_line::StandingLine;
use crate::app::read::theirs::theirs;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::model::Body;
use claimledger_core::model::attestation::Decision;
use claimledger_core::rules::{self, Standing};
use claimledger_core::{EntryIndex, Message};
use serde::Serialize;

/// A verdict as a conclusion.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Conclusion {
    /// The verdict's entry.
    #[serde(flatten)]
    pub verdict: EntryNamed,
    /// The claim that it names.
    pub claim: EntryIndex,
    /// The words of that claim.
    pub claim_text: Foreign,
    /// What kind of claim it is.
    #[serde(flatten)]
    pub kind: Option<ClaimKind>,
    /// Whose conclusion it is.
    pub organisation: String,
    /// The rating, with its meaning and scale.
    pub rating: RatingShown,
    /// Who signed it.
    pub by: SignedBy,
    /// Whose approvals count.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub approved_by: Vec<SignedBy>,
    /// Whether it is the current verdict of its organisation on this claim, as that is worded now.
    pub current: bool,
    /// Whether it is so on the words that it names.
    pub current_for_its_words: bool,
    /// How it stands.
    pub standing: StandingLine,
    /// The same in words, with what holds of verdicts alone; the most important first.
    pub in_words: Vec<Message>,
    /// What became of its corroboration since it was signed; in words it stands in `inWords`.
    #[serde(skip)]
    pub moved: Option<Moved>,
    /// Where it was published, as its organisation says.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub published: Vec<Foreign>,
    /// Why it is not approved.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// The objections to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub objections: Vec<Objection>,
}

impl Conclusion {
    /// Whether it is what its organisation concluded. What nobody has approved is a proposal.
    pub fn is_concluded(&self) -> bool {
        self.standing.facts.is_concluded()
    }
}

/// The verdicts on this form of a claim: first the current one of each organisation, then the others, newest first.
pub fn on(pages: &Pages<'_>, claim: EntryIndex) -> Result<Vec<Conclusion>, Error> {
    let reading = pages.reading();
    let currents = rules::currents(reading, claim)?;
    let mut others = rules::verdicts(reading, claim)?;
    others.retain(|one| currents.iter().all(|current| current.entry != one.entry));
    others.reverse();
    let mut all = Vec::new();
    for standing in currents.iter().chain(&others) {
        all.extend(shown(pages, standing)?);
    }
    Ok(all)
}

/// The verdicts in force on other forms of a claim that do not hold for this form.
pub fn on_other_words(pages: &Pages<'_>, claim: EntryIndex) -> Result<Vec<Conclusion>, Error> {
    let mut all = Vec::new();
    for entry in rules::about_other_words(pages.reading(), claim)? {
        if let Some(standing) = rules::standing(pages.reading(), entry)?
            && standing.holds()
        {
            all.extend(shown(pages, &standing)?);
        }
    }
    Ok(all)
}

/// The verdicts of these entries, in a few lines each.
pub fn all(
    pages: &Pages<'_>,
    entries: impl IntoIterator<Item = EntryIndex>,
) -> Result<Vec<Conclusion>, Error> {
    let mut all = Vec::new();
    for entry in entries {
        if let Some(judged) = rules::standing(pages.reading(), entry)? {
            all.extend(shown(pages, &judged)?);
        }
    }
    Ok(all)
}

/// A verdict in a few lines; none if the entry is no verdict.
pub fn shown(pages: &Pages<'_>, standing: &Standing) -> Result<Option<Conclusion>, Error> {
    let entry = standing.entry;
    let said = pages.said(entry)?;
    let Body::VerdictIssue(verdict) = &said.body else {
        return Ok(None);
    };
    let moved = moved::moved(pages.entries, entry, pages.size())?;
    let line = pages.stands(entry)?;
    let current = rules::currency(pages.reading(), standing)?;
    Ok(Some(Conclusion {
        in_words: standing::words(pages.entries, &line, standing, moved.as_ref())?,
        verdict: pages.named(entry)?,
        claim: standing.claim,
        claim_text: match &pages.said(standing.claim)?.body {
            Body::ClaimAdd(claim) => theirs(&claim.text),
            _ => Foreign::default(),
        },
        organisation: pages.organisation(standing.organisation)?,
        rating: rating::shown(pages, &verdict.scale, &verdict.rating)?,
        by: pages.signed(entry)?,
        approved_by: approved_by(pages, standing)?,
        kind: kind::of(pages, standing.claim)?,
        current: current.now,
        current_for_its_words: current.for_its_words,
        standing: line,
        moved,
        published: addresses(pages, standing)?,
        missing: standing::telling(&standing.approval.lacks)
            .into_iter()
            .map(standing::lack)
            .collect(),
        objections: objections::to(pages, entry)?,
    }))
}

fn approved_by(pages: &Pages<'_>, standing: &Standing) -> Result<Vec<SignedBy>, Error> {
    let words = standing.approval.words.iter();
    let counts = words.filter(|word| word.decision == Decision::Approve && word.discount.is_none());
    counts.map(|word| pages.signed(word.entry)).collect()
}

fn addresses(pages: &Pages<'_>, standing: &Standing) -> Result<Vec<Foreign>, Error> {
    let mut found = Vec::new();
    for entry in &standing.publications.published {
        if let Body::VerdictPublish(publish) = &pages.said(*entry)?.body {
            found.push(publish.url.as_str().into());
        }
    }
    Ok(found)
}
