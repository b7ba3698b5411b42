//! What one ledger says about another, compared with mirrors of it.

use crate::commands::world::World;
use serde_json::Value;

fn claim(world: &World, text: &str) -> String {
    let added = world.yes(&format!("claim add '{text}' --claimant many --as jonas"));
    added["id"].as_str().unwrap().to_owned()
}

fn publish(world: &World, to: &str) {
    world.yes(&format!("export {to} --yes"));
}

fn audit(world: &World, code: i32) -> Value {
    let run = world.run("audit --json");
    assert_eq!(run.code, code, "{}{}", run.out, run.err);
    serde_json::from_str(&run.out).unwrap()
}

fn noted(report: &Value, code: &str) -> bool {
    let findings = report["findings"].as_array().unwrap();
    let found = findings.iter().filter(|finding| finding["code"] == code);
    let severities: Vec<&Value> = found.map(|finding| &finding["severity"]).collect();
    severities == ["note"]
}

fn not_checked(report: &Value) -> String {
    report["notChecked"].to_string()
}

#[test]
fn observed_heads_are_compared_with_mirrors() {
    let a = World::newsroom();
    let b = World::newsroom_of("herald.example/facts");
    let key = a.yes("checkpoint")["vkey"].as_str().unwrap().to_owned();
    let observe = |from: &World| {
        b.file("theirs", &from.run("checkpoint").out);
        b.yes(&format!("observe theirs --vkey {key} --as jonas"));
    };
    publish(&a, "before");
    claim(&a, "One.");
    a.copy("ledger", "fork");
    claim(&a, "Two.");
    observe(&a);
    let report = audit(&b, 0);
    assert!(
        not_checked(&report).contains("there is no mirror of desk.example/facts here"),
        "{report}"
    );

    // A mirror that ends before it; one that holds it.
    let place = a.path("before").display().to_string();
    b.yes(&format!("mirror add desk {place} --ledger-key {key}"));
    let report = audit(&b, 0);
    assert!(
        not_checked(&report).contains("mirror desk ends before them"),
        "{report}"
    );
    publish(&a, "before");
    b.yes("mirror update desk");
    let report = audit(&b, 0);
    assert_eq!(report["checked"]["elsewhere"], 1, "{report}");
    assert!(!not_checked(&report).contains("mirror"), "{report}");

    // A different history of the same size, from the same key: the observation contradicts the mirror.
    a.yes("--ledger fork --state other ledger adopt --yes");
    a.yes("--ledger fork --state other claim add 'Not two.' --claimant many --as jonas");
    a.yes("--ledger fork --state other export forked --yes");
    let place = a.path("forked").display().to_string();
    // This machine knows better and would refuse it; a copy made where only the other history was seen.
    b.yes(&format!(
        "--state other mirror add false {place} --ledger-key {key}"
    ));
    b.copy("other/mirrors/false", "state/claimledger/mirrors/false");
    // This says something about the other ledger: a note, so that no guest can make our audits fail.
    let report = audit(&b, 0);
    assert!(noted(&report, "observed-differs"), "{report}");
    assert!(
        report
            .to_string()
            .contains("one key signed two different histories"),
        "{report}"
    );

    // Both heads observed: the log alone shows it.
    for name in ["desk", "false"] {
        std::fs::remove_dir_all(b.path(&format!("state/claimledger/mirrors/{name}"))).unwrap();
    }
    audit(&b, 0);
    b.file(
        "theirs",
        &a.run("--ledger fork --state other checkpoint").out,
    );
    b.yes(&format!("observe theirs --vkey {key} --as jonas"));
    let report = audit(&b, 0);
    assert!(noted(&report, "observed-differs"), "{report}");
    // Nobody is kept from following this ledger.
    publish(&b, "ours");
    let ours = b.path("ours").display().to_string();
    a.yes(&format!("mirror add herald {ours}"));
}

#[test]
fn statements_named_elsewhere_are_looked_up_in_mirrors() {
    let a = World::newsroom();
    let b = World::newsroom_of("herald.example/facts");
    let theirs = claim(&a, "One.");
    b.yes("claim add 'One.' --claimant many --label ours --as jonas");
    let relate = |id: &str| {
        b.yes(&format!(
            "claim relate ours sameAs desk.example/facts#{id} --as jonas"
        ));
    };
    relate(&theirs);
    let report = audit(&b, 0);
    assert!(
        not_checked(&report).contains("there is no mirror of desk.example/facts here"),
        "{report}"
    );
    publish(&a, "public");
    let place = a.path("public").display().to_string();
    b.yes(&format!("mirror add desk {place}"));
    let report = audit(&b, 0);
    assert_eq!(report["checked"]["elsewhere"], 1, "{report}");

    // A statement that is named but missing: while the mirror is older than the entry, the result is unknown.
    relate(&"ab".repeat(32));
    let report = audit(&b, 0);
    assert!(
        not_checked(&report).contains("mirror desk is older than they are"),
        "{report}"
    );
    claim(&a, "Two.");
    publish(&a, "public");
    b.yes("mirror update desk");
    let report = audit(&b, 0);
    assert!(noted(&report, "foreign-reference-unknown"), "{report}");
}
