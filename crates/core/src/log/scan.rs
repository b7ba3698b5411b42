//! Looking through a log without an index: bundle by bundle, and what an entry is, seen from its bytes alone.
//!
//! `type` is the last field of every statement, and the payload is the last field of every entry. So the end of an entry's
//! bytes tells its type, and an entry of no interest costs a comparison. Nothing is verified here.

use super::error::Error;
use super::reader::Reader;
use super::tiles::read_bundle;
use crate::model::StatementType;
use crate::tlog::tile::TILE_WIDTH;
use crate::tlog::{EntryIndex, TreeSize};

/// Whether an entry's bytes end as a statement of this type does.
pub fn is_of_type(entry: &[u8], statement_type: StatementType) -> bool {
    let end = entry.strip_suffix(b"\"}");
    let end = end.and_then(|rest| rest.strip_suffix(statement_type.as_str().as_bytes()));
    end.is_some_and(|rest| rest.ends_with(b"\"type\":\""))
}

/// The type of statement that an entry's bytes end as.
pub fn type_of(entry: &[u8]) -> Option<StatementType> {
    let end = entry.strip_suffix(b"\"}")?;
    let name = end.rsplit(|byte| *byte == b'"').next()?;
    let statement_type = std::str::from_utf8(name).ok()?.parse().ok()?;
    is_of_type(entry, statement_type).then_some(statement_type)
}

/// Shows each entry before entry `size`, oldest first.
pub fn each<E: From<Error>>(
    reader: &dyn Reader,
    size: TreeSize,
    look: impl FnMut(EntryIndex, &[u8]) -> Result<(), E>,
) -> Result<(), E> {
    since(reader, TreeSize::EMPTY, size, look)
}

/// The same without the first `seen` entries.
pub fn since<E: From<Error>>(
    reader: &dyn Reader,
    seen: TreeSize,
    size: TreeSize,
    mut look: impl FnMut(EntryIndex, &[u8]) -> Result<(), E>,
) -> Result<(), E> {
    for index in seen.get() / TILE_WIDTH..size.get().div_ceil(TILE_WIDTH) {
        let bundle = read_bundle(reader, index, size)?;
        for (entry, number) in bundle.numbered() {
            if !seen.contains(number) {
                look(number, entry)?;
            }
        }
    }
    Ok(())
}

/// The newest entry of one type before entry `size`.
pub fn newest(
    reader: &dyn Reader,
    size: TreeSize,
    statement_type: StatementType,
) -> Result<Option<EntryIndex>, Error> {
    for index in (0..size.get().div_ceil(TILE_WIDTH)).rev() {
        let bundle = read_bundle(reader, index, size)?;
        let of_type = |entry: &&[u8]| is_of_type(entry, statement_type);
        if let Some(place) = bundle.entries().iter().rposition(of_type) {
            return Ok(Some(EntryIndex::new(bundle.first.get() + place as u64)));
        }
    }
    Ok(None)
}
