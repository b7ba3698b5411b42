//! Whose statements count for a verdict, for which words it stands, and that its numbers are fresh and can be counted.

use super::bodies::*;
use super::desk::*;
use crate::model::StatementId;
use crate::model::assessment::OriginKind;
use crate::model::attestation::Decision;
use crate::model::correction::CorrectionKind;
use crate::model::evidence::Stance;
use crate::model::relation::SourceRelation;
use crate::model::verdict::{Corroboration, Verdict};
use crate::rules::view::View as _;
use crate::rules::{Counting, about_other_words, current, frozen, others_say, standing, verdicts};
use crate::tlog::EntryIndex;

fn organisation(desk: &Desk, name: &str) -> EntryIndex {
    desk.view.organisation(&slug(name)).unwrap().unwrap()
}

/// What a verdict of the desk on this form of the claim would record now.
fn numbers(desk: &Desk, claim: &StatementId) -> Corroboration {
    let own = organisation(desk, "desk");
    let computed = frozen(&desk.reading(), desk.index(claim), own).unwrap();
    computed.unwrap().unwrap()
}

fn counted(desk: &Desk, claim: &StatementId) -> (u64, u64, u64) {
    let support = numbers(desk, claim).support.unwrap();
    (support.independent, support.untraced, support.own_word)
}

/// A claim with one first-hand source of the desk.
fn one_origin(desk: &mut Desk) -> (StatementId, StatementId) {
    let bob = secret(BOB);
    let it = desk.say(&bob, claim("The bridge will not close in April.").into());
    let notice = desk.say(&bob, source("notice").into());
    desk.say(&bob, evidence(it, notice, Stance::Supports).into());
    desk.say(&bob, assess(notice, it).into());
    (it, notice)
}

fn issue(desk: &mut Desk, key: u8, claim: StatementId) -> StatementId {
    let body = verdict(claim, desk.scale(), &[]);
    desk.say(&secret(key), body.into())
}

#[test]
fn a_guests_statements_change_no_number_until_the_policy_lists_them() {
    let mut desk = Desk::staffed();
    let (it, notice) = one_origin(&mut desk);
    let own = organisation(&desk, "desk");
    let before = numbers(&desk, &it);
    let mut claimants = assess(notice, it);
    claimants.assessment = OriginKind::Claimant;
    let claimants = desk.say(&secret(PIA), claimants.into());
    let theirs = desk.say(&secret(PIA), source("their paper").into());
    desk.say(&secret(PIA), evidence(it, theirs, Stance::Refutes).into());
    assert_eq!(numbers(&desk, &it), before);
    // what they say is listed, with the numbers that it would make
    let reading = desk.reading();
    let counting = Counting::at(&reading, own).unwrap();
    let said = others_say(&reading, desk.index(&it), &counting).unwrap();
    assert_eq!(said.len(), 1);
    assert_eq!(said[0].organisation, organisation(&desk, "other"));
    assert!(said[0].statements.contains(&desk.index(&claimants)));
    let together = said[0].together.clone().unwrap();
    assert_eq!(together.support.unwrap().own_word, 1);
    assert_eq!(together.refutation.unwrap().documents, 1);
    issue(&mut desk, BOB, it);
    // listed, they count, and the policy is among the inputs
    let mut listing = policy("desk", 1);
    listing.evidence_from = vec![slug("other")];
    desk.say(&secret(ADA), listing.into());
    assert_eq!(counted(&desk, &it), (0, 0, 1));
    let after = numbers(&desk, &it);
    assert_ne!(after.inputs, before.inputs);
    let mut same = policy("desk", 2);
    same.evidence_from = vec![slug("other")];
    desk.say(&secret(ADA), same.into());
    let again = numbers(&desk, &it);
    assert_eq!(
        (&again.support, &again.refutation),
        (&after.support, &after.refutation)
    );
    assert_ne!(again.inputs, after.inputs);
    let reading = desk.reading();
    let counting = Counting::at(&reading, own).unwrap();
    assert_eq!(
        others_say(&reading, desk.index(&it), &counting).unwrap(),
        []
    );
}

