//! Who signed, and in which roles: the key events of a dossier replayed in order.
//!
//! What this is not: the rules of admission, which need the whole ledger. It shows the chain from entry 0 to each
//! signer as far as the file has it; that no later event was left out it cannot show.

use super::Error;
use crate::crypto::PublicKey;
use crate::encoding::name::Slug;
use crate::envelope::Verified;
use crate::model::organisation::Role;
use crate::model::{Body, StatementId, key_event, ledger, possession};
use std::collections::BTreeMap;

/// A key's history as far as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// The person.
    pub holder: Slug,
    /// Their organisation.
    pub organisation: Slug,
    /// Roles, each in force after the entry that set them.
    roles: Vec<(u64, Vec<Role>)>,
    ended: Option<u64>,
    distrusted_from: Option<u64>,
}

/// The signers of a dossier.
#[derive(Debug, Clone, Default)]
pub struct Signers(BTreeMap<PublicKey, Signer>);

/// How a signer stood at one entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The person.
    pub holder: Slug,
    /// Their organisation.
    pub organisation: Slug,
    /// Their roles there.
    pub roles: Vec<Role>,
    /// Whether a later event distrusts the key from here or before.
    pub distrusted: bool,
}

impl Signers {
    /// Replays the key events among these entries, which stand in ascending order and begin with entry 0.
    pub fn replay(entries: &[(u64, Verified)], ledger: &StatementId) -> Result<Self, Error> {
        let mut signers = Self::default();
        let mut recovery = None;
        for (index, statement) in entries {
            let refuse = |reason: &str| Error::Signer {
                index: *index,
                reason: reason.to_owned(),
            };
            match &statement.body {
                Body::LedgerCreate(create) => {
                    recovery.clone_from(&create.recovery);
                    signers.found(&statement.key, create);
                }
                Body::KeyEnroll(enroll) => {
                    signers.admin(&statement.key, *index)?;
                    let words = possession::enroll(
                        ledger,
                        &enroll.key,
                        &enroll.holder,
                        &enroll.organisation,
                        &enroll.roles,
                        &statement.key,
                    );
                    proven(&enroll.key, &words, &enroll.possession).map_err(|e| refuse(&e))?;
                    signers.enroll(enroll, *index).map_err(|e| refuse(&e))?;
                }
                Body::KeyRotate(rotate) => {
                    let words = possession::rotate(ledger, &statement.key, &rotate.new_key);
                    proven(&rotate.new_key, &words, &rotate.possession).map_err(|e| refuse(&e))?;
                    signers.rotate(&statement.key, &rotate.new_key, *index)?;
                }
                Body::KeyRevoke(revoke) => {
                    signers.admin(&statement.key, *index)?;
                    signers.end(&revoke.key, *index, revoke.distrust_from);
                }
                Body::KeyRecover(recover) => {
                    let words = possession::recover(
                        ledger,
                        recover.last_key_event,
                        &recover.revoked,
                        &statement.key,
                    );
                    enough(recovery.as_ref(), recover, &words).map_err(|e| refuse(&e))?;
                    signers.recover(&statement.key, recover, *index);
                }
                _ => {}
            }
        }
        Ok(signers)
    }

    /// How the key stood at entry `index`; an error where the file does not show it to be live there.
    pub fn at(&self, key: &PublicKey, index: u64) -> Result<Standing, Error> {
        let refuse = |reason: String| Error::Signer { index, reason };
        let signer = self
            .0
            .get(key)
            .ok_or_else(|| refuse(format!("no key event in this file enrols key {key}")))?;
        // In force after the entry that set them; entry 0 and a recovery are signed by the key they begin.
        let before = signer.roles.iter().rev().find(|(from, _)| *from < index);
        let begins = || signer.roles.first().filter(|(from, _)| *from == index);
        let (_, roles) = before
            .or_else(begins)
            .ok_or_else(|| refuse(format!("key {key} is enrolled only later")))?;
        if let Some(since) = signer.ended.filter(|since| *since < index) {
            return Err(refuse(format!(
                "key {key} no longer signs since entry {since}"
            )));
        }
        Ok(Standing {
            holder: signer.holder.clone(),
            organisation: signer.organisation.clone(),
            roles: roles.clone(),
            distrusted: signer.distrusted_from.is_some_and(|from| from <= index),
        })
    }

