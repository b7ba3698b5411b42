//! Objections: what may be disputed, and who may answer.

use super::case::Case;
use super::{reference, second_person};
use crate::model::StatementType;
use crate::model::dispute::{Answer, Outcome};
use crate::rules::rejection::{Refusal, Rejection};
use crate::rules::standing::as_of::Reading;
use crate::rules::standing::{listed, objection};
use crate::rules::statement::{Says, Signer, StatementFact};
use crate::rules::view::View;
use crate::tlog::EntryIndex;

/// `dispute.open`: of a statement that is a matter of opinion, and not by its author.
pub(super) fn open<V: View>(case: &Case<'_, V>) -> Result<(), Refusal<V::Error>> {
    let found = case.named.iter().find(|(named, _)| named.field == "target");
    let Some((named, target)) = found else {
        return Ok(());
    };
    reference::of_type(named, target, DISPUTABLE)?;
    Ok(second_person::not_own(case, target)?)
}

/// `dispute.answer`: an answer that ends the dispute stands once. A reply ends nothing, and the author of what is
/// disputed may sign it too.
pub(super) fn answer<V: View>(
    case: &Case<'_, V>,
    answer: &Answer,
) -> Result<(), Refusal<V::Error>> {
    let Some(dispute) = case.in_field("dispute") else {
        return Ok(());
    };
    let Some(target) = target(case, dispute)? else {
        return Ok(());
    };
    if answer.outcome == Outcome::Reply && case.by.is_person(&target.by) {
        return Ok(());
    }
    if answer.outcome == Outcome::Reply {
        return may_answer(case, dispute, &target);
    }
    let answered = objection::answer_of(&case.before, dispute.index);
    if let Some((first, _)) = answered.map_err(Refusal::View)? {
        return Err(Rejection::DisputeAnswered {
            id: dispute.id,
            by: first,
        }
        .into());
    }
    may_answer(case, dispute, &target)
}

/// The statement that a dispute is about.
pub(super) fn target<V: View>(
    case: &Case<'_, V>,
    dispute: &StatementFact,
) -> Result<Option<StatementFact>, Refusal<V::Error>> {
    let Says::Dispute { target, .. } = dispute.says else {
        return Ok(None);
    };
    case.view.entry(target).map_err(Refusal::View)
}

/// The organisation of the disputed statement answers, or one that its policy in force here lists; neither the author
/// of the statement nor the person who opened the dispute.
pub(super) fn may_answer<V: View>(
    case: &Case<'_, V>,
    dispute: &StatementFact,
    target: &StatementFact,
) -> Result<(), Refusal<V::Error>> {
    second_person::not_own(case, target)?;
    second_person::not_own(case, dispute)?;
    let speaks = speaks(&case.before, target, &case.by, case.candidate.index);
    if speaks.map_err(Refusal::View)? {
        return Ok(());
    }
    let (_, organisation) = case.author(target)?;
    let other = Rejection::OtherOrganisation {
        statement: case.candidate.statement.statement_type,
        holder: case.key.holder.clone(),
        signer: case.key.organisation.clone(),
        organisation,
    };
    Ok(case.view.lacking(other, second_person::LISTING)?)
}

/// Whether a person's organisation answers for a statement in entry `at`.
pub(super) fn speaks<V: View>(
    reading: &Reading<'_, V>,
    target: &StatementFact,
    by: &Signer,
    at: EntryIndex,
) -> Result<bool, V::Error> {
    listed::speaks_for(reading, target.by.organisation, by.organisation, at)
}

/// The types that somebody concluded or recorded, so that another person may doubt them. Who has which key is not a
/// matter of opinion.
const DISPUTABLE: &[StatementType] = &[
    StatementType::ClaimAdd,
    StatementType::ClaimRelate,
    StatementType::EvidenceAdd,
    StatementType::OriginAssess,
    StatementType::ReviewRecord,
    StatementType::SourceAdd,
    StatementType::SourceCapture,
    StatementType::SourceRelate,
    StatementType::SourceTranscribe,
    StatementType::SnapshotWithhold,
    StatementType::VerdictAttest,
    StatementType::VerdictIssue,
    StatementType::VerdictPublish,
];
