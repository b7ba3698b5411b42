//! This machine's state folder: where it cannot be written, the answers come from the log; an index in it that was tampered
//! with is noticed by the doctor; one that nothing uses is removed.

use crate::commands::world::{Run, World};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// The indexes here, by the folders of their rows.
fn indexes(world: &World) -> Vec<PathBuf> {
    let folder = world.path("state/claimledger/indexes");
    let mut all: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|item| item.expect("an item").path())
        .filter(|path| path.is_dir() && !path.to_string_lossy().ends_with("-words"))
        .collect();
    all.sort();
    all
}

fn lock_of(index: &Path) -> PathBuf {
    index.with_extension("lock")
}

const QUESTIONS: [&str; 9] = [
    "claim list",
    "verdict list",
    "show closing",
    "show closing-verdict",
    "evidence list",
    "search bridge",
    "corroboration closing",
    "org list",
    "checkpoint",
];

fn answers(world: &World) -> Vec<Run> {
    QUESTIONS.iter().map(|line| world.run(line)).collect()
}

/// The answers now, which are those from before; the notes may differ.
fn answered_as_before(world: &World, honest: &[Run]) -> Vec<(&'static str, Run)> {
    let now: Vec<(&str, Run)> = QUESTIONS.into_iter().zip(answers(world)).collect();
    for ((line, now), honest) in now.iter().zip(honest) {
        assert_eq!(
            (now.code, &now.out),
            (0, &honest.out),
            "{line}\n{}",
            now.err
        );
    }
    now
}

const ADD: &str =
    "claim add 'One more.' --claimant 'Ana Brandt' --appeared-in wire --as jonas --yes";

#[test]
fn without_a_folder_for_the_index_answers_come_from_the_log() {
    let world = World::with_verdict();
    let honest = answers(&world);
    let folder = world.path("state/claimledger/indexes");
    std::fs::remove_dir_all(&folder).expect("the indexes");
    // Not even the superuser can make a folder where a file is.
    std::fs::write(&folder, "a file").expect("a file");
    for (line, now) in answered_as_before(&world, &honest) {
        let notes = now.err.matches("the log was read instead").count();
        // A checkpoint is read without the index.
        assert_eq!(
            notes,
            usize::from(line != "checkpoint"),
            "{line}\n{}",
            now.err
        );
        assert!(now.err.contains("File exists") || notes == 0, "{}", now.err);
    }
    let size = world.size();
    let added = world.run(ADD);
    assert_eq!(added.code, 0, "{}{}", added.out, added.err);
    assert!(
        added.out.starts_with(&format!("added #{size} ")),
        "{}",
        added.out
    );
    assert_eq!(world.size(), size + 1);
    let doctor = world.run("doctor");
    assert_eq!(doctor.code, 1, "{}", doctor.out);
    assert!(doctor.out.contains("index       PROBLEM"), "{}", doctor.out);
    assert_eq!(std::fs::read(&folder).expect("the file"), b"a file");
    world.clean("");
}

#[test]
fn without_a_writable_memory_an_entry_is_added_with_a_note() {
    let world = World::with_verdict();
    // A folder in the place of the lock: the memory can be read and not written.
    let lock = world.path("state/claimledger/ledgers/lock");
    std::fs::remove_file(&lock).expect("a lock");
    std::fs::create_dir(&lock).expect("a folder");
    let size = world.size();
    for round in 1..3 {
        let added = world.run(&ADD.replace("One more", &format!("Number {round}")));
        assert_eq!(added.code, 0, "{}{}", added.out, added.err);
        let note = "could not remember the new head";
        assert_eq!(added.err.matches(note).count(), 1, "{}", added.err);
        assert_eq!(world.size(), size + round);
    }
    std::fs::remove_dir(&lock).expect("a folder");
    let added = world.run(ADD);
    assert_eq!((added.code, added.err.as_str()), (0, ""));
    world.clean("");
}

