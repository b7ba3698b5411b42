//! The standing of a statement of any type, as of a size: facts, and the one word that is shown first.
//!
//! This is the only source of what a list, a page, a dossier or a program says about whether a statement stands.

use super::approval::{ApprovalOutcome, Discount};
use super::as_of::Reading;
use super::fallen::{Beneath, Fallen};
use super::objected::ObjectedBeneath;
use super::objection::{self, Disputed};
use super::scales;
use super::verdict::{self, Standing};
use crate::model::StatementType;
use crate::model::dispute::Outcome;
use crate::rules::backlinks::Link;
use crate::rules::state::{Fact, FactKey};
use crate::rules::statement::{Says, StatementFact, VerdictFact};
use crate::rules::view::View;
use crate::tlog::{EntryIndex, TreeSize};
use serde::Serialize;
use std::cell::RefCell;
use std::collections::HashMap;

/// The word that is shown first. Of several that hold it is the first in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum StandingWord {
    /// Withdrawn.
    Withdrawn,
    /// Its key was revoked with distrust from at or before it, or it rests on such a key event.
    Distrusted,
    /// A correction took its place; of a verdict, an approved one.
    Superseded,
    /// It would correct something, but another correction or a withdrawal came first.
    TakesNoPlace,
    /// A verdict that somebody who may approve has rejected.
    Rejected,
    /// An objection to it, or to something that a verdict rests on, was upheld, wholly or in part, and nothing settles it.
    ObjectionUpheld,
    /// Something that it rests on no longer stands.
    RestsOnFallen,
    /// A correction of it waits for approval.
    CorrectionPending,
    /// An approved verdict.
    Approved,
    /// A verdict that adopts a review published before.
    Adopted,
    /// A verdict that lacks approval.
    Unapproved,
    /// A later word, description, policy, version or enrolment has replaced it; or the key that it brought has ended.
    Replaced,
    /// A word that does not count by the policy.
    DoesNotCount,
    /// A dispute without an answer that ends it.
    Open,
    /// A dispute with one.
    Answered,
    /// A policy or scale version that is in force.
    InForce,
    /// None of these.
    Live,
}

/// The standing of a statement. Entries are named by number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StatementStanding {
    /// In one word.
    pub word: StandingWord,
    /// Its withdrawal. Of a withholding: what took it back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawn_by: Option<EntryIndex>,
    /// The revocation or recovery because of which it is distrusted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distrusted_by: Option<EntryIndex>,
    /// The correction that took its place; of a verdict, the approved one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub superseded_by: Option<EntryIndex>,
    /// What came first, if this is a correction or withdrawal that takes no place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub displaced_by: Option<EntryIndex>,
    /// Of a verdict: a correction of it that waits for approval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correction_pending: Option<EntryIndex>,
    /// Of a verdict: a correction of it that was rejected, if none waits or is approved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correction_rejected: Option<EntryIndex>,
    /// The entry since which it is current again: the correction that had its place was withdrawn or is distrusted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current_again_since: Option<EntryIndex>,
    /// The objections to it that stand, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub objections: Vec<Disputed>,
    /// Of a verdict: the objections to what it rests on that have no answer, or were upheld and are not settled.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub objections_beneath: Vec<ObjectedBeneath>,
    /// What it rests on that no longer stands.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rests_on_fallen: Vec<Fallen>,
    /// Of a verdict: whether it is approved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approval: Option<ApprovalOutcome>,
    /// Of a verdict: the review that it adopts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adopts: Option<EntryIndex>,
    /// The later word of the same person, the later description, policy, scale version or enrolment, or the end of the key
    /// that this brought.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<EntryIndex>,
    /// Of a word about a verdict: why it does not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount: Option<Discount>,
    /// Of a dispute: how it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
}

impl StatementStanding {
    /// Whether it is in force: neither withdrawn, distrusted, superseded nor replaced, and it has the place that it took.
    pub fn is_live(&self) -> bool {
        self.ended().is_none()
    }

    /// Why it is not in force, as the first word in order that says so; none if it is.
    pub fn ended(&self) -> Option<StandingWord> {
        [
            (self.withdrawn_by, StandingWord::Withdrawn),
            (self.distrusted_by, StandingWord::Distrusted),
            (self.superseded_by, StandingWord::Superseded),
            (self.displaced_by, StandingWord::TakesNoPlace),
            (self.replaced_by, StandingWord::Replaced),
        ]
        .into_iter()
        .find_map(|(by, word)| by.map(|_| word))
    }
}

