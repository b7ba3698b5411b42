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
fn a_source_with_all_that_goes_with_it_is_recorded_once() {
    for label in ["", "--label daily"] {
        let world = World::newsroom();
        world.file("wire.txt", "The bridge closes in April.\n");
        world.file("daily.txt", "(Northern Wire) The bridge closes in April.\n");
        world.yes("source add wire.txt --title Wire --publisher Wire --label wire --as jonas");
        world.yes("claim add 'It closes.' --claimant many --label closing --as jonas");
        let line = format!(
            "source add daily.txt --title Daily --publisher Daily {label} --copy-of wire --stated '(Northern Wire)' \
             --supports closing --quote 'closes in April' --as jonas --yes"
        );
        let size = world.size();
        interrupted(&world, &line);
        three_were_there(&world, &again(&world, &line), size);
    }
}

/// A commit of three statements after the first `size` entries was finished, and the same command added nothing.
fn three_were_there(world: &World, run: &Run, size: u64) {
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
        three_were_there(&world, &run, size);
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
        run.err.contains(&format!(
            "#{size} claim.add by jonas: \u{201c}The first.\u{201d}"
        )),
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

/// The files of a new ledger, in the order in which `init` makes them durable; the last three are steps of their own.
const FOUNDING: [&str; 13] = [
    "keys/.gitignore",
    "keys/mara",
    "keys/mara.pub",
    "keys/ledger",
    "keys/ledger.pub",
    "ledger/.gitattributes",
    "ledger/.gitignore",
    "FOUNDING",
    "ledger/tile/entries/000.p/3",
    "ledger/tile/0/000.p/3",
    "ledger/checkpoint.next",
    "ledger/checkpoint",
    "MEMORY",
];

/// The only file with this ending among what this machine remembers of ledgers.
fn remembered(world: &World, ending: &str) -> Option<std::path::PathBuf> {
    let names = std::fs::read_dir(world.path("state/claimledger/ledgers")).ok()?;
    let mut paths = names.map(|item| item.unwrap().path());
    paths.find(|path| path.extension().is_some_and(|found| found == ending))
}

#[test]
fn an_init_interrupted_after_any_of_its_files_is_run_again_and_gives_a_whole_ledger() {
    use std::os::unix::fs::PermissionsExt as _;
    const INIT: &str = "init desk.example/facts --as mara --no-passphrase";
    let whole = World::new();
    let made = whole.yes(INIT);
    let id = made["ledger"].as_str().unwrap();
    let memory = remembered(&whole, "json").unwrap();
    assert_eq!(remembered(&whole, "founding"), None, "it is complete");
    let all = ["keys", "ledger"].map(|folder| whole.files(folder).len());
    assert_eq!(
        all.iter().sum::<usize>(),
        FOUNDING.len() - 3,
        "a file of a new ledger is not in the list"
    );
    for done in 0..=FOUNDING.len() {
        for torn in [false, true] {
            let world = World::new();
            let ledgers = world.path("state/claimledger/ledgers");
            std::fs::create_dir_all(&ledgers).unwrap();
            for (step, name) in FOUNDING[..done].iter().enumerate() {
                let mut path = world.path(name);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                match *name {
                    "FOUNDING" => {
                        path = ledgers.join(memory.file_name().unwrap());
                        path.set_extension("founding");
                        std::fs::write(path, format!("{id}\n")).unwrap();
                        continue;
                    }
                    "MEMORY" => {
                        // The memory names places by their whole paths.
                        let theirs = whole.path("ledger").canonicalize().unwrap();
                        let ours = world.path("ledger").canonicalize().unwrap();
                        let text = std::fs::read_to_string(&memory).unwrap();
                        let text = text.replace(theirs.to_str().unwrap(), ours.to_str().unwrap());
                        std::fs::write(ledgers.join(memory.file_name().unwrap()), text).unwrap();
                        continue;
                    }
                    "ledger/checkpoint" => {
                        std::fs::rename(world.path("ledger/checkpoint.next"), path).unwrap();
                        continue;
                    }
                    _ => {}
                }
                let from = name.strip_suffix(".next").unwrap_or(name);
                let mut bytes = std::fs::read(whole.path(from)).unwrap();
                // What is written in place may be torn; everything else gets its name when it is whole.
                let in_place = name.contains("/tile/") || *name == "ledger/checkpoint.next";
                if torn && step + 1 == done && in_place {
                    bytes.truncate(bytes.len() / 2);
                }
                std::fs::write(&path, bytes).unwrap();
                if matches!(*name, "keys/mara" | "keys/ledger") {
                    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))
                        .unwrap();
                }
            }
            let story = format!("after {:?}, torn: {torn}", FOUNDING[..done].last());
            let again = world.run(&format!("{INIT} --json"));
            assert_eq!(again.code, 0, "{story}\n{}", again.err);
            let again: serde_json::Value = serde_json::from_str(&again.out).unwrap();
            let signed = done > 10 && !(torn && done == 11);
            assert_eq!(again["ledger"] == made["ledger"], signed, "{story}");
            assert_eq!(again["entries"].as_array().unwrap().len(), 3, "{story}");
            assert_eq!(remembered(&world, "founding"), None, "{story}");
            let line = "claim add 'The first.' --claimant many --as mara";
            assert_eq!(world.run(line).code, 0, "{story}");
            assert_eq!(world.size(), 4, "{story}");
            world.clean("");
            world.yes("doctor");
            world.no(INIT, 4, "ledger-exists");
        }
    }
}

