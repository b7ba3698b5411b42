//! Rotation of the ledger's own key, and followers who know only the old key.

use crate::commands::world::World;
use serde_json::Value;

fn head(world: &World) -> Value {
    world.yes("checkpoint")
}

fn lines(note: &Value) -> usize {
    note.as_str()
        .unwrap()
        .lines()
        .filter(|l| l.starts_with('\u{2014}'))
        .count()
}

fn claim(world: &World, text: &str) {
    world.yes(&format!("claim add {text} --claimant many --as jonas"));
}

#[test]
fn a_follower_with_the_old_key_crosses_over_inside_a_checked_history() {
    let world = World::newsroom();
    let before = head(&world);
    let old = before["vkey"].as_str().unwrap();
    assert_eq!(lines(&before["note"]), 1);
    world.file("before.checkpoint", before["note"].as_str().unwrap());

    world.yes("key new ledger-2 --no-passphrase");
    world.yes("checkpoint rotate --to ledger-2 --as mara");
    let both = head(&world);
    let new = both["vkey"].as_str().unwrap();
    assert_ne!(old, new);
    assert_eq!(
        lines(&both["note"]),
        2,
        "the very checkpoint that covers the rotation carries both"
    );
    claim(&world, "One.");
    let overlap = head(&world);
    assert_eq!(lines(&overlap["note"]), 2);
    world.file("overlap.checkpoint", overlap["note"].as_str().unwrap());
    // While both keys sign, either pin works.
    world.clean(&format!("--ledger-key {old}"));
    world.clean(&format!("--ledger-key {new}"));
    world.clean(&format!("--ledger-key {old} --against before.checkpoint"));

    world.yes("checkpoint retire ledger --as mara");
    std::fs::remove_file(world.path("keys/ledger")).unwrap();
    claim(&world, "Two.");
    let after = head(&world);
    assert_eq!(lines(&after["note"]), 1);
    assert_eq!(after["vkey"], both["vkey"]);
    world.clean(&format!("--ledger-key {new}"));
    // The old key alone no longer vouches for the head; a head that both keys signed does.
    let alone = world.run(&format!("audit --ledger-key {old} --json"));
    assert_eq!(alone.code, 1);
    assert!(alone.out.contains("ledger-key-mismatch"), "{}", alone.out);
    let early = world.run(&format!(
        "audit --ledger-key {old} --against before.checkpoint --json"
    ));
    assert_eq!(early.code, 1, "that head was before the rotation");
    world.clean(&format!("--ledger-key {old} --against overlap.checkpoint"));
    let id = after["ledger"].as_str().unwrap();
    world.clean(&format!("--ledger-key {old} --ledger-id {id}"));
    let keys = world.yes("key list");
    let standing = |name: &str| {
        let keys = keys.as_array().unwrap();
        keys.iter().find(|k| k["name"] == name).unwrap()["standing"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(standing("ledger-2"), "signs checkpoints");
    assert!(standing("ledger").starts_with("signed checkpoints, retired in entry"));
}

#[test]
fn an_append_needs_every_key_that_must_sign() {
    let world = World::newsroom();
    world.yes("key new ledger-2 --no-passphrase");
    world.yes("checkpoint rotate --to ledger-2 --as mara");
    for name in ["ledger-2", "ledger-2.pub"] {
        std::fs::rename(
            world.path(&format!("keys/{name}")),
            world.path(&format!("away-{name}")),
        )
        .unwrap();
    }
    let before = world.files("ledger");
    world.no(
        "claim add One. --claimant many --as jonas",
        4,
        "checkpoint-key-wrong",
    );
    assert_eq!(world.files("ledger"), before);
}

#[test]
fn a_head_without_the_new_keys_signature_is_refused_and_found() {
    let world = World::newsroom();
    world.yes("key new ledger-2 --no-passphrase");
    world.yes("checkpoint rotate --to ledger-2 --as mara");
    let note = world.read("ledger/checkpoint");
    let mut kept: Vec<&str> = note.lines().collect();
    let dropped = kept.pop().unwrap();
    assert!(dropped.starts_with('\u{2014}'));
    world.file("ledger/checkpoint", &format!("{}\n", kept.join("\n")));
    let audit = world.run("audit --json");
    assert_eq!(audit.code, 1);
    assert!(audit.out.contains("checkpoint-signature"), "{}", audit.out);
    world.no("log", 3, "ledger-damaged");
}

#[test]
fn the_only_checkpoint_key_cannot_be_retired_and_other_keys_are_refused() {
    let world = World::newsroom();
    world.no(
        "checkpoint retire ledger --as mara",
        4,
        "last-checkpoint-key",
    );
    world.no(
        "checkpoint retire jonas --as mara",
        4,
        "checkpoint-key-unknown",
    );
    // A reviewer's key never signs checkpoints.
    world.no("checkpoint rotate --to jonas --as mara", 4, "key-taken");
}

#[test]
fn a_copy_is_closed_by_every_key() {
    let world = World::newsroom();
    world.yes("key new ledger-2 --no-passphrase");
    world.yes("checkpoint rotate --to ledger-2 --as mara");
    world.yes("ledger close --reason moved --yes");
    assert_eq!(lines(&Value::String(world.read("ledger/closed"))), 2);
    let report = world.yes("audit");
    assert!(report.to_string().contains("copy-closed"), "{report}");
}

#[test]
fn an_interrupted_rotation_is_completed_by_the_next_append() {
    let world = World::newsroom();
    let before = world.read("ledger/checkpoint");
    world.yes("key new ledger-2 --no-passphrase");
    world.yes("checkpoint rotate --to ledger-2 --as mara");
    let size = world.size();
    // The state after a power cut between the signing of the new head and its renaming.
    let (checkpoint, next) = ("ledger/checkpoint", "ledger/checkpoint.next");
    std::fs::rename(world.path(checkpoint), world.path(next)).unwrap();
    world.file(checkpoint, &before);
    claim(&world, "One.");
    assert_eq!(world.size(), size + 1);
    assert_eq!(lines(&head(&world)["note"]), 2);
    world.clean("");
}

#[test]
fn a_pending_head_without_a_required_signature_is_not_completed() {
    let world = World::newsroom();
    let before = world.read("ledger/checkpoint");
    let size = world.size();
    world.yes("key new ledger-2 --no-passphrase");
    world.yes("checkpoint rotate --to ledger-2 --as mara");
    let note = world.read("ledger/checkpoint");
    let signed: Vec<&str> = note.lines().filter(|l| l.starts_with('\u{2014}')).collect();
    let lacking = note.replace(&format!("{}\n", signed[0]), "");
    world.file("ledger/checkpoint.next", &lacking);
    world.file("ledger/checkpoint", &before);
    // This machine has seen the head with both, so it is the memory that refuses, at the old size.
    world.no("claim add A. --claimant many --as jonas", 4, "copy-is-old");
    assert_eq!(world.size(), size);
    assert!(!world.path("ledger/checkpoint.next").exists());
}
