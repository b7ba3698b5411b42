//! Questions: the rules' look-ups, names that people type, lists by type, who names whom; each as of any size.

use super::Error;
use super::follow::Index;
use super::rows::Rows;
use super::schema::{Namesakes, fact_key, last_index, naming_prefix, read_value, type_prefix};
use crate::crypto::Digest;
use crate::encoding::name::Label;
use crate::entry::Entry;
use crate::envelope::Verified;
use crate::model::{Body, StatementId, StatementType};
use crate::rules::{Fact, FactKey, View};
use crate::store::{self, Reader};

/// An index beside the log it follows: a `View`, every yes of which is confirmed against the log.
pub struct Indexed<'a, R> {
    index: &'a Index<R>,
    reader: &'a dyn Reader,
    log_size: u64,
}

impl<'a, R: Rows> Indexed<'a, R> {
    /// The index and the log, as far as the index has followed it.
    pub fn new(index: &'a Index<R>, reader: &'a dyn Reader) -> Self {
        Self::over(index, reader, index.marker().size)
    }

    /// The index and a log of `log_size` entries, of which the index may have followed fewer: a replay asks for roots
    /// between the two.
    pub(super) fn over(index: &'a Index<R>, reader: &'a dyn Reader, log_size: u64) -> Self {
        Self {
            index,
            reader,
            log_size,
        }
    }

    /// The entry at `at`, its signature verified strictly or, failing that, by ZIP-215.
    fn entry(&self, at: u64) -> Result<Verified, Error> {
        let size = self.index.marker().size;
        let damaged = |reason: String| Error::Log { index: at, reason };
        if at >= size {
            return Err(Error::Corrupt {
                reason: format!("a row names entry {at} of {size}"),
            });
        }
        let bytes = store::read_entry(self.reader, at, size)?;
        let parsed = Entry::decode(&bytes)
            .and_then(|entry| entry.envelope())
            .map_err(|e| damaged(e.to_string()))?;
        let mut answers =
            crate::envelope::verify_batch(vec![parsed], crate::host::random::generator());
        let answer = answers.pop().expect("one answer an envelope");
        answer.map_err(|e| damaged(e.to_string()))
    }

    fn confirm(&self, key: &FactKey, fact: &Fact) -> Result<(), Error> {
        let holds = match (key, fact) {
            (FactKey::Statement(id), Fact::Statement(fact)) => {
                let statement = self.entry(fact.index)?;
                statement.id() == *id && statement.statement_type == fact.statement_type
            }
            (FactKey::Key(key), Fact::Key(fact)) => {
                let Some((at, roles)) = fact.roles.last() else {
                    return Err(disagrees("a key without roles"));
                };
                let statement = self.entry(*at)?;
                match &statement.body {
                    Body::LedgerCreate(create) => {
                        statement.key == *key && create.holder == fact.holder
                    }
                    Body::KeyEnroll(enroll) => enroll.key == *key && enroll.roles == *roles,
                    Body::KeyRotate(rotate) => rotate.new_key == *key,
                    _ => false,
                }
            }
            (FactKey::Label(label), Fact::Label(id)) => {
                let Some(Fact::Statement(place)) = self.stored(&FactKey::Statement(*id))? else {
                    return Err(disagrees("a label of no statement"));
                };
                let statement = self.entry(place.index)?;
                statement.id() == *id && statement.label.as_ref() == Some(label)
            }
            (FactKey::Ledger, Fact::Ledger(ledger)) => self.entry(0)?.id() == ledger.id,
            (FactKey::Ratings(id), Fact::Ratings(codes)) => {
                let Some(Fact::Statement(place)) = self.stored(&FactKey::Statement(*id))? else {
                    return Err(disagrees("ratings of no scale"));
                };
                match &self.entry(place.index)?.body {
                    Body::ScaleSet(scale) => scale.entries.iter().map(|e| &e.code).eq(codes.iter()),
                    _ => false,
                }
            }
            // Where an organisation or a checkpoint key was first named: the number of an entry, nothing to quote.
            _ => true,
        };
        if holds {
            Ok(())
        } else {
            Err(disagrees("a row says what its entry does not"))
        }
    }

