//! On the machine that knows better: reading an older copy or a fork says so, and publishing it is refused.

use crate::commands::world::World;

const ADD: &str = "--claimant 'Ana Brandt' --appeared-in wire --as jonas --yes";

/// Puts another copy in the ledger's place.
fn put_in_place(world: &World, copy: &str) {
    std::fs::remove_dir_all(world.path("ledger")).expect("a folder");
    world.copy(copy, "ledger");
}

/// Reading says `code` and publishing is refused with it.
fn is_told(world: &World, code: &str, words: &str) {
    for line in [
        "verdict list",
        "claim list",
        "show closing-verdict",
        "log",
        "corroboration closing",
        "prove closing-verdict -o proof --force",
        "prove closing-verdict -o proof --format tlog-proof --force",
    ] {
        let run = world.run(line);
        assert_eq!(run.code, 0, "{line}\n{}", run.err);
        assert!(run.err.contains(words), "{line}\n{}", run.err);
    }
    let shown = world.yes("show closing-verdict");
    assert_eq!(shown["doubts"][0]["code"], code, "{shown}");
    for line in [
        "export new --yes",
        "export new.tar.zst --yes",
        "export new --only closing --yes",
    ] {
        world.no(line, 4, code);
    }
    assert!(!world.path("new").exists() && !world.path("new.tar.zst").exists());
}

#[test]
fn an_older_copy_is_told_and_not_published() {
    let world = World::with_verdict();
    world.copy("ledger", "before");
    world.yes("withdraw closing-verdict --reason Misheard. --as jonas --yes");
    world.copy("ledger", "after");
    put_in_place(&world, "before");
    is_told(&world, "copy-is-old", "this machine has seen");
    put_in_place(&world, "after");
    let run = world.run("verdict list");
    assert!(run.err.is_empty(), "{}", run.err);
    assert!(world.yes("show closing-verdict").get("doubts").is_none());
    world.yes("export new --yes");
}

#[test]
fn a_fork_is_told_and_not_published() {
    let world = World::with_verdict();
    world.copy("ledger", "before");
    world.yes(&format!("claim add 'One way.' {ADD}"));
    world.yes(&format!("claim add 'And on.' {ADD}"));
    // The same keys on a machine that remembers nothing.
    let other = World::new();
    other.copy_from(&world, "before", "ledger");
    other.copy_from(&world, "keys", "keys");
    #[cfg(unix)]
    for key in ["mara", "jonas", "edith", "ledger"] {
        use std::os::unix::fs::PermissionsExt as _;
        let private = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(other.path("keys").join(key), private).expect("a key");
    }
    other.yes("ledger adopt --yes");
    for words in ["Another way.", "And on.", "And on and on."] {
        other.yes(&format!("claim add '{words}' {ADD}"));
    }
    world.copy_from(&other, "ledger", "fork");
    put_in_place(&world, "fork");
    is_told(&world, "history-forked", "different history");
}
