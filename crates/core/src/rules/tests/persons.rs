//! A person is the pair of organisation and holder: who may be a second person, and whose words count.

use super::bodies::*;
use super::desk::*;
use crate::model::StatementId;
use crate::model::attestation::Decision;
use crate::model::organisation::Role;
use crate::model::policy::Policy;
use crate::rules::standing::approval::Discount;
use crate::rules::standing::verdict::standing;
use crate::rules::{Approval, ApprovalOutcome, Lack};

const NAMESAKE: u8 = 30;
const THIRD: u8 = 31;
const EDITOR_AND_REVIEWER: &[Role] = &[Role::Editor, Role::Reviewer];

/// A desk with a verdict by Bob, under this policy of its organisation.
fn judged_by(policy: Policy) -> (Desk, StatementId) {
    let mut desk = Desk::staffed();
    desk.say(&secret(ADA), policy.into());
    let bob = secret(BOB);
    let claim = desk.say(&bob, claim("it rains").into());
    let scale = desk.scale();
    let it = desk.say(&bob, verdict(claim, scale, &[]).into());
    (desk, it)
}

/// One approval; the words of the organisation `other` count too.
fn hearing_other(approvals: u64) -> Policy {
    Policy {
        approvals_from: vec![slug("other")],
        ..policy("desk", approvals)
    }
}

fn approval(desk: &Desk, verdict: &StatementId) -> Approval {
    let reading = desk.reading();
    let standing = standing(&reading, desk.index(verdict)).unwrap().unwrap();
    standing.approval
}

fn outcome(desk: &Desk, verdict: &StatementId) -> ApprovalOutcome {
    approval(desk, verdict).outcome
}

#[test]
fn a_namesake_of_another_organisation_cannot_overturn_a_rejection() {
    let (mut desk, it) = judged_by(policy("desk", 1));
    desk.say(&secret(ADA), attest(it, Decision::Approve).into());
    desk.say(&secret(CAROL), attest(it, Decision::Reject).into());
    // An admin of the other organisation gives somebody the name of the editor who rejected it.
    desk.enroll(OLGA, NAMESAKE, "carol", "other", EDITOR_AND_REVIEWER);
    let fake = secret(NAMESAKE);
    for decision in [Decision::Approve, Decision::Abstain, Decision::Reject] {
        desk.say(&fake, attest(it, decision).into());
        assert_eq!(outcome(&desk, &it), ApprovalOutcome::Rejected);
        let words = approval(&desk, &it).words;
        assert_eq!(words.len(), 3, "the namesakes are two people");
        assert_eq!(words[2].discount, Some(Discount::Organisation));
    }
}

#[test]
fn a_namesake_cannot_take_back_an_approval() {
    let (mut desk, it) = judged_by(policy("desk", 1));
    desk.say(&secret(CAROL), attest(it, Decision::Approve).into());
    desk.enroll(OLGA, NAMESAKE, "carol", "other", EDITOR_AND_REVIEWER);
    desk.say(&secret(NAMESAKE), attest(it, Decision::Abstain).into());
    assert_eq!(outcome(&desk, &it), ApprovalOutcome::Approved);
}

#[test]
fn a_name_is_never_reserved() {
    let mut desk = Desk::staffed();
    // Guests take the name first; the desk still enrols its own editor under it.
    desk.enroll(OLGA, NAMESAKE, "rita", "other", EDITOR_AND_REVIEWER);
    desk.enroll(ADA, THIRD, "rita", "desk", EDITOR_AND_REVIEWER);
    let bob = secret(BOB);
    let claim = desk.say(&bob, claim("it rains").into());
    let scale = desk.scale();
    let it = desk.say(&bob, verdict(claim, scale, &[]).into());
    desk.say(&secret(THIRD), attest(it, Decision::Approve).into());
    assert_eq!(outcome(&desk, &it), ApprovalOutcome::Approved);
}

