//! Objections: who may open, answer and withdraw them, and when an upheld one is settled.

use super::bodies::*;
use super::desk::*;
use crate::model::attestation::Decision;
use crate::model::correction::CorrectionKind;
use crate::model::dispute::{Answer, Outcome};
use crate::model::organisation::Role;
use crate::model::policy::Policy;
use crate::model::{Body, StatementId};
use crate::rules::Standing;
use crate::rules::standing::objection::Disputed;
use crate::rules::standing::verdict::standing;

struct Matter {
    desk: Desk,
    claim: StatementId,
    verdict: StatementId,
}

/// A claim and a verdict of Bob's, approved by Carol; ten days for a correction.
fn matter() -> Matter {
    let mut desk = Desk::staffed();
    desk.say(&secret(ADA), ten_days().into());
    let bob = secret(BOB);
    let claim = desk.say(&bob, claim("it rains").into());
    let scale = desk.scale();
    let verdict = desk.say(&bob, verdict(claim, scale, &[]).into());
    desk.say(&secret(CAROL), attest(verdict, Decision::Approve).into());
    Matter {
        desk,
        claim,
        verdict,
    }
}

fn ten_days() -> Policy {
    Policy {
        correction_days: Some(10),
        ..policy("desk", 1)
    }
}

fn answered(dispute: StatementId, outcome: Outcome) -> Answer {
    Answer {
        outcome,
        ..answer(dispute)
    }
}

impl Matter {
    fn say(&mut self, who: u8, body: impl Into<Body>) -> StatementId {
        self.desk.say(&secret(who), body.into())
    }

    fn refused(&mut self, who: u8, body: impl Into<Body>) -> String {
        self.desk.refused(&secret(who), body.into()).to_string()
    }

    fn standing(&self, verdict: &StatementId) -> Standing {
        let reading = self.desk.reading();
        standing(&reading, self.desk.index(verdict))
            .unwrap()
            .unwrap()
    }

    fn disputed(&self) -> Disputed {
        self.standing(&self.verdict).disputes[0].clone()
    }

    fn correcting(&self, earlier: StatementId) -> Body {
        let mut body = verdict(self.claim, self.desk.scale(), &[]);
        body.correction = correction(earlier, CorrectionKind::RatingChange);
        body.into()
    }
}

#[test]
fn who_objects_cannot_answer_and_no_outsider_can() {
    let mut m = matter();
    let verdict = m.verdict;
    let doubted = m.say(PIA, dispute(verdict));
    for outcome in [Outcome::Upheld, Outcome::Rejected, Outcome::Reply] {
        // Pia of the other organisation opened it.
        assert_eq!(
            m.refused(PIA, answered(doubted, outcome)),
            "own-statement",
            "{outcome}"
        );
    }
    m.desk.enroll(OLGA, 30, "eve", "other", &[Role::Editor]);
    for outcome in [Outcome::Upheld, Outcome::Rejected, Outcome::Reply] {
        assert_eq!(
            m.refused(30, answered(doubted, outcome)),
            "other-organisation",
            "{outcome}"
        );
    }
    // An editor who approved the verdict may answer: a small desk has no other.
    m.say(CAROL, answered(doubted, Outcome::Rejected));
    assert_eq!(m.disputed().outcome, Some(Outcome::Rejected));
    assert_eq!(m.refused(ADA, answer(doubted)), "dispute-answered");
}

#[test]
fn a_colleague_of_a_listed_organisation_may_answer() {
    let mut m = matter();
    let verdict = m.verdict;
    let doubted = m.say(CAROL, dispute(verdict));
    assert_eq!(m.refused(PIA, answer(doubted)), "other-organisation");
    let listing = Policy {
        approvals_from: vec![slug("other")],
        ..ten_days()
    };
    m.say(ADA, listing);
    m.say(PIA, answered(doubted, Outcome::Rejected));
    // What was answered while listed stays.
    m.say(ADA, ten_days());
    assert_eq!(m.disputed().outcome, Some(Outcome::Rejected));
}

