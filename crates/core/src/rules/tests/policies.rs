//! What a policy may list, and the evidence that it may ask for.

use super::bodies::*;
use super::desk::*;
use crate::model::StatementId;
use crate::model::attestation::Decision;
use crate::model::evidence::Stance;
use crate::model::policy::Policy;
use crate::model::scale::Needs;
use crate::model::verdict::Verdict;
use crate::rules::standing::in_force::in_force;
use crate::rules::standing::verdict::standing;
use crate::rules::{Approval, ApprovalOutcome, Lack};

fn approval(desk: &Desk, verdict: &StatementId) -> Approval {
    let found = standing(&desk.reading(), desk.index(verdict)).unwrap();
    found.unwrap().approval
}

#[test]
fn a_policy_lists_organisations_that_the_ledger_knows() {
    let mut desk = Desk::staffed();
    let ada = secret(ADA);
    let approvals = |from: &str| Policy {
        approvals_from: vec![slug(from)],
        ..policy("desk", 1)
    };
    let evidence = |from: &str| Policy {
        evidence_from: vec![slug(from)],
        ..policy("desk", 1)
    };
    assert_eq!(
        desk.refused(&ada, approvals("nowhere").into()),
        "organisation-unknown"
    );
    assert_eq!(
        desk.refused(&ada, evidence("nowhere").into()),
        "organisation-unknown"
    );
    desk.say(&ada, approvals("other").into());
    desk.say(&ada, evidence("other").into());
}

#[test]
fn a_policy_lists_scale_versions_of_other_organisations() {
    let mut desk = Desk::staffed();
    let (ada, olga) = (secret(ADA), secret(OLGA));
    let own = desk.scale();
    let theirs = desk.say(&olga, scale("other", 1).into());
    let lists = |id| Policy {
        scales: vec![id],
        ..policy("desk", 1)
    };
    assert_eq!(desk.refused(&ada, lists(own).into()), "policy-bounds");
    let it = desk.say(&secret(BOB), claim("it rains").into());
    assert_eq!(desk.refused(&ada, lists(it).into()), "reference-type");
    desk.say(&ada, lists(theirs).into());
}

#[test]
fn a_distrusted_policy_falls_back_to_the_one_before() {
    let mut desk = Desk::staffed();
    let (ada, dan) = (secret(ADA), secret(DAN));
    let before = desk.size().last().unwrap();
    let first = desk.size().next();
    desk.say(&dan, policy("desk", 2).into());
    let organisation = crate::tlog::EntryIndex::FIRST;
    let now = |desk: &Desk| {
        let found = in_force(&desk.reading(), organisation, desk.size().next());
        found.unwrap().unwrap()
    };
    assert_eq!(now(&desk).1.approvals, 2);
    desk.say(&ada, revoke(&dan, Some(first)).into());
    assert_eq!(now(&desk).0, before);
    assert_eq!(now(&desk).1.approvals, 1);
}

#[test]
fn a_verdict_needs_the_evidence_of_its_rating_where_the_policy_asks_for_it() {
    let mut desk = Desk::staffed();
    let (ada, bob, carol) = (secret(ADA), secret(BOB), secret(CAROL));
    let asking = Policy {
        evidence_needed: true,
        ..policy("desk", 1)
    };
    desk.say(&ada, asking.into());
    let it = desk.say(&bob, claim("it rains").into());
    let paper = desk.say(&bob, source("it rained").into());
    let supports = desk.say(&bob, evidence(it, paper, Stance::Supports).into());
    let context = desk.say(&bob, evidence(it, paper, Stance::Context).into());
    let scale = desk.scale();
    let mut judged = |rating: &str, on: &[StatementId]| {
        let body = Verdict {
            rating: slug(rating),
            ..verdict(it, scale, on)
        };
        let issued = desk.say(&bob, body.into());
        desk.say(&carol, attest(issued, Decision::Approve).into());
        approval(&desk, &issued)
    };
    let side = Needs::Support;
    assert_eq!(judged("true", &[]).lacks, [Lack::Evidence { side }]);
    assert_eq!(judged("true", &[context]).lacks, [Lack::Evidence { side }]);
    assert_eq!(
        judged("true", &[supports]).outcome,
        ApprovalOutcome::Approved
    );
    let side = Needs::Refutation;
    assert_eq!(
        judged("false", &[supports]).lacks,
        [Lack::Evidence { side }]
    );
    assert_eq!(judged("unproven", &[]).outcome, ApprovalOutcome::Approved);
}

#[test]
fn evidence_of_another_organisation_is_the_evidence_that_a_rating_needs_if_the_policy_lists_it() {
    let mut desk = Desk::staffed();
    let (ada, bob, carol, pia) = (secret(ADA), secret(BOB), secret(CAROL), secret(PIA));
    let mut asking = Policy {
        evidence_needed: true,
        ..policy("desk", 1)
    };
    desk.say(&ada, asking.clone().into());
    let it = desk.say(&bob, claim("it rains").into());
    let paper = desk.say(&bob, source("it rained").into());
    let theirs = desk.say(&pia, evidence(it, paper, Stance::Supports).into());
    let scale = desk.scale();
    let body = Verdict {
        rating: slug("true"),
        ..verdict(it, scale, &[theirs])
    };
    let first = desk.say(&bob, body.clone().into());
    desk.say(&carol, attest(first, Decision::Approve).into());
    let side = Needs::Support;
    assert_eq!(approval(&desk, &first).lacks, [Lack::Evidence { side }]);
    asking.evidence_from = vec![slug("other")];
    desk.say(&ada, asking.into());
    let second = desk.say(&bob, body.into());
    desk.say(&carol, attest(second, Decision::Approve).into());
    assert_eq!(approval(&desk, &second).outcome, ApprovalOutcome::Approved);
    // Later somebody finds that Pia's key was stolen.
    let from = desk.index(&theirs);
    desk.say(&secret(OLGA), revoke(&pia, Some(from)).into());
    assert_eq!(approval(&desk, &second).lacks, [Lack::Evidence { side }]);
}

#[test]
fn a_policy_asks_for_at_most_1024_approvals() {
    let mut desk = Desk::staffed();
    let ada = secret(ADA);
    assert_eq!(
        desk.refused(&ada, policy("desk", 1_025).into()),
        "policy-bounds"
    );
    desk.say(&ada, policy("desk", 1_024).into());
}
