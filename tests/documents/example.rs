//! The example ledger of the repository: it audits clean, takes no entries, and notices every altered byte.

use claimledger::host::disk::FolderDisk;
use claimledger::store::Files;
use claimledger_core::UnixMillis;
use claimledger_core::audit::{self, AuditReport, Options};
use claimledger_core::log::{ReadError, Reader};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// A ledger folder in memory, as somebody left it.
struct Copy(BTreeMap<String, Vec<u8>>);

impl Reader for Copy {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        Ok(self.0.get(name).cloned())
    }
    fn list(&self, folder: &str) -> Result<Option<Vec<String>>, ReadError> {
        let below = format!("{}/", folder.trim_end_matches('/'));
        let names = self.0.keys();
        let inside = names.filter(|name| folder.is_empty() || name.starts_with(&below));
        Ok(Some(inside.cloned().collect()))
    }
    fn place(&self) -> String {
        "a copy".to_owned()
    }
}

fn ledger_folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("ledger")
}

/// The committed files: what others may leave beside them is not theirs.
fn example() -> Copy {
    let files = Files::new(FolderDisk::new(ledger_folder()));
    let names = files.list("").unwrap().unwrap();
    let committed = names
        .into_iter()
        .filter(|name| !name.starts_with("index/") && name != "lock" && !name.starts_with(".git"));
    Copy(
        committed
            .map(|name| {
                let bytes = files.read(&name).unwrap().unwrap();
                (name, bytes)
            })
            .collect(),
    )
}

fn audited(copy: &Copy) -> AuditReport {
    let options = Options {
        // A clock that stands after the example was made, wherever the test runs.
        now_millis: UnixMillis::new(4_000_000_000_000),
        ..Options::default()
    };
    audit::run(copy, &options, &mut |_, _| {}).unwrap()
}

#[test]
fn the_example_ledger_has_no_fault() {
    let report = audited(&example());
    assert_eq!(report.faults(), 0, "{:#?}", report.findings);
    assert!(report.checked.excerpts > 0 && report.checked.snapshots > 0);
}

/// The examples in the documentation of the core run on this ledger and on a forged dossier of the vectors.
#[test]
fn the_core_has_a_copy_of_its_newest_files_for_its_examples() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let data = root.join("crates/core/examples-data");
    let copied = Files::new(FolderDisk::new(data.join("ledger")));
    let names = copied.list("").unwrap().unwrap();
    assert!(names.len() >= 5, "{names:?}");
    for name in names {
        let here = example().0.remove(&name);
        assert_eq!(copied.read(&name).unwrap(), here, "{name}");
    }
    let read = |path| std::fs::read(path).unwrap();
    let vector = read(root.join("tests/vectors/dossier/own-statement.json"));
    let vector: serde_json::Value = serde_json::from_slice(&vector).unwrap();
    let forged = String::from_utf8(read(data.join("forged.dossier"))).unwrap();
    assert_eq!(vector["input"]["dossier"], forged);
}

#[test]
fn the_program_audits_it_without_arguments_and_refuses_to_add_to_it() {
    let state = tempfile::tempdir().unwrap();
    let run = |words: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_claimledger"))
            .args(words)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .env_clear()
            .env("XDG_STATE_HOME", state.path())
            .output()
            .unwrap()
    };
    let audit = run(&["audit"]);
    assert_eq!(audit.status.code(), Some(0));
    let add = run(&["claim", "add", "It rains.", "--claimant", "unknown"]);
    let said = String::from_utf8_lossy(&add.stderr);
    assert_eq!(add.status.code(), Some(4), "{said}");
    assert!(said.contains("this is the example"), "{said}");
    assert!(said.contains("init ORIGIN --as NAME"), "{said}");
}

/// Flips one bit of every `stride`th byte of every file, and asks that the audit objects and says where.
fn every_altered_byte_is_noticed(stride: usize) {
    let mut copy = example();
    let names: Vec<String> = copy.0.keys().cloned().collect();
    let mut at = 0;
    for name in names {
        let length = copy.0[&name].len();
        while at < length {
            let bit = 1 << (at % 8);
            copy.0.get_mut(&name).unwrap()[at] ^= bit;
            let report = audited(&copy);
            let named = report
                .findings
                .iter()
                .any(|f| f.entry.is_some() || f.file.is_some());
            assert!(
                report.faults() > 0 && named,
                "byte {at} of {name} was altered unseen"
            );
            copy.0.get_mut(&name).unwrap()[at] ^= bit;
            at += stride;
        }
        // The next file begins where the stride lands, so that no file is only ever hit at its start.
        at -= length;
    }
}

#[test]
fn altered_bytes_are_noticed() {
    every_altered_byte_is_noticed(97);
}

#[test]
#[ignore = "every byte: minutes"]
fn every_byte_altered_is_noticed() {
    every_altered_byte_is_noticed(1);
}
