//! What falls if a key was stolen at an entry: asked before its revocation, and changing nothing.

use super::distrust::Distrust;
use crate::rules::backlinks::Link;
use crate::rules::statement::Says;
use crate::rules::view::View;
use serde::Serialize;
use std::collections::BTreeSet;

/// What would fall.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Impact {
    /// The entries that would be distrusted and are not now, ascending.
    pub entries: Vec<u64>,
    /// Among them those that gave keys roles: what these keys signed since falls too.
    pub key_events: Vec<u64>,
    /// Policies and scale versions that would fall back.
    pub settings: Vec<u64>,
    /// Verdicts that would be distrusted.
    pub verdicts: Vec<u64>,
    /// Verdicts by others that rest on evidence, or were approved, published or rejected by what would fall.
    pub touched: Vec<u64>,
    /// The entries of revocations for compromise that would lose their effect.
    pub withdrawals_undone: Vec<u64>,
}

/// What falls if a revocation now, at `size`, distrusts the key that entry `key` introduced, from entry `from` on.
pub fn impact<V: View>(view: &V, size: u64, key: u64, from: u64) -> Result<Impact, V::Error> {
    let now = Distrust::of(view, size)?;
    let then = Distrust::supposing(view, size, key, from)?;
    let mut impact = Impact {
        withdrawals_undone: now
            .entries()
            .filter(|index| !then.entries().any(|other| other == *index))
            .collect(),
        ..Impact::default()
    };
    let mut touched = BTreeSet::new();
    for index in from..size {
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
    let fallen: BTreeSet<u64> = impact.entries.iter().copied().collect();
    impact.touched = touched
        .into_iter()
        .filter(|index| *index < size && !fallen.contains(index))
        .collect();
    Ok(impact)
}
