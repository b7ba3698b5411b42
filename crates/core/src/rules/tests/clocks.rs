//! What a clock that ran ahead, or back, does to a ledger.

use super::bodies::*;
use super::desk::*;
use crate::envelope::Verified;
use crate::model::attestation::Decision;
use crate::model::correction::CorrectionKind;
use crate::model::evidence::Stance;
use crate::model::organisation::Role;
use crate::model::verdict::Verdict;
use crate::model::{Body, StatementId};
use crate::rules::clocks::{BackDated, back_dated};

const DAY_MILLIS: u64 = 24 * 60 * 60 * 1_000;
const YEAR_MILLIS: u64 = 365 * DAY_MILLIS;
const NEW: u8 = 30;

/// Signs at another time than the entry gets, as from another machine.
fn signed_at(desk: &mut Desk, millis: u64, who: u8, body: impl Into<Body>) -> Verified {
    let now = std::mem::replace(&mut desk.time, millis);
    let signed = desk.sign(&secret(who), body.into());
    desk.time = now;
    signed
}

fn say_at(desk: &mut Desk, millis: u64, who: u8, body: impl Into<Body>) -> StatementId {
    let signed = signed_at(desk, millis, who, body);
    desk.take(&signed).unwrap()
}

fn refused_at(desk: &mut Desk, millis: u64, who: u8, body: impl Into<Body>) -> crate::code::Code {
    let signed = signed_at(desk, millis, who, body);
    desk.take(&signed).unwrap_err().code()
}

fn remark(desk: &Desk, signed: &Verified) -> Option<BackDated> {
    back_dated(&desk.view, signed).unwrap()
}

#[test]
fn a_week_after_a_clock_that_ran_a_year_ahead_is_a_normal_week() {
    let mut desk = Desk::staffed();
    let today = desk.time;
    // One laptop a year ahead: a claim, a source, and a key event.
    desk.time = today + YEAR_MILLIS;
    let ahead = desk.say(&secret(BOB), claim("it rains").into());
    let paper = desk.say(&secret(BOB), source("it rained").into());
    desk.enroll(ADA, NEW, "nina", "desk", &[Role::Reviewer]);
    let scale = desk.scale();
    // Everybody else's clock is right. The entries' time stays where it is.
    let now = today;
    let other = say_at(&mut desk, now, BOB, claim("it snows"));
    let new_paper = say_at(&mut desk, now, BOB, source("it snowed"));
    // What relies on the statements of the fast clock waits; everything else goes on.
    let cites = evidence(other, paper, Stance::Supports);
    assert_eq!(refused_at(&mut desk, now, BOB, cites), "issued-before");
    let cites = evidence(ahead, new_paper, Stance::Supports);
    assert_eq!(refused_at(&mut desk, now, BOB, cites), "issued-before");
    assert_eq!(
        refused_at(&mut desk, now, BOB, assess(paper, other)),
        "issued-before"
    );
    let quotes = relate(
        new_paper,
        crate::model::relation::SourceRelation::WasQuotedFrom,
        paper,
    );
    assert_eq!(refused_at(&mut desk, now, BOB, quotes), "issued-before");
    assert_eq!(
        refused_at(&mut desk, now, BOB, verdict(ahead, scale, &[])),
        "issued-before"
    );
    let by_the_new_key = evidence(other, new_paper, Stance::Supports);
    assert_eq!(
        refused_at(&mut desk, now, NEW, by_the_new_key.clone()),
        "issued-before"
    );
    // An objection, and the answer to it.
    let objection = say_at(&mut desk, now, CAROL, dispute(ahead));
    say_at(&mut desk, now + 1_000, ADA, answer(objection));
    // A correction takes the place of each at once, and can be relied on.
    let mut right = claim("it rains");
    right.correction = correction(ahead, CorrectionKind::Typo);
    let right = say_at(&mut desk, now, BOB, right);
    let mut right_paper = source("it rained");
    right_paper.correction = correction(paper, CorrectionKind::Typo);
    let right_paper = say_at(&mut desk, now, BOB, right_paper);
    let cited = say_at(
        &mut desk,
        now,
        BOB,
        evidence(right, right_paper, Stance::Supports),
    );
    let it = say_at(&mut desk, now, BOB, verdict(right, scale, &[cited]));
    say_at(&mut desk, now, CAROL, attest(it, Decision::Approve));
    say_at(&mut desk, now, CAROL, publish(it));
    // The key changes, and its holder signs at once.
    let rotated = rotate(&desk.ledger, &secret(NEW), &secret(NEW + 1));
    say_at(&mut desk, now, NEW, rotated);
    say_at(&mut desk, now, NEW + 1, by_the_new_key);
    // A withdrawal, and a revocation.
    say_at(&mut desk, now, BOB, withdraw(right_paper));
    say_at(&mut desk, now, ADA, revoke(&secret(NEW + 1), None));
    // The clock of the ledger never went back.
    assert!(desk.time > today + YEAR_MILLIS);
}

