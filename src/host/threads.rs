//! The threads that share long work: one for each core.

use super::Error;
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
        pool.build_global().map_err(|e| e.to_string())
    });
    started.clone().map_err(Error::NoThreads)
}
