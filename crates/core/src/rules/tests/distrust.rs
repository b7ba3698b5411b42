//! Distrust: it starts at the named entry, follows every key that a distrusted key enrolled, and removes no entry.

use super::bodies::*;
use super::desk::*;
use crate::model::organisation::Role;
use crate::rules::Distrust;
use crate::rules::View as _;
use crate::rules::impact;
use crate::rules::standing::in_force as policies;
use crate::rules::standing::revocations::Judged;
use crate::tlog::{EntryIndex, TreeSize};

const EVE: u8 = 50;
const FAY: u8 = 51;
const GUS: u8 = 52;

#[test]
fn a_stolen_key_is_distrusted_from_the_named_entry_and_only_after_the_revocation() {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    let before = desk.say(&bob, claim("before").into());
    let from = desk.size().next();
    let after = desk.say(&bob, claim("after").into());
    let theirs = desk.say(&secret(ADA), claim("ada's").into());
    let at_theft = desk.size();
    let digest = desk.digest();
    desk.say(&secret(DAN), revoke(&bob, Some(from)).into());
    assert_ne!(desk.digest(), digest);
    assert!(!desk.distrusts(at_theft, &after));
    let now = desk.size();
    assert!(desk.distrusts(now, &after));
    assert!(!desk.distrusts(now, &before));
    assert!(!desk.distrusts(now, &theirs));
    assert!(!desk.reading().is_live(desk.index(&after)).unwrap());
    assert!(
        desk.reading_at(at_theft)
            .is_live(desk.index(&after))
            .unwrap()
    );
}

#[test]
fn distrust_follows_enrolments_and_rotations() {
    let mut desk = Desk::staffed();
    let from = desk.size().next();
    desk.enroll(DAN, EVE, "eve", "desk", &[Role::Admin]);
    desk.enroll(EVE, FAY, "fay", "desk", &[Role::Reviewer]);
    let moved = rotate(&desk.ledger, &secret(FAY), &secret(GUS));
    let first = desk.say(&secret(FAY), claim("fay's").into());
    desk.say(&secret(FAY), moved.into());
    desk.say(&secret(ADA), revoke(&secret(DAN), Some(from)).into());
    // The key has its roles from a distrusted entry, so it signs nothing more.
    assert_eq!(
        desk.refused(&secret(GUS), claim("still fay's").into()),
        "key-distrusted"
    );
    assert!(desk.distrusts(desk.size(), &first));
    // Ada enrolled Bob, so he is still trusted.
    let bobs = desk.say(&secret(BOB), claim("bob's").into());
    assert!(!desk.distrusts(desk.size(), &bobs));
    // An honest admin enrols the same key again: its later statements are trusted.
    desk.enroll(ADA, GUS, "fay", "desk", &[Role::Reviewer]);
    let third = desk.say(&secret(GUS), claim("honestly").into());
    assert!(!desk.distrusts(desk.size(), &third));
    assert!(desk.distrusts(desk.size(), &first));
}

#[test]
fn a_revocation_does_not_void_an_event_that_it_rests_on() {
    let mut desk = Desk::staffed();
    // Ada enrolled Dan in entry 3. Dan revokes her key for compromise from entry 0 on.
    let adas = desk.say(&secret(ADA), claim("ada's").into());
    desk.say(
        &secret(DAN),
        revoke(&secret(ADA), Some(EntryIndex::FIRST)).into(),
    );
    let dans = desk.say(&secret(DAN), organisation("third").into());
    let size = desk.size();
    assert!(desk.distrusts(size, &adas));
    assert!(!desk.distrusts(size, &dans));
    // Entry 0 is hers too, and is never distrusted: everything rests on it.
    let first = desk.ledger;
    assert!(!desk.distrusts(size, &first));
    // Ada also signed Bob's enrolment. The revocation does not rest on it, so it can void it.
    assert_eq!(
        desk.refused(&secret(BOB), claim("bob's").into()),
        "key-distrusted"
    );
    // Ada also enrolled Carol and the importer; Dan is the only admin left, and stays one.
    assert_eq!(
        desk.refused(&secret(DAN), revoke(&secret(DAN), None).into()),
        "last-admin"
    );
}

