//! On which scale a verdict may rate.

use super::bodies::*;
use super::desk::*;
use crate::model::StatementId;
use crate::model::attestation::Decision;
use crate::model::policy::Policy;
use crate::rules::standing::scales::{newer, to_choose_from};
use crate::rules::standing::verdict::standing;
use crate::rules::{ApprovalOutcome, Lack};

#[test]
fn a_rating_is_on_a_scale_of_the_authors_organisation() {
    let mut desk = Desk::staffed();
    let (bob, olga, pia) = (secret(BOB), secret(OLGA), secret(PIA));
    let own = desk.scale();
    let theirs = desk.say(&olga, scale("other", 1).into());
    let it = desk.say(&bob, claim("it rains").into());
    assert_eq!(
        desk.refused(&bob, verdict(it, theirs, &[]).into()),
        "scale-not-adopted"
    );
    assert_eq!(
        desk.refused(&pia, verdict(it, own, &[]).into()),
        "scale-not-adopted"
    );
    desk.say(&bob, verdict(it, own, &[]).into());
    desk.say(&pia, verdict(it, theirs, &[]).into());
}

#[test]
fn a_policy_adopts_one_version_of_a_scale_by_its_id() {
    let mut desk = Desk::staffed();
    let (ada, bob, olga) = (secret(ADA), secret(BOB), secret(OLGA));
    let theirs = desk.say(&olga, scale("other", 1).into());
    let newer = desk.say(&olga, scale("other", 2).into());
    let it = desk.say(&bob, claim("it rains").into());
    let adopting = Policy {
        scales: vec![theirs],
        ..policy("desk", 1)
    };
    desk.say(&ada, adopting.into());
    desk.say(&bob, verdict(it, theirs, &[]).into());
    assert_eq!(
        desk.refused(&bob, verdict(it, newer, &[]).into()),
        "scale-not-adopted"
    );
    // A later policy that does not list it ends that.
    desk.say(&ada, policy("desk", 1).into());
    assert_eq!(
        desk.refused(&bob, verdict(it, theirs, &[]).into()),
        "scale-not-adopted"
    );
}

#[test]
fn an_older_version_stays_allowed_and_can_be_told_from_the_newest() {
    let mut desk = Desk::staffed();
    let (ada, bob) = (secret(ADA), secret(BOB));
    let first = desk.scale();
    let second = desk.say(&ada, scale("desk", 2).into());
    let it = desk.say(&bob, claim("it rains").into());
    let old = desk.say(&bob, verdict(it, first, &[]).into());
    let new = desk.say(&bob, verdict(it, second, &[]).into());
    let reading = desk.reading();
    let told = |scale: &StatementId, verdict: &StatementId| {
        newer(&reading, desk.index(scale), desk.index(verdict)).unwrap()
    };
    assert_eq!(told(&first, &old), Some(desk.index(&second)));
    assert_eq!(told(&second, &new), None);
    // A version that was set later does not make the earlier verdict one on an old version.
    let before = desk.index(&second);
    assert_eq!(newer(&reading, desk.index(&first), before).unwrap(), None);
}

#[test]
fn a_verdict_on_a_distrusted_scale_version_is_not_approved() {
    let mut desk = Desk::staffed();
    let (ada, bob, carol, dan) = (secret(ADA), secret(BOB), secret(CAROL), secret(DAN));
    let set = desk.say(&dan, scale("desk", 2).into());
    let it = desk.say(&bob, claim("it rains").into());
    let rated = desk.say(&bob, verdict(it, set, &[]).into());
    desk.say(&carol, attest(rated, Decision::Approve).into());
    let approval = |desk: &Desk| {
        let found = standing(&desk.reading(), desk.index(&rated)).unwrap();
        found.unwrap().approval
    };
    assert_eq!(approval(&desk).outcome, ApprovalOutcome::Approved);
    desk.say(&ada, revoke(&dan, Some(desk.index(&set))).into());
    assert_eq!(approval(&desk).lacks, [Lack::ScaleDistrusted]);
}

#[test]
fn the_newest_version_of_each_own_scale_and_the_adopted_ones_are_to_choose_from() {
    let mut desk = Desk::staffed();
    let (ada, olga) = (secret(ADA), secret(OLGA));
    let second = desk.say(&ada, scale("desk", 2).into());
    let mut promises = scale("desk", 1);
    promises.scale = slug("promises");
    let promises = desk.say(&ada, promises.into());
    let theirs = desk.say(&olga, scale("other", 1).into());
    let adopting = Policy {
        scales: vec![theirs],
        ..policy("desk", 1)
    };
    let choice = |desk: &Desk| {
        let organisation = crate::tlog::EntryIndex::FIRST;
        to_choose_from(&desk.reading(), organisation).unwrap()
    };
    let at = |desk: &Desk, ids: &[StatementId]| -> Vec<_> {
        ids.iter().map(|id| desk.index(id)).collect()
    };
    assert_eq!(choice(&desk), at(&desk, &[second, promises]));
    desk.say(&ada, adopting.into());
    assert_eq!(choice(&desk), at(&desk, &[second, promises, theirs]));
}
