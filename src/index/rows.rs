//! An ordered map of bytes: what the index needs of its storage.

use super::Error;
use std::collections::BTreeMap;

/// A key and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The key.
    pub key: Vec<u8>,
    /// The value.
    pub value: Vec<u8>,
}

/// Rows by key ascending. A batch is applied whole or not at all.
pub trait Rows {
    /// The value under a key.
    fn read(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Error>;
    /// Every row whose key begins with these bytes, ascending.
    fn beginning(&self, prefix: &[u8]) -> Result<Vec<Row>, Error>;
    /// The first rows whose keys are not before these bytes, ascending; at most so many.
    fn page(&self, from: &[u8], most: usize) -> Result<Vec<Row>, Error>;
    /// The last row whose key begins with these bytes and comes before `end`.
    fn last_before(&self, prefix: &[u8], end: &[u8]) -> Result<Option<Row>, Error>;
    /// Writes all of them at once; a row given twice keeps the later value.
    fn write(&mut self, batch: Vec<Row>) -> Result<(), Error>;
}

/// Rows in memory: for one command, if sled's folder is not available.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct MemoryRows(BTreeMap<Vec<u8>, Vec<u8>>);

impl MemoryRows {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// All of them, by key ascending.
    pub(super) fn into_rows(self) -> Vec<Row> {
        let row = |(key, value)| Row { key, value };
        self.0.into_iter().map(row).collect()
    }
}

impl Rows for MemoryRows {
    fn read(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Error> {
        Ok(self.0.get(key).cloned())
    }

    fn beginning(&self, prefix: &[u8]) -> Result<Vec<Row>, Error> {
        let from = self.0.range(prefix.to_vec()..);
        Ok(from
            .take_while(|(key, _)| key.starts_with(prefix))
            .map(to_row)
            .collect())
    }

    fn page(&self, from: &[u8], most: usize) -> Result<Vec<Row>, Error> {
        let from = self.0.range(from.to_vec()..).take(most);
        Ok(from.map(to_row).collect())
    }

    fn last_before(&self, prefix: &[u8], end: &[u8]) -> Result<Option<Row>, Error> {
        let range = prefix.to_vec()..end.to_vec();
        Ok(self.0.range(range).next_back().map(to_row))
    }

    fn write(&mut self, batch: Vec<Row>) -> Result<(), Error> {
        self.0.extend(batch.into_iter().map(|r| (r.key, r.value)));
        Ok(())
    }
}

fn to_row((key, value): (&Vec<u8>, &Vec<u8>)) -> Row {
    Row {
        key: key.clone(),
        value: value.clone(),
    }
}

impl<T: Rows + ?Sized> Rows for Box<T> {
    fn read(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Error> {
        (**self).read(key)
    }
    fn beginning(&self, prefix: &[u8]) -> Result<Vec<Row>, Error> {
        (**self).beginning(prefix)
    }
    fn page(&self, from: &[u8], most: usize) -> Result<Vec<Row>, Error> {
        (**self).page(from, most)
    }

    fn last_before(&self, prefix: &[u8], end: &[u8]) -> Result<Option<Row>, Error> {
        (**self).last_before(prefix, end)
    }
    fn write(&mut self, batch: Vec<Row>) -> Result<(), Error> {
        (**self).write(batch)
    }
}