/// A memory that cannot be read may know a newer head, so nothing is added; reading goes on.
#[test]
fn without_a_readable_memory_nothing_is_added() {
    let world = World::with_verdict();
    let honest = answers(&world);
    std::fs::remove_dir_all(world.path("state")).expect("a folder");
    world.file("state", "a file");
    for (line, now) in answered_as_before(&world, &honest) {
        assert!(now.err.contains("note: "), "{line}");
    }
    let size = world.size();
    world.no(ADD, 3, "io");
    assert_eq!(world.size(), size);
    let export = world.run("export public --yes");
    assert_eq!(export.code, 3, "{}", export.err);
}

/// The rows of an index, opened as another program would.
fn tampered(index: &Path, tamper: impl FnOnce(&sled::Db)) {
    let rows = sled::open(index).expect("an index");
    tamper(&rows);
    rows.flush().expect("rows");
}

/// The keys of all rows that begin so.
fn keys(rows: &sled::Db, prefix: &[u8]) -> Vec<sled::IVec> {
    let rows = rows.scan_prefix(prefix);
    rows.map(|row| row.expect("a row").0).collect()
}

#[test]
fn the_doctor_compares_the_index_with_the_log() {
    let world = World::with_verdict();
    world.yes("withdraw closing-verdict --reason 'A mistake.' --as jonas");
    let honest = answers(&world);
    let index = indexes(&world)[0].clone();
    assert_eq!(world.run("doctor").code, 0);
    // The withdrawal of the verdict, its place in the list of its type, and one row too many.
    tampered(&index, |rows| {
        let links = keys(rows, b"X");
        rows.remove(links.last().expect("a link")).expect("removed");
        let types = keys(rows, b"T");
        rows.remove(types.last().expect("a type")).expect("removed");
        rows.insert(b"Nno-such-label", b"\x01\x05").expect("a row");
    });
    let doctor = world.run("doctor");
    assert_eq!(doctor.code, 1, "{}", doctor.out);
    for seen in [
        "PROBLEM  differs from the log: ",
        "what is about what (1 missing)",
        "types (1 missing)",
        "labels (1 that no entry makes)",
        "doctor --repair",
    ] {
        assert!(doctor.out.contains(seen), "{seen}\n{}", doctor.out);
    }
    let repaired = world.run("doctor --repair");
    assert_eq!(repaired.code, 0, "{}", repaired.out);
    assert_eq!(world.run("doctor").code, 0);
    for (honest, now) in honest.iter().zip(answers(&world)) {
        assert_eq!(now.out, honest.out);
    }
    // In a closed copy too.
    world.yes("ledger close --reason moved --yes");
    world.yes("claim list");
    tampered(&index, |rows| {
        let statements = keys(rows, b"E");
        rows.insert(&statements[3], b"\x00").expect("a row");
    });
    let doctor = world.run("doctor");
    assert!(
        doctor.out.contains("statements (1 altered)"),
        "{}",
        doctor.out
    );
    let repaired = world.run("doctor --repair");
    assert!(repaired.out.contains("was built again"), "{}", repaired.out);
    assert_eq!((repaired.code, world.run("doctor").code), (0, 0));
}

fn copy(from: &Path, to: &Path) {
    let copied = std::process::Command::new("cp")
        .arg("-R")
        .args([from, to])
        .status();
    assert!(copied.expect("cp").success());
}

/// Of another ledger, and of an older copy of this one.
#[test]
fn an_index_that_is_not_of_this_log_is_not_believed() {
    let world = World::with_verdict();
    let other = World::newsroom_of("other.example/facts");
    let index = indexes(&world)[0].clone();
    let kept = world.path("kept");
    let put = |from: &Path| {
        std::fs::remove_dir_all(&index).expect("an index");
        copy(from, &index);
    };
    copy(&index, &kept);
    world.yes("withdraw closing-verdict --reason 'A mistake.' --as jonas");
    let honest = answers(&world);
    for (line, honest) in QUESTIONS.iter().zip(&honest) {
        for from in [&kept, &indexes(&other)[0]] {
            put(from);
            let now = world.run(line);
            assert_eq!(
                (now.code, &now.out),
                (0, &honest.out),
                "{line}\n{}",
                now.err
            );
        }
    }
}

