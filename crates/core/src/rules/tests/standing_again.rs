//! What a stolen key withdrew, corrected or answered blocks nothing; and of two that stand again, the first in the log
//! decides.

use super::bodies::*;
use super::desk::*;
use super::references::{observed, observed_with};
use crate::model::StatementId;
use crate::model::attestation::Decision;
use crate::model::correction::CorrectionKind;
use crate::model::evidence::Stance;
use crate::rules::standing::labels;
use crate::rules::{View as _, current, standing};
use crate::tlog::EntryIndex;

/// A desk on which Bob, whose key is stolen, ended things that Ada had signed.
struct Stolen {
    desk: Desk,
    claim: StatementId,
    paper: StatementId,
    evidence: StatementId,
    verdict: StatementId,
    from: EntryIndex,
}

fn stolen() -> Stolen {
    let mut desk = Desk::staffed();
    let ada = secret(ADA);
    let claim = desk.say(&ada, claim("it rains").into());
    let paper = desk.say(&ada, source("it rained").into());
    let evidence = desk.say(&ada, evidence(claim, paper, Stance::Supports).into());
    let scale = desk.scale();
    let verdict = desk.say(&ada, verdict(claim, scale, &[evidence]).into());
    desk.say(&secret(CAROL), attest(verdict, Decision::Approve).into());
    let from = desk.size().next();
    Stolen {
        desk,
        claim,
        paper,
        evidence,
        verdict,
        from,
    }
}

#[test]
fn what_a_stolen_key_withdrew_can_be_used_corrected_and_withdrawn() {
    let Stolen {
        mut desk,
        claim: it,
        paper,
        evidence: said,
        verdict: rated,
        from,
    } = stolen();
    let (ada, bob) = (secret(ADA), secret(BOB));
    for target in [it, said, rated, paper] {
        desk.say(&bob, withdraw(target).into());
    }
    assert_eq!(
        desk.refused(&ada, evidence(it, paper, Stance::Context).into()),
        "reference-withdrawn"
    );
    desk.say(&ada, revoke(&bob, Some(from)).into());
    desk.say(&ada, evidence(it, paper, Stance::Context).into());
    desk.say(&secret(CAROL), attest(rated, Decision::Reject).into());
    let scale = desk.scale();
    let mut second = verdict(it, scale, &[said]);
    second.correction = correction(rated, CorrectionKind::Correction);
    let second = desk.say(&ada, second.into());
    desk.say(&ada, withdraw(second).into());
    desk.say(&ada, withdraw(rated).into());
    assert_eq!(
        desk.refused(&ada, withdraw(rated).into()),
        "already-withdrawn"
    );
    let mut clearer = claim("it rains in Oslo");
    clearer.correction = correction(it, CorrectionKind::Correction);
    desk.say(&ada, clearer.into());
}

#[test]
fn what_a_stolen_key_corrected_or_answered_is_open_again() {
    let Stolen {
        mut desk,
        claim: it,
        verdict: rated,
        from,
        ..
    } = stolen();
    let (ada, bob) = (secret(ADA), secret(BOB));
    let doubted = desk.say(&secret(CAROL), dispute(rated).into());
    desk.say(&bob, answer(doubted).into());
    let mut theirs = claim("it does not rain");
    theirs.correction = correction(it, CorrectionKind::Typo);
    let theirs = desk.say(&bob, theirs.into());
    desk.say(&ada, revoke(&bob, Some(from)).into());
    desk.enroll(
        ADA,
        60,
        "eve",
        "desk",
        &[crate::model::organisation::Role::Editor],
    );
    desk.say(&secret(60), answer(doubted).into());
    let mut ours = claim("it rains.");
    ours.correction = correction(it, CorrectionKind::Typo);
    let ours = desk.say(&ada, ours.into());
    assert_eq!(
        desk.reading().claim_now(desk.index(&it)).unwrap(),
        desk.index(&ours)
    );
    // A distrusted statement as such may still be named.
    desk.say(&ada, withdraw(theirs).into());
}

