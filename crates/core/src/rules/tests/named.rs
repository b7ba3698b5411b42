//! What exactly may be named: which forms of a claim, which bytes of a source, which label, which record of a review.

use super::bodies::*;
use super::desk::*;
use crate::code::Code;
use crate::crypto::sha256;
use crate::model::StatementId;
use crate::model::correction::CorrectionKind;
use crate::model::evidence::{Evidence, Stance};
use crate::model::excerpt::Excerpt;
use crate::model::relation::{Basis, SourceRelation};
use crate::model::snapshot::{Charset, ChosenBy, ExtractedText};
use crate::model::source::{Capture, Source};

/// A page whose bytes are of this media type, and the text that was taken out of them.
fn with_text(bytes: &str, media_type: &str, words: &str) -> Source {
    let mut page = source(bytes);
    if let Capture::Captured(snapshot) = &mut page.capture {
        snapshot.media_type = media_type.parse().unwrap();
        snapshot.text = Some(ExtractedText {
            charset: Some(Charset {
                chosen_by: ChosenBy::Declared,
                name: text("windows-1252"),
            }),
            extractor: text("claimledger-text 1"),
            page: None,
            sha256: sha256(&[words.as_bytes()]),
        });
    }
    page
}

fn excerpt(words: &str) -> Excerpt {
    Excerpt {
        end: 2,
        quote: text("it"),
        start: 0,
        text: sha256(&[words.as_bytes()]),
    }
}

fn quoting(claim: StatementId, source: StatementId, words: &str) -> Evidence {
    Evidence {
        excerpt: Some(excerpt(words)),
        ..evidence(claim, source, Stance::Supports)
    }
}

#[test]
fn where_bytes_have_an_extracted_text_only_the_text_is_quoted() {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    let it = desk.say(&bob, claim("it rains").into());
    // Plain text in another encoding than UTF-8 has a decoded text too.
    for media_type in ["text/html", "text/plain"] {
        let bytes = format!("<p>it rained, {media_type}");
        let page = with_text(&bytes, media_type, "it rained");
        let page = desk.say(&bob, page.into());
        desk.say(&bob, quoting(it, page, "it rained").into());
        let raw = quoting(it, page, &bytes);
        assert_eq!(
            desk.refused(&bob, raw.clone().into()),
            "excerpt-not-of-source"
        );
        // The same bytes once more, now as UTF-8 text: they are a text from here on, and the earlier text stays one.
        desk.say(&bob, capture(page, &bytes).into());
        desk.say(&bob, raw.into());
        let mut again = quoting(it, page, "it rained");
        again.note = Some(text("again"));
        desk.say(&bob, again.into());
    }
    // Bytes without a text, and bytes of which only the digest is kept, are quoted by nobody.
    for n in 0..2 {
        let words = format!("it hailed {n}");
        let mut mute = source(&words);
        if let Capture::Captured(snapshot) = &mut mute.capture {
            match n {
                0 => snapshot.no_text = Some(text("a scan")),
                _ => snapshot.holding = crate::model::snapshot::Holding::HashOnly,
            }
        }
        let mute = desk.say(&bob, mute.into());
        let quoting = quoting(it, mute, &words);
        assert_eq!(desk.refused(&bob, quoting.into()), "excerpt-not-of-source");
    }
}

#[test]
fn a_relation_quotes_any_version_of_either_source() {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    let copy = desk.say(&bob, source("it rained").into());
    let wire = desk.say(&bob, source("it rained, says the wire").into());
    let mut newer = source("it rained much, says the wire");
    newer.correction = correction(wire, CorrectionKind::Update);
    let newer = desk.say(&bob, newer.into());
    for to in [wire, newer] {
        for words in [
            "it rained",
            "it rained, says the wire",
            "it rained much, says the wire",
        ] {
            let mut stated = relate(copy, SourceRelation::WireCopyOf, to);
            stated.basis = Basis::Stated(excerpt(words));
            desk.say(&bob, stated.into());
        }
    }
    let third = desk.say(&bob, source("it snowed").into());
    let mut stated = relate(copy, SourceRelation::WireCopyOf, third);
    stated.basis = Basis::Stated(excerpt("it rained, says the wire"));
    assert_eq!(desk.refused(&bob, stated.into()), "excerpt-not-of-source");
}