#[test]
fn a_ledger_whose_init_was_interrupted_takes_the_next_append_without_adopting_it() {
    let world = World::new();
    let made = world.yes("init desk.example/facts --as mara --no-passphrase");
    let memory = remembered(&world, "json").unwrap();
    std::fs::remove_file(&memory).unwrap();
    let id = made["ledger"].as_str().unwrap();
    std::fs::write(memory.with_extension("founding"), format!("{id}\n")).unwrap();
    for name in ["checkpoint", "checkpoint.next"] {
        // In its place, or signed and not yet there.
        if name == "checkpoint.next" {
            std::fs::remove_file(&memory).unwrap();
            std::fs::rename(
                world.path("ledger/checkpoint"),
                world.path("ledger/checkpoint.next"),
            )
            .unwrap();
        } else {
            // The audit remembers what it has read, as a copy that this machine has not written.
            world.clean("");
            assert!(memory.exists());
        }
        world.yes("claim add 'The first.' --claimant many --as mara");
        world.clean("");
    }
    // Forgetting forgets this too: otherwise an older copy would be taken for the newest.
    world.yes("ledger forget desk.example/facts --yes");
    world.no("claim add A. --claimant many --as mara", 4, "adopt-first");
}

#[test]
fn only_the_ledger_whose_founding_began_here_is_finished_by_init() {
    let world = World::new();
    world.yes("init desk.example/facts --as mara --no-passphrase");
    let memory = remembered(&world, "json").unwrap();
    std::fs::remove_file(&memory).unwrap();
    let other = "7".repeat(64);
    std::fs::write(memory.with_extension("founding"), format!("{other}\n")).unwrap();
    world.no("init desk.example/facts --as mara", 4, "ledger-exists");
    world.no("claim add A. --claimant many --as mara", 4, "adopt-first");
    std::fs::remove_file(memory.with_extension("founding")).unwrap();
    world.no("init desk.example/facts --as mara", 4, "ledger-exists");
}

#[test]
fn a_closing_interrupted_anywhere_is_run_again() {
    let whole = World::newsroom();
    whole.copy("ledger", "open");
    whole.yes("ledger close --reason moved --yes");
    let note = whole.read("ledger/closed");
    for (name, content) in [
        ("closed.next", &note[..0]),
        ("closed.next", &note[..note.len() / 2]),
        ("closed.next", &note[..]),
        ("closed", &note[..]),
    ] {
        std::fs::remove_dir_all(whole.path("ledger")).unwrap();
        whole.copy("open", "ledger");
        whole.file(&format!("ledger/{name}"), content);
        whole.yes("ledger close --reason moved --yes");
        assert!(!whole.path("ledger/closed.next").exists());
        assert_eq!(whole.read("ledger/closed"), note);
        whole.no("ledger close --reason another --yes", 4, "ledger-closed");
        whole.no("claim add A. --claimant many --as mara", 4, "ledger-closed");
        whole.clean("");
        whole.yes("doctor");
    }
}

