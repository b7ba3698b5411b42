//! Recovery keys: after an admin's key was stolen, after the only admin's key was lost; and a recovery cannot be
//! replayed.

use super::bodies::*;
use super::desk::*;
use crate::model::attestation::Decision;
use crate::model::checkpoint_event::CheckpointRotate;
use crate::model::key_event::{Recover, RecoverySignature, RevokedFrom};
use crate::model::ledger::Recovery;
use crate::model::organisation::Role;
use crate::model::possession;
use crate::rules::View as _;
use crate::tlog::EntryIndex;

const SAFES: [u8; 3] = [201, 202, 203];
const HEIR: u8 = 40;
const SECOND_HEIR: u8 = 41;

fn desk_with_safes() -> Desk {
    let mut create = create(secret(CHECKPOINT).public());
    let mut keys: Vec<_> = SAFES.iter().map(|byte| secret(*byte).public()).collect();
    keys.sort();
    create.recovery = Some(Recovery { keys, threshold: 2 });
    Desk::founded(create)
}

fn last_key_event(desk: &Desk) -> EntryIndex {
    let last = desk.view.at(&crate::rules::FactKey::LastKeyEvent);
    last.unwrap().unwrap()
}

fn recovery(desk: &Desk, heir: u8, revoked: &[(u8, EntryIndex)], safes: &[u8]) -> Recover {
    let mut revoked: Vec<RevokedFrom> = revoked
        .iter()
        .map(|(key, from)| RevokedFrom {
            distrust_from: *from,
            key: secret(*key).public(),
        })
        .collect();
    revoked.sort_by_key(|r| r.key);
    let last = last_key_event(desk);
    let words = possession::recover(&desk.ledger, last, &revoked, &secret(heir).public());
    let mut signatures: Vec<RecoverySignature> = safes
        .iter()
        .map(|safe| RecoverySignature {
            key: secret(*safe).public(),
            signature: secret(*safe).sign(&words),
        })
        .collect();
    signatures.sort_by_key(|s| s.key);
    Recover {
        holder: slug("heir"),
        last_key_event: last,
        name: None,
        revoked,
        signatures,
    }
}

#[test]
fn a_lost_only_admin_is_replaced() {
    let mut desk = desk_with_safes();
    desk.enroll(ADA, BOB, "bob", "desk", &[Role::Reviewer]);
    let early = desk.say(&secret(ADA), claim("it rains").into());
    let now = desk.size().next();
    let body = recovery(&desk, HEIR, &[(ADA, now)], &SAFES[..2]);
    let recovered = desk.say(&secret(HEIR), body.into());
    assert_eq!(desk.refused(&secret(ADA), claim("x").into()), "key-revoked");
    // The key was lost, not stolen: earlier statements stay trusted.
    assert!(!desk.distrusts(desk.size(), &early));
    assert!(!desk.distrusts(desk.size(), &recovered));
    desk.enroll(HEIR, DAN, "dan", "desk", &[Role::Reviewer]);
    let by_dan = desk.say(&secret(DAN), claim("it snows").into());
    assert!(!desk.distrusts(desk.size(), &by_dan));
}

#[test]
fn recovery_keys_alone_distrust_a_stolen_admin_and_whom_it_enrolled() {
    let mut desk = desk_with_safes();
    desk.enroll(ADA, BOB, "bob", "desk", &[Role::Reviewer]);
    let before = desk.say(&secret(BOB), claim("before").into());
    let stolen_from = desk.size().next();
    desk.enroll(ADA, DAN, "mallory", "desk", &[Role::Admin, Role::Reviewer]);
    let by_mallory = desk.say(&secret(DAN), claim("mallory's").into());
    // Mallory revokes everybody, and Bob from the start for compromise.
    desk.say(
        &secret(DAN),
        revoke(&secret(BOB), Some(EntryIndex::new(1))).into(),
    );
    desk.say(
        &secret(DAN),
        revoke(&secret(ADA), Some(EntryIndex::FIRST)).into(),
    );
    assert!(desk.distrusts(desk.size(), &before));
    let body = recovery(&desk, HEIR, &[(ADA, stolen_from)], &SAFES[1..]);
    desk.say(&secret(HEIR), body.into());
    assert!(desk.distrusts(desk.size(), &by_mallory));
    // Mallory's revocation of Bob is distrusted, so Bob's statements are trusted again. His key has ended all the
    // same.
    assert!(!desk.distrusts(desk.size(), &before));
    assert_eq!(desk.refused(&secret(BOB), claim("x").into()), "key-revoked");
    desk.say(&secret(HEIR), revoke(&secret(DAN), None).into());
}