#[test]
fn superseded_evidence_is_disputed_and_not_rested_on() {
    let mut desk = Desk::staffed();
    let (bob, carol) = (secret(BOB), secret(CAROL));
    let it = desk.say(&bob, claim("it rains").into());
    let paper = desk.say(&bob, source("it rained").into());
    let first = desk.say(&bob, evidence(it, paper, Stance::Supports).into());
    let mut second = evidence(it, paper, Stance::Context);
    second.correction = correction(first, CorrectionKind::Correction);
    desk.say(&bob, second.into());
    desk.say(&carol, dispute(first).into());
    let mut resting = dispute(it);
    resting.evidence = vec![first];
    assert_eq!(desk.refused(&carol, resting.into()), "reference-superseded");
    let rated = verdict(it, desk.scale(), &[first]);
    assert_eq!(desk.refused(&bob, rated.into()), "reference-superseded");
}

#[test]
fn a_verdict_is_corrected_on_any_form_of_its_claim_through_corrections_of_every_kind() {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    let scale = desk.scale();
    let mut form = desk.say(&bob, claim("it rains 0").into());
    let mut last = desk.say(&bob, verdict(form, scale, &[]).into());
    for (n, kind) in CorrectionKind::ALL.iter().enumerate() {
        let mut next = claim(&format!("it rains in {n} places"));
        next.correction = correction(form, *kind);
        let before = form;
        form = desk.say(&bob, next.into());
        let mut rated = verdict(form, scale, &[]);
        rated.correction = correction(last, CorrectionKind::Correction);
        last = desk.say(&bob, rated.into());
        // Back to the earlier form, while that is the same claim.
        let mut back = verdict(before, scale, &[]);
        back.correction = correction(last, CorrectionKind::Correction);
        match kind {
            CorrectionKind::Typo | CorrectionKind::Clarification => {
                last = desk.say(&bob, back.into());
            }
            _ => assert_eq!(desk.refused(&bob, back.into()), "reference-superseded"),
        }
    }
    let that = desk.say(&bob, claim("it snows").into());
    let mut elsewhere = verdict(that, scale, &[]);
    elsewhere.correction = correction(last, CorrectionKind::Correction);
    assert_eq!(desk.refused(&bob, elsewhere.into()), "other-claim");
}

/// Bob says it under the label `rain`.
fn named(desk: &mut Desk, body: crate::model::Body) -> Result<StatementId, Code> {
    desk.label = Some("rain".to_owned());
    let said = desk.try_say(&secret(BOB), body);
    said.map_err(|refusal| refusal.code())
}

#[test]
fn a_withdrawn_statement_keeps_its_label() {
    let mut desk = Desk::staffed();
    let it = named(&mut desk, claim("it rains").into()).unwrap();
    desk.say(&secret(BOB), withdraw(it).into());
    let taken = Err(Code::LabelTaken);
    assert_eq!(named(&mut desk, claim("it pours").into()), taken);
    // Nor does a later statement of another type get it.
    assert_eq!(named(&mut desk, source("it rained").into()), taken);
}

#[test]
fn only_the_next_form_takes_over_a_label() {
    let mut desk = Desk::staffed();
    let form = |of: StatementId, words: &str| {
        let mut form = claim(words);
        form.correction = correction(of, CorrectionKind::Typo);
        form
    };
    let first = named(&mut desk, claim("it rains").into()).unwrap();
    let second = desk.say(&secret(BOB), form(first, "it rains.").into());
    assert_eq!(
        named(&mut desk, form(second, "it rains!").into()),
        Err(Code::LabelTaken)
    );
    // Of the form that has it, the next one takes it.
    desk.say(&secret(BOB), withdraw(second).into());
    named(&mut desk, form(first, "it rains!").into()).unwrap();
}

#[test]
fn records_are_of_one_review_if_author_address_and_claim_are_equal() {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    desk.say(&bob, review("raw").into());
    let changed = review("changed");
    assert_eq!(desk.refused(&bob, changed.clone().into()), "review-changed");
    // The rest of a record makes no other review.
    let mut dated = changed.clone();
    dated.published = Some(text("2026"));
    dated.rating.label = text("False");
    assert_eq!(desk.refused(&bob, dated.into()), "review-changed");
    let mut by_another = changed.clone();
    by_another.author = text("others");
    desk.say(&bob, by_another.into());
    let mut elsewhere = changed.clone();
    elsewhere.url = "https://others.example/1#".parse().unwrap();
    desk.say(&bob, elsewhere.into());
    let mut of_another = changed;
    of_another.claim_text = text("it rains.");
    desk.say(&bob, of_another.into());
}