/// A ledger as of a size, asked for the standing of many statements.
pub struct Standings<'v, V> {
    reading: Reading<'v, V>,
    houses: RefCell<HashMap<EntryIndex, House<'v, V>>>,
    /// The objections to an entry that are not settled.
    pub(super) unsettled: RefCell<HashMap<EntryIndex, Vec<Disputed>>>,
}

/// What one organisation reads.
struct House<'v, V> {
    reading: Reading<'v, V>,
    beneath: Beneath,
}

impl<'v, V: View> Standings<'v, V> {
    /// As of `size`.
    pub fn at(view: &'v V, size: TreeSize) -> Result<Self, V::Error> {
        Ok(Self {
            reading: Reading::at(view, size)?,
            houses: RefCell::default(),
            unsettled: RefCell::default(),
        })
    }

    /// The same ledger, for other questions.
    pub fn reading(&self) -> &Reading<'v, V> {
        &self.reading
    }

    /// The standing of the statement in entry `index`; none if there is no such statement at this size.
    pub fn of(&self, index: EntryIndex) -> Result<Option<StatementStanding>, V::Error> {
        let reading = &self.reading;
        let Some(fact) = reading.entry(index)? else {
            return Ok(None);
        };
        let became = reading.became(index)?;
        let mut standing = StatementStanding {
            word: StandingWord::Live,
            withdrawn_by: became.withdrawn_by,
            distrusted_by: reading.distrust().by(reading.view(), &fact)?,
            superseded_by: became.successor,
            displaced_by: reading.displaced_by(index)?,
            correction_pending: None,
            correction_rejected: None,
            current_again_since: self.current_again(&fact)?,
            objections: objection::disputes(reading, index)?,
            objections_beneath: Vec::new(),
            rests_on_fallen: self.fallen(&fact)?,
            approval: None,
            adopts: None,
            replaced_by: None,
            discount: None,
            outcome: None,
        };
        self.by_type(&fact, &mut standing)?;
        standing.word = word(&fact, &standing);
        Ok(Some(standing))
    }

    fn by_type(
        &self,
        fact: &StatementFact,
        standing: &mut StatementStanding,
    ) -> Result<(), V::Error> {
        let reading = &self.reading;
        let now = reading.size().next();
        match &fact.says {
            Says::Verdict(said) => {
                if let Some(verdict) = verdict::standing(reading, fact.index)? {
                    self.verdict(fact.index, said, &verdict, standing)?;
                }
            }
            Says::Attestation { verdict, .. } => self.word_about(fact, *verdict, standing)?,
            Says::Policy(_) => {
                let set = reading.under(fact.by.organisation, Link::Policy)?;
                standing.replaced_by = self.next_trusted(fact, &set)?;
            }
            Says::Description { organisation } => {
                let set = reading.under(*organisation, Link::Description)?;
                standing.replaced_by = self.next_trusted(fact, &set)?;
            }
            Says::Scale(_) => standing.replaced_by = scales::newer(reading, fact.index, now)?,
            Says::Dispute { .. } => {
                let answer = objection::answer_of(reading, fact.index)?;
                standing.outcome = answer.map(|(_, outcome)| outcome);
            }
            Says::Roles(event) => standing.replaced_by = self.replaced(&event.key, fact)?,
            Says::Enrolment { key, .. } => standing.replaced_by = self.replaced(key, fact)?,
            Says::CheckpointKey(key) => standing.replaced_by = self.retired(key, fact)?,
            _ => {}
        }
        Ok(())
    }

    fn verdict(
        &self,
        index: EntryIndex,
        said: &VerdictFact,
        verdict: &Standing,
        standing: &mut StatementStanding,
    ) -> Result<(), V::Error> {
        standing.superseded_by = verdict.superseded_by;
        standing.correction_pending = verdict.correction_pending;
        standing.approval = Some(verdict.approval.outcome);
        standing.adopts = said.adopts;
        standing.objections_beneath = self.objected(index)?;
        if verdict.superseded_by.is_none() && verdict.correction_pending.is_none() {
            let last = self.reading.last_form(index)?;
            standing.correction_rejected = (last != index).then_some(last);
        }
        Ok(())
    }

    /// A word about a verdict: replaced by a later one of the same person, or not counted.
    fn word_about(
        &self,
        fact: &StatementFact,
        verdict: EntryIndex,
        standing: &mut StatementStanding,
    ) -> Result<(), V::Error> {
        let Some(verdict) = verdict::standing(&self.reading, verdict)? else {
            return Ok(());
        };
        let said = verdict.approval.words.iter().find(|word| {
            (word.organisation, word.holder) == (fact.by.organisation, fact.by.holder)
        });
        if let Some(last) = said {
            if last.entry == fact.index {
                standing.discount = last.discount;
            } else if last.entry > fact.index {
                standing.replaced_by = Some(last.entry);
            }
        }
        Ok(())
    }

    /// The first later one that is trusted.
    fn next_trusted(
        &self,
        fact: &StatementFact,
        all: &[std::rc::Rc<StatementFact>],
    ) -> Result<Option<EntryIndex>, V::Error> {
        for later in all.iter().filter(|later| later.index > fact.index) {
            if self.reading.is_trusted(later)? {
                return Ok(Some(later.index));
            }
        }
        Ok(None)
    }

    /// The entry that gave the key of this event other roles, or ended it.
    fn replaced(
        &self,
        key: &crate::crypto::PublicKey,
        fact: &StatementFact,
    ) -> Result<Option<EntryIndex>, V::Error> {
        let size = self.reading.size();
        let Some(key) = self.reading.view().key(key)? else {
            return Ok(None);
        };
        let roles = key.roles.iter().map(|(index, _)| *index);
        let later = roles.chain(key.ended).filter(|index| *index > fact.index);
        Ok(later.filter(|index| size.contains(*index)).min())
    }

    /// The entry that retired a checkpoint key after this one brought it.
    fn retired(
        &self,
        key: &crate::crypto::PublicKey,
        fact: &StatementFact,
    ) -> Result<Option<EntryIndex>, V::Error> {
        let known = self.reading.view().fact(&FactKey::Key(*key))?;
        let retired = match known {
            Some(Fact::CheckpointKey(key)) => key.retired,
            _ => None,
        };
        Ok(retired.filter(|by| *by > fact.index && self.reading.size().contains(*by)))
    }

    /// The entry since which nothing has the place of a statement any more whose correction had it.
    fn current_again(&self, fact: &StatementFact) -> Result<Option<EntryIndex>, V::Error> {
        let (view, size) = (self.reading.view(), self.reading.size());
        if self.reading.became(fact.index)?.first().is_some() {
            return Ok(None);
        }
        let Some((since, _)) = view.became(fact.index, size)? else {
            return Ok(None);
        };
        let before = Reading::at(view, since.size_before())?;
        let had = if fact.statement_type == StatementType::VerdictIssue {
            let then = verdict::standing(&before, fact.index)?;
            then.is_some_and(|then| then.superseded_by.is_some())
        } else {
            before.became(fact.index)?.successor.is_some()
        };
        Ok(had.then_some(since))
    }

    fn fallen(&self, fact: &StatementFact) -> Result<Vec<Fallen>, V::Error> {
        let organisation = fact.by.organisation;
        let mut houses = self.houses.borrow_mut();
        let house = match houses.entry(organisation) {
            std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::hash_map::Entry::Vacant(new) => {
                let (view, size) = (self.reading.view(), self.reading.size());
                new.insert(House {
                    reading: Reading::at(view, size)?.of(organisation),
                    beneath: Beneath::default(),
                })
            }
        };
        let fallen = house.beneath.of(&house.reading, fact.index)?;
        Ok(fallen.iter().copied().collect())
    }
}