/// Rows that were removed or put back: this machine's answers may lie now, and nobody else's.
#[test]
fn what_a_tampered_index_hides_an_audit_sees() {
    let world = World::with_verdict();
    world.yes("key revoke jonas --reason left --as mara");
    let index = indexes(&world)[0].clone();
    copy(&world.path("state"), &world.path("elsewhere"));
    // A row that says something else than its entry is refused.
    tampered(&index, |rows| {
        let statements = keys(rows, b"E");
        let (last, first) = (statements.last().expect("a row"), &statements[5]);
        let other = rows.get(first).expect("rows").expect("a row");
        rows.insert(last, other).expect("a row");
    });
    let entry = world.size() - 1;
    world.no(&format!("show {entry}"), 3, "index-corrupt");
    // The audit asks no index.
    world.clean("");
    // Another machine, and this one without its index, give the true answer.
    let shown = world.run(&format!("show {entry} --state elsewhere/claimledger"));
    assert!(
        shown.out.contains("mara ended a key of jonas"),
        "{}{}",
        shown.out,
        shown.err
    );
    std::fs::remove_dir_all(world.path("state/claimledger/indexes")).expect("the indexes");
    let shown = world.run(&format!("show {entry}"));
    assert!(
        shown.out.contains("mara ended a key of jonas"),
        "{}",
        shown.out
    );
}

/// Something else than a folder in an index's own place.
#[test]
fn the_doctor_removes_what_is_in_the_place_of_the_index() {
    let world = World::with_verdict();
    let index = indexes(&world)[0].clone();
    let honest = world.run("claim list").out;
    std::fs::remove_dir_all(&index).expect("an index");
    std::fs::write(&index, "a file").expect("a file");
    let now = world.run("claim list");
    assert_eq!((now.code, &now.out), (0, &honest));
    assert!(now.err.contains("the log was read instead"), "{}", now.err);
    let repaired = world.run("doctor --repair");
    assert_eq!(repaired.code, 0, "{}", repaired.out);
    assert!(index.is_dir());
}

fn unused_for(index: &Path, days: u64) {
    let lock = std::fs::File::options().write(true).open(lock_of(index));
    let then = SystemTime::now() - Duration::from_secs(days * 24 * 60 * 60);
    lock.expect("a lock").set_modified(then).expect("its time");
}

#[test]
fn an_index_that_was_not_used_for_thirty_days_is_removed() {
    let world = World::with_verdict();
    let own = indexes(&world)[0].clone();
    for name in ["copy", "other", "held"] {
        world.copy("ledger", name);
        world.yes(&format!("--ledger {name} claim list"));
    }
    let mut others = indexes(&world);
    others.retain(|index| *index != own);
    assert_eq!(others.len(), 3);
    unused_for(&own, 400);
    unused_for(&others[0], 31);
    unused_for(&others[1], 29);
    unused_for(&others[2], 31);
    let held = std::fs::File::open(lock_of(&others[2])).expect("a lock");
    held.lock().expect("held by another process");
    // A command that needs no index removes none.
    world.yes("prove 0 --format dsse -o first.json");
    assert_eq!(indexes(&world).len(), 4);
    world.yes("claim list");
    assert!(own.exists() && others[1].exists());
    assert!(!others[0].exists() && !lock_of(&others[0]).exists());
    assert!(others[2].exists(), "a process has it open");
    drop(held);
    // It was used just now, and so it stays for another month.
    world.yes("claim list");
    assert!(own.exists() && !others[2].exists());
    for name in ["copy", "other", "held"] {
        assert_eq!(
            world.run(&format!("--ledger {name} claim list")).out,
            world.run("claim list").out
        );
    }
}
