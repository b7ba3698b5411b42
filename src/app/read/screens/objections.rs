//! Objections to a statement: whether each is open, upheld, upheld in part or rejected, by whom and when.

use super::evidence::{self, EvidenceShown};
use super::pages::{EntryNamed, Pages, SignedBy};
use super::since::first_words;
use crate::app::Error;
use crate::app::read::standing_line::{StandingLine, utc};
use crate::app::read::theirs::theirs;
use crate::app::terms::ended;
use claimledger_core::EntryIndex;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::model::Body;
use claimledger_core::model::dispute::{Grounds, Outcome};
use claimledger_core::model::verdict::Verdict;
use claimledger_core::rules::Counting;
use claimledger_core::rules::standing::objection::{self, Disputed};
use serde::Serialize;
use std::collections::BTreeSet;

/// An objection with its answers.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Objection {
    /// Its entry.
    pub entry: EntryIndex,
    /// Its label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The entry that it objects to.
    pub to: EntryIndex,
    /// On which grounds.
    pub grounds: Grounds,
    /// The objection.
    pub note: Foreign,
    /// Who objected.
    pub by: SignedBy,
    /// Whether it still stands: it was not withdrawn, and its key is trusted.
    pub stands: bool,
    /// How it ended; absent while it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// The answer that ended it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<AnswerShown>,
    /// Replies, which end nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub replies: Vec<AnswerShown>,
    /// If it was upheld: the correction or withdrawal that settled it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settled: Option<EntryIndex>,
    /// If a correction is due: by which day, in UTC; absent if the policy sets no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
}

/// An answer to an objection.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AnswerShown {
    /// Who answered.
    pub by: SignedBy,
    /// The answer.
    pub note: Foreign,
    /// Whether the author of the disputed statement said it.
    pub by_author: bool,
}

impl Objection {
    /// Whether a correction is due.
    pub fn is_due(&self) -> bool {
        let upheld = matches!(self.outcome, Some(Outcome::Upheld | Outcome::PartlyUpheld));
        self.stands && upheld && self.settled.is_none()
    }

    /// `open`, `accepted`, `accepted in part`, `rejected`, or `no longer stands`.
    pub const fn state(&self) -> &'static str {
        if !self.stands {
            return "no longer stands";
        }
        match self.outcome {
            None | Some(Outcome::Reply) => "open",
            Some(outcome) => ended(outcome),
        }
    }

    /// What follows from it: `#12 must be corrected by 2026-04-01 (UTC)`, `settled by #14`. Nothing, if it is open or was
    /// rejected.
    pub fn follows(&self) -> Option<String> {
        if let Some(by) = self.settled {
            return Some(format!("settled by #{by}"));
        }
        self.is_due().then(|| match &self.due {
            Some(day) => format!("#{} must be corrected by {}", self.to, utc(day)),
            None => format!("#{} must be corrected", self.to),
        })
    }
}

/// The screen of an objection: what it objects to, and the evidence for it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ObjectionScreen {
    /// The objection and its answers.
    #[serde(flatten)]
    pub objection: Objection,
    /// The statement that it objects to.
    pub target: EntryNamed,
    /// The first words of that statement.
    pub target_words: Foreign,
    /// How that statement stands.
    pub target_standing: StandingLine,
    /// The evidence for the objection.
    pub evidence: Vec<EvidenceShown>,
    /// How the objection stands.
    pub standing: StandingLine,
}

/// The screen of the objection of an entry; none if it is no objection.
pub fn screen(pages: &Pages<'_>, dispute: EntryIndex) -> Result<Option<ObjectionScreen>, Error> {
    let Some(objection) = one(pages, dispute)? else {
        return Ok(None);
    };
    let said = pages.said(dispute)?;
    let named = match &said.body {
        Body::DisputeOpen(open) => open.evidence.clone(),
        _ => Vec::new(),
    };
    let named = pages.places(&named)?;
    let counting = Counting::at(pages.reading(), pages.fact(dispute)?.by.organisation)?;
    Ok(Some(ObjectionScreen {
        target: pages.named(objection.to)?,
        target_words: first_words(pages, objection.to)?,
        target_standing: pages.stands(objection.to)?,
        evidence: evidence::all(pages, named, &counting)?,
        standing: pages.stands(dispute)?,
        objection,
    }))
}

