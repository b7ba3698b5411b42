//! The admins of an organisation.

use crate::crypto::PublicKey;
use crate::encoding::name::Slug;
use crate::model::organisation::Role;
use crate::rules::backlinks::Link;
use crate::rules::standing::distrust::Distrust;
use crate::rules::statement::Says;
use crate::rules::view::View;
use crate::tlog::EntryIndex;
use std::collections::BTreeSet;

/// The live admin keys of an organisation at `index`. A key whose roles rest on a distrusted event is none of them.
pub fn admins<V: View>(
    view: &V,
    organisation: &Slug,
    index: EntryIndex,
) -> Result<BTreeSet<PublicKey>, V::Error> {
    let mut admins = BTreeSet::new();
    let Some(since) = view.organisation(organisation)? else {
        return Ok(admins);
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
        let is_admin = fact
            .roles_at(index)
            .is_some_and(|(_, roles)| roles.contains(&Role::Admin));
        if is_admin
            && fact.is_live_at(index)
            && distrust.void_roles(view, fact.since(), index)?.is_none()
        {
            admins.insert(key);
        }
    }
    Ok(admins)
}