#[test]
fn a_recovery_is_valid_once_and_with_enough_keys() {
    let mut desk = desk_with_safes();
    let heir = secret(HEIR);
    let few = recovery(&desk, HEIR, &[(ADA, EntryIndex::FIRST)], &SAFES[..1]);
    assert_eq!(desk.refused(&heir, few.into()), "recovery-too-few");
    let strange = recovery(&desk, HEIR, &[(ADA, EntryIndex::FIRST)], &[SAFES[0], 250]);
    assert_eq!(desk.refused(&heir, strange.into()), "recovery-signature");
    let mut altered = recovery(&desk, HEIR, &[(ADA, EntryIndex::FIRST)], &SAFES);
    altered.revoked[0].distrust_from = EntryIndex::new(1);
    assert_eq!(desk.refused(&heir, altered.into()), "recovery-signature");
    let good = recovery(&desk, HEIR, &[(ADA, EntryIndex::FIRST)], &SAFES);
    // Signed for this new admin: it cannot be used for another.
    assert_eq!(
        desk.refused(&secret(99), good.clone().into()),
        "recovery-signature"
    );
    let stale = good.clone();
    desk.say(&heir, good.into());
    let other = secret(SECOND_HEIR);
    assert_eq!(desk.refused(&other, stale.into()), "recovery-stale");
    let again = recovery(&desk, HEIR, &[(ADA, EntryIndex::FIRST)], &SAFES);
    assert_eq!(desk.refused(&heir, again.into()), "key-taken");
    let unknown = recovery(&desk, SECOND_HEIR, &[(99, EntryIndex::FIRST)], &SAFES);
    assert_eq!(desk.refused(&other, unknown.into()), "key-not-enrolled");
    let now = desk.size().next();
    let ahead = recovery(
        &desk,
        SECOND_HEIR,
        &[(HEIR, now.size_through().next())],
        &SAFES,
    );
    assert_eq!(desk.refused(&other, ahead.into()), "distrust-ahead");
    let second = recovery(&desk, SECOND_HEIR, &[(HEIR, now)], &SAFES);
    desk.say(&other, second.into());
}

#[test]
fn recovery_keys_cannot_be_enrolled_and_are_optional() {
    let mut desk = desk_with_safes();
    let ada = secret(ADA);
    let enrolled = desk.enrolment(ADA, SAFES[0], "eve", "desk", &[Role::Reviewer]);
    assert_eq!(desk.refused(&ada, enrolled), "recovery-key");
    assert_eq!(
        desk.refused(&secret(SAFES[0]), claim("x").into()),
        "recovery-key"
    );
    let mut plain = Desk::new();
    let body = recovery(&plain, HEIR, &[(ADA, EntryIndex::FIRST)], &SAFES);
    assert_eq!(plain.refused(&secret(HEIR), body.into()), "recovery-none");
}

#[test]
fn a_recovery_needs_a_key_that_the_ledger_has_never_known_and_makes_it_an_admin_of_the_founders_and_no_more()
 {
    let mut desk = desk_with_safes();
    desk.enroll(ADA, BOB, "bob", "desk", &[Role::Reviewer]);
    desk.enroll(ADA, CAROL, "carol", "desk", &[Role::Editor]);
    desk.say(&secret(ADA), revoke(&secret(CAROL), None).into());
    let now = desk.size().next();
    for (known, code) in [
        (ADA, "key-taken"),
        (BOB, "key-taken"),
        (CAROL, "key-taken"),
        (CHECKPOINT, "checkpoint-key"),
        (SAFES[2], "recovery-key"),
    ] {
        // Also under the name that the key has already.
        let mut body = recovery(&desk, known, &[(ADA, now)], &SAFES[..2]);
        body.holder = slug("bob");
        assert_eq!(desk.refused(&secret(known), body.into()), code);
    }
    let it = desk.say(&secret(BOB), claim("it rains").into());
    let scale = desk.say(&secret(ADA), scale("desk", 1).into());
    let rated = desk.say(&secret(BOB), verdict(it, scale, &[]).into());
    let body = recovery(&desk, HEIR, &[(ADA, desk.size().next())], &SAFES[..2]);
    let heir = secret(HEIR);
    desk.say(&heir, body.into());
    assert_eq!(desk.refused(&heir, claim("x").into()), "role-missing");
    let approving = attest(rated, Decision::Approve);
    assert_eq!(desk.refused(&heir, approving.into()), "role-missing");
    desk.say(&heir, policy("desk", 1).into());
    desk.say(&heir, organisation("other").into());
    assert_eq!(
        desk.refused(&heir, policy("other", 1).into()),
        "other-organisation"
    );
}