#[test]
fn a_policy_of_a_distrusted_key_adds_nobody() {
    let mut desk = Desk::staffed();
    let (it, notice) = one_origin(&mut desk);
    let mut claimants = assess(notice, it);
    claimants.assessment = OriginKind::Claimant;
    desk.say(&secret(PIA), claimants.into());
    let mut listing = policy("desk", 1);
    listing.evidence_from = vec![slug("other")];
    let listing = desk.say(&secret(DAN), listing.into());
    assert_eq!(counted(&desk, &it), (0, 0, 1));
    let from = desk.index(&listing);
    desk.say(&secret(ADA), revoke(&secret(DAN), Some(from)).into());
    assert_eq!(counted(&desk, &it), (1, 0, 0));
}

#[test]
fn an_author_cannot_choose_an_old_head_for_the_numbers() {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    let (it, notice) = one_origin(&mut desk);
    let mut body = source("second");
    body.publisher = text("Another Paper");
    let second = desk.say(&bob, body.into());
    desk.say(&bob, evidence(it, second, Stance::Supports).into());
    let saw = desk.say(&bob, assess(second, it).into());
    assert_eq!(counted(&desk, &it), (2, 0, 0));
    let old = desk.head();
    // what changes no count is no reason to refuse, though it changes the inputs
    desk.say(&bob, evidence(it, notice, Stance::Supports).into());
    desk.say(&bob, claim("something else").into());
    desk.seen = Some(old);
    issue(&mut desk, BOB, it);
    desk.say(&bob, withdraw(saw).into());
    desk.seen = Some(old);
    let mut body = verdict(it, desk.scale(), &[]);
    body.reasons = text("two saw it");
    assert_eq!(
        desk.refused(&bob, body.clone().into()),
        "corroboration-stale"
    );
    desk.say(&bob, body.into());
    // so does a policy that says that others count
    let old = desk.head();
    let mut claimants = assess(notice, it);
    claimants.assessment = OriginKind::Claimant;
    desk.say(&secret(PIA), claimants.into());
    let mut listing = policy("desk", 1);
    listing.evidence_from = vec![slug("other")];
    desk.say(&secret(ADA), listing.into());
    desk.seen = Some(old);
    let mut body = verdict(it, desk.scale(), &[]);
    body.reasons = text("by the old policy");
    assert_eq!(desk.refused(&bob, body.into()), "corroboration-stale");
}

#[test]
fn what_is_too_large_to_count_refuses_a_verdict_and_nothing_else() {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    let it = desk.say(&bob, claim("it rains").into());
    let early = numbers(&desk, &it);
    // a circle of thirteen, each vouched with the next
    let mut sources = Vec::new();
    for n in 0..13 {
        let paper = desk.say(&bob, source(&format!("paper {n}")).into());
        desk.say(&bob, evidence(it, paper, Stance::Supports).into());
        sources.push(paper);
    }
    let mut vouches = Vec::new();
    for n in 0..13 {
        let vouch = relate(
            sources[n],
            SourceRelation::IndependentOf,
            sources[(n + 1) % 13],
        );
        vouches.push(desk.say(&bob, vouch.into()));
    }
    let body = verdict(it, desk.scale(), &[]);
    let mut guessed = body.clone();
    guessed.corroboration = early;
    assert_eq!(
        desk.refused(&bob, guessed.into()),
        "corroboration-too-large"
    );
    // another organisation is not hindered, and what takes back is always admitted
    let mut others = body.clone();
    others.scale = desk.say(&secret(OLGA), scale("other", 1).into());
    desk.say(&secret(PIA), others.into());
    for vouch in vouches.split_off(11) {
        desk.say(&bob, withdraw(vouch).into());
    }
    desk.say(&bob, body.into());
    assert_eq!(counted(&desk, &it), (2, 11, 0));
}

fn corrected(
    desk: &mut Desk,
    before: StatementId,
    words: &str,
    kind: CorrectionKind,
) -> StatementId {
    let mut body = claim(words);
    body.correction = correction(before, kind);
    desk.say(&secret(BOB), body.into())
}

fn approved(desk: &mut Desk, key: u8, by: u8, body: Verdict) -> StatementId {
    let it = desk.say(&secret(key), body.into());
    desk.say(&secret(by), attest(it, Decision::Approve).into());
    it
}

