//! Damage of every kind to every file of a small ledger: the audit objects, and names the file or the entry.

use claimledger::host::disk::Disk as _;
use claimledger::store::memory::Survives;
use claimledger::store::{Files, MemoryDisk};
use claimledger_core::audit::{self, AuditReport, Options, Severity};
use claimledger_testing::{NOW, TestLedger, checkpoint_key, forge};
use rayon::prelude::*;

/// The small case with a snapshot, excerpts, older partial tiles and a closing.
fn small_ledger() -> MemoryDisk {
    let mut ledger = TestLedger::in_memory();
    claimledger_testing::small_case(&mut ledger);
    let writer = ledger.take_writer();
    writer
        .close("moved to another desk", &checkpoint_key())
        .unwrap();
    ledger.disk
}

/// An audit by somebody who knows nothing of this ledger beforehand.
fn audit(disk: &MemoryDisk) -> Result<AuditReport, audit::Error> {
    let options = Options {
        now_millis: NOW,
        ..Options::default()
    };
    audit::run(&Files::new(disk.clone()), &options, &mut |_, _| {})
}

/// Whether the report has a finding of at least this severity that leads to the file.
fn leads_to(report: &AuditReport, name: &str, least: Severity) -> bool {
    report.findings.iter().any(|finding| {
        let severe = finding.severity == Severity::Fault || least == Severity::Note;
        let in_entry = finding.entry.is_some() && name.starts_with("tile/");
        // A head of another size asks for tiles that never were: these are named.
        let asked_for = name == "checkpoint" && finding.file.is_some();
        severe && (in_entry || asked_for || finding.file.as_deref() == Some(name))
    })
}

/// Flips one bit in every `stride`th byte of every file, a different bit each time.
fn flip_all(stride: usize) {
    let disk = small_ledger();
    let sound = audit(&disk).unwrap();
    assert_eq!(sound.faults(), 0);
    let mut flips: Vec<(String, usize)> = Vec::new();
    for name in disk.list("").unwrap() {
        let length = disk.read(&name).unwrap().unwrap().len();
        flips.extend((0..length).step_by(stride).map(|at| (name.clone(), at)));
    }
    assert!(flips.len() * stride > 10_000, "{}", flips.len());
    let unseen: Vec<String> = flips
        .par_iter()
        .filter_map(|(name, at)| {
            let damaged = disk.power_cut(Survives::Everything);
            let mut bytes = damaged.read(name).unwrap().unwrap();
            bytes[*at] ^= 1 << (at % 8);
            forge::put(&damaged, name, &bytes);
            let report = audit(&damaged).unwrap();
            let seen = leads_to(&report, name, Severity::Fault);
            (!seen).then(|| format!("{name} byte {at}: {:?}", report.findings))
        })
        .collect();
    assert!(
        unseen.is_empty(),
        "{} flips unseen, e.g. {}",
        unseen.len(),
        unseen[0]
    );
}

#[test]
fn a_flipped_bit_is_noticed() {
    flip_all(23);
}

/// Every byte; the sampled run above is its everyday form.
#[test]
#[ignore = "a minute of signatures; run with --ignored"]
fn every_flipped_bit_is_noticed() {
    flip_all(1);
}

#[test]
fn a_shortened_or_lengthened_file_is_noticed() {
    let disk = small_ledger();
    for name in disk.list("").unwrap() {
        let whole = disk.read(&name).unwrap().unwrap();
        let mut others: Vec<Vec<u8>> = [0, 1, whole.len() / 2, whole.len() - 1]
            .into_iter()
            .map(|length| whole[..length].to_vec())
            .collect();
        others.push([&whole[..], b"\0"].concat());
        others.push([&whole[..], &whole[..]].concat());
        for bytes in others {
            let damaged = disk.power_cut(Survives::Everything);
            forge::put(&damaged, &name, &bytes);
            let report = audit(&damaged).unwrap();
            assert!(
                leads_to(&report, &name, Severity::Fault),
                "{name} with {} of {} bytes: {:?}",
                bytes.len(),
                whole.len(),
                report.findings
            );
        }
    }
}

#[test]
fn a_removed_file_is_noticed() {
    let disk = small_ledger();
    for name in disk.list("").unwrap() {
        let damaged = disk.power_cut(Survives::Everything);
        damaged.remove(&name).unwrap();
        let report = audit(&damaged);
        // An older partial tile may go, and a closing is no part of the log.
        let may_go = name == "closed"
            || name
                .strip_prefix("tile/")
                .is_some_and(|tile| !tile.ends_with(".p/13"));
        match report {
            Err(e) => assert_eq!((&*name, e.code().as_str()), ("checkpoint", "no-ledger")),
            Ok(report) if may_go => assert_eq!(report.faults(), 0, "{name}"),
            // The log is valid without its snapshots: a missing one is reported, and the evidence that rests on it is
            // not called verified.
            Ok(report) if name.starts_with("snapshots/") => {
                assert!(leads_to(&report, &name, Severity::Note), "{name}");
                assert_eq!((report.faults(), report.checked.excerpts), (0, 0));
                assert!(
                    report
                        .not_checked
                        .iter()
                        .any(|n| n.what == "excerpts" && n.count == 2)
                );
            }
            Ok(report) => assert!(
                leads_to(&report, &name, Severity::Fault),
                "{name}: {:?}",
                report.findings
            ),
        }
    }
}

#[test]
fn swapped_files_are_noticed() {
    let disk = small_ledger();
    let names = disk.list("").unwrap();
    for one in &names {
        for other in names.iter().filter(|other| *other != one) {
            let bytes = disk.read(other).unwrap().unwrap();
            if disk.read(one).unwrap().unwrap() == bytes {
                continue;
            }
            let damaged = disk.power_cut(Survives::Everything);
            forge::put(&damaged, one, &bytes);
            let report = audit(&damaged).unwrap();
            assert!(
                leads_to(&report, one, Severity::Fault),
                "{other} in the place of {one}: {:?}",
                report.findings
            );
        }
    }
}
