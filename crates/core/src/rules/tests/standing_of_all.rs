//! The standing of a statement of any type: the facts, the word that comes first, and what two of them make together.

use super::bodies::*;
use super::desk::*;
use crate::model::attestation::Decision;
use crate::model::correction::CorrectionKind;
use crate::model::dispute::Outcome;
use crate::model::evidence::Stance;
use crate::model::organisation::Role;
use crate::model::{Body, StatementId};
use crate::rules::standing::approval::Discount;
use crate::rules::{Because, StandingWord as W, Standings, StatementStanding};
use crate::tlog::EntryIndex;

/// Bob's claim, source, evidence and verdict, which Carol approved.
struct Case {
    desk: Desk,
    claim: StatementId,
    paper: StatementId,
    evidence: StatementId,
    verdict: StatementId,
    approval: StatementId,
}

fn case() -> Case {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    let claim = desk.say(&bob, claim("it rains").into());
    let paper = desk.say(&bob, source("it rained").into());
    let evidence = desk.say(&bob, evidence(claim, paper, Stance::Supports).into());
    let scale = desk.scale();
    let verdict = desk.say(&bob, verdict(claim, scale, &[evidence]).into());
    let approval = desk.say(&secret(CAROL), attest(verdict, Decision::Approve).into());
    Case {
        desk,
        claim,
        paper,
        evidence,
        verdict,
        approval,
    }
}

impl Case {
    fn say(&mut self, by: u8, body: impl Into<Body>) -> StatementId {
        self.desk.say(&secret(by), body.into())
    }

    fn now(&self, id: &StatementId) -> StatementStanding {
        let standings = Standings::at(&self.desk.view, self.desk.size()).unwrap();
        standings.of(self.desk.index(id)).unwrap().unwrap()
    }

    fn word(&self, id: &StatementId) -> W {
        self.now(id).word
    }

    fn at(&self, id: &StatementId) -> EntryIndex {
        self.desk.index(id)
    }

    /// A correction of the verdict by Bob.
    fn corrected(&mut self) -> StatementId {
        let mut body = verdict(self.claim, self.desk.scale(), &[self.evidence]);
        body.reasons = text("another look");
        body.correction = correction(self.verdict, CorrectionKind::Correction);
        self.say(BOB, body)
    }
}

#[test]
fn what_nothing_touched_is_live_and_a_verdict_is_as_approved_as_it_is() {
    let mut case = case();
    for live in [case.claim, case.paper, case.evidence, case.approval] {
        assert_eq!(case.word(&live), W::Live);
        assert!(case.now(&live).is_live());
    }
    assert_eq!(case.word(&case.verdict), W::Approved);
    let scale = case.desk.scale();
    assert_eq!(case.word(&scale), W::InForce);
    let second = verdict(case.claim, scale, &[]);
    let second = case.say(BOB, second);
    assert_eq!(case.word(&second), W::Unapproved);
    case.say(CAROL, attest(second, Decision::Reject));
    assert_eq!(case.word(&second), W::Rejected);
}

#[test]
fn what_is_withdrawn_and_distrusted_keeps_both_facts_and_is_called_withdrawn() {
    let mut case = case();
    let from = case.at(&case.claim);
    let apart = case.say(BOB, claim("it hails"));
    let withdrawal = case.say(ADA, withdraw(apart));
    let revocation = case.say(ADA, revoke(&secret(BOB), Some(from)));
    let now = case.now(&apart);
    assert_eq!(now.word, W::Withdrawn);
    assert_eq!(now.withdrawn_by, Some(case.at(&withdrawal)));
    assert_eq!(now.distrusted_by, Some(case.at(&revocation)));
    assert_eq!(case.word(&case.claim), W::Distrusted);
    // The approval was Carol's. The verdict that it approves is distrusted.
    let fallen = case.now(&case.approval).rests_on_fallen;
    assert_eq!(fallen.len(), 1);
    assert_eq!(fallen[0].entry, case.at(&case.verdict));
    assert_eq!(fallen[0].because, Because::Distrusted);
    assert_eq!(fallen[0].by, case.at(&revocation));
}

#[test]
fn distrust_through_an_enrolment_names_the_revocation() {
    let mut case = case();
    let from = case.desk.size().next();
    case.desk.enroll(DAN, 60, "eve", "desk", &[Role::Reviewer]);
    let said = case.say(60, claim("it hails"));
    let revocation = case.say(ADA, revoke(&secret(DAN), Some(from)));
    let now = case.now(&said);
    assert_eq!(
        (now.word, now.distrusted_by),
        (W::Distrusted, Some(case.at(&revocation)))
    );
}

