//! From whom trust was withdrawn, and what falls with it: forward, transitive, and nothing is un-admitted.
//!
//! A statement rests on the event that gave its key the roles it had there, which rests on the event that gave that
//! event's signer theirs, and so on to entry 0 or to a recovery. It is distrusted if trust was withdrawn from a key on
//! this way, from that step on or from an earlier one.
//!
//! Withdrawals of trust may contradict one another. They are judged in the order of the log: one that rests on what an
//! earlier one voided has no effect; one that stands voids earlier ones that rest on what it distrusts, unless it rests
//! on that itself. One that was void for the sake of another that has fallen since has effect again, if that
//! contradicts nothing that stands.

use crate::model::StatementType;
use crate::rules::backlinks::Link;
use crate::rules::statement::{Distrusted, Says, StatementFact};
use crate::rules::view::View;
use crate::tlog::{EntryIndex, TreeSize};
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

/// A step on the way that a statement rests on: this key, signing this entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Step {
    key: EntryIndex,
    index: EntryIndex,
}

/// An entry that withdraws trust.
#[derive(Debug, Clone)]
struct Withdrawal {
    index: EntryIndex,
    /// Keys, by the entry that introduced them, and from which entry on.
    distrusts: Vec<Step>,
    /// Its own signing, and the events it rests on, newest first.
    way: Vec<Step>,
    /// The entries of those events.
    rests_on: BTreeSet<EntryIndex>,
    stands: bool,
}

impl Withdrawal {
    /// Whether it takes this step's trust away. An event that it rests on itself it cannot void.
    fn hits(&self, step: Step) -> bool {
        self.index > step.index
            && !self.rests_on.contains(&step.index)
            && self
                .distrusts
                .iter()
                .any(|d| d.key == step.key && d.index <= step.index)
    }

    fn voids(&self, other: &Self) -> bool {
        other.way.iter().any(|step| self.hits(*step))
    }
}

/// Who is distrusted, as of a size.
#[derive(Debug, Clone, Default)]
pub struct Distrust {
    standing: Vec<Withdrawal>,
    /// Whether an event that gave roles is void.
    void: RefCell<HashMap<EntryIndex, bool>>,
}

impl Distrust {
    /// As the first `size` entries have it.
    pub fn of<V: View>(view: &V, size: TreeSize) -> Result<Self, V::Error> {
        Ok(Self::judged(withdrawals(view, size)?))
    }

    /// The same, supposing that after them trust is withdrawn from this key by somebody who rests on nothing.
    pub(crate) fn supposing<V: View>(
        view: &V,
        size: TreeSize,
        key: EntryIndex,
        from: EntryIndex,
    ) -> Result<Self, V::Error> {
        let mut all = withdrawals(view, size)?;
        all.push(Withdrawal {
            index: size.next(),
            distrusts: vec![Step { key, index: from }],
            way: Vec::new(),
            rests_on: BTreeSet::new(),
            stands: false,
        });
        Ok(Self::judged(all))
    }

    fn judged(mut all: Vec<Withdrawal>) -> Self {
        for n in 0..all.len() {
            let (before, rest) = all.split_at_mut(n);
            let this = &mut rest[0];
            if before.iter().any(|other| other.stands && other.voids(this)) {
                continue;
            }
            this.stands = true;
            let mut fell = false;
            for other in before.iter_mut() {
                if other.stands && this.voids(other) {
                    other.stands = false;
                    fell = true;
                }
            }
            if fell {
                revive(&mut all[..=n]);
            }
        }
        all.retain(|withdrawal| withdrawal.stands);
        Self {
            standing: all,
            void: RefCell::default(),
        }
    }

    /// The entries that withdraw trust and stand, ascending.
    pub fn entries(&self) -> impl Iterator<Item = EntryIndex> {
        self.standing.iter().map(|withdrawal| withdrawal.index)
    }

    /// Whether nobody is distrusted.
    pub fn is_empty(&self) -> bool {
        self.standing.is_empty()
    }

    /// Whether what this statement says is distrusted.
    pub fn covers<V: View>(&self, view: &V, fact: &StatementFact) -> Result<bool, V::Error> {
        if self.is_empty() || fact.statement_type == StatementType::KeyRecover {
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

/// Lets those take effect again, oldest first, that contradict nothing that stands.
fn revive(all: &mut [Withdrawal]) {
    for n in 0..all.len() {
        let this = &all[n];
        let contradicted = all
            .iter()
            .any(|other| other.stands && (other.voids(this) || this.voids(other)));
        all[n].stands |= !contradicted;
    }
}

/// Every entry before `size` that withdraws trust, oldest first.
fn withdrawals<V: View>(view: &V, size: TreeSize) -> Result<Vec<Withdrawal>, V::Error> {
    let mut all = Vec::new();
    for index in view.under(EntryIndex::FIRST, Link::Distrust)? {
        if size.contains(index)
            && let Some(fact) = view.entry(index)?
        {
            all.push(withdrawal(view, &fact)?);
        }
    }
    Ok(all)
}

fn withdrawal<V: View>(view: &V, fact: &StatementFact) -> Result<Withdrawal, V::Error> {
    let listed: &[Distrusted] = match &fact.says {
        Says::Distrust(listed) => listed,
        Says::Roles(event) => &event.distrusts,
        _ => &[],
    };
    let mut distrusts = Vec::new();
    for distrusted in listed {
        if let Some(key) = view.key(&distrusted.key)? {
            distrusts.push(Step {
                key: key.since(),
                index: distrusted.from,
            });
        }
    }
    let mut way = Vec::new();
    let mut rests = BTreeSet::new();
    // A recovery rests on the recovery keys of entry 0, and on no key that signs statements.
    if fact.statement_type != StatementType::KeyRecover {
        let mut step = Step {
            key: fact.by.key,
            index: fact.index,
        };
        way.push(step);
        while let Some((event, next)) = rests_on(view, step)? {
            rests.insert(event);
            let Some(next) = next else { break };
            way.push(next);
            step = next;
        }
    }
    Ok(Withdrawal {
        index: fact.index,
        distrusts,
        way,
        rests_on: rests,
        stands: false,
    })
}

/// The event that gave a step's key its roles there, and the step that this event is; none where the way ends. Each
/// event is before the step, so the way does end.
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
    let ends = matches!(
        fact.statement_type,
        StatementType::LedgerCreate | StatementType::KeyRecover
    );
    let next = Step {
        key: fact.by.key,
        index: event,
    };
    Ok(Some((event, (!ends).then_some(next))))
}
