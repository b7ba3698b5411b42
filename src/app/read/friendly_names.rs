//! Keys and ids in messages to people, shown by the names that people know here.
//!
//! The rooms below name a key by its base64 and a statement by its 64 digits, for they know no other name. Machines are
//! told these; people read a key's file name or holder with its fingerprint, and an entry's number and label.

use super::line;
use crate::app::{Desk, Session};
use crate::keystore;
use crate::sync::place::Place;
use claimledger_core::crypto::PublicKey;
use claimledger_core::model::StatementId;
use claimledger_core::rules::View as _;
use std::cell::OnceCell;

/// A message with every key and id in it named as people here know it; what has no name here stays as it is, but a key is
/// told by its fingerprint in any case.
pub fn by_name(desk: &Desk, message: &str) -> String {
    let names = Names {
        desk,
        session: OnceCell::new(),
    };
    let mut said = String::with_capacity(message.len());
    let mut rest = message;
    while let Some(start) = rest.find(in_a_word) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c| !in_a_word(c)).unwrap_or(from.len());
        let (word, after) = from.split_at(end);
        said.push_str(before);
        match names.of(word) {
            Some(name) => said.push_str(&name),
            None => said.push_str(word),
        }
        rest = after;
    }
    said.push_str(rest);
    said
}

/// What base64 and hexadecimal are written with; a verifier key is one word with its name and stays whole.
fn in_a_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=')
}

struct Names<'a> {
    desk: &'a Desk,
    /// Opened for the first word that asks for it; none where it cannot be.
    session: OnceCell<Option<Session>>,
}

impl Names<'_> {
    fn of(&self, word: &str) -> Option<String> {
        match word.len() {
            KEY_CHARACTERS => {
                let key: PublicKey = word.parse().ok()?;
                key.check().ok()?;
                Some(self.key(&key))
            }
            ID_DIGITS => {
                let id: StatementId = word.parse().ok()?;
                let session = self.session()?;
                let fact = session.view().statement(&id).ok()??;
                // The id of entry 0 is that of the ledger, and means the ledger.
                if fact.index == 0 {
                    return None;
                }
                let line = line::one(session, fact.index).ok()?;
                let label = line.label.map(|label| format!(" {label}"));
                Some(format!("#{}{}", line.index, label.unwrap_or_default()))
            }
            _ => None,
        }
    }

    fn key(&self, key: &PublicKey) -> String {
        let fingerprint = key.fingerprint();
        let here = keystore::list(&self.desk.keys).unwrap_or_default().keys;
        if let Some(file) = here.iter().find(|file| file.public == *key) {
            return format!("{} ({fingerprint})", file.name);
        }
        let enrolled = self
            .session()
            .and_then(|session| session.view().key(key).ok().flatten());
        match enrolled {
            Some(fact) => format!("{fingerprint} of {}", fact.holder),
            None => fingerprint,
        }
    }

    /// The ledger at hand, if it is on this machine: for a name in a message nobody is asked over the network.
    fn session(&self) -> Option<&Session> {
        let desk = self.desk;
        let opened = self.session.get_or_init(|| match &desk.ledger {
            Place::Folder(_) | Place::Mirror { .. } => Session::open(desk).ok(),
            Place::Archive(_) | Place::Address(_) => None,
        });
        opened.as_ref()
    }
}

/// 32 bytes in padded base64.
const KEY_CHARACTERS: usize = 44;

/// 32 bytes in hexadecimal.
const ID_DIGITS: usize = 64;
