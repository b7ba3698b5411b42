//! Days and instants where a place in the log is asked for, in the time zone of the machine.

use crate::commands::world::World;
use claimledger::app::record::claim::{self, NewClaim};
use claimledger::host::clock::{Clock as _, SystemClock};
use claimledger_core::UnixMillis;

const DAY_MILLIS: u64 = 24 * 60 * 60 * 1_000;

/// Adds a claim by jonas that the ledger takes in at this instant, and `before` milliseconds earlier.
fn claim_at(world: &World, label: &str, instant: &str, before: u64) {
    let at: claimledger_core::encoding::time::Instant = instant.parse().expect("an instant");
    let at = UnixMillis::new(UnixMillis::from(at).get() - before);
    let text = format!("text = \"Said of {label}.\"\nclaimant = [\"unknown\"]");
    let new: NewClaim = toml::from_str(&text).expect("a claim");
    world.says(at, "jonas", label, |session| {
        claim::propose(session, &new).expect("a claim").body
    });
}

/// The label of the last entry of `log --at WHEN` on a machine in this zone, and what it notes.
fn last_at(world: &World, zone: &str, when: &str) -> (String, String) {
    let run = world.run_with(&format!("log --at {when} --json"), &[("TZ", zone)]);
    assert_eq!(run.code, 0, "{zone} {when}: {}", run.err);
    let lines: Vec<serde_json::Value> = serde_json::from_str(&run.out).expect("JSON");
    let last = lines.last().expect("an entry");
    (last["label"].as_str().unwrap_or("none").to_owned(), run.err)
}

/// The entry from which `key impact --from WHEN` looks.
fn from(world: &World, zone: &str, when: &str) -> u64 {
    let run = world.run_with(
        &format!("key impact jonas --from {when} --json"),
        &[("TZ", zone)],
    );
    assert_eq!(run.code, 0, "{zone} {when}: {}", run.err);
    let impact: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let from = impact["from"].as_u64().expect("an entry");
    assert!(
        run.err.contains(&format!("begins with entry {from}")),
        "{}",
        run.err
    );
    from
}

#[test]
fn at_a_day_is_its_end_and_from_a_day_its_beginning_in_the_zone_of_the_machine() {
    let world = World::newsroom();
    let first = world.size();
    // In Lagos, an hour ahead of UTC all the year, 8 November begins at 23:00Z of the 7th.
    claim_at(&world, "on-the-7th", "2090-11-07T23:00:00Z", 1);
    claim_at(&world, "on-the-8th", "2090-11-07T23:00:00Z", 0);
    claim_at(&world, "late-on-the-8th", "2090-11-08T23:00:00Z", 1);
    claim_at(&world, "on-the-9th", "2090-11-08T23:00:00Z", 0);
    for (zone, day, last, begins) in [
        ("Africa/Lagos", "2090-11-07", "on-the-7th", first),
        ("Africa/Lagos", "2090-11-08", "late-on-the-8th", first + 1),
        ("Africa/Lagos", "2090-11-09", "on-the-9th", first + 3),
        ("UTC", "2090-11-07", "on-the-8th", first),
        ("UTC", "2090-11-08", "on-the-9th", first + 2),
        // Five hours behind UTC: the 7th ends at 05:00 of the 8th.
        ("America/New_York", "2090-11-07", "on-the-8th", first),
        ("America/New_York", "2090-11-08", "on-the-9th", first + 2),
        // A rule of POSIX instead of a name: two hours ahead of UTC.
        ("EET-2", "2090-11-08", "on-the-8th", first),
    ] {
        let (label, note) = last_at(&world, zone, day);
        assert_eq!(label, last, "{zone} {day}");
        assert!(note.contains(&format!("note: {day} (")), "{note}");
        assert!(note.contains("ends after entry"), "{note}");
        assert_eq!(from(&world, zone, day), begins, "{zone} {day}");
    }
    let (_, note) = last_at(&world, "Africa/Lagos", "2090-11-07");
    assert_eq!(
        note.trim(),
        format!(
            "note: 2090-11-07 (Africa/Lagos) ends after entry {first}: the answer is as of {} entries",
            first + 1
        )
    );
    // A zone in the instant decides, and that of the machine does not.
    for instant in ["2090-11-08T00:00:00+01:00", "2090-11-07T23:00:00Z"] {
        let (label, _) = last_at(&world, "America/New_York", instant);
        assert_eq!(label, "on-the-8th", "{instant}");
        assert_eq!(from(&world, "America/New_York", instant), first + 1);
    }
    // A number is a number of entries, as before.
    let (label, note) = last_at(&world, "UTC", &(first + 1).to_string());
    assert_eq!((label.as_str(), note.as_str()), ("on-the-7th", ""));
}

#[test]
fn the_days_on_which_the_clocks_change_have_23_and_25_hours() {
    let world = World::newsroom();
    let first = world.size();
    // In Warsaw 26 March 2090 ends at 22:00Z, because summer time has begun; 29 October ends at 23:00Z.
    claim_at(&world, "in-spring", "2090-03-26T22:00:00Z", 1);
    claim_at(&world, "the-day-after", "2090-03-26T22:00:00Z", 0);
    claim_at(&world, "in-autumn", "2090-10-28T22:00:00Z", 0);
    claim_at(&world, "in-the-25th-hour", "2090-10-29T23:00:00Z", 1);
    claim_at(&world, "in-winter", "2090-10-29T23:00:00Z", 0);
    for (day, last, begins) in [
        ("2090-03-26", "in-spring", first),
        ("2090-03-27", "the-day-after", first + 1),
        ("2090-10-29", "in-the-25th-hour", first + 2),
        ("2090-10-30", "in-winter", first + 4),
    ] {
        let (label, _) = last_at(&world, "Europe/Warsaw", day);
        assert_eq!(label, last, "{day}");
        assert_eq!(from(&world, "Europe/Warsaw", day), begins, "{day}");
    }
}

