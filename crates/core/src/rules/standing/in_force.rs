//! Which policy and which scale version were in force, as of a size; what a distrusted key set falls back.

use super::as_of::Reading;
use crate::encoding::name::Slug;
use crate::rules::backlinks::Link;
use crate::rules::statement::{PolicyFact, Says, ScaleFact, StatementFact};
use crate::rules::view::View;
use std::rc::Rc;

/// The policy that an organisation (by the entry that first named it) had before entry `index`, and its entry.
pub fn in_force<V: View>(
    reading: &Reading<'_, V>,
    organisation: u64,
    index: u64,
) -> Result<Option<(u64, PolicyFact)>, V::Error> {
    let found = newest_before(reading, organisation, Link::Policy, index, |_| true)?;
    Ok(found.and_then(|fact| match &fact.says {
        Says::Policy(policy) => Some((fact.index, (**policy).clone())),
        _ => None,
    }))
}

/// The version of an organisation's scale before entry `index`, and its entry.
pub fn scale_in_force<V: View>(
    reading: &Reading<'_, V>,
    organisation: u64,
    scale: &Slug,
    index: u64,
) -> Result<Option<(u64, ScaleFact)>, V::Error> {
    let named = |says: &Says| matches!(says, Says::Scale(found) if found.scale == *scale);
    let found = newest_before(reading, organisation, Link::Scale, index, named)?;
    Ok(found.and_then(|fact| match &fact.says {
        Says::Scale(scale) => Some((fact.index, (**scale).clone())),
        _ => None,
    }))
}

fn newest_before<V: View>(
    reading: &Reading<'_, V>,
    organisation: u64,
    link: Link,
    index: u64,
    wanted: impl Fn(&Says) -> bool,
) -> Result<Option<Rc<StatementFact>>, V::Error> {
    for at in reading.view().under(organisation, link)?.into_iter().rev() {
        if at < index
            && let Some(fact) = reading.entry(at)?
            && wanted(&fact.says)
            && reading.is_trusted(&fact)?
        {
            return Ok(Some(fact));
        }
    }
    Ok(None)
}
