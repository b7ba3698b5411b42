//! Remarks: what the rules admit and a reader should know.

use claimledger_core::model::Statement;
use claimledger_core::rules::dates;

/// What to know about the dates of a statement.
pub fn remarks(statement: &Statement) -> Vec<String> {
    let ahead = dates::published_ahead(statement);
    let ahead = ahead
        .map(|date| format!("its publication date, {date}, lies after the statement was signed"));
    ahead.into_iter().collect()
}
