//! The same ledger read from a folder, an archive, an address and a mirror; entries can be added only to a folder.

use crate::commands::world::World;
use crate::machines::newsrooms::serve;
use std::collections::BTreeSet;
use std::path::Path;

/// Every file below a folder, by its whole path.
fn files(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for item in std::fs::read_dir(folder).into_iter().flatten() {
        let path = item.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.insert(path.display().to_string());
        }
    }
    found
}

/// An answer without the second in which it was given.
fn timeless(out: &str) -> String {
    let lines = out.lines().filter(|line| !line.contains("\"asOf\""));
    lines.collect()
}

/// Commands that read, and what they have to say.
const READING: [&str; 17] = [
    "show closing-verdict",
    "show said",
    "show 3 --at 5",
    "log",
    "claim list",
    "source list",
    "evidence list",
    "verdict list --changed",
    "search bridge April",
    "corroboration closing",
    "checkpoint",
    "scale show",
    "policy show",
    "org list",
    "key list",
    "source suggest wire",
    "report practice",
];

/// A newsroom whose ledger is published as a folder, behind an address, and in an archive.
fn published() -> (World, claimledger::transport::Server, String) {
    let a = World::with_verdict();
    a.yes("export public --with-snapshots --yes");
    a.yes("export facts.tar.zst --with-snapshots --yes");
    let server = serve(a.path("public"));
    let url = format!("http://{}", server.address());
    (a, server, url)
}

#[test]
fn every_reading_command_gives_the_same_answer_at_every_place() {
    let (a, _server, url) = published();
    a.yes(&format!("mirror add desk {url} --with-snapshots"));
    a.clean("");
    let before = files(&a.path("public"));
    for command in READING {
        let here = a.run(&format!("{command} --json"));
        assert!(here.code <= 1, "{command}: {}", here.err);
        for place in ["public", "facts.tar.zst", &url, "desk", "mirror:desk"] {
            let there = a.run(&format!("--ledger {place} {command} --json"));
            assert_eq!(
                (there.code, timeless(&there.out)),
                (here.code, timeless(&here.out)),
                "{command} of {place}: {}",
                there.err
            );
        }
    }
    assert_eq!(
        files(&a.path("public")),
        before,
        "nothing is written into what others read"
    );
    // An excerpt is shown in its context wherever the snapshots can be had.
    for place in ["public", "facts.tar.zst", &url, "desk"] {
        let said = a.run(&format!("--ledger {place} show said")).out;
        assert!(said.contains("the mayor said"), "{place}: {said}");
    }
    // What is proven from afar is proven.
    let key = a.yes("checkpoint")["vkey"].as_str().unwrap().to_owned();
    a.yes(&format!(
        "--ledger {url} prove closing-verdict -o far.dossier"
    ));
    a.yes("prove closing-verdict -o near.dossier");
    assert_eq!(a.read("far.dossier"), a.read("near.dossier"));
    a.yes(&format!("verify far.dossier --ledger-key {key}"));
    // A server that has only the newest partial tiles is held to the older head that this machine remembers.
    let b = World::new();
    b.yes(&format!("audit {url}"));
    a.yes("claim add 'Newer.' --claimant many --as jonas");
    std::fs::remove_dir_all(a.path("public")).unwrap();
    a.yes("export public --with-snapshots --yes");
    let told = b.run(&format!("audit {url}"));
    assert_eq!(told.code, 0, "{}", told.out);
    assert!(
        told.out.contains("that this machine remembers"),
        "{}",
        told.out
    );
    assert!(told.err.is_empty(), "{}", told.err);
    for place in ["desk", "mirror:desk", &url, "facts.tar.zst"] {
        a.clean(&format!("{place} --ledger-key {key}"));
    }
}

#[test]
fn a_read_only_place_takes_no_entry_and_gives_the_next_step() {
    let (a, _server, url) = published();
    let b = World::new();
    b.yes(&format!("mirror add desk {url}"));
    std::fs::copy(a.path("facts.tar.zst"), b.path("facts.tar.zst")).unwrap();
    b.yes("key new jonas --no-passphrase");
    let before = files(&b.path("state/claimledger/mirrors/desk/ledger"));
    for place in ["desk", "mirror:desk", "facts.tar.zst", &url] {
        for command in [
            "claim add 'Ours.' --claimant many --as jonas --yes",
            "source add facts.tar.zst --title T --publisher P --as jonas --yes",
            "init desk.example/other --as jonas --no-passphrase",
            "pull facts.tar.zst",
            "submit facts.tar.zst",
            "ledger adopt --yes",
            "ledger close --reason done --yes",
            "doctor",
        ] {
            let refusal = b.no(&format!("--ledger {place} {command}"), 4, "place-only-read");
            let said = refusal.to_string();
            assert!(said.contains("pull") && said.contains("submit"), "{said}");
        }
        assert!(!b.path("http:").exists());
    }
    // Not even an index was made in the mirror's folder.
    let after = files(&b.path("state/claimledger/mirrors/desk/ledger"));
    assert_eq!(after, before);

    // What is said over their head is drafted and signed here, and appended there.
    let keys = a.path("keys").display().to_string();
    b.yes(&format!(
        "--ledger desk --keys {keys} claim add 'From afar.' --claimant many --as jonas --draft d.json"
    ));
    b.yes(&format!(
        "--ledger desk --keys {keys} sign d.json --as jonas -o d.dsse --yes"
    ));
    let added = a.yes(&format!("submit {}", b.path("d.dsse").display()));
    assert_eq!(added[0]["type"], "claim.add");
    a.clean("");
}

#[test]
fn a_folder_is_never_hidden_by_a_mirror() {
    let (a, _server, url) = published();
    a.yes(&format!("mirror add ledger {url}"));
    a.yes("claim add 'Newer.' --claimant many --as jonas");
    let size = |line: &str| a.yes(line)["size"].as_u64().unwrap();
    assert_eq!(
        size("checkpoint"),
        size("--ledger mirror:ledger checkpoint") + 1
    );
    std::fs::rename(a.path("ledger"), a.path("away")).unwrap();
    assert_eq!(
        size("checkpoint"),
        size("--ledger mirror:ledger checkpoint")
    );
    a.no("--ledger ./ledger checkpoint", 3, "no-ledger");
    a.no("--ledger mirror:nobody checkpoint", 4, "mirror");
    // A missing mirror does not matter to commands that do not read it.
    a.yes("--ledger mirror:nobody mirror list");
    a.no("--ledger mirror:../ledger checkpoint", 4, "mirror");
}