#[test]
fn an_author_cannot_approve_under_the_same_name_in_an_organisation_that_is_not_listed() {
    let (mut desk, it) = judged_by(policy("desk", 1));
    desk.enroll(OLGA, NAMESAKE, "bob", "other", EDITOR_AND_REVIEWER);
    let fake = secret(NAMESAKE);
    let approving = attest(it, Decision::Approve);
    assert_eq!(desk.refused(&fake, approving.into()), "own-statement");
    // What takes something back is another person's: a namesake may reject and object.
    desk.say(&fake, attest(it, Decision::Reject).into());
    desk.say(&fake, dispute(it).into());
    assert_eq!(outcome(&desk, &it), ApprovalOutcome::Unapproved);
}

#[test]
fn a_namesake_of_a_listed_organisation_is_another_person() {
    let (mut desk, it) = judged_by(hearing_other(1));
    desk.enroll(OLGA, NAMESAKE, "bob", "other", EDITOR_AND_REVIEWER);
    desk.say(&secret(NAMESAKE), attest(it, Decision::Approve).into());
    assert_eq!(outcome(&desk, &it), ApprovalOutcome::Approved);
}

#[test]
fn words_from_an_organisation_that_is_not_listed_are_remarks() {
    let (mut desk, it) = judged_by(policy("desk", 1));
    let pia = secret(PIA);
    desk.say(&pia, attest(it, Decision::Approve).into());
    assert_eq!(outcome(&desk, &it), ApprovalOutcome::Unapproved);
    desk.say(&secret(CAROL), attest(it, Decision::Approve).into());
    desk.say(&pia, attest(it, Decision::Reject).into());
    assert_eq!(outcome(&desk, &it), ApprovalOutcome::Approved);
    let words = approval(&desk, &it).words;
    assert_eq!(words[1].discount, Some(Discount::Organisation));
}

#[test]
fn a_colleague_of_a_listed_organisation_approves_and_takes_back_no_more_than_that() {
    let (mut desk, it) = judged_by(hearing_other(1));
    let pia = secret(PIA);
    desk.say(&pia, attest(it, Decision::Approve).into());
    assert_eq!(outcome(&desk, &it), ApprovalOutcome::Approved);
    desk.say(&pia, attest(it, Decision::Reject).into());
    assert_eq!(outcome(&desk, &it), ApprovalOutcome::Unapproved);
    assert_eq!(
        approval(&desk, &it).words[0].discount,
        Some(Discount::Rejection)
    );
    desk.say(&secret(CAROL), attest(it, Decision::Approve).into());
    assert_eq!(outcome(&desk, &it), ApprovalOutcome::Approved);
}

#[test]
fn a_guest_is_not_the_second_organisation() {
    let mut desk = Desk::staffed();
    let ada = secret(ADA);
    desk.say(&ada, organisation("partner").into());
    desk.enroll(ADA, THIRD, "paula", "partner", &[Role::Admin, Role::Editor]);
    let two = Policy {
        approvals_from: vec![slug("partner")],
        organisations: 2,
        ..policy("desk", 2)
    };
    desk.say(&ada, two.into());
    let bob = secret(BOB);
    let claim = desk.say(&bob, claim("it rains").into());
    let scale = desk.scale();
    let it = desk.say(&bob, verdict(claim, scale, &[]).into());
    desk.say(&secret(CAROL), attest(it, Decision::Approve).into());
    desk.say(&secret(PIA), attest(it, Decision::Approve).into());
    assert_eq!(
        approval(&desk, &it).lacks,
        [
            Lack::Approvals { have: 1, need: 2 },
            Lack::Holders { have: 1, need: 2 },
            Lack::Organisations { have: 1, need: 2 },
        ]
    );
    desk.say(&secret(THIRD), attest(it, Decision::Approve).into());
    assert_eq!(outcome(&desk, &it), ApprovalOutcome::Approved);
}

