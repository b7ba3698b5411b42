//! A source that the ledger may have already: one with the same address.

use super::index::{Beyond, FullText};
use super::words::addresses;
use crate::app::read::line::labelled;
use crate::app::{Error, Session};
use crate::fulltext::{Filters, LookedFor, Question};
use claimledger_core::EntryIndex;
use claimledger_core::encoding::name::Label;
use claimledger_core::entry::Entry;
use claimledger_core::log::scan;
use claimledger_core::model::{Body, Statement, StatementType};
use claimledger_core::rules::{Reading, View as _};
use std::collections::BTreeSet;

/// A note about a source to be added, if a source of the ledger has one of its addresses. `but` is the source that may have it.
pub fn have_it(session: &Session, body: &Body, but: Option<&str>) -> Result<Option<String>, Error> {
    let wanted = addresses(session, body)?;
    if body.statement_type() != StatementType::SourceAdd || wanted.is_empty() {
        return Ok(None);
    }
    let has_one = |all: &[String]| all.iter().any(|address| wanted.contains(address));
    let size = session.head().size;
    let but = but.map(|name| session.resolve(name, size)).transpose()?;
    let full = FullText::open(session, Beyond::Some, &mut |_, _| {})?;
    let mut found: BTreeSet<EntryIndex> = BTreeSet::new();
    for address in &wanted {
        let question = Question {
            looked_for: LookedFor::Anything,
            filters: Filters {
                types: vec![StatementType::SourceAdd],
                address: Some(address.clone()),
                ..Filters::default()
            },
        };
        let hits = full.help(session, &question, MOST);
        found.extend(hits.iter().map(|hit| hit.entry));
    }
    scan::since(session.reader(), full.followed, size, |entry, bytes| {
        if scan::is_of_type(bytes, StatementType::SourceAdd)
            && let Some(said) = Entry::payload_in(bytes)
            && let Ok(said) = Statement::decode(said)
            && has_one(&addresses(session, &said.body)?)
        {
            found.insert(entry);
        }
        Ok::<(), Error>(())
    })?;
    let view = session.view();
    let reading = Reading::at(&view, size)?;
    for entry in found {
        if but == Some(entry) || !size.contains(entry) || view.entry(entry)?.is_none() {
            continue;
        }
        let there = session.statement(entry)?;
        if !has_one(&addresses(session, &there.body)?) || !reading.is_live(entry)? {
            continue;
        }
        let label = there.label.as_ref().map(Label::as_str);
        return Ok(Some(format!(
            "source #{entry}{} has this address already. If this is a new state of the same page, keep it there: \
             `claimledger source capture {entry} FILE`",
            labelled(label),
        )));
    }
    Ok(None)
}

/// How many sources with one address are looked at.
const MOST: usize = 10;
