//! Keys by position: who may sign here, and how enrolment, rotation and revocation change that.

use super::admit::Candidate;
use super::fact::{Changes, Fact, FactKey, KeyFact, LedgerFact};
use super::rejection::{Refusal, Rejection};
use super::view::View;
use crate::crypto::{PublicKey, Signature};
use crate::encoding::name::Slug;
use crate::model::organisation::Role;
use crate::model::{checkpoint_event, key_event, ledger, possession};

/// The key that signed entry 0.
pub(super) fn founder(create: &ledger::Create, index: u64) -> KeyFact {
    KeyFact {
        holder: create.holder.clone(),
        organisation: create.organisation.organisation.clone(),
        roles: vec![(index, vec![Role::Admin, Role::Editor, Role::Reviewer])],
        ended: None,
    }
}

/// Refuses a signer whose key is not live at this place.
pub(super) fn may_sign<V: View>(view: &V, key: &PublicKey) -> Result<(), Refusal<V::Error>> {
    live(view, key).map(|_| ())
}

fn live<V: View>(view: &V, key: &PublicKey) -> Result<KeyFact, Refusal<V::Error>> {
    match view.fact(&FactKey::Key(*key)).map_err(Refusal::View)? {
        Some(Fact::Key(fact)) => match fact.ended {
            None => Ok(fact),
            Some(since) => Err(Rejection::KeyRevoked {
                key: *key,
                holder: fact.holder,
                since,
            }
            .into()),
        },
        Some(Fact::CheckpointKey(_)) => Err(Rejection::CheckpointKey { key: *key }.into()),
        _ => Err(Rejection::KeyUnknown { key: *key }.into()),
    }
}

/// Refuses an organisation that no entry has named.
pub(super) fn organisation_known<V: View>(
    view: &V,
    organisation: &Slug,
) -> Result<(), Refusal<V::Error>> {
    let key = FactKey::Organisation(organisation.clone());
    match view.fact(&key).map_err(Refusal::View)? {
        Some(_) => Ok(()),
        None => Err(Rejection::OrganisationUnknown {
            organisation: organisation.clone(),
        }
        .into()),
    }
}

/// A key begins to sign, or a live one gets other roles.
pub(super) fn enroll<V: View>(
    view: &V,
    candidate: &Candidate<'_>,
    ledger: &LedgerFact,
    enroll: &key_event::Enroll,
    changes: &mut Changes,
) -> Result<(), Refusal<V::Error>> {
    organisation_known(view, &enroll.organisation)?;
    let by = candidate.statement.key;
    let words = possession::enroll(
        &ledger.id,
        &enroll.key,
        &enroll.holder,
        &enroll.organisation,
        &enroll.roles,
        &by,
    );
    proven(&enroll.key, &words, &enroll.possession)?;
    let mut fact = match view
        .fact(&FactKey::Key(enroll.key))
        .map_err(Refusal::View)?
    {
        None => KeyFact {
            holder: enroll.holder.clone(),
            organisation: enroll.organisation.clone(),
            roles: Vec::new(),
            ended: None,
        },
        Some(Fact::Key(fact)) => {
            let same = fact.holder == enroll.holder && fact.organisation == enroll.organisation;
            let reason = match (fact.ended, same) {
                (Some(_), _) => Some("a key that has ended is never enrolled again"),
                (None, false) => Some("a key has one holder and one organisation"),
                (None, true) => None,
            };
            if let Some(reason) = reason {
                return Err(Rejection::KeyTaken {
                    key: enroll.key,
                    holder: fact.holder,
                    reason,
                }
                .into());
            }
            fact
        }
        Some(_) => return Err(Rejection::CheckpointKey { key: enroll.key }.into()),
    };
    fact.roles.push((candidate.index, enroll.roles.clone()));
    changes.put(FactKey::Key(enroll.key), Fact::Key(fact));
    Ok(())
}

/// The signer's key hands over to the next; holder and roles are inherited.
pub(super) fn rotate<V: View>(
    view: &V,
    candidate: &Candidate<'_>,
    ledger: &LedgerFact,
    rotate: &key_event::Rotate,
    changes: &mut Changes,
) -> Result<(), Refusal<V::Error>> {
    let old_key = candidate.statement.key;
    let mut old = live(view, &old_key)?;
    let words = possession::rotate(&ledger.id, &old_key, &rotate.new_key);
    proven(&rotate.new_key, &words, &rotate.possession)?;
    unused(view, &rotate.new_key)?;
    let roles = old.roles.last().map(|(_, roles)| roles.clone());
    let new = KeyFact {
        roles: vec![(candidate.index, roles.unwrap_or_default())],
        ..old.clone()
    };
    old.ended = Some(candidate.index);
    changes.put(FactKey::Key(old_key), Fact::Key(old));
    changes.put(FactKey::Key(rotate.new_key), Fact::Key(new));
    Ok(())
}

/// A key no longer signs.
pub(super) fn revoke<V: View>(
    view: &V,
    candidate: &Candidate<'_>,
    revoke: &key_event::Revoke,
    changes: &mut Changes,
) -> Result<(), Refusal<V::Error>> {
    let mut fact = live(view, &revoke.key)?;
    fact.ended = Some(candidate.index);
    changes.put(FactKey::Key(revoke.key), Fact::Key(fact));
    Ok(())
}

/// A further key signs checkpoints.
pub(super) fn rotate_checkpoint<V: View>(
    view: &V,
    candidate: &Candidate<'_>,
    ledger: &LedgerFact,
    rotate: &checkpoint_event::CheckpointRotate,
    changes: &mut Changes,
) -> Result<(), Refusal<V::Error>> {
    let words = possession::checkpoint_key(&ledger.id, &ledger.origin, &rotate.new_key);
    proven(&rotate.new_key, &words, &rotate.possession)?;
    unused(view, &rotate.new_key)?;
    changes.put(
        FactKey::Key(rotate.new_key),
        Fact::CheckpointKey(candidate.index),
    );
    Ok(())
}

/// Refuses a key that the ledger knows already, as anybody's.
fn unused<V: View>(view: &V, key: &PublicKey) -> Result<(), Refusal<V::Error>> {
    match view.fact(&FactKey::Key(*key)).map_err(Refusal::View)? {
        None => Ok(()),
        Some(Fact::Key(fact)) => Err(Rejection::KeyTaken {
            key: *key,
            holder: fact.holder,
            reason: "it is in the ledger already",
        }
        .into()),
        Some(_) => Err(Rejection::CheckpointKey { key: *key }.into()),
    }
}

/// Possession is judged by ZIP-215, live and in the audit: the rules have one answer.
fn proven(key: &PublicKey, words: &[u8], signature: &Signature) -> Result<(), Rejection> {
    key.verify_zip215(words, signature)
        .map_err(|_| Rejection::Possession { key: *key })
}
