//! Errors and panics of the library become errors of the index: damaged files cost time, never the program.

use crate::index::fence::words_of;
use crate::index::{Error, THREAD};
use std::thread;
use tantivy::TantivyError;
use tantivy::directory::error::{OpenDirectoryError, OpenReadError};

/// Runs a call on a thread of its own, whose panics are not printed.
///
/// # Errors
///
/// What the call returns; [`Error::Corrupt`] if it panics; [`Error::Failed`] if there is no thread for it.
pub(super) fn guarded<T: Send>(call: impl FnOnce() -> Result<T, Error> + Send) -> Result<T, Error> {
    thread::scope(|scope| {
        let spawned = thread::Builder::new()
            .name(THREAD.to_owned())
            .spawn_scoped(scope, call);
        let running = spawned.map_err(|e| failed(&e))?;
        let ended = running.join();
        ended.unwrap_or_else(|panic| Err(corrupt(words_of(&*panic))))
    })
}

/// What the files of the index say is wrong.
#[expect(clippy::needless_pass_by_value, reason = "`map_err` gives it a value")]
pub(super) fn corrupt(reason: impl ToString) -> Error {
    Error::Corrupt {
        reason: format!("full-text index: {}", reason.to_string()),
    }
}

/// What the operating system says is wrong: nothing about the files.
pub(super) fn failed(reason: &impl ToString) -> Error {
    Error::Failed {
        reason: format!("full-text index: {}", reason.to_string()),
    }
}

/// What the system reports says nothing about the index: the disk may be full. Anything else is about the files.
pub(super) fn of_tantivy(error: TantivyError) -> Error {
    let of_the_system = match &error {
        TantivyError::IoError(e)
        | TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error: e, .. })
        | TantivyError::OpenReadError(OpenReadError::IoError { io_error: e, .. }) => {
            e.raw_os_error().is_some()
        }
        TantivyError::LockFailure(..) | TantivyError::OpenWriteError(_) => true,
        _ => false,
    };
    if of_the_system {
        failed(&error)
    } else {
        corrupt(error)
    }
}
