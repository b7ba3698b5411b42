//! What a quotation rests on, and what later captures found of it.

use super::bodies::*;
use super::desk::*;
use crate::crypto::sha256;
use crate::model::StatementId;
use crate::model::evidence::{Evidence, Stance};
use crate::model::excerpt::Excerpt;
use crate::model::source::{Quotation, QuotationState, SourceCapture};
use crate::rules::standing;
use crate::rules::standing::quotation;
use crate::tlog::EntryIndex;

fn quoting(claim: StatementId, source: StatementId, words: &str) -> Evidence {
    let mut quoting = evidence(claim, source, Stance::Supports);
    quoting.excerpt = Some(Excerpt {
        end: 2,
        quote: text("it"),
        start: 0,
        text: sha256(&[words.as_bytes()]),
    });
    quoting
}

/// A look at a source on a day of January 2026.
fn look(
    source: StatementId,
    words: &str,
    day: u8,
    evidence: StatementId,
    state: QuotationState,
) -> SourceCapture {
    let mut look = capture(source, words);
    look.snapshot.captured = format!("2026-01-{day:02}T03:04:05Z").parse().unwrap();
    look.quotations = vec![Quotation {
        end: None,
        start: None,
        state,
        statement: evidence,
    }];
    look
}

#[test]
fn the_latest_look_of_the_verdicts_own_organisation_decides_about_a_quotation() {
    let mut desk = Desk::staffed();
    desk.time += 40 * 24 * 60 * 60 * 1_000;
    let (bob, pia) = (secret(BOB), secret(PIA));
    let it = desk.say(&bob, claim("it rains").into());
    let paper = desk.say(&bob, source("it rained").into());
    let said = desk.say(&bob, quoting(it, paper, "it rained").into());
    let scale = desk.scale();
    let rated = desk.say(&bob, verdict(it, scale, &[said]).into());
    let state = |desk: &Desk| {
        let standing = standing(&desk.reading(), desk.index(&rated)).unwrap();
        standing
            .unwrap()
            .quotations
            .first()
            .map(|found| found.state)
    };
    assert_eq!(state(&desk), None);
    let there = QuotationState::There;
    let gone = QuotationState::Gone;
    desk.say(&bob, look(paper, "it rained.", 5, said, there).into());
    assert_eq!(state(&desk), Some(there));
    // Another organisation says otherwise: that is its word, not the desk's.
    desk.say(&pia, look(paper, "gone", 9, said, gone).into());
    assert_eq!(state(&desk), Some(there));
    // An earlier look that was recorded later does not decide; a later one does.
    desk.say(&bob, look(paper, "gone", 4, said, gone).into());
    assert_eq!(state(&desk), Some(there));
    let last = desk.say(&bob, look(paper, "gone.", 6, said, gone).into());
    assert_eq!(state(&desk), Some(gone));
    // A capture of another source says nothing about this one.
    let other = desk.say(&bob, source("another").into());
    desk.say(&bob, look(other, "it is there", 8, said, there).into());
    assert_eq!(state(&desk), Some(gone));
    // What a distrusted key looked for does not count.
    let from = desk.index(&last);
    desk.say(&secret(ADA), revoke(&bob, Some(from)).into());
    assert_eq!(state(&desk), Some(there));
}

#[test]
fn a_quotation_rests_on_a_transcript_only_where_no_capture_has_its_text() {
    let mut desk = Desk::staffed();
    let (ada, bob, pia) = (secret(ADA), secret(BOB), secret(PIA));
    let it = desk.say(&ada, claim("it rains").into());
    let tape = desk.say(&ada, source("a recording").into());
    let words = "it rains, he says";
    let theirs = desk.say(&pia, transcribe(tape, "a recording", words).into());
    let first = desk.say(&ada, quoting(it, tape, words).into());
    let ours = desk.say(&bob, transcribe(tape, "a recording", words).into());
    let second = desk.say(&ada, quoting(it, tape, words).into());
    let on = |desk: &Desk, evidence: StatementId| {
        let reading = desk.reading();
        let fact = reading.entry(desk.index(&evidence)).unwrap().unwrap();
        quotation::transcript(&reading, &fact).unwrap()
    };
    // There was no transcript of the desk before the first quotation, and one before the second.
    assert_eq!(on(&desk, first), Some(desk.index(&theirs)));
    assert_eq!(on(&desk, second), Some(desk.index(&ours)));
    let scale = desk.scale();
    let rated = desk.say(&ada, verdict(it, scale, &[second]).into());
    let beneath = |desk: &Desk| -> Vec<EntryIndex> { desk.fallen(&rated) };
    assert!(beneath(&desk).is_empty());
    desk.say(&ada, revoke(&bob, Some(desk.index(&ours))).into());
    assert_eq!(beneath(&desk), [desk.index(&ours)]);
    // A capture with this very text: the quotation rests on that.
    desk.say(&ada, capture(tape, words).into());
    assert_eq!(on(&desk, first), None);
    assert!(beneath(&desk).is_empty());
}
