//! What makes a statement say less than it seems to: an objection to what a verdict rests on, other words of its claim, a
//! newer description or the end of a key.

use super::bodies::*;
use super::desk::*;
use crate::model::attestation::Decision;
use crate::model::correction::CorrectionKind;
use crate::model::dispute::Outcome;
use crate::model::evidence::Stance;
use crate::model::organisation::Role;
use crate::model::relation::SourceRelation;
use crate::model::{Body, StatementId};
use crate::rules::{
    Currency, StandingWord as W, Standings, StatementStanding, currency, currents, standing,
    supposing_distrust,
};
use crate::tlog::EntryIndex;

fn now(desk: &Desk, id: &StatementId) -> StatementStanding {
    let standings = Standings::at(&desk.view, desk.size()).unwrap();
    standings.of(desk.index(id)).unwrap().unwrap()
}

/// An approved verdict on two pieces of evidence: one from a paper that is known through a wire, one from an order.
struct Approved {
    desk: Desk,
    claim: StatementId,
    wire: StatementId,
    evidence: StatementId,
    verdict: StatementId,
    approval: StatementId,
}

fn approved() -> Approved {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    let claim = desk.say(&bob, claim("it rains").into());
    let wire = desk.say(&bob, source("it rained").into());
    let paper = desk.say(&bob, never_held("a paper", wire).into());
    let order = desk.say(&bob, source("an order").into());
    let first = desk.say(&bob, evidence(claim, paper, Stance::Supports).into());
    let second = desk.say(&bob, evidence(claim, order, Stance::Supports).into());
    let scale = desk.scale();
    let verdict = desk.say(&bob, verdict(claim, scale, &[first, second]).into());
    let approval = desk.say(&secret(CAROL), attest(verdict, Decision::Approve).into());
    Approved {
        desk,
        claim,
        wire,
        evidence: second,
        verdict,
        approval,
    }
}

#[test]
fn an_objection_to_the_claim_the_evidence_or_a_source_beneath_shows_on_the_verdict_until_it_is_settled()
 {
    let case = approved();
    for target in [case.claim, case.evidence, case.wire] {
        let Approved {
            mut desk,
            verdict,
            approval,
            ..
        } = approved();
        let at = desk.index(&target);
        let doubt = desk.say(&secret(CAROL), dispute(target).into());
        let beneath = now(&desk, &verdict).objections_beneath;
        assert_eq!(beneath.len(), 1);
        assert_eq!((beneath[0].on, beneath[0].objection.outcome), (at, None));
        assert_eq!(beneath[0].objection.dispute, desk.index(&doubt));
        // Nobody has answered it: the verdict is as approved as it was.
        assert_eq!(now(&desk, &verdict).word, W::Approved);
        let mut accepted = answer(doubt);
        accepted.outcome = Outcome::Upheld;
        desk.say(&secret(ADA), accepted.into());
        let judged = now(&desk, &verdict);
        assert_eq!(judged.word, W::ObjectionUpheld);
        assert!(judged.objections_beneath[0].objection.is_due());
        assert!(judged.objections.is_empty());
        // What was approved was so.
        assert!(now(&desk, &approval).objections_beneath.is_empty());
        desk.say(&secret(BOB), withdraw(target).into());
        let judged = now(&desk, &verdict);
        assert!(judged.objections_beneath.is_empty());
        assert_eq!(judged.word, W::RestsOnFallen);
    }
}

