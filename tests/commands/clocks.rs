//! A clock that ran ahead, and clocks that are behind the ledger.

use crate::commands::world::World;
use claimledger::app::record::claim::{self, NewClaim};
use claimledger::host::clock::{Clock as _, SystemClock};

const YEAR_MILLIS: u64 = 365 * 24 * 60 * 60 * 1_000;

/// Adds a claim by jonas on a machine whose clock runs a year ahead.
fn a_claim_a_year_ahead(world: &World) {
    let ahead = SystemClock.now_millis().plus_millis(YEAR_MILLIS);
    let new: NewClaim =
        toml::from_str("text = \"Laptop clock a year ahead.\"\nclaimant = [\"unknown\"]").unwrap();
    world.says(ahead, "jonas", "ahead", |session| {
        claim::propose(session, &new).unwrap().body
    });
}

#[test]
fn a_clock_behind_the_ledger_stops_before_signing_until_a_person_has_looked() {
    let world = World::with_verdict();
    a_claim_a_year_ahead(&world);
    let claim = "claim add 'It rains.' --claimant many --as jonas";
    let size = world.size();
    let now = || SystemClock.now_millis().instant().unwrap().to_string();
    let before = now();
    let refused = world.no(claim, 4, "clock-behind");
    let message = refused["message"].as_str().unwrap();
    assert!(
        message.contains(&format!("entry #{}", size - 1)),
        "{message}"
    );
    // The machine's own time and that of the entry.
    let times: Vec<&str> = message
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_ascii_alphanumeric()))
        .filter(|word| word.len() == 20 && word.ends_with('Z'))
        .collect();
    let ahead = world.yes("show ahead")["takenIn"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(times.len(), 2, "{message}");
    assert!(*before <= *times[0] && *times[0] <= *now(), "{message}");
    assert_eq!(times[1], ahead);
    assert_eq!(world.size(), size);
    // The doctor says the same, until a person has looked.
    let doctor = |world: &World| {
        let run = world.run("doctor --json");
        let checks: Vec<serde_json::Value> = serde_json::from_str(&run.out).unwrap();
        let clock = checks.iter().find(|check| check["what"] == "clock");
        let clock = clock.unwrap().clone();
        (clock["well"].clone(), clock["said"].to_string())
    };
    let (well, said) = doctor(&world);
    assert_eq!(well, false);
    assert!(
        said.contains(&format!("added at {ahead}, which lies ahead")),
        "{said}"
    );
    assert!(said.contains("--clock-is-right"), "{said}");
    // Reading goes on.
    world.yes("show ahead");
    world.yes(&format!("{claim} --clock-is-right"));
    // Remembered for this time of the ledger, which stands still from here on.
    let (well, said) = doctor(&world);
    assert_eq!(well, true);
    assert!(said.contains("lies ahead"), "{said}");
    world.yes("claim add 'It snows.' --claimant many --as jonas");
    world.yes("withdraw ahead --reason 'A clock ran ahead.' --as jonas");
    world.clean("");
}

#[test]
fn reports_count_by_the_signers_date_and_list_apart_what_is_dated_back() {
    let world = World::with_verdict();
    a_claim_a_year_ahead(&world);
    let year = &SystemClock.now_millis().instant().unwrap().to_string()[..4];
    world.yes(
        "verdict issue closing --rating True --why Because. --label late --clock-is-right --as jonas",
    );
    let report = world.yes(&format!(
        "report practice --from {year}-01-01 --to {year}-12-31"
    ));
    assert_eq!(report["verdicts"].as_array().unwrap().len(), 2);
    let apart = report["backDated"].as_array().unwrap();
    assert_eq!(apart.len(), 1);
    assert_eq!(apart[0]["label"], "late");
    let shown = world.yes("show late");
    assert_eq!(apart[0]["backDated"], shown["takenIn"]);
    let notes = shown["notes"].to_string();
    assert!(notes.contains("back-dated"), "{notes}");
    let listed = world.run("verdict list");
    assert!(listed.out.contains("(taken in "), "{}", listed.out);
    // What was signed by a right clock before is not.
    assert_eq!(world.yes("show closing-verdict").get("backDated"), None);
}

#[test]
fn a_ledger_that_rested_stops_nobody() {
    let world = World::newsroom();
    // The clock of these tests is right, and the newsroom's last entry is older: nothing is asked.
    world.yes("claim add 'It rains.' --claimant many --as jonas");
}
