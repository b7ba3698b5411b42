//! Distrust: which statements lose their effect because a key was revoked for compromise or replaced by a recovery.
//!
//! A statement rests on the event that gave its key its roles. That event rests on the event that gave its own signer
//! their roles, and so on, back to entry 0 or to a recovery. A statement is distrusted if any step of this chain was
//! signed with a distrusted key, at or after the entry that the revocation names. No entry leaves the log.
//!
//! Both answers are facts with the entries between which they hold: which revocations are in force, and which events that
//! gave roles are distrusted. Only `key.revoke` and `key.recover` change them (`admission/distrust.rs`). So a question as of
//! any size is a few look-ups.

use crate::model::StatementType;
use crate::rules::backlinks::Link;
use crate::rules::state::{Fact, FactKey, Period, RevocationFact};
use crate::rules::statement::{Distrusted, Says, StatementFact};
use crate::rules::view::View;
use crate::tlog::{EntryIndex, TreeSize};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// What is distrusted, as of a size.
#[derive(Debug, Clone)]
pub struct Distrust {
    size: TreeSize,
    /// Whether any key was distrusted by then.
    any: bool,
    keys: RefCell<HashMap<EntryIndex, Rc<Vec<From>>>>,
    events: RefCell<HashMap<EntryIndex, bool>>,
}

/// Whether a statement of this type rests on nothing: entry 0 and a recovery are never distrusted themselves.
pub(crate) fn ends_the_chain(statement_type: StatementType) -> bool {
    matches!(
        statement_type,
        StatementType::LedgerCreate | StatementType::KeyRecover
    )
}

/// A key is distrusted from an entry on.
#[derive(Debug, Clone)]
struct From {
    /// The revocation.
    by: EntryIndex,
    entry: EntryIndex,
    /// Entries on which the revocation rests itself.
    except: Vec<EntryIndex>,
}

impl From {
    fn hits(&self, index: EntryIndex) -> bool {
        self.entry <= index && index < self.by && !self.except.contains(&index)
    }
}

impl Distrust {
    /// As of the first `size` entries.
    pub fn at<V: View>(view: &V, size: TreeSize) -> Result<Self, V::Error> {
        let first = view.at(&FactKey::FirstDistrust)?;
        Ok(Self {
            size,
            any: first.is_some_and(|first| size.contains(first)),
            keys: RefCell::default(),
            events: RefCell::default(),
        })
    }

    /// Whether any key had been distrusted by then.
    pub fn is_any(&self) -> bool {
        self.any
    }

    /// The entries of the revocations in force, ascending.
    pub fn entries<V: View>(&self, view: &V) -> Result<Vec<EntryIndex>, V::Error> {
        let mut entries = view.under(EntryIndex::FIRST, Link::Distrust)?;
        let mut in_force = Vec::new();
        for entry in entries.drain(..) {
            if revocation(view, entry)?.is_some_and(|fact| Period::any(&fact.in_force, self.size)) {
                in_force.push(entry);
            }
        }
        Ok(in_force)
    }

    /// Whether this statement is distrusted.
    pub fn covers<V: View>(&self, view: &V, fact: &StatementFact) -> Result<bool, V::Error> {
        if !self.any || ends_the_chain(fact.statement_type) {
            return Ok(false);
        }
        Ok(self.hits(view, fact.by.key, fact.index)?
            || self.void_roles(view, fact.by.key, fact.index)?.is_some())
    }

    /// The revocation or recovery because of which a statement is distrusted.
    pub fn by<V: View>(
        &self,
        view: &V,
        fact: &StatementFact,
    ) -> Result<Option<EntryIndex>, V::Error> {
        if !self.covers(view, fact)? {
            return Ok(None);
        }
        let (mut key, mut index) = (fact.by.key, fact.index);
        loop {
            let from = self.of_key(view, key)?;
            if let Some(hit) = from.iter().find(|from| from.hits(index)) {
                return Ok(Some(hit.by));
            }
            // Its key has its roles from a distrusted event; the reason for that is earlier in the log.
            let Some(event) = self.void_roles(view, key, index)? else {
                return Ok(None);
            };
            let Some(signed) = view.entry(event)? else {
                return Ok(None);
            };
            (key, index) = (signed.by.key, event);
        }
    }

