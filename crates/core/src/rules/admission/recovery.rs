//! Recovery: k of the n keys that entry 0 names, and that are kept offline, replace an admin. Only they may distrust
//! an admin.

use super::keys;
use crate::model::key_event::Recover;
use crate::model::organisation::Role;
use crate::model::possession;
use crate::rules::candidate::Candidate;
use crate::rules::rejection::{Refusal, Rejection};
use crate::rules::state::{Changes, Fact, FactKey, KeyFact, LedgerFact};
use crate::rules::statement::Signer;
use crate::rules::view::View;
use crate::tlog::EntryIndex;

/// The revoked keys stop signing. The key that signs the statement becomes an admin of the founder's organisation.
///
/// The recovery keys sign the index of the last key event. So a recovery can be used once, and not after a later
/// change of keys.
pub(super) fn recover<V: View>(
    view: &V,
    candidate: &Candidate<'_>,
    ledger: &LedgerFact,
    recover: &Recover,
    changes: &mut Changes,
) -> Result<(KeyFact, Signer), Refusal<V::Error>> {
    let index = candidate.index;
    let new = candidate.statement.key;
    if ledger.recovery_keys.is_empty() {
        return Err(Rejection::RecoveryNone {}.into());
    }
    let last = view.at(&FactKey::LastKeyEvent).map_err(Refusal::View)?;
    let last = last.unwrap_or(EntryIndex::FIRST);
    if recover.last_key_event != last {
        let found = recover.last_key_event;
        let stale = Rejection::RecoveryStale { found, last };
        // If only part of the log is known, a later key event may be in the rest.
        if found < last || view.entry(found).map_err(Refusal::View)?.is_some() {
            return Err(stale.into());
        }
        view.lacking(stale, "the key event that it was signed after")?;
    }
    enough_signed(candidate, ledger, recover)?;
    new.check().map_err(|_| Rejection::KeyTaken {
        key: new,
        holder: recover.holder.clone(),
        reason: "it must be canonical, not weak and torsion-free",
    })?;
    keys::unused(view, &new)?;
    for revoked in &recover.revoked {
        keys::not_ahead(Some(revoked.distrust_from), index)?;
        let known = view.key(&revoked.key).map_err(Refusal::View)?;
        let mut fact = known.ok_or(Rejection::KeyUnknown { key: revoked.key })?;
        fact.ended = fact.ended.or(Some(index));
        changes.put(FactKey::Key(revoked.key), Fact::Key(Box::new(fact)));
    }
    let key = KeyFact {
        holder: recover.holder.clone(),
        organisation: ledger.organisation.clone(),
        roles: vec![(index, vec![Role::Admin])],
        ended: None,
    };
    changes.put(FactKey::Key(new), Fact::Key(Box::new(key.clone())));
    changes.put(FactKey::LastKeyEvent, Fact::At(index));
    let holder = keys::introduce_holder(view, &recover.holder, index, changes)?;
    let organisation = view.organisation(&ledger.organisation);
    let by = Signer {
        key: index,
        holder,
        organisation: organisation
            .map_err(Refusal::View)?
            .unwrap_or(EntryIndex::FIRST),
    };
    Ok((key, by))
}

fn enough_signed(
    candidate: &Candidate<'_>,
    ledger: &LedgerFact,
    recover: &Recover,
) -> Result<(), Rejection> {
    let words = possession::recover(
        &ledger.id,
        recover.last_key_event,
        &recover.revoked,
        &candidate.statement.key,
    );
    for signature in &recover.signatures {
        let key = signature.key;
        let refuse = |reason| Rejection::RecoverySignature { key, reason };
        if ledger.recovery_keys.binary_search(&key).is_err() {
            return Err(refuse("entry 0 does not list it as a recovery key"));
        }
        key.verify_zip215(&words, &signature.signature)
            .map_err(|_| refuse("the signature was not made over this statement"))?;
    }
    let found = recover.signatures.len() as u64;
    if found < ledger.recovery_threshold {
        return Err(Rejection::RecoveryTooFew {
            found,
            needed: ledger.recovery_threshold,
        });
    }
    Ok(())
}
