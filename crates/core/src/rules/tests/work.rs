//! How much a look-up-counting view is asked while an entry is judged. Work is counted, never time.

use super::bodies::*;
use super::desk::*;
use crate::crypto::Digest;
use crate::encoding::millis::UnixMillis;
use crate::model::Body;
use crate::model::organisation::Role;
use crate::rules::backlinks::Link;
use crate::rules::state::{BecameFact, Fact, FactKey};
use crate::rules::{Candidate, MemoryView, View, admit};
use crate::tlog::{EntryIndex, TreeSize};
use std::cell::Cell;
use std::convert::Infallible;

/// Counts the facts that are looked up, and the entries in the lists that are asked for.
struct Counting<'a> {
    view: &'a MemoryView,
    asked: Cell<usize>,
}

impl Counting<'_> {
    fn count(&self, more: usize) {
        self.asked.set(self.asked.get() + more);
    }
}

impl View for Counting<'_> {
    type Error = Infallible;

    fn fact(&self, key: &FactKey) -> Result<Option<Fact>, Infallible> {
        self.count(1);
        self.view.fact(key)
    }

    fn since(
        &self,
        subject: EntryIndex,
        link: Link,
        size: TreeSize,
    ) -> Result<Vec<EntryIndex>, Infallible> {
        let found = self.view.since(subject, link, size)?;
        self.count(1 + found.len());
        Ok(found)
    }

    fn became(
        &self,
        statement: EntryIndex,
        size: TreeSize,
    ) -> Result<Option<(EntryIndex, BecameFact)>, Infallible> {
        self.count(1);
        self.view.became(statement, size)
    }

    fn root_at(&self, size: TreeSize) -> Result<Option<Digest>, Infallible> {
        self.count(1);
        self.view.root_at(size)
    }
}

/// Says it, and returns what was looked up to judge it.
fn work(desk: &mut Desk, who: u8, body: Body) -> usize {
    let statement = desk.sign(&secret(who), body);
    let counting = Counting {
        view: &desk.view,
        asked: Cell::new(0),
    };
    let candidate = Candidate {
        index: desk.size().next(),
        time: UnixMillis::new(desk.time),
        statement: &statement,
    };
    admit(&counting, &candidate).unwrap();
    let asked = counting.asked.get();
    desk.take(&statement).unwrap();
    desk.time += 1_000;
    asked
}

/// Olga's key is replaced so often; returns the last one.
fn rotated(desk: &mut Desk, times: u8) -> u8 {
    let mut last = OLGA;
    for next in 200..200 + times {
        let body = rotate(&desk.ledger, &secret(last), &secret(next));
        desk.say(&secret(last), body.into());
        last = next;
    }
    last
}

/// Admins of a guest, each of whom revokes the one before, from the entry of that one's own revocation on.
fn each_revokes_the_one_before(desk: &mut Desk, by: u8, admins: u8) -> Vec<usize> {
    for admin in 110..110 + admins {
        desk.enroll(by, admin, &format!("a{admin}"), "other", &[Role::Admin]);
    }
    let mut works = Vec::new();
    let mut before = desk.size().next();
    for admin in 111..110 + admins {
        let now = desk.size().next();
        let body = revoke(&secret(admin - 1), Some(before));
        works.push(work(desk, admin, body.into()));
        before = now;
    }
    works
}

#[test]
fn a_revocation_that_voids_another_costs_the_same_however_many_came_before() {
    let mut desk = Desk::staffed();
    let works = each_revokes_the_one_before(&mut desk, OLGA, 60);
    let few = works[4..14].iter().max().unwrap();
    let many = works[works.len() - 10..].iter().max().unwrap();
    assert!(many <= few, "{works:?}");
}

#[test]
fn a_revocation_costs_at_most_a_few_look_ups_for_each_event_that_it_rests_on() {
    let cost = |rotations| {
        let mut desk = Desk::staffed();
        let by = rotated(&mut desk, rotations);
        let works = each_revokes_the_one_before(&mut desk, by, 8);
        *works.iter().max().unwrap()
    };
    let (short, long) = (cost(5), cost(45));
    // Its own chain, and that of the one which it voids.
    assert!(long - short <= 40 * 2 * 8, "{short}, {long}");
}

#[test]
fn enrolments_and_revocations_cost_the_same_however_many_members_an_organisation_has() {
    let mut desk = Desk::staffed();
    let mut works = Vec::new();
    for member in 110..170 {
        let roles = [Role::Reviewer];
        let body = desk.enrolment(OLGA, member, &format!("m{member}"), "other", &roles);
        let enrolled = work(&mut desk, OLGA, body);
        let ended = work(&mut desk, OLGA, revoke(&secret(member), None).into());
        works.push(enrolled + ended);
    }
    assert_eq!(works[3], works[works.len() - 1], "{works:?}");
}

#[test]
fn a_revocation_that_changes_nothing_does_not_look_at_what_the_key_signed() {
    let mut desk = Desk::staffed();
    desk.enroll(OLGA, 110, "otto", "other", &[Role::Admin]);
    for member in 120..150 {
        desk.enroll(
            110,
            member,
            &format!("m{member}"),
            "other",
            &[Role::Reviewer],
        );
    }
    let from = Some(EntryIndex::new(12));
    let first = work(&mut desk, OLGA, revoke(&secret(110), from).into());
    let again = work(&mut desk, OLGA, revoke(&secret(110), from).into());
    assert!(first > 30 && again < 30, "{first}, {again}");
}
