//! What cannot be undone: publishing into a ledger, publishing altered files, overwriting a file or a key.

use crate::commands::world::World;
use std::path::PathBuf;

/// A newsroom whose ledger holds a snapshot.
fn world() -> World {
    World::with_verdict()
}

/// Everything of the ledger and the keys, as it is.
fn all(world: &World) -> Vec<(PathBuf, Vec<u8>)> {
    let both = [world.files("ledger"), world.files("keys")];
    both.into_iter().flatten().collect()
}

/// The bundle of a short ledger.
fn bundle(world: &World) -> PathBuf {
    let size = world.size();
    world.path(&format!("ledger/tile/entries/000.p/{size}"))
}

/// Alters a byte near the end of a file.
fn alter(path: &PathBuf) {
    let mut bytes = std::fs::read(path).expect("a file");
    let at = bytes.len() - 20;
    bytes[at] ^= 1;
    std::fs::write(path, bytes).expect("a file");
}

#[test]
fn nothing_is_published_into_a_ledger_the_keys_or_a_folder_around_them() {
    let world = world();
    world.copy("ledger", "other/facts");
    world.yes("--ledger other/facts ledger adopt --yes");
    world.copy("ledger", "bare");
    for name in ["site2", "site/ledger"] {
        std::fs::create_dir_all(world.path(name)).expect("a folder");
    }
    world.copy("ledger", "site/ledger");
    world.file("site2/notes.txt", "mine");
    let before = all(&world);
    for (ledger, target, code) in [
        ("ledger", "ledger", "file-protected"),
        ("ledger", "./ledger/../ledger", "file-protected"),
        ("ledger", "ledger/public", "file-protected"),
        ("ledger", "ledger/public.tar.zst", "file-protected"),
        ("ledger", ".", "file-protected"),
        ("ledger", "keys", "file-protected"),
        ("ledger", "keys/public", "file-protected"),
        ("ledger", "state/claimledger/ledgers", "file-protected"),
        ("ledger", "other/facts", "file-protected"),
        ("ledger", "other/facts/public", "file-protected"),
        ("site/ledger", "./site", "file-protected"),
        ("ledger", "site2", "export-other"),
    ] {
        for only in ["", " --only closing"] {
            if target == "site2" && !only.is_empty() {
                continue;
            }
            let refused = world.no(
                &format!("--ledger {ledger} export {target}{only} --yes"),
                4,
                code,
            );
            assert!(refused["next"].is_string(), "{target}: {refused}");
        }
    }
    assert!(all(&world) == before, "ledger and keys are as they were");
    assert!(!world.path("ledger/public").exists() && !world.path("keys/public").exists());
    world.clean("");
    world.clean("other/facts");
}

#[test]
fn the_last_copy_of_a_snapshot_is_not_removed() {
    let world = world();
    // A ledger without its lock looks like an export. But nothing is lost that exists only there.
    world.copy("ledger", "bare");
    let snapshots = |at: &str| world.files(at).len();
    let before = snapshots("bare");
    std::fs::rename(world.path("ledger/snapshots"), world.path("away")).expect("moved");
    world.no("export bare --yes", 4, "export-other");
    assert_eq!(snapshots("bare"), before);
    std::fs::rename(world.path("away"), world.path("ledger/snapshots")).expect("back");
    world.yes("export public --with-snapshots --yes");
    world.yes("export public --yes");
    assert!(
        !world
            .path("public/snapshots/sha256")
            .read_dir()
            .is_ok_and(|mut folders| folders.any(|f| f
                .expect("a folder")
                .path()
                .read_dir()
                .is_ok_and(|mut files| files.next().is_some())))
    );
    world.clean("public");
}

#[test]
fn an_interrupted_first_export_is_continued() {
    let world = world();
    world.yes("export whole --with-snapshots --yes");
    world.copy("whole", "half");
    std::fs::remove_file(world.path("half/checkpoint")).expect("a checkpoint");
    let tile = world.path(&format!("half/tile/entries/000.p/{}", world.size()));
    let bytes = std::fs::read(&tile).expect("a bundle");
    std::fs::write(&tile, &bytes[..100]).expect("a part of it");
    world.file("half/checkpoint.next", "half a checkp");
    world.yes("export half --with-snapshots --yes");
    world.clean("half");
    std::fs::remove_file(world.path("half/checkpoint")).expect("a checkpoint");
    std::fs::write(&tile, b"what somebody else wrote").expect("a file");
    world.no("export half --yes", 4, "export-other");
}

