//! One entry in a line, as in every list: number, type, label, signer and first words.

use crate::app::{Error, Session, summary};
use crate::index::IndexedStatement;
use claimledger_core::crypto::PublicKey;
use claimledger_core::encoding::name::Slug;
use claimledger_core::log::people::People;
use claimledger_core::log::scan;
use claimledger_core::message;
use claimledger_core::model::{Body, Statement, StatementId};
use claimledger_core::rules::clocks::{DatedEntries, DatedEntry};
use claimledger_core::rules::{View as _, clocks};
use claimledger_core::{EntryIndex, Message, UnixMillis};
use serde::Serialize;
use std::collections::BTreeMap;
use std::rc::Rc;

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
    /// Its first words.
    pub words: Message,
}

impl Line {
    /// Who signed it, for people: `rita`, or `rita of desk` where the ledger has several organisations.
    pub fn by(&self) -> String {
        match &self.organisation {
            Some(organisation) if self.shared => person(&self.holder, organisation),
            _ => self.holder.clone(),
        }
    }
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

/// One entry in a line.
pub fn one(session: &Session, index: EntryIndex) -> Result<Line, Error> {
    let statement = session.statement(index)?;
    line(session, index, &statement)
}

/// Many entries, a line each. The index is closed before the log is read.
pub fn lines(session: &Session, entries: &[EntryIndex]) -> Result<Vec<Line>, Error> {
    session.let_go_for(entries)?;
    entries
        .iter()
        .map(|entry| line(session, *entry, &*session.statement_once(*entry)?))
        .collect()
}

pub(super) fn line(
    session: &Session,
    index: EntryIndex,
    statement: &IndexedStatement,
) -> Result<Line, Error> {
    line_by(&ByIndex(session), index, statement)
}

/// The first words of a statement, with what it names by number.
pub fn first_words(session: &Session, statement: &Statement) -> Result<Message, Error> {
    words_by(&ByIndex(session), statement)
}

/// What a line says of other entries.
trait Others {
    /// The holder of a key and their organisation.
    fn person(&self, key: &PublicKey) -> Result<Option<(Slug, Slug)>, Error>;
    /// Whether the ledger has several organisations.
    fn is_shared(&self) -> Result<bool, Error>;
    /// Whether it was signed more than a day before something that its signer must have known.
    fn is_back_dated(&self, statement: &Statement) -> Result<bool, Error>;
    fn place(&self, id: &StatementId) -> Result<Option<EntryIndex>, Error>;
    fn statement(&self, entry: EntryIndex) -> Result<Rc<IndexedStatement>, Error>;
}

struct ByIndex<'a>(&'a Session);

impl Others for ByIndex<'_> {
    fn person(&self, key: &PublicKey) -> Result<Option<(Slug, Slug)>, Error> {
        Ok(self.0.view().person(key)?)
    }
    fn is_shared(&self) -> Result<bool, Error> {
        self.0.is_shared()
    }
    fn is_back_dated(&self, statement: &Statement) -> Result<bool, Error> {
        Ok(clocks::back_dated(&self.0.view(), statement)?.is_some())
    }
    fn place(&self, id: &StatementId) -> Result<Option<EntryIndex>, Error> {
        Ok(self.0.view().statement(id)?.map(|fact| fact.index))
    }
    fn statement(&self, entry: EntryIndex) -> Result<Rc<IndexedStatement>, Error> {
        self.0.statement(entry)
    }
}

struct ByReading<'a> {
    session: &'a Session,
    people: People,
    places: BTreeMap<StatementId, EntryIndex>,
}

impl Others for ByReading<'_> {
    fn person(&self, key: &PublicKey) -> Result<Option<(Slug, Slug)>, Error> {
        Ok(self.people.holders.get(key).cloned())
    }
    fn is_shared(&self) -> Result<bool, Error> {
        Ok(self.people.organisations.len() > 1)
    }
    fn is_back_dated(&self, statement: &Statement) -> Result<bool, Error> {
        Ok(clocks::back_dated(self, statement)?.is_some())
    }
    fn place(&self, id: &StatementId) -> Result<Option<EntryIndex>, Error> {
        Ok(self.places.get(id).copied())
    }
    fn statement(&self, entry: EntryIndex) -> Result<Rc<IndexedStatement>, Error> {
        self.session.statement(entry)
    }
}

