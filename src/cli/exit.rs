//! The exit codes. Nothing else in the program knows them.

use super::context::Answer;
use crate::outcome::Outcome;

/// Done, or verified.
pub const YES: u8 = 0;
/// The answer is no.
pub const NO: u8 = 1;
/// The arguments make no sense. clap uses the same code.
pub const USAGE: u8 = 2;
/// The program could not find out.
pub const CANNOT_TELL: u8 = 3;
/// The rules refuse it.
pub const REFUSED: u8 = 4;

/// The exit code of a command with an answer.
pub fn for_answer(answer: Answer) -> u8 {
    match answer {
        Answer::Yes => YES,
        Answer::No => NO,
        Answer::Unknown => CANNOT_TELL,
    }
}

/// The exit code of a command that ended with an error.
pub fn for_outcome(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::No => NO,
        Outcome::Usage => USAGE,
        Outcome::CannotTell => CANNOT_TELL,
        Outcome::Refused => REFUSED,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Error, Fault};
    use crate::{host, keystore, ledger, snapshots, store, sync, transport};
    use claimledger_core::TreeSize;
    use claimledger_core::encoding::Defect;
    use claimledger_core::encoding::name::{Label, Origin};
    use std::path::Path;

    fn code(error: impl Into<Error>) -> u8 {
        for_outcome(error.into().outcome())
    }

    fn broken_disk() -> host::Error {
        host::Error::io("reading", Path::new("x"), std::io::ErrorKind::Other.into())
    }

    fn spelling(of: &str) -> Defect {
        of.parse::<Label>().expect_err("not a label")
    }

    #[test]
    fn an_answer_has_its_exit_code() {
        let codes = [Answer::Yes, Answer::No, Answer::Unknown].map(for_answer);
        assert_eq!(codes, [0, 1, 3]);
    }

    #[test]
    fn the_exit_code_for_no_is_1() {
        let name = || "x".to_owned();
        let place = name;
        let not_found = ledger::Error::NotFound {
            name: name(),
            size: TreeSize::new(3),
        };
        let ambiguous = ledger::Error::Ambiguous {
            name: name(),
            count: 2,
        };
        assert_eq!(code(not_found), 1);
        assert_eq!(code(ambiguous), 1);
        assert_eq!(code(Error::Declined), 1);
        let behind = sync::Error::Behind {
            place: place(),
            theirs: TreeSize::new(1),
            ours: TreeSize::new(2),
        };
        assert_eq!(code(behind), 1);
    }

    #[test]
    fn the_exit_code_for_wrong_usage_is_2_as_in_clap() {
        assert_eq!(code(Error::Usage("x".to_owned())), 2);
        assert_eq!(code(spelling("Not A Label")), 2);
    }

    #[test]
    fn the_exit_code_for_a_failed_machine_is_3() {
        assert_eq!(code(broken_disk()), 3);
        assert_eq!(code(store::Error::from(broken_disk())), 3);
        assert_eq!(code(keystore::Error::from(broken_disk())), 3);
        assert_eq!(code(snapshots::Error::from(broken_disk())), 3);
        let silent = transport::Error::TimedOut {
            url: "https://x.example".to_owned(),
        };
        assert_eq!(code(silent), 3);
    }

    #[test]
    fn the_exit_code_for_a_refusal_is_4() {
        let no_key = keystore::Error::Unknown {
            name: "mara".to_owned(),
            folder: "keys".to_owned(),
        };
        assert_eq!(code(no_key), 4);
        let not_there = snapshots::Error::NotFound {
            quote: "x".to_owned(),
            nearest: None,
            alike: false,
        };
        assert_eq!(code(not_there), 4);
        let origin: Origin = "desk.example/facts".parse().expect("an origin");
        let never_written = || ledger::RollbackError::NeverWritten {
            origin: origin.clone(),
        };
        assert_eq!(code(never_written()), 4);
        // A refusal by this machine's memory stays a refusal when it occurs between ledgers.
        let between = sync::Error::Ledger(never_written().into());
        assert_eq!(code(between), 4);
        assert_eq!(code(transport::Error::Credentials), 4);
    }

    #[test]
    fn a_malformed_value_from_another_ledger_is_not_wrong_usage() {
        let foreign = sync::Error::Ledger(spelling("Not A Label").into());
        assert_eq!(code(foreign), 3);
    }

    #[test]
    fn an_item_of_a_case_ends_as_its_own_error() {
        let case = |why: Error| Error::Faults {
            path: "case.toml".to_owned(),
            faults: vec![Fault {
                line: Some(3),
                item: Some("claim 1".to_owned()),
                field: None,
                why,
            }],
        };
        assert_eq!(code(case(Error::Usage("x".to_owned()))), 2);
        assert_eq!(code(case(Error::LastCheckpointKey)), 4);
        assert_eq!(code(case(broken_disk().into())), 3);
    }
}
