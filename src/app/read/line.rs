//! One entry in a line, as in every list: number, type, label, signer, standing and first words. A line without a standing
//! cannot be made.

use super::scale;
use super::standing_line::{self, StandingLine};
use super::transcribed;
use crate::app::{Error, Session, summary};
use crate::index::IndexedStatement;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::message;
use claimledger_core::model::{Body, Statement, StatementId};
use claimledger_core::rules::{Reading, Standings, View, clocks};
use claimledger_core::{EntryIndex, Message, TreeSize, UnixMillis};
use serde::Serialize;
use std::collections::BTreeMap;

/// One entry in a line.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// Their organisation; absent for a key that is not enrolled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// Whether the ledger has several organisations, so that a name alone does not say who it is.
    #[serde(skip)]
    pub shared: bool,
    /// When, by the signer's clock.
    pub issued: String,
    /// If it is dated back: when the ledger took it in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub back_dated: Option<String>,
    /// Its standing as of the size that was asked for.
    pub standing: StandingLine,
    /// Its first words.
    pub words: Message,
}

impl Line {
    /// Who signed it, for people: `rita`, or `rita of desk` where the ledger has several organisations.
    pub fn by(&self) -> String {
        named(&self.holder, self.organisation.as_deref(), self.shared)
    }
}

fn named(holder: &str, organisation: Option<&str>, shared: bool) -> String {
    match organisation {
        Some(organisation) if shared => person(holder, organisation),
        _ => holder.to_owned(),
    }
}

/// The label of a statement behind its number: ` “wire”`. Nothing without one. In quotation marks a label such as `approved`
/// is not read as a word of the sentence.
pub fn labelled(label: Option<&str>) -> String {
    let quoted = label.map(|label| format!(" {}", Foreign::from(label).quoted()));
    quoted.unwrap_or_default()
}

/// A person among several organisations.
pub fn person(holder: &str, organisation: &str) -> String {
    format!("{holder} of {organisation}")
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

/// The lines of a ledger as of a size: all of them ask the same [`Standings`], so a list costs little more than its rows.
pub struct Lines<'v, V> {
    session: &'v Session,
    standings: Standings<'v, V>,
}

impl<'v, V: View> Lines<'v, V>
where
    Error: From<V::Error>,
{
    /// As of `size`; `view` is the session's.
    pub fn at(session: &'v Session, view: &'v V, size: TreeSize) -> Result<Self, Error> {
        let standings = Standings::at(view, size)?;
        Ok(Self { session, standings })
    }

    /// One entry in a line.
    pub fn of(&self, index: EntryIndex) -> Result<Line, Error> {
        let standing = standing_line::of_entry(self.session, &self.standings, index)?;
        line(
            self.session,
            index,
            &*self.session.statement(index)?,
            standing,
        )
    }

    /// The ledger that the lines are of, for other questions.
    pub fn reading(&self) -> &Reading<'v, V> {
        self.standings.reading()
    }
}

/// One entry in a line, as of a size.
pub fn one(session: &Session, index: EntryIndex, size: TreeSize) -> Result<Line, Error> {
    let view = session.view();
    Lines::at(session, &view, size)?.of(index)
}

/// Many entries as of a size, a line each. The standings need the index; it is closed before the log is read.
pub fn lines(
    session: &Session,
    entries: &[EntryIndex],
    size: TreeSize,
) -> Result<Vec<Line>, Error> {
    let view = session.view();
    let standings = Standings::at(&view, size)?;
    let of_each = entries
        .iter()
        .map(|entry| standing_line::of_entry(session, &standings, *entry));
    let of_each: Vec<StandingLine> = of_each.collect::<Result<_, _>>()?;
    session.is_shared()?;
    session.let_go_for(entries)?;
    let with_standing = entries.iter().zip(of_each);
    with_standing
        .map(|(entry, standing)| line(session, *entry, &*session.statement_once(*entry)?, standing))
        .collect()
}

/// Who signed an entry, for people: see [`Line::by`].
pub fn by(session: &Session, index: EntryIndex) -> Result<String, Error> {
    let (holder, organisation) = signer(session, &*session.statement(index)?)?;
    Ok(named(
        &holder,
        organisation.as_deref(),
        session.is_shared()?,
    ))
}

fn signer(session: &Session, statement: &Statement) -> Result<(String, Option<String>), Error> {
    Ok(match session.view().person(&statement.key)? {
        Some((holder, organisation)) => (holder.to_string(), Some(organisation.to_string())),
        None => ("(not enrolled)".to_owned(), None),
    })
}

fn line(
    session: &Session,
    index: EntryIndex,
    statement: &IndexedStatement,
    standing: StandingLine,
) -> Result<Line, Error> {
    let (holder, organisation) = signer(session, statement)?;
    let back_dated = clocks::may_be_back_dated(statement, statement.time)
        && clocks::back_dated(&session.view(), statement)?.is_some();
    // Distrust frees a label (`rules::standing::labels`).
    let trusted = standing.facts.distrusted_by.is_none();
    let label = statement.label.as_ref().filter(|_| trusted);
    Ok(Line {
        back_dated: back_dated.then(|| instant(statement.time)),
        index,
        statement_type: statement.statement_type.to_string(),
        id: statement.id().to_string(),
        label: label.map(ToString::to_string),
        holder,
        organisation,
        shared: session.is_shared()?,
        issued: statement.issued.to_string(),
        standing,
        words: first_words(session, statement)?,
    })
}

/// The first words of a statement, with what it names by number.
pub fn first_words(session: &Session, statement: &Statement) -> Result<Message, Error> {
    let view = session.view();
    let mut places = BTreeMap::new();
    for named in statement.named() {
        if let Some(fact) = view.statement(&named.id)? {
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
    let words = summary::summarize(&statement.body, &place, label);
    if let Some(by) = transcribed::by(session, statement)? {
        return Ok(message!("{words}, {by}", words, by));
    }
    // Readers know a holder by name, not a key by its fingerprint.
    if let Body::KeyRevoke(revoke) = &statement.body
        && let Some((holder, _)) = view.person(&revoke.key)?
    {
        return Ok(message!("{holder}, {words}", words));
    }
    Ok(words)
}

/// Milliseconds as people read them.
pub fn instant(millis: UnixMillis) -> String {
    millis
        .instant()
        .map_or_else(|_| format!("{millis} ms"), |at| at.to_string())
}
