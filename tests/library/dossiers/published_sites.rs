//! No false alarm: of any random log, a site that is written as the log grows, or all at once, or again, says what the log
//! says; and so does the site of an earlier day.

use super::random::{Log, attempts};
use super::standing_everywhere::desk_in;
use claimledger::app::publish::site::HouseSite;
use claimledger::app::{Desk, Session};
use claimledger::host::disk::FolderDisk;
use claimledger::site::audit::{self, SiteReport};
use claimledger::site::whole;
use claimledger::site::words::SiteLanguage;
use claimledger::site::writer::SiteChoices;
use claimledger::sync::place::Place;
use claimledger_core::TreeSize;
use claimledger_testing::forge;
use proptest::prelude::*;
use std::path::{Path, PathBuf};

/// The log as it was when it had so many entries.
fn lay_down(folder: &Path, log: &Log, size: TreeSize) {
    let disk = FolderDisk::new(folder.join("ledger"));
    let entries = log.first(size);
    for (name, bytes) in forge::tiles(&entries.bytes) {
        forge::put(&disk, &name, &bytes);
    }
    forge::put(&disk, "checkpoint", &entries.head().0.to_bytes());
}

fn write(desk: &Desk, site: &Path, choices: &SiteChoices, again: bool) {
    let session = Session::open(desk).unwrap();
    whole::write(desk, &session, site, choices.clone(), again, &mut |_, _| {}).unwrap();
}

fn audited(desk: &Desk, site: &Path) -> SiteReport {
    let session = Session::open(desk).unwrap();
    let place = Place::Folder(site.to_path_buf());
    audit::audit(desk, &session, &place, &mut |_, _| {}).unwrap()
}

/// Sites of a log at some sizes, each compared; answers with how many were.
fn check(log: &Log, choices: &SiteChoices, steps: u64) -> u64 {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk_in(folder.path());
    let (grown, mut compared) = (folder.path().join("grown"), 0);
    let mut sites: Vec<PathBuf> = Vec::new();
    let end = log.size().get();
    for step in 1..=steps {
        let size = TreeSize::new(end - (steps - step) * end / (2 * steps));
        lay_down(folder.path(), log, size);
        write(&desk, &grown, choices, false);
        let whole = folder.path().join(format!("whole{step}"));
        write(&desk, &whole, choices, step.is_multiple_of(2));
        sites.push(whole);
        // What is written again from the same log changes nothing.
        write(&desk, &grown, choices, step.is_multiple_of(3));
        for site in sites.iter().chain([&grown]) {
            let report = audited(&desk, site);
            assert!(
                report.findings.is_empty(),
                "at {size}: {:#?}",
                report.findings
            );
            let was = report.compared.expect("a comparison");
            assert_eq!(was.equal, was.pages + was.files);
            compared += 1;
        }
    }
    compared
}

fn choices(number: u64) -> SiteChoices {
    SiteChoices {
        language: [SiteLanguage::English, SiteLanguage::Arabic][usize::from(number % 3 == 2)],
        address: number
            .is_multiple_of(2)
            .then(|| HouseSite::new("https://desk.example/facts").unwrap()),
        with_unapproved: number % 4 > 1,
        with_texts: number % 5 > 2,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3, failure_persistence: None, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn no_site_that_the_program_wrote_raises_an_alarm(attempts in attempts(), number in 0..60_u64) {
        check(&Log::of(attempts), &choices(number), 2);
    }
}

/// `cargo test --release --test main -- --ignored a_thousand_sites`
#[test]
#[ignore = "takes minutes: a thousand sites, each compared"]
fn a_thousand_sites_raise_no_alarm() {
    use proptest::strategy::ValueTree as _;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let (mut compared, mut number) = (0, 0);
    while compared < 1_000 {
        let attempts = attempts().new_tree(&mut runner).unwrap().current();
        compared += check(&Log::of(attempts), &choices(number), 4);
        number += 1;
    }
    assert!(number > 10, "{compared} sites of only {number} logs");
}
