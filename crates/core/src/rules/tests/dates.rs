//! Dates of things done, beside the time of the signature.

use super::bodies::*;
use super::desk::*;
use crate::encoding::time::PartialDate;
use crate::model::correction::CorrectionKind;
use crate::model::evidence::{Evidence, Stance};
use crate::model::source::{Capture, Source, SourceCapture};
use crate::model::verdict::{Asked, Contact, Verdict};
use crate::rules::dates::published_ahead;

fn date(text: &str) -> PartialDate {
    text.parse().unwrap()
}

/// The desk's clock at an instant.
fn at(desk: &mut Desk, instant: &str) {
    let instant: crate::encoding::time::Instant = instant.parse().unwrap();
    desk.time = instant.unix_seconds() * 1_000;
}

#[test]
fn a_day_may_be_named_once_it_has_begun_somewhere() {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    let made = |day: &str| {
        let mut it = claim("it rains");
        it.made = Some(date(day));
        it
    };
    at(&mut desk, "2026-03-01T09:59:59Z");
    assert_eq!(desk.refused(&bob, made("2026-03-02").into()), "date-ahead");
    // 2 March has begun in Kiritimati, and it is a working day in Auckland soon after.
    at(&mut desk, "2026-03-01T10:00:00Z");
    desk.say(&bob, made("2026-03-02").into());
    assert_eq!(desk.refused(&bob, made("2026-03-03").into()), "date-ahead");
    assert_eq!(desk.refused(&bob, made("2026-04").into()), "date-ahead");
    assert_eq!(desk.refused(&bob, made("2031").into()), "date-ahead");
    desk.say(&bob, made("2026-03").into());
    desk.say(&bob, made("2026").into());
    desk.say(&bob, made("0000").into());
}

#[test]
fn nothing_done_is_dated_after_its_signature() {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    let it = desk.say(&bob, claim("it rains").into());
    let searched = |day: &str| Evidence {
        on: Some(date(day)),
        searched: Some(text("the archive")),
        source: None,
        ..evidence(it, it, Stance::NotFound)
    };
    assert_eq!(
        desk.refused(&bob, searched("2026-05-01").into()),
        "date-ahead"
    );
    desk.say(&bob, searched("2026-01-01").into());
    let scale = desk.scale();
    let asked = |day: &str| Verdict {
        contact: Some(Contact::Asked(Asked {
            on: date(day),
            reply: None,
        })),
        ..verdict(it, scale, &[])
    };
    assert_eq!(desk.refused(&bob, asked("2029-01-01").into()), "date-ahead");
    let first = desk.say(&bob, asked("2025-12-30").into());
    let mut correcting = asked("2025-12-30");
    correcting.correction = correction(first, CorrectionKind::RatingChange);
    let reported = |day: &str| {
        let mut it = correcting.clone();
        it.correction.as_mut().unwrap().reported = Some(date(day));
        it
    };
    assert_eq!(
        desk.refused(&bob, reported("2031-01-01").into()),
        "date-ahead"
    );
    desk.say(&bob, reported("2026-01-01").into());
}

#[test]
fn bytes_are_captured_at_most_ten_minutes_after_the_signature() {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    at(&mut desk, "2026-01-02T00:00:00Z");
    let captured = |instant: &str| {
        let mut bytes = snapshot("it rained");
        bytes.captured = instant.parse().unwrap();
        bytes
    };
    let added = |instant: &str| Source {
        capture: Capture::Captured(captured(instant)),
        ..source("it rained")
    };
    assert_eq!(
        desk.refused(&bob, added("2026-01-02T00:10:01Z").into()),
        "date-ahead"
    );
    at(&mut desk, "2026-01-02T00:00:00Z");
    let paper = desk.say(&bob, added("2026-01-02T00:10:00Z").into());
    let later = |instant: &str| SourceCapture {
        snapshot: captured(instant),
        ..capture(paper, "it rained")
    };
    assert_eq!(
        desk.refused(&bob, later("2026-01-03T00:00:00Z").into()),
        "date-ahead"
    );
    desk.say(&bob, later("2026-01-02T00:00:00Z").into());
}

#[test]
fn what_is_printed_and_what_is_forecast_may_lie_ahead() {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    let magazine = Source {
        published: Some(date("2026-03")),
        ..source("it rained")
    };
    let signed = desk.sign(&bob, magazine.into());
    desk.take(&signed).unwrap();
    assert_eq!(published_ahead(&signed).as_deref(), Some("2026-03"));
    let book = Source {
        published: Some(date("2026")),
        ..source("it rained often")
    };
    let signed = desk.sign(&bob, book.into());
    desk.take(&signed).unwrap();
    assert_eq!(published_ahead(&signed), None);
    let mut forecast = claim("it will rain");
    forecast.about = crate::model::claim::About::Forecast;
    forecast.due = Some(date("2031"));
    desk.say(&bob, forecast.into());
}

#[test]
fn a_forecast_may_be_due_in_a_month_or_at_an_unknown_time() {
    let mut desk = Desk::staffed();
    let bob = secret(BOB);
    let mut forecast = claim("the referendum will be held in less than six months");
    forecast.about = crate::model::claim::About::Forecast;
    forecast.due = Some(date("2026-07"));
    desk.say(&bob, forecast.clone().into());
    forecast.due = None;
    desk.say(&bob, forecast.into());
}
