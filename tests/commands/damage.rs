//! One byte of the log is altered: every command reports a damaged log, and its next step solves the problem.

use crate::commands::world::World;
use std::path::PathBuf;

/// The newest bundle of a ledger.
fn newest(world: &World) -> PathBuf {
    let size = world.size();
    world.path(&format!("ledger/tile/entries/000.p/{size}"))
}

/// Puts `to` where `from` stands, which must be as long.
fn alter(world: &World, from: &[u8], to: &[u8]) {
    assert_eq!(from.len(), to.len());
    let path = newest(world);
    let mut bytes = std::fs::read(&path).expect("a bundle");
    let at = bytes.windows(from.len()).position(|seen| seen == from);
    let at = at.expect("it stands there");
    bytes[at..at + to.len()].copy_from_slice(to);
    std::fs::write(&path, bytes).expect("a bundle");
}

#[test]
fn every_command_reports_a_damaged_log() {
    let world = World::with_verdict();
    world.copy("ledger", "copy");
    let sound = std::fs::read(newest(&world)).expect("a bundle");
    let commands = [
        "verdict list",
        "show wire",
        "show wire --envelope",
        "log",
        "source list",
        "prove closing-verdict -o closing.dossier",
        "corroboration closing",
        "verdict approve closing-verdict --conflict none --as edith",
    ];
    // A word of the source; then a byte of its signature, which stands before the payload and its length.
    let signature = {
        let payload = b"{\"body\":{\"capture\"";
        let at = sound.windows(payload.len()).position(|s| s == payload);
        let at = at.expect("the source") - 8 - 32;
        sound[at..at + 8].to_vec()
    };
    let mut other = signature.clone();
    other[3] ^= 1;
    for (from, to) in [
        (&b"Bridge closes"[..], &b"Bridge clowes"[..]),
        (&signature[..], &other[..]),
    ] {
        alter(&world, from, to);
        for index in ["kept", "gone"] {
            if index == "gone" {
                std::fs::remove_dir_all(world.path("state/claimledger/indexes")).expect("an index");
            }
            for command in commands {
                if from == signature && index == "kept" && !command.starts_with("show wire") {
                    // Not every command reads that signature again.
                    continue;
                }
                let refusal = world.no(command, 3, "ledger-damaged");
                let next = refusal["next"].as_str().expect("a next step");
                assert!(next.contains("claimledger audit"), "{command}: {next}");
                assert!(next.contains("pull FROM --restore"), "{command}: {next}");
            }
        }
        let doctor = world.run("doctor");
        assert_eq!(doctor.code, 1, "{}", doctor.out);
        let line = doctor.out.lines().find(|line| line.contains(" log "));
        let line = line.expect("a line about the log");
        assert!(line.contains("PROBLEM"), "{line}");
        assert!(line.contains("entry 5 are not those of its leaf"), "{line}");
        assert!(line.contains("`claimledger audit`"), "{line}");
        world.no("doctor --repair", 3, "ledger-damaged");
        // What was said to do is done.
        assert_eq!(world.run("audit").code, 1);
        world.yes("pull copy --restore");
        world.clean("");
        assert_eq!(world.run("doctor").code, 0);
        assert_eq!(std::fs::read(newest(&world)).expect("a bundle"), sound);
        world.yes("verdict list");
    }
}

#[test]
fn the_cause_comes_first_and_what_follows_from_it_in_one_line() {
    let world = World::with_verdict();
    alter(&world, b"Mostly false", b"Mostly falsy");
    let run = world.run("audit --json");
    assert_eq!(run.code, 1, "{}", run.err);
    let report: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let findings = report["findings"].as_array().expect("findings");
    let findings: Vec<&serde_json::Value> = findings
        .iter()
        .filter(|finding| finding["severity"] == "fault")
        .collect();
    assert_eq!(findings[0]["entry"], 1, "{findings:?}");
    // Entries first, then the checkpoint, then today's tiles, then those of earlier days in their order.
    let rank = |finding: &&serde_json::Value| match finding["file"].as_str() {
        None => (0, finding["entry"].as_u64().expect("an entry")),
        Some(file) if !file.starts_with("tile/") => (1, 0),
        Some(file) => {
            let width = file.rsplit('/').next().expect("a name");
            let width = width.parse().expect("a partial tile");
            (if width == 9 { 2 } else { 3 }, width)
        }
    };
    let ranks: Vec<_> = findings.iter().map(rank).collect();
    assert!(ranks.is_sorted(), "{ranks:?}");
    let superseded = ranks.iter().filter(|(rank, _)| *rank == 3).count();
    assert!(superseded > 3, "{ranks:?}");
    let people = world.run("audit").out;
    let about = people
        .lines()
        .filter(|l| l.contains("it differs from the beginning of"));
    let about: Vec<&str> = about.collect();
    assert_eq!(about.len(), 1, "{people}");
    let more = format!("and {} more in superseded tiles", superseded - 1);
    assert!(about[0].contains(&more), "{people}");
    assert!(
        people.contains(&format!("\n{} fault", findings.len())),
        "{people}"
    );
}
