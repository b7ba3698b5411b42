//! Recovery: an admin's key is stolen or lost, and keys that were kept offline replace the admin.
//!
//! A request is a small file that goes from one holder of a recovery key to the next. It contains everything that is
//! signed, so a machine without the ledger and without a network can show and sign it.

use super::names;
use crate::app::record::append::Proposal;
use crate::app::{Desk, Error, Session, output, when};
use crate::host::files;
use crate::keystore::{self, Passphrases};
use claimledger_core::EntryIndex;
use claimledger_core::crypto::{PublicKey, Signature};
use claimledger_core::encoding::name::{Origin, Slug};
use claimledger_core::model::key_event::{Recover, RecoverySignature, RevokedFrom};
use claimledger_core::model::{Body, FreeText, StatementId, StatementType, possession};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// What the recovery keys must sign, and the signatures so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RecoveryRequest {
    /// The ledger's name.
    pub origin: Origin,
    /// Its id.
    pub ledger: StatementId,
    /// The new admin.
    pub holder: Slug,
    /// The person's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The new admin's key.
    pub key: PublicKey,
    /// The keys that no longer sign, and from which entry on they are not trusted.
    pub revoked: Vec<RevokedFrom>,
    /// The entry of the last key event.
    pub last_key_event: EntryIndex,
    /// The keys that may sign this.
    pub recovery_keys: Vec<PublicKey>,
    /// How many of them must.
    pub threshold: u64,
    /// Those that have.
    pub signatures: Vec<RecoverySignature>,
}

/// Who becomes admin, and which keys end.
#[derive(Debug, Clone)]
pub struct NewRequest {
    /// The new admin's key, by the name of its files.
    pub key: String,
    /// The person's short name; the key's name if absent.
    pub holder: Option<Slug>,
    /// The person's name.
    pub name: Option<String>,
    /// `KEY`, `KEY@ENTRY` or `KEY@DATE`: a key as `key revoke` names it, and the first entry that is no longer trusted; without it,
    /// what the key has signed until now stays trusted.
    pub revoke: Vec<String>,
}

/// A request without signatures.
pub fn request(desk: &Desk, session: &Session, new: &NewRequest) -> Result<RecoveryRequest, Error> {
    let recovery = recovery(session)?;
    let (key, _) = keystore::file::read_public(&desk.keys, &new.key)?;
    let holder = match &new.holder {
        Some(holder) => holder.clone(),
        None => new.key.parse()?,
    };
    if new.revoke.is_empty() {
        return Err(Error::Usage(
            "which key was lost or stolen? --revoke KEY, or --revoke KEY@ENTRY or KEY@DATE if it is not trusted from that entry or day on"
                .to_owned(),
        ));
    }
    let mut revoked = Vec::new();
    for spelled in &new.revoke {
        let parts = spelled.rsplit_once('@').unwrap_or((spelled, ""));
        let (name, from) = match parts {
            (name, "") => (name, session.head().size.next()),
            (name, index) => {
                let from = index.parse().map_err(|e| {
                    Error::Usage(format!(
                        "{spelled:?} is not KEY@ENTRY, a key and the first entry that is no longer trusted: {e}"
                    ))
                })?;
                (name, when::entry_from(session, from)?)
            }
        };
        revoked.push(RevokedFrom {
            distrust_from: from,
            key: names::ending(desk, session, name)?,
        });
    }
    revoked.sort_by_key(|revoked| revoked.key);
    Ok(RecoveryRequest {
        origin: session.head().origin.clone(),
        ledger: session.head().ledger,
        holder,
        name: new.name.clone(),
        key,
        revoked,
        last_key_event: last_key_event(session)?,
        recovery_keys: recovery.keys,
        threshold: recovery.threshold,
        signatures: Vec::new(),
    })
}

impl RecoveryRequest {
    /// What a recovery key signs.
    pub fn words(&self) -> Vec<u8> {
        possession::recover(&self.ledger, self.last_key_event, &self.revoked, &self.key)
    }

