//! The life of keys and of corrections.

use super::bodies::*;
use super::desk::*;
use crate::model::correction::CorrectionKind;
use crate::model::evidence::Stance;
use crate::model::organisation::Role;
use crate::model::possession;
use crate::rules::View as _;
use crate::tlog::EntryIndex;

const NEW: u8 = 30;

#[test]
fn enrolling_again_replaces_roles_but_a_key_that_has_ended_stays_ended() {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    desk.enroll(ADA, BOB, "bob", "desk", &[Role::Editor]);
    assert_eq!(desk.refused(&bob, claim("it rains").into()), "role-missing");
    let taken = desk.enrolment(ADA, BOB, "robert", "desk", &[Role::Editor]);
    assert_eq!(desk.refused(&secret(ADA), taken), "key-taken");
    desk.say(&secret(ADA), revoke(&bob, None).into());
    let again = desk.enrolment(ADA, BOB, "bob", "desk", &[Role::Editor]);
    assert_eq!(desk.refused(&secret(ADA), again), "key-taken");
    assert_eq!(
        desk.refused(&secret(ADA), revoke(&bob, None).into()),
        "key-revoked"
    );
}

#[test]
fn an_enrolment_must_match_what_the_new_key_signed() {
    let mut desk = Desk::staffed();
    let ada = secret(ADA);
    let good = enroll(
        &desk.ledger,
        &ada,
        &secret(NEW),
        "nina",
        "desk",
        &[Role::Reviewer],
    );
    let mut wider = good.clone();
    wider.roles = vec![Role::Editor, Role::Reviewer];
    assert_eq!(desk.refused(&ada, wider.into()), "possession-invalid");
    let mut elsewhere = good.clone();
    elsewhere.organisation = slug("other");
    assert_eq!(desk.refused(&ada, elsewhere.into()), "other-organisation");
    assert_eq!(
        desk.refused(&secret(DAN), good.clone().into()),
        "possession-invalid"
    );
    desk.say(&ada, good.into());
}

#[test]
fn a_rotated_key_passes_on_holder_and_roles() {
    let mut desk = Desk::staffed();
    let (bob, new) = (secret(BOB), secret(NEW));
    let stolen = rotate(&desk.ledger, &secret(CAROL), &new);
    assert_eq!(desk.refused(&bob, stolen.into()), "possession-invalid");
    let taken = rotate(&desk.ledger, &bob, &secret(CAROL));
    assert_eq!(desk.refused(&bob, taken.into()), "key-taken");
    let own = rotate(&desk.ledger, &bob, &new);
    desk.say(&bob, own.into());
    assert_eq!(desk.refused(&bob, claim("it rains").into()), "key-revoked");
    let it = desk.say(&new, claim("it rains").into());
    let fact = desk.view.statement(&it).unwrap().unwrap();
    let (_, key) = desk.view.introduced(fact.by.key).unwrap().unwrap();
    assert_eq!(key.holder, slug("bob"));
    // Bob is still the author: his new key cannot dispute what he signed with the old one.
    let old = desk.view.key(&bob.public()).unwrap().unwrap();
    assert_eq!(old.ended, desk.index(&it).size_before().last());
}

#[test]
fn the_last_admin_stays_until_there_is_another() {
    let mut desk = Desk::new();
    let ada = secret(ADA);
    assert_eq!(desk.refused(&ada, revoke(&ada, None).into()), "last-admin");
    let demoted = desk.enrolment(ADA, ADA, "ada", "desk", &[Role::Editor]);
    assert_eq!(desk.refused(&ada, demoted), "last-admin");
    desk.enroll(ADA, DAN, "dan", "desk", &[Role::Admin]);
    let own = rotate(&desk.ledger, &ada, &secret(NEW));
    desk.say(&ada, own.into());
    desk.say(&secret(DAN), revoke(&secret(NEW), None).into());
    let dan = secret(DAN);
    assert_eq!(
        desk.refused(&dan, revoke(&dan, Some(EntryIndex::new(1))).into()),
        "last-admin"
    );
}

