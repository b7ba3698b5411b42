//! The roles that each type of statement requires, in the first version of the rules.

use crate::model::organisation::Role;
use crate::model::relation::SourceRelation;
use crate::model::{Body, StatementType};

/// A key needs one of these roles to sign this. A recovery is judged by its recovery signatures instead.
pub fn roles(body: &Body) -> &'static [Role] {
    match body {
        Body::OrganisationSet(_)
        | Body::KeyEnroll(_)
        | Body::KeyRevoke(_)
        | Body::CheckpointRotate(_)
        | Body::CheckpointRetire(_)
        | Body::RulesUpgrade(_)
        | Body::ScaleSet(_)
        | Body::PolicySet(_) => &[Role::Admin],
        Body::SnapshotWithhold(_) => &[Role::Admin, Role::Editor],
        Body::SourceRelate(relate) if relate.relation == SourceRelation::IndependentOf => {
            &[Role::Reviewer]
        }
        Body::SourceAdd(_)
        | Body::SourceCapture(_)
        | Body::SourceTranscribe(_)
        | Body::SourceRelate(_)
        | Body::ClaimAdd(_)
        | Body::ClaimRelate(_)
        | Body::ReviewRecord(_) => &[Role::Importer, Role::Reviewer],
        Body::OriginAssess(_) | Body::EvidenceAdd(_) | Body::VerdictIssue(_) => CONCLUDING,
        Body::VerdictAttest(_) | Body::DisputeOpen(_) | Body::DisputeAnswer(_) => WEIGHING,
        // A reviewer: only at the address of the review that the verdict adopts.
        Body::VerdictPublish(_) => &[Role::Editor, Role::Reviewer],
        // What is withdrawn decides: see `withdrawing`.
        Body::Withdraw(_) | Body::KeyRotate(_) | Body::CheckpointObserve(_) => Role::ALL,
        Body::LedgerCreate(_) | Body::KeyRecover(_) => &[],
    }
}

/// Who concludes something about a claim: assesses, brings evidence, signs verdicts.
pub const CONCLUDING: &[Role] = &[Role::Reviewer];

/// Who weighs what another person signed: attests, objects, answers.
pub const WEIGHING: &[Role] = &[Role::Editor, Role::Reviewer];

/// A key needs one of these roles to withdraw a statement of this type: the roles that may sign it, where somebody did
/// or recorded something; for what was concluded also those who answer for it.
pub fn withdrawing(target: StatementType) -> &'static [Role] {
    match target {
        StatementType::SourceCapture | StatementType::SourceTranscribe => {
            &[Role::Importer, Role::Reviewer]
        }
        StatementType::SnapshotWithhold => &[Role::Admin, Role::Editor],
        StatementType::VerdictPublish => &[Role::Editor],
        StatementType::DisputeAnswer => &[Role::Editor, Role::Reviewer],
        _ => &[Role::Admin, Role::Editor, Role::Reviewer],
    }
}
