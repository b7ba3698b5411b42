//! The index itself: rows, and the marker that says how far they have followed the log.

use super::Error;
use super::rows::Rows;
use super::schema::{MARKER_KEY, Marker, SCHEMA, fact_key, read_value};
use claimledger_core::crypto::Digest;
use claimledger_core::rules::FactKey;

/// The rows, and how far they have followed.
pub struct Index<R> {
    pub(super) rows: R,
    pub(super) marker: Marker,
}

impl<R: Rows> Index<R> {
    /// Opens rows; none at all have followed nothing. Rows of another schema, or without a marker, are corrupt.
    pub fn open(rows: R) -> Result<Self, Error> {
        let marker = match rows.read(MARKER_KEY)? {
            Some(bytes) => read_value(&bytes)?,
            // Rows and marker are written at once: either alone is half an index.
            None if rows.read(&fact_key(&FactKey::Ledger))?.is_some() => {
                return Err(Error::Corrupt {
                    reason: "it has rows and no marker".to_owned(),
                });
            }
            None => Marker::EMPTY,
        };
        if marker.schema != SCHEMA {
            return Err(Error::Corrupt {
                reason: format!(
                    "schema {} where this program writes {SCHEMA}",
                    marker.schema
                ),
            });
        }
        Ok(Self { rows, marker })
    }

    /// Rows that will have followed the log to this head when they are first read. Before anything is taken in, their
    /// marker is read: see [`Index::reload`].
    pub fn expected(rows: R, size: u64, root: Digest) -> Self {
        Self {
            rows,
            marker: Marker {
                size,
                root,
                ..Marker::EMPTY
            },
        }
    }

    /// The rows, read past the marker: for a test that compares two indexes row by row.
    pub fn rows(&self) -> &R {
        &self.rows
    }

    /// Reads the marker that the rows have.
    pub fn reload(&mut self) -> Result<(), Error> {
        self.marker = self.stored_marker()?;
        Ok(())
    }

    /// The marker that the rows have.
    pub fn stored_marker(&self) -> Result<Marker, Error> {
        match self.rows.read(MARKER_KEY)? {
            Some(bytes) => read_value(&bytes),
            None => Ok(Marker::EMPTY),
        }
    }

    /// The rows alone.
    pub fn into_rows(self) -> R {
        self.rows
    }

    /// How far the index has followed.
    pub fn marker(&self) -> &Marker {
        &self.marker
    }
}
