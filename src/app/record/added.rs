//! What a command answers about each statement that is in the log now.

use claimledger_core::EntryIndex;
use claimledger_core::model::StatementId;
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
    /// Whether it stood there before.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub already: bool,
}
