//! Keys: making them, listing them, enrolling them.

use crate::app::peers::cosign;
use crate::app::record::append;
use crate::app::when::{self, When};
use crate::app::{Desk, Error, Session};
use crate::host::random;
use crate::keystore::{self, Passphrases, file};
use crate::ledger;
use claimledger_core::crypto::{PublicKey, SecretKey};
use claimledger_core::encoding::name::Slug;
use claimledger_core::log;
use claimledger_core::log::CheckpointKeys;
use claimledger_core::model::organisation::Role;
use claimledger_core::model::{FreeText, key_event, possession};
use claimledger_core::rules::View as _;
use serde::Serialize;

/// A key, as this machine and the ledger know it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct KeyLine {
    /// The name of its files, if it has any here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its OpenSSH fingerprint.
    pub fingerprint: String,
    /// Its public half, base64.
    pub key: String,
    /// Where its private half is: `absent`, `plain`, `encrypted`.
    pub private: &'static str,
    /// Its state in the ledger.
    pub standing: String,
    /// Its holder there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
    /// Their organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// Its roles there.
    pub roles: Vec<String>,
}

/// Whether there is no key of that name here.
pub fn absent(desk: &Desk, name: &str) -> Result<bool, Error> {
    keystore::folder::check_name(name)?;
    match file::read_public(&desk.keys, name) {
        Ok(_) => Ok(false),
        Err(keystore::Error::Unknown { .. }) => Ok(true),
        Err(e) => Err(e.into()),
    }
}

/// Finishes a key that an interrupted command made: its private file is here, its public one is not. `None` if there is no
/// such key.
pub fn finish(desk: &Desk, name: &str) -> Result<Option<PublicKey>, Error> {
    keystore::folder::check_name(name)?;
    if !file::is_half_made(&desk.keys, name)? {
        return Ok(None);
    }
    file::complete(&desk.keys, name)?;
    Ok(Some(file::read_public(&desk.keys, name)?.0))
}

/// What to tell about a key that [`finish`] finished.
pub const FINISHED: &str = "an earlier command was interrupted after it had made the private key: only the public file was missing, \
     and the passphrase is the one that was chosen then";

/// Makes a key; asks for its passphrase, unless it gets none. Returns the open key, so that the person is not asked for the
/// same passphrase again.
pub fn make(
    desk: &Desk,
    name: &str,
    no_passphrase: bool,
    passphrases: &mut dyn Passphrases,
) -> Result<SecretKey, Error> {
    keystore::folder::check_name(name)?;
    // Checked first, so that nobody chooses a passphrase for nothing.
    file::check_new(&desk.keys, name)?;
    let secret = SecretKey::from_seed(&random::bytes::<32>()?);
    let passphrase = if no_passphrase {
        None
    } else {
        Some(passphrases.choose(&format!("new passphrase for key {name}"))?)
    };
    let passphrase = passphrase.as_ref().map(|p| p.as_str());
    if passphrase == Some("") {
        return Err(Error::Usage(
            "an empty passphrase is none; say --no-passphrase if that is meant".to_owned(),
        ));
    }
    file::write_new(&desk.keys, name, &secret, passphrase)?;
    Ok(secret)
}