#[test]
fn a_distrusted_key_cannot_void_the_revocation_that_distrusts_it() {
    let mut desk = Desk::staffed();
    let from = desk.size().next();
    desk.enroll(DAN, EVE, "eve", "desk", &[Role::Admin]);
    let adas = desk.say(&secret(ADA), claim("ada's").into());
    desk.say(&secret(ADA), revoke(&secret(DAN), Some(from)).into());
    // The thief enrolled Eve with Dan's key. Her key has its roles from a distrusted entry and signs nothing.
    for body in [
        revoke(&secret(ADA), Some(EntryIndex::FIRST)),
        revoke(&secret(BOB), None),
    ] {
        assert_eq!(desk.refused(&secret(EVE), body.into()), "key-distrusted");
    }
    let size = desk.size();
    assert!(!desk.distrusts(size, &adas));
    let bobs = desk.say(&secret(BOB), claim("bob's").into());
    assert!(!desk.distrusts(desk.size(), &bobs));
}

#[test]
fn a_later_revocation_voids_an_earlier_one_made_with_a_stolen_key() {
    let mut desk = Desk::staffed();
    let bobs = desk.say(&secret(BOB), claim("bob's").into());
    let from = desk.size().next();
    desk.say(
        &secret(DAN),
        revoke(&secret(BOB), Some(EntryIndex::new(1))).into(),
    );
    assert!(desk.distrusts(desk.size(), &bobs));
    desk.say(&secret(ADA), revoke(&secret(DAN), Some(from)).into());
    assert!(!desk.distrusts(desk.size(), &bobs));
}

#[test]
fn a_voided_revocation_takes_effect_again_when_the_one_that_voided_it_is_voided() {
    let mut desk = Desk::staffed();
    desk.enroll(ADA, EVE, "eve", "desk", &[Role::Admin]);
    let bobs = desk.say(&secret(BOB), claim("bob's").into());
    let from = desk.size().next();
    // Dan revokes Bob; Eve revokes Dan from an earlier entry on; then Ada revokes Eve.
    desk.say(
        &secret(DAN),
        revoke(&secret(BOB), Some(EntryIndex::new(1))).into(),
    );
    desk.say(&secret(EVE), revoke(&secret(DAN), Some(from)).into());
    assert!(!desk.distrusts(desk.size(), &bobs));
    desk.say(&secret(ADA), revoke(&secret(EVE), Some(from)).into());
    assert!(desk.distrusts(desk.size(), &bobs));
}

#[test]
fn the_policy_before_applies_again_when_the_key_that_set_the_newer_one_is_distrusted() {
    let mut desk = Desk::staffed();
    let from = desk.size().next();
    desk.say(&secret(DAN), policy("desk", 0).into());
    desk.say(&secret(DAN), scale("desk", 2).into());
    let organisation = desk.view.organisation(&slug("desk")).unwrap().unwrap();
    let here = desk.size();
    let in_force = |desk: &Desk, size| {
        let reading = desk.reading_at(size);
        let (_, policy) = policies::in_force(&reading, organisation, size.next())
            .unwrap()
            .unwrap();
        policy.approvals
    };
    assert_eq!(in_force(&desk, here), 0);
    desk.say(&secret(ADA), revoke(&secret(DAN), Some(from)).into());
    assert_eq!(in_force(&desk, here), 0);
    assert_eq!(in_force(&desk, desk.size()), 1);
    // The version of a scale is not used again: versions count every scale that was set, trusted or not.
    assert_eq!(
        desk.refused(&secret(ADA), scale("desk", 2).into()),
        "scale-version"
    );
    desk.say(&secret(ADA), scale("desk", 3).into());
}

#[test]
fn the_impact_shown_before_a_revocation_is_the_effect_of_the_revocation() {
    let mut desk = Desk::staffed();
    let from = desk.size().next();
    let bob = secret(BOB);
    let it = desk.say(&bob, claim("it rains").into());
    desk.enroll(DAN, EVE, "eve", "desk", &[Role::Reviewer]);
    let paper = desk.say(&secret(EVE), source("it rained").into());
    let said = desk.say(
        &secret(EVE),
        evidence(it, paper, crate::model::evidence::Stance::Supports).into(),
    );
    let scale = desk.scale();
    let resting = desk.say(&bob, verdict(it, scale, &[said]).into());
    let dan = desk.view.key(&secret(DAN).public()).unwrap().unwrap();
    let found = impact(&desk.view, desk.size(), dan.since(), from).unwrap();
    let fallen = [1, 2, 3].map(|after| EntryIndex::new(from.get() + after));
    assert_eq!(found.key_events, fallen[..1]);
    assert_eq!(found.entries, fallen);
    assert_eq!(found.touched, [desk.index(&resting)]);
    assert!(found.verdicts.is_empty());
    desk.say(&secret(ADA), revoke(&secret(DAN), Some(from)).into());
    for index in desk.size().indices() {
        let id = desk.id(index);
        let fell = desk.distrusts(desk.size(), &id);
        assert_eq!(fell, found.entries.contains(&index), "entry {index}");
    }
}

