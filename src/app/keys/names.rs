//! Which key a person means by a word: the name of a key's files here, a fingerprint, a public half, or a holder.
//!
//! Colleagues mail each other their `.pub` files, so the file `jonas.pub` here may hold the key of anna. A word that means
//! a key file here and another holder in the ledger is refused, because what is done to the wrong key cannot be undone.

use crate::app::{Desk, Error, Session};
use crate::keystore::{self, file};
use claimledger_core::EntryIndex;
use claimledger_core::crypto::PublicKey;
use claimledger_core::rules::View as _;
use claimledger_core::rules::state::KeyFact;

/// The key that a person means, live or ended: by `holder:NAME`, its public half, its fingerprint, the name of its files
/// here, or the name of its holder, who then has one live key.
///
/// # Errors
///
/// [`Error::KeyAmbiguous`] if the word means several keys; [`Error::KeyEnded`] if its holder has no live key;
/// [`keystore::Error::Unknown`].
pub fn meant(desk: &Desk, session: &Session, word: &str) -> Result<PublicKey, Error> {
    let known = Known::of(desk, session)?;
    if let Some(holder) = word.strip_prefix(HOLDER) {
        return known.of_holder(holder, word);
    }
    if let Ok(key) = word.parse() {
        return Ok(key);
    }
    if let Some((key, _)) = known.keys.iter().find(|(key, _)| key.fingerprint() == word) {
        return Ok(*key);
    }
    let Some(file) = spelled(desk, word)? else {
        return known.of_holder(word, word);
    };
    let theirs = known
        .fact(&file)
        .is_some_and(|fact| fact.holder.as_str() == word);
    let others = known.holds(word);
    if theirs || others.is_empty() {
        return Ok(file);
    }
    let others: Vec<String> = others.iter().map(|key| known.describe(key)).collect();
    Err(Error::KeyAmbiguous {
        word: word.to_owned(),
        keys: format!(
            "the file {} is {}; the holder {word} has {}",
            file::public_path(&desk.keys, word).display(),
            known.describe(&file),
            others.join(", ")
        ),
    })
}

/// The same for what ends a key. A name whose key has ended already is refused if its holder signs with another one now:
/// perhaps that one was meant.
///
/// # Errors
///
/// Those of [`meant`]; [`Error::KeyEnded`].
pub fn ending(desk: &Desk, session: &Session, word: &str) -> Result<PublicKey, Error> {
    let key = meant(desk, session, word)?;
    let named_exactly = word == key.fingerprint() || word == key.to_string();
    let known = Known::of(desk, session)?;
    let Some((fact, at)) = known
        .fact(&key)
        .and_then(|fact| Some((fact, fact.ended?)))
        .filter(|_| !named_exactly)
    else {
        return Ok(key);
    };
    let live = known.live(&person(fact));
    if live.is_empty() {
        return Ok(key);
    }
    Err(known.ended(word, &key, at, fact))
}