#[test]
fn a_key_is_distrusted_from_the_beginning_of_the_day_it_was_stolen() {
    let world = World::newsroom();
    claim_at(&world, "his-own", "2090-11-07T22:30:00Z", 0);
    let thief = world.size();
    claim_at(&world, "the-thief", "2090-11-07T23:30:00Z", 0);
    let line = "key revoke jonas --reason compromised --distrust-from 2090-11-08 --clock-is-right --as mara --json";
    let run = world.run_with(line, &[("TZ", "Africa/Lagos")]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.err.contains(&format!(
            "note: 2090-11-08 (Africa/Lagos) begins with entry {thief}"
        )),
        "{}",
        run.err
    );
    let last = world.size() - 1;
    assert_eq!(world.body(&last.to_string())["distrustFrom"], thief);
    world.clean("");
}

#[test]
fn a_day_outside_the_log_and_what_is_no_day_get_a_plain_answer() {
    let world = World::newsroom();
    let last = world.size() - 1;
    let said = |line: &str, code: &str| {
        let refused = world.no(line, 2, code);
        refused["message"].as_str().expect("a message").to_owned()
    };
    let before = said("log --at 2001-01-01", "usage");
    assert!(
        before.contains("had no entries at the end of 2001-01-01") && before.contains("entry 0"),
        "{before}"
    );
    let after = said("key impact jonas --from 2190-01-01", "usage");
    assert!(
        after.contains("no entry was added on 2190-01-01")
            && after.contains(&format!("the last one, entry {last}")),
        "{after}"
    );
    assert_eq!(from(&world, "UTC", "2001-01-01"), 0);
    let all = world.run_with("log --at 2190-01-01", &[("TZ", "UTC")]);
    assert!(
        all.err.contains(&format!("as of all {} entries", last + 1)),
        "{}",
        all.err
    );
    for (wrong, words) in [
        ("2026-11", "is not one day: write it as YYYY-MM-DD"),
        ("2026-11-08T10:00", "has no time zone"),
        ("2026-02-30", "no day YYYY-MM-DD that exists"),
    ] {
        let run = world.run(&format!("verdict list --at {wrong}"));
        assert_eq!(run.code, 2, "{wrong}");
        assert!(run.err.contains(words), "{wrong}: {}", run.err);
    }
    let run = world.run_with("log --at 2026-11-08", &[("TZ", "Africa/Nowhere")]);
    assert_eq!(run.code, 3, "{}", run.err);
    assert!(run.err.contains("[time-zone-unknown]"), "{}", run.err);
}

#[test]
fn where_the_clock_of_the_ledger_ran_ahead_a_number_is_asked_for_with_both_candidates() {
    let world = World::newsroom();
    let ahead = SystemClock.now_millis().plus_millis(365 * DAY_MILLIS);
    let ahead = ahead.instant().expect("an instant").to_string();
    claim_at(&world, "ahead", &ahead, 0);
    let jumped = world.size() - 1;
    let soon = SystemClock.now_millis().plus_millis(30 * DAY_MILLIS);
    let soon = soon.instant().expect("an instant").to_string()[..10].to_owned();
    // Nothing came after it yet: it may be of that day.
    assert_eq!(from(&world, "UTC", &soon), jumped);
    for text in ["It rains.", "It snows."] {
        world.yes(&format!(
            "claim add '{text}' --claimant many --clock-is-right --as jonas"
        ));
    }
    for line in [
        format!("log --at {soon}"),
        format!("key impact jonas --from {soon}"),
    ] {
        let refused = world.no(&line, 2, "date-unclear");
        let message = refused["message"].as_str().expect("a message");
        let (by_ledger, by_signers) = (jumped, jumped + 3);
        assert!(
            message.contains(&format!("By the ledger's clock it is entry {by_ledger}"))
                && message.contains(&format!(
                    "by the clocks of the signers it is entry {by_signers}"
                )),
            "{message}"
        );
    }
    // Statements that are added together have one time, and the clock ran ahead for none of them.
    let other = World::newsroom();
    other.file(
        "case.toml",
        "[[claim]]\nname = \"rain\"\ntext = \"It rains.\"\nclaimant = [\"many\"]\n\n[[claim]]\nname = \"ada\"\ntext = \"Ada sings.\"\nclaimant = [\"many\"]\n",
    );
    let before = other.size();
    other.yes("record case.toml --yes --as jonas");
    let times: Vec<serde_json::Value> = (before..before + 2)
        .map(|entry| other.yes(&format!("show {entry}"))["takenIn"].clone())
        .collect();
    assert_eq!(times[0], times[1]);
    let instant = times[0].as_str().expect("an instant");
    let found = from(&other, "UTC", instant);
    assert!(found <= before, "{found}");
}
