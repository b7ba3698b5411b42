//! Questions: the rules' look-ups, names that people type, lists by type, who names whom; each as of any size.

use super::asked::RowQuestion;
use super::marked_rows::Index;
use super::memory::Memory;
use super::roots::Roots;
use super::rows::Rows;
use super::schema::{
    LABELS, Namesakes, became_prefix, fact_key, last_index, link_of, links_prefix, read_value,
    type_prefix,
};
use super::{Error, disagrees};
use claimledger_core::crypto::{Digest, PublicKey};
use claimledger_core::encoding::name::{Label, Slug};
use claimledger_core::log::Reader;
use claimledger_core::log::tiles;
use claimledger_core::model::{StatementId, StatementType};
use claimledger_core::rules::Reading;
use claimledger_core::rules::backlinks::links_of;
use claimledger_core::rules::standing::labels;
use claimledger_core::rules::state::{BecameFact, KeyFact, LedgerFact};
use claimledger_core::rules::{Fact, FactKey, Link, View};
use claimledger_core::{EntryIndex, TreeSize};
use std::rc::Rc;

/// An index beside the log it follows: a `View` that confirms every positive answer against the log.
pub struct Indexed<'a, R> {
    pub(super) index: &'a Index<R>,
    pub(super) reader: &'a dyn Reader,
    log_size: TreeSize,
    roots: Option<&'a Roots>,
    pub(super) memory: Memory,
}

impl<'a, R: Rows> Indexed<'a, R> {
    /// The index and the log, as far as the index has followed it.
    pub fn new(index: &'a Index<R>, reader: &'a dyn Reader) -> Self {
        Self::recalling(index, reader, Memory::default())
    }

    /// The same with the memory of earlier questions about the same log.
    pub fn recalling(index: &'a Index<R>, reader: &'a dyn Reader, memory: Memory) -> Self {
        Self {
            index,
            reader,
            log_size: index.marker().size,
            roots: None,
            memory,
        }
    }

    /// The index and a log of `log_size` entries, of which the index may have followed fewer: a replay needs roots
    /// between the two, and knows most of them.
    pub(super) fn over(
        index: &'a Index<R>,
        reader: &'a dyn Reader,
        log_size: TreeSize,
        roots: &'a Roots,
    ) -> Self {
        Self {
            index,
            reader,
            log_size,
            roots: Some(roots),
            memory: Memory::default(),
        }
    }

    /// The content of a row, not confirmed.
    pub(super) fn stored(&self, key: &FactKey) -> Result<Option<Fact>, Error> {
        if let FactKey::Id(id) = key
            && let Some(index) = self.memory.borrow().placed.get(id)
        {
            return Ok(Some(Fact::At(*index)));
        }
        if let Some(known) = self.memory.borrow().stored.get(key) {
            return Ok(known.clone());
        }
        let bytes = self.index.rows.read(&fact_key(key))?;
        let fact = match (bytes, key) {
            (None, _) => None,
            (Some(bytes), FactKey::Id(id)) => {
                let namesakes: Namesakes = read_value(&bytes)?;
                let found = namesakes.0.into_iter().find(|(other, _)| other == id);
                found.map(|(_, index)| Fact::At(index))
            }
            (Some(_), FactKey::Link(..)) => Some(Fact::Holds),
            (Some(bytes), _) => Some(read_value(&bytes)?),
        };
        self.memory.borrow_mut().keep_stored(key, fact.as_ref());
        Ok(fact)
    }

    /// Every statement before entry `at_size` whose id begins with these hex digits; at least 8 of them.
    pub fn by_id_prefix(
        &self,
        digits: &str,
        at_size: TreeSize,
    ) -> Result<Vec<(StatementId, EntryIndex)>, Error> {
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
        for row in self.index.rows.beginning(&prefix)? {
            let namesakes: Namesakes = read_value(&row.value)?;
            for (id, index) in namesakes.0 {
                if at_size.contains(index) && id.to_string().starts_with(digits) {
                    self.confirm(&FactKey::Id(id), &Fact::At(index))?;
                    found.push((id, index));
                }
            }
        }
        Ok(found)
    }