#[test]
fn the_author_replies_and_ends_nothing() {
    let mut m = matter();
    let verdict = m.verdict;
    let doubted = m.say(CAROL, dispute(verdict));
    assert_eq!(
        m.refused(BOB, answered(doubted, Outcome::Rejected)),
        "own-statement"
    );
    let reply = m.say(BOB, answered(doubted, Outcome::Reply));
    assert!(m.standing(&verdict).is_disputed());
    assert_eq!(m.disputed().replies, [m.desk.index(&reply)]);
    assert_eq!(m.disputed().outcome, None);
    // A reply does not block the answer, and its author may take it back.
    m.say(BOB, withdraw(reply));
    assert!(m.disputed().replies.is_empty());
    m.say(ADA, answer(doubted));
    assert_eq!(m.disputed().outcome, Some(Outcome::Upheld));
}

#[test]
fn an_objection_is_withdrawn_by_the_person_who_opened_it() {
    let mut m = matter();
    let verdict = m.verdict;
    let doubted = m.say(CAROL, dispute(verdict));
    // Neither a colleague nor an admin ends it while Carol can sign, and no other organisation ever does.
    assert_eq!(m.refused(BOB, withdraw(doubted)), "other-person");
    assert_eq!(m.refused(ADA, withdraw(doubted)), "other-person");
    assert_eq!(m.refused(PIA, withdraw(doubted)), "not-its-organisation");
    m.say(CAROL, withdraw(doubted));
    assert!(m.standing(&verdict).disputes.is_empty());
    assert_eq!(m.refused(ADA, answer(doubted)), "reference-withdrawn");
}

#[test]
fn an_admin_withdraws_the_objection_of_a_person_who_has_no_key_left() {
    let mut m = matter();
    let verdict = m.verdict;
    m.desk.enroll(ADA, 30, "carol", "desk", &[Role::Editor]);
    let doubted = m.say(CAROL, dispute(verdict));
    m.say(DAN, revoke(&secret(CAROL), None));
    assert_eq!(m.refused(DAN, withdraw(doubted)), "other-person");
    m.say(DAN, revoke(&secret(30), None));
    assert_eq!(m.refused(BOB, withdraw(doubted)), "role-missing");
    m.say(DAN, withdraw(doubted));
    assert!(m.standing(&verdict).disputes.is_empty());
}

#[test]
fn an_answered_objection_is_not_withdrawn_and_an_answer_is() {
    let mut m = matter();
    let verdict = m.verdict;
    let doubted = m.say(PIA, dispute(verdict));
    let wrong = m.say(CAROL, answer(doubted));
    assert_eq!(m.refused(PIA, withdraw(doubted)), "dispute-answered");
    // Neither the author of the verdict nor who opened the dispute takes an answer back.
    assert_eq!(m.refused(BOB, withdraw(wrong)), "own-statement");
    assert_eq!(m.refused(PIA, withdraw(wrong)), "own-statement");
    m.say(ADA, withdraw(wrong));
    assert!(m.standing(&verdict).is_disputed());
    m.say(CAROL, answered(doubted, Outcome::Rejected));
    assert_eq!(m.disputed().outcome, Some(Outcome::Rejected));
}

#[test]
fn what_was_done_is_withdrawn_by_a_role_that_may_do_it() {
    let mut m = matter();
    let verdict = m.verdict;
    let published = m.say(CAROL, publish(verdict));
    assert_eq!(m.refused(BOB, withdraw(published)), "role-missing");
    assert_eq!(m.refused(PIA, withdraw(published)), "not-its-organisation");
    m.say(CAROL, withdraw(published));
    assert!(m.standing(&verdict).publications.published.is_empty());
    let paper = m.say(IMPORTER, source("it rained"));
    let captured = m.say(IMPORTER, capture(paper, "it rained much"));
    let transcript = m.say(IMPORTER, transcribe(paper, "it rained", "It rained."));
    for done in [captured, transcript] {
        assert_eq!(m.refused(CAROL, withdraw(done)), "role-missing");
        assert_eq!(m.refused(PIA, withdraw(done)), "not-its-organisation");
        m.say(IMPORTER, withdraw(done));
    }
    let hidden = m.say(CAROL, withhold(paper, snapshot("it rained").sha256));
    assert_eq!(m.refused(BOB, withdraw(hidden)), "role-missing");
    assert_eq!(m.refused(OLGA, withdraw(hidden)), "not-its-organisation");
    m.say(DAN, withdraw(hidden));
    // An importer withdraws no conclusion.
    assert_eq!(m.refused(IMPORTER, withdraw(verdict)), "role-missing");
}

