//! A copy of a statement that was kept and sent after the statement was taken back.

use super::bodies::*;
use super::desk::*;
use crate::crypto::sha256;
use crate::model::Body;
use crate::model::correction::CorrectionKind;
use crate::model::evidence::Stance;
use crate::model::excerpt::Excerpt;
use crate::model::organisation::Role;
use crate::model::relation::SourceRelation;
use crate::model::{Seen, StatementId};

/// Two sources that both say that it rains, a claim, evidence, a verdict by Bob, and an objection to it by Pia.
struct Scene {
    desk: Desk,
    first: StatementId,
    second: StatementId,
    claim: StatementId,
    other: StatementId,
    evidence: StatementId,
    verdict: StatementId,
    doubt: StatementId,
}

fn scene() -> Scene {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    let first = desk.say(&bob, source("it rains, they say").into());
    let second = desk.say(&bob, source("it rains, we say").into());
    let claim = desk.say(&bob, claim("it rains").into());
    let other = desk.say(&bob, super::bodies::claim("it pours").into());
    let evidence = desk.say(&bob, evidence(claim, first, Stance::Context).into());
    let scale = desk.scale();
    let verdict = desk.say(&bob, verdict(claim, scale, &[]).into());
    let doubt = desk.say(&secret(PIA), dispute(verdict).into());
    Scene {
        desk,
        first,
        second,
        claim,
        other,
        evidence,
        verdict,
        doubt,
    }
}

/// What a statement is refused with if its signer had seen only this head.
fn with_head(desk: &mut Desk, seen: Seen, who: u8, body: &Body) -> Result<StatementId, String> {
    desk.seen = Some(seen);
    let said = desk.try_say(&secret(who), body.clone());
    said.map_err(|refused| refused.code().to_string())
}

fn not_seen() -> Result<StatementId, String> {
    Err("word-not-seen".to_owned())
}

/// The quotation `quote` of a source that `scene` has.
fn quoting(scene: &Scene, quote: &str) -> Body {
    let words = "it rains, they say";
    let start = words.find(quote).unwrap() as u64;
    let mut quoting = evidence(scene.claim, scene.first, Stance::Supports);
    quoting.excerpt = Some(Excerpt {
        start,
        end: start + quote.len() as u64,
        quote: text(quote),
        text: sha256(&[words.as_bytes()]),
    });
    quoting.into()
}

#[test]
fn a_kept_copy_cannot_follow_the_withdrawal_of_the_same_word() {
    let base = scene();
    let of_text = sha256(&[b"it rains, they say"]);
    let vouch = relate(base.first, SourceRelation::IndependentOf, base.second);
    let kept: Vec<(u8, Body)> = vec![
        (BOB, assess(base.first, base.claim).into()),
        (BOB, quoting(&base, "it rains")),
        (BOB, vouch.into()),
        (BOB, capture(base.first, "it rains again").into()),
        (
            BOB,
            transcribe(base.first, "it rains, they say", "It rains.").into(),
        ),
        (BOB, claim_relate(base.claim, base.other).into()),
        (BOB, review("a page").into()),
        (BOB, verdict(base.claim, base.desk.scale(), &[]).into()),
        (CAROL, withhold(base.first, of_text).into()),
        (CAROL, dispute(base.verdict).into()),
        (CAROL, answer(base.doubt).into()),
        (CAROL, despite(base.verdict).into()),
    ];
    for (who, body) in kept {
        let mut scene = scene();
        let desk = &mut scene.desk;
        let said = desk.say(&secret(who), body.clone());
        // Its copy was signed in full knowledge of it, but not of what came then.
        let before = desk.head();
        desk.say(&secret(who), withdraw(said).into());
        let refused = with_head(desk, before, who, &body);
        assert_eq!(refused, not_seen(), "{}", body.statement_type());
        desk.say(&secret(who), body.clone());
    }
}

#[test]
fn who_withdrew_a_word_is_held_to_it_and_so_is_who_said_it() {
    let mut scene = scene();
    let word: Body = assess(scene.first, scene.claim).into();
    let desk = &mut scene.desk;
    desk.enroll(ADA, 30, "rita", "desk", &[Role::Reviewer]);
    let said = desk.say(&secret(BOB), word.clone());
    let before = desk.head();
    desk.say(&secret(30), withdraw(said).into());
    assert_eq!(with_head(desk, before, BOB, &word), not_seen());
    assert_eq!(with_head(desk, before, 30, &word), not_seen());
    // Ada had no part in it, and signed her own word on a machine without a network.
    with_head(desk, before, ADA, &word).unwrap();
}