#[test]
fn distrust_covers_earlier_statements_only() {
    let mut desk = Desk::staffed();
    let ada = secret(ADA);
    let ahead = revoke(&secret(BOB), Some(desk.size().next().size_through().next()));
    assert_eq!(desk.refused(&ada, ahead.into()), "distrust-ahead");
    let unknown = revoke(&secret(99), None);
    assert_eq!(desk.refused(&ada, unknown.into()), "key-not-enrolled");
    let own = revoke(&secret(CHECKPOINT), None);
    assert_eq!(desk.refused(&ada, own.into()), "checkpoint-key");
    // A key that has ended can still be found to have been stolen before.
    desk.say(&ada, revoke(&secret(BOB), None).into());
    desk.say(&ada, revoke(&secret(BOB), Some(EntryIndex::new(5))).into());
}

#[test]
fn a_statement_has_one_successor_unless_that_is_withdrawn() {
    let mut desk = Desk::staffed();
    let (ada, bob) = (secret(ADA), secret(BOB));
    let it = desk.say(&bob, claim("it rains").into());
    let corrected = |words: &str| {
        let mut corrected = claim(words);
        corrected.correction = correction(it, CorrectionKind::Update);
        corrected
    };
    let first = desk.say(&bob, corrected("it rains much").into());
    let refusal = desk
        .try_say(&ada, corrected("it rains little").into())
        .unwrap_err();
    assert_eq!(refusal.code(), "already-superseded");
    assert!(refusal.to_string().contains(&first.to_string()));
    // The older form cannot be withdrawn while its correction is in force.
    assert_eq!(
        desk.refused(&bob, withdraw(it).into()),
        "reference-superseded"
    );
    desk.say(&ada, withdraw(first).into());
    let second = desk.say(&ada, corrected("it rains little").into());
    let reading = desk.reading();
    assert!(reading.is_live(desk.index(&second)).unwrap());
    assert!(!reading.is_live(desk.index(&it)).unwrap());
    // At the size at which the first correction was in force, it was the current form.
    let before = desk.reading_at(desk.index(&first).size_through());
    assert!(before.is_live(desk.index(&first)).unwrap());
    let between = desk.reading_at(desk.index(&second).size_before());
    assert!(between.is_live(desk.index(&it)).unwrap());
}

#[test]
fn a_correction_has_the_same_type_and_subject() {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    let it = desk.say(&bob, claim("it rains").into());
    let that = desk.say(&bob, claim("it snows").into());
    let paper = desk.say(&bob, source("it rained").into());
    let mut crossed = claim("it rains much");
    crossed.correction = correction(paper, CorrectionKind::Update);
    assert_eq!(desk.refused(&bob, crossed.into()), "reference-type");
    let scale = desk.scale();
    let evidence = desk.say(&bob, evidence(it, paper, Stance::Supports).into());
    let early = desk.say(&bob, verdict(it, scale, &[evidence]).into());
    let mut elsewhere = verdict(that, scale, &[]);
    elsewhere.correction = correction(early, CorrectionKind::RatingChange);
    assert_eq!(desk.refused(&bob, elsewhere.into()), "other-claim");
    let borrowed = verdict(that, scale, &[evidence]);
    assert_eq!(desk.refused(&bob, borrowed.into()), "other-claim");
}

#[test]
fn a_proof_of_possession_cannot_be_reused_for_another_purpose() {
    let mut desk = Desk::staffed();
    let (ada, new) = (secret(ADA), secret(NEW));
    let mut body = enroll(&desk.ledger, &ada, &new, "nina", "desk", &[Role::Reviewer]);
    body.possession = new.sign(&possession::rotate(
        &desk.ledger,
        &ada.public(),
        &new.public(),
    ));
    assert_eq!(desk.refused(&ada, body.into()), "possession-invalid");
}
