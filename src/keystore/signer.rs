//! A signer: a key from its file, or the agent that holds it.

use super::{Error, agent, file, folder};
use crate::host::threads;
use claimledger_core::crypto::{PublicKey, SecretKey, Signature};
use rayon::prelude::*;
use std::path::Path;
use zeroize::Zeroizing;

/// Signs with one key.
pub trait Signer {
    /// Its public half.
    fn public(&self) -> PublicKey;
    /// Signs a message.
    fn sign(&self, message: &[u8]) -> Result<Signature, Error>;
    /// Signs messages, in their order.
    fn sign_all(&self, messages: &[Vec<u8>]) -> Result<Vec<Signature>, Error> {
        messages.iter().map(|message| self.sign(message)).collect()
    }
    /// Whether signing may wait for a person: an agent may ask for a confirmation or a touch.
    fn may_ask(&self) -> bool {
        false
    }
}

/// Who is asked for passphrases.
pub trait Passphrases {
    /// The passphrase for what `prompt` names.
    fn ask(&mut self, prompt: &str) -> Result<Zeroizing<String>, Error>;

    /// How often a person may type it before it counts as wrong.
    fn tries(&self) -> u32 {
        1
    }

    /// What says why nothing happens, while something else than a passphrase is waited for.
    fn waiting(&self) -> fn(&str) {
        |_| ()
    }

    /// A passphrase for a new key; a person types it twice.
    fn choose(&mut self, prompt: &str) -> Result<Zeroizing<String>, Error> {
        self.ask(prompt)
    }
}

/// Asks no one: for machines.
#[derive(Debug, Clone, Copy, Default)]
pub struct Refuse;

impl Passphrases for Refuse {
    fn ask(&mut self, prompt: &str) -> Result<Zeroizing<String>, Error> {
        Err(Error::PassphraseNeeded {
            what: prompt.to_owned(),
        })
    }
}

impl Signer for SecretKey {
    fn public(&self) -> PublicKey {
        SecretKey::public(self)
    }
    fn sign(&self, message: &[u8]) -> Result<Signature, Error> {
        Ok(SecretKey::sign(self, message))
    }
    /// On all cores.
    fn sign_all(&self, messages: &[Vec<u8>]) -> Result<Vec<Signature>, Error> {
        threads::ready()?;
        let signed = messages.par_iter().map(|one| SecretKey::sign(self, one));
        Ok(signed.collect())
    }
}

struct InAgent {
    key: PublicKey,
    waiting: fn(&str),
}

impl Signer for InAgent {
    fn public(&self) -> PublicKey {
        self.key
    }
    fn sign(&self, message: &[u8]) -> Result<Signature, Error> {
        agent::sign(&self.key, message, self.waiting)
    }
    fn may_ask(&self) -> bool {
        true
    }
}

/// The signer of a name: the agent if it holds the key, else the file.
pub fn open(
    keys: &Path,
    name: &str,
    passphrases: &mut dyn Passphrases,
) -> Result<Box<dyn Signer + Send + Sync>, Error> {
    folder::check_name(name)?;
    let (public, _) = file::read_public(keys, name)?;
    let waiting = passphrases.waiting();
    if agent::holds(&public, waiting) {
        let key = public;
        return Ok(Box::new(InAgent { key, waiting }));
    }
    let mut tried = 0;
    loop {
        let mut ask = |prompt: &str| match tried {
            0 => passphrases.ask(prompt),
            _ => passphrases.ask(&format!("that was not it; {prompt}")),
        };
        let opened = file::read_secret(keys, name, &mut ask);
        tried += 1;
        match opened {
            Err(Error::WrongPassphrase { .. }) if tried < passphrases.tries() => {}
            opened => return Ok(Box::new(opened?)),
        }
    }
}
