//! A signed statement that was kept and sent later: it never replaces what its signer said after it.

use super::bodies::*;
use super::desk::*;
use crate::model::attestation::Decision;
use crate::model::organisation::Role;
use crate::model::{Seen, StatementId};
use crate::rules::ApprovalOutcome;
use crate::rules::standing::verdict::standing;
use crate::tlog::EntryIndex;

fn with_verdict() -> (Desk, StatementId) {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    let claim = desk.say(&bob, claim("it rains").into());
    let scale = desk.scale();
    let it = desk.say(&bob, verdict(claim, scale, &[]).into());
    (desk, it)
}

/// Says this with the head that was known before.
fn refused_with(desk: &mut Desk, seen: Seen, who: u8, body: crate::model::Body) -> String {
    desk.seen = Some(seen);
    desk.refused(&secret(who), body).to_string()
}

#[test]
fn an_old_approval_cannot_follow_the_rejection_of_the_same_person() {
    let (mut desk, it) = with_verdict();
    let before = desk.head();
    desk.say(&secret(CAROL), attest(it, Decision::Reject).into());
    let approving = attest(it, Decision::Approve);
    assert_eq!(
        refused_with(&mut desk, before, CAROL, approving.clone().into()),
        "word-not-seen"
    );
    // Another key of the same person does not help.
    desk.enroll(ADA, 30, "carol", "desk", &[Role::Editor]);
    assert_eq!(
        refused_with(&mut desk, before, 30, approving.clone().into()),
        "word-not-seen"
    );
    // A colleague had said nothing yet, and may have signed offline.
    desk.seen = Some(before);
    desk.say(&secret(ADA), approving.clone().into());
    // Who has seen the rejection may change their mind.
    desk.say(&secret(CAROL), approving.into());
    let reading = desk.reading();
    let found = standing(&reading, desk.index(&it)).unwrap().unwrap();
    assert_eq!(found.approval.outcome, ApprovalOutcome::Approved);
}

#[test]
fn a_distrusted_word_must_have_been_seen_too() {
    let (mut desk, it) = with_verdict();
    let before = desk.head();
    let from = desk.size().next();
    desk.say(&secret(CAROL), attest(it, Decision::Reject).into());
    desk.enroll(ADA, 30, "carol", "desk", &[Role::Editor]);
    desk.say(&secret(DAN), revoke(&secret(CAROL), Some(from)).into());
    let approving = attest(it, Decision::Approve);
    assert_eq!(
        refused_with(&mut desk, before, 30, approving.into()),
        "word-not-seen"
    );
}

#[test]
fn a_kept_answer_cannot_follow_the_answer_that_was_withdrawn() {
    let (mut desk, it) = with_verdict();
    let doubted = desk.say(&secret(PIA), dispute(it).into());
    let before = desk.head();
    let first = desk.say(&secret(CAROL), answer(doubted).into());
    desk.say(&secret(CAROL), withdraw(first).into());
    assert_eq!(
        refused_with(&mut desk, before, CAROL, answer(doubted).into()),
        "word-not-seen"
    );
    desk.say(&secret(CAROL), answer(doubted).into());
}

#[test]
fn a_kept_publication_cannot_follow_a_rejection_or_the_withdrawal_of_the_same_address() {
    let (mut desk, it) = with_verdict();
    let before = desk.head();
    let first = desk.say(&secret(CAROL), despite(it).into());
    desk.say(&secret(CAROL), withdraw(first).into());
    assert_eq!(
        refused_with(&mut desk, before, CAROL, despite(it).into()),
        "word-not-seen"
    );
    let mut elsewhere = despite(it);
    elsewhere.url = "https://desk.example/2".parse().unwrap();
    desk.seen = Some(before);
    desk.say(&secret(CAROL), elsewhere.clone().into());
    let before = desk.head();
    desk.say(&secret(CAROL), attest(it, Decision::Reject).into());
    elsewhere.url = "https://desk.example/3".parse().unwrap();
    assert_eq!(
        refused_with(&mut desk, before, CAROL, elsewhere.into()),
        "word-not-seen"
    );
}

#[test]
fn a_withdrawal_must_have_seen_what_its_signer_said() {
    let mut desk = Desk::staffed();
    let before = desk.head();
    let it = desk.say(&secret(BOB), claim("it rains").into());
    assert_eq!(
        refused_with(&mut desk, before, BOB, withdraw(it).into()),
        "word-not-seen"
    );
    // A colleague who was shown the statement may have an older head.
    desk.seen = Some(before);
    desk.say(&secret(ADA), withdraw(it).into());
}

#[test]
fn a_withdrawal_must_have_seen_the_last_withdrawal_of_the_same_person() {
    let mut desk = Desk::staffed();
    let it = desk.say(&secret(ADA), claim("it rains").into());
    desk.enroll(ADA, 30, "bob", "desk", &[Role::Reviewer]);
    let before = desk.head();
    let first = desk.say(&secret(BOB), withdraw(it).into());
    // Bob's first key is found to be stolen, so the claim stands again.
    let from = desk.index(&first);
    desk.say(&secret(DAN), revoke(&secret(BOB), Some(from)).into());
    assert_eq!(
        refused_with(&mut desk, before, 30, withdraw(it).into()),
        "word-not-seen"
    );
    // A colleague has withdrawn nothing yet; and Bob may, once he has seen it.
    let colleague = desk.sign(&secret(CAROL), withdraw(it).into());
    desk.judge(&colleague).unwrap();
    desk.say(&secret(30), withdraw(it).into());
}