/// A key by its public half or by the name of its files.
pub(super) fn spelled(desk: &Desk, name: &str) -> Result<Option<PublicKey>, Error> {
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

/// The name of the key files with which a person signs who gave this word: the name itself, or the files here of the key
/// that a fingerprint or `holder:NAME` means.
///
/// # Errors
///
/// Those of [`meant`]; [`keystore::Error::Unknown`] if the key has no files here.
pub fn signing(desk: &Desk, session: &Session, word: &str) -> Result<String, Error> {
    let key = match spelled(desk, word)? {
        // Most sign with a key of their own name: nothing else is looked up.
        Some(file) => {
            let fact = session.view().key(&file)?;
            if fact.is_none_or(|fact| fact.holder.as_str() == word) {
                return Ok(word.to_owned());
            }
            meant(desk, session, word)?;
            return Ok(word.to_owned());
        }
        None if word.starts_with(HOLDER) || word.starts_with(FINGERPRINT) => {
            meant(desk, session, word)?
        }
        None => return Ok(word.to_owned()),
    };
    let here = keystore::list(&desk.keys)?.keys;
    let files = here.into_iter().find(|file| file.public == key);
    let unknown = || keystore::Error::Unknown {
        name: word.to_owned(),
        folder: desk.keys.display().to_string(),
    };
    Ok(files.ok_or_else(unknown)?.name)
}

/// The keys of a ledger, and what their files are called here.
struct Known {
    keys: Vec<(PublicKey, KeyFact)>,
    here: Vec<keystore::KeyFile>,
    folder: String,
}

impl Known {
    fn of(desk: &Desk, session: &Session) -> Result<Self, Error> {
        Ok(Self {
            keys: session.view().keys()?,
            here: keystore::list(&desk.keys)?.keys,
            folder: desk.keys.display().to_string(),
        })
    }

    fn fact(&self, key: &PublicKey) -> Option<&KeyFact> {
        let found = self.keys.iter().find(|(known, _)| known == key);
        found.map(|(_, fact)| fact)
    }

    /// The keys of a holder, ended ones too. Where two organisations have a rita, `desk/rita` means one of them.
    fn holds(&self, holder: &str) -> Vec<PublicKey> {
        let (organisation, holder) = match holder.split_once('/') {
            Some((organisation, holder)) => (Some(organisation), holder),
            None => (None, holder),
        };
        let theirs = |fact: &KeyFact| {
            let of = organisation.is_none_or(|wanted| fact.organisation.as_str() == wanted);
            of && fact.holder.as_str() == holder
        };
        let keys = self.keys.iter().filter(|(_, fact)| theirs(fact));
        keys.map(|(key, _)| *key).collect()
    }

    fn live(&self, holder: &str) -> Vec<PublicKey> {
        let mut keys = self.holds(holder);
        keys.retain(|key| self.fact(key).is_some_and(|fact| fact.ended.is_none()));
        keys
    }

    /// The key of a holder that was enrolled last, if it has ended, and the entry that ended it.
    fn last_ended(&self, holder: &str) -> Option<(PublicKey, EntryIndex, &KeyFact)> {
        let key = *self.holds(holder).last()?;
        let fact = self.fact(&key)?;
        Some((key, fact.ended?, fact))
    }

    /// The one live key of a holder.
    fn of_holder(&self, holder: &str, word: &str) -> Result<PublicKey, Error> {
        match self.live(holder)[..] {
            [one] => Ok(one),
            [] => match self.last_ended(holder) {
                Some((key, at, fact)) => Err(self.ended(word, &key, at, fact)),
                None => Err(keystore::Error::Unknown {
                    name: word.to_owned(),
                    folder: self.folder.clone(),
                }
                .into()),
            },
            ref many => Err(Error::KeyAmbiguous {
                word: word.to_owned(),
                keys: self.all(many),
            }),
        }
    }

    fn ended(&self, word: &str, key: &PublicKey, at: EntryIndex, fact: &KeyFact) -> Error {
        let live = self.live(&person(fact));
        Error::KeyEnded {
            word: word.to_owned(),
            key: self.describe(key),
            at,
            now: match &live[..] {
                [] => format!("{} has no other key", fact.holder),
                live => format!("{} signs with {} now", fact.holder, self.all(live)),
            },
        }
    }

    fn all(&self, keys: &[PublicKey]) -> String {
        let all: Vec<String> = keys.iter().map(|key| self.describe(key)).collect();
        all.join(", ")
    }

    /// `SHA256:… of anna (keys/jonas.pub)`.
    fn describe(&self, key: &PublicKey) -> String {
        let mut text = key.fingerprint();
        match self.fact(key) {
            Some(fact) => text.push_str(&format!(" of {}", fact.holder)),
            None => text.push_str(", which is not enrolled"),
        }
        if let Some(file) = self.here.iter().find(|file| file.public == *key) {
            text.push_str(&format!(" (file {}.pub)", file.name));
        }
        text
    }
}

/// What stands before the name of a holder.
const HOLDER: &str = "holder:";

/// What every fingerprint begins with.
const FINGERPRINT: &str = "SHA256:";

/// A person is the pair of organisation and holder.
fn person(fact: &KeyFact) -> String {
    format!("{}/{}", fact.organisation, fact.holder)
}
