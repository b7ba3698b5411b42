//! Which claims and sources of others an organisation has named: it keeps them (`standing/kept.rs`).

use super::case::Case;
use crate::rules::state::{Changes, Fact, FactKey};
use crate::rules::statement::StatementFact;
use crate::rules::view::View;

/// Remembers the first evidence or verdict with which an organisation named each claim or source.
pub(super) fn remember<V: View>(
    case: &Case<'_, V>,
    fact: &StatementFact,
    changes: &mut Changes,
) -> Result<(), V::Error> {
    for thing in fact.says.rests_on() {
        let key = FactKey::Named(thing, fact.by.organisation);
        let own = case
            .before
            .entry(thing)?
            .is_none_or(|thing| thing.by.organisation == fact.by.organisation);
        if !own && case.view.at(&key)?.is_none() {
            changes.put(key, Fact::At(fact.index));
        }
    }
    Ok(())
}
