//! The entries that people name: by number, by label, or by the beginning of an id.

use super::{Error, Session};
use claimledger_core::encoding::name::Label;
use claimledger_core::model::{Body, StatementId, StatementType};
use claimledger_core::rules::standing::labels;
use claimledger_core::rules::{Reading, View as _};
use claimledger_core::{EntryIndex, TreeSize};

impl Session {
    /// The entry that a person names: by number, by label, or by 8 or more digits of its id.
    pub fn resolve(&self, name: &str, at_size: TreeSize) -> Result<EntryIndex, Error> {
        if let Some(index) = self.called(name) {
            return Ok(index);
        }
        let not_found = || crate::ledger::Error::NotFound {
            name: name.to_owned(),
            size: at_size,
        };
        let hex = name.len() >= MIN_ID_DIGITS
            && name.len() <= 64
            && name
                .bytes()
                .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if hex {
            let found = self.view().by_id_prefix(name, at_size)?;
            match found.as_slice() {
                [] => {}
                [(_, index)] => return Ok(*index),
                many => {
                    return Err(crate::ledger::Error::Ambiguous {
                        name: name.to_owned(),
                        count: many.len(),
                    }
                    .into());
                }
            }
        }
        let number = name.strip_prefix('#').unwrap_or(name);
        if let Ok(index) = number.parse::<EntryIndex>() {
            return if at_size.contains(index) {
                Ok(index)
            } else {
                Err(not_found().into())
            };
        }
        if let Ok(label) = name.parse::<Label>()
            && let Some(index) = self.view().by_label(&label, at_size)?
        {
            return Ok(index);
        }
        Err(not_found().into())
    }

    /// The label of the statement of an entry, as of a size.
    pub fn label_of(&self, entry: EntryIndex, at_size: TreeSize) -> Result<Option<Label>, Error> {
        let view = self.view();
        let reading = Reading::at(&view, at_size)?;
        let Some(fact) = reading.entry(entry)? else {
            return Ok(None);
        };
        Ok(labels::label(&reading, &fact, &*self.statement(entry)?)?.cloned())
    }

    /// The name of a statement for people: its label, or its number, or the beginning of its id.
    pub fn name_of(&self, id: &StatementId) -> Result<String, Error> {
        let Some(fact) = self.view().statement(id)? else {
            return Ok(id.short());
        };
        let label = self.label_of(fact.index, self.head().size)?;
        let label = label.map(|label| label.to_string());
        Ok(label.unwrap_or_else(|| format!("#{}", fact.index)))
    }

    /// The id of the statement that a person names, which must be of this type.
    pub fn id_of(&self, name: &str, wanted: StatementType) -> Result<StatementId, Error> {
        let (id, body) = self.named(name).map_err(|error| match error {
            Error::Ledger(crate::ledger::Error::NotFound { name, size }) => {
                Error::NotNamed { name, size, wanted }
            }
            other => other,
        })?;
        if body.statement_type() == wanted {
            Ok(id)
        } else {
            Err(Error::WrongKind {
                name: name.to_owned(),
                found: body.statement_type().to_string(),
                wanted: wanted.to_string(),
            })
        }
    }

    /// The statement that a person names, of any type.
    pub fn named(&self, name: &str) -> Result<(StatementId, Body), Error> {
        let index = self.resolve(name, self.head().size)?;
        let statement = self.statement(index)?;
        Ok((statement.id(), statement.body.clone()))
    }
}

/// Eight digits distinguish four thousand million statements.
const MIN_ID_DIGITS: usize = 8;
