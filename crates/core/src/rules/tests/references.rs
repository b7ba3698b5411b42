//! What a statement names: it must exist, be of the right kind, still be in force, and have been seen.

use super::bodies::*;
use super::desk::*;
use crate::crypto::sha256;
use crate::encoding::text::Text;
use crate::model::correction::CorrectionKind;
use crate::model::evidence::Stance;
use crate::model::excerpt::Excerpt;
use crate::model::foreign::Observe;
use crate::model::relation::{Basis, SourceRelation};
use crate::model::{Seen, StatementId};
use crate::rules::View as _;
use crate::tlog::checkpoint::{Checkpoint, SignedCheckpoint};
use crate::tlog::note::{NoteSignature, VerifierKey};
use crate::tlog::{EntryIndex, TreeSize};

/// A checkpoint of another ledger, signed by this key.
pub fn observed(key: u8) -> Observe {
    observed_with(key, &[])
}

/// The same, signed by further keys too.
pub fn observed_with(key: u8, further: &[u8]) -> Observe {
    let origin: crate::encoding::name::Origin = "other.example/facts".parse().unwrap();
    let vkey = |key: u8| VerifierKey::new(origin.clone(), secret(key).public());
    let checkpoint = Checkpoint {
        origin: origin.clone(),
        size: TreeSize::new(3),
        root: sha256(&[b"root"]),
    };
    let lines: Vec<NoteSignature> = further
        .iter()
        .map(|key| {
            let signature = secret(*key).sign(checkpoint.text().as_bytes());
            NoteSignature::new(&vkey(*key), signature)
        })
        .collect();
    let signed = SignedCheckpoint::sign(checkpoint, &vkey(key), |text| secret(key).sign(text));
    let signed = signed.with_signatures(&lines);
    Observe {
        checkpoint: Text::new(String::from_utf8(signed.to_bytes()).unwrap()).unwrap(),
        origin: origin.clone(),
        vkey: Text::new(vkey(key).to_string()).unwrap(),
    }
}

fn nobody() -> StatementId {
    StatementId::from_bytes([9; 32])
}

fn excerpt(words: &str) -> Excerpt {
    Excerpt {
        end: 2,
        quote: text("it"),
        start: 0,
        text: sha256(&[words.as_bytes()]),
    }
}

#[test]
fn only_the_first_entry_creates_the_ledger() {
    let mut desk = Desk::new();
    let ada = secret(ADA);
    let again = create(secret(CHECKPOINT).public());
    assert_eq!(desk.refused(&ada, again.into()), "second-creation");
    let mut empty = Desk::empty();
    assert_eq!(empty.refused(&ada, claim("x").into()), "first-entry");
    let mut newer = create(secret(CHECKPOINT).public());
    newer.rules = 9;
    assert_eq!(empty.refused(&ada, newer.into()), "rules-version");
    let own = create(ada.public());
    assert_eq!(empty.refused(&ada, own.into()), "checkpoint-key");
}

#[test]
fn statements_for_another_ledger_repeated_or_from_the_future_are_refused() {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    let statement = desk.sign(&bob, claim("it rains").into());
    desk.take(&statement).unwrap();
    assert_eq!(
        desk.take(&statement).unwrap_err().code(),
        "statement-repeated"
    );
    let ledger = std::mem::replace(&mut desk.ledger, nobody());
    assert_eq!(desk.refused(&bob, claim("it rains").into()), "wrong-ledger");
    desk.ledger = ledger;
    let ten_minutes = 10 * 60 * 1_000;
    desk.time += ten_minutes + 1_000;
    let late = desk.sign(&bob, claim("it pours").into());
    desk.time -= ten_minutes + 1_000;
    assert_eq!(desk.take(&late).unwrap_err().code(), "issued-ahead");
    desk.time += 1_000;
    desk.take(&late).unwrap();
}

