//! Guards against a clock that is behind: it would sign a date of long ago, and nobody could tell it from a forged one.
//!
//! An entry's time never goes back. If it ran ahead once, every clock is behind it until then; a person who has looked
//! says so once, and this machine remembers it for that time. One small file for each ledger in the user's state
//! folder.

use super::Error;
use crate::host::{durable, files};
use claimledger_core::model::StatementId;
use claimledger_core::rules::clocks::DAY_SECONDS;
use claimledger_core::{EntryIndex, UnixMillis};
use std::path::{Path, PathBuf};

/// The memory of this machine.
#[derive(Debug, Clone)]
pub struct ClockGuard {
    folder: PathBuf,
}

impl ClockGuard {
    /// The memory in the user's state folder.
    pub fn at(state: &Path) -> Self {
        Self {
            folder: state.join("clocks"),
        }
    }

    /// Refuses a clock that is a day or more behind the time of the last entry. A ledger that rested for long stops
    /// nobody: then the clock is ahead. `is_right` says that the person has looked at the clock.
    pub fn may_sign(
        &self,
        ledger: &StatementId,
        last: (EntryIndex, UnixMillis),
        now: UnixMillis,
        is_right: bool,
    ) -> Result<(), Error> {
        let (entry, time) = last;
        if time.millis_since(now) < DAY_SECONDS * 1_000 {
            return Ok(());
        }
        let file = self.folder.join(ledger.to_string());
        if confirmed(&file)?.is_some_and(|confirmed| confirmed >= time) {
            return Ok(());
        }
        if !is_right {
            return Err(Error::ClockBehind {
                entry,
                time: shown(time),
                now: shown(now),
            });
        }
        files::make_folder(&self.folder)?;
        durable::replace_file(&file, time.to_string().as_bytes())?;
        Ok(())
    }
}

/// The time for which a person said that the clock is right. A file that cannot be read says nothing: then the person
/// is asked again.
fn confirmed(file: &Path) -> Result<Option<UnixMillis>, Error> {
    let text = files::read_if_there(file)?;
    let text = text.and_then(|bytes| String::from_utf8(bytes).ok());
    Ok(text
        .and_then(|text| text.trim().parse().ok())
        .map(UnixMillis::new))
}

fn shown(time: UnixMillis) -> String {
    let instant = time.instant();
    instant.map_or_else(|_| format!("{time} ms"), |instant| instant.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: u64 = DAY_SECONDS * 1_000;

    fn at(millis: u64) -> UnixMillis {
        UnixMillis::new(millis)
    }

    fn refuses(guard: &ClockGuard, last: u64, now: u64, is_right: bool) -> bool {
        let ledger = StatementId::from_bytes([7; 32]);
        let last = (EntryIndex::new(3), at(last));
        match guard.may_sign(&ledger, last, at(now), is_right) {
            Ok(()) => false,
            Err(Error::ClockBehind { entry, .. }) => {
                assert_eq!(entry, EntryIndex::new(3));
                true
            }
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn a_clock_a_day_behind_is_refused_and_a_ledger_that_rested_stops_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let guard = ClockGuard::at(folder.path());
        assert!(!refuses(&guard, 10 * DAY, 9 * DAY + 1, false));
        assert!(refuses(&guard, 10 * DAY, 9 * DAY, false));
        assert!(refuses(&guard, 10 * DAY, 0, false));
        assert!(!refuses(&guard, 10 * DAY, 500 * DAY, false));
    }

    #[test]
    fn a_clock_that_is_right_is_remembered_until_the_ledgers_time_moves_on() {
        let folder = tempfile::tempdir().unwrap();
        let guard = ClockGuard::at(folder.path());
        assert!(!refuses(&guard, 400 * DAY, 10 * DAY, true));
        // The same time, the next day and without the option.
        assert!(!refuses(&guard, 400 * DAY, 11 * DAY, false));
        assert!(refuses(&guard, 400 * DAY + 1, 11 * DAY, false));
        // A memory that cannot be read asks again.
        let ledger = StatementId::from_bytes([7; 32]).to_string();
        std::fs::write(folder.path().join("clocks").join(ledger), "soon").unwrap();
        assert!(refuses(&guard, 400 * DAY, 11 * DAY, false));
    }
}
