//! Compares two sets of rows, of which one may be too large to be read at once.

use super::Error;
use super::rows::{Row, Rows};
use super::schema::kind_of;
use std::cmp::Ordering;
use std::collections::{BTreeMap, VecDeque};

/// How the rows of one kind differ from those that the log makes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RowDifferences {
    /// Rows that are not there.
    pub missing: u64,
    /// Rows that should not be there.
    pub surplus: u64,
    /// Rows with another value.
    pub altered: u64,
}

/// The differences of these rows from those that should be there, by kind; empty if there are none.
pub fn differences(
    rows: &dyn Rows,
    expected: &dyn Rows,
) -> Result<BTreeMap<&'static str, RowDifferences>, Error> {
    let (mut rows, mut expected) = (Pages::over(rows), Pages::over(expected));
    let mut differences: BTreeMap<&'static str, RowDifferences> = BTreeMap::new();
    loop {
        let (found, wanted) = (rows.peek()?, expected.peek()?);
        let order = match (found, wanted) {
            (None, None) => return Ok(differences),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(found), Some(wanted)) => found.key.cmp(&wanted.key),
        };
        if order == Ordering::Equal && found == wanted {
            rows.skip();
            expected.skip();
            continue;
        }
        let first = if order == Ordering::Greater {
            wanted
        } else {
            found
        };
        let kind = kind_of(&first.expect("the smaller of the two").key);
        let of_kind = differences.entry(kind).or_default();
        match order {
            Ordering::Less => of_kind.surplus += 1,
            Ordering::Greater => of_kind.missing += 1,
            Ordering::Equal => of_kind.altered += 1,
        }
        if order != Ordering::Greater {
            rows.skip();
        }
        if order != Ordering::Less {
            expected.skip();
        }
    }
}

/// All rows, read a page at a time.
struct Pages<'a> {
    rows: &'a dyn Rows,
    page: VecDeque<Row>,
    next: Option<Vec<u8>>,
}

impl<'a> Pages<'a> {
    fn over(rows: &'a dyn Rows) -> Self {
        Self {
            rows,
            page: VecDeque::new(),
            next: Some(Vec::new()),
        }
    }

    fn peek(&mut self) -> Result<Option<&Row>, Error> {
        if self.page.is_empty()
            && let Some(from) = self.next.take()
        {
            self.page = self.rows.page(&from, PAGE_ROWS)?.into();
            // The smallest key after the last one.
            let last = self.page.back().map(|row| row.key.clone());
            self.next = last.map(|last| [last, vec![0]].concat());
        }
        Ok(self.page.front())
    }

    fn skip(&mut self) {
        self.page.pop_front();
    }
}

/// Far fewer than can be read in the time of one question.
const PAGE_ROWS: usize = 1_000;

#[cfg(test)]
mod tests {
    use super::super::rows::MemoryRows;
    use super::*;

    fn rows(all: &[(&str, &str)]) -> MemoryRows {
        let mut rows = MemoryRows::default();
        let row = |(key, value): &(&str, &str)| Row {
            key: key.as_bytes().to_vec(),
            value: value.as_bytes().to_vec(),
        };
        rows.write(all.iter().map(row).collect()).unwrap();
        rows
    }

    #[test]
    fn missing_surplus_and_altered_rows_are_counted_by_kind() {
        let expected = rows(&[("E1", "a"), ("E2", "b"), ("T1", ""), ("X1", "")]);
        assert_eq!(differences(&expected, &expected).unwrap(), BTreeMap::new());
        let found = rows(&[("E1", "a"), ("E2", "c"), ("T2", ""), ("T3", ""), ("q", "")]);
        let of = |missing, surplus, altered| RowDifferences {
            missing,
            surplus,
            altered,
        };
        let expected = differences(&found, &expected).unwrap();
        let wanted = [
            ("statements", of(0, 0, 1)),
            ("types", of(1, 2, 0)),
            ("unknown", of(0, 1, 0)),
            ("what is about what", of(1, 0, 0)),
        ];
        assert_eq!(expected, BTreeMap::from(wanted));
    }

    #[test]
    fn rows_are_compared_over_many_pages() {
        let names: Vec<String> = (0..3_500).map(|n| format!("E{n:04}")).collect();
        let all: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
        let but_one: Vec<(&str, &str)> = [&all[..2_000], &all[2_001..]].concat();
        let missing = differences(&rows(&but_one), &rows(&all)).unwrap();
        assert_eq!(missing["statements"].missing, 1);
        let surplus = differences(&rows(&all), &rows(&but_one)).unwrap();
        assert_eq!(surplus["statements"].surplus, 1);
        assert!(differences(&rows(&all), &rows(&all)).unwrap().is_empty());
    }
}