#[test]
fn the_last_key_event_of_a_recovery_is_an_event_of_peoples_keys() {
    let after = |event: &dyn Fn(&mut Desk)| {
        let mut desk = desk_with_safes();
        desk.enroll(ADA, BOB, "bob", "desk", &[Role::Reviewer]);
        desk.enroll(ADA, DAN, "dan", "desk", &[Role::Admin]);
        let body = recovery(&desk, HEIR, &[(ADA, EntryIndex::new(1))], &SAFES[..2]);
        event(&mut desk);
        desk.try_say(&secret(HEIR), body.into())
            .map_err(|refusal| refusal.code().to_string())
            .map(|_| ())
    };
    // What changes the keys of checkpoints, or no key at all, leaves the signatures of the recovery keys valid.
    let new = secret(101);
    let checkpoint_event = |desk: &mut Desk| {
        let origin = "desk.example/facts".parse().unwrap();
        let words = possession::checkpoint_key(&desk.ledger, &origin, &new.public());
        let rotated = CheckpointRotate {
            new_key: new.public(),
            possession: new.sign(&words),
        };
        desk.say(&secret(ADA), rotated.into());
    };
    assert_eq!(after(&checkpoint_event), Ok(()));
    let settings = |desk: &mut Desk| {
        desk.say(&secret(DAN), policy("desk", 1).into());
        desk.say(&secret(ADA), organisation("other").into());
    };
    assert_eq!(after(&settings), Ok(()));
    let stale = Err("recovery-stale".to_owned());
    let enrolled = |desk: &mut Desk| desk.enroll(ADA, 60, "eve", "desk", &[Role::Editor]);
    assert_eq!(after(&enrolled), stale);
    let rotated = |desk: &mut Desk| {
        let body = rotate(&desk.ledger, &secret(BOB), &secret(60));
        desk.say(&secret(BOB), body.into());
    };
    assert_eq!(after(&rotated), stale);
    let revoked = |desk: &mut Desk| {
        desk.say(&secret(DAN), revoke(&secret(BOB), None).into());
    };
    assert_eq!(after(&revoked), stale);
}

#[test]
fn keys_of_entry_0_have_one_job_each() {
    let founded = |safes: [u8; 3]| {
        let mut create = create(secret(CHECKPOINT).public());
        let mut keys: Vec<_> = safes.iter().map(|byte| secret(*byte).public()).collect();
        keys.sort();
        create.recovery = Some(Recovery { keys, threshold: 2 });
        let mut desk = Desk::empty();
        desk.refused(&secret(ADA), create.into())
    };
    assert_eq!(founded([201, CHECKPOINT, 202]), "checkpoint-key");
    assert_eq!(founded([ADA, 201, 202]), "recovery-key");
    // Nobody revokes a recovery key, and nobody rotates to one.
    let mut desk = desk_with_safes();
    let (ada, safe) = (secret(ADA), secret(SAFES[0]));
    for from in [None, Some(EntryIndex::new(1))] {
        assert_eq!(
            desk.refused(&ada, revoke(&safe, from).into()),
            "recovery-key"
        );
    }
    let rotated = rotate(&desk.ledger, &ada, &safe);
    assert_eq!(desk.refused(&ada, rotated.into()), "recovery-key");
    let unknown = recovery(&desk, HEIR, &[(SAFES[0], EntryIndex::FIRST)], &SAFES);
    assert_eq!(
        desk.refused(&secret(HEIR), unknown.into()),
        "key-not-enrolled"
    );
}

#[test]
fn an_organisation_that_lost_its_last_admin_gets_its_next_one_from_the_founder() {
    let mut desk = desk_with_safes();
    let ada = secret(ADA);
    desk.say(&ada, organisation("other").into());
    desk.enroll(ADA, OLGA, "olga", "other", &[Role::Admin]);
    desk.enroll(OLGA, PIA, "pia", "other", &[Role::Reviewer]);
    let next = |desk: &Desk, roles: &[Role]| desk.enrolment(ADA, 60, "oskar", "other", roles);
    let enrolment = next(&desk, &[Role::Admin]);
    assert_eq!(desk.refused(&ada, enrolment), "other-organisation");
    // A recovery may end keys of whatever organisation.
    let body = recovery(&desk, HEIR, &[(OLGA, desk.size().next())], &SAFES[..2]);
    desk.say(&secret(HEIR), body.into());
    let reviewer = next(&desk, &[Role::Reviewer]);
    assert_eq!(desk.refused(&ada, reviewer), "other-organisation");
    assert_eq!(
        desk.refused(&secret(PIA), organisation("other").into()),
        "role-missing"
    );
    let enrolment = next(&desk, &[Role::Admin]);
    desk.say(&ada, enrolment);
    // From then on it decides for itself again.
    assert_eq!(
        desk.refused(&ada, organisation("other").into()),
        "other-organisation"
    );
    desk.say(&secret(60), organisation("other").into());
}
