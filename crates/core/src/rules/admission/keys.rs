//! Keys: who may sign at a place, and how enrolment, rotation and revocation change that.

use super::case::Case;
use super::{admins, permissions};
use crate::crypto::{PublicKey, Signature};
use crate::encoding::name::Slug;
use crate::model::organisation::Role;
use crate::model::{Body, key_event, possession};
use crate::rules::rejection::{Refusal, Rejection};
use crate::rules::state::{Changes, Fact, FactKey, KeyFact};
use crate::rules::view::{Overlay, View};
use crate::tlog::EntryIndex;

/// The signer's key, if it may sign here; refuses any other.
pub(super) fn live<V: View>(view: &V, key: &PublicKey) -> Result<KeyFact, Refusal<V::Error>> {
    match view.fact(&FactKey::Key(*key)).map_err(Refusal::View)? {
        Some(Fact::Key(fact)) => match fact.ended {
            None => Ok(*fact),
            Some(since) => Err(Rejection::KeyRevoked {
                key: *key,
                holder: fact.holder,
                since,
            }
            .into()),
        },
        Some(Fact::CheckpointKey(_)) => Err(Rejection::CheckpointKey { key: *key }.into()),
        Some(Fact::RecoveryKey) => Err(Rejection::RecoveryKey { key: *key }.into()),
        _ => Err(Rejection::KeyUnknown { key: *key }.into()),
    }
}

/// Refuses a key whose roles rest on a distrusted event. Everything that it would sign would be distrusted too.
pub(super) fn trusted<V: View>(case: &Case<'_, V>) -> Result<(), Refusal<V::Error>> {
    let index = case.candidate.index;
    let void = case
        .before
        .distrust()
        .void_roles(case.view, case.by.key, index);
    match void.map_err(Refusal::View)? {
        None => Ok(()),
        Some(event) => Err(Rejection::KeyDistrusted {
            key: case.candidate.statement.key,
            holder: case.key.holder.clone(),
            event,
        }
        .into()),
    }
}

/// Whose a key is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyHolder {
    /// The person.
    pub holder: Slug,
    /// Their organisation.
    pub organisation: Slug,
    /// The key's roles at the entry in question.
    pub roles: Vec<Role>,
}

/// The owner of the key that signs entry `index`; none for a key without roles there. Entry 0 and a recovery give
/// their own signing key its roles.
pub fn key_holder<V: View>(
    view: &V,
    key: &PublicKey,
    index: EntryIndex,
) -> Result<Option<KeyHolder>, V::Error> {
    Ok(view.key(key)?.and_then(|fact| {
        let there = fact
            .roles_at(index)
            .or_else(|| fact.roles_at(index.size_through().next()));
        let roles = there?.1.to_vec();
        Some(KeyHolder {
            holder: fact.holder,
            organisation: fact.organisation,
            roles,
        })
    }))
}

/// A key starts to sign, or gets other roles.
pub(super) fn enroll<V: View>(
    case: &Case<'_, V>,
    enroll: &key_event::Enroll,
    changes: &mut Changes,
) -> Result<(), Refusal<V::Error>> {
    let index = case.candidate.index;
    permissions::own_or_founding(case, &enroll.organisation)?;
    // The first person whom an admin of the founder's organisation enrols in another organisation is its first admin.
    if case.key.organisation != enroll.organisation && !enroll.roles.contains(&Role::Admin) {
        permissions::own_organisation(case, &enroll.organisation)?;
    }
    let words = possession::enroll(
        &case.ledger.id,
        &enroll.key,
        &enroll.holder,
        &enroll.organisation,
        &enroll.roles,
        &case.candidate.statement.key,
    );
    proven(&enroll.key, &words, &enroll.possession)?;
    let known = case.view.fact(&FactKey::Key(enroll.key));
    let mut fact = match known.map_err(Refusal::View)? {
        None => KeyFact {
            holder: enroll.holder.clone(),
            organisation: enroll.organisation.clone(),
            roles: Vec::new(),
            ended: None,
        },
        Some(Fact::Key(fact)) => same_person(enroll, *fact)?,
        Some(Fact::RecoveryKey) => return Err(Rejection::RecoveryKey { key: enroll.key }.into()),
        Some(_) => return Err(Rejection::CheckpointKey { key: enroll.key }.into()),
    };
    if !enroll.roles.contains(&Role::Admin) {
        not_last_admin(case, &enroll.key, &enroll.organisation)?;
    }
    fact.roles.push((index, enroll.roles.clone()));
    changes.put(FactKey::Key(enroll.key), Fact::Key(Box::new(fact)));
    introduce_holder(case.view, &enroll.holder, index, changes)?;
    changes.put(FactKey::LastKeyEvent, Fact::At(index));
    Ok(())
}

fn same_person(enroll: &key_event::Enroll, fact: KeyFact) -> Result<KeyFact, Rejection> {
    let same = fact.holder == enroll.holder && fact.organisation == enroll.organisation;
    let reason = match (fact.ended, same) {
        (None, true) => return Ok(fact),
        (Some(_), _) => "a revoked or replaced key can never be enrolled again",
        (None, false) => "a key has one holder and one organisation",
    };
    Err(Rejection::KeyTaken {
        key: enroll.key,
        holder: fact.holder,
        reason,
    })
}

