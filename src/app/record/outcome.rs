//! What a statement that was added did: where the thing that it is about stands now, and what a verdict still lacks.

use super::added::Added;
use crate::app::read::standing;
use crate::app::read::standing_line;
use crate::app::{Error, Session};
use claimledger_core::model::{Body, Statement, StatementId};
use claimledger_core::rules::{self, ApprovalOutcome, Says, Standings, View as _};
use claimledger_core::{EntryIndex, Message};
use serde::Serialize;

/// Where something stands now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StandingNow {
    /// Its entry.
    pub entry: EntryIndex,
    /// Its standing in words.
    pub words: Message,
    /// What a verdict lacks for its approval.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
}

impl StandingNow {
    /// `#12 unapproved; missing: 1 of 2 approvals`.
    pub fn in_words(&self) -> String {
        let missing = match &self.missing[..] {
            [] => String::new(),
            missing => format!("; missing: {}", missing.join("; ")),
        };
        format!("#{} {}{missing}", self.entry, self.words)
    }
}

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
