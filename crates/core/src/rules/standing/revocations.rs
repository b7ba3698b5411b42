//! Which revocations for compromise are in force, judged from the whole list of them.
//!
//! Revocations may contradict one another. They are judged in the order of the log:
//!
//! - a revocation has no effect if it rests on a step that an earlier revocation in force distrusts;
//! - a revocation in force voids each earlier one that rests on a step it distrusts. It cannot void an event on which it
//!   rests itself;
//! - if the revocation that voided another is itself voided, the other takes effect again, unless it contradicts one that
//!   is in force.
//!
//! Admission judges only those that a new revocation can change, and keeps the answer as facts (`Distrust` looks them up).
//! `impact` judges the whole list to tell what a revocation would do, and tests compare the two.

use crate::model::StatementType;
use crate::rules::backlinks::Link;
use crate::rules::standing::distrust::ends_the_chain;
use crate::rules::statement::{Distrusted, Says, StatementFact};
use crate::rules::view::View;
use crate::tlog::{EntryIndex, TreeSize};
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

/// A step of the chain that a statement rests on: this key signed this entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    pub key: EntryIndex,
    pub index: EntryIndex,
}

/// An entry that distrusts keys: a revocation for compromise, or a recovery.
#[derive(Debug, Clone)]
pub(crate) struct Revocation {
    pub index: EntryIndex,
    /// The keys, each by the entry that introduced it, and from which entry on.
    pub distrusts: Vec<Step>,
    /// Its own signing, then the events it rests on, newest first.
    chain: Vec<Step>,
    /// The entries of those events.
    pub rests_on: BTreeSet<EntryIndex>,
    pub in_force: bool,
}

impl Revocation {
    /// Whether it distrusts this step. It cannot void an event on which it rests itself.
    fn hits(&self, step: Step) -> bool {
        self.index > step.index
            && !self.rests_on.contains(&step.index)
            && self
                .distrusts
                .iter()
                .any(|d| d.key == step.key && d.index <= step.index)
    }

    /// Its own signing, then the events that it rests on, newest first.
    pub(crate) fn chain(&self) -> &[Step] {
        &self.chain
    }

    fn voids(&self, other: &Self) -> bool {
        other.chain.iter().any(|step| self.hits(*step))
    }
}

/// The revocations in force, as of a size.
#[derive(Debug, Clone, Default)]
pub(crate) struct Judged {
    standing: Vec<Revocation>,
    /// Whether an event that gave roles is distrusted.
    void: RefCell<HashMap<EntryIndex, bool>>,
}

impl Judged {
    /// Those in force in the first `size` entries.
    pub fn at<V: View>(view: &V, size: TreeSize) -> Result<Self, V::Error> {
        Ok(Self::from_list(revocations(view, size)?))
    }

    /// The same, as if the next entry revoked this key for compromise, signed by somebody whose chain is empty.
    pub(crate) fn supposing<V: View>(
        view: &V,
        size: TreeSize,
        key: EntryIndex,
        from: EntryIndex,
    ) -> Result<Self, V::Error> {
        let mut all = revocations(view, size)?;
        all.push(Revocation {
            index: size.next(),
            distrusts: vec![Step { key, index: from }],
            chain: Vec::new(),
            rests_on: BTreeSet::new(),
            in_force: false,
        });
        Ok(Self::from_list(all))
    }

    fn from_list(mut all: Vec<Revocation>) -> Self {
        for n in 0..all.len() {
            take_effect(&mut all[..=n]);
        }
        all.retain(|revocation| revocation.in_force);
        Self {
            standing: all,
            void: RefCell::default(),
        }
    }

    /// The entries of the revocations in force, ascending.
    pub fn entries(&self) -> impl Iterator<Item = EntryIndex> {
        self.standing.iter().map(|revocation| revocation.index)
    }

    /// Whether no key is distrusted.
    pub fn is_empty(&self) -> bool {
        self.standing.is_empty()
    }

