//! The standing of verdicts, as of each size, and which one is current.

use super::bodies::*;
use super::desk::*;
use crate::crypto::Digest;
use crate::encoding::millis::UnixMillis;
use crate::model::attestation::Decision;
use crate::model::correction::CorrectionKind;
use crate::model::evidence::Stance;
use crate::model::verdict::{ConflictOfInterest, Verdict};
use crate::model::{FreeText, StatementId};
use crate::rules::standing::approval::Discount;
use crate::rules::standing::deadline::{correction_due, disputes_open};
use crate::rules::standing::verdict::standing;
use crate::rules::{ApprovalOutcome, Lack, Standing, current, currents};
use crate::tlog::{EntryIndex, TreeSize};

struct Matter {
    desk: Desk,
    claim: StatementId,
    evidence: StatementId,
    paper: StatementId,
}

fn matter() -> Matter {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    let claim = desk.say(&bob, claim("it rains").into());
    let paper = desk.say(&bob, source("it rained").into());
    let evidence = desk.say(&bob, evidence(claim, paper, Stance::Supports).into());
    Matter {
        desk,
        claim,
        evidence,
        paper,
    }
}

impl Matter {
    fn body(&self) -> Verdict {
        verdict(self.claim, self.desk.scale(), &[self.evidence])
    }

    /// The same on the scale of Pia's organisation, which is set here.
    fn theirs(&mut self) -> Verdict {
        let scale = self.say(OLGA, scale("other", 1));
        verdict(self.claim, scale, &[self.evidence])
    }

    fn correcting(&self, earlier: StatementId) -> Verdict {
        Verdict {
            correction: correction(earlier, CorrectionKind::RatingChange),
            ..self.body()
        }
    }

    fn say(&mut self, who: u8, body: impl Into<crate::model::Body>) -> StatementId {
        self.desk.say(&secret(who), body.into())
    }

    fn at(&self, id: &StatementId, size: TreeSize) -> Standing {
        let reading = self.desk.reading_at(size);
        standing(&reading, self.desk.index(id)).unwrap().unwrap()
    }

    fn now(&self, id: &StatementId) -> Standing {
        self.at(id, self.desk.size())
    }

    fn outcome(&self, id: &StatementId) -> ApprovalOutcome {
        self.now(id).approval.outcome
    }

    fn current(&self) -> Option<EntryIndex> {
        self.current_at(self.desk.size())
    }

    fn current_at(&self, size: TreeSize) -> Option<EntryIndex> {
        let reading = self.desk.reading_at(size);
        let found = currents(&reading, self.desk.index(&self.claim)).unwrap();
        assert!(found.len() < 2, "one organisation here has verdicts");
        found.first().map(|standing| standing.entry)
    }
}

#[test]
fn a_verdict_is_unapproved_until_another_approves_it() {
    let mut m = matter();
    let body = m.body();
    let it = m.say(BOB, body);
    let issued = m.desk.size();
    assert_eq!(
        m.now(&it).approval.lacks,
        [
            Lack::Approvals { have: 0, need: 1 },
            Lack::Holders { have: 0, need: 1 },
            Lack::Organisations { have: 0, need: 1 },
        ]
    );
    assert_eq!(m.current(), Some(m.desk.index(&it)));
    m.say(CAROL, attest(it, Decision::Abstain));
    assert_eq!(m.outcome(&it), ApprovalOutcome::Unapproved);
    m.say(CAROL, attest(it, Decision::Approve));
    assert_eq!(m.outcome(&it), ApprovalOutcome::Approved);
    m.say(CAROL, publish(it));
    assert_eq!(
        m.now(&it).publications.published,
        [m.desk.size().last().unwrap()]
    );
    // At the size at which it was issued its standing does not change.
    assert_eq!(
        m.at(&it, issued).approval.outcome,
        ApprovalOutcome::Unapproved
    );
    assert_eq!(m.at(&it, issued).publications.published, []);
}

