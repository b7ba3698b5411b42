//! The roles that each type of statement requires, in the first version of the rules.

use crate::model::Body;
use crate::model::organisation::Role;
use crate::model::relation::SourceRelation;

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
        Body::OriginAssess(_) | Body::EvidenceAdd(_) | Body::VerdictIssue(_) => &[Role::Reviewer],
        Body::VerdictAttest(_) | Body::DisputeOpen(_) | Body::DisputeAnswer(_) => {
            &[Role::Editor, Role::Reviewer]
        }
        Body::VerdictPublish(_) => &[Role::Editor],
        Body::Withdraw(_) => &[Role::Admin, Role::Editor, Role::Reviewer],
        Body::KeyRotate(_) | Body::CheckpointObserve(_) => Role::ALL,
        Body::LedgerCreate(_) | Body::KeyRecover(_) => &[],
    }
}
