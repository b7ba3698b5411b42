//! Folders that somebody else has filled: numbers that nobody signed, files without end, links and pipes in the place of
//! files. Nothing outside the folder is touched, and no command crashes or hangs.

use crate::commands::world::World;
use std::path::{Path, PathBuf};

/// Puts another number in place of the size in a checkpoint; its signature stays.
fn edit_size(world: &World, file: &str, size: &str) {
    let text = world.read(file);
    let mut lines: Vec<&str> = text.split('\n').collect();
    lines[1] = size;
    world.file(file, &lines.join("\n"));
}

#[test]
fn a_size_that_nobody_signed_is_not_believed() {
    let world = World::with_verdict();
    for size in [
        "1152921504606846976",
        "18446744073709551615",
        "1099511627776",
    ] {
        world.copy("ledger", "bad");
        edit_size(&world, "bad/checkpoint", size);
        for options in [
            "",
            "--ledger-id 0000000000000000000000000000000000000000000000000000000000000000",
        ] {
            let run = world.run(&format!("audit bad {options}"));
            assert_eq!(run.code, 1, "{size}\n{}{}", run.out, run.err);
            // No tree is larger than 2^63 - 1.
            let code = if size == "18446744073709551615" {
                "checkpoint-malformed"
            } else {
                "tile-missing"
            };
            assert!(run.out.contains(code), "{size}\n{}", run.out);
        }
        let close = world.run("--ledger bad ledger close --reason moved --yes");
        assert_eq!(close.code, 3, "{size}\n{}{}", close.out, close.err);
        assert!(!world.path("bad/closed").exists());
    }
}

#[test]
fn an_unsigned_smaller_size_removes_no_file() {
    let world = World::with_verdict();
    for line in [
        "doctor --repair",
        "ledger close --reason moved --yes",
        "claim add 'One more.' --claimant 'Ana Brandt' --appeared-in wire --as jonas --yes",
        "ledger adopt --yes",
    ] {
        world.copy("ledger", "bad");
        edit_size(&world, "bad/checkpoint", "2");
        let before = world.files("bad");
        let run = world.run(&format!("--ledger bad {line}"));
        assert_ne!(run.code, 0, "{line}\n{}{}", run.out, run.err);
        assert!(world.files("bad") == before, "{line} changed a file");
    }
}

/// The only snapshot of a ledger folder, by its path there.
fn snapshot(world: &World, ledger: &str) -> PathBuf {
    let files = world.files(ledger);
    let mut snapshots = files.into_keys().filter(|path| {
        path.strip_prefix(world.path(ledger))
            .is_ok_and(|inside| inside.starts_with("snapshots/sha256"))
    });
    let only = snapshots.next().expect("a snapshot");
    assert_eq!(snapshots.next(), None);
    only
}

#[test]
fn a_snapshot_is_not_read_past_the_length_that_its_entry_records() {
    let world = World::with_verdict();
    world.copy("ledger", "bad");
    let file = std::fs::File::options()
        .write(true)
        .open(snapshot(&world, "bad"))
        .expect("a snapshot");
    // 50 GB without a block on the disk: reading them would take minutes.
    file.set_len(50_000_000_000).expect("a sparse file");
    let began = std::time::Instant::now();
    let run = world.run("audit bad");
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    assert!(run.out.contains("snapshot-length"), "{}", run.out);
    world.no(
        "--ledger bad export public --with-snapshots --yes",
        3,
        "ledger-damaged",
    );
    world.no(
        "--ledger copy pull bad --with-snapshots",
        1,
        "peer-untruthful",
    );
    assert!(began.elapsed().as_secs() < 60);
    // A file that no entry speaks of has no length that anybody signed: nothing of it is read.
    world.copy("ledger", "more");
    let stray = world.path("more/snapshots/sha256/ab");
    std::fs::create_dir_all(&stray).expect("a folder");
    let stray = std::fs::File::create(stray.join("ab".repeat(32))).expect("a file");
    stray.set_len(50_000_000_000).expect("a sparse file");
    let run = world.run("audit more");
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.out.contains("stray-file"), "{}", run.out);
    assert!(began.elapsed().as_secs() < 60);
}

