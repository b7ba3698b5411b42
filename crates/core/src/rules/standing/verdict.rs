//! The standing of a verdict as of a size, and which verdict of a claim is current for each organisation. Both follow from the log alone.

use super::approval::{self, Approval, ApprovalOutcome};
use super::as_of::Reading;
use super::wording;
use crate::encoding::name::Slug;
use crate::model::StatementId;
use crate::model::dispute;
use crate::rules::backlinks::Link;
use crate::rules::statement::{Says, StatementFact, VerdictFact};
use crate::rules::view::View;
use crate::tlog::EntryIndex;
use serde::Serialize;
use std::collections::BTreeMap;

/// A dispute of a verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Disputed {
    /// Its entry.
    pub dispute: EntryIndex,
    /// The entry of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<EntryIndex>,
    /// How it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<dispute::Outcome>,
}

/// The standing of a verdict. Entries are named by number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Standing {
    /// Its entry.
    pub entry: EntryIndex,
    /// Its id.
    pub id: StatementId,
    /// Its claim's entry.
    pub claim: EntryIndex,
    /// That claim, if it was corrected so that the verdict does not follow: the verdict stands for these words alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words_of: Option<EntryIndex>,
    /// Its rating.
    pub rating: Slug,
    /// The author's organisation, by the entry that first named it.
    pub organisation: EntryIndex,
    /// Whether it is approved, and why not.
    pub approval: Approval,
    /// Where it was published.
    pub published: Vec<EntryIndex>,
    /// The approved verdict that replaced it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub superseded_by: Option<EntryIndex>,
    /// A correction of it that waits for approval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correction_pending: Option<EntryIndex>,
    /// Its withdrawal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawn_by: Option<EntryIndex>,
    /// Whether its signature is distrusted.
    pub distrusted: bool,
    /// Disputes of it, oldest first.
    pub disputes: Vec<Disputed>,
    /// What it rests on and what has since been corrected, withdrawn or distrusted: its claim, evidence, sources.
    pub changed_beneath: Vec<EntryIndex>,
}

impl Standing {
    /// Whether a dispute waits for an answer.
    pub fn is_disputed(&self) -> bool {
        self.disputes.iter().any(|d| d.answer.is_none())
    }

    /// Whether it is in force and no approved verdict has replaced it.
    pub fn holds(&self) -> bool {
        self.withdrawn_by.is_none() && !self.distrusted && self.superseded_by.is_none()
    }
}

/// The standing of the verdict in entry `index`; none if that entry is not a verdict or comes after this size.
pub fn standing<V: View>(
    reading: &Reading<'_, V>,
    index: EntryIndex,
) -> Result<Option<Standing>, V::Error> {
    let Some(fact) = reading.entry(index)? else {
        return Ok(None);
    };
    let Says::Verdict(verdict) = &fact.says else {
        return Ok(None);
    };
    let (superseded_by, correction_pending) = successors(reading, index)?;
    let mut published = Vec::new();
    for publication in reading.under(index, Link::Publication)? {
        if reading.is_trusted(&publication)? {
            published.push(publication.index);
        }
    }
    Ok(Some(Standing {
        entry: index,
        id: fact.id,
        claim: verdict.claim,
        words_of: words_of(reading, &fact, verdict)?,
        rating: verdict.rating.clone(),
        organisation: fact.by.organisation,
        approval: approval::judge(reading, &fact, verdict)?,
        published,
        superseded_by,
        correction_pending,
        withdrawn_by: reading.withdrawn_by(index)?,
        distrusted: !reading.is_trusted(&fact)?,
        disputes: disputes(reading, index)?,
        changed_beneath: changed_beneath(reading, verdict)?,
    }))
}

/// The claim of a verdict, if the claim's newest form is another claim for it.
fn words_of<V: View>(
    reading: &Reading<'_, V>,
    fact: &StatementFact,
    verdict: &VerdictFact,
) -> Result<Option<EntryIndex>, V::Error> {
    let Some(newest) = reading.newest(verdict.claim)? else {
        return Ok(None);
    };
    let follows = wording::verdict_follows(reading, fact.by.organisation, verdict.claim, newest)?;
    Ok((!follows).then_some(verdict.claim))
}

/// The first approved verdict after this one; if there is none, the newest one that may still be approved.
fn successors<V: View>(
    reading: &Reading<'_, V>,
    index: EntryIndex,
) -> Result<(Option<EntryIndex>, Option<EntryIndex>), V::Error> {
    let mut last = index;
    let mut pending = None;
    while let Some(next) = reading.successor(last)? {
        last = next.index;
        match outcome(reading, &next)? {
            ApprovalOutcome::Approved => return Ok((Some(last), None)),
            ApprovalOutcome::Unapproved => pending = Some(last),
            ApprovalOutcome::Rejected => pending = None,
        }
    }
    Ok((None, pending))
}

