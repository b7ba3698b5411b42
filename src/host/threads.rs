//! The threads that share long work: one for each core.

use super::Error;
use std::error::Error as _;
use std::sync::OnceLock;

/// Starts them, if they are not running yet. Call this before work that rayon divides: rayon itself panics if the system
/// gives no threads, in the middle of the work.
///
/// # Errors
///
/// [`Error::NoThreads`] if the system gives no threads. Nothing was begun.
pub fn ready() -> Result<(), Error> {
    static STARTED: OnceLock<Result<(), String>> = OnceLock::new();
    let started = STARTED.get_or_init(|| {
        let pool = rayon::ThreadPoolBuilder::new();
        // Without a source it is: the threads run already.
        match pool.build_global() {
            Err(e) if e.source().is_some() => Err(e.to_string()),
            _ => Ok(()),
        }
    });
    started.clone().map_err(Error::NoThreads)
}
