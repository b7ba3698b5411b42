//! What would be distrusted if a key was stolen at an entry. Used before the key is revoked; changes nothing.

use super::revocations::Judged;
use crate::rules::backlinks::Link;
use crate::rules::statement::Says;
use crate::rules::view::View;
use crate::tlog::{EntryIndex, TreeSize};
use serde::Serialize;
use std::collections::BTreeSet;

/// What would fall.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Impact {
    /// The entries that would newly be distrusted, ascending.
    pub entries: Vec<EntryIndex>,
    /// Those of them that gave roles to keys: later statements by these keys would be distrusted too.
    pub key_events: Vec<EntryIndex>,
    /// Policies and scales that would return to an earlier version.
    pub settings: Vec<EntryIndex>,
    /// Verdicts that would be distrusted.
    pub verdicts: Vec<EntryIndex>,
    /// Verdicts by others that rest on distrusted evidence, or that were approved, published or rejected in a
    /// distrusted statement.
    pub touched: Vec<EntryIndex>,
    /// The entries of revocations for compromise that would lose their effect.
    pub revocations_undone: Vec<EntryIndex>,
}

/// What would be distrusted if a revocation at `size` distrusted the key that entry `key` introduced, from entry
/// `from` on.
pub fn impact<V: View>(
    view: &V,
    size: TreeSize,
    key: EntryIndex,
    from: EntryIndex,
) -> Result<Impact, V::Error> {
    let now = Judged::at(view, size)?;
    let then = Judged::supposing(view, size, key, from)?;
    let mut impact = Impact {
        revocations_undone: now
            .entries()
            .filter(|index| !then.entries().any(|other| other == *index))
            .collect(),
        ..Impact::default()
    };
    let mut touched = BTreeSet::new();
    for index in size.indices_from(from) {
        let Some(fact) = view.entry(index)? else {
            continue;
        };
        if !then.covers(view, &fact)? || now.covers(view, &fact)? {
            continue;
        }
        impact.entries.push(index);
        match &fact.says {
            Says::Roles(_) | Says::Enrolment { .. } => impact.key_events.push(index),
            Says::Policy(_) | Says::Scale(_) => impact.settings.push(index),
            Says::Verdict(_) => impact.verdicts.push(index),
            Says::Evidence { .. } => touched.extend(view.under(index, Link::RestsOn)?),
            Says::Attestation { verdict, .. } | Says::Publication { verdict, .. } => {
                touched.insert(*verdict);
            }
            _ => {}
        }
    }
    let fallen: BTreeSet<EntryIndex> = impact.entries.iter().copied().collect();
    impact.touched = touched
        .into_iter()
        .filter(|index| size.contains(*index) && !fallen.contains(index))
        .collect();
    Ok(impact)
}