    fn stored(&self, key: &FactKey) -> Result<Option<Fact>, Error> {
        let Some(bytes) = self.index.rows().read(&fact_key(key))? else {
            return Ok(None);
        };
        if let FactKey::Statement(id) = key {
            let namesakes: Namesakes = read_value(&bytes)?;
            let found = namesakes.0.into_iter().find(|(other, _)| other == id);
            return Ok(found.map(|(_, fact)| Fact::Statement(fact)));
        }
        read_value(&bytes).map(Some)
    }

    /// Every statement before entry `at_size` whose id begins with these hex digits; at least 8 of them.
    pub fn by_id_prefix(
        &self,
        digits: &str,
        at_size: u64,
    ) -> Result<Vec<(StatementId, u64)>, Error> {
        let whole = &digits[..(digits.len().min(16)) & !1];
        let mut prefix = vec![b'S'];
        for pair in whole.as_bytes().chunks(2) {
            let pair = std::str::from_utf8(pair).unwrap_or_default();
            match u8::from_str_radix(pair, 16) {
                Ok(byte) => prefix.push(byte),
                Err(_) => return Ok(Vec::new()),
            }
        }
        let mut found = Vec::new();
        for row in self.index.rows().beginning(&prefix)? {
            let namesakes: Namesakes = read_value(&row.value)?;
            for (id, fact) in namesakes.0 {
                if fact.index < at_size && id.to_string().starts_with(digits) {
                    self.confirm(&FactKey::Statement(id), &Fact::Statement(fact.clone()))?;
                    found.push((id, fact.index));
                }
            }
        }
        Ok(found)
    }

    /// The entry with this label, before entry `at_size`.
    pub fn by_label(&self, label: &Label, at_size: u64) -> Result<Option<u64>, Error> {
        let Some(Fact::Label(id)) = self.fact(&FactKey::Label(label.clone()))? else {
            return Ok(None);
        };
        let place = self.statement(&id)?;
        Ok(place
            .map(|fact| fact.index)
            .filter(|index| *index < at_size))
    }

    /// The entries of one type before entry `at_size`, ascending.
    pub fn of_type(&self, statement_type: StatementType, at_size: u64) -> Result<Vec<u64>, Error> {
        self.indices(&type_prefix(statement_type), at_size)
    }

    /// The entries before `at_size` that name entry `named`, ascending.
    pub fn naming(&self, named: u64, at_size: u64) -> Result<Vec<u64>, Error> {
        self.indices(&naming_prefix(named), at_size)
    }

    fn indices(&self, prefix: &[u8], at_size: u64) -> Result<Vec<u64>, Error> {
        let rows = self.index.rows().beginning(prefix)?;
        let all: Result<Vec<u64>, Error> = rows.iter().map(last_index).collect();
        Ok(all?.into_iter().filter(|index| *index < at_size).collect())
    }

    /// Every key that signs or signed, with its history.
    pub fn keys(
        &self,
    ) -> Result<Vec<(crate::crypto::PublicKey, crate::rules::fact::KeyFact)>, Error> {
        let mut keys = Vec::new();
        for row in self.index.rows().beginning(b"K")? {
            let bytes: [u8; 32] = row.key[1..]
                .try_into()
                .map_err(|_| disagrees("a key row's key has another length"))?;
            if let Fact::Key(fact) = read_value(&row.value)? {
                keys.push((crate::crypto::PublicKey::from_bytes(bytes), fact));
            }
        }
        Ok(keys)
    }
}

impl<R: Rows> View for Indexed<'_, R> {
    type Error = Error;

    fn fact(&self, key: &FactKey) -> Result<Option<Fact>, Error> {
        let fact = self.stored(key)?;
        if let Some(fact) = &fact {
            self.confirm(key, fact)?;
        }
        Ok(fact)
    }

    fn root_at(&self, size: u64) -> Result<Option<Digest>, Error> {
        let marker = self.index.marker();
        if size == 0 || size > self.log_size {
            return Ok(None);
        }
        if size == marker.size {
            return Ok(Some(marker.root));
        }
        Ok(Some(store::root_at(self.reader, size)?))
    }
}

fn disagrees(reason: &str) -> Error {
    Error::Corrupt {
        reason: reason.to_owned(),
    }
}
