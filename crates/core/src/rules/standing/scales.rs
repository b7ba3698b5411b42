//! Which scales an organisation may use, and which version of a scale is the newest.
//!
//! A rating is on a scale of the author's organisation, or on a scale version that the organisation's policy lists
//! under `scales`. An older version stays allowed, because a statement may have been signed before the newer one was
//! set; a reader is told.

use super::as_of::Reading;
use super::in_force::in_force;
use crate::encoding::name::Slug;
use crate::rules::backlinks::Link;
use crate::rules::statement::{Says, StatementFact};
use crate::rules::view::View;
use crate::tlog::EntryIndex;
use std::collections::BTreeMap;

/// Whether an organisation (by the entry that first named it) may rate on a scale version before entry `before`.
pub(crate) fn may_use<V: View>(
    reading: &Reading<'_, V>,
    organisation: EntryIndex,
    scale: &StatementFact,
    before: EntryIndex,
) -> Result<bool, V::Error> {
    if scale.by.organisation == organisation {
        return Ok(true);
    }
    let policy = in_force(reading, organisation, before)?;
    Ok(policy.is_some_and(|(_, policy)| policy.scales.contains(&scale.index)))
}

/// The scale versions that an organisation may choose from: the newest of each of its own scales, and those that its
/// policy lists; by entry, without distrusted ones.
pub fn to_choose_from<V: View>(
    reading: &Reading<'_, V>,
    organisation: EntryIndex,
) -> Result<Vec<EntryIndex>, V::Error> {
    let mut newest: BTreeMap<Slug, EntryIndex> = BTreeMap::new();
    for fact in reading.under(organisation, Link::Scale)? {
        if let Says::Scale(scale) = &fact.says
            && reading.is_trusted(&fact)?
        {
            newest.insert(scale.scale.clone(), fact.index);
        }
    }
    let mut all: Vec<EntryIndex> = newest.into_values().collect();
    if let Some((_, policy)) = in_force(reading, organisation, reading.size().next())? {
        for adopted in policy.scales {
            if let Some(fact) = reading.entry(adopted)?
                && reading.is_trusted(&fact)?
            {
                all.push(adopted);
            }
        }
    }
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

/// The newest version of the scale of entry `scale` before entry `before`, if that is another one.
pub fn newer<V: View>(
    reading: &Reading<'_, V>,
    scale: EntryIndex,
    before: EntryIndex,
) -> Result<Option<EntryIndex>, V::Error> {
    let Some(fact) = reading.entry(scale)? else {
        return Ok(None);
    };
    let Says::Scale(this) = &fact.says else {
        return Ok(None);
    };
    let mut newest = None;
    for other in reading.under(fact.by.organisation, Link::Scale)? {
        if let Says::Scale(version) = &other.says
            && version.scale == this.scale
            && version.version > this.version
            && other.index < before
            && reading.is_trusted(&other)?
        {
            newest = Some(other.index);
        }
    }
    Ok(newest)
}
