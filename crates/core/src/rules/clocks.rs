//! Clocks: a statement is not issued before what it names, up to a day.
//!
//! Signers' words are compared with signers' words: `issued` with the `issued` of the statements that are named, and of
//! the entry that first brought the key. So a statement that was signed without a network enters the log days later,
//! and an entry's time that ran ahead once refuses nothing. A day is much for two clocks, and nothing for a deadline.
//!
//! Only what relies on the named statement is refused. What corrects it, takes it back, attests it, objects to it or
//! answers, and what concerns keys and settings, is admitted and remarked: otherwise what a fast clock signed could not
//! be dealt with before its time.

use super::rejection::{Refusal, Rejection};
use super::statement::StatementFact;
use super::view::View;
use crate::encoding::limits;
use crate::encoding::millis::UnixMillis;
use crate::encoding::time::Instant;
use crate::model::reference::Named;
use crate::model::{Statement, StatementType};
use crate::tlog::{EntryIndex, TreeSize};

/// How far two clocks may differ.
pub const DAY_SECONDS: u64 = 24 * 60 * 60;

/// Refuses a statement that relies on something issued more than a day later. `key` is the entry that first brought the
/// signer's key.
pub(crate) fn not_before<V: View>(
    view: &V,
    statement: &Statement,
    named: &[(Named, StatementFact)],
    key: EntryIndex,
) -> Result<(), Refusal<V::Error>> {
    if !relies(statement) {
        return Ok(());
    }
    let before = |field, fact: &StatementFact| Rejection::IssuedBefore {
        issued: statement.issued.to_string(),
        field,
        index: fact.index,
        named: Instant::from_unix_seconds(fact.issued)
            .map_or_else(|_| fact.issued.to_string(), |instant| instant.to_string()),
    };
    for (named, fact) in named {
        if fact.statement_type != StatementType::ScaleSet && is_before(statement, fact.issued) {
            return Err(before(named.field, fact).into());
        }
    }
    if asks_of(key)
        && let Some(fact) = view.entry(key).map_err(Refusal::View)?
        && is_before(statement, fact.issued)
    {
        return Err(before("key", &fact).into());
    }
    Ok(())
}

/// What shows that a statement is dated back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackDated {
    /// The entry that its signer knew, or named, or whose key they used.
    pub entry: EntryIndex,
    /// The time of that entry; of a named one and of a key event, the time that its signer gave.
    pub time: UnixMillis,
}

/// Whether a statement says that it was signed more than a day before something that its signer must have known: the
/// last entry that they had seen by its time, what they name and what brought their key by its `issued`.
pub fn back_dated<V: View>(view: &V, statement: &Statement) -> Result<Option<BackDated>, V::Error> {
    let last_seen = statement.seen.map_or(TreeSize::EMPTY, |seen| seen.size);
    let mut known = Vec::new();
    if let Some(last) = last_seen.last()
        && let Some(entry) = view.entry(last)?
    {
        known.push((entry.time, last));
    }
    for named in statement.named() {
        if let Some(entry) = view.statement(&named.id)?
            && entry.statement_type != StatementType::ScaleSet
        {
            known.push((millis(entry.issued), entry.index));
        }
    }
    if let Some(key) = view.key(&statement.key)?.map(|key| key.since())
        && asks_of(key)
        && let Some(entry) = view.entry(key)?
    {
        known.push((millis(entry.issued), entry.index));
    }
    let issued = UnixMillis::from(statement.issued);
    let latest = known.into_iter().max();
    Ok(latest
        .filter(|(time, _)| issued.plus_millis(DAY_SECONDS * 1_000) < *time)
        .map(|(time, entry)| BackDated { entry, time }))
}

/// Whether a statement in an entry of this time can be dated back at all; if not, nothing needs to be looked up. Times of
/// entries never go back, and what it names was issued at most ten minutes after its own entry's time.
pub fn may_be_back_dated(statement: &Statement, time: UnixMillis) -> bool {
    let issued = UnixMillis::from(statement.issued);
    issued.plus_millis(DAY_SECONDS * 1_000) < time.plus_millis(limits::MAX_ISSUED_AHEAD_MILLIS)
}

/// Nothing is asked of the key of entry 0: whatever its clock said, the ledger begins there.
fn asks_of(key: EntryIndex) -> bool {
    key != EntryIndex::FIRST
}

fn relies(statement: &Statement) -> bool {
    let types = [
        StatementType::EvidenceAdd,
        StatementType::OriginAssess,
        StatementType::SourceRelate,
        StatementType::VerdictIssue,
        StatementType::VerdictPublish,
    ];
    statement.correction().is_none() && types.contains(&statement.statement_type)
}

fn is_before(statement: &Statement, known: u64) -> bool {
    statement.issued.unix_seconds().saturating_add(DAY_SECONDS) < known
}

fn millis(seconds: u64) -> UnixMillis {
    UnixMillis::new(seconds.saturating_mul(1_000))
}
