//! The standing of a verdict as of a size, and which verdict of a claim is current. Both follow from the log alone.

use super::approval::{self, Approval, ApprovalOutcome};
use super::as_of::Reading;
use super::objection::{self, Disputed};
use super::publication::{self, Publications};
use crate::encoding::name::Slug;
use crate::model::StatementId;
use crate::rules::backlinks::Link;
use crate::rules::statement::{Says, StatementFact, VerdictFact};
use crate::rules::view::View;
use crate::tlog::EntryIndex;
use serde::Serialize;

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
    /// Its rating.
    pub rating: Slug,
    /// The author's organisation, by the entry that first named it.
    pub organisation: EntryIndex,
    /// Whether it is approved, and why not.
    pub approval: Approval,
    /// Where it was published, and who says so.
    #[serde(flatten)]
    pub publications: Publications,
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
    /// Disputes of it that stand, oldest first.
    pub disputes: Vec<Disputed>,
    /// How many disputes were opened to earlier forms of it after those had been replaced; only on the newest approved
    /// form.
    #[serde(skip_serializing_if = "is_zero")]
    pub disputes_of_earlier_forms: u64,
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

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_zero(count: &u64) -> bool {
    *count == 0
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
    let approval = approval::judge(reading, &fact, verdict)?;
    let newest = superseded_by.is_none() && approval.outcome == ApprovalOutcome::Approved;
    Ok(Some(Standing {
        entry: index,
        id: fact.id,
        claim: verdict.claim,
        rating: verdict.rating.clone(),
        organisation: fact.by.organisation,
        approval,
        publications: publication::publications(reading, &fact, verdict)?,
        superseded_by,
        correction_pending,
        withdrawn_by: reading.withdrawn_by(index)?,
        distrusted: !reading.is_trusted(&fact)?,
        disputes: objection::disputes(reading, index)?,
        disputes_of_earlier_forms: match newest {
            true => objection::to_replaced_forms(reading, &fact)?,
            false => 0,
        },
        changed_beneath: changed_beneath(reading, verdict)?,
    }))
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

/// Every verdict of a claim in all its wordings, oldest first.
pub fn verdicts<V: View>(
    reading: &Reading<'_, V>,
    claim: EntryIndex,
) -> Result<Vec<Standing>, V::Error> {
    let mut indices = Vec::new();
    for wording in reading.same_claim(claim)? {
        let found = reading.under(wording, Link::Verdict)?;
        indices.extend(found.iter().map(|fact| fact.index));
    }
    indices.sort_unstable();
    let mut all = Vec::new();
    for index in indices {
        all.extend(standing(reading, index)?);
    }
    Ok(all)
}

/// The current verdict of a claim; of one organisation (by the entry that first named it), or of any.
///
/// It is the newest approved verdict in force. If none is approved, it is the newest one that waits for approval; but
/// if that one corrects a verdict that is still in force, it is the corrected one. If all that wait are adopted, it is
/// the one that was published last: an archive may come in in any order. A rejected verdict is never current.
pub fn current<V: View>(
    reading: &Reading<'_, V>,
    claim: EntryIndex,
    organisation: Option<EntryIndex>,
) -> Result<Option<Standing>, V::Error> {
    let mut approved: Option<Standing> = None;
    let mut waiting = Vec::new();
    for candidate in verdicts(reading, claim)? {
        let theirs = organisation.is_none_or(|wanted| wanted == candidate.organisation);
        if !theirs || !candidate.holds() {
            continue;
        }
        match candidate.approval.outcome {
            ApprovalOutcome::Rejected => {}
            ApprovalOutcome::Approved => approved = Some(candidate),
            ApprovalOutcome::Unapproved => {
                if !corrects_one_that_stands(reading, candidate.entry)? {
                    waiting.push(candidate);
                }
            }
        }
    }
    Ok(approved.or_else(|| last_of(waiting)))
}

/// The last one by entry; if all are adopted, the one that was published last, and of equals the last by entry.
fn last_of(mut waiting: Vec<Standing>) -> Option<Standing> {
    let published = |standing: &Standing| {
        let adopted = standing.publications.adopted.as_ref();
        adopted.map(|adopted| adopted.published)
    };
    if waiting.iter().all(|one| published(one).is_some()) {
        waiting.sort_by_key(|one| (published(one), one.entry));
    }
    waiting.pop()
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