#[test]
fn a_correction_waits_is_rejected_is_approved_and_is_withdrawn() {
    let mut case = case();
    let second = case.corrected();
    let at = Some(case.at(&second));
    let now = case.now(&case.verdict);
    assert_eq!(
        (now.word, now.correction_pending),
        (W::CorrectionPending, at)
    );
    case.say(CAROL, attest(second, Decision::Reject));
    let now = case.now(&case.verdict);
    assert_eq!((now.word, now.correction_rejected), (W::Approved, at));
    case.say(CAROL, attest(second, Decision::Approve));
    let now = case.now(&case.verdict);
    assert_eq!((now.word, now.superseded_by), (W::Superseded, at));
    assert!(!now.is_live());
    assert_eq!(now.current_again_since, None);
    let withdrawal = case.say(BOB, withdraw(second));
    let now = case.now(&case.verdict);
    assert_eq!((now.word, now.superseded_by), (W::Approved, None));
    assert_eq!(now.current_again_since, Some(case.at(&withdrawal)));
    assert!(now.is_live());
}

#[test]
fn a_correction_that_was_never_approved_makes_nothing_current_again() {
    let mut case = case();
    let second = case.corrected();
    case.say(BOB, withdraw(second));
    assert_eq!(case.now(&case.verdict).current_again_since, None);
    // A claim needs no approval.
    let mut body = claim("it pours");
    body.correction = correction(case.claim, CorrectionKind::Correction);
    let body = case.say(BOB, body);
    let withdrawal = case.say(BOB, withdraw(body));
    let now = case.now(&case.claim);
    assert_eq!(
        (now.word, now.current_again_since),
        (W::Live, Some(case.at(&withdrawal)))
    );
}

#[test]
fn a_later_word_of_the_same_person_replaces_the_earlier_and_one_may_not_count() {
    let mut case = case();
    let later = case.say(CAROL, attest(case.verdict, Decision::Reject));
    let now = case.now(&case.approval);
    assert_eq!(
        (now.word, now.replaced_by),
        (W::Replaced, Some(case.at(&later)))
    );
    assert_eq!(case.word(&later), W::Live);
    let outside = case.say(PIA, attest(case.verdict, Decision::Approve));
    let now = case.now(&outside);
    assert_eq!(
        (now.word, now.discount),
        (W::DoesNotCount, Some(Discount::Organisation))
    );
}

#[test]
fn policies_and_scale_versions_are_in_force_or_replaced() {
    let mut case = case();
    let first = case.desk.id(EntryIndex::new(9));
    assert_eq!(case.word(&first), W::InForce);
    let second = case.say(ADA, policy("desk", 2));
    let now = case.now(&first);
    assert_eq!(
        (now.word, now.replaced_by),
        (W::Replaced, Some(case.at(&second)))
    );
    let scale = case.desk.scale();
    let newer = case.say(ADA, crate::rules::tests::bodies::scale("desk", 2));
    assert_eq!(case.now(&scale).replaced_by, Some(case.at(&newer)));
    // One set with a stolen key replaces nothing.
    let from = case.at(&second);
    let third = case.say(DAN, policy("desk", 3));
    case.say(ADA, revoke(&secret(DAN), Some(from)));
    assert_eq!(case.word(&third), W::Distrusted);
    assert_eq!(case.word(&second), W::InForce);
}

#[test]
fn what_rests_on_something_fallen_says_on_what_and_why_through_evidence_and_sources() {
    let mut case = case();
    let mut hearsay = source("somebody told me");
    hearsay.publisher = text("Told");
    let upstream = case.say(BOB, hearsay);
    let told = case.say(BOB, never_held("told by the paper", upstream));
    let second = case.say(BOB, evidence(case.claim, told, Stance::Supports));
    let scale = case.desk.scale();
    let rests = case.say(BOB, verdict(case.claim, scale, &[second]));
    assert_eq!(case.word(&rests), W::Unapproved);
    let withdrawal = case.say(BOB, withdraw(upstream));
    for id in [told, second, rests] {
        let now = case.now(&id);
        assert_eq!(now.word, W::RestsOnFallen);
        assert_eq!(now.rests_on_fallen.len(), 1);
        let fallen = now.rests_on_fallen[0];
        assert_eq!(fallen.entry, case.at(&upstream));
        assert_eq!(fallen.because, Because::Withdrawn);
        assert_eq!(fallen.by, case.at(&withdrawal));
    }
    // Through `via` too.
    let paper = case.say(BOB, source("the paper again"));
    let mut via = evidence(case.claim, case.paper, Stance::Supports);
    via.via = vec![paper];
    let via = case.say(BOB, via);
    case.say(BOB, withdraw(paper));
    assert_eq!(case.word(&via), W::RestsOnFallen);
    assert_eq!(case.word(&case.verdict), W::Approved);
}

