//! The keys that sign checkpoints.

use super::bodies::*;
use super::desk::*;
use crate::crypto::SecretKey;
use crate::model::checkpoint_event::{CheckpointRetire, CheckpointRotate};
use crate::model::organisation::Role;
use crate::model::possession;
use crate::rules::{StandingWord, Standings, checkpoint_keys};
use crate::tlog::TreeSize;

const NEXT: u8 = 101;

fn rotation(desk: &Desk, new: &SecretKey) -> CheckpointRotate {
    let origin = "desk.example/facts".parse().unwrap();
    let words = possession::checkpoint_key(&desk.ledger, &origin, &new.public());
    CheckpointRotate {
        new_key: new.public(),
        possession: new.sign(&words),
    }
}

fn retirement(key: u8) -> CheckpointRetire {
    CheckpointRetire {
        key: secret(key).public(),
    }
}

#[test]
fn both_keys_sign_until_the_old_one_is_retired() {
    let mut desk = Desk::staffed();
    let (ada, old, new) = (secret(ADA), secret(CHECKPOINT), secret(NEXT));
    let signing = |desk: &Desk, size| checkpoint_keys(&desk.view, size).unwrap();
    assert_eq!(signing(&desk, desk.size()), [old.public()]);
    assert_eq!(
        desk.refused(&ada, retirement(CHECKPOINT).into()),
        "checkpoint-key-last"
    );
    assert_eq!(
        desk.refused(&ada, retirement(NEXT).into()),
        "checkpoint-key-unknown"
    );
    let before = desk.size();
    let body = rotation(&desk, &new);
    desk.say(&ada, body.clone().into());
    assert_eq!(signing(&desk, before), [old.public()]);
    assert_eq!(signing(&desk, desk.size()), [old.public(), new.public()]);
    assert_eq!(desk.refused(&ada, body.into()), "checkpoint-key");
    desk.say(&ada, retirement(CHECKPOINT).into());
    // A checkpoint that covers the retirement is signed by the new key alone; earlier ones by both.
    assert_eq!(signing(&desk, desk.size()), [new.public()]);
    assert_eq!(
        signing(&desk, TreeSize::new(desk.size().get() - 1)),
        [old.public(), new.public()]
    );
    assert_eq!(
        desk.refused(&ada, retirement(CHECKPOINT).into()),
        "checkpoint-key-unknown"
    );
    let last = retirement(NEXT);
    assert_eq!(desk.refused(&ada, last.into()), "checkpoint-key-last");
}

#[test]
fn what_brought_a_checkpoint_key_is_replaced_by_what_retired_it() {
    let mut desk = Desk::staffed();
    let (ada, new) = (secret(ADA), secret(NEXT));
    let body = rotation(&desk, &new);
    let brought = desk.say(&ada, body.into());
    desk.say(&ada, retirement(CHECKPOINT).into());
    let third = secret(NEXT + 1);
    let body = rotation(&desk, &third);
    desk.say(&ada, body.into());
    let now = |desk: &Desk, id| {
        let standings = Standings::at(&desk.view, desk.size()).unwrap();
        standings.of(desk.index(id)).unwrap().unwrap()
    };
    assert_eq!(now(&desk, &brought).word, StandingWord::Live);
    let retired = desk.say(&ada, retirement(NEXT).into());
    assert_eq!(now(&desk, &brought).replaced_by, Some(desk.index(&retired)));
    assert_eq!(now(&desk, &retired).word, StandingWord::Live);
}

#[test]
fn checkpoint_keys_and_keys_of_people_are_separate() {
    let mut desk = Desk::staffed();
    let ada = secret(ADA);
    let enrolled = desk.enrolment(ADA, CHECKPOINT, "eve", "desk", &[Role::Reviewer]);
    assert_eq!(desk.refused(&ada, enrolled), "checkpoint-key");
    assert_eq!(
        desk.refused(&secret(CHECKPOINT), claim("x").into()),
        "checkpoint-key"
    );
    let body = rotation(&desk, &secret(BOB));
    assert_eq!(desk.refused(&ada, body.into()), "key-taken");
    let mut forged = rotation(&desk, &secret(NEXT));
    forged.possession = secret(BOB).sign(b"something else");
    assert_eq!(desk.refused(&ada, forged.into()), "possession-invalid");
    let body = rotation(&desk, &secret(NEXT));
    assert_eq!(desk.refused(&secret(OLGA), body.into()), "founder-only");
}