#[test]
fn of_two_corrections_that_stand_again_the_first_in_the_log_has_the_place() {
    let Stolen {
        mut desk,
        claim: it,
        verdict: rated,
        evidence: said,
        ..
    } = stolen();
    let (ada, bob) = (secret(ADA), secret(BOB));
    let scale = desk.scale();
    let corrected = |reasons: &str| {
        let mut verdict = verdict(it, scale, &[said]);
        verdict.reasons = text(reasons);
        verdict.correction = correction(rated, CorrectionKind::Correction);
        verdict
    };
    let first = desk.say(&bob, corrected("first").into());
    let revoked_at = desk.size().next();
    desk.say(&secret(DAN), revoke(&bob, Some(desk.index(&first))).into());
    let second = desk.say(&ada, corrected("second").into());
    for verdict in [first, second] {
        desk.say(&secret(CAROL), attest(verdict, Decision::Approve).into());
    }
    let it = desk.index(&it);
    let desks = desk.view.organisation(&slug("desk")).unwrap().unwrap();
    let now = |desk: &Desk| current(&desk.reading(), it, desks).unwrap().unwrap().id;
    assert_eq!(now(&desk), second);
    // Dan's key was stolen too, so his revocation falls, and Bob's correction stands again.
    desk.say(&ada, revoke(&secret(DAN), Some(revoked_at)).into());
    assert_eq!(now(&desk), first);
    let later = standing(&desk.reading(), desk.index(&second))
        .unwrap()
        .unwrap();
    assert_eq!(later.displaced_by, Some(desk.index(&first)));
    assert!(!later.holds());
    let old = standing(&desk.reading(), desk.index(&rated))
        .unwrap()
        .unwrap();
    assert_eq!(old.superseded_by, Some(desk.index(&first)));
    // The later one is a statement of its own: it can be corrected and withdrawn, and its correction takes no place either.
    let mut third = corrected("third");
    third.correction = correction(second, CorrectionKind::Correction);
    let third = desk.say(&ada, third.into());
    desk.say(&secret(CAROL), attest(third, Decision::Approve).into());
    assert_eq!(now(&desk), first);
    desk.say(&ada, withdraw(third).into());
    desk.say(&ada, withdraw(second).into());
    // When the first is withdrawn, the old one is current again.
    desk.say(&ada, withdraw(first).into());
    assert_eq!(now(&desk), rated);
}

#[test]
fn a_withdrawal_that_stands_again_holds_before_a_later_correction() {
    let Stolen {
        mut desk, paper, ..
    } = stolen();
    let (ada, bob) = (secret(ADA), secret(BOB));
    let first = desk.say(&bob, withdraw(paper).into());
    let revoked_at = desk.size().next();
    desk.say(&secret(DAN), revoke(&bob, Some(desk.index(&first))).into());
    let mut newer = source("it rained much");
    newer.correction = correction(paper, CorrectionKind::Correction);
    let newer = desk.say(&ada, newer.into());
    let reading = desk.reading();
    assert_eq!(
        reading.newest(desk.index(&paper)).unwrap(),
        Some(desk.index(&newer))
    );
    drop(reading);
    desk.say(&ada, revoke(&secret(DAN), Some(revoked_at)).into());
    let reading = desk.reading();
    for form in [paper, newer] {
        assert_eq!(reading.newest(desk.index(&form)).unwrap(), None);
    }
    assert_eq!(
        reading.displaced_by(desk.index(&newer)).unwrap(),
        Some(desk.index(&first))
    );
    drop(reading);
    assert_eq!(
        desk.refused(
            &ada,
            evidence(desk.id(EntryIndex::new(10)), newer, Stance::Context).into()
        ),
        "reference-withdrawn"
    );
    desk.say(&ada, withdraw(newer).into());
}

#[test]
fn a_corrected_verdict_can_be_withdrawn_and_a_corrected_claim_disputed() {
    let Stolen {
        mut desk,
        claim: it,
        verdict: rated,
        evidence: said,
        ..
    } = stolen();
    let ada = secret(ADA);
    let scale = desk.scale();
    let mut second = verdict(it, scale, &[said]);
    second.correction = correction(rated, CorrectionKind::Correction);
    let second = desk.say(&ada, second.into());
    desk.say(&ada, withdraw(rated).into());
    let old = standing(&desk.reading(), desk.index(&rated))
        .unwrap()
        .unwrap();
    assert!(old.withdrawn_by.is_some());
    assert_eq!(old.correction_pending, Some(desk.index(&second)));
    let mut clearer = claim("it rains in Oslo");
    clearer.correction = correction(it, CorrectionKind::Correction);
    let clearer = desk.say(&ada, clearer.into());
    desk.say(&secret(CAROL), dispute(it).into());
    // Of a claim only the newest form can be withdrawn; then the older one is in force again.
    assert_eq!(
        desk.refused(&ada, withdraw(it).into()),
        "reference-superseded"
    );
    desk.say(&ada, withdraw(clearer).into());
    desk.say(&ada, withdraw(it).into());
    assert_eq!(
        desk.refused(&secret(CAROL), dispute(it).into()),
        "reference-withdrawn"
    );
}

#[test]
fn an_importer_corrects_what_an_importer_recorded_and_nothing_else() {
    let mut desk = Desk::staffed();
    let (bob, robot) = (secret(BOB), secret(IMPORTER));
    let newer = |of: StatementId| {
        let mut newer = source("newer");
        newer.publisher = text("Satire Weekly");
        newer.correction = correction(of, CorrectionKind::Correction);
        newer
    };
    let fetched = desk.say(&robot, source("fetched").into());
    let read = desk.say(&bob, source("read").into());
    desk.say(&robot, newer(fetched).into());
    assert_eq!(
        desk.refused(&robot, newer(read).into()),
        "importer-correction"
    );
    // A person corrects either, and after a person's correction the importer may not.
    let theirs = desk.say(&bob, newer(read).into());
    assert_eq!(
        desk.refused(&robot, newer(theirs).into()),
        "importer-correction"
    );
    let other = desk.say(&robot, source("other").into());
    let mut again = newer(other);
    again.title = text("again");
    desk.say(&bob, again.into());
}