    /// The entry that has this label as of `at_size`.
    pub fn by_label(&self, label: &Label, at_size: TreeSize) -> Result<Option<EntryIndex>, Error> {
        let reading = Reading::at(self, at_size)?;
        Ok(labels::holder(&reading, label)?.map(|fact| fact.index))
    }

    /// Every label that an entry has or had, as the rows say: to be confirmed by [`Indexed::by_label`].
    pub fn labels(&self) -> Result<Vec<String>, Error> {
        self.memory.ask(&RowQuestion::Labels);
        let rows = self.index.rows.beginning(LABELS)?.into_iter();
        let names = rows.map(|row| String::from_utf8_lossy(&row.key[1..]).into_owned());
        Ok(names.collect())
    }

    /// The entries of one type before entry `at_size`, ascending.
    pub fn of_type(
        &self,
        statement_type: StatementType,
        at_size: TreeSize,
    ) -> Result<Vec<EntryIndex>, Error> {
        self.memory.ask(&RowQuestion::OfType(statement_type));
        self.indices(&type_prefix(statement_type), at_size)
    }

    /// The entries before `at_size` that name entry `named`, ascending.
    pub fn naming(&self, named: EntryIndex, at_size: TreeSize) -> Result<Vec<EntryIndex>, Error> {
        self.memory.ask(&RowQuestion::AllLinked(named));
        let mut by = Vec::new();
        for (link, index) in self.links(named)?.iter() {
            if link.is_reference() && at_size.contains(*index) {
                by.push(*index);
            }
        }
        by.sort_unstable();
        by.dedup();
        Ok(by)
    }

    /// Every link of a subject, by kind and entry ascending.
    fn links(&self, subject: EntryIndex) -> Result<Rc<Vec<(Link, EntryIndex)>>, Error> {
        if let Some(known) = self.memory.borrow().links.get(&subject) {
            return Ok(Rc::clone(known));
        }
        let rows = self.index.rows.beginning(&links_prefix(subject))?;
        let links: Result<Vec<(Link, EntryIndex)>, Error> = rows.iter().map(link_of).collect();
        let links = Rc::new(links?);
        let mut memory = self.memory.borrow_mut();
        memory.links.insert(subject, Rc::clone(&links));
        Ok(links)
    }

    fn indices(&self, prefix: &[u8], at_size: TreeSize) -> Result<Vec<EntryIndex>, Error> {
        let rows = self.index.rows.beginning(prefix)?;
        let all: Result<Vec<EntryIndex>, Error> = rows.iter().map(last_index).collect();
        Ok(all?
            .into_iter()
            .filter(|index| at_size.contains(*index))
            .collect())
    }

    /// Every key that signs or signed, with its history.
    pub fn keys(&self) -> Result<Vec<(PublicKey, KeyFact)>, Error> {
        self.memory.ask(&RowQuestion::Keys);
        let mut keys = Vec::new();
        for row in self.index.rows.beginning(b"K")? {
            let bytes: [u8; 32] = row.key[1..]
                .try_into()
                .map_err(|_| disagrees("a key row's key has another length"))?;
            if let Fact::Key(fact) = read_value(&row.value)? {
                keys.push((PublicKey::from_bytes(bytes), *fact));
            }
        }
        Ok(keys)
    }

    /// Who holds a key that signs or signed, and their organisation.
    pub fn person(&self, key: &PublicKey) -> Result<Option<(Slug, Slug)>, Error> {
        self.memory.ask(&RowQuestion::Fact(&FactKey::Key(*key)));
        if let Some(Fact::Key(fact)) = self.memory.borrow().keys.get(key) {
            return Ok(Some((fact.holder.clone(), fact.organisation.clone())));
        }
        Ok(self.key(key)?.map(|fact| (fact.holder, fact.organisation)))
    }

    /// Reads the rows for lists of these entries: their own, those of the statements that they name, and the keys.
    /// Later questions about them need only the log, so the index can be closed.
    pub fn preload(&self, entries: &[EntryIndex]) -> Result<(), Error> {
        for entry in entries {
            let Some(row) = self.row_if_any(*entry)? else {
                continue;
            };
            for (link, subject) in links_of(&row) {
                if link.is_reference() && self.index.marker().size.contains(subject) {
                    self.row(subject)?;
                }
            }
        }
        for (key, _) in self.keys()? {
            self.signing(&key)?;
            self.key(&key)?;
        }
        Ok(())
    }
}

