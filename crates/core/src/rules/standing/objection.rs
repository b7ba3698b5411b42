//! Objections to a statement: whether they were answered, and what became of the upheld ones. Queries, never rules.

use super::approval::{self, ApprovalOutcome};
use super::as_of::Reading;
use super::in_force;
use crate::encoding::time::{Instant, PartialDate};
use crate::model::dispute::Outcome;
use crate::rules::backlinks::Link;
use crate::rules::statement::{Says, StatementFact};
use crate::rules::view::View;
use crate::tlog::{EntryIndex, TreeSize};
use serde::Serialize;

/// An objection that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Disputed {
    /// Its entry.
    pub dispute: EntryIndex,
    /// The earlier form that it was opened to, after this one had replaced that form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<EntryIndex>,
    /// The entry of the answer that ends it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<EntryIndex>,
    /// How it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// Replies, which end nothing, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub replies: Vec<EntryIndex>,
    /// If it was upheld: the correction or withdrawal that settled it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settled: Option<EntryIndex>,
    /// If it was upheld and is not settled: the day by which the correction is due, in UTC; absent if the policy in
    /// force at the answer sets no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<PartialDate>,
}

impl Disputed {
    /// Whether it was upheld, wholly or in part, and nothing that stands settles it.
    pub fn is_due(&self) -> bool {
        let upheld = matches!(self.outcome, Some(Outcome::Upheld | Outcome::PartlyUpheld));
        upheld && self.settled.is_none()
    }

    /// Whether it has no answer, or it was upheld and nothing settles it.
    pub fn is_unsettled(&self) -> bool {
        self.outcome.is_none() || self.is_due()
    }
}

/// The first answer that ends a dispute and stands, with its outcome. A reply ends nothing.
pub fn answer_of<V: View>(
    reading: &Reading<'_, V>,
    dispute: EntryIndex,
) -> Result<Option<(EntryIndex, Outcome)>, V::Error> {
    for answer in reading.under(dispute, Link::Answer)? {
        if let Says::Answer { outcome, .. } = answer.says
            && outcome != Outcome::Reply
            && reading.stands(answer.index)?
        {
            return Ok(Some((answer.index, outcome)));
        }
    }
    Ok(None)
}

/// The objections to a statement that stand, oldest first. The newest form of a statement also has those that were opened
/// to an earlier form after that had been replaced.
pub fn disputes<V: View>(
    reading: &Reading<'_, V>,
    index: EntryIndex,
) -> Result<Vec<Disputed>, V::Error> {
    let Some(target) = reading.entry(index)? else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for dispute in standing(reading, index)? {
        found.push(disputed(reading, &target, dispute, None)?);
    }
    let now = reading.size();
    // It has the place of what it corrects, and no later form has taken its own.
    if target.correction.is_some()
        && took_place(reading, &target, now)?
        && !is_replaced(reading, index, now)?
    {
        found.extend(to_replaced_forms(reading, &target)?);
        found.sort_by_key(|disputed| disputed.dispute);
    }
    Ok(found)
}

fn disputed<V: View>(
    reading: &Reading<'_, V>,
    target: &StatementFact,
    dispute: EntryIndex,
    form: Option<EntryIndex>,
) -> Result<Disputed, V::Error> {
    let answer = answer_of(reading, dispute)?;
    let mut disputed = Disputed {
        dispute,
        form,
        answer: answer.map(|(index, _)| index),
        outcome: answer.map(|(_, outcome)| outcome),
        replies: replies(reading, dispute)?,
        settled: None,
        due: None,
    };
    if disputed.is_due() {
        disputed.settled = settled_by(reading, target, dispute)?;
    }
    if let Some((answer, _)) = answer
        && disputed.is_due()
    {
        disputed.due = due(reading, target, answer)?;
    }
    Ok(disputed)
}