/// Records the entry that first named a person.
pub(super) fn introduce_holder<V: View>(
    view: &V,
    holder: &Slug,
    index: EntryIndex,
    changes: &mut Changes,
) -> Result<EntryIndex, Refusal<V::Error>> {
    let key = FactKey::Holder(holder.clone());
    if let Some(since) = view.at(&key).map_err(Refusal::View)? {
        return Ok(since);
    }
    changes.put(key, Fact::At(index));
    Ok(index)
}

/// The signer's key is replaced by the next; holder and roles stay the same.
pub(super) fn rotate<V: View>(
    case: &Case<'_, V>,
    rotate: &key_event::Rotate,
    changes: &mut Changes,
) -> Result<(), Refusal<V::Error>> {
    let old_key = case.candidate.statement.key;
    let index = case.candidate.index;
    let words = possession::rotate(&case.ledger.id, &old_key, &rotate.new_key);
    proven(&rotate.new_key, &words, &rotate.possession)?;
    unused(case.view, &rotate.new_key)?;
    let mut old = case.key.clone();
    let new = KeyFact {
        roles: vec![(index, case.roles().to_vec())],
        ..old.clone()
    };
    old.ended = Some(index);
    changes.put(FactKey::Key(old_key), Fact::Key(Box::new(old)));
    changes.put(FactKey::Key(rotate.new_key), Fact::Key(Box::new(new)));
    changes.put(FactKey::LastKeyEvent, Fact::At(index));
    Ok(())
}

/// A key stops signing. A key that has already ended can still be revoked, if it is found to have been stolen before
/// its end.
pub(super) fn revoke<V: View>(
    case: &Case<'_, V>,
    revoke: &key_event::Revoke,
    changes: &mut Changes,
) -> Result<(), Refusal<V::Error>> {
    let index = case.candidate.index;
    let mut fact = match live(case.view, &revoke.key) {
        Err(Refusal::Rejected(Rejection::KeyRevoked { .. })) if revoke.distrust_from.is_some() => {
            let ended = case.view.key(&revoke.key).map_err(Refusal::View)?;
            ended.ok_or(Rejection::KeyUnknown { key: revoke.key })?
        }
        other => other?,
    };
    permissions::own_organisation(case, &fact.organisation)?;
    not_ahead(revoke.distrust_from, index)?;
    fact.ended = fact.ended.or(Some(index));
    changes.put(FactKey::Key(revoke.key), Fact::Key(Box::new(fact)));
    changes.put(FactKey::LastKeyEvent, Fact::At(index));
    Ok(())
}

/// A revocation can distrust earlier statements, but not later ones.
pub(super) fn not_ahead(from: Option<EntryIndex>, index: EntryIndex) -> Result<(), Rejection> {
    match from {
        Some(from) if from > index => Err(Rejection::DistrustAhead { from, index }),
        _ => Ok(()),
    }
}

/// After a revocation, its organisation must still have an admin: the one revoked is none, nor is one whose roles rest on
/// what becomes distrusted.
pub(super) fn an_admin_remains<V: View>(
    case: &Case<'_, V>,
    changes: &Changes,
) -> Result<(), Refusal<V::Error>> {
    let Body::KeyRevoke(revoke) = &case.candidate.statement.body else {
        return Ok(());
    };
    // The signer is one, unless they end their own key: no revocation voids what it rests on itself.
    if revoke.key != case.candidate.statement.key {
        return Ok(());
    }
    let mut after = Overlay::new(case.view);
    after.apply(changes);
    let next = case.candidate.index.size_through().next();
    let organisation = &case.key.organisation;
    let left = admins::is_any_but(&after, organisation, next, None);
    if !left.map_err(Refusal::View)? {
        let last = Rejection::LastAdmin {
            key: revoke.key,
            organisation: organisation.clone(),
        };
        case.view
            .lacking(last, "another admin of the organisation")?;
    }
    Ok(())
}

fn not_last_admin<V: View>(
    case: &Case<'_, V>,
    key: &PublicKey,
    organisation: &Slug,
) -> Result<(), Refusal<V::Error>> {
    // The signer is another one, unless they change their own key.
    if *key != case.candidate.statement.key {
        return Ok(());
    }
    let other = admins::is_any_but(case.view, organisation, case.candidate.index, Some(key));
    if !other.map_err(Refusal::View)? {
        let last = Rejection::LastAdmin {
            key: *key,
            organisation: organisation.clone(),
        };
        case.view
            .lacking(last, "another admin of the organisation")?;
    }
    Ok(())
}

/// Refuses a key that the ledger already knows, in any job.
pub(super) fn unused<V: View>(view: &V, key: &PublicKey) -> Result<(), Refusal<V::Error>> {
    match view.fact(&FactKey::Key(*key)).map_err(Refusal::View)? {
        None => Ok(()),
        Some(Fact::Key(fact)) => Err(Rejection::KeyTaken {
            key: *key,
            holder: fact.holder,
            reason: "it is already in the ledger",
        }
        .into()),
        Some(Fact::RecoveryKey) => Err(Rejection::RecoveryKey { key: *key }.into()),
        Some(_) => Err(Rejection::CheckpointKey { key: *key }.into()),
    }
}

/// Possession is checked by ZIP-215 everywhere: the rules give one result, when a statement is added and in the audit.
pub(super) fn proven(
    key: &PublicKey,
    words: &[u8],
    signature: &Signature,
) -> Result<(), Rejection> {
    key.verify_zip215(words, signature)
        .map_err(|_| Rejection::Possession { key: *key })
}
