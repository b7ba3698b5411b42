//! Tables (RFC 4180, and tab-separated text): a review a row, by a mapping of columns to fields.

use super::decoding::DecodedBytes;
use super::mapping::Mapping;
use super::rows::TableRows;
use super::{ReviewMarkup, Trouble, TroubleCode};
use encoding_rs::Encoding;
use std::cell::Cell;
use std::io::{self, ErrorKind, Read};

/// Takes what a row has, or what is wrong with it, with its place; false ends the reading.
pub type EachRow<'e> = dyn FnMut(&str, Result<Vec<ReviewMarkup>, Trouble>) -> bool + 'e;

/// Reads a table, row after row. The first row is row 1, also if it has the names of the columns.
///
/// # Errors
///
/// `malformed` if a column of the mapping is not in the table, or characters are not in the encoding; `too-large` for a row
/// that is too long.
pub fn table(
    from: &mut dyn Read,
    encoding: &'static Encoding,
    mapping: &Mapping,
    each: &mut EachRow<'_>,
) -> Result<(), Trouble> {
    let lost = Cell::new(false);
    let mut rows = TableRows::new(DecodedBytes::new(from, encoding, &lost), mapping);
    let mut number = 0_u64;
    let mut names = Vec::new();
    if mapping.header {
        let Some(head) = rows.next_row().map_err(|e| refused(&e))? else {
            return Ok(());
        };
        names = named(head);
        number = 1;
    }
    let columns = mapping.places(&names).map_err(malformed)?;
    while let Some(cells) = rows.next_row().map_err(|e| refused(&e))? {
        number += 1;
        let place = format!("row {number}");
        if lost.get() {
            let why = format!(
                "there are bytes up to {place} that are not {}",
                encoding.name()
            );
            return Err(malformed(why));
        }
        let found = if mapping.header && cells.len() != names.len() {
            let (has, columns) = (cells.len(), names.len());
            Err(malformed(format!(
                "{has} cells, but the table has {columns} columns"
            )))
        } else {
            Ok(vec![mapping.review(&place, &columns, &cells)])
        };
        if !each(&place, found) {
            break;
        }
    }
    Ok(())
}

/// The names of the columns of a table.
///
/// # Errors
///
/// As [`table`].
pub fn header(
    from: &mut dyn Read,
    encoding: &'static Encoding,
    mapping: &Mapping,
) -> Result<Vec<String>, Trouble> {
    let lost = Cell::new(false);
    let mut rows = TableRows::new(DecodedBytes::new(from, encoding, &lost), mapping);
    let head = rows.next_row().map_err(|e| refused(&e))?;
    Ok(named(head.unwrap_or_default()))
}

fn named(cells: Vec<String>) -> Vec<String> {
    let cells = cells.into_iter();
    cells.map(|name| name.trim().to_owned()).collect()
}

fn malformed(why: String) -> Trouble {
    Trouble::new("", TroubleCode::Malformed, why)
}

fn refused(error: &io::Error) -> Trouble {
    let code = match error.kind() {
        ErrorKind::FileTooLarge => TroubleCode::TooLarge,
        _ => TroubleCode::Malformed,
    };
    Trouble::new("", code, error.to_string())
}
