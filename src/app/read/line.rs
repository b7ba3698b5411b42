//! One entry in a line: number, type, label, signer and first words, as every list shows it.

use crate::app::{Error, Session, summary};
use crate::index::Followed;
use claimledger_core::encoding::name::Slug;
use claimledger_core::encoding::time::Instant;
use claimledger_core::model::{Body, Statement, StatementId};
use claimledger_core::rules::View as _;
use serde::Serialize;
use std::collections::BTreeMap;

/// One entry in a line.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    /// Its number.
    pub index: u64,
    /// Its type.
    #[serde(rename = "type")]
    pub statement_type: String,
    /// Its statement's id.
    pub id: String,
    /// Its label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Who signed it.
    pub holder: String,
    /// When, by the signer's clock.
    pub issued: String,
    /// Its first words.
    pub words: String,
}

/// One entry in a line.
pub fn one(session: &Session, index: u64) -> Result<Line, Error> {
    let statement = session.statement(index)?;
    line(session, index, &statement)
}

/// Many entries in a line each. The index is let go of before the log is read.
pub fn lines(session: &Session, entries: &[u64]) -> Result<Vec<Line>, Error> {
    session.let_go_for(entries)?;
    entries.iter().map(|entry| one(session, *entry)).collect()
}

pub(super) fn line(session: &Session, index: u64, statement: &Followed) -> Result<Line, Error> {
    let holder = match session.view().key(&statement.key)? {
        Some(fact) => fact.holder.to_string(),
        None => "(not enrolled)".to_owned(),
    };
    Ok(Line {
        index,
        statement_type: statement.statement_type.to_string(),
        id: statement.id().to_string(),
        label: statement.label.as_ref().map(ToString::to_string),
        holder,
        issued: statement.issued.to_string(),
        words: first_words(session, statement)?,
    })
}

/// The first words of a statement, with what it names by number.
pub fn first_words(session: &Session, statement: &Statement) -> Result<String, Error> {
    let mut places = BTreeMap::new();
    for named in statement.named() {
        if let Some(fact) = session.view().statement(&named.id)? {
            places.insert(named.id, format!("#{}", fact.index));
        }
    }
    let label = match &statement.body {
        Body::VerdictIssue(verdict) => Some(rating(session, &verdict.scale, &verdict.rating)?),
        _ => None,
    };
    let place = |id: &StatementId| places.get(id).cloned().unwrap_or_else(|| id.short());
    let words = summary::of(&statement.body, &place, label);
    // A fingerprint tells nobody whose key it is.
    if let Body::KeyRevoke(revoke) = &statement.body
        && let Some(fact) = session.view().key(&revoke.key)?
    {
        return Ok(format!("{}, {words}", fact.holder));
    }
    Ok(words)
}

/// The verbatim label of a rating.
pub fn rating(session: &Session, scale: &StatementId, code: &Slug) -> Result<String, Error> {
    let Some(fact) = session.view().statement(scale)? else {
        return Ok(code.to_string());
    };
    let statement = session.statement(fact.index)?;
    Ok(match &statement.body {
        Body::ScaleSet(scale) => scale
            .entry(code)
            .map_or_else(|| code.to_string(), |entry| entry.label.to_string()),
        _ => code.to_string(),
    })
}

/// Milliseconds as people read them.
pub fn instant(millis: u64) -> String {
    Instant::from_unix_seconds(millis / 1_000)
        .map_or_else(|_| format!("{millis} ms"), |at| at.to_string())
}