#[test]
fn an_old_policy_cannot_return() {
    let mut desk = Desk::staffed();
    let before = desk.head();
    desk.say(&secret(ADA), policy("desk", 2).into());
    // Whoever signed the last one: Dan's kept policy is refused too.
    for who in [ADA, DAN] {
        let lax = policy("desk", 0);
        assert_eq!(
            refused_with(&mut desk, before, who, lax.into()),
            "word-not-seen"
        );
    }
    desk.say(&secret(DAN), policy("desk", 0).into());
}

#[test]
fn an_old_description_of_an_organisation_cannot_return() {
    let mut desk = Desk::staffed();
    let before = desk.head();
    let mut renamed = organisation("desk");
    renamed.name = text("The New Desk");
    desk.say(&secret(ADA), renamed.into());
    assert_eq!(
        refused_with(&mut desk, before, ADA, organisation("desk").into()),
        "word-not-seen"
    );
    desk.say(&secret(ADA), organisation("desk").into());
}

#[test]
fn an_old_enrolment_cannot_give_back_roles() {
    let mut desk = Desk::staffed();
    let before = desk.head();
    let kept = desk.enrolment(ADA, CAROL, "carol", "desk", &[Role::Admin]);
    desk.enroll(DAN, CAROL, "carol", "desk", &[Role::Editor]);
    assert_eq!(refused_with(&mut desk, before, ADA, kept), "word-not-seen");
    // A new key has no event to have seen.
    let new = desk.enrolment(ADA, 30, "nina", "desk", &[Role::Reviewer]);
    desk.seen = Some(before);
    desk.say(&secret(ADA), new);
}

#[test]
fn a_setting_without_a_head_is_taken_only_where_there_is_nothing_to_have_seen() {
    let mut desk = Desk::new();
    let ada = secret(ADA);
    let silently = |desk: &mut Desk, who: u8, body: crate::model::Body| {
        desk.silent = true;
        desk.try_say(&secret(who), body)
            .map_err(|r| r.code().to_string())
    };
    let not_seen = Err("word-not-seen".to_owned());
    // The first policy, another organisation and a new key; but entry 0 described the founder's organisation.
    silently(&mut desk, ADA, policy("desk", 1).into()).unwrap();
    silently(&mut desk, ADA, organisation("other").into()).unwrap();
    let new = desk.enrolment(ADA, CAROL, "carol", "desk", &[Role::Editor, Role::Reviewer]);
    silently(&mut desk, ADA, new).unwrap();
    for body in [
        organisation("desk").into(),
        organisation("other").into(),
        policy("desk", 1).into(),
        desk.enrolment(ADA, CAROL, "carol", "desk", &[Role::Editor]),
    ] {
        assert_eq!(silently(&mut desk, ADA, body), not_seen);
    }
    let claim = desk.say(&ada, claim("it rains").into());
    let scale = desk.say(&ada, scale("desk", 1).into());
    let it = desk.say(&ada, verdict(claim, scale, &[]).into());
    silently(&mut desk, CAROL, despite(it).into()).unwrap();
    assert_eq!(silently(&mut desk, CAROL, despite(it).into()), not_seen);
}

#[test]
fn an_old_verdict_cannot_follow_a_later_one_of_its_organisation() {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    let it = desk.say(&bob, claim("it rains").into());
    let other = desk.say(&bob, claim("it snows").into());
    let scale = desk.scale();
    desk.enroll(ADA, 30, "rita", "desk", &[Role::Reviewer]);
    let before = desk.head();
    // Another claim does not matter.
    desk.say(&bob, verdict(other, scale, &[]).into());
    desk.seen = Some(before);
    let first = desk.say(&bob, verdict(it, scale, &[]).into());
    for who in [BOB, 30] {
        let mut kept = verdict(it, scale, &[]);
        kept.limits = Some(text("kept"));
        assert_eq!(
            refused_with(&mut desk, before, who, kept.into()),
            "word-not-seen"
        );
    }
    // A second verdict beside the first, by somebody who has seen it.
    let mut second = verdict(it, scale, &[]);
    second.limits = Some(text("nobody was asked"));
    let second = desk.say(&bob, second.into());
    let current = crate::rules::current(&desk.reading(), desk.index(&it), EntryIndex::FIRST);
    assert_eq!(current.unwrap().unwrap().entry, desk.index(&second));
    assert_ne!(first, second);
}

#[test]
fn an_old_approval_cannot_follow_an_objection_of_the_same_person() {
    let (mut desk, it) = with_verdict();
    let before = desk.head();
    desk.say(&secret(CAROL), dispute(it).into());
    let approving = attest(it, Decision::Approve);
    assert_eq!(
        refused_with(&mut desk, before, CAROL, approving.clone().into()),
        "word-not-seen"
    );
    desk.seen = Some(before);
    desk.say(&secret(ADA), approving.clone().into());
    desk.say(&secret(CAROL), approving.into());
}
