//! What is known of the standing of a statement: facts, and the one word that is shown first.

use super::approval::{ApprovalOutcome, Discount};
use super::fallen::Fallen;
use super::objection::Disputed;
use crate::model::dispute::Outcome;
use crate::rules::statement::{Says, StatementFact};
use crate::tlog::EntryIndex;
use serde::Serialize;

/// The word that is shown first. Of several that hold it is the first in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

impl StandingWord {
    /// Every word, in its order.
    pub const ALL: &'static [Self] = &[
        Self::Withdrawn,
        Self::Distrusted,
        Self::Superseded,
        Self::TakesNoPlace,
        Self::Rejected,
        Self::ObjectionUpheld,
        Self::RestsOnFallen,
        Self::CorrectionPending,
        Self::Approved,
        Self::Adopted,
        Self::Unapproved,
        Self::Replaced,
        Self::DoesNotCount,
        Self::Open,
        Self::Answered,
        Self::InForce,
        Self::Live,
    ];
}

/// An objection to something on which a statement rests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ObjectedBeneath {
    /// The entry that the objection is to.
    pub on: EntryIndex,
    /// Whether that statement is another organisation's. What its organisation accepts about it is a remark: otherwise one
    /// house could take the ground from under the verdicts of another.
    pub theirs: bool,
    /// The objection.
    #[serde(flatten)]
    pub objection: Disputed,
}

impl ObjectedBeneath {
    /// Whether it was upheld, nothing settles it, and the statement is of the same organisation.
    pub fn is_due(&self) -> bool {
        !self.theirs && self.objection.is_due()
    }
}

/// The standing of a statement. Entries are named by number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// The standing of a statement of which nothing else can be said.
    pub fn live() -> Self {
        Self {
            word: StandingWord::Live,
            withdrawn_by: None,
            distrusted_by: None,
            superseded_by: None,
            displaced_by: None,
            correction_pending: None,
            correction_rejected: None,
            current_again_since: None,
            objections: Vec::new(),
            objections_beneath: Vec::new(),
            rests_on_fallen: Vec::new(),
            approval: None,
            adopts: None,
            replaced_by: None,
            discount: None,
            outcome: None,
        }
    }

    /// Of a verdict: whether it is what its organisation concluded, because it is approved, or adopts a review of theirs.
    pub fn is_concluded(&self) -> bool {
        self.approval == Some(ApprovalOutcome::Approved) || self.adopts.is_some()
    }

    /// Whether nothing takes the ground from under it: it has its place, was not rejected, no objection is due to be settled,
    /// and what it rests on stands.
    pub fn is_sound(&self) -> bool {
        self.word > StandingWord::RestsOnFallen
    }

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

/// The first word in order that holds.
pub(super) fn word(fact: &StatementFact, standing: &StatementStanding) -> StandingWord {
    use StandingWord as W;
    let mut beneath = standing.objections_beneath.iter();
    let due =
        standing.objections.iter().any(Disputed::is_due) || beneath.any(ObjectedBeneath::is_due);
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

#[cfg(test)]
mod tests {
    use super::super::fallen::Because;
    use super::*;
    use crate::crypto::Digest;
    use crate::encoding::millis::UnixMillis;
    use crate::model::{StatementId, StatementType};
    use crate::rules::statement::Signer;

    const AT: EntryIndex = EntryIndex::FIRST;

    fn fact(says: Says) -> StatementFact {
        let by = Signer {
            key: AT,
            holder: AT,
            organisation: AT,
        };
        StatementFact {
            id: StatementId::from_bytes(*Digest::ZERO.as_bytes()),
            index: AT,
            time: UnixMillis::new(0),
            issued: 0,
            statement_type: StatementType::VerdictIssue,
            by,
            correction: None,
            says,
        }
    }

    /// What makes each word hold of any statement, in the order of the words.
    /// A word, and what makes it hold.
    type Holds = (StandingWord, fn(&mut StatementStanding));

    fn facts() -> Vec<Holds> {
        use StandingWord as W;
        vec![
            (W::Withdrawn, |s| s.withdrawn_by = Some(AT)),
            (W::Distrusted, |s| s.distrusted_by = Some(AT)),
            (W::Superseded, |s| s.superseded_by = Some(AT)),
            (W::TakesNoPlace, |s| s.displaced_by = Some(AT)),
            (W::Rejected, |s| {
                s.approval = Some(ApprovalOutcome::Rejected);
            }),
            (W::ObjectionUpheld, |s| {
                s.objections.push(Disputed {
                    dispute: AT,
                    form: None,
                    answer: Some(AT),
                    outcome: Some(Outcome::Upheld),
                    replies: Vec::new(),
                    settled: None,
                    due: None,
                });
            }),
            (W::RestsOnFallen, |s| {
                s.rests_on_fallen.push(Fallen {
                    entry: AT,
                    because: Because::Withdrawn,
                    by: AT,
                });
            }),
            (W::CorrectionPending, |s| s.correction_pending = Some(AT)),
            (W::Approved, |s| {
                s.approval = Some(ApprovalOutcome::Approved);
            }),
            (W::Adopted, |s| {
                s.adopts = Some(AT);
                s.approval.get_or_insert(ApprovalOutcome::Unapproved);
            }),
            (W::Unapproved, |s| {
                s.approval = Some(ApprovalOutcome::Unapproved);
            }),
            (W::Replaced, |s| s.replaced_by = Some(AT)),
            (W::DoesNotCount, |s| s.discount = Some(Discount::Role)),
        ]
    }

    #[test]
    fn of_any_two_facts_the_word_of_the_earlier_one_is_shown() {
        let facts = facts();
        for (later, (second, set_second)) in facts.iter().enumerate() {
            for (first, set_first) in &facts[..later] {
                let mut standing = StatementStanding::live();
                set_second(&mut standing);
                set_first(&mut standing);
                let shown = word(&fact(Says::Nothing), &standing);
                assert_eq!(shown, *first, "before {second:?}");
            }
        }
        let order: Vec<StandingWord> = facts.iter().map(|(word, _)| *word).collect();
        assert_eq!(order, StandingWord::ALL[..order.len()]);
    }

    #[test]
    fn a_dispute_is_open_until_an_answer_ends_it() {
        let dispute = fact(Says::Dispute {
            target: AT,
            evidence: Vec::new(),
        });
        let mut standing = StatementStanding::live();
        assert_eq!(word(&dispute, &standing), StandingWord::Open);
        standing.outcome = Some(Outcome::Rejected);
        assert_eq!(word(&dispute, &standing), StandingWord::Answered);
        assert_eq!(
            word(&fact(Says::Nothing), &StatementStanding::live()),
            StandingWord::Live
        );
    }
}