/// The first word in order that holds.
fn word(fact: &StatementFact, standing: &StatementStanding) -> StandingWord {
    use StandingWord as W;
    let beneath = standing.objections_beneath.iter();
    let mut objections = standing
        .objections
        .iter()
        .chain(beneath.map(|b| &b.objection));
    let due = objections.any(Disputed::is_due);
    let approval = standing.approval;
    let settled = matches!(fact.says, Says::Policy(_) | Says::Scale(_));
    let is_dispute = matches!(fact.says, Says::Dispute { .. });
    [
        (standing.withdrawn_by.is_some(), W::Withdrawn),
        (standing.distrusted_by.is_some(), W::Distrusted),
        (standing.superseded_by.is_some(), W::Superseded),
        (standing.displaced_by.is_some(), W::TakesNoPlace),
        (approval == Some(ApprovalOutcome::Rejected), W::Rejected),
        (due, W::ObjectionUpheld),
        (!standing.rests_on_fallen.is_empty(), W::RestsOnFallen),
        (standing.correction_pending.is_some(), W::CorrectionPending),
        (approval == Some(ApprovalOutcome::Approved), W::Approved),
        (approval.is_some() && standing.adopts.is_some(), W::Adopted),
        (approval.is_some(), W::Unapproved),
        (standing.replaced_by.is_some(), W::Replaced),
        (standing.discount.is_some(), W::DoesNotCount),
        (is_dispute && standing.outcome.is_none(), W::Open),
        (is_dispute, W::Answered),
        (settled, W::InForce),
    ]
    .into_iter()
    .find_map(|(holds, word)| holds.then_some(word))
    .unwrap_or(W::Live)
}