#[cfg(unix)]
mod on_unix {
    use super::*;
    use std::os::unix::fs::symlink;

    fn fifo(at: &Path) {
        let made = std::process::Command::new("mkfifo").arg(at).status();
        assert!(made.expect("mkfifo").success());
    }

    #[test]
    fn nothing_is_written_through_a_link_in_a_folder() {
        let world = World::with_verdict();
        world.file("victim", "mine");
        world.yes("export public --yes");
        world.yes("--ledger partner pull public");
        let size = world.size();
        world.yes(
            "claim add 'One more.' --claimant 'Ana Brandt' --appeared-in wire --as jonas --yes",
        );
        let victim = world.path("victim");
        for inside in [
            format!("tile/0/000.p/{}", size + 1),
            format!("tile/entries/000.p/{}", size + 1),
            "snapshots".to_owned(),
            "checkpoint.next".to_owned(),
        ] {
            let folder = inside == "snapshots";
            let to = if folder {
                world.path(".")
            } else {
                victim.clone()
            };
            for (place, line) in [
                ("public", "export public --with-snapshots --yes"),
                ("partner", "--ledger partner pull ledger --with-snapshots"),
            ] {
                world.copy(place, "kept");
                let at = world.path(place).join(&inside);
                symlink(&to, &at).expect("a link");
                let outside = || {
                    std::fs::read_dir(world.path("."))
                        .expect("a folder")
                        .count()
                };
                let before = outside();
                let run = world.run(line);
                assert_eq!(world.read("victim"), "mine", "{line}: {inside}");
                assert_eq!(outside(), before, "{line}: {inside}");
                // What is written under another name and renamed takes the link's place.
                if run.code != 0 {
                    assert!(
                        run.err.contains("not-a-plain-file"),
                        "{line}: {inside}\n{}",
                        run.err
                    );
                }
                std::fs::remove_dir_all(world.path(place)).expect("a folder");
                world.copy("kept", place);
                std::fs::remove_dir_all(world.path("kept")).expect("a folder");
            }
        }
        world.yes("export public --yes");
        world.yes("--ledger partner pull ledger");
    }

    #[test]
    fn a_lock_that_is_a_link_or_a_pipe_is_refused() {
        let world = World::with_verdict();
        let add =
            "claim add 'One more.' --claimant 'Ana Brandt' --appeared-in wire --as jonas --yes";
        std::fs::remove_file(world.path("ledger/lock")).expect("a lock");
        symlink(world.path("made-by-nobody"), world.path("ledger/lock")).expect("a link");
        world.no(add, 3, "not-a-plain-file");
        assert!(!world.path("made-by-nobody").exists());
        std::fs::remove_file(world.path("ledger/lock")).expect("a link");
        fifo(&world.path("ledger/lock"));
        world.no(add, 3, "not-a-plain-file");
        std::fs::remove_file(world.path("ledger/lock")).expect("a pipe");
        world.yes(add);
    }

    #[test]
    fn pipes_in_the_place_of_files_are_not_waited_for() {
        let world = World::with_verdict();
        for name in [
            "closed",
            "checkpoint.next",
            "witnesses",
            "checkpoint.cosigned",
        ] {
            world.copy("ledger", "bad");
            fifo(&world.path("bad").join(name));
            for line in [
                "audit bad",
                "--ledger bad log",
                "--ledger other pull bad",
                "--ledger bad doctor",
            ] {
                let run = world.run(line);
                assert!(
                    run.code == 0 || run.code == 1 || run.err.contains("not-a-plain-file"),
                    "{name}: {line}\n{}",
                    run.err
                );
            }
            std::fs::remove_dir_all(world.path("bad")).expect("a folder");
        }
    }

