//! A place in the log as people name it: a number, a day or an instant.
//!
//! A day is the day of this machine's time zone. The times of entries decide: they never go back, so each day and each
//! instant is one place in the log. The exception is a stretch where the ledger's clock ran ahead: all its entries have one
//! and the same time, whatever day it was. If the question falls there, the program asks for a number.

use super::read::line::instant;
use super::{Error, Session};
use crate::host::clock;
use claimledger_core::rules::clocks::DAY_SECONDS;
use claimledger_core::{EntryIndex, TreeSize, UnixMillis};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::fmt;
use std::str::FromStr;

/// What a person typed where a place in the log is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// The number of an entry, or a count of entries.
    Number(u64),
    /// A day, in the time zone of this machine.
    Day(Date),
    /// An instant.
    Instant(Timestamp),
}

/// Why a word names no place in the log.
#[derive(Debug, thiserror::Error)]
pub enum NotAPlace {
    /// A month or a year.
    #[error("{0:?} is not one day: write it as YYYY-MM-DD")]
    NotOneDay(String),
    /// A date and time without a zone.
    #[error(
        "{0:?} has no time zone: write it as YYYY-MM-DDThh:mm:ssZ, or with an offset such as +01:00 instead of Z"
    )]
    NoZone(String),
    /// Anything else.
    #[error(
        "{0:?} is no number, no day YYYY-MM-DD that exists, and no instant YYYY-MM-DDThh:mm:ssZ"
    )]
    Other(String),
}

impl FromStr for When {
    type Err = NotAPlace;

    fn from_str(text: &str) -> Result<Self, NotAPlace> {
        let other = || NotAPlace::Other(text.to_owned());
        if text.bytes().all(|b| b.is_ascii_digit()) {
            return text.parse().map(Self::Number).map_err(|_| other());
        }
        if text.contains([':', 'T']) {
            if let Ok(instant) = text.parse() {
                return Ok(Self::Instant(instant));
            }
            return Err(match text.parse::<jiff::civil::DateTime>() {
                Ok(_) => NotAPlace::NoZone(text.to_owned()),
                Err(_) => other(),
            });
        }
        let widths: Vec<usize> = text.split('-').map(str::len).collect();
        match widths[..] {
            [4, 2] => Err(NotAPlace::NotOneDay(text.to_owned())),
            [4, 2, 2] => text.parse().map(Self::Day).map_err(|_| other()),
            _ => Err(other()),
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Day(day) => day.fmt(f),
            Self::Instant(instant) => instant.fmt(f),
        }
    }
}

/// How many entries the ledger had at the end of a day, or at an instant. A number is that many entries. Notes what a day
/// or an instant was found to be.
pub fn size_at(session: &Session, when: When) -> Result<TreeSize, Error> {
    let (size, name) = found_until(session, when)?;
    let Some(name) = name else {
        return Ok(size);
    };
    let Some(last) = size.last() else {
        return Err(Error::Usage(format!(
            "this ledger had no entries at the end of {name}: entry 0 was added at {}",
            instant(session.statement(EntryIndex::FIRST)?.time)
        )));
    };
    let entries = if size == session.head().size {
        format!("all {size} entries")
    } else {
        format!("{size} entries")
    };
    session.note(format!(
        "{name} ends after entry {last}: the answer is as of {entries}"
    ));
    Ok(size)
}

/// The same for a filter: if no entry was added until then, there are none.
pub fn entries_until(session: &Session, when: When) -> Result<TreeSize, Error> {
    Ok(found_until(session, when)?.0)
}

/// How many entries there were then, and how a day or an instant is called.
fn found_until(session: &Session, when: When) -> Result<(TreeSize, Option<String>), Error> {
    let (end, name) = match when {
        When::Number(number) => {
            return Ok((TreeSize::new(number), None));
        }
        When::Day(day) => {
            let zone = clock::local_zone()?;
            let next = day.tomorrow().map_err(|_| out_of_range(when))?;
            (beginning(next, &zone)?, format!("{day} ({})", name(&zone)))
        }
        When::Instant(at) => {
            let millis = u64::try_from(at.as_millisecond()).unwrap_or(0);
            (UnixMillis::new(millis.saturating_add(1)), when.to_string())
        }
    };
    let first_after = first_from(session, end, &name)?;
    Ok((first_after.size_before(), Some(name)))
}

/// The first entry of a day, or from an instant on. A number is that entry. Notes what a day or an instant was found to
/// be.
pub fn entry_from(session: &Session, when: When) -> Result<EntryIndex, Error> {
    let (first, name) = found_from(session, when)?;
    let Some(name) = name else {
        return Ok(first);
    };
    let size = session.head().size;
    if let Some(last) = size.last().filter(|_| !size.contains(first)) {
        return Err(Error::Usage(format!(
            "no entry was added on {name} or later: the last one, entry {last}, was added at {}",
            instant(session.statement(last)?.time)
        )));
    }
    session.note(format!("{name} begins with entry {first}"));
    Ok(first)
}

/// The same for a filter: if no entry was added since, it is the next entry.
pub fn first_since(session: &Session, when: When) -> Result<EntryIndex, Error> {
    Ok(found_from(session, when)?.0)
}

/// The first entry from then on, and how a day or an instant is called.
fn found_from(session: &Session, when: When) -> Result<(EntryIndex, Option<String>), Error> {
    let (start, name) = match when {
        When::Number(number) => {
            return Ok((EntryIndex::new(number), None));
        }
        When::Day(day) => {
            let zone = clock::local_zone()?;
            (beginning(day, &zone)?, format!("{day} ({})", name(&zone)))
        }
        When::Instant(at) => {
            // Entries count whole milliseconds: the first one that is not before the instant.
            let whole = at.as_millisecond() + i64::from(at.subsec_nanosecond() % 1_000_000 > 0);
            let millis = u64::try_from(whole).unwrap_or(0);
            (UnixMillis::new(millis), when.to_string())
        }
    };
    Ok((first_from(session, start, &name)?, Some(name)))
}