/// The objections that were opened to earlier forms of this statement after those had been replaced. Each shows on the
/// form that it was opened to, and on the newest one.
fn to_replaced_forms<V: View>(
    reading: &Reading<'_, V>,
    newest: &StatementFact,
) -> Result<Vec<Disputed>, V::Error> {
    let mut found = Vec::new();
    let mut correction = newest.correction;
    while let Some(superseding) = correction {
        let Some(form) = reading.entry(superseding.supersedes)? else {
            break;
        };
        for dispute in standing(reading, form.index)? {
            if is_replaced(reading, form.index, dispute.size_before())? {
                found.push(disputed(reading, &form, dispute, Some(form.index))?);
            }
        }
        correction = form.correction;
    }
    Ok(found)
}

/// Whether a later form had taken the place of this one before a size.
fn is_replaced<V: View>(
    reading: &Reading<'_, V>,
    form: EntryIndex,
    size: TreeSize,
) -> Result<bool, V::Error> {
    let mut last = form;
    while let Some(next) = reading.successor(last)? {
        last = next.index;
        if took_place(reading, &next, size)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn standing<V: View>(
    reading: &Reading<'_, V>,
    target: EntryIndex,
) -> Result<Vec<EntryIndex>, V::Error> {
    let mut found = Vec::new();
    for dispute in reading.under(target, Link::Dispute)? {
        if reading.stands(dispute.index)? {
            found.push(dispute.index);
        }
    }
    Ok(found)
}

fn replies<V: View>(
    reading: &Reading<'_, V>,
    dispute: EntryIndex,
) -> Result<Vec<EntryIndex>, V::Error> {
    let mut found = Vec::new();
    for answer in reading.under(dispute, Link::Answer)? {
        let reply = matches!(
            answer.says,
            Says::Answer {
                outcome: Outcome::Reply,
                ..
            }
        );
        if reply && reading.stands(answer.index)? {
            found.push(answer.index);
        }
    }
    Ok(found)
}

/// The withdrawal of the disputed statement, or the first correction that stands and took its place after the dispute.
/// For an attestation, the later word of the same person.
fn settled_by<V: View>(
    reading: &Reading<'_, V>,
    target: &StatementFact,
    dispute: EntryIndex,
) -> Result<Option<EntryIndex>, V::Error> {
    if let Some(withdrawal) = reading.withdrawn_by(target.index)? {
        return Ok(Some(withdrawal));
    }
    if let Says::Attestation { verdict, .. } = target.says {
        for word in reading.under(verdict, Link::Attestation)? {
            let later = word.index > dispute && word.by.is_person(&target.by);
            if later && reading.stands(word.index)? {
                return Ok(Some(word.index));
            }
        }
    }
    let mut last = target.index;
    while let Some(next) = reading.successor(last)? {
        last = next.index;
        let before = dispute.size_before();
        if took_place(reading, &next, reading.size())? && !took_place(reading, &next, before)? {
            return Ok(Some(last));
        }
    }
    Ok(None)
}

/// Whether a correction had taken the place of what it corrects before this size: it was there, and if it is a verdict,
/// it was approved.
fn took_place<V: View>(
    reading: &Reading<'_, V>,
    correction: &StatementFact,
    size: TreeSize,
) -> Result<bool, V::Error> {
    if !size.contains(correction.index) {
        return Ok(false);
    }
    let Says::Verdict(verdict) = &correction.says else {
        return Ok(true);
    };
    let approval = approval::judge_before(reading, correction, verdict, size)?;
    Ok(approval.outcome == ApprovalOutcome::Approved)
}

/// The UTC date of the answer's `issued`, plus the `correctionDays` of the policy that the disputed statement's
/// organisation had in force at the answer.
fn due<V: View>(
    reading: &Reading<'_, V>,
    target: &StatementFact,
    answer: EntryIndex,
) -> Result<Option<PartialDate>, V::Error> {
    let policy = in_force::in_force(reading, target.by.organisation, answer)?;
    let days = policy.and_then(|(_, policy)| policy.correction_days);
    let (Some(days), Some(answer)) = (days, reading.entry(answer)?) else {
        return Ok(None);
    };
    let seconds = days
        .saturating_mul(DAY_SECONDS)
        .saturating_add(answer.issued);
    let day = Instant::from_unix_seconds(seconds)
        .ok()
        .and_then(|instant| {
            let text = instant.to_string();
            text.split('T').next()?.parse().ok()
        });
    Ok(day)
}

const DAY_SECONDS: u64 = 24 * 60 * 60;
