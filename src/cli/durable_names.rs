//! Every command makes the names of its files and folders durable before it answers: a power cut right after the answer takes
//! away nothing.

use super::command::{self, Cli};
use super::terminal::Terminal;
use crate::host::disk::FolderDisk;
use crate::host::{durable, folders, names_made_by};
use crate::store::Files;
use claimledger_core::log::Log;
use clap::Parser as _;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Runs a command whose words are divided by spaces, in a desk of folders below `root` that need not exist. Returns every
/// name that it made, relative to `root`.
fn names_of(root: &Path, line: &str) -> BTreeSet<PathBuf> {
    let at = |name: &str| root.join(name).display().to_string();
    let place = [
        ("--ledger", at("desk/a/ledger")),
        ("--keys", at("desk/b/keys")),
        ("--state", at("desk/c/state")),
    ];
    let mut words = vec!["claimledger".to_owned()];
    for (option, folder) in place {
        if !line.contains(option) {
            words.extend([option.to_owned(), folder]);
        }
    }
    words.extend(
        line.split(' ')
            .map(|word| match word.strip_prefix("ROOT/") {
                Some(name) => at(name),
                None => word.to_owned(),
            }),
    );
    let cli = Cli::try_parse_from(&words).unwrap_or_else(|e| panic!("{line}: {e}"));
    let (done, record) = names_made_by(|| {
        let mut context = super::context(&cli.place, Terminal::silent(), true)?;
        command::run(cli.command, &mut context)
    });
    done.unwrap_or_else(|e| panic!("{line}: {e}"));
    let below = |names: BTreeSet<PathBuf>| -> BTreeSet<PathBuf> {
        let relative = |name: &PathBuf| name.strip_prefix(root).map(Path::to_path_buf);
        names
            .iter()
            .filter_map(|name| relative(name).ok())
            .collect()
    };
    let lost = below(record.not_durable);
    assert!(lost.is_empty(), "{line}: a power cut takes away {lost:?}");
    below(record.all)
}

#[test]
fn every_command_makes_the_names_durable_that_it_made() {
    let folder = folders::temporary(None).unwrap();
    let root = folder.path();
    durable::replace_file(&root.join("a.txt"), b"The bridge closes.\n").unwrap();
    for (line, makes) in [
        (
            "init desk.example/facts --as mara --no-passphrase",
            &[
                "desk",
                "desk/a",
                "desk/a/ledger",
                "desk/a/ledger/tile",
                "desk/a/ledger/tile/entries",
                "desk/a/ledger/checkpoint",
                "desk/b/keys",
                "desk/b/keys/mara",
                "desk/b/keys/ledger.pub",
                "desk/c",
                "desk/c/state",
            ][..],
        ),
        ("key new jonas --no-passphrase", &["desk/b/keys/jonas.pub"]),
        ("key enroll jonas --role reviewer --as mara --yes", &[]),
        (
            "source add ROOT/a.txt --title T --publisher P --label wire --as jonas --yes",
            &["desk/a/ledger/snapshots/sha256"],
        ),
        (
            "claim add Closed. --claimant Ana --label closing --as jonas --yes",
            &["desk/a/ledger/checkpoint"],
        ),
        (
            "prove closing -o ROOT/out/proofs/a.dossier",
            &["out/proofs"],
        ),
        (
            "export ROOT/web/public --with-snapshots --yes",
            &["web", "web/public", "web/public/checkpoint"],
        ),
        ("export ROOT/web/files/a.tar.zst --yes", &["web/files"]),
        (
            "pull ROOT/web/public --with-snapshots --ledger ROOT/other/copy --state ROOT/other/state",
            &["other", "other/copy", "other/copy/snapshots", "other/state"],
        ),
        (
            "mirror add one ROOT/web/public --with-snapshots",
            &["desk/c/state/mirrors", "desk/c/state/mirrors/one"],
        ),
        (
            "witness new eye --no-passphrase --keys ROOT/w/keys",
            &["w", "w/keys", "w/keys/eye"],
        ),
        ("checkpoint --request ROOT/request", &["request"]),
        (
            "witness add-checkpoint ROOT/request --as eye --logs ROOT/logs --keys ROOT/w/keys --state ROOT/w/state",
            &["w/state", "w/state/witnesses"],
        ),
        (
            "ledger close --reason done --yes",
            &["desk/a/ledger/closed"],
        ),
    ] {
        if line.contains("--logs") {
            let files = Files::new(FolderDisk::new(root.join("desk/a/ledger")));
            let log = Log::open(&files).unwrap();
            let vkey = log.head().keys.newest(log.head().size);
            durable::replace_file(&root.join("logs"), format!("{vkey}\n").as_bytes()).unwrap();
        }
        let made = names_of(root, line);
        for name in makes {
            assert!(made.contains(Path::new(name)), "{line}: {name} in {made:?}");
        }
    }
}
