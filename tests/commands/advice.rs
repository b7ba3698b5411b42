//! The next step of a refusal, followed literally.

use crate::commands::world::World;
use claimledger::app::next_step::disagreeing::CONTRADICTIONS;
use std::path::Path;

/// The first command line in a next step or a message: what stands between back quotes and begins with the program.
fn command_in(text: &str) -> Option<String> {
    let quoted = text.split('`').skip(1).step_by(2);
    let mut commands = quoted.filter_map(|quoted| quoted.strip_prefix("claimledger "));
    commands.next().map(str::to_owned)
}

/// What a person puts in for the words in capitals.
fn filled(command: &str) -> String {
    command
        .replace("--quote TEXT", "--quote 'The bridge closes in April'")
        .replace("--note REASON", "--note 'I compared them.'")
}

#[test]
fn a_refusal_with_a_command_line_is_left_by_that_line() {
    let world = World::with_verdict();
    world.yes("source add wire.txt --title Copy --publisher P --label copy --as jonas");
    for (line, exit, code) in [
        (
            "init https://other.example/facts/ --as mara --no-passphrase --ledger other",
            2,
            "usage",
        ),
        ("source relate copy wireCopyOf wire --as jonas", 2, "usage"),
        (
            "evidence add closing wrie --stance supports --as jonas",
            1,
            "not-found",
        ),
        ("scale show nine-step", 1, "not-found"),
        ("claim add T --claimant many", 2, "signer-not-named"),
        ("show nothing-like-it", 1, "not-found"),
    ] {
        let refusal = world.no(line, exit, code);
        let text = format!(
            "{} {}",
            refusal["message"].as_str().expect("text"),
            refusal["next"].as_str().unwrap_or_default()
        );
        let command = command_in(&text).unwrap_or_else(|| panic!("{line}: {refusal}"));
        let place = if code == "usage" && line.starts_with("init") {
            " --no-passphrase --ledger other"
        } else {
            " --as jonas"
        };
        world.yes(&format!("{}{place}", filled(&command)));
    }
}

#[test]
fn a_contradiction_is_answered_with_the_options_that_end_it() {
    let world = World::with_verdict();
    for (line, options, instead) in [
        (
            "claim add T --claimant many --due 2030",
            "--about forecast",
            "claim add T --claimant many --due 2030 --about forecast",
        ),
        (
            "evidence add closing wire --stance notFound",
            "--searched PLACE and --on DATE",
            "evidence add closing --stance notFound --searched minutes --on 2026-03-01",
        ),
        (
            "evidence add closing --stance supports",
            "Name the source after the claim",
            "evidence add closing wire --stance supports",
        ),
        (
            "source relate wire independentOf wire --note N",
            "two different sources",
            "claim list",
        ),
    ] {
        let refusal = world.no(&format!("{line} --as jonas"), 4, "fields-disagree");
        let next = refusal["next"].as_str().expect("a next step");
        assert!(next.contains(options), "{line}: {next}");
        world.yes(&format!("{instead} --as jonas"));
    }
}

/// A sentence that the core no longer says would leave its contradiction without the options.
#[test]
fn every_contradiction_with_options_is_one_that_the_core_reports() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/core/src/model");
    let mut said = String::new();
    for item in std::fs::read_dir(folder).expect("the model") {
        let path = item.expect("a file").path();
        if path.is_file() {
            said.push_str(&std::fs::read_to_string(path).expect("UTF-8"));
        }
    }
    for (words, _) in CONTRADICTIONS {
        assert!(said.contains(words), "{words}");
    }
}

#[test]
fn an_address_in_the_place_of_a_file_is_fetched() {
    let world = World::with_verdict();
    // Nothing listens there; what matters is that it is asked.
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/page", free.local_addr().expect("its address"));
    drop(free);
    for line in [
        format!("source add {url} --title T --publisher P --timeout 5"),
        format!("source capture wire {url}"),
    ] {
        world.no(&format!("{line} --as jonas"), 4, "private-address");
        let refusal = world.no(&format!("{line} --allow-private --as jonas"), 3, "network");
        assert!(refusal.to_string().contains("127.0.0.1"), "{refusal}");
    }
    let two =
        format!("source add {url} --url https://other.example/ --title T --publisher P --as jonas");
    world.no(&two, 2, "usage");
    let refusal = world.no("verify https://desk.example/x.dossier", 3, "io");
    assert!(
        refusal["next"]
            .as_str()
            .expect("text")
            .contains("source add URL"),
        "{refusal}"
    );
}

#[test]
fn a_command_line_that_cannot_be_read_gets_one_that_can() {
    let world = World::newsroom();
    for (line, next) in [
        ("claim add T", "For example: `claimledger claim add "),
        (
            "source add --title T",
            "For example: `claimledger source add ",
        ),
        (
            "search bridge --limit few",
            "--limit <NUMBER>: How many matches",
        ),
        ("verdicts", "`claimledger --help` lists its commands."),
        ("log --frob", "`claimledger log --help` lists its options."),
        (
            "source assess wire",
            "For example: `claimledger source assess ",
        ),
    ] {
        let run = world.run(line);
        assert_eq!(run.code, 2, "{line}\n{}", run.err);
        assert!(
            run.err.contains(&format!("  next: {next}")),
            "{line}\n{}",
            run.err
        );
        assert!(!run.err.contains("--force"), "{line}\n{}", run.err);
    }
}
