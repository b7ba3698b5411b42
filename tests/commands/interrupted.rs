//! Commits that were interrupted after their head was signed, and the person who types the same command again.

use crate::commands::world::{Run, World};
use std::path::Path;

/// Runs a command, and takes its folder back to the moment between the signing of the new head and its renaming: the machine
/// remembers nothing of it, and the person saw no answer.
fn interrupted(world: &World, line: &str) {
    let before = world.read("ledger/checkpoint");
    let state = world.path("state/claimledger/ledgers");
    world.copy("state/claimledger/ledgers", "kept");
    world.yes(line);
    let (checkpoint, next) = ("ledger/checkpoint", "ledger/checkpoint.next");
    std::fs::rename(world.path(checkpoint), world.path(next)).unwrap();
    world.file(checkpoint, &before);
    std::fs::remove_dir_all(&state).unwrap();
    std::fs::rename(world.path("kept"), &state).unwrap();
}

/// The same line again, as typed.
fn again(world: &World, line: &str) -> Run {
    let run = world.run(line);
    assert_eq!(run.code, 0, "{line}\n{}{}", run.out, run.err);
    run
}

const FINISHED: &str = "an earlier command was interrupted; its commit is finished now";

#[test]
fn the_same_command_again_finds_what_the_first_one_added() {
    let world = World::newsroom();
    world.file("wire.txt", "The bridge closes in April.\n");
    for line in [
        "claim add 'Said twice over.' --claimant many --as jonas",
        "claim add 'With a label.' --claimant many --label twice --as jonas",
        "source add wire.txt --title 'Bridge closes' --publisher 'Northern Wire' --as jonas",
        "key revoke edith --reason left --as mara",
    ] {
        let size = world.size();
        interrupted(&world, line);
        let run = again(&world, line);
        assert!(run.err.contains(FINISHED), "{line}\n{}", run.err);
        assert!(
            run.err.contains(&format!("#{size} ")),
            "{line}\n{}",
            run.err
        );
        assert!(
            run.out
                .starts_with(&format!("already in the log as #{size} ")),
            "{line}\n{}",
            run.out
        );
        assert_eq!(world.size(), size + 1, "{line}");
        world.clean("");
        assert!(!again(&world, "claim list").err.contains(FINISHED));
    }
}

#[test]
fn a_whole_case_again_is_recorded_once_with_and_without_labels() {
    for label in ["", "label = \"bridge\"\n"] {
        let world = World::newsroom();
        world.file("wire.txt", "The bridge closes in April.\n");
        world.file(
            "case.toml",
            &format!(
                "[[source]]\nname = \"wire\"\nfile = \"wire.txt\"\ntitle = \"Bridge closes\"\npublisher = \"Northern Wire\"\n\
                 [[claim]]\nname = \"closing\"\n{label}text = \"The bridge closes in April.\"\nclaimant = [\"Ana Brandt\"]\n\
                 [[evidence]]\nclaim = \"closing\"\nsource = \"wire\"\nstance = \"supports\"\nquote = \"The bridge closes\"\n"
            ),
        );
        let size = world.size();
        interrupted(&world, "record case.toml --as jonas");
        let run = again(&world, "record case.toml --as jonas");
        assert!(run.err.contains(FINISHED), "{}", run.err);
        let lines: Vec<&str> = run.out.lines().collect();
        assert_eq!(lines.len(), 3, "{}", run.out);
        for (line, index) in lines.iter().zip(size..) {
            assert!(
                line.starts_with(&format!("already in the log as #{index} ")),
                "{line}"
            );
        }
        assert_eq!(world.size(), size + 3);
        world.clean("");
    }
}

#[test]
fn another_statement_is_added_after_the_interrupted_one_and_both_are_told() {
    let world = World::newsroom();
    let size = world.size();
    interrupted(&world, "claim add 'The first.' --claimant many --as jonas");
    let run = again(&world, "claim add 'The second.' --claimant many --as mara");
    assert!(run.err.contains(FINISHED), "{}", run.err);
    assert!(
        run.err
            .contains(&format!("#{size} claim.add by jonas: The first.")),
        "{}",
        run.err
    );
    assert!(
        run.out.starts_with(&format!("added #{} ", size + 1)),
        "{}",
        run.out
    );
    // The same words by another person are another statement.
    interrupted(&world, "claim add 'The third.' --claimant many --as jonas");
    let run = again(&world, "claim add 'The third.' --claimant many --as mara");
    assert!(run.out.starts_with("added "), "{}", run.out);
    assert_eq!(world.size(), size + 4);
    world.clean("");
}

#[test]
fn an_envelope_submitted_again_is_told_what_was_finished_and_added_once() {
    let world = World::newsroom();
    world.yes("claim add 'Signed once.' --claimant many --draft claim.json --as jonas");
    world.yes("sign claim.json -o claim.dsse.json --as jonas --yes");
    let size = world.size();
    interrupted(&world, "submit claim.dsse.json");
    let run = again(&world, "submit claim.dsse.json");
    assert!(run.err.contains(FINISHED), "{}", run.err);
    assert!(
        run.out
            .starts_with(&format!("already in the log as #{size} ")),
        "{}",
        run.out
    );
    assert_eq!(world.size(), size + 1);
}

#[test]
fn the_doctor_tells_which_entries_it_finished() {
    let world = World::newsroom();
    let size = world.size();
    interrupted(&world, "claim add 'The first.' --claimant many --as jonas");
    assert!(Path::exists(&world.path("ledger/checkpoint.next")));
    let run = again(&world, "doctor --repair");
    assert!(
        run.out
            .contains(&format!("finished a commit that added entry #{size}")),
        "{}",
        run.out
    );
    assert_eq!(world.size(), size + 1);
}