    /// An earlier version kept its index there. The folder can come from somebody else, with any content.
    #[test]
    fn an_index_in_the_folder_of_a_ledger_is_never_opened() {
        let world = World::with_verdict();
        let honest = world.run("claim list").out;
        world.file("victim", "mine");
        let plant = |name: &str| {
            world.copy("ledger", "bad");
            let index = world.path("bad/index");
            std::fs::create_dir(&index).expect("a folder");
            std::fs::write(index.join("conf"), "").expect("a file");
            let db = index.join("db");
            match name {
                "a link" => symlink(world.path("victim"), &db).expect("a link"),
                "a pipe" => fifo(&db),
                "20 GB" => {
                    let file = std::fs::File::create(&db).expect("a file");
                    file.set_len(20_000_000_000).expect("a sparse file");
                }
                _ => {
                    std::fs::remove_dir_all(&index).expect("a folder");
                    std::fs::create_dir(world.path("elsewhere")).expect("a folder");
                    symlink(world.path("elsewhere"), &index).expect("a link");
                }
            }
        };
        for name in ["a link", "a pipe", "20 GB", "a link in its own place"] {
            plant(name);
            let began = std::time::Instant::now();
            for line in ["claim list", "show wire", "search bridge", "verdict list"] {
                let run = world.run(&format!("--ledger bad {line}"));
                assert_eq!(run.code, 0, "{name}: {line}\n{}", run.err);
                assert!(
                    line != "claim list" || run.out == honest,
                    "{name}: {}",
                    run.out
                );
            }
            let doctor = world.run("--ledger bad doctor");
            let told = doctor.out.contains("bad/index is of an earlier version");
            assert_eq!(told, !name.ends_with("place"), "{name}: {}", doctor.out);
            assert_eq!(world.read("victim"), "mine", "{name}");
            assert!(began.elapsed().as_secs() < 60, "{name}");
            std::fs::remove_dir_all(world.path("bad")).expect("a folder");
        }
        let made = std::fs::read_dir(world.path("elsewhere"))
            .expect("a folder")
            .count();
        assert_eq!(made, 0);
    }

    /// The codes and files of an audit's findings.
    fn found(world: &World, place: &str) -> (i32, Vec<(String, String)>) {
        let run = world.run(&format!("audit {place} --json"));
        let report: serde_json::Value = serde_json::from_str(&run.out).expect(&run.err);
        let findings = report["findings"].as_array().expect("a list");
        let text = |finding: &serde_json::Value, field: &str| {
            finding[field].as_str().unwrap_or_default().to_owned()
        };
        let pairs = findings.iter().map(|f| (text(f, "code"), text(f, "file")));
        (run.code, pairs.collect())
    }

    #[test]
    fn whatever_lies_in_a_ledger_folder_is_a_finding_with_its_name_and_no_end_of_the_audit() {
        use std::os::unix::ffi::OsStrExt as _;
        let world = World::with_verdict();
        world.copy("ledger", "bad");
        let bad = world.path("bad");
        std::fs::create_dir_all(bad.join("tile/0/000.p")).expect("a folder");
        fifo(&bad.join("tile/pipe"));
        fifo(&bad.join("tile/0/000.p/2"));
        fifo(&bad.join("closed"));
        symlink("/etc/passwd", bad.join("snapshots/link")).expect("a link");
        symlink("/etc", bad.join("etc")).expect("a link");
        let odd = std::ffi::OsStr::from_bytes(b"tile/\xff");
        std::fs::write(bad.join(odd), "").expect("a file");
        let deep = vec!["d"; 300].join("/");
        std::fs::create_dir_all(bad.join("tile").join(deep)).expect("folders");
        let (code, findings) = found(&world, "bad");
        assert_eq!(code, 0, "{findings:?}");
        assert!(
            findings.iter().all(|(code, _)| code == "stray-file"),
            "{findings:?}"
        );
        let mut files: Vec<&str> = findings.iter().map(|(_, file)| file.as_str()).collect();
        files.sort_unstable();
        let cut = format!("tile/{}", vec!["d"; 32].join("/"));
        let expected = [
            "closed",
            "etc",
            "snapshots/link",
            "tile/0/000.p/2",
            &cut,
            "tile/pipe",
            "tile/\u{fffd}",
        ];
        assert_eq!(files, expected);
        // In the place of a file that the ledger needs, it is missing as well.
        let size = world.size();
        for needed in [
            format!("tile/0/000.p/{size}"),
            format!("tile/entries/000.p/{size}"),
        ] {
            world.copy("ledger", "torn");
            let at = world.path("torn").join(&needed);
            std::fs::remove_file(&at).expect("a tile");
            fifo(&at);
            let (code, findings) = found(&world, "torn");
            assert_eq!(code, 1, "{findings:?}");
            let pair = |code: &str| (code.to_owned(), needed.clone());
            assert!(findings.contains(&pair("tile-missing")), "{findings:?}");
            assert!(findings.contains(&pair("stray-file")), "{findings:?}");
            std::fs::remove_dir_all(world.path("torn")).expect("a folder");
        }
    }