#[test]
fn a_rejection_blocks_until_the_same_holder_replaces_it() {
    let mut m = matter();
    let body = m.body();
    let it = m.say(BOB, body);
    m.say(ADA, attest(it, Decision::Approve));
    m.say(CAROL, attest(it, Decision::Reject));
    let rejection = m.desk.size().last().unwrap();
    assert_eq!(m.outcome(&it), ApprovalOutcome::Rejected);
    assert_eq!(
        m.now(&it).approval.lacks,
        [Lack::Rejected { by: rejection }]
    );
    assert_eq!(m.current(), None);
    m.say(CAROL, attest(it, Decision::Recuse));
    assert_eq!(m.outcome(&it), ApprovalOutcome::Approved);
}

#[test]
fn two_editors_in_the_same_second_are_two_approvals() {
    let mut m = matter();
    m.say(ADA, policy("desk", 2));
    let body = m.body();
    let it = m.say(BOB, body);
    let second = m.desk.time;
    m.say(ADA, attest(it, Decision::Approve));
    m.desk.time = second;
    m.say(CAROL, attest(it, Decision::Approve));
    assert_eq!(m.outcome(&it), ApprovalOutcome::Approved);
    // One editor twice is one.
    let body = m.body();
    let other = m.say(BOB, body);
    m.say(CAROL, attest(other, Decision::Approve));
    m.say(CAROL, attest(other, Decision::Approve));
    assert_eq!(m.outcome(&other), ApprovalOutcome::Unapproved);
}

#[test]
fn each_verdict_is_judged_by_the_policy_in_force_at_its_entry() {
    let mut m = matter();
    let body = m.body();
    let early = m.say(BOB, body.clone());
    m.say(ADA, policy("desk", 2));
    let late = m.say(BOB, body);
    for it in [early, late] {
        m.say(CAROL, attest(it, Decision::Approve));
    }
    assert_eq!(m.outcome(&early), ApprovalOutcome::Approved);
    assert_eq!(m.outcome(&late), ApprovalOutcome::Unapproved);
    assert_eq!(
        m.now(&late).approval.lacks,
        [
            Lack::Approvals { have: 1, need: 2 },
            Lack::Holders { have: 1, need: 2 }
        ]
    );
}

#[test]
fn a_policy_counts_roles_organisations_and_declared_conflicts() {
    let mut m = matter();
    let mut strict = policy("desk", 2);
    strict.roles = vec![crate::model::organisation::Role::Editor];
    strict.organisations = 2;
    strict.approvals_from = vec![slug("other")];
    strict.conflicts_declared = true;
    m.say(ADA, strict);
    let mut body = m.body();
    body.conflict = Some(ConflictOfInterest::None);
    let it = m.say(BOB, body);
    let mut silent = attest(it, Decision::Approve);
    m.say(CAROL, silent.clone());
    let word = m.now(&it).approval.words[0].clone();
    assert_eq!(word.discount, Some(Discount::Conflict));
    // A sealed declaration tells nobody what it declares.
    let sealed = FreeText::Sealed(Digest::from_bytes([9; 32]));
    silent.conflict = Some(ConflictOfInterest::Declared(sealed.clone()));
    m.say(CAROL, silent.clone());
    let word = m.now(&it).approval.words[0].clone();
    assert_eq!(word.discount, Some(Discount::Conflict));
    silent.conflict = Some(ConflictOfInterest::Declared(text("an uncle of mine")));
    let open = silent;
    m.say(CAROL, open.clone());
    m.say(ADA, open.clone());
    assert_eq!(
        m.now(&it).approval.lacks,
        [Lack::Organisations { have: 1, need: 2 }]
    );
    m.say(PIA, open);
    assert_eq!(m.outcome(&it), ApprovalOutcome::Approved);
    let mut body = m.body();
    let undeclared = m.say(BOB, body.clone());
    body.conflict = Some(ConflictOfInterest::Declared(FreeText::Sealed(
        Digest::from_bytes([8; 32]),
    )));
    let sealed = m.say(BOB, body);
    for verdict in [undeclared, sealed] {
        let lacks = m.now(&verdict).approval.lacks;
        assert!(lacks.contains(&Lack::AuthorsConflict));
    }
}