/// The objections to an entry that stand, oldest first.
pub fn to(pages: &Pages<'_>, entry: EntryIndex) -> Result<Vec<Objection>, Error> {
    let mut all = Vec::new();
    for disputed in objection::disputes(pages.reading(), entry)? {
        all.extend(shown(pages, entry, &disputed, true)?);
    }
    Ok(all)
}

/// The unsettled objections to what a verdict rests on, by the entry that they are to.
pub fn beneath(pages: &Pages<'_>, standing: &StandingLine) -> Result<Vec<Objection>, Error> {
    let mut all = Vec::new();
    for beneath in &standing.facts.objections_beneath {
        all.extend(shown(pages, beneath.on, &beneath.objection, true)?);
    }
    Ok(all)
}

/// The same for a verdict that is not signed yet: to its claim, its evidence, and the sources of that.
pub fn beneath_draft(pages: &Pages<'_>, verdict: &Verdict) -> Result<Vec<Objection>, Error> {
    let mut on = BTreeSet::from([pages.place(&verdict.claim)?]);
    for evidence in pages.places(&verdict.evidence)? {
        on.insert(evidence);
        on.extend(pages.fact(evidence)?.says.rests_on());
    }
    let mut all = Vec::new();
    for entry in on {
        for disputed in objection::disputes(pages.reading(), entry)? {
            if disputed.is_unsettled() {
                all.extend(shown(pages, entry, &disputed, true)?);
            }
        }
    }
    Ok(all)
}

/// One objection, whether it stands or not; none if the entry is no objection.
pub fn one(pages: &Pages<'_>, dispute: EntryIndex) -> Result<Option<Objection>, Error> {
    let said = pages.said(dispute)?;
    let Body::DisputeOpen(open) = &said.body else {
        return Ok(None);
    };
    let target = pages.place(&open.target)?;
    let standing = objection::disputes(pages.reading(), target)?;
    let found = standing.iter().find(|found| found.dispute == dispute);
    let fallen = Disputed {
        dispute,
        form: None,
        answer: None,
        outcome: None,
        replies: Vec::new(),
        settled: None,
        due: None,
    };
    shown(pages, target, found.unwrap_or(&fallen), found.is_some())
}

fn shown(
    pages: &Pages<'_>,
    target: EntryIndex,
    disputed: &Disputed,
    stands: bool,
) -> Result<Option<Objection>, Error> {
    let said = pages.said(disputed.dispute)?;
    let Body::DisputeOpen(open) = &said.body else {
        return Ok(None);
    };
    let to = disputed.form.unwrap_or(target);
    let author = pages.fact(to)?.by;
    let answered = |entry: EntryIndex| -> Result<AnswerShown, Error> {
        let said = pages.said(entry)?;
        let note = match &said.body {
            Body::DisputeAnswer(answer) => theirs(&answer.note),
            _ => Foreign::default(),
        };
        Ok(AnswerShown {
            by: pages.signed(entry)?,
            note,
            by_author: pages.fact(entry)?.by.is_person(&author),
        })
    };
    let replies = disputed.replies.iter().map(|entry| answered(*entry));
    Ok(Some(Objection {
        entry: disputed.dispute,
        label: pages.named(disputed.dispute)?.label,
        to,
        grounds: open.grounds,
        note: theirs(&open.note),
        by: pages.signed(disputed.dispute)?,
        stands,
        outcome: disputed.outcome,
        answer: disputed.answer.map(answered).transpose()?,
        replies: replies.collect::<Result<_, _>>()?,
        settled: disputed.settled,
        due: disputed.due.as_ref().map(ToString::to_string),
    }))
}