#[test]
fn a_verdict_follows_a_correction_that_changes_no_word() {
    let mut desk = Desk::staffed();
    let (it, _) = one_origin(&mut desk);
    let body = verdict(it, desk.scale(), &[]);
    let ours = approved(&mut desk, BOB, CAROL, body.clone());
    let mut body = body;
    body.scale = desk.say(&secret(OLGA), scale("other", 1).into());
    let theirs = desk.say(&secret(PIA), body.into());
    let own = organisation(&desk, "desk");
    let now = |desk: &Desk, form: &StatementId| {
        let reading = desk.reading();
        let found = current(&reading, desk.index(form), own).unwrap();
        found.map(|standing| standing.entry)
    };
    let words_of = |desk: &Desk, verdict: &StatementId| {
        let found = standing(&desk.reading(), desk.index(verdict)).unwrap();
        found.unwrap().words_of
    };
    let neat = corrected(
        &mut desk,
        it,
        "The Bridge will not  close, in April",
        CorrectionKind::Clarification,
    );
    assert_eq!(now(&desk, &neat), Some(desk.index(&ours)));
    assert_eq!(words_of(&desk, &ours), None);
    // the correction is not by the other organisation: its verdict stands for the words that it named
    assert_eq!(words_of(&desk, &theirs), Some(desk.index(&it)));
    // one letter turns the meaning; what stands between does not matter
    for kind in [CorrectionKind::Typo, CorrectionKind::Clarification] {
        let turned = corrected(&mut desk, neat, "The bridge will now close in April.", kind);
        assert_eq!(now(&desk, &turned), None);
        assert_eq!(words_of(&desk, &ours), Some(desk.index(&it)));
        let reading = desk.reading();
        assert_eq!(
            about_other_words(&reading, desk.index(&turned)).unwrap(),
            [desk.index(&ours), desk.index(&theirs)]
        );
        assert!(verdicts(&reading, desk.index(&turned)).unwrap().is_empty());
        assert_eq!(now(&desk, &it), Some(desk.index(&ours)));
        let back = corrected(
            &mut desk,
            turned,
            "the bridge will not close in april",
            kind,
        );
        assert_eq!(now(&desk, &back), Some(desk.index(&ours)));
        desk.say(&secret(BOB), withdraw(back).into());
        desk.say(&secret(BOB), withdraw(turned).into());
    }
    // another field, or fewer appearances, is another claim; a further appearance is not
    let mut dated = claim("The bridge will not close in April.");
    dated.about = crate::model::claim::About::Utterance;
    dated.correction = correction(neat, CorrectionKind::Typo);
    let dated = desk.say(&secret(BOB), dated.into());
    assert_eq!(now(&desk, &dated), None);
    desk.say(&secret(BOB), withdraw(dated).into());
    let paper = desk.say(&secret(BOB), source("paper").into());
    let mut seen = claim("The bridge will not close in April.");
    seen.appeared_in = vec![paper];
    seen.correction = correction(neat, CorrectionKind::Typo);
    let seen = desk.say(&secret(BOB), seen.into());
    assert_eq!(now(&desk, &seen), Some(desk.index(&ours)));
    // nor are other topics
    let mut filed = claim("The bridge will not close in April.");
    filed.appeared_in = vec![paper];
    filed.topics = vec![crate::encoding::text::Text::new("traffic".to_owned()).unwrap()];
    filed.correction = correction(seen, CorrectionKind::Typo);
    let filed = desk.say(&secret(BOB), filed.into());
    assert_eq!(now(&desk, &filed), Some(desk.index(&ours)));
    assert_eq!(words_of(&desk, &ours), None);
}

#[test]
fn evidence_of_another_organisation_does_not_follow_words_that_it_did_not_see() {
    let mut desk = Desk::staffed();
    let mut listing = policy("desk", 1);
    listing.evidence_from = vec![slug("other")];
    desk.say(&secret(ADA), listing.into());
    let (it, _) = one_origin(&mut desk);
    let theirs = desk.say(&secret(PIA), source("their paper").into());
    let said = desk.say(&secret(PIA), evidence(it, theirs, Stance::Supports).into());
    let documents =
        |desk: &Desk, form: &StatementId| numbers(desk, form).support.unwrap().documents;
    assert_eq!(documents(&desk, &it), 2);
    let neat = corrected(
        &mut desk,
        it,
        "the bridge will not close in April",
        CorrectionKind::Typo,
    );
    assert_eq!(documents(&desk, &neat), 2);
    let turned = corrected(
        &mut desk,
        neat,
        "The bridge will now close in April.",
        CorrectionKind::Clarification,
    );
    // the desk answers for its own correction
    assert_eq!(documents(&desk, &turned), 1);
    let body = verdict(turned, desk.scale(), &[said]);
    assert_eq!(desk.refused(&secret(BOB), body.into()), "other-claim");
    issue(&mut desk, BOB, turned);
}