/// The first instant of a day in a zone. Where the clocks jump over midnight, it is the instant after the jump.
fn beginning(day: Date, zone: &TimeZone) -> Result<UnixMillis, Error> {
    let noon = day.at(12, 0, 0, 0).to_zoned_datetime(zone.clone());
    let start = noon
        .and_then(|noon| noon.start_of_day())
        .map_err(|_| out_of_range(When::Day(day)))?;
    let millis = start.timestamp().as_millisecond();
    Ok(UnixMillis::new(u64::try_from(millis).unwrap_or(0)))
}

fn name(zone: &TimeZone) -> String {
    match zone.iana_name() {
        Some(name) => name.to_owned(),
        None => "the time zone of this machine".to_owned(),
    }
}

fn out_of_range(when: When) -> Error {
    Error::Usage(format!("{when} is not a day that can be counted"))
}

/// The first entry whose time is `start` or later; the next entry if there is none. An audit refuses a log whose times go
/// back, so half of the entries can be left out at each step.
fn first_from(session: &Session, start: UnixMillis, name: &str) -> Result<EntryIndex, Error> {
    let size = session.head().size;
    let first = search(session, 0, |time| time >= start)?;
    if size.contains(first) {
        ran_ahead(session, first, start, name)?;
    }
    Ok(first)
}

/// The first entry from `from` on whose time holds; the next entry of the log if there is none.
fn search(
    session: &Session,
    from: u64,
    holds: impl Fn(UnixMillis) -> bool,
) -> Result<EntryIndex, Error> {
    let (mut low, mut high) = (from, session.head().size.get());
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(session.statement(EntryIndex::new(middle))?.time) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Ok(EntryIndex::new(low))
}

/// Refuses if the entries that have the time of entry `first` came in at different times: the ledger's clock was ahead
/// when the first of them came in, and each later one got the same time, because times never go back.
///
/// Statements that were added together have one time too. But each was signed before the first of them was added, so none
/// had seen it.
fn ran_ahead(
    session: &Session,
    first: EntryIndex,
    start: UnixMillis,
    name: &str,
) -> Result<(), Error> {
    let time = session.statement(first)?.time;
    let end = search(session, first.get(), |later| later > time)?;
    let Some(last) = end.size_before().last() else {
        return Ok(());
    };
    let newest = session.statement(last)?;
    let had_seen = newest.seen.is_some_and(|seen| seen.size.contains(first));
    let behind = UnixMillis::from(newest.issued).plus_millis(DAY_SECONDS * 1_000) < time;
    if !had_seen || !behind {
        return Ok(());
    }
    // The first one has the clock that was ahead; what its signer said may come from the same clock.
    let mut by_signers = end;
    for index in first.get() + 1..end.get() {
        let index = EntryIndex::new(index);
        if UnixMillis::from(session.statement(index)?.issued) >= start {
            by_signers = index;
            break;
        }
    }
    Err(Error::DateUnclear {
        when: name.to_owned(),
        by_ledger: first,
        by_signers,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_a_day_and_an_instant_with_a_zone_are_places_and_a_month_is_none() {
        assert_eq!("41".parse::<When>().unwrap(), When::Number(41));
        assert!(matches!("2026-11-08".parse(), Ok(When::Day(_))));
        for instant in [
            "2026-11-08T10:00:00Z",
            "2026-11-08T11:00:00+01:00",
            "2026-11-08T11:00+01:00[Africa/Lagos]",
        ] {
            let When::Instant(at) = instant.parse().unwrap() else {
                panic!("{instant}");
            };
            assert_eq!(at.to_string(), "2026-11-08T10:00:00Z");
        }
        for (wrong, words) in [
            ("2026-11", "is not one day"),
            ("2026-11-08T11:00:00", "has no time zone"),
            ("2026-02-30", "no day YYYY-MM-DD that exists"),
            ("2026-11-08T25:00:00Z", "no instant"),
            ("yesterday", "is no number"),
            ("-3", "is no number"),
            ("", "is no number"),
        ] {
            let refused = wrong.parse::<When>().unwrap_err().to_string();
            assert!(refused.contains(words), "{wrong}: {refused}");
        }
    }

    /// Seconds since 1970 of the beginnings of days, by `date -d` of GNU coreutils with the IANA zones.
    #[test]
    fn a_day_begins_at_local_midnight_or_after_the_jump_over_it() {
        for (zone, day, seconds) in [
            ("UTC", "2026-11-08", 1_794_096_000),
            ("Africa/Lagos", "2026-11-08", 1_794_092_400),
            ("America/New_York", "2026-11-08", 1_794_114_000),
            // Summer time ends in the night before 26 October 2026; the day before has 24 hours, this one 25.
            ("Europe/Warsaw", "2026-10-25", 1_792_879_200),
            ("Europe/Warsaw", "2026-10-26", 1_792_969_200),
            // In Cairo the clocks go from 24:00 to 01:00 on the last Thursday of April: there is no midnight.
            ("Africa/Cairo", "2026-04-24", 1_776_981_600),
        ] {
            let named = TimeZone::get(zone).unwrap();
            let begins = beginning(day.parse().unwrap(), &named).unwrap();
            assert_eq!(begins, UnixMillis::new(seconds * 1_000), "{zone} {day}");
        }
    }
}
