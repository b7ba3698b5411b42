//! Rows in memory over other rows: for a log on a scratch disk, and for many commits whose rows are written together.

use super::Error;
use super::rows::{MemoryRows, Row, Rows};
use std::collections::BTreeMap;

/// Rows in memory over other rows.
pub struct Layered<B> {
    below: B,
    above: MemoryRows,
}

impl<B: Rows> Layered<B> {
    /// Nothing in memory yet.
    pub fn over(below: B) -> Self {
        Self {
            below,
            above: MemoryRows::default(),
        }
    }

    /// How many rows are in memory.
    pub fn waiting(&self) -> usize {
        self.above.len()
    }

    /// Writes the rows in memory to the rows below, in one batch.
    ///
    /// # Errors
    ///
    /// Those of the rows below. What was in memory is forgotten then: the log has it.
    pub fn settle(&mut self) -> Result<(), Error> {
        match std::mem::take(&mut self.above).into_rows() {
            rows if rows.is_empty() => Ok(()),
            rows => self.below.write(rows),
        }
    }
}

impl<B: Rows> Rows for Layered<B> {
    fn read(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Error> {
        match self.above.read(key)? {
            Some(value) => Ok(Some(value)),
            None => self.below.read(key),
        }
    }

    fn beginning(&self, prefix: &[u8]) -> Result<Vec<Row>, Error> {
        let below = self.below.beginning(prefix)?;
        let above = self.above.beginning(prefix)?;
        Ok(merged(below, above))
    }

    fn page(&self, from: &[u8], most: usize) -> Result<Vec<Row>, Error> {
        let below = self.below.page(from, most)?;
        let above = self.above.page(from, most)?;
        let mut rows = merged(below, above);
        rows.truncate(most);
        Ok(rows)
    }

    fn last_before(&self, prefix: &[u8], end: &[u8]) -> Result<Option<Row>, Error> {
        let below = self.below.last_before(prefix, end)?;
        let above = self.above.last_before(prefix, end)?;
        // Of the same key the last one is taken: the row above.
        Ok(below
            .into_iter()
            .chain(above)
            .max_by(|a, b| a.key.cmp(&b.key)))
    }

    fn write(&mut self, batch: Vec<Row>) -> Result<(), Error> {
        self.above.write(batch)
    }
}

/// Rows by key ascending; where both have one, that from above.
fn merged(below: Vec<Row>, above: Vec<Row>) -> Vec<Row> {
    let rows: BTreeMap<Vec<u8>, Vec<u8>> = below
        .into_iter()
        .chain(above)
        .map(|row| (row.key, row.value))
        .collect();
    let row = |(key, value)| Row { key, value };
    rows.into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row(key: &[u8], value: u8) -> Row {
        Row {
            key: key.to_vec(),
            value: vec![value],
        }
    }

    proptest! {
        /// Whatever waits and whatever was settled, the rows answer as if all had been written at once.
        #[test]
        fn waiting_rows_answer_like_written_ones(
            steps in prop::collection::vec((prop::collection::vec((prop::collection::vec(0_u8..3, 1..4), any::<u8>()), 0..5), any::<bool>()), 1..12),
        ) {
            let mut plain = MemoryRows::default();
            let mut layered = Layered::over(MemoryRows::default());
            for (batch, settle) in steps {
                let batch: Vec<Row> = batch.iter().map(|(key, value)| row(key, *value)).collect();
                plain.write(batch.clone()).unwrap();
                layered.write(batch).unwrap();
                if settle {
                    layered.settle().unwrap();
                    prop_assert_eq!(layered.waiting(), 0);
                }
                for key in [&[0][..], &[1], &[1, 2], &[2, 0, 1], &[]] {
                    prop_assert_eq!(layered.read(key).unwrap(), plain.read(key).unwrap());
                    prop_assert_eq!(layered.beginning(key).unwrap(), plain.beginning(key).unwrap());
                    prop_assert_eq!(layered.page(key, 3).unwrap(), plain.page(key, 3).unwrap());
                    let end = [key, &[9]].concat();
                    prop_assert_eq!(layered.last_before(key, &end).unwrap(), plain.last_before(key, &end).unwrap());
                }
            }
        }
    }
}
