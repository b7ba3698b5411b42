//! Which policy was in force, as of a size. If a distrusted key set one, the policy before it is in force again.

use super::as_of::Reading;
use crate::rules::backlinks::Link;
use crate::rules::statement::{PolicyFact, Says};
use crate::rules::view::View;
use crate::tlog::EntryIndex;

/// The policy that an organisation (by the entry that first named it) had before entry `index`, and its entry.
pub fn in_force<V: View>(
    reading: &Reading<'_, V>,
    organisation: EntryIndex,
    index: EntryIndex,
) -> Result<Option<(EntryIndex, PolicyFact)>, V::Error> {
    let set = reading.view().under(organisation, Link::Policy)?;
    for at in set.into_iter().rev().filter(|at| *at < index) {
        if let Some(fact) = reading.entry(at)?
            && let Says::Policy(policy) = &fact.says
            && reading.is_trusted(&fact)?
        {
            return Ok(Some((fact.index, (**policy).clone())));
        }
    }
    Ok(None)
}