#[test]
fn a_statement_may_be_issued_a_day_before_what_it_names() {
    let mut desk = Desk::staffed();
    let start = desk.time;
    desk.time += 10 * DAY_MILLIS;
    let it = desk.say(&secret(BOB), claim("it rains").into());
    let issued = desk.view_time(&it).get();
    let scale = desk.scale();
    let early = issued - DAY_MILLIS;
    assert_eq!(
        refused_at(&mut desk, early - 1_000, BOB, verdict(it, scale, &[])),
        "issued-before"
    );
    // Bob's key is older than that, and nothing is asked of a scale or of the key of entry 0.
    say_at(&mut desk, early, BOB, verdict(it, scale, &[]));
    let old = say_at(&mut desk, start - YEAR_MILLIS, ADA, claim("it snows"));
    say_at(
        &mut desk,
        start - YEAR_MILLIS,
        ADA,
        verdict(old, scale, &[]),
    );
    // Bob's key came later than that.
    assert_eq!(
        refused_at(
            &mut desk,
            start - YEAR_MILLIS,
            BOB,
            verdict(old, scale, &[])
        ),
        "issued-before"
    );
}

#[test]
fn a_correction_of_a_verdict_is_remarked_and_not_refused() {
    let mut desk = Desk::staffed();
    let start = desk.time;
    desk.time += YEAR_MILLIS;
    let it = desk.say(&secret(BOB), claim("it rains").into());
    let scale = desk.scale();
    let rated = desk.say(&secret(BOB), verdict(it, scale, &[]).into());
    let correcting = Verdict {
        correction: correction(rated, CorrectionKind::RatingChange),
        ..verdict(it, scale, &[])
    };
    let signed = signed_at(&mut desk, start, BOB, correcting);
    let found = remark(&desk, &signed).unwrap();
    assert_eq!(found.entry, desk.index(&rated));
    desk.take(&signed).unwrap();
}

#[test]
fn a_date_before_what_the_signer_had_seen_is_remarked() {
    let mut desk = Desk::staffed();
    desk.time += 10 * DAY_MILLIS;
    desk.say(&secret(BOB), claim("it rains").into());
    let now = desk.time;
    let last = desk.size().last().unwrap();
    let time = desk.view_time(&desk.id(last));
    let honest = signed_at(&mut desk, now - DAY_MILLIS, ADA, claim("it snows"));
    assert_eq!(remark(&desk, &honest), None);
    let forged = signed_at(&mut desk, now - 2 * DAY_MILLIS, ADA, claim("it snows"));
    let found = BackDated { entry: last, time };
    assert_eq!(remark(&desk, &forged), Some(found));
    // What a clock of 1970 signs is remarked too.
    let broken = signed_at(&mut desk, 0, ADA, claim("it hails"));
    assert_eq!(remark(&desk, &broken), Some(found));
    desk.take(&broken).unwrap();
    // A statement that was signed long ago, when its signer had seen no more, is not back-dated.
    let mut kept = Desk::staffed();
    let signed = kept.sign(&secret(ADA), claim("it snows").into());
    kept.time += 10 * DAY_MILLIS;
    kept.say(&secret(BOB), claim("it rains").into());
    assert_eq!(remark(&kept, &signed), None);
}
