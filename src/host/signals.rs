//! What is removed when a signal ends this process: SIGINT (ctrl-c), SIGTERM and SIGHUP.
//!
//! The first folder that is registered starts a thread that waits for these signals. It removes every registered folder
//! and ends the process with the exit code that shells give for the signal, 128 + its number.

use super::{files, lock, process};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

static FOLDERS: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

static WAITING: Once = Once::new();

/// Removes a folder when a signal ends this process.
pub(super) fn remove_on_signal(folder: &Path) {
    folders().insert(folder.to_path_buf());
    WAITING.call_once(wait);
}

/// The folder was removed already: a signal need not remove it.
pub(super) fn forget(folder: &Path) {
    folders().remove(folder);
}

fn folders() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    FOLDERS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Where no thread or listener can be had, a signal ends the process as before, and the next process removes the folder.
fn wait() {
    let (ready, is_ready) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        let Ok(runtime) = runtime else { return };
        let number = runtime.block_on(async {
            let told = listen();
            // Nobody listens for the answer if this thread took too long.
            let _ = ready.send(());
            told?.recv().await
        });
        if let Some(number) = number {
            for folder in folders().iter() {
                // Another thread may put files there at this moment.
                let mut tries = 0..TRIES;
                while tries.next().is_some() && files::remove_folder(folder).is_err() {}
                let _ = files::remove(&lock::beside(folder));
            }
            process::exit(128 + number);
        }
    });
    // From here on no signal is missed.
    let _ = is_ready.recv();
}

/// What is still there after so many tries is removed by the next process.
const TRIES: u32 = 100;

#[cfg(unix)]
fn listen() -> Option<tokio::sync::mpsc::Receiver<i32>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (tell, told) = tokio::sync::mpsc::channel(1);
    for kind in [
        SignalKind::interrupt(),
        SignalKind::terminate(),
        SignalKind::hangup(),
    ] {
        let mut signals = signal(kind).ok()?;
        let tell = tell.clone();
        tokio::spawn(async move {
            signals.recv().await;
            // One is enough.
            let _ = tell.send(kind.as_raw_value()).await;
        });
    }
    Some(told)
}

#[cfg(not(unix))]
fn listen() -> Option<tokio::sync::mpsc::Receiver<i32>> {
    let (tell, told) = tokio::sync::mpsc::channel(1);
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            let _ = tell.send(INTERRUPT).await;
        }
    });
    Some(told)
}

#[cfg(not(unix))]
const INTERRUPT: i32 = 2;
