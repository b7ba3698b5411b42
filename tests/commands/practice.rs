//! `report practice`: what an assessor looks for is found where it is and nowhere else, and a sample is drawn again.

use crate::commands::world::World;
use claimledger_core::crypto::sha256;
use serde_json::Value;

/// The concerns of a verdict, with the entries that show each.
fn concerns(report: &Value, label: &str) -> Value {
    let verdicts = report["verdicts"].as_array().expect("a list");
    let found = verdicts.iter().find(|verdict| verdict["label"] == label);
    found.expect("a verdict of that label")["concerns"].clone()
}

fn index(world: &World, name: &str) -> u64 {
    world.yes(&format!("show {name}"))["index"]
        .as_u64()
        .expect("a number")
}

/// Two first-hand sources that somebody vouches for, and a verdict to which nothing is to be said.
fn a_good_verdict(world: &World) {
    world.file("order.txt", "By order: the bridge closes on 3 April.\n");
    world.file("photo.txt", "Seen on 3 April: the bridge is closed.\n");
    for name in ["order", "photo"] {
        world.yes(&format!(
            "source add {name}.txt --title {name} --publisher {name} --label {name} --as jonas"
        ));
    }
    world.yes("claim add 'The bridge closed on 3 April.' --claimant many --label day --as jonas");
    for (name, quote) in [
        ("order", "the bridge closes on 3 April"),
        ("photo", "the bridge is closed"),
    ] {
        world.yes(&format!(
            "evidence add day {name} --stance supports --quote '{quote}' --label day-{name} --as jonas"
        ));
        world.yes(&format!(
            "source assess {name} day --as-origin firstHand --how 'It is the thing itself.' --as jonas"
        ));
    }
    world.yes(
        "verdict issue day --rating True --why 'Order and sight agree.' --contacted 2026-04-04 \
         --no-reply --conflict none --label good --as jonas",
    );
    world.yes("verdict approve good --conflict none --as edith");
}

#[test]
fn a_verdict_without_problems_has_no_concern() {
    let world = World::newsroom();
    a_good_verdict(&world);
    let report = world.yes("report practice");
    assert_eq!(concerns(&report, "good"), serde_json::json!({}));
    let counts = report["counts"].as_object().unwrap();
    assert!(counts.values().all(|count| *count == 0), "{counts:?}");
}

#[test]
fn every_concern_is_found_in_the_right_verdict() {
    let world = World::with_verdict();
    let verdict = index(&world, "closing-verdict");
    let report = world.yes("report practice");
    assert_eq!(
        concerns(&report, "closing-verdict"),
        serde_json::json!({
            "none-first-hand": [verdict],
            "claimant-not-contacted": [verdict],
            "author-only": [verdict],
        })
    );
    // One first-hand origin; a correction in time is not late, and one after the policy's days is.
    world.yes("source assess wire closing --as-origin firstHand --how 'It heard him.' --as jonas");
    world.file(
        "policy.toml",
        "approvals = 1\nroles = [\"editor\"]\ncorrection-days = 3\n",
    );
    world.yes("policy set policy.toml --as mara");
    let today = world.yes("report practice")["asOf"].as_str().unwrap()[..10].to_owned();
    for (label, before, reported) in [
        ("in-time", "closing-verdict", &*today),
        ("late", "in-time", "2026-01-01"),
    ] {
        world.yes(&format!(
            "verdict issue closing --rating True --why 'He said it himself.' --not-contacted \
             'He is on record.' --supersedes {before} --correction clarification --was-wrong 'Too \
             short.' --reported {reported} --label {label} --as jonas"
        ));
        world.yes(&format!(
            "verdict approve {label} --label {label}-yes --as edith"
        ));
    }
    world.yes("dispute open late --grounds process --note 'Why so late?' --label why --as edith");
    let (late, yes, why) = (
        index(&world, "late"),
        index(&world, "late-yes"),
        index(&world, "why"),
    );
    let report = world.yes("report practice");
    assert!(
        concerns(&report, "in-time")
            .get("correction-late")
            .is_none()
    );
    assert_eq!(
        concerns(&report, "late"),
        serde_json::json!({
            "one-origin": [late],
            "claimant-not-contacted": [late],
            "conflict-not-declared": [late, yes],
            "correction-late": [late],
            "dispute-unanswered": [why],
        })
    );
    world.yes("dispute answer why --outcome upheld --note 'We are sorry.' --as mara");
    let report = world.yes("report practice");
    assert_eq!(
        concerns(&report, "late")["dispute-not-acted-upon"],
        serde_json::json!([why])
    );
    assert_eq!(report["counts"]["dispute-unanswered"], 0);
    assert_eq!(report["counts"]["dispute-not-acted-upon"], 1);
    // What it rests on may be disputed too.
    world.yes(
        "dispute open said --grounds excerptMismatch --note 'Only part.' --label part --as edith",
    );
    assert_eq!(
        concerns(&world.yes("report practice"), "late")["dispute-unanswered"],
        serde_json::json!([index(&world, "part")])
    );
    // As of before the dispute there is none.
    let before = world.yes(&format!("report practice --at {why}"));
    assert!(
        concerns(&before, "late")
            .get("dispute-unanswered")
            .is_none()
    );
}

