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
mod row;

use super::line::Lines;
use crate::app::keys::names;
use crate::app::record::append;
use crate::app::{Desk, Error, Session};
use crate::keystore;
use claimledger_core::rules::{Says, View};
use claimledger_core::{EntryIndex, message};
use ledger::OpenLedger;
use row::{Next, OpenRow};
pub use row::{Todo, TodoKind, TodoPerson};
use std::collections::BTreeMap;

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
        let order = |row: &OpenRow| (row.kind, row.due.is_none(), row.due.clone(), row.entry);
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

/// From this many rows on, what one key added at one moment is one row: an import, and not a case with a few claims. An import
/// of a newsroom's own reviews takes many commits; its verdicts adopt them.
const IMPORT: usize = 8;

/// The rows, those of one import together.
fn grouped(session: &Session, rows: Vec<OpenRow>) -> Result<Vec<Vec<OpenRow>>, Error> {
    let view = session.view();
    let mut places: BTreeMap<_, usize> = BTreeMap::new();
    let mut groups: Vec<Vec<OpenRow>> = Vec::new();
    for row in rows {
        let Some(fact) = view.entry(row.entry)? else {
            continue;
        };
        let who = row.who.clone();
        let adopts = matches!(&fact.says, Says::Verdict(verdict) if verdict.adopts.is_some());
        let moment = (!adopts).then_some(fact.time);
        let together = (row.kind, fact.by.key, moment, who, row.due.clone());
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
fn shown<V: View>(
    lines: &Lines<'_, V>,
    group: Vec<OpenRow>,
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