    /// The distrusted event from which a key, by the entry that introduced it, has its roles at an entry; none if it has
    /// them from a trusted one.
    pub fn void_roles<V: View>(
        &self,
        view: &V,
        key: EntryIndex,
        index: EntryIndex,
    ) -> Result<Option<EntryIndex>, V::Error> {
        if !self.any {
            return Ok(None);
        }
        let Some((_, key)) = view.introduced(key)? else {
            return Ok(None);
        };
        let Some((event, _)) = key.roles_at(index) else {
            return Ok(None);
        };
        Ok(self.voids(view, event)?.then_some(event))
    }

    /// Whether an event that gave roles is distrusted.
    fn voids<V: View>(&self, view: &V, event: EntryIndex) -> Result<bool, V::Error> {
        if let Some(known) = self.events.borrow().get(&event) {
            return Ok(*known);
        }
        let void = Period::any(&void_periods(view, event)?, self.size);
        self.events.borrow_mut().insert(event, void);
        Ok(void)
    }

    /// The revocations and recoveries in force that distrust a key, by the entry that introduced it: each with the first
    /// entry that is not trusted.
    pub fn of<V: View>(
        &self,
        view: &V,
        key: EntryIndex,
    ) -> Result<Vec<(EntryIndex, EntryIndex)>, V::Error> {
        let from = self.of_key(view, key)?;
        Ok(from.iter().map(|from| (from.by, from.entry)).collect())
    }

    /// Whether a revocation in force distrusts what a key signed in an entry.
    pub(crate) fn hits<V: View>(
        &self,
        view: &V,
        key: EntryIndex,
        index: EntryIndex,
    ) -> Result<bool, V::Error> {
        let from = self.of_key(view, key)?;
        Ok(from.iter().any(|from| from.hits(index)))
    }

    /// Whether one revocation in force distrusts everything that a key signed from an entry on. After it the key signed
    /// nothing, because it ended; but a key may have signed its own revocation.
    pub(crate) fn hits_all_from<V: View>(
        &self,
        view: &V,
        key: EntryIndex,
        index: EntryIndex,
    ) -> Result<bool, V::Error> {
        for from in self.of_key(view, key)?.iter() {
            if from.entry <= index && from.except.is_empty() {
                let revocation = view.entry(from.by)?;
                return Ok(revocation.is_some_and(|revocation| revocation.by.key != key));
            }
        }
        Ok(false)
    }

    /// The revocations in force of a key.
    fn of_key<V: View>(&self, view: &V, key: EntryIndex) -> Result<Rc<Vec<From>>, V::Error> {
        if let Some(known) = self.keys.borrow().get(&key) {
            return Ok(Rc::clone(known));
        }
        let mut found = Vec::new();
        for by in view.under(key, Link::Distrusted)? {
            let Some(fact) = revocation(view, by)? else {
                continue;
            };
            if !Period::any(&fact.in_force, self.size) {
                continue;
            }
            let statement = view.entry(by)?;
            for listed in statement.iter().flat_map(listed) {
                if listed.since == key {
                    found.push(From {
                        by,
                        entry: listed.from,
                        except: fact.except.clone(),
                    });
                }
            }
        }
        let found = Rc::new(found);
        self.keys.borrow_mut().insert(key, Rc::clone(&found));
        Ok(found)
    }
}

/// The keys that a statement distrusts.
pub(crate) fn listed(fact: &StatementFact) -> &[Distrusted] {
    match &fact.says {
        Says::Distrust(listed) => listed,
        Says::Roles(event) => &event.distrusts,
        _ => &[],
    }
}

/// What became of a revocation for compromise.
pub(crate) fn revocation<V: View>(
    view: &V,
    entry: EntryIndex,
) -> Result<Option<RevocationFact>, V::Error> {
    Ok(match view.fact(&FactKey::Revocation(entry))? {
        Some(Fact::Revocation(fact)) => Some(*fact),
        _ => None,
    })
}

/// When an event that gave roles was distrusted.
pub(crate) fn void_periods<V: View>(view: &V, event: EntryIndex) -> Result<Vec<Period>, V::Error> {
    Ok(match view.fact(&FactKey::Void(event))? {
        Some(Fact::Periods(periods)) => periods,
        _ => Vec::new(),
    })
}