#[test]
fn a_key_whose_public_file_was_not_written_is_finished_by_the_same_command() {
    let world = World::new();
    for (line, name) in [
        ("key new mara --no-passphrase", "mara"),
        ("witness new tower --no-passphrase", "tower"),
    ] {
        let made = world.yes(line);
        let public = world.read(&format!("keys/{name}.pub"));
        std::fs::remove_file(world.path(&format!("keys/{name}.pub"))).unwrap();
        assert_eq!(world.yes(line), made);
        assert_eq!(world.read(&format!("keys/{name}.pub")), public);
        world.no(line, 4, "key-exists");
    }
}

/// What the doctor says about leftovers.
fn unfinished(world: &World, line: &str) -> (bool, String) {
    let run = world.run(&format!("{line} --json"));
    let seen: serde_json::Value = serde_json::from_str(&run.out).expect(&run.err);
    let rows = seen.as_array().unwrap();
    let row = rows.iter().find(|row| row["what"] == "unfinished").unwrap();
    let said = row["said"].as_str().unwrap().to_owned();
    (row["well"].as_bool().unwrap(), said)
}

#[test]
fn the_doctor_finds_leftovers_at_once_and_removes_them_with_their_folders() {
    let world = World::newsroom();
    world.yes("export public --yes");
    world.yes("mirror add copy public");
    let incoming = "ledger/snapshots/incoming";
    for folder in [
        "0123456789abcdef/snapshots/sha256/ab",
        "another-without-a-lock",
    ] {
        std::fs::create_dir_all(world.path(incoming).join(folder)).unwrap();
    }
    let left = [
        format!("{incoming}/0123456789abcdef.lock"),
        format!("{incoming}/0123456789abcdef/snapshots/sha256/ab/half"),
        format!("{incoming}/fedcba9876543210"),
        ".claimledger-AbCdEf".to_owned(),
        "keys/.claimledger-AbCdEf".to_owned(),
        "state/claimledger/ledgers/.claimledger-AbCdEf".to_owned(),
        "state/claimledger/mirrors/copy/.claimledger-AbCdEf".to_owned(),
        "state/claimledger/mirrors/copy/ledger/snapshots/sha256/ab/abc.next".to_owned(),
        "ledger/closed.next".to_owned(),
    ];
    for file in &left {
        std::fs::create_dir_all(world.path(file).parent().unwrap()).unwrap();
        world.file(file, "half");
    }
    let (well, said) = unfinished(&world, "doctor");
    assert!(!well);
    assert!(said.starts_with("9 left behind"), "{said}");
    // What a living process makes stays.
    let alive = world.path(incoming).join("aaaaaaaaaaaaaaaa");
    let held = std::fs::File::create(alive.with_extension("lock")).unwrap();
    held.lock().unwrap();
    std::fs::create_dir(&alive).unwrap();
    let (well, said) = unfinished(&world, "doctor --repair");
    assert!(well, "{said}");
    for file in &left {
        assert!(!world.path(file).exists(), "{file}");
    }
    let still = std::fs::read_dir(world.path(incoming)).unwrap().count();
    assert_eq!(still, 2, "the folder in use, and its lock");
    world.clean("");
}

#[cfg(unix)]
#[test]
fn the_bytes_of_a_command_that_waits_for_an_answer_are_not_left_behind() {
    let world = World::newsroom();
    world.file("wire.txt", "The bridge closes in April.\n");
    let incoming = world.path("ledger/snapshots/incoming");
    let inside = || std::fs::read_dir(&incoming).unwrap().count();
    let line = "source add wire.txt --title 'Bridge closes' --publisher P --as jonas";
    let run = world.on_terminal(line, "n", || {
        assert_eq!(inside(), 2, "the folder with its bytes, and its lock");
        let (well, said) = unfinished(&world, "doctor --repair");
        assert!(well, "{said}");
        assert_eq!(inside(), 2, "somebody is still asked");
    });
    assert_eq!(run.code, 1, "{}", run.err);
    assert_eq!(inside(), 0);
}
