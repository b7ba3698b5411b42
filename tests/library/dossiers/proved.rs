//! What `prove` makes of any verdict of a random log: it verifies, nothing in it is left unjudged, and the verdict has the
//! standing that the ledger gives it.

use super::entries::Entries;
use super::random::{Log, attempts};
use claimledger::app::proofs::dossier_summary::DossierSummary;
use claimledger_core::dossier::report::{DossierReport, Verification};
use claimledger_core::dossier::{self, Pins, select};
use claimledger_core::model::StatementType;
use claimledger_core::rules::{Reading, standing};
use claimledger_core::tlog::checkpoint::SignedCheckpoint;
use claimledger_core::tlog::note::VerifierKey;
use claimledger_core::{EntryIndex, TreeSize};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// What a reader sees of the dossier of an entry.
fn proved(
    entries: &Entries,
    head: &(SignedCheckpoint, VerifierKey),
    subject: EntryIndex,
) -> DossierReport {
    let indices = select(entries, subject).unwrap();
    let file = entries.file_under(head.0.clone(), subject, &indices);
    let pins = Pins {
        ledger_key: Some(head.1.clone()),
        ..Pins::default()
    };
    let report = dossier::verify(&file.print(), &pins);
    let report =
        report.unwrap_or_else(|e| panic!("entry {subject}: {} {e}\n{}", e.code(), entries.story()));
    // Whatever is in it, its reader gets a screen of its subject, and a sentence for each later entry.
    let shown = DossierSummary::from_report(&report);
    let shown = shown.unwrap_or_else(|e| panic!("entry {subject}: {e}\n{}", entries.story()));
    assert!(shown.later.iter().all(|later| !later.sentence.is_empty()));
    report
}

/// Every dossier of a log of this size verifies, and its verdicts have the ledger's standing.
fn all_are_proved(log: &Log, size: TreeSize) -> u64 {
    let entries = log.first(size);
    let head = entries.head();
    let Ok(reading) = Reading::at(log.view(), size);
    let mut in_part = 0;
    for subject in log.of_type(StatementType::VerdictIssue) {
        if !size.contains(subject) {
            continue;
        }
        let report = proved(&entries, &head, subject);
        let told = || format!("entry {subject} as of {size}\n{}", entries.story());
        assert_eq!(report.not_judged, [], "{}", told());
        assert_eq!(report.answer, Verification::Verified, "{}", told());
        let Ok(ledgers) = standing(&reading, subject);
        assert_eq!(report.verdict, ledgers, "{}", told());
        in_part += u64::from((report.entries.len() as u64) < size.get());
    }
    in_part
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_dossier_of_any_verdict_gives_the_standing_that_the_ledger_gives(attempts in attempts()) {
        let log = Log::of(attempts);
        all_are_proved(&log, log.size());
        // A dossier that was made earlier, too.
        all_are_proved(&log, TreeSize::new(log.size().get() * 2 / 3));
    }
}

/// The random logs say enough for the property to mean something, and every other entry has a dossier too.
#[test]
fn random_logs_have_statements_of_every_type_and_each_has_a_dossier() {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut attempted = Vec::new();
    for _ in 0..8 {
        attempted.extend(attempts().new_tree(&mut runner).unwrap().current());
    }
    let log = Log::of(attempted);
    let missing: Vec<&StatementType> = StatementType::ALL
        .iter()
        .filter(|of| !log.taken.contains(of))
        .collect();
    assert_eq!(missing, NEVER.iter().collect::<Vec<_>>());
    assert!(log.of_type(StatementType::VerdictIssue).len() > 8);
    let in_part = all_are_proved(&log, log.size());
    assert!(in_part > 4, "{in_part} of {}", log.size());
    let entries = log.first(log.size());
    let head = entries.head();
    for subject in log.size().indices() {
        let report = proved(&entries, &head, subject);
        assert_eq!(report.answer, Verification::Verified, "entry {subject}");
        assert_eq!(report.not_judged, [], "entry {subject}");
    }
}

/// A recovery needs recovery keys, an upgrade other rules, an observation another ledger.
const NEVER: &[StatementType] = &[
    StatementType::KeyRecover,
    StatementType::RulesUpgrade,
    StatementType::CheckpointObserve,
];
