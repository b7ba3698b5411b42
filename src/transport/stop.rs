//! Signals that stop the program: ctrl-c, and on Unix also TERM.

use super::Error;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc;

/// The signals, received from the moment this is made.
#[derive(Debug)]
pub struct Stop {
    runtime: Runtime,
    told: mpsc::Receiver<()>,
}

impl Stop {
    /// Listens from now on: a signal before [`Stop::wait`] is not lost.
    pub fn listen() -> Result<Self, Error> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .map_err(Error::Listen)?;
        let (tell, told) = mpsc::channel(1);
        {
            let _inside = runtime.enter();
            listen(&tell).map_err(Error::Listen)?;
        }
        Ok(Self { runtime, told })
    }

    /// Waits for a signal that stops the process.
    pub fn wait(mut self) {
        // No sender is left, so no signal can arrive; waiting for ever would hide that.
        let _ = self.runtime.block_on(self.told.recv());
        self.runtime.shutdown_timeout(Duration::ZERO);
    }
}

#[cfg(unix)]
fn listen(tell: &mpsc::Sender<()>) -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    for kind in [SignalKind::interrupt(), SignalKind::terminate()] {
        let mut signals = signal(kind)?;
        let tell = tell.clone();
        tokio::spawn(async move {
            signals.recv().await;
            // Told before: once is enough.
            let _ = tell.send(()).await;
        });
    }
    Ok(())
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "as on Unix")]
fn listen(tell: &mpsc::Sender<()>) -> std::io::Result<()> {
    let tell = tell.clone();
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            let _ = tell.send(()).await;
        }
    });
    Ok(())
}