#[test]
fn without_a_policy_nothing_is_approved() {
    let mut m = matter();
    let body = m.theirs();
    let it = m.say(PIA, body.clone());
    m.say(CAROL, attest(it, Decision::Approve));
    assert_eq!(m.now(&it).approval.lacks, [Lack::NoPolicy]);
    m.say(OLGA, policy("other", 0));
    let free = m.say(PIA, body);
    assert_eq!(m.outcome(&free), ApprovalOutcome::Approved);
}

/// A verdict that a claim is true, on as many first-hand sources and as many of unknown origin.
fn resting_on(m: &mut Matter, traced: u8, untraced: u8) -> Verdict {
    let claim = m.say(BOB, claim(&format!("{traced} and {untraced}")));
    let mut all = Vec::new();
    for n in 0..traced + untraced {
        let mut body = source(&format!("{traced} {untraced} {n}"));
        body.publisher = text(&format!("Paper {n}"));
        let source = m.say(BOB, body);
        if n < traced {
            m.say(BOB, assess(source, claim));
        }
        all.push(m.say(BOB, evidence(claim, source, Stance::Supports)));
    }
    let mut body = verdict(claim, m.desk.scale(), &all);
    body.rating = slug("true");
    body
}

#[test]
fn required_traced_origins_are_met_not_met_or_unknown_and_can_be_waived() {
    let mut m = matter();
    let mut two = policy("desk", 1);
    two.traced_origins = 2;
    m.say(ADA, two);
    let origins = |have, cannot_tell| Lack::Origins {
        side: crate::model::scale::Needs::Support,
        have: Some(have),
        need: 2,
        cannot_tell,
    };
    let enough = resting_on(&mut m, 2, 0);
    let few = resting_on(&mut m, 1, 0);
    let unclear = resting_on(&mut m, 1, 1);
    let unneeded = m.body();
    let rows = [
        (enough, None),
        (few, Some(origins(1, false))),
        (unclear.clone(), Some(origins(1, true))),
        (unneeded, None),
    ];
    for (body, lack) in rows {
        let it = m.say(BOB, body);
        m.say(CAROL, attest(it, Decision::Approve));
        let approval = m.now(&it).approval;
        assert_eq!(approval.lacks, lack.into_iter().collect::<Vec<_>>());
        assert!(!approval.exempted);
    }
    let it = m.say(BOB, unclear);
    let mut waived = attest(it, Decision::Approve);
    waived.exemption = Some(text("there is only one witness"));
    m.say(CAROL, waived);
    assert_eq!(m.outcome(&it), ApprovalOutcome::Approved);
    assert!(m.now(&it).approval.exempted);
}

#[test]
fn a_verdict_stays_current_until_its_correction_is_approved() {
    let mut m = matter();
    let body = m.body();
    let old = m.say(BOB, body);
    m.say(CAROL, attest(old, Decision::Approve));
    let correcting = m.correcting(old);
    let new = m.say(BOB, correcting.clone());
    let pending = m.desk.size();
    assert_eq!(m.now(&old).correction_pending, Some(m.desk.index(&new)));
    assert_eq!(m.current(), Some(m.desk.index(&old)));
    let refusal = m.desk.try_say(&secret(ADA), correcting.into()).unwrap_err();
    assert_eq!(refusal.code(), "already-superseded");
    assert!(refusal.to_string().contains(&new.to_string()));
    m.say(CAROL, attest(new, Decision::Approve));
    assert_eq!(m.now(&old).superseded_by, Some(m.desk.index(&new)));
    assert_eq!(m.now(&old).correction_pending, None);
    assert_eq!(m.current(), Some(m.desk.index(&new)));
    assert_eq!(m.current_at(pending), Some(m.desk.index(&old)));
}

