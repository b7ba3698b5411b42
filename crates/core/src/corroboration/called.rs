//! What sources and evidence are called in a report: in full where it names them first, briefly after that. A name is
//! never altered: no sentence begins with one, so that none needs a capital letter.

use crate::message::Message;
use crate::model::StatementId;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// What one source or one piece of evidence is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    /// Where the report names it first.
    pub first: Message,
    /// After that.
    pub again: Message,
}

/// A name so short that it is repeated.
impl From<Message> for Called {
    fn from(name: Message) -> Self {
        Self {
            first: name.clone(),
            again: name,
        }
    }
}

/// The names of one report, in the order in which its reader meets them.
pub(crate) struct SourceNames<'a> {
    called: &'a dyn Fn(&StatementId) -> Called,
    met: RefCell<BTreeSet<StatementId>>,
}

impl<'a> SourceNames<'a> {
    pub fn new(called: &'a dyn Fn(&StatementId) -> Called) -> Self {
        Self {
            called,
            met: RefCell::default(),
        }
    }

    /// What it is called here: in full if the reader meets it for the first time.
    pub fn name(&self, id: &StatementId) -> Message {
        let called = (self.called)(id);
        if self.met.borrow_mut().insert(*id) {
            called.first
        } else {
            called.again
        }
    }

    /// Its full name.
    pub fn full(&self, id: &StatementId) -> Message {
        (self.called)(id).first
    }
}