#[test]
fn the_head_that_the_signer_saw_must_be_a_prefix_of_this_log() {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    let head = desk.head();
    desk.seen = Some(Seen {
        size: head.size.next().size_through(),
        ..head
    });
    assert_eq!(desk.refused(&bob, claim("a").into()), "seen-ahead");
    desk.seen = Some(Seen {
        size: head.size.last().unwrap().size_before(),
        ..head
    });
    assert_eq!(desk.refused(&bob, claim("a").into()), "seen-not-ours");
    desk.seen = Some(Seen {
        size: TreeSize::EMPTY,
        ..head
    });
    assert_eq!(desk.refused(&bob, claim("a").into()), "seen-not-ours");
    desk.seen = Some(head);
    desk.say(&bob, claim("a").into());
}

#[test]
fn references_must_exist_and_be_of_the_right_kind() {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    let it = desk.say(&bob, claim("it rains").into());
    let paper = desk.say(&bob, source("it rained").into());
    let unknown = evidence(it, nobody(), Stance::Supports);
    assert_eq!(desk.refused(&bob, unknown.into()), "reference-unknown");
    let crossed = evidence(paper, it, Stance::Supports);
    assert_eq!(desk.refused(&bob, crossed.into()), "reference-type");
    // Who holds which key is not a matter of opinion.
    let first = desk.id(EntryIndex::FIRST);
    assert_eq!(desk.refused(&bob, dispute(first).into()), "reference-type");
}

#[test]
fn excerpts_and_withholdings_must_name_bytes_of_the_source() {
    let mut desk = Desk::staffed();
    let (bob, carol) = (secret(BOB), secret(CAROL));
    let it = desk.say(&bob, claim("it rains").into());
    let paper = desk.say(&bob, source("it rained").into());
    let other = desk.say(&bob, source("it snowed").into());
    let quoting = |words: &str| {
        let mut quoting = evidence(it, paper, Stance::Supports);
        quoting.excerpt = Some(excerpt(words));
        quoting
    };
    desk.say(&bob, quoting("it rained").into());
    assert_eq!(
        desk.refused(&bob, quoting("it snowed").into()),
        "excerpt-not-of-source"
    );
    desk.say(&bob, capture(paper, "it poured").into());
    desk.say(&bob, quoting("it poured").into());
    // A newer version of the source still has the texts of the older one, and the other way round.
    let mut newer = source("it rained much");
    newer.correction = correction(paper, CorrectionKind::Update);
    desk.say(&bob, newer.into());
    desk.say(&bob, quoting("it rained much").into());
    let mut related = relate(other, SourceRelation::WasQuotedFrom, paper);
    related.basis = Basis::Stated(excerpt("it snowed"));
    desk.say(&bob, related.clone().into());
    related.basis = Basis::Stated(excerpt("nothing of the kind"));
    assert_eq!(desk.refused(&bob, related.into()), "excerpt-not-of-source");
    let foreign = withhold(other, sha256(&[b"it rained"]));
    assert_eq!(
        desk.refused(&carol, foreign.into()),
        "snapshot-not-of-source"
    );
    desk.say(&carol, withhold(other, sha256(&[b"it snowed"])).into());
}

#[test]
fn new_statements_must_not_depend_on_withdrawn_ones() {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    let it = desk.say(&bob, claim("it rains").into());
    let that = desk.say(&bob, claim("it snows").into());
    let paper = desk.say(&bob, source("it rained").into());
    let other = desk.say(&bob, source("it snowed").into());
    let good = desk.say(&bob, evidence(it, paper, Stance::Supports).into());
    let bad = desk.say(&bob, evidence(it, other, Stance::Supports).into());
    desk.say(&bob, withdraw(bad).into());
    let scale = desk.scale();
    let resting = verdict(it, scale, &[good, bad]);
    assert_eq!(desk.refused(&bob, resting.into()), "reference-withdrawn");
    assert_eq!(
        desk.refused(&bob, withdraw(bad).into()),
        "already-withdrawn"
    );
    desk.say(&bob, withdraw(that).into());
    let on_it = evidence(that, paper, Stance::Supports);
    assert_eq!(desk.refused(&bob, on_it.into()), "reference-withdrawn");
    desk.say(&bob, withdraw(other).into());
    let from_it = evidence(it, other, Stance::Supports);
    assert_eq!(desk.refused(&bob, from_it.into()), "reference-withdrawn");
    let mut upstream = evidence(it, paper, Stance::Supports);
    upstream.via = vec![other];
    assert_eq!(desk.refused(&bob, upstream.into()), "reference-withdrawn");
    let mut later = source("it thawed");
    later.correction = correction(other, CorrectionKind::Update);
    assert_eq!(desk.refused(&bob, later.into()), "reference-withdrawn");
}