    /// Whether this statement is distrusted.
    pub fn covers<V: View>(&self, view: &V, fact: &StatementFact) -> Result<bool, V::Error> {
        if self.is_empty() || ends_the_chain(fact.statement_type) {
            return Ok(false);
        }
        let signing = Step {
            key: fact.by.key,
            index: fact.index,
        };
        if self.hits(signing) {
            return Ok(true);
        }
        let mut passed = Vec::new();
        let mut step = signing;
        let mut void = false;
        while let Some((event, next)) = rests_on(view, step)? {
            if let Some(known) = self.void.borrow().get(&event) {
                void = *known;
                break;
            }
            passed.push(event);
            let Some(next) = next else { break };
            if self.hits(next) {
                void = true;
                break;
            }
            step = next;
        }
        let mut memory = self.void.borrow_mut();
        memory.extend(passed.into_iter().map(|event| (event, void)));
        Ok(void)
    }

    fn hits(&self, step: Step) -> bool {
        self.standing.iter().any(|w| w.hits(step))
    }
}

/// The last of these revocations takes effect.
pub(crate) fn take_effect(all: &mut [Revocation]) {
    let Some((this, before)) = all.split_last_mut() else {
        return;
    };
    if before
        .iter()
        .any(|other| other.in_force && other.voids(this))
    {
        return;
    }
    this.in_force = true;
    let mut fell = false;
    for other in before.iter_mut() {
        if other.in_force && this.voids(other) {
            other.in_force = false;
            fell = true;
        }
    }
    if fell {
        revive(all);
    }
}

/// Puts voided revocations in force again, oldest first, where none in force contradicts them.
fn revive(all: &mut [Revocation]) {
    for n in 0..all.len() {
        let this = &all[n];
        let contradicted = all
            .iter()
            .any(|other| other.in_force && (other.voids(this) || this.voids(other)));
        all[n].in_force |= !contradicted;
    }
}

/// Every entry before `size` that distrusts keys, oldest first.
pub(crate) fn revocations<V: View>(view: &V, size: TreeSize) -> Result<Vec<Revocation>, V::Error> {
    let mut all = Vec::new();
    for index in view.under(EntryIndex::FIRST, Link::Distrust)? {
        if size.contains(index)
            && let Some(fact) = view.entry(index)?
        {
            all.push(revocation(view, &fact)?);
        }
    }
    Ok(all)
}

pub(crate) fn revocation<V: View>(view: &V, fact: &StatementFact) -> Result<Revocation, V::Error> {
    let listed: &[Distrusted] = match &fact.says {
        Says::Distrust(listed) => listed,
        Says::Roles(event) => &event.distrusts,
        _ => &[],
    };
    let distrusts = listed.iter().map(|distrusted| Step {
        key: distrusted.since,
        index: distrusted.from,
    });
    let distrusts = distrusts.collect();
    let mut chain = Vec::new();
    let mut rests = BTreeSet::new();
    // A recovery rests on the recovery keys of entry 0, and on no key that signs statements.
    if fact.statement_type != StatementType::KeyRecover {
        let mut step = Step {
            key: fact.by.key,
            index: fact.index,
        };
        chain.push(step);
        while let Some((event, next)) = rests_on(view, step)? {
            rests.insert(event);
            let Some(next) = next else { break };
            chain.push(next);
            step = next;
        }
    }
    Ok(Revocation {
        index: fact.index,
        distrusts,
        chain,
        rests_on: rests,
        in_force: false,
    })
}

/// The event that gave the key of a step its roles at that entry, and the step of that event; none where the chain ends.
/// Each event comes before its step, so the chain ends.
fn rests_on<V: View>(view: &V, step: Step) -> Result<Option<(EntryIndex, Option<Step>)>, V::Error> {
    let Some((_, key)) = view.introduced(step.key)? else {
        return Ok(None);
    };
    let Some((event, _)) = key.roles_at(step.index) else {
        return Ok(None);
    };
    let Some(fact) = view.entry(event)? else {
        return Ok(None);
    };
    let ends = ends_the_chain(fact.statement_type);
    let next = Step {
        key: fact.by.key,
        index: event,
    };
    Ok(Some((event, (!ends).then_some(next))))
}