impl<R: Rows> Index<R> {
    /// The rules' view at the marker, confirmed against the log behind `reader`.
    pub fn view<'a>(&'a self, reader: &'a dyn Reader) -> Indexed<'a, R> {
        Indexed::new(self, reader)
    }

    /// The same with the memory of earlier questions about the same log.
    pub fn view_recalling<'a>(&'a self, reader: &'a dyn Reader, memory: &Memory) -> Indexed<'a, R> {
        Indexed::recalling(self, reader, memory.clone())
    }

    /// The ledger's own fact, if entry 0 was followed.
    pub fn ledger(&self, reader: &dyn Reader) -> Result<Option<LedgerFact>, Error> {
        self.view(reader).ledger()
    }
}

impl<R: Rows> View for Indexed<'_, R> {
    type Error = Error;

    fn fact(&self, key: &FactKey) -> Result<Option<Fact>, Error> {
        // What an entry says never changes.
        if !matches!(key, FactKey::Statement(_)) {
            self.memory.ask(&RowQuestion::Fact(key));
        }
        match key {
            FactKey::Statement(index) => {
                if let Some(known) = self.memory.borrow().facts.get(index) {
                    return Ok(Some(Fact::Statement(Box::new((**known).clone()))));
                }
            }
            FactKey::Id(id) => {
                if let Some(known) = self.memory.borrow().ids.get(id) {
                    return Ok(Some(Fact::At(*known)));
                }
            }
            FactKey::Key(key) => {
                if let Some(known) = self.memory.borrow().keys.get(key) {
                    return Ok(Some(known.clone()));
                }
            }
            _ => {}
        }
        let fact = match key {
            FactKey::Statement(index) => self
                .row_if_any(*index)?
                .map(|row| Fact::Statement(Box::new((*row).clone()))),
            _ => self.stored(key)?,
        };
        if let Some(fact) = &fact {
            self.confirm(key, fact)?;
            if let FactKey::Key(key) = key {
                let mut memory = self.memory.borrow_mut();
                memory.keys.insert(*key, fact.clone());
            }
        }
        Ok(fact)
    }

    fn since(
        &self,
        subject: EntryIndex,
        link: Link,
        size: TreeSize,
    ) -> Result<Vec<EntryIndex>, Error> {
        self.memory.ask(&RowQuestion::Linked(subject, link));
        let links = self.links(subject)?;
        let of_link = links
            .iter()
            .filter(|(found, index)| *found == link && !size.contains(*index));
        let indices: Vec<EntryIndex> = of_link.map(|(_, index)| *index).collect();
        for index in &indices {
            self.confirm(&FactKey::Link(subject, link, *index), &Fact::Holds)?;
        }
        Ok(indices)
    }

    fn became(
        &self,
        statement: EntryIndex,
        size: TreeSize,
    ) -> Result<Option<(EntryIndex, BecameFact)>, Error> {
        self.memory.ask(&RowQuestion::Became(statement));
        let key = |by| fact_key(&FactKey::Became(statement, by));
        let prefix = became_prefix(statement);
        let Some(row) = self.index.rows.last_before(&prefix, &key(size.next()))? else {
            return Ok(None);
        };
        let fact: Fact = read_value(&row.value)?;
        let by = last_index(&row)?;
        self.confirm(&FactKey::Became(statement, by), &fact)?;
        match fact {
            Fact::Became(fact) => Ok(Some((by, fact))),
            _ => Err(disagrees("a row has the fact of another key")),
        }
    }

    fn root_at(&self, size: TreeSize) -> Result<Option<Digest>, Error> {
        let marker = self.index.marker();
        if size.is_empty() || size > self.log_size {
            return Ok(None);
        }
        if size == marker.size {
            return Ok(Some(marker.root));
        }
        if let Some(root) = self.roots.and_then(|roots| roots.at(size)) {
            return Ok(Some(root));
        }
        if let Some(known) = self.memory.borrow().roots.get(&size) {
            return Ok(Some(*known));
        }
        let root = tiles::root_at(self.reader, size)?;
        self.memory.borrow_mut().roots.insert(size, root);
        Ok(Some(root))
    }
}
