//! What the doctor says about the index: whether it follows the log, and whether its rows are those that the log makes.

use crate::app::{Desk, Error, Session, index_rows};
use crate::index::compare::{self, RowDifferences};
use crate::index::{Index, MemoryRows};
use std::collections::BTreeMap;

/// Whether the index is well, and what was seen. With `repair`, one that differs is built again.
pub(super) fn index_seen(desk: &Desk, repair: bool) -> (bool, String) {
    let seen = index_compared(desk, repair);
    let (well, said) = seen.unwrap_or_else(|e| (false, e.to_string()));
    (well, format!("{said}{}", leftover(desk)))
}

fn index_compared(desk: &Desk, repair: bool) -> Result<(bool, String), Error> {
    let session = Session::open(desk)?;
    let notes = session.notes();
    if !notes.is_empty() {
        return Ok((false, notes.join("; ")));
    }
    let size = session.head().size;
    let different = different(&session)?;
    if different.is_empty() {
        return Ok((true, format!("follows {size} entries")));
    }
    let what: Vec<String> = different.iter().map(in_words).collect();
    let what = what.join("; ");
    drop(session);
    if !repair {
        let next = "`claimledger doctor --repair` builds it again";
        return Ok((false, format!("differs from the log: {what}. {next}")));
    }
    desk.indexes.discard(&desk.index())?;
    let left = self::different(&Session::open(desk)?)?;
    let said = format!("differed from the log, and was built again: {what}");
    Ok((left.is_empty(), said))
}

/// How the rows differ from those of an index that is built now, in memory.
fn different(session: &Session) -> Result<BTreeMap<&'static str, RowDifferences>, Error> {
    let head = session.head();
    let mut built = Index::open(MemoryRows::default())?;
    built.catch_up(session.reader(), head.size, &head.root, &mut |_| {})?;
    Ok(compare::differences(session.rows(), built.rows())?)
}

/// `types (1 missing)`
fn in_words((kind, counts): (&&'static str, &RowDifferences)) -> String {
    let counts = [
        (counts.missing, "missing"),
        (counts.surplus, "that no entry makes"),
        (counts.altered, "altered"),
    ];
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(n, how)| format!("{n} {how}")).collect();
    format!("{kind} ({})", counts.join(", "))
}

/// An index of an earlier version, which is no longer used.
fn leftover(desk: &Desk) -> String {
    let folder = desk.folder().ok().and_then(index_rows::leftover);
    let said = folder.map(|f| format!("; {} is of an earlier version: delete it", f.display()));
    said.unwrap_or_default()
}
