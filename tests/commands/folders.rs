//! What is made on a machine: who may write to it, and what git keeps of it.
#![cfg(unix)]

use crate::commands::sealed::{Beginning, PROGRAM, Sealed};
use crate::commands::world::World;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

fn below(folder: &Path, found: &mut Vec<PathBuf>) {
    found.push(folder.to_path_buf());
    for item in std::fs::read_dir(folder).expect("a folder") {
        let item = item.expect("an item");
        if item.file_type().expect("its type").is_dir() {
            below(&item.path(), found);
        } else {
            found.push(item.path());
        }
    }
}

fn mode(path: &Path) -> u32 {
    let about = std::fs::symlink_metadata(path).expect("a file");
    about.permissions().mode() & 0o777
}

#[test]
fn nothing_is_writable_by_others_whatever_the_umask() {
    let sealed = Sealed::new(Beginning::Nothing);
    std::fs::write(sealed.desk().join("wire.txt"), "The bridge closes.\n").expect("a file");
    let said = sealed.shell(
        "umask 000
         set -e
         claimledger init desk.example/facts --as mara --no-passphrase
         claimledger key new jonas --no-passphrase
         claimledger key enroll jonas --role reviewer --as mara
         claimledger source add wire.txt --title T --publisher P --as jonas
         claimledger export ./site --yes
         claimledger mirror add site site
         claimledger doctor",
    );
    assert!(said.status.success(), "{}{}", said.out, said.err);
    let mut all = Vec::new();
    for made in ["desk/ledger", "desk/keys", "desk/site", "state/claimledger"] {
        below(&sealed.path(made), &mut all);
    }
    assert!(all.len() > 30, "{}", all.len());
    // sled makes its own files; they are in a folder of mode 0700.
    let sled = sealed.path("state/claimledger/indexes");
    let open: Vec<String> = all
        .iter()
        .filter(|path| !path.starts_with(&sled) && mode(path) & 0o022 != 0)
        .map(|path| format!("{} {:o}", path.display(), mode(path)))
        .collect();
    assert!(open.is_empty(), "{open:#?}");
    for private in [
        "desk/keys",
        "state/claimledger",
        "state/claimledger/indexes",
    ] {
        assert_eq!(mode(&sealed.path(private)), 0o700, "{private}");
    }
}

#[test]
fn doctor_says_what_everybody_can_write_to() {
    let world = World::newsroom();
    assert_eq!(world.run("doctor").code, 0);
    for open in [
        "ledger",
        "keys",
        "keys/jonas.pub",
        "state/claimledger/ledgers",
    ] {
        let path = world.path(open);
        let before = mode(&path);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o777)).expect("set");
        let said = world.run("doctor");
        assert_eq!(said.code, 1, "{open}\n{}", said.out);
        assert!(
            said.out
                .contains(&format!("everybody can write to {open} (mode 777)")),
            "{open}\n{}",
            said.out
        );
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(before)).expect("set");
    }
    assert_eq!(world.run("doctor").code, 0);
}

/// Git, in a world of its own; `None` where git is not installed.
fn git(world: &World, words: &[&str]) -> Option<String> {
    let output = Command::new("git")
        .args(words)
        .current_dir(world.path(""))
        .env("HOME", world.path(""))
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .ok()?;
    assert!(
        output.status.success(),
        "{words:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
}

#[test]
fn git_takes_no_private_key_and_keeps_the_bytes_of_a_ledger() {
    let world = World::newsroom();
    world.file("wire.txt", "The bridge closes.\r\nIn April.\r\n");
    world.yes("source add wire.txt --title T --publisher P --label wire --as jonas");
    // Where git is not installed there is nothing to ask.
    let Some(_) = git(&world, &["init", "-q"]) else {
        return;
    };
    git(&world, &["add", "-A"]);
    let keys = git(&world, &["ls-files", "keys"]).expect("git");
    let mut keys: Vec<&str> = keys.lines().collect();
    keys.sort_unstable();
    assert_eq!(
        keys,
        [
            "keys/edith.pub",
            "keys/jonas.pub",
            "keys/ledger.pub",
            "keys/mara.pub"
        ]
    );
    let ledger = git(&world, &["ls-files", "ledger"]).expect("git");
    assert!(ledger.contains("ledger/checkpoint\n") && !ledger.contains("ledger/lock"));
    // A clone on a machine where git turns line ends into those of Windows is the same ledger.
    let who = ["-c", "user.name=mara", "-c", "user.email=mara@desk.example"];
    git(
        &world,
        &[&who[..], &["commit", "-qm", "the ledger"]].concat(),
    );
    git(
        &world,
        &["clone", "-q", "-c", "core.autocrlf=true", ".", "clone"],
    );
    let before = world.files("ledger");
    for (path, bytes) in world.files("clone/ledger") {
        let own = world.path("ledger").join(
            path.strip_prefix(world.path("clone/ledger"))
                .expect("below"),
        );
        assert!(before.get(&own) == Some(&bytes), "{}", path.display());
    }
    let audit = world.yes("audit clone/ledger");
    assert_eq!(audit["findings"], serde_json::json!([]));
}

#[test]
fn the_files_for_git_are_no_strays() {
    let world = World::newsroom();
    let files = [".gitattributes", ".gitignore"];
    for file in files {
        assert!(world.path("ledger").join(file).is_file(), "{file}");
    }
    assert_eq!(world.yes("audit")["findings"], serde_json::json!([]));
    // A folder to publish from that is kept in git.
    std::fs::create_dir(world.path("site")).expect("a folder");
    world.file("site/.gitattributes", "* -text\n");
    world.file("site/.gitignore", "*.tmp\n");
    world.yes("export ./site --yes");
    world.yes("claim add A. --claimant many --as jonas");
    world.yes("export ./site --yes");
    assert_eq!(world.yes("audit site")["findings"], serde_json::json!([]));
    std::fs::create_dir(world.path("copy")).expect("a folder");
    world.file("copy/.gitattributes", "* -text\n");
    world.yes("--ledger copy pull site");
    assert_eq!(world.yes("audit copy")["findings"], serde_json::json!([]));
    assert_eq!(world.read("site/.gitignore"), "*.tmp\n");
}

#[test]
fn what_a_full_disk_left_of_a_key_is_nothing() {
    let sealed = Sealed::new(Beginning::Nothing);
    // No file may grow beyond 0 bytes: as on a full disk, making it works and writing to it does not. The signal that the
    // system sends then is ignored.
    let said = sealed.shell(&format!(
        "trap '' XFSZ; ulimit -f 0; {PROGRAM} key new mara --no-passphrase"
    ));
    assert_ne!(said.status.code(), Some(0), "{}", said.out);
    for file in ["keys/mara", "keys/mara.pub"] {
        assert!(!sealed.desk().join(file).exists(), "{file}");
    }
    sealed.done(&["key", "new", "mara", "--no-passphrase"]);
}

#[test]
fn a_key_whose_public_file_was_never_written_gets_it_when_init_runs_again() {
    let world = World::new();
    world.yes("key new mara --no-passphrase");
    let public = world.read("keys/mara.pub");
    std::fs::remove_file(world.path("keys/mara.pub")).expect("removed");
    world.yes("init desk.example/facts --as mara");
    assert_eq!(world.read("keys/mara.pub"), public);
    let keys = world.yes("key list");
    let mara = keys
        .as_array()
        .expect("a list")
        .iter()
        .find(|key| key["name"] == "mara");
    assert_eq!(mara.expect("mara's key")["standing"], "enrolled");
}
