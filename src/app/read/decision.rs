//! What a statement decides, in the few words that stand next to the question before it is signed.

use super::line;
use crate::app::{Error, Session};
use claimledger_core::encoding::name::Label;
use claimledger_core::model::{Body, Statement, StatementId};
use claimledger_core::rules::View as _;
use claimledger_core::{Message, message};
use serde::Serialize;

/// What a statement decides.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Decision {
    /// The statements that it ends, objects to or replaces, each in a line.
    pub about: Vec<Message>,
    /// How each of them stands now.
    pub standing: Vec<Message>,
    /// What it says: its type, its label and its first words.
    pub does: Message,
}

/// What a statement decides. The verdict that it approves, rejects or publishes is in its preview.
pub fn of(session: &Session, statement: &Statement) -> Result<Decision, Error> {
    let mut about = Vec::new();
    let mut standings = Vec::new();
    for target in targets(statement) {
        let Some(fact) = session.view().statement(&target)? else {
            continue;
        };
        let there = line::one(session, fact.index, session.head().size)?;
        let label = line::labelled(there.label.as_deref());
        let (index, kind, by) = (there.index, &there.statement_type, there.by());
        let words = &there.words;
        about.push(message!("#{index} {kind}{label} by {by}: {words}", words));
        standings.push(there.standing.words);
    }
    let label = line::labelled(statement.label.as_ref().map(Label::as_str));
    let kind = statement.statement_type;
    let words = line::first_words(session, statement)?;
    Ok(Decision {
        about,
        standing: standings,
        does: message!("{kind}{label}: {words}", words),
    })
}

/// The statements that a statement ends, objects to or replaces.
fn targets(statement: &Statement) -> Vec<StatementId> {
    let mut targets = match &statement.body {
        Body::Withdraw(withdraw) => vec![withdraw.target],
        Body::DisputeOpen(open) => vec![open.target],
        Body::DisputeAnswer(answer) => vec![answer.dispute],
        Body::SnapshotWithhold(withhold) => withhold.source.into_iter().collect(),
        _ => Vec::new(),
    };
    targets.extend(
        statement
            .correction()
            .map(|correction| correction.supersedes),
    );
    targets
}
