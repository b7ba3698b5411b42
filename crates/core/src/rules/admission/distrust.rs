//! What a revocation for compromise changes: which revocations are in force, and which events that gave roles are
//! distrusted.
//!
//! The work is in proportion to what becomes distrusted or trusted, and to the events that a revocation rests on. If the
//! revocation voids an earlier one, those are judged again that the earlier one contradicted, and no others.

use crate::rules::backlinks::Link;
use crate::rules::standing::distrust::{self, Distrust};
use crate::rules::standing::revocations::{self, Revocation};
use crate::rules::state::{Changes, Fact, FactKey, Period, RevocationFact};
use crate::rules::statement::{Says, StatementFact};
use crate::rules::view::{Overlay, View};
use crate::tlog::{EntryIndex, TreeSize};
use std::collections::{BTreeSet, HashSet};

/// Adds what `fact`, whose own changes are in `changes`, voids or puts in force again. Returns the corrections and
/// withdrawals that are no longer trusted, or trusted again.
pub(super) fn follow<V: View>(
    view: &V,
    fact: &StatementFact,
    changes: &mut Changes,
) -> Result<Vec<StatementFact>, V::Error> {
    if distrust::listed(fact).is_empty() {
        return Ok(Vec::new());
    }
    let mut after = Overlay::new(view);
    after.apply(changes);
    if view.at(&FactKey::FirstDistrust)?.is_none() {
        changes.put(FactKey::FirstDistrust, Fact::At(fact.index));
    }
    let this = revocations::revocation(&after, fact)?;
    let spread = Spread::of(view, changes, fact.index, &[(&this, true)])?;
    if spread.voided.is_empty() {
        changes.extend(spread.changes);
        return Ok(spread.ends);
    }
    let moved = Trial::new(after, fact.index).of(&this, spread)?;
    let moved: Vec<(&Revocation, bool)> = moved.iter().map(|(moved, on)| (moved, *on)).collect();
    let spread = Spread::of(view, changes, fact.index, &moved)?;
    changes.extend(spread.changes);
    Ok(spread.ends)
}

/// Tries which revocations take effect or lose it, one after another, when a new one voids others.
///
/// Each revocation that is not in force is contradicted by one in force. So only those can take effect again that are
/// contradicted by one that fell: those that it voided, and those that void it. The rest of the log is not looked at.
struct Trial<V> {
    after: Overlay<V>,
    index: EntryIndex,
    moved: Vec<(Revocation, bool)>,
}

impl<V: View> Trial<V> {
    fn new(after: Overlay<V>, index: EntryIndex) -> Self {
        Self {
            after,
            index,
            moved: Vec::new(),
        }
    }

    /// Those that move with `this`, whose spread alone is `first`.
    fn of(mut self, this: &Revocation, first: Spread) -> Result<Vec<(Revocation, bool)>, V::Error> {
        self.after.apply(&first.changes);
        self.moved.push((this.clone(), true));
        let mut again = BTreeSet::new();
        for fell in first.voided {
            let Some(fact) = self.after.entry(fell)? else {
                continue;
            };
            let fell = revocations::revocation(&self.after, &fact)?;
            for step in fell.chain() {
                again.extend(self.after.under(step.key, Link::Distrusted)?);
            }
            let spread = self.spread(&fell, false)?;
            again.extend(spread.freed);
            self.after.apply(&spread.changes);
            self.moved.push((fell, false));
        }
        // The oldest first.
        for entry in again {
            self.take_effect_again(entry)?;
        }
        Ok(self.moved)
    }

    /// Puts a revocation in force again, if none in force contradicts it.
    fn take_effect_again(&mut self, entry: EntryIndex) -> Result<(), V::Error> {
        let size = self.index.size_through();
        let known = distrust::revocation(&self.after, entry)?;
        let fell_now = |(moved, on): &(Revocation, bool)| moved.index == entry && !on;
        if known.is_none_or(|known| Period::any(&known.in_force, size)) {
            return Ok(());
        }
        let Some(fact) = self.after.entry(entry)? else {
            return Ok(());
        };
        if self.moved.iter().any(fell_now) || is_void(&self.after, &fact, size)? {
            return Ok(());
        }
        let revocation = revocations::revocation(&self.after, &fact)?;
        let spread = self.spread(&revocation, true)?;
        if spread.voided.is_empty() {
            self.after.apply(&spread.changes);
            self.moved.push((revocation, true));
        }
        Ok(())
    }

    fn spread(&self, revocation: &Revocation, on: bool) -> Result<Spread, V::Error> {
        let nothing = Changes::default();
        Spread::of(&self.after, &nothing, self.index, &[(revocation, on)])
    }
}