#[test]
fn a_version_that_puts_a_typing_error_right_makes_nothing_fall() {
    let mut case = case();
    for (kind, word) in [
        (CorrectionKind::Typo, W::Approved),
        (CorrectionKind::Correction, W::RestsOnFallen),
    ] {
        let newest = case.desk.reading().newest(case.at(&case.paper)).unwrap();
        let mut body = source(kind.as_str());
        body.correction = correction(case.desk.id(newest.unwrap()), kind);
        let body = case.say(BOB, body);
        assert_eq!(case.word(&case.verdict), word, "{kind:?}");
        assert_eq!(case.word(&body), W::Live);
    }
    let now = case.now(&case.verdict);
    assert_eq!(now.rests_on_fallen[0].because, Because::Superseded);
}

#[test]
fn what_corrects_withdraws_or_objects_names_what_fell_without_falling() {
    let mut case = case();
    let doubt = case.say(CAROL, dispute(case.claim));
    let withdrawal = case.say(BOB, withdraw(case.claim));
    assert_eq!(case.word(&withdrawal), W::Live);
    let now = case.now(&doubt);
    assert_eq!((now.word, now.outcome), (W::Open, None));
    assert!(now.rests_on_fallen.is_empty());
    assert_eq!(case.word(&case.evidence), W::RestsOnFallen);
}

#[test]
fn an_upheld_objection_comes_before_what_is_only_approved_until_it_is_settled() {
    let mut case = case();
    let doubt = case.say(CAROL, dispute(case.verdict));
    let mut upheld = answer(doubt);
    upheld.outcome = Outcome::PartlyUpheld;
    let answered = case.say(ADA, upheld);
    assert_eq!(case.word(&case.verdict), W::ObjectionUpheld);
    let now = case.now(&doubt);
    assert_eq!(
        (now.word, now.outcome),
        (W::Answered, Some(Outcome::PartlyUpheld))
    );
    assert_eq!(case.word(&answered), W::Live);
    let second = case.corrected();
    assert_eq!(case.word(&case.verdict), W::ObjectionUpheld);
    case.say(CAROL, attest(second, Decision::Approve));
    let now = case.now(&case.verdict);
    assert_eq!(now.word, W::Superseded);
    assert_eq!(now.objections[0].settled, Some(case.at(&second)));
}

#[test]
fn a_withholding_is_taken_back_and_an_enrolment_is_replaced_or_ended() {
    let mut case = case();
    let bytes = case.desk.view_bytes(&case.paper);
    let hidden = case.say(ADA, withhold(case.paper, bytes));
    assert_eq!(case.word(&hidden), W::Live);
    let back = case.say(ADA, withdraw(hidden));
    let now = case.now(&hidden);
    assert_eq!(
        (now.word, now.withdrawn_by),
        (W::Withdrawn, Some(case.at(&back)))
    );
    let enrolled = case.desk.id(EntryIndex::new(1));
    assert_eq!(case.word(&enrolled), W::Live);
    let ended = case.say(ADA, revoke(&secret(BOB), None));
    let now = case.now(&enrolled);
    assert_eq!(
        (now.word, now.replaced_by),
        (W::Replaced, Some(case.at(&ended)))
    );
}

#[test]
fn a_source_that_another_organisation_took_back_does_not_fall_for_who_had_named_it() {
    let mut case = case();
    let theirs = case.say(PIA, source("their paper"));
    let ours = case.say(BOB, evidence(case.claim, theirs, Stance::Supports));
    let own = case.say(PIA, evidence(case.claim, theirs, Stance::Refutes));
    case.say(PIA, withdraw(theirs));
    assert_eq!(case.word(&ours), W::Live);
    assert_eq!(case.word(&own), W::RestsOnFallen);
}

#[test]
fn a_long_chain_of_hearsay_is_followed_to_its_end() {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    let first = desk.say(&bob, source("it rained").into());
    let mut last = first;
    for _ in 0..300 {
        let next = never_held(&format!("heard in {}", desk.size()), last);
        last = desk.say(&bob, next.into());
    }
    desk.say(&bob, withdraw(first).into());
    let standings = Standings::at(&desk.view, desk.size()).unwrap();
    let now = standings.of(desk.index(&last)).unwrap().unwrap();
    assert_eq!(now.rests_on_fallen[0].entry, desk.index(&first));
}
