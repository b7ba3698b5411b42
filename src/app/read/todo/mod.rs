//! Open work: one list of everything that waits for somebody, with who can do it and the command that goes on.
//!
//! Each file finds some kinds. A new kind is a [`TodoKind`] and the function that finds it; there is no second list.
//!
//! What this is not: it decides nothing. Who can do something is asked of `rules`. It knows what is in the ledger: a draft is
//! a file that only the person who wrote it knows of.

mod approvals;
mod beneath;
mod forecasts;
mod ledger;
mod objections;

use super::line::{self, Line, Lines};
use crate::app::keys::names;
use crate::app::record::append;
use crate::app::{Desk, Error, Session};
use crate::keystore;
use claimledger_core::encoding::time::PartialDate;
use claimledger_core::rules::{Person, View as _};
use claimledger_core::{EntryIndex, Message, message};
use ledger::OpenLedger;
use serde::Serialize;
use std::collections::BTreeMap;

/// What kind of work is open, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum TodoKind {
    /// An objection was upheld, wholly or in part, and nothing that stands settles it.
    Correct,
    /// A verdict waits for an approval that its policy asks for.
    Approve,
    /// A correction of a verdict waits for one; until then the old verdict is the current one.
    ApproveCorrection,
    /// An objection waits for an answer.
    Answer,
    /// A verdict was rejected, and nothing replaces it.
    Rejected,
    /// A verdict lacks something that no approval brings.
    Incomplete,
    /// The date of a forecast has passed, and no verdict says how it ended.
    ForecastDue,
    /// Something on which a verdict rests no longer stands.
    RestsOnFallen,
    /// The corroboration of a verdict is no longer what it was when it was signed.
    CorroborationChanged,
    /// A quotation is no longer in its source.
    QuotationLost,
}

impl TodoKind {
    /// Every kind, in order.
    pub const ALL: &'static [Self] = &[
        Self::Correct,
        Self::Approve,
        Self::ApproveCorrection,
        Self::Answer,
        Self::Rejected,
        Self::Incomplete,
        Self::ForecastDue,
        Self::RestsOnFallen,
        Self::CorroborationChanged,
        Self::QuotationLost,
    ];

    /// For people.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Correct => "upheld objections: correct or withdraw",
            Self::Approve => "verdicts that wait for approval",
            Self::ApproveCorrection => "corrections that wait for approval",
            Self::Answer => "objections that wait for an answer",
            Self::Rejected => "rejected verdicts",
            Self::Incomplete => "verdicts that lack more than an approval",
            Self::ForecastDue => "forecasts that have fallen due",
            Self::RestsOnFallen => "verdicts that rest on what no longer stands",
            Self::CorroborationChanged => "verdicts whose corroboration has changed",
            Self::QuotationLost => "quotations that are no longer in their source",
        }
    }
}

/// Somebody who can do it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TodoPerson {
    /// Their short name.
    pub holder: String,
    /// Their organisation.
    pub organisation: String,
}

impl From<&Person> for TodoPerson {
    fn from(person: &Person) -> Self {
        Self {
            holder: person.holder.to_string(),
            organisation: person.organisation.to_string(),
        }
    }
}

/// Something that is open.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Todo {
    /// What kind of work it is.
    pub kind: TodoKind,
    /// What it is about.
    pub what: Line,
    /// All that it is about, if it is more: what one person added at one moment is one row.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub all: Vec<EntryIndex>,
    /// What is open, in words.
    pub words: Message,
    /// Who can do it; empty if there is no such person in the ledger now.
    pub who: Vec<TodoPerson>,
    /// Since when it is open, by the clock of the person whose statement opened it; for a forecast the date it fell due.
    pub since: String,
    /// Until when it must be done, by the policy, in UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<PartialDate>,
    /// The command to go on with.
    pub next: String,
}

impl Todo {
    /// Who can do it, for people: `edith or otto`.
    pub fn who_in_words(&self) -> String {
        let names: Vec<String> = self
            .who
            .iter()
            .map(|who| {
                if self.what.shared {
                    line::person(&who.holder, &who.organisation)
                } else {
                    who.holder.clone()
                }
            })
            .collect();
        match &names[..] {
            [] => "no person in the ledger can do it now".to_owned(),
            [one] => one.clone(),
            [some @ .., last] => format!("{} or {last}", some.join(", ")),
        }
    }
}