    fn admin(&self, key: &PublicKey, index: u64) -> Result<(), Error> {
        if self.at(key, index)?.roles.contains(&Role::Admin) {
            return Ok(());
        }
        Err(Error::Signer {
            index,
            reason: format!("key {key} is no admin's"),
        })
    }

    fn found(&mut self, key: &PublicKey, create: &ledger::Create) {
        let founder = Signer {
            holder: create.holder.clone(),
            organisation: create.organisation.organisation.clone(),
            roles: vec![(0, vec![Role::Admin, Role::Editor, Role::Reviewer])],
            ended: None,
            distrusted_from: None,
        };
        self.0.insert(*key, founder);
    }

    fn enroll(&mut self, enroll: &key_event::Enroll, index: u64) -> Result<(), String> {
        let signer = self.0.entry(enroll.key).or_insert_with(|| Signer {
            holder: enroll.holder.clone(),
            organisation: enroll.organisation.clone(),
            roles: Vec::new(),
            ended: None,
            distrusted_from: None,
        });
        if signer.ended.is_some() || signer.holder != enroll.holder {
            return Err(format!("key {} cannot be enrolled so", enroll.key));
        }
        signer.roles.push((index, enroll.roles.clone()));
        Ok(())
    }

    fn rotate(&mut self, old: &PublicKey, new: &PublicKey, index: u64) -> Result<(), Error> {
        let standing = self.at(old, index)?;
        self.end(old, index, None);
        let signer = Signer {
            holder: standing.holder,
            organisation: standing.organisation,
            roles: vec![(index, standing.roles)],
            ended: None,
            distrusted_from: None,
        };
        self.0.insert(*new, signer);
        Ok(())
    }

    /// A key that the file does not enrol signed nothing in it; its end changes nothing here.
    fn end(&mut self, key: &PublicKey, index: u64, distrusted_from: Option<u64>) {
        if let Some(signer) = self.0.get_mut(key) {
            signer.ended = signer.ended.or(Some(index));
            signer.distrusted_from = match (signer.distrusted_from, distrusted_from) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
    }

    fn recover(&mut self, key: &PublicKey, recover: &key_event::Recover, index: u64) {
        for revoked in &recover.revoked {
            self.end(&revoked.key, index, Some(revoked.distrust_from));
        }
        let founder = self
            .0
            .values()
            .find(|s| s.roles.first().is_some_and(|r| r.0 == 0));
        let organisation =
            founder.map_or_else(|| recover.holder.clone(), |f| f.organisation.clone());
        let signer = Signer {
            holder: recover.holder.clone(),
            organisation,
            roles: vec![(index, vec![Role::Admin])],
            ended: None,
            distrusted_from: None,
        };
        self.0.insert(*key, signer);
    }
}

/// Possession is judged by ZIP-215, as the rules judge it.
fn proven(
    key: &PublicKey,
    words: &[u8],
    signature: &crate::crypto::Signature,
) -> Result<(), String> {
    key.verify_zip215(words, signature)
        .map_err(|_| format!("the proof of possession is not a signature of key {key}"))
}

/// k of the recovery keys of entry 0 have signed.
fn enough(
    recovery: Option<&ledger::Recovery>,
    recover: &key_event::Recover,
    words: &[u8],
) -> Result<(), String> {
    let recovery = recovery.ok_or("entry 0 names no recovery keys")?;
    let good = recover.signatures.iter().filter(|by| {
        recovery.keys.contains(&by.key) && by.key.verify_zip215(words, &by.signature).is_ok()
    });
    let good = good.count() as u64;
    if good >= recovery.threshold {
        Ok(())
    } else {
        Err(format!(
            "{good} recovery keys signed, {} must",
            recovery.threshold
        ))
    }
}
