//! The admins of an organisation, and the live keys of a person.

use crate::crypto::PublicKey;
use crate::encoding::name::Slug;
use crate::model::organisation::Role;
use crate::rules::backlinks::Link;
use crate::rules::standing::distrust::Distrust;
use crate::rules::state::KeyFact;
use crate::rules::statement::Says;
use crate::rules::view::View;
use crate::tlog::EntryIndex;
use std::collections::BTreeSet;

/// The keys that may bring a key into an organisation at `index`: its own live admin keys; those of the founder's
/// organisation while it has none.
pub fn enrollers<V: View>(
    view: &V,
    organisation: &Slug,
    founder: &Slug,
    index: EntryIndex,
) -> Result<BTreeSet<PublicKey>, V::Error> {
    let own = admins(view, organisation, index)?;
    if own.is_empty() {
        return admins(view, founder, index);
    }
    Ok(own)
}

/// The live admin keys of an organisation at `index`. A key whose roles rest on a distrusted event is none of them.
pub fn admins<V: View>(
    view: &V,
    organisation: &Slug,
    index: EntryIndex,
) -> Result<BTreeSet<PublicKey>, V::Error> {
    live(view, organisation, index, usize::MAX, |_, roles| {
        roles.contains(&Role::Admin)
    })
}

/// Whether an organisation has a live admin key at `index`, other than these.
pub fn is_any_but<V: View>(
    view: &V,
    organisation: &Slug,
    index: EntryIndex,
    but: Option<&PublicKey>,
) -> Result<bool, V::Error> {
    // One more than the key that does not count: then another one is among them.
    let most = 1 + usize::from(but.is_some());
    let found = live(view, organisation, index, most, |_, roles| {
        roles.contains(&Role::Admin)
    })?;
    Ok(found.iter().any(|key| Some(key) != but))
}

/// The keys of a person that may sign at `index`.
pub fn keys_of<V: View>(
    view: &V,
    organisation: &Slug,
    holder: &Slug,
    index: EntryIndex,
) -> Result<BTreeSet<PublicKey>, V::Error> {
    live(view, organisation, index, usize::MAX, |key, _| {
        key.holder == *holder
    })
}

/// The first live keys that are wanted; the look-up ends with the last of them.
fn live<V: View>(
    view: &V,
    organisation: &Slug,
    index: EntryIndex,
    most: usize,
    wanted: impl Fn(&KeyFact, &[Role]) -> bool,
) -> Result<BTreeSet<PublicKey>, V::Error> {
    let mut found = BTreeSet::new();
    let Some(since) = view.organisation(organisation)? else {
        return Ok(found);
    };
    let distrust = Distrust::at(view, index.size_before())?;
    for event in view.under(since, Link::Member)? {
        let key = match view.entry(event)?.map(|fact| fact.says) {
            Some(Says::Roles(event)) => event.key,
            Some(Says::Enrolment { key, .. }) => *key,
            _ => continue,
        };
        let Some(fact) = view.key(&key)? else {
            continue;
        };
        let is_wanted = fact
            .roles_at(index)
            .is_some_and(|(_, roles)| wanted(&fact, roles));
        if is_wanted
            && fact.is_live_at(index)
            && distrust.void_roles(view, fact.since(), index)?.is_none()
        {
            found.insert(key);
            if found.len() == most {
                break;
            }
        }
    }
    Ok(found)
}