/// A row before it is counted and shown.
struct Row {
    kind: TodoKind,
    entry: EntryIndex,
    words: Message,
    who: Vec<TodoPerson>,
    since: String,
    due: Option<PartialDate>,
    next: Next,
}

/// The command that goes on.
enum Next {
    /// Reading: what the next statement says is for the person to find.
    Read(String),
    /// Signing, which asks before it signs; `--as` is added.
    Sign(String),
}

/// What is open; with a name, only what the person of that key can do.
///
/// # Errors
///
/// Those of [`names::meant`]; [`keystore::Error::Unknown`] if the key has no holder in this ledger.
pub fn list(desk: &Desk, session: &Session, name: Option<&str>) -> Result<Vec<Todo>, Error> {
    let me = name.map(|name| person(desk, session, name)).transpose()?;
    let view = session.view();
    let now = append::now(desk)?;
    let open = OpenLedger::new(session, &view, now)?;
    let mut rows = approvals::rows(&open)?;
    rows.extend(objections::rows(&open)?);
    rows.extend(forecasts::rows(&open)?);
    rows.extend(beneath::rows(&open)?);
    if let Some(me) = &me {
        rows.retain(|row| row.who.contains(me));
    }
    rows.sort_by(|a, b| {
        let order = |row: &Row| (row.kind, row.due.is_none(), row.due.clone(), row.entry);
        order(a).cmp(&order(b))
    });
    let lines = Lines::at(session, &view, session.head().size)?;
    let mut all = Vec::new();
    for group in grouped(session, rows)? {
        all.extend(shown(&lines, group, name)?);
    }
    Ok(all)
}

/// The holder of the key that a person means.
fn person(desk: &Desk, session: &Session, name: &str) -> Result<TodoPerson, Error> {
    let key = names::meant(desk, session, name)?;
    match session.view().person(&key)? {
        Some((holder, organisation)) => Ok(TodoPerson {
            holder: holder.to_string(),
            organisation: organisation.to_string(),
        }),
        None => Err(keystore::Error::Unknown {
            name: name.to_owned(),
            folder: desk.keys.display().to_string(),
        }
        .into()),
    }
}

/// From this many rows on, what one key added at one moment is one row: an import, and not a case with a few claims.
const IMPORT: usize = 8;

/// The rows, those of one import together.
fn grouped(session: &Session, rows: Vec<Row>) -> Result<Vec<Vec<Row>>, Error> {
    let view = session.view();
    let mut places: BTreeMap<_, usize> = BTreeMap::new();
    let mut groups: Vec<Vec<Row>> = Vec::new();
    for row in rows {
        let Some(fact) = view.entry(row.entry)? else {
            continue;
        };
        let who = row.who.clone();
        let together = (row.kind, fact.by.key, fact.time, who, row.due.clone());
        let place = *places.entry(together).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(row),
            None => groups.push(vec![row]),
        }
    }
    let split = groups.into_iter().flat_map(|group| {
        if group.len() >= IMPORT {
            vec![group]
        } else {
            group.into_iter().map(|row| vec![row]).collect()
        }
    });
    Ok(split.collect())
}

/// A group as one row, which is about its first entry.
fn shown<V: claimledger_core::rules::View>(
    lines: &Lines<'_, V>,
    group: Vec<Row>,
    name: Option<&str>,
) -> Result<Option<Todo>, Error>
where
    Error: From<V::Error>,
{
    let all: Vec<EntryIndex> = group.iter().map(|row| row.entry).collect();
    let count = all.len();
    let Some(row) = group.into_iter().next() else {
        return Ok(None);
    };
    let signer = name.or_else(|| row.who.first().map(|who| who.holder.as_str()));
    let next = match (row.next, signer) {
        (Next::Read(command), _) | (Next::Sign(command), None) => command,
        (Next::Sign(command), Some(signer)) => format!("{command} --as {signer}"),
    };
    let words = if count > 1 {
        let first = row.words;
        message!(
            "{count} that were added together, the first: {first}",
            first
        )
    } else {
        row.words
    };
    Ok(Some(Todo {
        kind: row.kind,
        what: lines.of(row.entry)?,
        all: if count > 1 { all } else { Vec::new() },
        words,
        who: row.who,
        since: row.since,
        due: row.due,
        next,
    }))
}
