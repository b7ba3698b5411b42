//! A commit that another command began and did not finish. It is finished before anything else is signed, and what it added
//! is told: a person whose command failed says the same again, and it would be in the ledger twice.

use super::added::Added;
use crate::app::read::line;
use crate::app::{Desk, Error, Session};
use crate::host::disk::Disk as _;
use crate::index::IndexedStatement;
use claimledger_core::crypto::PublicKey;
use claimledger_core::encoding::name::Label;
use claimledger_core::log::names::NEXT;
use claimledger_core::model::{Statement, StatementId, StatementType};
use claimledger_core::{EntryIndex, TreeSize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::rc::Rc;

/// The entries that an interrupted commit added, now that it is finished.
#[derive(Debug, Clone, Default)]
pub struct Finished {
    entries: Vec<EntryIndex>,
}

impl Finished {
    /// Those of a commit that took a ledger from one size to another.
    pub fn between(sizes: Option<(TreeSize, TreeSize)>) -> Self {
        let entries = sizes.map(|(from, to)| to.indices_from(from.next()).collect());
        Self {
            entries: entries.unwrap_or_default(),
        }
    }

    /// Whether there was none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// What to tell the person about it: a sentence, then its first entries.
    pub fn notes(&self, session: &Session) -> Result<Vec<String>, Error> {
        if self.is_empty() {
            return Ok(Vec::new());
        }
        let mut notes = vec![format!(
            "an earlier command was interrupted; its commit is finished now, and the ledger has what it added: {}",
            match self.entries[..] {
                [one] => format!("entry #{one}"),
                _ => format!("{} entries", self.entries.len()),
            }
        )];
        let first = &self.entries[..self.entries.len().min(SHOWN)];
        for line in line::lines(session, first, session.head().size)? {
            let label = line::labelled(line.label.as_deref());
            notes.push(format!(
                "#{} {}{} by {}: {}",
                line.index,
                line.statement_type,
                label,
                line.by(),
                line.words
            ));
        }
        Ok(notes)
    }

    /// Where it added these statements, if it added exactly them: the same signer said the same. Then they are not signed
    /// again. Times, what a server answered, and the ids by which statements of one batch name each other may differ; one
    /// that no other names needs no id.
    pub fn added(
        &self,
        session: &Session,
        statements: &[(Option<StatementId>, &Statement)],
    ) -> Result<Option<Vec<Added>>, Error> {
        if self.is_empty() || self.entries.len() != statements.len() {
            return Ok(None);
        }
        let there = self.statements(session)?;
        let ids: Vec<StatementId> = there.iter().map(|one| one.id()).collect();
        let theirs = said(
            ids.iter()
                .copied()
                .map(Some)
                .zip(there.iter().map(|one| &***one)),
        );
        let ours = said(statements.iter().copied());
        Ok((theirs == ours).then(|| self.acknowledged(&there)))
    }

    /// The same, by types and labels alone. The labels are taken, so these statements could not be added again in any case.
    pub fn labelled(
        &self,
        session: &Session,
        key: &PublicKey,
        wanted: &[(StatementType, Option<Label>)],
    ) -> Result<Option<Vec<Added>>, Error> {
        if self.is_empty() || wanted.iter().all(|(_, label)| label.is_none()) {
            return Ok(None);
        }
        let there = self.statements(session)?;
        let same = there.iter().all(|one| one.key == *key)
            && there
                .iter()
                .map(|one| (one.statement_type, one.label.clone()))
                .eq(wanted.iter().cloned());
        Ok(same.then(|| self.acknowledged(&there)))
    }

    fn statements(&self, session: &Session) -> Result<Vec<Rc<IndexedStatement>>, Error> {
        let entries = self.entries.iter();
        entries.map(|entry| session.statement(*entry)).collect()
    }

    fn acknowledged(&self, there: &[Rc<IndexedStatement>]) -> Vec<Added> {
        let all = self.entries.iter().zip(there);
        all.map(|(index, one)| Added::already(*index, one.id(), one))
            .collect()
    }
}

/// Finishes the commit of an interrupted command, if there is one. A commit that cannot be finished now is left to the
/// append, which reports why.
pub fn finish(desk: &Desk) -> Result<Finished, Error> {
    let disk = desk.disk()?;
    if disk.read(NEXT)?.is_none() {
        return Ok(Finished::default());
    }
    // A running command may be between writing this file and renaming it; its lock is waited for.
    let Ok(writer) = desk.locked() else {
        return Ok(Finished::default());
    };
    let finished = Finished::between(writer.finished());
    if !finished.is_empty()
        && desk
            .known()
            .may_append(writer.head(), writer.reader())
            .is_ok()
    {
        // As after any append; if it fails, the next append remembers more.
        let _ = desk.known().remember(writer.head(), &desk.place(), true);
    }
    Ok(finished)
}

/// What statements say: signer, type, label and body, without what differs when the same is said again.
fn said<'a>(
    statements: impl Iterator<Item = (Option<StatementId>, &'a Statement)>,
) -> Vec<(PublicKey, StatementType, Option<Label>, Value)> {
    let mut places = BTreeMap::new();
    let mut all = Vec::new();
    for (place, (id, statement)) in statements.enumerate() {
        if let Some(id) = id {
            places.insert(id.to_string(), place);
        }
        let mut body = serde_json::to_value(&statement.body).expect("statements are plain data");
        level(&mut body, &places);
        all.push((
            statement.key,
            statement.statement_type,
            statement.label.clone(),
            body,
        ));
    }
    all
}

/// Takes away the moment of a capture and what a server answered then, and puts its place for the id of a statement of the
/// same batch.
fn level(value: &mut Value, places: &BTreeMap<String, usize>) {
    match value {
        Value::String(text) => {
            if let Some(place) = places.get(text) {
                *value = Value::from(*place);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| level(item, places)),
        Value::Object(fields) => {
            // `captured` is also the name of a whole snapshot.
            if fields.get("captured").is_some_and(Value::is_string) {
                fields.remove("captured");
            }
            fields.remove("headers");
            fields.values_mut().for_each(|field| level(field, places));
        }
        _ => {}
    }
}

/// A person recognises their own command by its first entries.
const SHOWN: usize = 5;
