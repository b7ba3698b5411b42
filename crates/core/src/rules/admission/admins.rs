//! The admins of an organisation, and the live keys of a person.

use crate::crypto::PublicKey;
use crate::encoding::name::Slug;
use crate::model::organisation::Role;
use crate::rules::backlinks::Link;
use crate::rules::state::KeyFact;
use crate::rules::statement::Says;
use crate::rules::view::View;
use crate::tlog::EntryIndex;
use std::collections::BTreeSet;

/// The live admin keys of an organisation at `index`.
pub fn admins<V: View>(
    view: &V,
    organisation: &Slug,
    index: EntryIndex,
) -> Result<BTreeSet<PublicKey>, V::Error> {
    live(view, organisation, index, |_, roles| {
        roles.contains(&Role::Admin)
    })
}

/// The keys of a person that may sign at `index`.
pub fn keys_of<V: View>(
    view: &V,
    organisation: &Slug,
    holder: &Slug,
    index: EntryIndex,
) -> Result<BTreeSet<PublicKey>, V::Error> {
    live(view, organisation, index, |key, _| key.holder == *holder)
}

fn live<V: View>(
    view: &V,
    organisation: &Slug,
    index: EntryIndex,
    wanted: impl Fn(&KeyFact, &[Role]) -> bool,
) -> Result<BTreeSet<PublicKey>, V::Error> {
    let mut found = BTreeSet::new();
    let Some(since) = view.organisation(organisation)? else {
        return Ok(found);
    };
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
        if is_wanted && fact.is_live_at(index) {
            found.insert(key);
        }
    }
    Ok(found)
}
