//! `search` and what compares new claims, when the full-text index is behind, is being written by another process that may be
//! killed, or cannot be written at all. None of this changes an answer.

use super::importing::{newsroom, review};
use super::searching::{self, answered, index};
use super::world::World;
use claimledger::host::clock::{Clock as _, SystemClock};
use claimledger::host::lock::{self, WriterLock};
use claimledger_core::crypto::Digest;
use claimledger_core::model::Body;
use claimledger_core::model::claim::Claim;
use serde_json::Value;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Claims in six languages, written for docs/search.md.
const CLAIMS: &str = include_str!("../../benches/similar/claims.tsv");

/// The claims of these kinds.
fn claims(kinds: &[&str]) -> Vec<String> {
    let rows = CLAIMS
        .lines()
        .skip(1)
        .map(|line| line.split('\t').collect::<Vec<_>>());
    rows.filter(|row| kinds.contains(&row[3]))
        .map(|row| row[4].to_owned())
        .collect()
}

/// Writes reviews of these claims.
fn write(world: &World, name: &str, claims: &[String]) {
    let reviews = claims.iter().enumerate().map(|(n, claim)| {
        let url = format!("https://orla.example/{name}/{n}");
        review(&url, claim, "False")
    });
    let reviews: Vec<Value> = reviews.collect();
    world.file(name, &serde_json::to_string(&reviews).expect("JSON"));
}

/// A ledger with so many claims that the index cannot leave them to each command: 1,300 entries.
fn large() -> World {
    let world = newsroom();
    let deeds = ["closed", "painted", "sold", "flooded"];
    let claims = (0..650).map(|n| format!("Bridge {n} was {} in spring.", deeds[n % 4]));
    write(&world, "large.json", &claims.collect::<Vec<_>>());
    world.yes("import claimreview large.json --as nadia --yes");
    world
}

fn found(world: &World, words: &str) -> Vec<u64> {
    searching::found(world, &format!("'{words}' --type claim"))
}

/// Starts a search beside the test.
fn search(world: &World, words: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_claimledger"))
        .args(["search", words, "--type", "claim", "--json"])
        .current_dir(world.path("."))
        .env_clear()
        .env("XDG_STATE_HOME", "state")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program of this test run")
}

/// What an import says of each claim, adding nothing.
fn alike(world: &World) -> String {
    let run = world.run("import claimreview new.json --as nadia --dry-run --report - --json");
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("similar: ") && run.out.contains("nearly the same words: "));
    run.out
}

#[test]
fn the_same_claims_are_alike_in_memory_and_in_the_index() {
    let world = newsroom();
    write(
        &world,
        "held.json",
        &claims(&["claim", "near-miss", "alone"]),
    );
    write(&world, "new.json", &claims(&["words", "paraphrase"]));
    world.yes("import claimreview held.json --as nadia --yes");
    let in_memory = alike(&world);
    assert!(!found(&world, "Merrin").is_empty());
    assert!(index(&world).is_dir());
    assert_eq!(alike(&world), in_memory);
    world.clean("");
}

#[test]
fn a_search_that_is_killed_while_it_writes_the_index_leaves_one_that_answers() {
    let world = large();
    let expected = found(&world, "flooded 643");
    assert!(!expected.is_empty());
    for millis in [20, 120, 400, 900] {
        std::fs::remove_dir_all(index(&world)).expect("the index goes");
        let mut running = search(&world, "flooded 643");
        std::thread::sleep(Duration::from_millis(millis));
        running.kill().expect("a kill");
        running.wait().expect("its end");
        assert_eq!(
            found(&world, "flooded 643"),
            expected,
            "after {millis} milliseconds"
        );
        let doctor = world.run("doctor");
        assert_eq!(doctor.code, 0, "{}{}", doctor.out, doctor.err);
    }
}

#[test]
fn two_searches_at_once_and_one_that_adds_answer_as_one_alone() {
    let world = large();
    let expected = found(&world, "flooded 643");
    std::fs::remove_dir_all(index(&world)).expect("the index goes");
    let running: Vec<Child> = (0..3).map(|_| search(&world, "flooded 643")).collect();
    world.yes("claim add 'A zeppelin landed.' --claimant many --label zeppelin --as jonas");
    for one in running {
        let output = one.wait_with_output().expect("its end");
        assert!(output.status.success());
        assert_eq!(answered(&String::from_utf8_lossy(&output.stdout)), expected);
    }
    assert_eq!(found(&world, "zeppelin").len(), 1);
    world.clean("");
}

#[test]
fn an_index_that_cannot_be_written_changes_no_answer() {
    let world = large();
    let expected = found(&world, "painted 641");
    let added = |words: &str| {
        let run = world.run(&format!(
            "claim add '{words}' --claimant many --as jonas --yes"
        ));
        assert_eq!(run.code, 0, "{}", run.err);
        run.err
    };
    let near = "has nearly the same words: \u{201c}Bridge 643 was flooded in spring.\u{201d}";
    let told = added("Bridge 643 was flooded in springs.");
    assert!(told.contains(near), "{told}");
    // Another process has it, and it is more than a thousand entries behind.
    let index = index(&world);
    std::fs::remove_dir_all(&index).expect("the index goes");
    let held = WriterLock::take(&lock::beside(&index)).expect("a lock");
    let held = held.expect("free");
    assert_eq!(found(&world, "painted 641"), expected);
    let told = added("Bridge 643 was flooded in the spring.");
    assert!(told.contains(near), "{told}");
    drop(held);
    // There cannot be one.
    let _ = std::fs::remove_dir_all(&index);
    std::fs::write(&index, "no folder").expect("a file in its place");
    assert_eq!(found(&world, "painted 641"), expected);
    let told = added("Bridge 643 was flooded in last spring.");
    assert!(told.contains(near), "{told}");
    world.clean("");
}

#[test]
fn sealed_words_are_found_nowhere_and_are_like_nothing() {
    let world = newsroom();
    let now = SystemClock.now_millis();
    let sealed = Digest::ZERO;
    for label in ["first", "second"] {
        world.says(now, "jonas", label, |_| {
            let claim = serde_json::json!({
                "about": "fact",
                "claimants": "many",
                "text": {"sealed": sealed.to_string()},
                "wording": "verbatim",
            });
            Body::ClaimAdd(Box::new(
                serde_json::from_value::<Claim>(claim).expect("a claim"),
            ))
        });
    }
    assert_eq!(found(&world, "first").len(), 1, "by its label");
    assert!(found(&world, "sealed").is_empty());
    assert!(found(&world, &sealed.to_string()).is_empty());
    let told = world.run("claim add 'Somebody sealed it.' --claimant many --as jonas --yes");
    assert!(!told.err.contains("similar") && !told.err.contains("nearly"));
}