#[test]
fn the_hosts_withholding_is_taken_back_by_the_founders_admins() {
    let mut m = matter();
    m.say(IMPORTER, source("it rained"));
    let mut everywhere = withhold(m.claim, snapshot("it rained").sha256);
    everywhere.source = None;
    let hidden = m.say(DAN, everywhere);
    assert_eq!(m.refused(CAROL, withdraw(hidden)), "role-missing");
    assert_eq!(m.refused(OLGA, withdraw(hidden)), "founder-only");
    m.say(ADA, withdraw(hidden));
}

#[test]
fn an_upheld_objection_is_settled_by_the_approved_correction_while_it_stands() {
    for outcome in [Outcome::Upheld, Outcome::PartlyUpheld] {
        let mut m = matter();
        let verdict = m.verdict;
        let doubted = m.say(PIA, dispute(verdict));
        m.say(ADA, answered(doubted, outcome));
        assert!(m.disputed().is_due());
        assert_eq!(m.disputed().due, Some("2026-01-11".parse().unwrap()));
        let body = m.correcting(verdict);
        let better = m.say(BOB, body);
        assert!(m.disputed().is_due(), "nobody has approved the correction");
        m.say(CAROL, attest(better, Decision::Approve));
        let found = m.disputed();
        assert_eq!(found.settled, Some(m.desk.index(&better)));
        assert_eq!((found.is_due(), found.due), (false, None));
        // The correction falls: it is due again.
        m.say(CAROL, attest(better, Decision::Abstain));
        assert!(m.disputed().is_due());
        m.say(CAROL, attest(better, Decision::Approve));
        m.say(BOB, withdraw(better));
        assert!(m.disputed().is_due());
        let gone = m.say(BOB, withdraw(verdict));
        assert_eq!(m.disputed().settled, Some(m.desk.index(&gone)));
    }
}

#[test]
fn a_correction_that_was_signed_before_the_objection_settles_it_only_if_it_was_approved_after() {
    let mut m = matter();
    let verdict = m.verdict;
    let body = m.correcting(verdict);
    let better = m.say(BOB, body);
    let doubted = m.say(PIA, dispute(verdict));
    m.say(ADA, answer(doubted));
    assert!(m.disputed().is_due());
    m.say(CAROL, attest(better, Decision::Approve));
    assert_eq!(m.disputed().settled, Some(m.desk.index(&better)));
}

#[test]
fn an_objection_to_a_replaced_form_shows_there_and_on_the_newest() {
    let mut m = matter();
    let verdict = m.verdict;
    // This one is settled by the correction that follows, and is not counted.
    m.say(PIA, dispute(verdict));
    let body = m.correcting(verdict);
    let better = m.say(BOB, body);
    m.say(CAROL, attest(better, Decision::Approve));
    assert_eq!(m.standing(&better).disputes, []);
    let late = m.say(PIA, dispute(verdict));
    assert_eq!(m.standing(&verdict).disputes.len(), 2);
    let on_the_newest = m.standing(&better).disputes;
    assert_eq!(on_the_newest.len(), 1);
    assert_eq!(on_the_newest[0].dispute, m.desk.index(&late));
    assert_eq!(on_the_newest[0].form, Some(m.desk.index(&verdict)));
    // Upheld, it asks for a further correction: the earlier one came before it.
    m.say(ADA, answer(late));
    assert!(m.standing(&verdict).disputes[1].is_due());
    assert!(m.standing(&better).disputes[0].is_due());
    let body = m.correcting(better);
    let best = m.say(BOB, body);
    m.say(CAROL, attest(best, Decision::Approve));
    let settled = m.standing(&verdict).disputes[1].settled;
    assert_eq!(settled, Some(m.desk.index(&best)));
    // The objection shows on the newest form as settled, and on the one between no longer.
    assert_eq!(m.standing(&better).disputes, []);
    assert_eq!(m.standing(&best).disputes[0].settled, settled);
}

#[test]
fn an_objection_to_a_claim_is_settled_by_its_correction() {
    let mut m = matter();
    let first = m.claim;
    let doubted = m.say(PIA, dispute(first));
    m.say(CAROL, answer(doubted));
    let mut better = claim("it rains a little");
    better.correction = correction(first, CorrectionKind::Clarification);
    let better = m.say(BOB, better);
    let reading = m.desk.reading();
    let disputes =
        crate::rules::standing::objection::disputes(&reading, m.desk.index(&first)).unwrap();
    assert_eq!(disputes[0].settled, Some(m.desk.index(&better)));
}