#[test]
fn a_reference_to_a_corrected_claim_is_valid_only_after_a_typo_or_clarification() {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    let paper = desk.say(&bob, source("it rained").into());
    let it = desk.say(&bob, claim("it rians").into());
    let early = desk.say(&bob, evidence(it, paper, Stance::Supports).into());
    let mut typo = claim("it rains");
    typo.correction = correction(it, CorrectionKind::Typo);
    let spelled = desk.say(&bob, typo.into());
    // The old name still works, and evidence under either name is evidence for both.
    desk.say(&bob, evidence(it, paper, Stance::Context).into());
    let scale = desk.scale();
    desk.say(&bob, verdict(spelled, scale, &[early]).into());
    let mut update = claim("it rains in Oslo");
    update.correction = correction(spelled, CorrectionKind::Correction);
    let oslo = desk.say(&bob, update.into());
    for old in [it, spelled] {
        let refusal = desk
            .try_say(&bob, evidence(old, paper, Stance::Supports).into())
            .unwrap_err();
        assert_eq!(refusal.code(), "reference-superseded");
        assert!(refusal.to_string().contains(&oslo.to_string()));
    }
    let stale = verdict(oslo, scale, &[early]);
    assert_eq!(desk.refused(&bob, stale.into()), "other-claim");
}

#[test]
fn a_reference_to_a_superseded_source_reads_its_newest_version() {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    let it = desk.say(&bob, claim("it rains").into());
    let paper = desk.say(&bob, source("it rained").into());
    let mut newer = source("it rained much");
    newer.correction = correction(paper, CorrectionKind::Correction);
    let newer = desk.say(&bob, newer.into());
    desk.say(&bob, evidence(it, paper, Stance::Supports).into());
    desk.say(&bob, withdraw(newer).into());
    // The older version is in force again, because its correction is not.
    desk.say(&bob, evidence(it, paper, Stance::Supports).into());
}

#[test]
fn a_verdict_must_rest_on_evidence_that_its_author_had_seen() {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    let it = desk.say(&bob, claim("it rains").into());
    let paper = desk.say(&bob, source("it rained").into());
    let before = desk.head();
    let seen = desk.say(&bob, evidence(it, paper, Stance::Supports).into());
    let scale = desk.scale();
    desk.seen = Some(before);
    let unseen = verdict(it, scale, &[seen]);
    assert_eq!(
        desk.refused(&bob, unseen.clone().into()),
        "evidence-not-seen"
    );
    // A batch signs its verdicts against its own head: seen.size may be the verdict's own index.
    desk.seen = Some(desk.head());
    assert_eq!(desk.head().size, desk.size());
    desk.say(&bob, unseen.into());
}

