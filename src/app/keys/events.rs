//! Changes of keys: rotation to a holder's next key, revocation, and the ledger's own keys.

use super::names;
use crate::app::peers::cosign;
use crate::app::record::append::{self, Proposal};
use crate::app::{Desk, Error, Session};
use crate::keystore::Passphrases;
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
    let new = append::open_key(desk, session, to, passphrases)?;
    cosign::refuse_witness(desk, &new.public())?;
    let words = possession::rotate(&session.head().ledger, old, &new.public());
    Ok(Proposal::new(Rotate {
        new_key: new.public(),
        possession: session.signed_by(new.as_ref(), &words)?,
    }))
}

/// A key to revoke.
#[derive(Debug, Clone)]
pub struct NewRevocation {
    /// The key, as [`names::ending`] takes it.
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
            "since when may somebody else have had it? --distrust-from ENTRY or DATE; 0 if never to be trusted".to_owned(),
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
        key: names::ending(desk, session, &new.key)?,
        note: new.note.clone().map(FreeText::open).transpose()?,
        reason: new.reason,
    }))
}

/// The statement that adds a checkpoint key; the key signs a proof of possession.
pub fn rotate_checkpoint(
    desk: &Desk,
    session: &Session,
    to: &str,
    passphrases: &mut dyn Passphrases,
) -> Result<Proposal, Error> {
    let new = append::open_key(desk, session, to, passphrases)?;
    cosign::refuse_witness(desk, &new.public())?;
    let head = session.head();
    let words = possession::checkpoint_key(&head.ledger, &head.origin, &new.public());
    Ok(Proposal::new(CheckpointRotate {
        new_key: new.public(),
        possession: session.signed_by(new.as_ref(), &words)?,
    }))
}

/// The statement that retires a checkpoint key; the last one cannot be retired.
pub fn retire_checkpoint(desk: &Desk, session: &Session, name: &str) -> Result<Proposal, Error> {
    let live = session.checkpoint_keys()?.signing(session.head().size);
    let spelled = names::spelled(desk, name)?;
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
