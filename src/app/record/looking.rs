//! Looks for earlier quotations of a source in its new bytes: for every excerpt that the signer's organisation took from it.

use crate::app::read::captures::text_of;
use crate::app::summary::counted;
use crate::app::{Error, Session};
use claimledger_core::EntryIndex;
use claimledger_core::crypto::PublicKey;
use claimledger_core::log::excerpts::excerpt_in;
use claimledger_core::log::quotations;
use claimledger_core::log::{CountedText, Reader};
use claimledger_core::model::excerpt::Excerpt;
use claimledger_core::model::snapshot::Snapshot;
use claimledger_core::model::source::Quotation;
use claimledger_core::model::{Body, StatementId};
use claimledger_core::rules::standing::quotation;
use claimledger_core::rules::state::FactKey;
use claimledger_core::rules::{Fact, Reading, View as _};
use std::collections::{BTreeMap, BTreeSet};

/// What new bytes have of earlier quotations.
#[derive(Debug, Default)]
pub struct Looked {
    /// What was found, by statement, ascending.
    pub found: Vec<Quotation>,
    /// What to tell the person about those that were not looked for.
    pub notes: Vec<String>,
}

/// Looks in the text of a snapshot, whose bytes `reader` has, for the quotations that the organisation of `key` took from
/// a source.
pub fn look(
    session: &Session,
    source: &StatementId,
    snapshot: &Snapshot,
    reader: &dyn Reader,
    key: &PublicKey,
) -> Result<Looked, Error> {
    let mut looked = Looked::default();
    let excerpts = excerpts_of(session, source, key)?;
    if excerpts.is_empty() {
        return Ok(looked);
    }
    let Some(text) = text_of(reader, snapshot)?.map(CountedText::from) else {
        looked.notes.push(format!(
            "this copy has no text, so {} of this source could not be looked for",
            counted(excerpts.len() as u64, "quotation")
        ));
        return Ok(looked);
    };
    let mut sealed = 0;
    for (statement, excerpt) in &excerpts {
        match quotations::find(&text, *statement, excerpt) {
            Some(found) => looked.found.push(found),
            None => sealed += 1,
        }
    }
    if sealed > 0 {
        looked.notes.push(format!(
            "{} could not be looked for: their words are sealed",
            counted(sealed, "quotation")
        ));
    }
    Ok(looked)
}

/// The excerpts that the organisation of a key took from a source, by the statement that quotes.
fn excerpts_of(
    session: &Session,
    source: &StatementId,
    key: &PublicKey,
) -> Result<BTreeMap<StatementId, Excerpt>, Error> {
    let mut excerpts = BTreeMap::new();
    let view = session.view();
    let organisation = match view.key(key)? {
        Some(key) => view.organisation(&key.organisation)?,
        None => None,
    };
    let (Some(organisation), Some(source)) = (organisation, view.statement(source)?) else {
        return Ok(excerpts);
    };
    let reading = Reading::at(&view, session.head().size)?;
    let quoting = quotation::quoting(&reading, source.index, organisation)?;
    for entry in quoting.statements {
        let statement = session.statement(entry)?;
        if let Some(excerpt) = excerpt_in(&statement.body)
            && is_of(session, &quoting.forms, excerpt)?
        {
            excerpts.insert(statement.id(), excerpt.clone());
        }
    }
    Ok(excerpts)
}

/// Whether an excerpt quotes a text of one of these forms of a source: a relation may quote either of its ends.
fn is_of(
    session: &Session,
    forms: &BTreeSet<EntryIndex>,
    excerpt: &Excerpt,
) -> Result<bool, Error> {
    for form in forms {
        let blob = session.view().fact(&FactKey::Blob(*form, excerpt.text))?;
        if matches!(blob, Some(Fact::Blob(blob)) if blob.text) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The excerpts of the statements that a new capture names, some of them perhaps in the same batch.
pub fn quoted_by(
    session: &Session,
    body: &Body,
    batch: &BTreeMap<StatementId, &Body>,
) -> Result<BTreeMap<StatementId, Excerpt>, Error> {
    let mut excerpts = BTreeMap::new();
    let Body::SourceCapture(capture) = body else {
        return Ok(excerpts);
    };
    for said in &capture.quotations {
        let excerpt = if let Some(body) = batch.get(&said.statement) {
            excerpt_in(body).cloned()
        } else if let Some(fact) = session.view().statement(&said.statement)? {
            excerpt_in(&session.statement(fact.index)?.body).cloned()
        } else {
            None
        };
        excerpts.extend(excerpt.map(|excerpt| (said.statement, excerpt)));
    }
    Ok(excerpts)
}