#[test]
fn a_rejected_correction_does_not_block_later_ones() {
    let mut m = matter();
    let body = m.body();
    let old = m.say(BOB, body);
    m.say(CAROL, attest(old, Decision::Approve));
    let body = m.correcting(old);
    let bad = m.say(BOB, body);
    m.say(CAROL, attest(bad, Decision::Reject));
    assert_eq!(m.now(&old).correction_pending, None);
    assert_eq!(m.current(), Some(m.desk.index(&old)));
    // One solution: correct the rejected one; its approval then replaces both.
    let body = m.correcting(bad);
    let good = m.say(BOB, body);
    assert_eq!(m.now(&old).correction_pending, Some(m.desk.index(&good)));
    m.say(CAROL, attest(good, Decision::Approve));
    for replaced in [old, bad] {
        assert_eq!(m.now(&replaced).superseded_by, Some(m.desk.index(&good)));
    }
    assert_eq!(m.current(), Some(m.desk.index(&good)));
    // The other: withdraw it; then the earlier one can be corrected again.
    let body = m.correcting(good);
    let worse = m.say(BOB, body.clone());
    m.say(CAROL, attest(worse, Decision::Reject));
    m.say(BOB, withdraw(worse));
    let better = m.say(BOB, body);
    m.say(CAROL, attest(better, Decision::Approve));
    assert_eq!(m.current(), Some(m.desk.index(&better)));
}

#[test]
fn withdrawn_and_distrusted_verdicts_are_not_current() {
    let mut m = matter();
    let body = m.body();
    let first = m.say(BOB, body.clone());
    m.say(CAROL, attest(first, Decision::Approve));
    m.say(BOB, withdraw(first));
    assert_eq!(m.now(&first).withdrawn_by, m.desk.size().last());
    assert_eq!(m.current(), None);
    let approving = attest(first, Decision::Approve);
    assert_eq!(
        m.desk.refused(&secret(CAROL), approving.into()),
        "reference-withdrawn"
    );
    let from = m.desk.size().next();
    let second = m.say(BOB, body);
    m.say(CAROL, attest(second, Decision::Approve));
    assert_eq!(m.current(), Some(m.desk.index(&second)));
    // An approval by a stolen key does not count.
    let approved = m.desk.size();
    m.say(DAN, revoke(&secret(CAROL), Some(from)));
    assert_eq!(m.outcome(&second), ApprovalOutcome::Unapproved);
    assert_eq!(
        m.at(&second, approved).approval.outcome,
        ApprovalOutcome::Approved
    );
    m.say(DAN, revoke(&secret(BOB), Some(from)));
    assert!(m.now(&second).distrusted);
    assert_eq!(m.current(), None);
}

#[test]
fn a_verdict_on_a_distrusted_scale_is_not_approved() {
    let mut m = matter();
    let from = m.desk.size().next();
    let forged = m.say(DAN, scale("desk", 2));
    let body = verdict(m.claim, forged, &[m.evidence]);
    let it = m.say(BOB, body);
    m.say(CAROL, attest(it, Decision::Approve));
    assert_eq!(m.outcome(&it), ApprovalOutcome::Approved);
    m.say(ADA, revoke(&secret(DAN), Some(from)));
    assert_eq!(m.now(&it).approval.lacks, [Lack::ScaleDistrusted]);
}

#[test]
fn changes_under_a_verdict_are_reported_and_the_verdict_stays() {
    let mut m = matter();
    let body = m.body();
    let it = m.say(BOB, body);
    assert!(m.desk.fallen(&it).is_empty());
    let mut spelled = source("it rained");
    spelled.correction = correction(m.paper, CorrectionKind::Typo);
    let spelled = m.say(BOB, spelled);
    assert!(m.desk.fallen(&it).is_empty(), "it says the same");
    let mut newer = source("it rained much");
    newer.correction = correction(spelled, CorrectionKind::Update);
    m.say(BOB, newer);
    assert_eq!(m.desk.fallen(&it), [m.desk.index(&m.paper)]);
    let evidence = m.evidence;
    m.say(BOB, withdraw(evidence));
    assert_eq!(m.desk.fallen(&it), [m.desk.index(&evidence)]);
    assert!(m.now(&it).holds());
}

