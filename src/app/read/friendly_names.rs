//! Keys and statements in messages to people, by the names that people know here.
//!
//! The rooms below name a key by its base64 and a statement by its 64 digits, because they know no other name. Machines
//! are told these. People read a key's file name or holder with its fingerprint, and an entry's number and label.

use super::line;
use crate::app::{Desk, Session};
use crate::keystore;
use crate::sync::place::Place;
use claimledger_core::EntryIndex;
use claimledger_core::crypto::PublicKey;
use claimledger_core::encoding::name::Label;
use claimledger_core::model::StatementId;
use claimledger_core::rules::View as _;
use claimledger_core::{Message, Piece};
use std::cell::OnceCell;

/// The names that people know at a desk.
pub struct FriendlyNames<'a> {
    desk: &'a Desk,
    /// Opened for the first key or statement; none where it cannot be.
    session: OnceCell<Option<Session>>,
}

impl<'a> FriendlyNames<'a> {
    /// The names at a desk.
    pub fn at(desk: &'a Desk) -> Self {
        let session = OnceCell::new();
        Self { desk, session }
    }

    /// The message with these names in it. A statement without a name here keeps its id; a key without one has its
    /// fingerprint.
    pub fn told(&self, message: &Message) -> String {
        message.with_names(&|piece| match piece {
            Piece::Text(_) | Piece::Foreign(_) | Piece::Name(_) => None,
            Piece::Key(key) => Some(self.key(key)),
            Piece::Statement(id) => self.statement(id),
        })
    }

    fn statement(&self, id: &StatementId) -> Option<String> {
        let session = self.session()?;
        let fact = session.view().statement(id).ok()??;
        // The id of entry 0 is that of the ledger, and means the ledger.
        if fact.index == EntryIndex::FIRST {
            return None;
        }
        let label = session.label_of(fact.index, session.head().size).ok()?;
        let label = line::labelled(label.as_ref().map(Label::as_str));
        Some(format!("#{}{}", fact.index, label))
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
            Some(fact) => {
                let shared = self.session().and_then(|session| session.is_shared().ok());
                let (holder, organisation) = (&*fact.holder.to_string(), fact.organisation);
                match shared {
                    Some(true) => format!(
                        "{fingerprint} of {}",
                        line::person(holder, organisation.as_str())
                    ),
                    _ => format!("{fingerprint} of {holder}"),
                }
            }
            None => fingerprint,
        }
    }

    /// The desk's ledger, if it is on this machine: a name in a message is not worth a network request.
    fn session(&self) -> Option<&Session> {
        let desk = self.desk;
        let opened = self.session.get_or_init(|| match &desk.ledger {
            Place::Folder(_) | Place::Mirror { .. } => Session::open(desk).ok(),
            Place::Archive(_) | Place::Address(_) => None,
        });
        opened.as_ref()
    }
}
