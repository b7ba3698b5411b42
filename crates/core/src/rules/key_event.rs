//! Which keys a key event is about, and whom it makes an admin: the selection of entries for a dossier needs this.

use crate::crypto::PublicKey;
use crate::encoding::name::Slug;
use crate::model::organisation::Role;
use crate::model::{Body, Statement, StatementType};
use std::collections::BTreeMap;

/// The statements that begin, change or end what a key may sign, after entry 0.
pub(crate) const KEY_EVENTS: &[StatementType] = &[
    StatementType::KeyEnroll,
    StatementType::KeyRotate,
    StatementType::KeyRevoke,
    StatementType::KeyRecover,
];

/// The keys whose power to sign a statement begins, changes or ends.
pub(crate) fn keys_of(statement: &Statement) -> Vec<PublicKey> {
    match &statement.body {
        Body::LedgerCreate(_) => vec![statement.key],
        Body::KeyEnroll(enroll) => vec![enroll.key],
        Body::KeyRotate(rotate) => vec![statement.key, rotate.new_key],
        Body::KeyRevoke(revoke) => vec![revoke.key],
        Body::KeyRecover(recover) => {
            let revoked = recover.revoked.iter().map(|revoked| revoked.key);
            std::iter::once(statement.key).chain(revoked).collect()
        }
        _ => Vec::new(),
    }
}

/// The organisation of each key, from entry 0 and the key events after it, in their order. It never changes.
pub(crate) fn houses<'a>(
    first: &Statement,
    events: impl Iterator<Item = &'a Statement>,
) -> BTreeMap<PublicKey, Slug> {
    let mut houses = BTreeMap::new();
    let Body::LedgerCreate(create) = &first.body else {
        return houses;
    };
    let founders = &create.organisation.organisation;
    houses.insert(first.key, founders.clone());
    for event in events {
        let (key, house) = match &event.body {
            Body::KeyEnroll(enroll) => (enroll.key, Some(enroll.organisation.clone())),
            Body::KeyRotate(rotate) => (rotate.new_key, houses.get(&event.key).cloned()),
            Body::KeyRecover(_) => (event.key, Some(founders.clone())),
            _ => continue,
        };
        if let Some(house) = house {
            houses.entry(key).or_insert(house);
        }
    }
    houses
}

/// The organisation of which an enrolment makes a key an admin.
pub(crate) fn makes_admin(body: &Body) -> Option<&Slug> {
    match body {
        Body::KeyEnroll(enroll) if enroll.roles.contains(&Role::Admin) => {
            Some(&enroll.organisation)
        }
        _ => None,
    }
}