#[test]
fn corrections_that_stand_one_after_another_are_bounded_and_others_are_not() {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    let form = |of: StatementId, n: u32| {
        let mut form = claim(&format!("it rains {n}"));
        form.correction = correction(of, CorrectionKind::Typo);
        form
    };
    let mut last = desk.say(&bob, claim("it rains").into());
    // A correction that was withdrawn does not count.
    let gone = desk.say(&bob, form(last, 0).into());
    desk.say(&bob, withdraw(gone).into());
    for n in 1..=1_024 {
        last = desk.say(&bob, form(last, n).into());
    }
    assert_eq!(
        desk.refused(&bob, form(last, 2_000).into()),
        "correction-chain"
    );
    // The newest form can always be withdrawn, and its place taken again.
    desk.say(&bob, withdraw(last).into());
    let before = desk.id(EntryIndex::new(desk.index(&last).get() - 1));
    desk.say(&bob, form(before, 3_000).into());
}

#[test]
fn a_label_that_a_stolen_key_took_goes_back_and_stays_with_the_first() {
    let mut desk = Desk::staffed();
    let (ada, bob) = (secret(ADA), secret(BOB));
    let named = |desk: &mut Desk, label: &str| desk.label = Some(label.to_owned());
    let holder = |desk: &Desk, label: &str| {
        let label = label.parse().unwrap();
        let found = labels::holder(&desk.reading(), &label).unwrap();
        found.map(|fact| fact.id)
    };
    named(&mut desk, "rain");
    let it = desk.say(&ada, claim("it rains").into());
    let from = desk.size().next();
    let mut theirs = claim("it does NOT rain");
    theirs.correction = correction(it, CorrectionKind::Typo);
    named(&mut desk, "rain");
    let theirs = desk.say(&bob, theirs.into());
    named(&mut desk, "snow");
    let snow = desk.say(&bob, claim("it snows").into());
    assert_eq!(holder(&desk, "rain"), Some(theirs));
    let revoked_at = desk.size().next();
    desk.say(&secret(DAN), revoke(&bob, Some(from)).into());
    assert_eq!(holder(&desk, "rain"), Some(it));
    assert_eq!(holder(&desk, "snow"), None);
    named(&mut desk, "rain");
    assert_eq!(desk.refused(&ada, claim("x").into()), "label-taken");
    named(&mut desk, "snow");
    let ours = desk.say(&ada, claim("it snows much").into());
    assert_eq!(holder(&desk, "snow"), Some(ours));
    let mut clearer = claim("it rains.");
    clearer.correction = correction(it, CorrectionKind::Typo);
    named(&mut desk, "rain");
    let clearer = desk.say(&ada, clearer.into());
    assert_eq!(holder(&desk, "rain"), Some(clearer));
    // When the distrust ends, the first in the log has its label again.
    desk.say(&ada, revoke(&secret(DAN), Some(revoked_at)).into());
    assert_eq!(holder(&desk, "snow"), Some(snow));
    assert_eq!(holder(&desk, "rain"), Some(theirs));
    // Earlier sizes keep their answers.
    let then = labels::holder(
        &desk.reading_at(revoked_at.size_through()),
        &"rain".parse().unwrap(),
    );
    assert_eq!(then.unwrap().map(|fact| fact.id), Some(it));
}

#[test]
fn what_another_organisation_or_a_stolen_key_observed_and_recorded_binds_nobody() {
    let mut desk = Desk::staffed();
    let (ada, bob, pia) = (secret(ADA), secret(BOB), secret(PIA));
    // Another organisation observes a forged checkpoint and records a review. Neither binds the desk.
    desk.say(&pia, observed(8).into());
    desk.say(&pia, review("theirs").into());
    desk.say(&ada, review("ours").into());
    // A stolen key does the same in the desk.
    let from = desk.size().next();
    desk.say(&bob, observed(8).into());
    let mut changed = review("forged");
    changed.correction = correction(
        desk.id(EntryIndex::new(from.get() - 1)),
        CorrectionKind::Update,
    );
    desk.say(&bob, changed.into());
    assert_eq!(desk.refused(&ada, observed(9).into()), "observed-key");
    desk.say(&ada, revoke(&bob, Some(from)).into());
    desk.say(&ada, observed(9).into());
    assert_eq!(desk.refused(&ada, review("newer").into()), "review-changed");
    desk.say(&ada, review("ours").into());
}

#[test]
fn a_later_key_of_an_observed_ledger_is_taken_with_a_checkpoint_that_both_keys_signed() {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    desk.say(&bob, observed(8).into());
    assert_eq!(desk.refused(&bob, observed(9).into()), "observed-key");
    desk.say(&bob, observed_with(9, &[8]).into());
    // From here on the new key alone is enough, and the old one is not.
    desk.say(&bob, observed(9).into());
    assert_eq!(desk.refused(&bob, observed(8).into()), "observed-key");
}