#[test]
fn unknown_ratings_methods_and_scale_versions_are_refused() {
    let mut desk = Desk::staffed();
    let (ada, bob) = (secret(ADA), secret(BOB));
    let it = desk.say(&bob, claim("it rains").into());
    let scale_id = desk.scale();
    let mut odd = verdict(it, scale_id, &[]);
    odd.rating = slug("splendid");
    assert_eq!(desk.refused(&bob, odd.into()), "rating-unknown");
    let desks = desk.view.organisation(&slug("desk")).unwrap().unwrap();
    let frozen = crate::rules::frozen(&desk.reading(), desk.index(&it), desks).unwrap();
    let mut computed = verdict(it, scale_id, &[]);
    computed.corroboration = frozen.unwrap().unwrap();
    let mut other = computed.clone();
    other.corroboration.method = 7;
    assert_eq!(desk.refused(&bob, other.into()), "corroboration-method");
    let mut wrong = computed.clone();
    wrong.corroboration.support.as_mut().unwrap().independent = 1;
    assert_eq!(desk.refused(&bob, wrong.into()), "corroboration-mismatch");
    desk.say(&bob, computed.clone().into());
    // Computed at what the author had seen. Later statements that change no count are no reason to refuse.
    let before = desk.head();
    let paper = desk.say(&bob, source("it rained").into());
    desk.seen = Some(before);
    computed.reasons = text("before the paper spoke");
    desk.say(&bob, computed.clone().into());
    desk.say(&bob, evidence(it, paper, Stance::Supports).into());
    assert_eq!(
        desk.refused(&bob, computed.clone().into()),
        "corroboration-mismatch"
    );
    computed.reasons = text("for other reasons");
    desk.seen = Some(before);
    assert_eq!(
        desk.refused(&bob, computed.clone().into()),
        "corroboration-stale"
    );
    desk.seen = Some(Seen {
        size: desk.index(&it).size_before(),
        root: desk
            .view
            .root_at(desk.index(&it).size_before())
            .unwrap()
            .unwrap(),
    });
    assert_eq!(desk.refused(&bob, computed.into()), "claim-not-seen");
    for wrong in [1, 3] {
        assert_eq!(
            desk.refused(&ada, scale("desk", wrong).into()),
            "scale-version"
        );
    }
    desk.say(&ada, scale("desk", 2).into());
    let mut unmet = policy("desk", 1);
    unmet.roles = vec![crate::model::organisation::Role::Admin];
    assert_eq!(desk.refused(&ada, unmet.into()), "policy-bounds");
    let mut none = policy("desk", 1);
    none.organisations = 0;
    assert_eq!(desk.refused(&ada, none.into()), "policy-bounds");
}

#[test]
fn labels_are_unique_and_a_successor_may_take_them() {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    let name = |desk: &mut Desk| desk.label = Some("rain".to_owned());
    name(&mut desk);
    let it = desk.say(&bob, claim("it rains").into());
    name(&mut desk);
    assert_eq!(desk.refused(&bob, claim("it pours").into()), "label-taken");
    let mut second = claim("it rains much");
    second.correction = correction(it, CorrectionKind::Update);
    name(&mut desk);
    let second = desk.say(&bob, second.into());
    desk.say(&bob, withdraw(second).into());
    let mut third = claim("it rains a little");
    third.correction = correction(it, CorrectionKind::Update);
    name(&mut desk);
    desk.say(&bob, third.into());
}

#[test]
fn changed_reviews_supersede_and_observed_ledgers_keep_their_key() {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    let first = desk.say(&bob, review("raw").into());
    desk.say(&bob, review("raw").into());
    let latest = desk.id(desk.size().last().unwrap());
    assert_eq!(
        desk.refused(&bob, review("changed").into()),
        "review-changed"
    );
    let mut aside = review("changed");
    aside.correction = correction(first, CorrectionKind::Update);
    assert_eq!(desk.refused(&bob, aside.into()), "review-changed");
    let mut changed = review("changed");
    changed.correction = correction(latest, CorrectionKind::Update);
    let changed = desk.say(&bob, changed.into());
    desk.say(&bob, withdraw(changed).into());
    // The record before it is in force again.
    assert_eq!(
        desk.refused(&bob, review("changed once more").into()),
        "review-changed"
    );
    let mut more = review("changed once more");
    more.correction = correction(latest, CorrectionKind::Update);
    desk.say(&bob, more.into());
    desk.say(&bob, observed(8).into());
    desk.say(&bob, observed(8).into());
    assert_eq!(desk.refused(&bob, observed(9).into()), "observed-key");
}

#[test]
fn a_dispute_is_answered_once() {
    let mut desk = Desk::staffed();
    let (bob, carol) = (secret(BOB), secret(CAROL));
    let it = desk.say(&bob, claim("it rains").into());
    let doubted = desk.say(&carol, dispute(it).into());
    // By another person than the author of the disputed statement.
    assert_eq!(desk.refused(&bob, answer(doubted).into()), "own-statement");
    desk.say(&secret(ADA), answer(doubted).into());
    assert_eq!(
        desk.refused(&carol, answer(doubted).into()),
        "dispute-answered"
    );
    desk.say(&bob, withdraw(it).into());
    assert_eq!(
        desk.refused(&carol, dispute(it).into()),
        "reference-withdrawn"
    );
}
