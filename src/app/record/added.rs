//! What a command answers about each statement that is in the log now.

use claimledger_core::model::source::Quotation;
use claimledger_core::model::{Body, Statement, StatementId};
use claimledger_core::{EntryIndex, Message};
use serde::Serialize;

/// Where something stands now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// `#12: unapproved; needs 2 approvals (it has 1)`.
    pub fn in_words(&self) -> String {
        let missing = match &self.missing[..] {
            [] => String::new(),
            missing => format!("; {}", missing.join("; ")),
        };
        format!("#{}: {}{missing}", self.entry, self.words)
    }
}

/// What was added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
