//! The standing of a verdict as of a size, and which verdict of a claim is current for each organisation. Both follow from the log alone.

use super::approval::{self, Approval, ApprovalOutcome};
use super::as_of::Reading;
use super::kept::Remark;
use super::objection::{self, Disputed};
use super::publication::{self, Publications};
use super::quotation::{self, LookedFor};
use super::wording;
use crate::encoding::name::Slug;
use crate::model::StatementId;
use crate::rules::backlinks::Link;
use crate::rules::statement::{Says, StatementFact, VerdictFact};
use crate::rules::view::View;
use crate::tlog::EntryIndex;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The standing of a verdict. Entries are named by number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// The entry that has the place which this correction would take: it came first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub displaced_by: Option<EntryIndex>,
    /// Whether its signature is distrusted.
    pub distrusted: bool,
    /// Disputes of it that stand, oldest first; of the newest approved form also those of the forms that it replaced.
    pub disputes: Vec<Disputed>,
    /// What the last captures of its organisation found of the quotations that it rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub quotations: Vec<LookedFor>,
    /// What it rests on and what another organisation has since withdrawn, corrected or lost trust in. It stands for this
    /// verdict all the same.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<Remark>,
}

impl Standing {
    /// Whether a dispute waits for an answer.
    pub fn is_disputed(&self) -> bool {
        self.disputes.iter().any(|d| d.answer.is_none())
    }

    /// Whether it is in force, has the place that it took, and no approved verdict has replaced it.
    pub fn holds(&self) -> bool {
        self.withdrawn_by.is_none()
            && !self.distrusted
            && self.superseded_by.is_none()
            && self.displaced_by.is_none()
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
    let own = Reading::at(reading.view(), reading.size())?.of(fact.by.organisation);
    let (superseded_by, correction_pending) = successors(reading, index)?;
    let approval = approval::judge(reading, &fact, verdict)?;
    Ok(Some(Standing {
        entry: index,
        id: fact.id,
        claim: verdict.claim,
        words_of: words_of(reading, &fact, verdict)?,
        rating: verdict.rating.clone(),
        organisation: fact.by.organisation,
        approval,
        publications: publication::publications(reading, &fact, verdict)?,
        superseded_by,
        correction_pending,
        withdrawn_by: reading.withdrawn_by(index)?,
        displaced_by: reading.displaced_by(index)?,
        distrusted: !reading.is_trusted(&fact)?,
        disputes: objection::disputes(reading, index)?,
        quotations: quotations(&own, &fact, verdict)?,
        remarks: remarks(&own, verdict)?,
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

/// What became of the quotations in its evidence, as far as its organisation looked.
fn quotations<V: View>(
    reading: &Reading<'_, V>,
    fact: &StatementFact,
    verdict: &VerdictFact,
) -> Result<Vec<LookedFor>, V::Error> {
    let mut found = Vec::new();
    for evidence in &verdict.evidence {
        let organisation = fact.by.organisation;
        found.extend(quotation::looked_for(reading, *evidence, organisation)?);
    }
    Ok(found)
}

/// What other organisations did to what the verdict rests on, for its own organisation.
fn remarks<V: View>(
    reading: &Reading<'_, V>,
    verdict: &VerdictFact,
) -> Result<Vec<Remark>, V::Error> {
    let mut named = BTreeSet::from([verdict.claim]);
    named.extend(verdict.reply);
    for evidence in &verdict.evidence {
        if let Some(fact) = reading.entry(*evidence)? {
            named.extend(fact.says.rests_on());
        }
    }
    let mut remarks = Vec::new();
    for index in named {
        remarks.extend(reading.remark(index)?);
    }
    Ok(remarks)
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
/// if that one corrects a verdict that is still in force, it is the corrected one. If all that wait are adopted, it is
/// the one that was published last: an archive may come in in any order. A rejected verdict is never current.
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
    let mut approved: BTreeMap<EntryIndex, Standing> = BTreeMap::new();
    let mut waiting: BTreeMap<EntryIndex, Vec<Standing>> = BTreeMap::new();
    for candidate in verdicts(reading, claim)? {
        if !candidate.holds() {
            continue;
        }
        let of = candidate.organisation;
        match candidate.approval.outcome {
            ApprovalOutcome::Rejected => {}
            ApprovalOutcome::Approved => {
                approved.insert(of, candidate);
            }
            ApprovalOutcome::Unapproved => {
                if !corrects_one_that_stands(reading, candidate.entry)? {
                    waiting.entry(of).or_default().push(candidate);
                }
            }
        }
    }
    for (organisation, theirs) in waiting {
        if let Some(last) = last_of(theirs) {
            approved.entry(organisation).or_insert(last);
        }
    }
    Ok(approved.into_values().collect())
}

/// Whether a verdict is what its organisation says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Currency {
    /// About the claim as it is worded now.
    pub now: bool,
    /// About the words that the verdict names. The claim may have been corrected since.
    pub for_its_words: bool,
}

/// Whether a verdict is the current one of its organisation, about its own words and about those of the claim now. This is
/// the only place that decides it.
pub fn currency<V: View>(
    reading: &Reading<'_, V>,
    verdict: &Standing,
) -> Result<Currency, V::Error> {
    let of_form = |form| -> Result<bool, V::Error> {
        let current = current(reading, form, verdict.organisation)?;
        Ok(current.is_some_and(|current| current.entry == verdict.entry))
    };
    let for_its_words = of_form(verdict.claim)?;
    let newest = reading.newest(verdict.claim)?.unwrap_or(verdict.claim);
    Ok(Currency {
        now: if newest == verdict.claim {
            for_its_words
        } else {
            of_form(newest)?
        },
        for_its_words,
    })
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