#[test]
fn quotations_are_checked_against_the_held_text() {
    let world = World::newsroom();
    a_good_verdict(&world);
    let bytes = world.read("order.txt");
    let digest = sha256(&[bytes.as_bytes()]).to_string();
    let place = format!("ledger/snapshots/sha256/{}/{digest}", &digest[..2]);
    world.file(&place, "By order: the bridge stays open for ever.\n");
    let report = world.yes("report practice");
    assert_eq!(
        concerns(&report, "good")["excerpt-broken"],
        serde_json::json!([index(&world, "day-order")])
    );
    std::fs::remove_file(world.path(&place)).unwrap();
    let report = world.yes("report practice");
    assert_eq!(concerns(&report, "good"), serde_json::json!({}));
    assert_eq!(report["verdicts"][0]["excerptsNotChecked"], 1);
}

#[test]
fn a_period_is_whole_days_of_the_ledger() {
    let world = World::with_verdict();
    let taken_in = world.yes("show closing-verdict")["takenIn"].clone();
    let day = &taken_in.as_str().unwrap()[..10];
    let many = |options: &str| {
        world.yes(&format!("report practice {options}"))["verdicts"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!(many(&format!("--from {day} --to {day}")), 1);
    assert_eq!(many("--to 2020-12-31"), 0);
    assert_eq!(many("--from 2999-01-01"), 0);
    world.no("report practice --from 2026-05", 2, "usage");
    assert_eq!(world.run("report practice --sample 3").code, 2, "no seed");
}

#[test]
fn anybody_can_draw_a_sample_again() {
    let world = World::with_verdict();
    a_good_verdict(&world);
    let draw = |seed: &str, number: u64| {
        world.yes(&format!(
            "report practice --sample {number} --seed '{seed}'"
        ))["sample"]
            .clone()
    };
    assert_eq!(draw("four dice", 1), draw("four dice", 1));
    let both = draw("four dice", 5);
    let both = both.as_array().unwrap();
    assert_eq!(both.len(), 2, "no more than there are");
    assert_eq!(
        draw("four dice", 1)[0],
        both[0],
        "the first of the same order"
    );
    // By the words of the page alone: SHA-256(seed, verdict id as bytes), lowest first.
    for drawn in both {
        let shown = world.yes(&format!("show {}", drawn["entry"]));
        let id: claimledger_core::crypto::Digest = shown["id"].as_str().unwrap().parse().unwrap();
        let place = sha256(&[b"four dice", id.as_bytes()]).to_string();
        assert_eq!(drawn["draw"], place.as_str());
    }
    assert!(both[0]["draw"].as_str() < both[1]["draw"].as_str());
    let good = index(&world, "good");
    let good = both.iter().find(|drawn| drawn["entry"] == good).unwrap();
    let under: Vec<&str> = good["under"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["type"].as_str().unwrap())
        .collect();
    assert_eq!(
        under,
        [
            "scale.set",
            "policy.set",
            "source.add",
            "source.add",
            "claim.add",
            "evidence.add",
            "origin.assess",
            "evidence.add",
            "origin.assess",
            "verdict.attest",
        ]
    );
}

#[test]
fn the_table_can_be_written_as_csv() {
    let world = World::with_verdict();
    world.yes("claim add '=SUM(A1), \"he\" said' --claimant many --label sum --as jonas");
    world.yes(
        "verdict issue sum --rating Unproven --why 'No source.' --label sum-verdict --as jonas",
    );
    world.yes("report practice --csv practice.csv");
    let text = world.read("practice.csv");
    let lines: Vec<&str> = text.split_terminator("\r\n").collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[0].starts_with("entry,id,label,taken in,by,rating,claim,standing,one-origin,"));
    assert!(
        lines[2].contains(",\"'=SUM(A1), \"\"he\"\" said\","),
        "{}",
        lines[2]
    );
    let verdict = index(&world, "closing-verdict");
    assert!(lines[1].contains(&format!(",#{verdict},")), "{}", lines[1]);
}