#[test]
fn each_organisation_has_its_own_current_verdict() {
    let mut m = matter();
    m.say(OLGA, policy("other", 0));
    let body = m.body();
    let ours = m.say(BOB, body);
    m.say(CAROL, attest(ours, Decision::Approve));
    let body = m.theirs();
    let theirs = m.say(PIA, body);
    let reading = m.desk.reading();
    let claim = m.desk.index(&m.claim);
    let of = |organisation| {
        let found = current(&reading, claim, organisation).unwrap();
        found.map(|standing| standing.entry)
    };
    let desk = m.now(&ours).organisation;
    let other = m.now(&theirs).organisation;
    assert_eq!(of(desk), Some(m.desk.index(&ours)));
    assert_eq!(of(other), Some(m.desk.index(&theirs)));
    assert_eq!(of(m.now(&ours).claim), None);
    let each = currents(&reading, claim).unwrap();
    let each: Vec<EntryIndex> = each.iter().map(|standing| standing.entry).collect();
    assert_eq!(each, [m.desk.index(&ours), m.desk.index(&theirs)]);
}

const DAY: u64 = 24 * 60 * 60 * 1_000;

#[test]
fn deadlines_are_computed_for_a_given_time() {
    let mut m = matter();
    let mut ten_days = policy("desk", 1);
    ten_days.correction_days = Some(10);
    m.say(ADA, ten_days);
    let body = m.body();
    let it = m.say(BOB, body);
    let doubted = m.say(CAROL, dispute(it));
    assert!(m.now(&it).is_disputed());
    let opened = m.desk.view_time(&doubted);
    let open = |m: &Matter, now| {
        let reading = m.desk.reading();
        disputes_open(&reading, m.desk.index(&it), now).unwrap()
    };
    let after = |m: &Matter, days| open(m, opened.plus_millis(days * DAY))[0].clone();
    // Nothing is due before an answer.
    assert_eq!((after(&m, 3).days, after(&m, 3).due), (3, None));
    m.say(ADA, answer(doubted));
    assert!(!m.now(&it).is_disputed());
    // Upheld, and nothing corrected yet: due ten days after the day of the answer.
    assert!(after(&m, 1).upheld);
    assert_eq!(after(&m, 1).due, Some("2026-01-11".parse().unwrap()));
    m.desk.time = START_MILLIS + 10 * DAY + DAY / 2;
    let mut body = m.correcting(it);
    body.correction.as_mut().unwrap().reported = Some("2026-01-01".parse().unwrap());
    let corrected = m.say(BOB, body.clone());
    // A correction settles it once it is approved.
    assert!(after(&m, 1).upheld);
    m.say(CAROL, attest(corrected, Decision::Approve));
    assert!(open(&m, opened.plus_millis(20 * DAY)).is_empty());
    let due = |m: &Matter, id: &StatementId| {
        let reading = m.desk.reading();
        correction_due(&reading, m.desk.index(id)).unwrap()
    };
    let found = due(&m, &corrected).unwrap();
    assert_eq!(found.due, UnixMillis::new(START_MILLIS + 11 * DAY - 1));
    assert!(!found.late);
    m.say(BOB, withdraw(corrected));
    m.desk.time = START_MILLIS + 11 * DAY;
    let late = m.say(BOB, body.clone());
    assert!(due(&m, &late).unwrap().late);
    m.say(BOB, withdraw(late));
    body.correction.as_mut().unwrap().reported = Some("2026-01".parse().unwrap());
    let vague = m.say(BOB, body);
    assert_eq!(due(&m, &vague), None);
}