#[test]
fn a_distrusted_admin_does_not_count_as_the_admin_who_remains() {
    let mut desk = Desk::staffed();
    let from = desk.size().next();
    desk.enroll(DAN, EVE, "eve", "desk", &[Role::Admin]);
    // Dan finds that his own key was stolen before Eve's enrolment. Ada remains, so he can revoke it.
    desk.say(&secret(DAN), revoke(&secret(DAN), Some(from)).into());
    // Eve is no admin any more, so Ada is the last one.
    assert_eq!(
        desk.refused(&secret(ADA), revoke(&secret(ADA), None).into()),
        "last-admin"
    );
    let demoted = desk.enrolment(ADA, ADA, "ada", "desk", &[Role::Reviewer]);
    assert_eq!(desk.refused(&secret(ADA), demoted), "last-admin");
    // An admin who would distrust every other admin and end their own key leaves nobody.
    let mut desk = Desk::staffed();
    let from = desk.size().next();
    desk.enroll(ADA, EVE, "eve", "desk", &[Role::Admin]);
    desk.say(&secret(ADA), revoke(&secret(DAN), None).into());
    assert_eq!(
        desk.refused(&secret(ADA), revoke(&secret(ADA), Some(from)).into()),
        "last-admin"
    );
    desk.say(
        &secret(EVE),
        revoke(&secret(ADA), Some(from.size_through().next())).into(),
    );
}

#[test]
fn a_key_that_was_ended_stays_ended_whoever_ended_it() {
    let mut desk = Desk::staffed();
    let from = desk.size().next();
    desk.say(&secret(DAN), revoke(&secret(BOB), None).into());
    desk.say(&secret(ADA), revoke(&secret(DAN), Some(from)).into());
    assert_eq!(desk.refused(&secret(BOB), claim("x").into()), "key-revoked");
}

/// The facts that each revocation keeps give the same answers as judging all revocations anew, at every size.
#[test]
fn the_facts_about_distrust_are_what_judging_all_revocations_anew_finds() {
    let mut state = 7_u64;
    let mut draw = |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) % below
    };
    let (mut made, mut in_force) = (0, 0);
    for _ in 0..12 {
        let mut desk = Desk::staffed();
        let mut admins = vec![ADA, DAN];
        for new in 110..150 {
            let by = admins[usize::try_from(draw(admins.len() as u64)).unwrap()];
            let body = if draw(2) == 0 {
                admins.push(new);
                desk.enrolment(by, new, &format!("h{new}"), "desk", &[Role::Admin])
            } else {
                let other = admins[usize::try_from(draw(admins.len() as u64)).unwrap()];
                let from = draw(desk.size().get());
                revoke(&secret(other), Some(EntryIndex::new(from))).into()
            };
            let revokes = matches!(body, crate::model::Body::KeyRevoke(_));
            let taken = desk.try_say(&secret(by), body).is_ok();
            made += usize::from(revokes && taken);
        }
        for size in (9..=desk.size().get()).map(TreeSize::new) {
            let judged = Judged::at(&desk.view, size).unwrap();
            let facts = Distrust::at(&desk.view, size).unwrap();
            let entries: Vec<EntryIndex> = judged.entries().collect();
            assert_eq!(facts.entries(&desk.view).unwrap(), entries);
            if size == desk.size() {
                in_force += entries.len();
            }
            for index in size.indices() {
                let fact = desk.view.entry(index).unwrap().unwrap();
                assert_eq!(
                    facts.covers(&desk.view, &fact).unwrap(),
                    judged.covers(&desk.view, &fact).unwrap(),
                    "entry {index} at {size}"
                );
            }
        }
    }
    assert!(
        in_force > 20 && made > in_force + 5,
        "{in_force} of {made} revocations are in force: the draw does not try both"
    );
}
