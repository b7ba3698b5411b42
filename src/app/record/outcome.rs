//! What a statement that was added did: where the thing that it is about stands now, and what a verdict still lacks.

use super::added::{Added, StandingNow};
use crate::app::read::standing;
use crate::app::read::standing_line;
use crate::app::{Error, Session};
use claimledger_core::model::{Body, Statement, StatementId};
use claimledger_core::rules::{self, ApprovalOutcome, Says, Standings, View as _};

/// The statement whose standing this statement is about: of an opinion, a publication, an objection or a withdrawal the one
/// that it names, of an answer the disputed one; a verdict itself.
pub fn subject(id: StatementId, statement: &Statement) -> Option<StatementId> {
    match &statement.body {
        Body::VerdictIssue(_) => Some(id),
        Body::VerdictAttest(attest) => Some(attest.verdict),
        Body::VerdictPublish(publish) => Some(publish.verdict),
        Body::Withdraw(withdraw) => Some(withdraw.target),
        Body::DisputeOpen(open) => Some(open.target),
        Body::DisputeAnswer(answer) => Some(answer.dispute),
        _ => None,
    }
}

/// Adds to each of these where its subject stands now.
pub fn tell(
    session: &Session,
    added: &mut [Added],
    subjects: &[Option<StatementId>],
) -> Result<(), Error> {
    if subjects.iter().all(Option::is_none) {
        return Ok(());
    }
    let view = session.view();
    let standings = Standings::at(&view, session.head().size)?;
    for (one, subject) in added.iter_mut().zip(subjects) {
        let Some(fact) = subject.map(|id| view.statement(&id)).transpose()?.flatten() else {
            continue;
        };
        let entry = match fact.says {
            Says::Dispute { target, .. } if one.index != fact.index => target,
            _ => fact.index,
        };
        let line = standing_line::of_entry(session, &standings, entry)?;
        let mut words = line.words;
        let mut missing = Vec::new();
        if let Some(verdict) = rules::standing(standings.reading(), entry)? {
            if !verdict.publications.published.is_empty() {
                words.append("; published".into());
            }
            let approved = verdict.approval.outcome == ApprovalOutcome::Approved;
            if verdict.holds() && !approved {
                missing = standing::missing(session, &verdict)?;
            }
        }
        one.now = Some(StandingNow {
            entry,
            words,
            missing,
        });
    }
    Ok(())
}