#[test]
fn files_that_the_checkpoint_does_not_cover_are_not_published() {
    let world = world();
    let good = std::fs::read(bundle(&world)).expect("a bundle");
    let words = b"The mayor said so";
    let at = good.windows(words.len()).position(|window| window == words);
    let mut bad = good.clone();
    bad[at.expect("the words of the verdict")] = b't';
    std::fs::write(bundle(&world), bad).expect("a bundle");
    for target in [
        "public",
        "facts.tar.zst",
        "single --only closing",
        "single.tar.zst --only closing",
    ] {
        let refused = world.no(&format!("export {target} --yes"), 3, "ledger-damaged");
        let said = refused.to_string();
        assert!(said.contains("tile/entries/000"), "{said}");
        assert!(refused["next"].is_string(), "{said}");
    }
    assert_ne!(world.run("prove closing-verdict -o v.dossier").code, 0);
    for name in [
        "public",
        "facts.tar.zst",
        "single",
        "single.tar.zst",
        "v.dossier",
    ] {
        assert!(!world.path(name).exists(), "{name}");
    }
    std::fs::write(bundle(&world), good).expect("as it was");

    let tile = world.path(&format!("ledger/tile/0/000.p/{}", world.size()));
    let good = std::fs::read(&tile).expect("a tile");
    alter(&tile);
    world.no("export public --yes", 3, "ledger-damaged");
    std::fs::write(&tile, good).expect("as it was");

    let snapshots = world.files("ledger/snapshots");
    let snapshot = snapshots.keys().next().expect("a snapshot");
    alter(snapshot);
    for target in ["public", "facts.tar.zst"] {
        let line = format!("export {target} --with-snapshots --yes");
        let refused = world.no(&line, 3, "ledger-damaged");
        assert!(
            refused.to_string().contains("snapshots/sha256/"),
            "{refused}"
        );
    }
    assert!(!world.path("public").exists() && !world.path("facts.tar.zst").exists());
    // It is not shown without --with-snapshots.
    world.yes("export public --yes");
    world.clean("public");
}

#[test]
fn files_are_overwritten_only_with_force_and_keys_never() {
    let world = world();
    world.yes("prove 0 -o first.dossier");
    world.file("page.txt", "The mayor said so.\n");
    world.yes("key new spare --no-passphrase");
    let draft = "claim add 'Another claim.' --claimant many --as jonas --draft";
    world.yes(&format!("{draft} claim.json"));
    let before = all(&world);
    let wire = std::fs::read(world.path("wire.txt")).expect("a file");
    let commands = [
        "prove 0 -o",
        "prove 0 --format dsse -o",
        "corroboration closing --svg",
        "report practice --csv",
        "checkpoint --request",
        draft,
        "sign claim.json --as jonas -o",
        "source add page.txt --title Page --publisher Wire --as jonas --draft",
    ];
    for command in commands {
        for file in ["keys/mara", "keys/mara.pub", "wire.txt", "keys"] {
            let refused = world.no(&format!("{command} {file}"), 4, "file-exists");
            assert!(
                refused["next"]
                    .as_str()
                    .expect("a step")
                    .contains("--force")
            );
        }
        for file in [
            "keys/mara",
            "keys/mara.pub",
            "keys/ledger",
            "keys",
            "ledger/checkpoint",
            "ledger/new",
            "ledger/snapshots/../new",
            "state/claimledger/ledgers/new",
        ] {
            world.no(&format!("{command} {file} --force"), 4, "file-protected");
        }
    }
    // An archive, too; a folder has nothing to force.
    world.file("facts.tar.zst", "mine");
    world.no("export facts.tar.zst --yes", 4, "file-exists");
    world.no(
        "export facts.tar.zst --only closing --yes",
        4,
        "file-exists",
    );
    world.no("export public --yes --force", 2, "usage");
    assert!(all(&world) == before, "ledger and keys are as they were");
    assert_eq!(std::fs::read(world.path("wire.txt")).expect("a file"), wire);

    for command in commands {
        world.yes(&format!("{command} out"));
        world.yes(&format!("{command} out --force"));
        std::fs::remove_file(world.path("out")).expect("a file");
    }
    world.yes("export facts.tar.zst --yes --force");
    world.clean("facts.tar.zst");
    // A dangling link is there, too; with --force the link goes, and what it names stays.
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("keys/mara", world.path("link")).expect("a link");
        world.no("prove 0 -o link", 4, "file-exists");
        world.no("prove 0 -o link --force", 4, "file-protected");
        std::os::unix::fs::symlink("ledger", world.path("inside")).expect("a link");
        world.no("prove 0 -o inside/new", 4, "file-protected");
    }
    assert!(all(&world) == before, "ledger and keys are as they were");
}