#[test]
fn a_kept_copy_cannot_follow_the_correction_of_the_same_word() {
    let mut scene = scene();
    let word = assess(scene.first, scene.claim);
    let desk = &mut scene.desk;
    let said = desk.say(&secret(BOB), word.clone().into());
    let before = desk.head();
    let mut corrected = word.clone();
    corrected.correction = correction(said, CorrectionKind::Correction);
    desk.say(&secret(BOB), corrected.into());
    assert_eq!(with_head(desk, before, BOB, &word.into()), not_seen());
}

#[test]
fn a_kept_correction_cannot_follow_the_withdrawal_of_another_one() {
    let mut scene = scene();
    let desk = &mut scene.desk;
    let correcting = |words: &str, kind| {
        let mut corrected = claim(words);
        corrected.correction = correction(scene.claim, kind);
        Body::from(corrected)
    };
    let first = correcting("it pours", CorrectionKind::Correction);
    let said = desk.say(&secret(BOB), first);
    let before = desk.head();
    desk.say(&secret(BOB), withdraw(said).into());
    let kept = correcting("it hails", CorrectionKind::Clarification);
    assert_eq!(with_head(desk, before, BOB, &kept), not_seen());
    desk.say(&secret(BOB), kept);
}

#[test]
fn a_kept_verdict_cannot_follow_one_on_another_wording_of_its_claim() {
    let mut scene = scene();
    let scale = scene.desk.scale();
    let desk = &mut scene.desk;
    let before = desk.head();
    let mut reworded = claim("It rains.");
    reworded.correction = correction(scene.claim, CorrectionKind::Typo);
    let reworded = desk.say(&secret(BOB), reworded.into());
    let newer = desk.say(&secret(BOB), verdict(reworded, scale, &[]).into());
    let mut kept = verdict(scene.claim, scale, &[]);
    kept.limits = Some(text("kept"));
    assert_eq!(
        with_head(desk, before, BOB, &kept.clone().into()),
        not_seen()
    );
    // It must also have seen the withdrawal. Any member of the organisation may have withdrawn it.
    let before = desk.head();
    desk.say(&secret(ADA), withdraw(newer).into());
    assert_eq!(
        with_head(desk, before, BOB, &kept.clone().into()),
        not_seen()
    );
    desk.say(&secret(BOB), kept.into());
}

#[test]
fn honest_work_without_a_network_is_not_refused_for_another_word() {
    let mut scene = scene();
    let quotations = [quoting(&scene, "it rains"), quoting(&scene, "they say")];
    let other = assess(scene.second, scene.claim);
    let evidence_of_other = evidence(scene.claim, scene.second, Stance::Context);
    let desk = &mut scene.desk;
    let first = desk.say(&secret(BOB), quotations[0].clone());
    let assessed = desk.say(&secret(BOB), assess(scene.first, scene.claim).into());
    let before = desk.head();
    for gone in [first, assessed, scene.evidence] {
        desk.say(&secret(BOB), withdraw(gone).into());
    }
    // Another quotation of the same text, another source, and things of their own.
    with_head(desk, before, BOB, &quotations[1]).unwrap();
    with_head(desk, before, BOB, &other.into()).unwrap();
    with_head(desk, before, BOB, &evidence_of_other.into()).unwrap();
    with_head(desk, before, BOB, &claim("it snows").into()).unwrap();
    with_head(desk, before, BOB, &source("it snows, they say").into()).unwrap();
    // Another organisation is held to its own words only.
    let theirs = assess(scene.first, scene.claim);
    with_head(desk, before, PIA, &theirs.into()).unwrap();
}

#[test]
fn one_import_may_correct_a_review_and_record_another_of_the_same_page() {
    let mut desk = Desk::staffed();
    let first = desk.say(&secret(IMPORTER), review("the page").into());
    let before = desk.head();
    let mut again = review("the page, changed");
    again.correction = correction(first, CorrectionKind::Update);
    desk.say(&secret(IMPORTER), again.into());
    let mut second = review("the page, changed");
    second.claim_text = text("it snows");
    with_head(&mut desk, before, IMPORTER, &second.into()).unwrap();
}