/// The count of independent origins rests on what the organisation signed about its sources.
#[test]
fn an_objection_to_an_assessment_or_a_relation_beneath_shows_on_the_verdict_until_it_is_settled() {
    for by_relation in [true, false] {
        let mut case = approved();
        let bob = secret(BOB);
        let report = case.desk.say(&bob, source("a report").into());
        let said: Body = if by_relation {
            relate(case.wire, SourceRelation::WasQuotedFrom, report).into()
        } else {
            assess(case.wire, case.claim).into()
        };
        let said = case.desk.say(&bob, said);
        assert!(now(&case.desk, &case.verdict).objections_beneath.is_empty());
        let doubt = case.desk.say(&secret(CAROL), dispute(said).into());
        let beneath = now(&case.desk, &case.verdict).objections_beneath;
        assert_eq!(beneath.len(), 1, "{by_relation}");
        assert_eq!(beneath[0].on, case.desk.index(&said));
        let mut accepted = answer(doubt);
        accepted.outcome = Outcome::Upheld;
        case.desk.say(&secret(ADA), accepted.into());
        assert_eq!(now(&case.desk, &case.verdict).word, W::ObjectionUpheld);
        case.desk.say(&bob, withdraw(said).into());
        assert_eq!(now(&case.desk, &case.verdict).word, W::Approved);
        if by_relation {
            // The other source is beneath as long as the relation stands.
            let again = relate(case.wire, SourceRelation::WasQuotedFrom, report);
            case.desk.say(&bob, again.into());
            case.desk.say(&secret(CAROL), dispute(report).into());
            let beneath = now(&case.desk, &case.verdict).objections_beneath;
            assert_eq!(beneath[0].on, case.desk.index(&report));
        }
    }
}

#[test]
fn an_objection_that_was_rejected_leaves_the_verdict_alone() {
    let mut case = approved();
    let doubt = case.desk.say(&secret(CAROL), dispute(case.evidence).into());
    let mut refused = answer(doubt);
    refused.outcome = Outcome::Rejected;
    case.desk.say(&secret(ADA), refused.into());
    let judged = now(&case.desk, &case.verdict);
    assert_eq!(judged.word, W::Approved);
    assert!(judged.objections_beneath.is_empty());
}

/// A guest has two people who can object to its own source and accept the objection.
#[test]
fn what_another_organisation_accepts_about_its_own_source_is_a_remark_beside_an_approved_verdict() {
    let mut desk = Desk::staffed();
    desk.enroll(OLGA, PIA + 50, "quin", "other", &[Role::Editor]);
    desk.enroll(OLGA, PIA + 51, "rolf", "other", &[Role::Editor]);
    let bob = secret(BOB);
    let claim = desk.say(&bob, claim("it rains").into());
    let paper = desk.say(&secret(PIA), source("it rained").into());
    let shown = desk.say(&bob, evidence(claim, paper, Stance::Supports).into());
    let scale = desk.scale();
    let rated = desk.say(&bob, verdict(claim, scale, &[shown]).into());
    desk.say(&secret(CAROL), attest(rated, Decision::Approve).into());
    let doubt = desk.say(&secret(PIA + 50), dispute(paper).into());
    let mut accepted = answer(doubt);
    accepted.outcome = Outcome::Upheld;
    desk.say(&secret(PIA + 51), accepted.into());
    let judged = now(&desk, &rated);
    assert_eq!(judged.word, W::Approved);
    let beneath = &judged.objections_beneath[0];
    assert!(beneath.theirs && beneath.objection.is_due() && !beneath.is_due());
}

/// Whether the verdict is current, in each of the two ways, and what the screen of a claim lists.
fn current(desk: &Desk, verdict: &StatementId, claim: &StatementId) -> (Currency, Vec<EntryIndex>) {
    let reading = desk.reading();
    let judged = standing(&reading, desk.index(verdict)).unwrap().unwrap();
    let listed = currents(&reading, desk.index(claim)).unwrap();
    (
        currency(&reading, &judged).unwrap(),
        listed.iter().map(|one| one.entry).collect(),
    )
}

