//! Proofs of possession: a new key signs whose key it becomes, so that a person cannot be enrolled with somebody
//! else's key.
//!
//! Each message is a domain line followed by one `name value` line per field; values contain no newline.

use super::StatementId;
use super::key_event::RevokedFrom;
use super::organisation::Role;
use crate::crypto::PublicKey;
use crate::encoding::name::{Origin, Slug};
use crate::tlog::EntryIndex;

/// What the new key of `key.enroll` signs.
pub fn enroll(
    ledger: &StatementId,
    key: &PublicKey,
    holder: &Slug,
    organisation: &Slug,
    roles: &[Role],
    enrolled_by: &PublicKey,
) -> Vec<u8> {
    let roles: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
    lines(
        "claimledger/enroll/v1",
        &[
            ("ledger", ledger),
            ("key", key),
            ("holder", holder),
            ("organisation", organisation),
            ("roles", &roles.join(",")),
            ("by", enrolled_by),
        ],
    )
}

/// What the new key of `key.rotate` signs.
pub fn rotate(ledger: &StatementId, old: &PublicKey, new: &PublicKey) -> Vec<u8> {
    lines(
        "claimledger/rotate/v1",
        &[("ledger", ledger), ("from", old), ("to", new)],
    )
}

/// What the new key of `checkpoint.rotate` signs.
pub fn checkpoint_key(ledger: &StatementId, origin: &Origin, new: &PublicKey) -> Vec<u8> {
    lines(
        "claimledger/checkpoint-key/v1",
        &[("ledger", ledger), ("origin", origin), ("key", new)],
    )
}

/// What each recovery key of `key.recover` signs: the ledger, the index of the last key event, the keys no longer
/// trusted and from where, and the new admin key.
pub fn recover(
    ledger: &StatementId,
    last_key_event: EntryIndex,
    revoked: &[RevokedFrom],
    new: &PublicKey,
) -> Vec<u8> {
    let keys: Vec<String> = revoked
        .iter()
        .map(|r| format!("{}@{}", r.key, r.distrust_from))
        .collect();
    lines(
        "claimledger/recover/v1",
        &[
            ("ledger", ledger),
            ("last-key-event", &last_key_event),
            ("revoked", &keys.join(",")),
            ("key", new),
        ],
    )
}

fn lines(domain: &str, fields: &[(&str, &dyn std::fmt::Display)]) -> Vec<u8> {
    let mut text = format!("{domain}\n");
    for (name, value) in fields {
        text.push_str(&format!("{name} {value}\n"));
    }
    text.into_bytes()
}
