//! Which keys a key event is about, and whom it makes an admin: the selection of entries for a dossier needs this.

use crate::crypto::PublicKey;
use crate::encoding::name::Slug;
use crate::model::organisation::Role;
use crate::model::{Body, Statement, StatementType};

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

/// The organisation of which an enrolment makes a key an admin.
pub(crate) fn makes_admin(body: &Body) -> Option<&Slug> {
    match body {
        Body::KeyEnroll(enroll) if enroll.roles.contains(&Role::Admin) => {
            Some(&enroll.organisation)
        }
        _ => None,
    }
}