fn outcome<V: View>(
    reading: &Reading<'_, V>,
    fact: &StatementFact,
) -> Result<ApprovalOutcome, V::Error> {
    match &fact.says {
        Says::Verdict(verdict) => Ok(approval::judge(reading, fact, verdict)?.outcome),
        _ => Ok(ApprovalOutcome::Unapproved),
    }
}

/// The trusted disputes of a statement, oldest first, each with its trusted answer.
pub fn disputes<V: View>(
    reading: &Reading<'_, V>,
    index: EntryIndex,
) -> Result<Vec<Disputed>, V::Error> {
    let mut found = Vec::new();
    for dispute in reading.under(index, Link::Dispute)? {
        if !reading.is_trusted(&dispute)? {
            continue;
        }
        let mut disputed = Disputed {
            dispute: dispute.index,
            answer: None,
            outcome: None,
        };
        for answer in reading.under(dispute.index, Link::Answer)? {
            if let Says::Answer { outcome, .. } = answer.says
                && reading.is_trusted(&answer)?
            {
                disputed.answer = Some(answer.index);
                disputed.outcome = Some(outcome);
            }
        }
        found.push(disputed);
    }
    Ok(found)
}

/// A verdict stays tied to what its author signed; this lists what has changed since.
fn changed_beneath<V: View>(
    reading: &Reading<'_, V>,
    verdict: &VerdictFact,
) -> Result<Vec<EntryIndex>, V::Error> {
    let mut changed = Vec::new();
    if !reading.is_live(verdict.claim)? {
        changed.push(verdict.claim);
    }
    for evidence in &verdict.evidence {
        if !reading.is_live(*evidence)? {
            changed.push(*evidence);
        }
        if let Some(fact) = reading.entry(*evidence)?
            && let Says::Evidence {
                source: Some(source),
                ..
            } = fact.says
            && !reading.is_live(source)?
        {
            changed.push(source);
        }
    }
    changed.sort_unstable();
    changed.dedup();
    Ok(changed)
}

/// Every verdict about this form of a claim, oldest first: those that name it, and those that name another form and follow
/// the corrections between the two.
pub fn verdicts<V: View>(
    reading: &Reading<'_, V>,
    claim: EntryIndex,
) -> Result<Vec<Standing>, V::Error> {
    let mut indices = Vec::new();
    for form in reading.same_claim(claim)? {
        for fact in reading.under(form, Link::Verdict)? {
            if wording::verdict_follows(reading, fact.by.organisation, form, claim)? {
                indices.push(fact.index);
            }
        }
    }
    indices.sort_unstable();
    let mut all = Vec::new();
    for index in indices {
        all.extend(standing(reading, index)?);
    }
    Ok(all)
}

/// The current verdict of an organisation (by the entry that first named it) about a form of a claim.
///
/// It is the newest approved verdict in force. If none is approved, it is the newest one that waits for approval; but
/// if that one corrects a verdict that is still in force, it is the corrected one. A rejected verdict is never
/// current.
pub fn current<V: View>(
    reading: &Reading<'_, V>,
    claim: EntryIndex,
    organisation: EntryIndex,
) -> Result<Option<Standing>, V::Error> {
    let all = currents(reading, claim)?;
    Ok(all.into_iter().find(|one| one.organisation == organisation))
}

/// The current verdict of each organisation that has one, by the entry that first named the organisation.
pub fn currents<V: View>(
    reading: &Reading<'_, V>,
    claim: EntryIndex,
) -> Result<Vec<Standing>, V::Error> {
    let mut best: BTreeMap<EntryIndex, Standing> = BTreeMap::new();
    for candidate in verdicts(reading, claim)? {
        let approved = candidate.approval.outcome == ApprovalOutcome::Approved;
        let rejected = candidate.approval.outcome == ApprovalOutcome::Rejected;
        if rejected || !candidate.holds() {
            continue;
        }
        if !approved && corrects_one_that_stands(reading, candidate.entry)? {
            continue;
        }
        let before = best.get(&candidate.organisation);
        let before = before.is_some_and(|best| best.approval.outcome == ApprovalOutcome::Approved);
        if approved || !before {
            best.insert(candidate.organisation, candidate);
        }
    }
    Ok(best.into_values().collect())
}

/// Whether an unapproved verdict corrects an earlier one that is not itself rejected.
fn corrects_one_that_stands<V: View>(
    reading: &Reading<'_, V>,
    index: EntryIndex,
) -> Result<bool, V::Error> {
    let mut at = reading.entry(index)?;
    while let Some(correction) = at.and_then(|fact| fact.correction) {
        at = reading.entry(correction.supersedes)?;
        if let Some(fact) = &at
            && reading.stands(fact.index)?
            && outcome(reading, fact)? != ApprovalOutcome::Rejected
        {
            return Ok(true);
        }
    }
    Ok(false)
}