impl DatedEntries for ByReading<'_> {
    type Error = Error;
    fn dated(&self, index: EntryIndex) -> Result<Option<DatedEntry>, Error> {
        let found = self.session.statement(index)?;
        Ok(Some(DatedEntry {
            index,
            time: found.time,
            issued: UnixMillis::from(found.issued),
            statement_type: found.statement_type,
        }))
    }
    fn dated_statement(&self, id: &StatementId) -> Result<Option<DatedEntry>, Error> {
        self.places
            .get(id)
            .map_or(Ok(None), |place| self.dated(*place))
    }
    fn since(&self, key: &PublicKey) -> Result<Option<EntryIndex>, Error> {
        Ok(self.people.since.get(key).copied())
    }
}

/// A few entries in a line each, without the index: the log is looked through for the holders of keys and for what the
/// entries name, and every signature that a line rests on is verified now.
pub fn few_lines(session: &Session, entries: &[EntryIndex]) -> Result<Vec<Line>, Error> {
    let (reader, size) = (session.reader(), session.head().size);
    let people = People::from_log(reader, session.head())?;
    session.check_signed_by(&people.checkpoint_keys)?;
    let statements: Vec<(EntryIndex, Rc<IndexedStatement>)> = entries
        .iter()
        .map(|entry| Ok((*entry, session.statement(*entry)?)))
        .collect::<Result<_, Error>>()?;
    let named = statements
        .iter()
        .flat_map(|(_, statement)| statement.named());
    let others = ByReading {
        session,
        people,
        places: scan::places(reader, size, named.map(|named| named.id).collect())?,
    };
    let lines = statements.iter();
    lines
        .map(|(entry, statement)| line_by(&others, *entry, statement))
        .collect()
}

fn line_by(
    others: &dyn Others,
    index: EntryIndex,
    statement: &IndexedStatement,
) -> Result<Line, Error> {
    let (holder, organisation) = match others.person(&statement.key)? {
        Some((holder, organisation)) => (holder.to_string(), Some(organisation.to_string())),
        None => ("(not enrolled)".to_owned(), None),
    };
    let back_dated =
        clocks::may_be_back_dated(statement, statement.time) && others.is_back_dated(statement)?;
    Ok(Line {
        back_dated: back_dated.then(|| instant(statement.time)),
        index,
        statement_type: statement.statement_type.to_string(),
        id: statement.id().to_string(),
        label: statement.label.as_ref().map(ToString::to_string),
        holder,
        organisation,
        shared: others.is_shared()?,
        issued: statement.issued.to_string(),
        words: words_by(others, statement)?,
    })
}

fn words_by(others: &dyn Others, statement: &Statement) -> Result<Message, Error> {
    let mut places = BTreeMap::new();
    for named in statement.named() {
        if let Some(place) = others.place(&named.id)? {
            places.insert(named.id, format!("#{place}"));
        }
    }
    let label = match &statement.body {
        Body::VerdictIssue(verdict) => Some(rating_by(others, &verdict.scale, &verdict.rating)?),
        _ => None,
    };
    let place = |id: &StatementId| places.get(id).cloned().unwrap_or_else(|| id.short());
    let words = summary::summarize(&statement.body, &place, label);
    // Readers know a holder by name, not a key by its fingerprint.
    if let Body::KeyRevoke(revoke) = &statement.body
        && let Some((holder, _)) = others.person(&revoke.key)?
    {
        return Ok(message!("{holder}, {words}", words));
    }
    Ok(words)
}

fn rating_by(others: &dyn Others, scale: &StatementId, code: &Slug) -> Result<Message, Error> {
    let Some(place) = others.place(scale)? else {
        return Ok(code.to_string().into());
    };
    Ok(match &others.statement(place)?.body {
        Body::ScaleSet(scale) => summary::rating(scale, code),
        _ => code.to_string().into(),
    })
}

/// Milliseconds as people read them.
pub fn instant(millis: UnixMillis) -> String {
    millis
        .instant()
        .map_or_else(|_| format!("{millis} ms"), |at| at.to_string())
}
