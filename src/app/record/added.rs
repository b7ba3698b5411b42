//! What a command answers about each statement that is in the log now.

use super::outcome::StandingNow;
use claimledger_core::EntryIndex;
use claimledger_core::model::source::Quotation;
use claimledger_core::model::{Body, Statement, StatementId};
use serde::Serialize;

/// What was added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Added {
    /// The statement's id.
    pub id: StatementId,
    /// Its entry.
    pub index: EntryIndex,
    /// Its type.
    #[serde(rename = "type")]
    pub statement_type: String,
    /// Its label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// For a capture: what its text has of earlier quotations.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub quotations: Vec<Quotation>,
    /// Where the thing that it is about stands now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<StandingNow>,
    /// Whether it stood there before.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub already: bool,
}

impl Added {
    /// A statement that stands in the ledger already.
    pub fn already(index: EntryIndex, id: StatementId, statement: &Statement) -> Self {
        let quotations = match &statement.body {
            Body::SourceCapture(capture) => capture.quotations.clone(),
            _ => Vec::new(),
        };
        Self {
            id,
            index,
            statement_type: statement.statement_type.to_string(),
            label: statement.label.as_ref().map(ToString::to_string),
            quotations,
            now: None,
            already: true,
        }
    }
}
