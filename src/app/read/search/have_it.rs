//! A source that the ledger may have already: one with the same address.

use super::index::FullText;
use super::words::addresses;
use crate::app::read::line::labelled;
use crate::app::{Error, Session};
use crate::fulltext::{Filters, LookedFor, Question};
use claimledger_core::encoding::name::Label;
use claimledger_core::entry::Entry;
use claimledger_core::log::scan;
use claimledger_core::model::{Body, Statement, StatementId, StatementType};
use claimledger_core::rules::{Reading, View as _};
use claimledger_core::{EntryIndex, TreeSize};
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

/// The addresses of the sources of a ledger.
pub(super) struct KnownAddresses {
    full: Rc<FullText>,
    /// How far the index and what is kept here go.
    followed: TreeSize,
    /// The sources beyond the index that have an address.
    beyond: HashMap<String, BTreeSet<EntryIndex>>,
}

impl KnownAddresses {
    /// Those of an index, and those beyond it.
    pub(super) fn over(session: &Session, full: Rc<FullText>) -> Result<Self, Error> {
        let mut known = Self {
            followed: full.followed,
            full,
            beyond: HashMap::new(),
        };
        known.follow(session)?;
        Ok(known)
    }

    /// Takes in the entries that were added since.
    pub(super) fn follow(&mut self, session: &Session) -> Result<(), Error> {
        let (from, size) = (self.followed, session.head().size);
        scan::since(session.reader(), from, size, |entry, bytes| {
            if scan::is_of_type(bytes, StatementType::SourceAdd)
                && let Some(said) = Entry::payload_in(bytes)
                && let Ok(said) = Statement::decode(said)
            {
                for address in addresses(session, &said.body)? {
                    self.beyond.entry(address).or_default().insert(entry);
                }
            }
            Ok::<(), Error>(())
        })?;
        self.followed = size;
        Ok(())
    }

    /// A note about a source to be added, if a source of the ledger has one of its addresses. `but` is the source that may
    /// have it.
    pub(super) fn note(
        &self,
        session: &Session,
        body: &Body,
        but: Option<&StatementId>,
    ) -> Result<Option<String>, Error> {
        let wanted = addresses(session, body)?;
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
            let hits = self.full.help(session, &question, MOST);
            found.extend(hits.iter().map(|hit| hit.entry));
            found.extend(self.beyond.get(address).into_iter().flatten());
        }
        let view = session.view();
        let size = session.head().size;
        let but = match but {
            Some(id) => view.statement(id)?.map(|fact| fact.index),
            None => None,
        };
        let reading = Reading::at(&view, size)?;
        for entry in found {
            if but == Some(entry) || !size.contains(entry) || view.entry(entry)?.is_none() {
                continue;
            }
            let there = session.statement(entry)?;
            let has_one = addresses(session, &there.body)?;
            let has_one = has_one.iter().any(|address| wanted.contains(address));
            if !has_one || !reading.is_live(entry)? {
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
}

/// How many sources with one address are looked at.
const MOST: usize = 10;