    /// Reads a request. A signature that is not by one of its keys, or is over other data, is refused.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let bytes = files::read(path)?;
        let malformed = |reason: String| Error::File {
            path: path.display().to_string(),
            reason,
        };
        let request: Self = serde_json::from_slice(&bytes).map_err(|e| malformed(e.to_string()))?;
        let words = request.words();
        for given in &request.signatures {
            if !request.recovery_keys.contains(&given.key)
                || given.key.verify_strict(&words, &given.signature).is_err()
            {
                return Err(malformed(format!(
                    "the signature of {} is not a recovery key's over these words",
                    given.key.fingerprint()
                )));
            }
        }
        Ok(request)
    }

    /// Writes it to a file for the next holder.
    pub fn write(&self, desk: &Desk, path: &Path, force: bool) -> Result<(), Error> {
        let mut text = serde_json::to_vec_pretty(self).expect("plain data");
        text.push(b'\n');
        output::write(desk, path, &text, force)
    }

    fn add(&mut self, key: PublicKey, signature: Signature) {
        self.signatures.retain(|given| given.key != key);
        self.signatures.push(RecoverySignature { key, signature });
        self.signatures.sort_by_key(|given| given.key);
    }

    /// Signs it with a recovery key.
    pub fn sign(
        &mut self,
        desk: &Desk,
        name: &str,
        passphrases: &mut dyn Passphrases,
    ) -> Result<(), Error> {
        let signer = keystore::open(&desk.keys, name, passphrases)?;
        if !self.recovery_keys.contains(&signer.public()) {
            return Err(Error::NoRecoveryKey {
                name: name.to_owned(),
            });
        }
        let signature = signer.sign(&self.words())?;
        self.add(signer.public(), signature);
        Ok(())
    }

    /// Adds the signatures of another copy of the same request.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        if self.words() != other.words() || self.holder != other.holder {
            return Err(Error::Usage(
                "these files are not copies of one request".to_owned(),
            ));
        }
        for given in &other.signatures {
            self.add(given.key, given.signature);
        }
        Ok(())
    }
}

/// The statement of a request with enough signatures; the new admin's key signs it.
pub fn submit(session: &Session, request: &RecoveryRequest) -> Result<Proposal, Error> {
    let recovery = recovery(session)?;
    if request.ledger != session.head().ledger {
        return Err(crate::ledger::Error::Rejected(
            claimledger_core::rules::Rejection::WrongLedger {
                found: request.ledger,
                ledger: session.head().ledger,
            },
        )
        .into());
    }
    let last = last_key_event(session)?;
    if request.last_key_event != last {
        return Err(Error::Usage(format!(
            "a key changed in entry {last}, after this request was made (entry {}): make a new one",
            request.last_key_event
        )));
    }
    // The request's own list proves nothing; entry 0 says which keys may sign and how many must.
    let mut signatures = request.signatures.clone();
    signatures.retain(|given| recovery.keys.contains(&given.key));
    if (signatures.len() as u64) < recovery.threshold {
        return Err(Error::TooFewSigned {
            have: signatures.len() as u64,
            need: recovery.threshold,
        });
    }
    Ok(Proposal::new(Recover {
        holder: request.holder.clone(),
        last_key_event: request.last_key_event,
        name: request.name.clone().map(FreeText::open).transpose()?,
        revoked: request.revoked.clone(),
        signatures,
    }))
}

/// What entry 0 says about recovery.
fn recovery(session: &Session) -> Result<claimledger_core::model::ledger::Recovery, Error> {
    match session.statement(EntryIndex::FIRST)?.body.clone() {
        Body::LedgerCreate(create) => create.recovery.ok_or(Error::NoRecovery),
        _ => Err(Error::NoRecovery),
    }
}

/// The entry of the last statement that changed a key; the first is entry 0.
fn last_key_event(session: &Session) -> Result<EntryIndex, Error> {
    let mut last = EntryIndex::FIRST;
    for kind in [
        StatementType::KeyEnroll,
        StatementType::KeyRotate,
        StatementType::KeyRevoke,
        StatementType::KeyRecover,
    ] {
        let entries = session.view().of_type(kind, session.head().size)?;
        last = last.max(entries.last().copied().unwrap_or(EntryIndex::FIRST));
    }
    Ok(last)
}
