//! Waits for the process that has the index open, as long as it runs, but not longer than the log could be read instead.
//!
//! A stopped process may never continue, and a process that is not visible may be stopped: for these the wait is ten
//! seconds. A process whose index does not answer says so in the lock's file, and is not waited for.

use super::Error;
use crate::host::lock::{Activity, Holder, WriterLock};
use std::path::Path;
use std::time::{Duration, Instant};

/// Takes the lock at `path`; `instead` is how long it would take to do without, `tell` gets a message if the wait is long.
///
/// # Errors
///
/// [`Error::Held`] after ten seconds, or after `instead` if that is more and the holder runs.
pub fn wait_for(path: &Path, instead: Duration, tell: &dyn Fn(&str)) -> Result<WriterLock, Error> {
    let began = Instant::now();
    let mut idle_since: Option<Instant> = None;
    let mut told = None;
    loop {
        if let Some(lock) = WriterLock::take(path)? {
            return Ok(lock);
        }
        if began.elapsed() >= LOOK_AFTER {
            let holder = Holder::read(path);
            let activity = match holder.activity() {
                Activity::Runs if holder.is_this_process() => Activity::Unknown,
                activity => activity,
            };
            let held = || Error::Held {
                place: path.display().to_string(),
                holder: described(&holder, activity),
            };
            let (waited, limit) = match activity {
                Activity::GaveUp => return Err(held()),
                Activity::Runs => {
                    idle_since = None;
                    (began.elapsed(), instead.max(IDLE_WAIT))
                }
                Activity::Stopped | Activity::Unknown => {
                    let idle_since = idle_since.get_or_insert_with(Instant::now);
                    (idle_since.elapsed(), IDLE_WAIT)
                }
            };
            if waited >= limit {
                return Err(held());
            }
            if began.elapsed() >= TELL_AFTER && told != Some(activity) {
                told = Some(activity);
                let holder = described(&holder, activity);
                tell(&format!(
                    "waiting for {holder}, which has the index of this ledger open, for {} seconds at most",
                    limit.as_secs()
                ));
            }
        }
        std::thread::sleep(POLL);
    }
}

fn described(holder: &Holder, activity: Activity) -> String {
    match activity {
        Activity::Stopped => format!("the stopped {holder}"),
        Activity::GaveUp => format!("{holder}, where it does not answer,"),
        Activity::Runs | Activity::Unknown => holder.to_string(),
    }
}

/// Nearly every command releases it within milliseconds, so the holder is not looked up before this.
const LOOK_AFTER: Duration = Duration::from_millis(200);

/// After this time, a person is told which process holds the index.
const TELL_AFTER: Duration = Duration::from_secs(2);

/// How long to wait for a process that is stopped or not visible, and for any other at least.
const IDLE_WAIT: Duration = Duration::from_secs(10);

const POLL: Duration = Duration::from_millis(10);