#[test]
fn an_answer_by_a_stolen_key_blocks_nothing() {
    let mut m = matter();
    let verdict = m.verdict;
    let doubted = m.say(PIA, dispute(verdict));
    let from = m.desk.size().next();
    let first = m.say(CAROL, answered(doubted, Outcome::Rejected));
    m.say(DAN, revoke(&secret(CAROL), Some(from)));
    assert!(m.standing(&verdict).is_disputed());
    // Carol has no key left that signs, and the objection is open again: it can be withdrawn or answered.
    let second = m.say(ADA, answered(doubted, Outcome::Upheld));
    assert_eq!(m.disputed().answer, Some(m.desk.index(&second)));
    assert_eq!(m.refused(DAN, withdraw(first)), "role-missing");
    m.say(ADA, withdraw(second));
    m.say(PIA, withdraw(doubted));
    assert!(m.standing(&verdict).disputes.is_empty());
}

#[test]
fn a_withdrawal_of_an_objection_by_a_stolen_key_takes_nothing_back() {
    let mut m = matter();
    let verdict = m.verdict;
    m.desk.enroll(ADA, 30, "carol", "desk", &[Role::Editor]);
    let doubted = m.say(CAROL, dispute(verdict));
    let from = m.desk.size().next();
    m.say(30, withdraw(doubted));
    assert!(m.standing(&verdict).disputes.is_empty());
    m.say(DAN, revoke(&secret(30), Some(from)));
    assert!(m.standing(&verdict).is_disputed());
    m.say(ADA, answer(doubted));
    assert_eq!(m.disputed().outcome, Some(Outcome::Upheld));
}

#[test]
fn a_namesake_in_a_listed_organisation_answers_and_another_key_of_the_same_person_does_not() {
    // Namesakes of the author, Bob, and of the person who objects, Carol.
    for name in ["bob", "carol"] {
        let mut m = matter();
        let verdict = m.verdict;
        m.desk.enroll(OLGA, 30, name, "other", &[Role::Editor]);
        m.desk.enroll(ADA, 31, name, "desk", &[Role::Editor]);
        let doubted = m.say(CAROL, dispute(verdict));
        assert_eq!(m.refused(31, answer(doubted)), "own-statement", "{name}");
        assert_eq!(m.refused(30, answer(doubted)), "other-organisation");
        let listing = Policy {
            approvals_from: vec![slug("other")],
            ..ten_days()
        };
        m.say(ADA, listing);
        assert_eq!(m.refused(31, answer(doubted)), "own-statement", "{name}");
        let answered = m.say(30, answer(doubted));
        assert_eq!(m.disputed().answer, Some(m.desk.index(&answered)));
        assert_eq!(m.refused(31, withdraw(answered)), "own-statement");
        m.say(30, withdraw(answered));
    }
}

#[test]
fn an_upheld_objection_is_due_by_the_policy_that_was_in_force_at_its_answer() {
    let due = |days: [Option<u64>; 3]| {
        let mut m = matter();
        let verdict = m.verdict;
        let set = |m: &mut Matter, days: Option<u64>| {
            let policy = Policy {
                correction_days: days,
                ..policy("desk", 1)
            };
            m.say(ADA, policy);
        };
        set(&mut m, days[0]);
        let doubted = m.say(PIA, dispute(verdict));
        set(&mut m, days[1]);
        m.say(CAROL, answer(doubted));
        set(&mut m, days[2]);
        // What another organisation set at that time does not matter.
        let theirs = Policy {
            correction_days: Some(99),
            ..policy("other", 1)
        };
        m.say(OLGA, theirs);
        assert!(m.disputed().is_due());
        m.disputed().due.map(|day| day.to_string())
    };
    let day = |day: &str| Some(day.to_owned());
    assert_eq!(due([Some(5), Some(3), Some(30)]), day("2026-01-04"));
    assert_eq!(due([Some(5), Some(40), None]), day("2026-02-10"));
    assert_eq!(due([Some(5), None, Some(30)]), None);
}
