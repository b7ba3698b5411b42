//! Who can act next: exactly those whose statement is admitted, and counts.

use super::bodies::*;
use super::desk::*;
use crate::model::attestation::{Attest, Decision};
use crate::model::dispute::{Answer, Outcome};
use crate::model::organisation::Role;
use crate::model::policy::Policy;
use crate::model::verdict::ConflictOfInterest;
use crate::model::{Body, StatementId};
use crate::rules::{Person, View as _, standing};

/// A namesake of Bob in the other organisation.
const OTHER_BOB: u8 = 8;
/// Somebody whom Dan enrols.
const EVE: u8 = 9;
const EVERYBODY: [u8; 8] = [ADA, BOB, CAROL, DAN, IMPORTER, OLGA, PIA, OTHER_BOB];

/// A verdict of Bob's under a policy, and an objection of Carol's to it.
fn matter(policy: &Policy) -> (Desk, StatementId, StatementId) {
    let mut desk = Desk::staffed();
    let roles = [Role::Editor, Role::Reviewer];
    desk.enroll(OLGA, OTHER_BOB, "bob", "other", &roles);
    desk.say(&secret(ADA), policy.clone().into());
    let bob = secret(BOB);
    let claim = desk.say(&bob, claim("it rains").into());
    let scale = desk.scale();
    let verdict = desk.say(&bob, verdict(claim, scale, &[]).into());
    let objection = desk.say(&secret(CAROL), dispute(verdict).into());
    (desk, verdict, objection)
}

fn policies() -> Vec<Policy> {
    let editors = Policy {
        roles: vec![Role::Editor],
        ..policy("desk", 1)
    };
    vec![
        policy("desk", 1),
        Policy {
            conflicts_declared: true,
            ..editors.clone()
        },
        Policy {
            approvals_from: vec![slug("other")],
            ..policy("desk", 1)
        },
        Policy {
            approvals_from: vec![slug("other")],
            ..editors
        },
    ]
}

fn person(desk: &Desk, who: u8) -> Person {
    let found = Person::with_key(&desk.reading(), &secret(who).public());
    found.unwrap().expect("a key that can sign")
}

/// Whether the desk takes it.
fn takes(desk: &mut Desk, who: u8, body: impl Into<Body>) -> bool {
    desk.try_say(&secret(who), body.into()).is_ok()
}

#[test]
fn those_may_approve_whose_approval_is_admitted_and_counts() {
    let mut may = 0;
    for policy in policies() {
        for who in EVERYBODY {
            let (mut desk, verdict, _) = matter(&policy);
            let fact = desk.view.statement(&verdict).unwrap().unwrap();
            let told = person(&desk, who).may_approve(&desk.reading(), &fact);
            let approval = Attest {
                conflict: Some(ConflictOfInterest::None),
                ..attest(verdict, Decision::Approve)
            };
            let taken = takes(&mut desk, who, approval);
            let stands = standing(&desk.reading(), fact.index).unwrap().unwrap();
            let words = stands.approval.words;
            let counts = words.iter().any(|word| word.discount.is_none());
            assert_eq!(told.unwrap(), taken && counts, "{who} under {policy:?}");
            may += u64::from(taken && counts);
        }
    }
    // Of the own organisation Ada and Carol under each of the four; Pia and the namesake where theirs is listed.
    assert_eq!(may, 4 * 2 + 2 * 2);
}

#[test]
fn those_may_answer_and_withdraw_whose_statement_is_admitted() {
    let (mut answers, mut withdraws) = (0, 0);
    for policy in policies() {
        for who in EVERYBODY {
            let (mut desk, verdict, objection) = matter(&policy);
            let target = desk.view.statement(&verdict).unwrap().unwrap();
            let opened = desk.view.statement(&objection).unwrap().unwrap();
            let told = person(&desk, who);
            let may = told.may_answer(&desk.reading(), &opened, &target).unwrap();
            let end = Answer {
                outcome: Outcome::Rejected,
                ..answer(objection)
            };
            assert_eq!(may, takes(&mut desk, who, end), "{who} under {policy:?}");
            answers += u64::from(may);
            let may = told.may_withdraw(&target);
            let taken = takes(&mut desk, who, withdraw(verdict));
            assert_eq!(may, taken, "{who} under {policy:?}");
            withdraws += u64::from(may);
        }
    }
    assert!(answers > 4 && withdraws > 4, "{answers} {withdraws}");
}

#[test]
fn a_key_that_ended_or_has_its_roles_from_a_thief_can_do_nothing() {
    let mut desk = Desk::staffed();
    let able = |desk: &Desk, who| {
        Person::with_key(&desk.reading(), &secret(who).public())
            .unwrap()
            .is_some()
    };
    assert!(able(&desk, BOB) && !able(&desk, CHECKPOINT) && !able(&desk, EVE));
    // Dan's key was a thief's from the beginning, and with it Eve was enrolled.
    desk.enroll(DAN, EVE, "eve", "desk", &[Role::Reviewer]);
    assert!(able(&desk, DAN) && able(&desk, EVE));
    let since = desk.view.key(&secret(DAN).public()).unwrap().unwrap();
    desk.say(
        &secret(ADA),
        revoke(&secret(DAN), Some(since.since())).into(),
    );
    assert!(!able(&desk, DAN), "his key ended");
    assert!(!able(&desk, EVE), "her roles are from a thief");
    assert!(able(&desk, CAROL));
}