#[test]
fn a_policy_cannot_ask_for_more_organisations_than_it_lists() {
    let mut desk = Desk::staffed();
    let mut two = policy("desk", 2);
    two.organisations = 2;
    assert_eq!(
        desk.refused(&secret(ADA), two.clone().into()),
        "policy-bounds"
    );
    two.approvals_from = vec![slug("nowhere")];
    assert_eq!(
        desk.refused(&secret(ADA), two.clone().into()),
        "organisation-unknown"
    );
    two.approvals_from = vec![slug("other")];
    desk.say(&secret(ADA), two.into());
}

#[test]
fn what_was_said_while_listed_stays_counted() {
    let (mut desk, early) = judged_by(hearing_other(1));
    desk.say(&secret(PIA), attest(early, Decision::Approve).into());
    desk.say(&secret(ADA), policy("desk", 1).into());
    assert_eq!(outcome(&desk, &early), ApprovalOutcome::Approved);
    // A later verdict is judged by the newer policy, and was never heard by the older one.
    let bob = secret(BOB);
    let claim = desk.say(&bob, claim("it snows").into());
    let scale = desk.scale();
    let late = desk.say(&bob, verdict(claim, scale, &[]).into());
    desk.say(&secret(PIA), attest(late, Decision::Approve).into());
    assert_eq!(outcome(&desk, &late), ApprovalOutcome::Unapproved);
    // Listed after the verdict, and before the word: it counts.
    desk.say(&secret(ADA), hearing_other(1).into());
    assert_eq!(outcome(&desk, &late), ApprovalOutcome::Unapproved);
    desk.say(&secret(PIA), attest(late, Decision::Approve).into());
    assert_eq!(outcome(&desk, &late), ApprovalOutcome::Approved);
}

#[test]
fn an_exemption_is_the_own_organisations() {
    let mut strict = hearing_other(1);
    strict.traced_origins = 1;
    let mut desk = Desk::staffed();
    desk.say(&secret(ADA), strict.into());
    let bob = secret(BOB);
    let claim = desk.say(&bob, claim("it rains").into());
    let mut body = verdict(claim, desk.scale(), &[]);
    body.rating = slug("true");
    let it = desk.say(&bob, body.into());
    let mut waived = attest(it, Decision::Approve);
    waived.exemption = Some(text("there is only one witness"));
    desk.say(&secret(PIA), waived.clone().into());
    assert_eq!(outcome(&desk, &it), ApprovalOutcome::Unapproved);
    desk.say(&secret(CAROL), waived.into());
    assert_eq!(outcome(&desk, &it), ApprovalOutcome::Approved);
}

#[test]
fn namesakes_of_two_listed_organisations_are_two_holders_and_two_keys_of_one_person_are_one() {
    let mut desk = Desk::staffed();
    let ada = secret(ADA);
    desk.say(&ada, organisation("partner").into());
    desk.enroll(ADA, 40, "paula", "partner", &[Role::Admin]);
    desk.enroll(OLGA, NAMESAKE, "nina", "other", EDITOR_AND_REVIEWER);
    desk.enroll(OLGA, 41, "nina", "other", EDITOR_AND_REVIEWER);
    desk.enroll(40, THIRD, "nina", "partner", EDITOR_AND_REVIEWER);
    let two = Policy {
        approvals_from: vec![slug("other"), slug("partner")],
        ..policy("desk", 2)
    };
    desk.say(&ada, two.into());
    let bob = secret(BOB);
    let claim = desk.say(&bob, claim("it rains").into());
    let scale = desk.scale();
    let it = desk.say(&bob, verdict(claim, scale, &[]).into());
    for key in [NAMESAKE, 41] {
        desk.say(&secret(key), attest(it, Decision::Approve).into());
        assert_eq!(
            approval(&desk, &it).lacks,
            [
                Lack::Approvals { have: 1, need: 2 },
                Lack::Holders { have: 1, need: 2 },
            ]
        );
    }
    desk.say(&secret(THIRD), attest(it, Decision::Approve).into());
    assert_eq!(outcome(&desk, &it), ApprovalOutcome::Approved);
}
