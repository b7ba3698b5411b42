//! The index: rows, and the marker that says how far they have followed the log.

use super::Error;
use super::rows::Rows;
use super::schema::{MARKER_KEY, Marker, SCHEMA, fact_key, read_value};
use claimledger_core::TreeSize;
use claimledger_core::crypto::Digest;
use claimledger_core::rules::FactKey;

/// The rows, and the marker.
pub struct Index<R> {
    pub(super) rows: R,
    pub(super) marker: Marker,
}

impl<R: Rows> Index<R> {
    /// Opens rows. Without any rows, nothing has been followed. Rows of another schema, or without a marker, are
    /// corrupt.
    pub fn open(rows: R) -> Result<Self, Error> {
        let marker = match rows.read(MARKER_KEY)? {
            Some(bytes) => read_value(&bytes)?,
            // Rows and marker are written together: one without the other is half an index.
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

    /// Rows that are to follow the log to this head before their first answer. Before entries are added, their marker
    /// is read: see [`Index::reload`].
    pub fn expected(rows: R, size: TreeSize, root: Digest) -> Self {
        Self {
            rows,
            marker: Marker {
                size,
                root,
                ..Marker::EMPTY
            },
        }
    }

    /// The rows, as they are: for a test that compares two indexes row by row.
    pub fn rows(&self) -> &R {
        &self.rows
    }

    /// Reads the marker again.
    pub fn reload(&mut self) -> Result<(), Error> {
        self.marker = self.stored_marker()?;
        Ok(())
    }

    /// The marker in the rows.
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
