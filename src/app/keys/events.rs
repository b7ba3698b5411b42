//! Changes of keys: rotation to a holder's next key, revocation, and the ledger's own keys.

use crate::app::peers::cosign;
use crate::app::record::append::Proposal;
use crate::app::{Desk, Error, Session};
use crate::keystore::{self, Passphrases, file};
use claimledger_core::EntryIndex;
use claimledger_core::crypto::PublicKey;
use claimledger_core::model::checkpoint_event::{CheckpointRetire, CheckpointRotate};
use claimledger_core::model::key_event::{RevocationReason, Revoke, Rotate};
use claimledger_core::model::{FreeText, possession};

/// The statement that replaces a key with a new one; the new key signs a proof of possession.
pub fn rotate(
    desk: &Desk,
    session: &Session,
    old: &PublicKey,
    to: &str,
    passphrases: &mut dyn Passphrases,
) -> Result<Proposal, Error> {
    let new = keystore::open(&desk.keys, to, passphrases)?;
    cosign::refuse_witness(desk, &new.public())?;
    let words = possession::rotate(&session.head().ledger, old, &new.public());
    Ok(Proposal::new(Rotate {
        new_key: new.public(),
        possession: new.sign(&words)?,
    }))
}

/// A key to revoke.
#[derive(Debug, Clone)]
pub struct NewRevocation {
    /// The key: the name of its files here, its fingerprint, its public half, or its holder.
    pub key: String,
    /// Why.
    pub reason: RevocationReason,
    /// For a compromised key: the first entry that is no longer trusted.
    pub distrust_from: Option<EntryIndex>,
    /// A remark.
    pub note: Option<String>,
}

/// What revokes a key.
pub fn revoke(desk: &Desk, session: &Session, new: &NewRevocation) -> Result<Proposal, Error> {
    let compromised = new.reason == RevocationReason::Compromised;
    if compromised && new.distrust_from.is_none() {
        return Err(Error::Usage(
            "since when may somebody else have had it? --distrust-from INDEX; 0 if never to be trusted".to_owned(),
        ));
    }
    if !compromised && new.distrust_from.is_some() {
        return Err(Error::Usage(
            "only a compromised key is distrusted from an entry on: --reason compromised"
                .to_owned(),
        ));
    }
    Ok(Proposal::new(Revoke {
        distrust_from: new.distrust_from,
        key: enrolled(desk, session, &new.key)?,
        note: new.note.clone().map(FreeText::open).transpose()?,
        reason: new.reason,
    }))
}

/// The key that a person means: by the name of its files, its fingerprint, its public half, or its holder (with the
/// organisation before it, `desk/rita`, where two have that name), who then has one live key.
pub fn enrolled(desk: &Desk, session: &Session, name: &str) -> Result<PublicKey, Error> {
    if let Some(key) = spelled(desk, name)? {
        return Ok(key);
    }
    let keys = session.view().keys()?;
    if let Some((key, _)) = keys.iter().find(|(key, _)| key.fingerprint() == name) {
        return Ok(*key);
    }
    // `rita` or, where two organisations have a rita, `desk/rita`.
    let (organisation, holder) = match name.split_once('/') {
        Some((organisation, holder)) => (Some(organisation), holder),
        None => (None, name),
    };
    let live: Vec<PublicKey> = keys
        .iter()
        .filter(|(_, fact)| {
            let theirs = organisation.is_none_or(|o| fact.organisation.as_str() == o);
            theirs && fact.holder.as_str() == holder && fact.ended.is_none()
        })
        .map(|(key, _)| *key)
        .collect();
    match live[..] {
        [one] => Ok(one),
        [] => Err(keystore::Error::Unknown {
            name: name.to_owned(),
            folder: desk.keys.display().to_string(),
        }
        .into()),
        _ => Err(Error::Usage(format!(
            "{} live keys belong to {name}: give the fingerprint, or the organisation before the name, as in desk/{holder}; \
             `claimledger key list` shows both",
            live.len()
        ))),
    }
}

/// A key by its public half or by the name of its files.
fn spelled(desk: &Desk, name: &str) -> Result<Option<PublicKey>, Error> {
    if let Ok(key) = name.parse() {
        return Ok(Some(key));
    }
    if keystore::folder::check_name(name).is_err() {
        return Ok(None);
    }
    match file::read_public(&desk.keys, name) {
        Ok((key, _)) => Ok(Some(key)),
        Err(keystore::Error::Unknown { .. }) => Ok(None),
        Err(e) => Err(e.into()),
    }
}

/// The statement that adds a checkpoint key; the key signs a proof of possession.
pub fn rotate_checkpoint(
    desk: &Desk,
    session: &Session,
    to: &str,
    passphrases: &mut dyn Passphrases,
) -> Result<Proposal, Error> {
    let new = keystore::open(&desk.keys, to, passphrases)?;
    cosign::refuse_witness(desk, &new.public())?;
    let head = session.head();
    let words = possession::checkpoint_key(&head.ledger, &head.origin, &new.public());
    Ok(Proposal::new(CheckpointRotate {
        new_key: new.public(),
        possession: new.sign(&words)?,
    }))
}

/// The statement that retires a checkpoint key; the last one cannot be retired.
pub fn retire_checkpoint(desk: &Desk, session: &Session, name: &str) -> Result<Proposal, Error> {
    let live = session.checkpoint_keys()?.signing(session.head().size);
    let spelled = spelled(desk, name)?;
    let mut keys = live.iter().map(|vkey| *vkey.key());
    let key = keys.find(|key| Some(*key) == spelled || key.fingerprint() == name);
    let Some(key) = key else {
        let all: Vec<String> = live.iter().map(ToString::to_string).collect();
        return Err(Error::NoCheckpointKey {
            name: name.to_owned(),
            keys: all.join(", "),
        });
    };
    if live.len() == 1 {
        return Err(Error::LastCheckpointKey);
    }
    Ok(Proposal::new(CheckpointRetire { key }))
}
