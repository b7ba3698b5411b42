//! What became of a statement is a fact that is kept up entry by entry. Here it is derived again from all corrections,
//! withdrawals and revocations of random logs, at every size, and compared.

use super::bodies::*;
use super::desk::*;
use crate::model::StatementType;
use crate::model::correction::CorrectionKind;
use crate::model::organisation::Role;
use crate::rules::backlinks::Link;
use crate::rules::standing::as_of::Became;
use crate::rules::{FactKey, MemoryView, Reading};
use crate::tlog::{EntryIndex, TreeSize};
use proptest::prelude::*;

/// What became of a statement by the sentence in the rules: the first correction or withdrawal that stands decides.
fn derived(reading: &Reading<'_, MemoryView>, index: EntryIndex) -> Became {
    let mut withdrawals = Vec::new();
    let mut successors = Vec::new();
    for end in reading.under(index, Link::End).unwrap() {
        let trusted = reading.is_trusted(&end).unwrap();
        if end.statement_type == StatementType::Withdraw {
            withdrawals.extend(trusted.then_some(end.index));
            continue;
        }
        let later = derived(reading, end.index);
        if trusted && later.withdrawn_by.is_none() {
            successors.push(end.index);
        } else {
            successors.extend(later.successor);
        }
    }
    let withdrawn_by = withdrawals.into_iter().min();
    let successor = successors.into_iter().min();
    let fact = reading.entry(index).unwrap().unwrap();
    match (withdrawn_by, successor) {
        (Some(w), Some(s)) if w < s => Became {
            withdrawn_by,
            successor: None,
        },
        (Some(_), Some(_)) if fact.statement_type != StatementType::VerdictIssue => Became {
            withdrawn_by: None,
            successor,
        },
        _ => Became {
            withdrawn_by,
            successor,
        },
    }
}

#[derive(Debug, Clone)]
enum Act {
    Correct { who: usize, what: usize },
    Withdraw { who: usize, what: usize },
    Revoke { who: usize, whom: usize, back: u64 },
    Enrol { who: usize },
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        5 => (0..9_usize, any::<usize>()).prop_map(|(who, what)| Act::Correct { who, what }),
        4 => (0..9_usize, any::<usize>()).prop_map(|(who, what)| Act::Withdraw { who, what }),
        2 => (0..9_usize, 0..9_usize, 0..40_u64)
            .prop_map(|(who, whom, back)| Act::Revoke { who, whom, back }),
        1 => (0..9_usize).prop_map(|who| Act::Enrol { who }),
    ]
}

/// Ada's claim and verdict, and six admins who are reviewers and editors too.
struct Story {
    desk: Desk,
    keys: Vec<u8>,
    things: Vec<(crate::model::StatementId, bool)>,
    scale: crate::model::StatementId,
    claim: crate::model::StatementId,
}

const EVERYTHING: [Role; 3] = [Role::Admin, Role::Editor, Role::Reviewer];

impl Story {
    fn new() -> Self {
        let mut desk = Desk::staffed();
        let scale = desk.scale();
        let mut keys = vec![ADA];
        for key in 60..66 {
            desk.enroll(ADA, key, &format!("p{key}"), "desk", &EVERYTHING);
            keys.push(key);
        }
        let claim = desk.say(&secret(60), claim("it rains").into());
        let verdict = desk.say(&secret(61), verdict(claim, scale, &[]).into());
        let apart = desk.say(&secret(62), super::bodies::claim("it snows").into());
        Self {
            desk,
            keys,
            things: vec![(apart, false), (verdict, true)],
            scale,
            claim,
        }
    }

    fn play(&mut self, act: &Act) {
        let key = |who: usize| secret(self.keys[who % self.keys.len()]);
        match *act {
            Act::Correct { who, what } => {
                let (target, is_verdict) = self.things[what % self.things.len()];
                let words = format!("form {}", self.desk.size());
                let by = key(who);
                let said = if is_verdict {
                    let mut body = verdict(self.claim, self.scale, &[]);
                    body.reasons = text(&words);
                    body.correction = correction(target, CorrectionKind::Correction);
                    self.desk.try_say(&by, body.into())
                } else {
                    let mut body = claim(&words);
                    body.correction = correction(target, CorrectionKind::Correction);
                    self.desk.try_say(&by, body.into())
                };
                self.things.extend(said.ok().map(|id| (id, is_verdict)));
            }
            Act::Withdraw { who, what } => {
                let (target, _) = self.things[what % self.things.len()];
                let _ = self.desk.try_say(&key(who), withdraw(target).into());
            }
            Act::Revoke { who, whom, back } => {
                let from = self.desk.size().get().saturating_sub(back).max(1);
                let body = revoke(&key(whom), Some(EntryIndex::new(from)));
                let _ = self.desk.try_say(&key(who), body.into());
            }
            Act::Enrol { who } => {
                let new = 66 + u8::try_from(self.keys.len()).unwrap();
                let by = self.keys[who % self.keys.len()];
                let body = self
                    .desk
                    .enrolment(by, new, &format!("p{new}"), "desk", &EVERYTHING);
                if self.desk.try_say(&secret(by), body).is_ok() {
                    self.keys.push(new);
                }
            }
        }
    }
}

fn same_at_every_size(desk: &Desk) {
    for size in 1..=desk.size().get() {
        let reading = desk.reading_at(TreeSize::new(size));
        for index in (0..size).map(EntryIndex::new) {
            assert_eq!(
                reading.became(index).unwrap(),
                derived(&reading, index),
                "entry {index} at {size}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_became_of_every_statement_is_the_same_derived_anew(
        acts in proptest::collection::vec(act(), 1..60)
    ) {
        let mut story = Story::new();
        for act in &acts {
            story.play(act);
        }
        same_at_every_size(&story.desk);
    }
}

#[test]
fn corrections_that_were_withdrawn_do_not_add_to_the_work_of_later_ones() {
    let mut desk = Desk::staffed();
    let (ada, bob) = (secret(ADA), secret(BOB));
    let first = desk.say(&bob, claim("it rains").into());
    for form in 0..40 {
        let mut body = claim(&format!("it rains, {form}"));
        body.correction = correction(first, CorrectionKind::Correction);
        let form = desk.say(&bob, body.into());
        desk.say(&bob, withdraw(form).into());
    }
    let last = desk.say(&ada, claim("it rains after all").into());
    let first = desk.index(&first);
    // Each correction and each withdrawal changed it once, and what stands in it is never more than one.
    let facts: Vec<_> = desk
        .view
        .facts()
        .filter_map(|(key, fact)| match (key, fact) {
            (FactKey::Became(statement, _), crate::rules::Fact::Became(fact)) => {
                (statement == first).then_some(fact)
            }
            _ => None,
        })
        .collect();
    assert_eq!(facts.len(), 80);
    assert!(facts.iter().all(|fact| fact.successors.len() < 2));
    assert!(desk.reading().is_live(first).unwrap());
    assert!(desk.reading().is_live(desk.index(&last)).unwrap());
    let withdrawn = desk
        .reading()
        .became(EntryIndex::new(first.get() + 1))
        .unwrap();
    assert!(withdrawn.withdrawn_by.is_some());
}
