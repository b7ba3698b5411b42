//! A request to enrol a key that is on another machine: the newcomer writes it there, an admin signs the enrolment here.
//! No private key leaves its machine.
//!
//! The proof of possession of a `key.enroll` names the admin who signs it. The newcomer does not know which admin that
//! will be, so the request has a proof for each key that may enrol it. The newcomer's key also signs the request as a
//! whole.

use crate::app::peers::cosign;
use crate::app::record::append::{self, Proposal};
use crate::app::{Desk, Error, Session, output};
use crate::host::files;
use crate::keystore::Passphrases;
use claimledger_core::EntryIndex;
use claimledger_core::crypto::{PublicKey, Signature};
use claimledger_core::encoding::name::{Origin, Slug};
use claimledger_core::model::organisation::Role;
use claimledger_core::model::{Body, Name, StatementId, key_event, possession};
use claimledger_core::rules::{self, Rejection};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// What a newcomer asks for, in the file that they give to an admin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KeyRequest {
    /// What is asked for.
    pub wanted: Wanted,
    /// The new key's signature over [`Wanted::words`]: nothing in the file was changed since.
    pub signature: Signature,
}

/// What a newcomer asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Wanted {
    /// The ledger's name.
    pub origin: Origin,
    /// Its id: the proofs are worth nothing in another ledger.
    pub ledger: StatementId,
    /// The new key.
    pub key: PublicKey,
    /// The person's short name.
    pub holder: Slug,
    /// The person's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The organisation.
    pub organisation: Slug,
    /// The roles, ascending.
    pub roles: Vec<Role>,
    /// For each key that may enrol this one, the proof of possession that its enrolment needs.
    pub possession: Vec<Possession>,
}

/// A proof of possession for an enrolment that one admin signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Possession {
    /// The admin's key.
    pub by: PublicKey,
    /// The new key's signature.
    pub signature: Signature,
}

/// What is to be asked for.
#[derive(Debug, Clone)]
pub struct NewKeyRequest {
    /// The new key's name here.
    pub key: String,
    /// The roles.
    pub roles: Vec<Role>,
    /// The person's short name; the key's name if absent.
    pub holder: Option<Slug>,
    /// The person's name.
    pub name: Option<String>,
    /// The organisation; the founder's if absent.
    pub organisation: Option<Slug>,
}

/// Makes a request; the new key signs it. The ledger is read, wherever it is.
pub fn request(
    desk: &Desk,
    session: &Session,
    new: &NewKeyRequest,
    passphrases: &mut dyn Passphrases,
) -> Result<KeyRequest, Error> {
    let holder = match &new.holder {
        Some(holder) => holder.clone(),
        None => new.key.parse()?,
    };
    let founder = match session.statement(EntryIndex::FIRST)?.body.clone() {
        Body::LedgerCreate(create) => create.organisation.organisation,
        _ => unreachable!("entry 0 of a ledger that was opened creates it"),
    };
    let organisation = new.organisation.clone().unwrap_or_else(|| founder.clone());
    let head = session.head();
    let admins = rules::enrollers(&session.view(), &organisation, &founder, head.size.next())?;
    let signer = append::open_key(desk, session, &new.key, passphrases)?;
    let mut wanted = Wanted {
        origin: head.origin.clone(),
        ledger: head.ledger,
        key: signer.public(),
        holder,
        // Decoding applies the bounds that the statement will have.
        name: new
            .name
            .clone()
            .map(|name| Name::open(name.clone()).map(|_| name))
            .transpose()?,
        organisation,
        roles: new.roles.clone(),
        possession: Vec::new(),
    };
    wanted.roles.sort();
    wanted.roles.dedup();
    for by in admins {
        let signature = session.signed_by(signer.as_ref(), &wanted.possession_words(&by))?;
        wanted.possession.push(Possession { by, signature });
    }
    let signature = session.signed_by(signer.as_ref(), &wanted.words())?;
    Ok(KeyRequest { wanted, signature })
}

impl Wanted {
    /// What the new key signs: `claimledger/key-request/v1`, a line end, and this as compact JSON with its fields in the
    /// order of this struct.
    pub fn words(&self) -> Vec<u8> {
        let json = serde_json::to_string(self).expect("plain data");
        format!("claimledger/key-request/v1\n{json}\n").into_bytes()
    }

    fn possession_words(&self, by: &PublicKey) -> Vec<u8> {
        possession::enroll(
            &self.ledger,
            &self.key,
            &self.holder,
            &self.organisation,
            &self.roles,
            by,
        )
    }
}

impl KeyRequest {
    /// Reads a request. One that was changed after the new key signed it is refused.
    ///
    /// # Errors
    ///
    /// [`Error::File`].
    pub fn read(path: &Path) -> Result<Self, Error> {
        let malformed = |reason: String| Error::File {
            path: path.display().to_string(),
            reason,
        };
        let bytes = files::read(path)?;
        let request: Self = serde_json::from_slice(&bytes).map_err(|e| malformed(e.to_string()))?;
        let key = request.wanted.key;
        let signed = key.verify_strict(&request.wanted.words(), &request.signature);
        signed.map_err(|_| {
            malformed(format!(
                "it was changed after the key {} signed it",
                key.fingerprint()
            ))
        })?;
        Ok(request)
    }

    /// Writes it where it can be carried to an admin.
    pub fn write(&self, desk: &Desk, path: &Path, force: bool) -> Result<(), Error> {
        let mut text = serde_json::to_vec_pretty(self).expect("plain data");
        text.push(b'\n');
        output::write(desk, path, &text, force)
    }
}

/// The enrolment that an admin with the key `by` signs. The rules judge its proof of possession, as of every enrolment.
///
/// # Errors
///
/// [`Rejection::WrongLedger`]; [`Error::Usage`] if the request has no proof for this admin's key.
pub fn enrolment(
    desk: &Desk,
    session: &Session,
    request: &KeyRequest,
    by: &PublicKey,
) -> Result<Proposal, Error> {
    let wanted = &request.wanted;
    let ledger = session.head().ledger;
    if wanted.ledger != ledger {
        let found = wanted.ledger;
        return Err(
            crate::ledger::Error::Rejected(Rejection::WrongLedger { found, ledger }).into(),
        );
    }
    cosign::refuse_witness(desk, &wanted.key)?;
    let proof = wanted.possession.iter().find(|proof| proof.by == *by);
    let Some(proof) = proof else {
        return Err(Error::Usage(format!(
            "{} was not an admin key of {} when {} wrote the request: ask them to write it again from a newer copy of the ledger",
            by.fingerprint(),
            wanted.organisation,
            wanted.holder
        )));
    };
    Ok(Proposal::new(key_event::Enroll {
        holder: wanted.holder.clone(),
        key: wanted.key,
        name: wanted.name.clone().map(Name::open).transpose()?,
        organisation: wanted.organisation.clone(),
        possession: proof.signature,
        roles: wanted.roles.clone(),
    }))
}
