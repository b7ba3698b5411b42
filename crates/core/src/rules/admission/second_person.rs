//! A second person is required: nobody attests, disputes or answers their own statement.

use super::case::Case;
use crate::model::StatementType;
use crate::rules::backlinks::Link;
use crate::rules::rejection::{Refusal, Rejection};
use crate::rules::statement::{Says, StatementFact};
use crate::rules::view::View;

/// Refuses a signer who is the author of what `field` names, with any of their keys; and a dispute of a statement that
/// is not a matter of opinion.
pub(super) fn by_another<V: View>(
    case: &Case<'_, V>,
    field: &str,
) -> Result<(), Refusal<V::Error>> {
    let found = case.named.iter().find(|(named, _)| named.field == field);
    let Some((named, fact)) = found else {
        return Ok(());
    };
    if case.candidate.statement.statement_type == StatementType::DisputeOpen {
        super::reference::of_type(named, fact, DISPUTABLE)?;
    }
    not_own(case, fact)
}

/// `dispute.answer`: once, and not by the author of what is disputed.
pub(super) fn answer<V: View>(case: &Case<'_, V>) -> Result<(), Refusal<V::Error>> {
    let Some(dispute) = case.in_field("dispute") else {
        return Ok(());
    };
    let answers = case.before.under(dispute.index, Link::Answer);
    for answer in answers.map_err(Refusal::View)? {
        if case.before.stands(answer.index).map_err(Refusal::View)? {
            return Err(Rejection::DisputeAnswered {
                id: dispute.id,
                by: answer.index,
            }
            .into());
        }
    }
    if let Says::Dispute { target, .. } = dispute.says
        && let Some(target) = case.before.entry(target).map_err(Refusal::View)?
    {
        not_own(case, &target)?;
    }
    Ok(())
}

fn not_own<V: View>(case: &Case<'_, V>, fact: &StatementFact) -> Result<(), Refusal<V::Error>> {
    if fact.by.holder != case.by.holder {
        return Ok(());
    }
    Err(Rejection::OwnStatement {
        holder: case.key.holder.clone(),
        id: fact.id,
    }
    .into())
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
    StatementType::SnapshotWithhold,
    StatementType::VerdictAttest,
    StatementType::VerdictIssue,
    StatementType::VerdictPublish,
];
