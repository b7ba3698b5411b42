//! One entry in a line, as in every list: number, type, label, signer and first words.

use super::scale;
use crate::app::{Error, Session, summary};
use crate::index::IndexedStatement;
use claimledger_core::model::{Body, Statement, StatementId};
use claimledger_core::rules::{View as _, clocks};
use claimledger_core::{EntryIndex, UnixMillis};
use serde::Serialize;
use std::collections::BTreeMap;

/// One entry in a line.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    /// Its number.
    pub index: EntryIndex,
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
    /// If it is dated back: when the ledger took it in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub back_dated: Option<String>,
    /// Its first words.
    pub words: String,
}

impl Line {
    /// When it was signed by the signer's clock; if that is dated back, also when it was taken in.
    pub fn when(&self) -> String {
        match &self.back_dated {
            Some(taken_in) => format!("{} (taken in {taken_in})", self.issued),
            None => self.issued.clone(),
        }
    }
}

/// One entry in a line.
pub fn one(session: &Session, index: EntryIndex) -> Result<Line, Error> {
    let statement = session.statement(index)?;
    line(session, index, &statement)
}

/// Many entries, a line each. The index is closed before the log is read.
pub fn lines(session: &Session, entries: &[EntryIndex]) -> Result<Vec<Line>, Error> {
    session.let_go_for(entries)?;
    entries.iter().map(|entry| one(session, *entry)).collect()
}

pub(super) fn line(
    session: &Session,
    index: EntryIndex,
    statement: &IndexedStatement,
) -> Result<Line, Error> {
    let holder = match session.view().key(&statement.key)? {
        Some(fact) => fact.holder.to_string(),
        None => "(not enrolled)".to_owned(),
    };
    let back_dated = clocks::back_dated(&session.view(), statement)?;
    Ok(Line {
        back_dated: back_dated.map(|_| instant(statement.time)),
        index,
        statement_type: statement.statement_type.to_string(),
        id: statement.id().to_string(),
        label: statement.label.as_ref().map(ToString::to_string),
        holder,
        issued: statement.issued.to_string(),
        words: first_words(session, statement)?,
    })
}

/// The first words of a statement; it names other statements by number.
pub fn first_words(session: &Session, statement: &Statement) -> Result<String, Error> {
    let mut places = BTreeMap::new();
    for named in statement.named() {
        if let Some(fact) = session.view().statement(&named.id)? {
            places.insert(named.id, format!("#{}", fact.index));
        }
    }
    let label = match &statement.body {
        Body::VerdictIssue(verdict) => {
            Some(scale::rating(session, &verdict.scale, &verdict.rating)?)
        }
        _ => None,
    };
    let place = |id: &StatementId| places.get(id).cloned().unwrap_or_else(|| id.short());
    Ok(summary::summarize(&statement.body, &place, label))
}

/// Milliseconds as people read them.
pub fn instant(millis: UnixMillis) -> String {
    millis
        .instant()
        .map_or_else(|_| format!("{millis} ms"), |at| at.to_string())
}