#[test]
fn a_verdict_is_current_for_the_claim_now_exactly_if_the_claim_now_lists_it() {
    for (words, kind, holds) in [
        ("It rains.", CorrectionKind::Typo, true),
        ("it hails", CorrectionKind::Typo, false),
        ("it hails", CorrectionKind::Correction, false),
    ] {
        let mut case = approved();
        let verdict = case.desk.index(&case.verdict);
        let (both, _) = current(&case.desk, &case.verdict, &case.claim);
        assert!(both.now && both.for_its_words);
        let mut corrected = claim(words);
        corrected.correction = correction(case.claim, kind);
        let newer = case.desk.say(&secret(BOB), corrected.into());
        let (is, listed) = current(&case.desk, &case.verdict, &newer);
        assert_eq!((is.now, is.for_its_words), (holds, true), "{words}");
        assert_eq!(listed.contains(&verdict), is.now, "{words}");
        // A verdict on the words now takes its place where it is about the same words.
        let scale = case.desk.scale();
        let later = super::bodies::verdict(newer, scale, &[]);
        let later = case.desk.say(&secret(BOB), later.into());
        case.desk
            .say(&secret(CAROL), attest(later, Decision::Approve).into());
        let (is, listed) = current(&case.desk, &case.verdict, &newer);
        assert_eq!((is.now, is.for_its_words), (false, !holds), "{words}");
        assert_eq!(listed, [case.desk.index(&later)], "{words}");
    }
}

/// What `supposing_distrust` says of an earlier size does not depend on what came later.
#[test]
fn a_key_supposed_stolen_at_an_earlier_size_leaves_the_same_standings_as_it_did_then() {
    let mut desk = Desk::staffed();
    let (ada, bob, carol) = (secret(ADA), secret(BOB), secret(CAROL));
    let scale = desk.scale();
    let mut then = vec![desk.view.clone()];
    let first = desk.size();
    let mut say = |desk: &mut Desk, by: &crate::crypto::SecretKey, body: Body| {
        let id = desk.say(by, body);
        then.push(desk.view.clone());
        id
    };
    let claimed = say(&mut desk, &ada, claim("it rains").into());
    let paper = say(&mut desk, &bob, source("it rained").into());
    let shown = say(
        &mut desk,
        &bob,
        evidence(claimed, paper, Stance::Supports).into(),
    );
    let rated = say(&mut desk, &ada, verdict(claimed, scale, &[shown]).into());
    say(&mut desk, &carol, attest(rated, Decision::Approve).into());
    let mut newer = evidence(claimed, paper, Stance::Refutes);
    newer.correction = correction(shown, CorrectionKind::Correction);
    let newer = say(&mut desk, &bob, newer.into());
    say(&mut desk, &bob, withdraw(newer).into());
    let described = Body::OrganisationSet(Box::new(organisation("desk")));
    say(&mut desk, &ada, described);
    let from = desk.size().next();
    say(&mut desk, &ada, revoke(&secret(CAROL), Some(from)).into());
    let key = EntryIndex::new(1);
    for (size, view) in (first.get()..).map(crate::tlog::TreeSize::new).zip(&then) {
        for from in first.get()..=size.get() {
            let from = EntryIndex::new(from);
            let whole = supposing_distrust(&desk.view, size, key, from).unwrap();
            let prefix = supposing_distrust(view, size, key, from).unwrap();
            let after = size.next().size_through();
            let whole = Standings::at(&whole, after).unwrap();
            let prefix = Standings::at(&prefix, after).unwrap();
            for index in size.indices() {
                assert_eq!(
                    whole.of(index).unwrap(),
                    prefix.of(index).unwrap(),
                    "entry {index} of {size}, stolen at {from}"
                );
            }
        }
    }
}

#[test]
fn a_description_of_an_organisation_is_replaced_by_the_next_one_of_that_organisation() {
    let mut desk = Desk::staffed();
    let say = |desk: &mut Desk, name: &str| {
        let set = Body::OrganisationSet(Box::new(organisation(name)));
        desk.say(&secret(ADA), set)
    };
    let guest = say(&mut desk, "guest");
    let own = say(&mut desk, "desk");
    assert_eq!(now(&desk, &guest).word, W::Live);
    assert_eq!(now(&desk, &own).word, W::Live);
    let second = say(&mut desk, "guest");
    let replaced = now(&desk, &guest);
    assert_eq!(replaced.word, W::Replaced);
    assert_eq!(replaced.replaced_by, Some(desk.index(&second)));
    assert_eq!(now(&desk, &own).word, W::Live);
    assert_eq!(now(&desk, &second).word, W::Live);
}