    #[test]
    fn a_signal_removes_what_was_unpacked() {
        let world = World::new();
        let temporary = world.path("tmp");
        std::fs::create_dir(&temporary).expect("a folder");
        // An archive that goes on coming as long as this test holds the other end of the pipe.
        fifo(&world.path("slow.tar"));
        let left = || std::fs::read_dir(&temporary).expect("a folder").count();
        for (signal, code) in [("TERM", 143), ("INT", 130), ("HUP", 129)] {
            let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_claimledger"))
                .args(["audit", "slow.tar"])
                .current_dir(world.path("."))
                .env_clear()
                .env("XDG_STATE_HOME", "state")
                .env("TMPDIR", &temporary)
                .stdin(std::process::Stdio::null())
                .stdout(std::process::Stdio::null())
                .spawn()
                .expect("the program of this test run");
            let archive = std::fs::File::options()
                .write(true)
                .open(world.path("slow.tar"))
                .expect("the other end");
            let unpacked = || {
                let mut items = std::fs::read_dir(&temporary).expect("a folder");
                items.any(|item| item.expect("an item").path().join("files").exists())
            };
            while !unpacked() {
                assert_eq!(child.try_wait().expect("a child"), None, "it waits");
                std::thread::sleep(std::time::Duration::from_millis(10));
            }
            let told = std::process::Command::new("kill")
                .args([&format!("-{signal}"), &child.id().to_string()])
                .status();
            assert!(told.expect("kill").success());
            assert_eq!(
                child.wait().expect("its end").code(),
                Some(code),
                "{signal}"
            );
            assert_eq!(left(), 0, "{signal}");
            drop(archive);
        }
    }
}

#[test]
fn only_a_closing_that_the_ledger_signed_closes_it() {
    let world = World::with_verdict();
    let add = |words: &str| {
        format!("claim add '{words}' --claimant 'Ana Brandt' --appeared-in wire --as jonas --yes")
    };
    // Half-written, by an earlier version or by anybody.
    for planted in ["", "moved to https://evil.example\n"] {
        world.file("ledger/closed", planted);
        world.yes(&add(&format!("With {} bytes.", planted.len())));
        let doctor = world.run("doctor");
        assert!(doctor.out.contains("not believed"), "{}", doctor.out);
    }
    // Another ledger's.
    let other = World::newsroom_of("other.example/facts");
    other.yes("ledger close --reason moved --yes");
    std::fs::copy(other.path("ledger/closed"), world.path("ledger/closed")).expect("a file");
    world.yes(&add("With the closing of another ledger."));
    // Its own.
    world.yes("ledger close --reason moved --yes");
    world.no(&add("Too late."), 4, "ledger-closed");
    world.clean("");
}

#[test]
fn an_older_head_put_in_as_the_next_one_does_not_stop_an_append() {
    let world = World::with_verdict();
    std::fs::copy(world.path("ledger/checkpoint"), world.path("older")).expect("a file");
    let add = |words: &str| {
        format!("claim add '{words}' --claimant 'Ana Brandt' --appeared-in wire --as jonas --yes")
    };
    world.yes(&add("One more."));
    std::fs::copy(world.path("older"), world.path("ledger/checkpoint.next")).expect("a file");
    let size = world.size();
    world.yes(&add("And another."));
    assert_eq!(world.size(), size + 1);
    world.clean("");
}