/// Every key here, and every other key that the ledger knows; `at` limits the ledger's.
pub fn list(desk: &Desk, at: Option<When>) -> Result<(Vec<KeyLine>, Vec<String>), Error> {
    let session = match Session::open(desk) {
        Ok(session) => Some(session),
        Err(Error::Ledger(ledger::Error::Log(log::Error::NoLedger { .. }))) => None,
        Err(e) => return Err(e),
    };
    let mut notes = Vec::new();
    let mut enrolled = Vec::new();
    let mut checkpoint_keys = None;
    if let Some(session) = &session {
        let at = at.map(|at| when::size_at(session, at)).transpose()?;
        let size = session.at(at)?;
        notes.clone_from(&session.notes());
        let known = session.view().keys()?;
        enrolled = known
            .into_iter()
            .filter(|(_, fact)| {
                fact.roles
                    .first()
                    .is_some_and(|(from, _)| size.contains(*from))
            })
            .collect();
        checkpoint_keys = Some(session.checkpoint_keys()?);
        for (_, fact) in &mut enrolled {
            fact.roles.retain(|(from, _)| size.contains(*from));
            fact.ended = fact.ended.filter(|at| size.contains(*at));
        }
    }
    let mut lines = Vec::new();
    let here = keystore::list(&desk.keys)?;
    for odd in &here.odd {
        notes.push(format!("{} is left out: {}", odd.file, odd.why));
    }
    for key in here.keys {
        let place = enrolled
            .iter()
            .position(|(public, _)| *public == key.public);
        let fact = place.map(|place| enrolled.remove(place).1);
        lines.push(KeyLine {
            name: Some(key.name),
            private: match key.encrypted {
                None => "absent",
                Some(true) => "encrypted",
                Some(false) => "plain",
            },
            ..line(key.public, fact.as_ref(), checkpoint_keys.as_ref())
        });
    }
    for (public, fact) in &enrolled {
        lines.push(line(*public, Some(fact), None));
    }
    Ok((lines, notes))
}

fn line(
    key: claimledger_core::crypto::PublicKey,
    fact: Option<&claimledger_core::rules::state::KeyFact>,
    checkpoints: Option<&CheckpointKeys>,
) -> KeyLine {
    let checkpoints = checkpoints.filter(|keys| keys.all().any(|one| one == key));
    let standing = match (checkpoints, fact) {
        (Some(keys), _) => match keys.retired(&key) {
            None => "signs checkpoints".to_owned(),
            Some(at) => format!("signed checkpoints, retired in entry {at}"),
        },
        (None, None) => "not enrolled".to_owned(),
        (None, Some(fact)) => match fact.ended {
            None => "enrolled".to_owned(),
            Some(at) => format!("ended in entry {at}"),
        },
    };
    let roles = fact.and_then(|fact| fact.roles.last());
    KeyLine {
        name: None,
        fingerprint: key.fingerprint(),
        key: key.to_string(),
        private: "absent",
        standing,
        holder: fact.map(|fact| fact.holder.to_string()),
        organisation: fact.map(|fact| fact.organisation.to_string()),
        roles: roles.map_or_else(Vec::new, |(_, roles)| {
            roles.iter().map(ToString::to_string).collect()
        }),
    }
}

/// Whom to enrol.
#[derive(Debug, Clone)]
pub struct Enrolment {
    /// The new key's name here; its private half is needed to prove possession.
    pub key: String,
    /// Its roles.
    pub roles: Vec<Role>,
    /// The person's short name; the key's name if absent.
    pub holder: Option<Slug>,
    /// The person's name.
    pub name: Option<String>,
    /// The organisation; the founder's if absent.
    pub organisation: Option<Slug>,
}

/// The statement that enrols a key, with its proof of possession.
pub fn enrolment(
    desk: &Desk,
    session: &Session,
    enrolment: &Enrolment,
    by: claimledger_core::crypto::PublicKey,
    passphrases: &mut dyn Passphrases,
) -> Result<key_event::Enroll, Error> {
    let signer = append::open_key(desk, session, &enrolment.key, passphrases)?;
    cosign::refuse_witness(desk, &signer.public())?;
    let mut roles = enrolment.roles.clone();
    roles.sort();
    roles.dedup();
    let holder = match &enrolment.holder {
        Some(holder) => holder.clone(),
        None => enrolment.key.parse()?,
    };
    let organisation = match &enrolment.organisation {
        Some(organisation) => organisation.clone(),
        None => match session.view().key(&by)? {
            Some(fact) => fact.organisation,
            None => {
                return Err(crate::ledger::Error::Rejected(
                    claimledger_core::rules::Rejection::KeyUnknown { key: by },
                )
                .into());
            }
        },
    };
    let ledger = session.head().ledger;
    let words = possession::enroll(
        &ledger,
        &signer.public(),
        &holder,
        &organisation,
        &roles,
        &by,
    );
    let name = enrolment.name.clone().map(FreeText::open).transpose()?;
    Ok(key_event::Enroll {
        holder,
        key: signer.public(),
        name,
        organisation,
        possession: session.signed_by(signer.as_ref(), &words)?,
        roles,
    })
}