/// What follows when revocations take effect or lose it in one entry.
struct Spread {
    changes: Changes,
    /// The revocations in force, other than these, that become distrusted.
    voided: Vec<EntryIndex>,
    /// The revocations that are not in force, and are not distrusted either.
    freed: Vec<EntryIndex>,
    /// The corrections and withdrawals that are no longer trusted, or trusted again.
    ends: Vec<StatementFact>,
}

impl Spread {
    fn of<V: View>(
        view: &V,
        so_far: &Changes,
        index: EntryIndex,
        moved: &[(&Revocation, bool)],
    ) -> Result<Self, V::Error> {
        let mut after = Overlay::new(view);
        after.apply(so_far);
        let mut spread = Self {
            changes: Changes::default(),
            voided: Vec::new(),
            freed: Vec::new(),
            ends: Vec::new(),
        };
        let was = Distrust::at(view, index.size_before())?;
        let mut open = BTreeSet::new();
        for (revocation, in_force) in moved {
            spread.put(
                &mut after,
                FactKey::Revocation(revocation.index),
                toggled(view, revocation, *in_force, index)?,
            );
            for from in &revocation.distrusts {
                // All of it is distrusted already, and stays so.
                if *in_force && was.hits_all_from(view, from.key, from.index)? {
                    continue;
                }
                let signed = after.under(from.key, Link::Signed)?;
                open.extend(signed.into_iter().filter(|signed| *signed >= from.index));
            }
        }
        let own: HashSet<EntryIndex> = moved.iter().map(|(this, _)| this.index).collect();
        let size = index.size_through();
        // Ascending: what an event rests on comes before it.
        while let Some(at) = open.pop_first() {
            let Some(fact) = after.entry(at)? else {
                continue;
            };
            let void = is_void(&after, &fact, size)?;
            if fact.ends().is_some() {
                if was.covers(view, &fact)? != void {
                    spread.ends.push(fact);
                }
                continue;
            }
            let key = match &fact.says {
                Says::Distrust(_) => {
                    let stands = distrust::revocation(&after, at)?
                        .is_some_and(|known| Period::any(&known.in_force, size));
                    if own.contains(&at) {
                        continue;
                    }
                    match (void, stands) {
                        (true, true) => spread.voided.push(at),
                        (false, false) => spread.freed.push(at),
                        _ => {}
                    }
                    continue;
                }
                Says::Enrolment { key, .. } => **key,
                Says::Roles(event) => event.key,
                _ => continue,
            };
            let mut periods = distrust::void_periods(&after, at)?;
            if Period::any(&periods, size) == void {
                continue;
            }
            Period::toggle(&mut periods, void, index);
            spread.put(&mut after, FactKey::Void(at), Fact::Periods(periods));
            let Some(key) = after.key(&key)? else {
                continue;
            };
            for signed in after.under(key.since(), Link::Signed)? {
                if signed > at && key.roles_at(signed).is_some_and(|(event, _)| event == at) {
                    open.insert(signed);
                }
            }
        }
        Ok(spread)
    }

    fn put<V: View>(&mut self, after: &mut Overlay<V>, key: FactKey, fact: Fact) {
        let mut one = Changes::default();
        one.put(key, fact);
        after.apply(&one);
        self.changes.extend(one);
    }
}

/// Whether a statement is distrusted now. Nothing is remembered between two calls, because the facts change.
fn is_void<V: View>(view: &V, fact: &StatementFact, size: TreeSize) -> Result<bool, V::Error> {
    Distrust::at(view, size)?.covers(view, fact)
}

/// The fact of a revocation that takes effect or loses it in entry `index`.
fn toggled<V: View>(
    view: &V,
    revocation: &Revocation,
    in_force: bool,
    index: EntryIndex,
) -> Result<Fact, V::Error> {
    let mut fact = match distrust::revocation(view, revocation.index)? {
        Some(fact) => fact,
        None => RevocationFact {
            except: except(view, revocation)?,
            in_force: Vec::new(),
        },
    };
    Period::toggle(&mut fact.in_force, in_force, index);
    Ok(Fact::Revocation(Box::new(fact)))
}

/// Of the entries on which a revocation rests, those that it would distrust itself.
fn except<V: View>(view: &V, revocation: &Revocation) -> Result<Vec<EntryIndex>, V::Error> {
    let mut except = Vec::new();
    for event in &revocation.rests_on {
        let Some(fact) = view.entry(*event)? else {
            continue;
        };
        let mut listed = revocation.distrusts.iter();
        if listed.any(|from| from.key == fact.by.key && from.index <= *event) {
            except.push(*event);
        }
    }
    Ok(except)
}
