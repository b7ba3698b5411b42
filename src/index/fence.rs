//! The fence between the program and a store of rows that may panic, fail or never answer.
//!
//! sled 0.34 can do all three when its disk fails. Behind the fence it has a thread of its own: it is opened, asked and
//! closed there. A panic becomes an error. A question that is not answered in time is given up, with the thread: nothing
//! can end that thread, but nothing waits for it any more. The rows are derived from the log, so the caller loses time only.

use super::Error;
use super::rows::{Row, Rows};
use std::any::Any;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::thread;
use std::time::Duration;

/// How long one question may take.
#[derive(Debug, Clone, Copy)]
pub struct FenceLimits {
    /// Opening.
    pub open: Duration,
    /// One read, one write of few rows, or closing.
    pub answer: Duration,
}

/// A question for the thread; it returns `false` if the rows panicked.
type Question = Box<dyn FnOnce(&mut dyn Rows) -> bool + Send>;

/// Rows behind a fence; clones share them. They are closed when the last clone is dropped, which waits for that.
#[derive(Clone)]
pub struct Fence(Rc<Gate>);

struct Gate {
    /// `None` if the rows panicked or were given up.
    questions: RefCell<Option<Sender<Question>>>,
    /// Disconnected when the thread has ended.
    ended: Receiver<()>,
    limit: Duration,
    given_up: RefCell<Option<Box<dyn FnOnce()>>>,
}

impl Fence {
    /// Opens rows on a thread of their own. `given_up` is called once if that thread does not answer in time; it may still
    /// have the rows open then, as long as this process runs.
    ///
    /// # Errors
    ///
    /// What `open` returns; [`Error::Corrupt`] if it panics; [`Error::Failed`] if it takes too long.
    pub fn open(
        limits: FenceLimits,
        given_up: impl FnOnce() + 'static,
        open: impl FnOnce() -> Result<Box<dyn Rows>, Error> + Send + 'static,
    ) -> Result<Self, Error> {
        let (questions, asked) = channel();
        let (ready, opened) = sync_channel(1);
        let (end, ended) = sync_channel(0);
        let spawned = thread::Builder::new()
            .name(THREAD.to_owned())
            .spawn(move || serve(open, &ready, &asked, end));
        spawned.map_err(|e| Error::Failed {
            reason: format!("no thread can be started for it: {e}"),
        })?;
        let gate = Gate {
            questions: RefCell::new(Some(questions)),
            ended,
            limit: limits.answer,
            given_up: RefCell::new(Some(Box::new(given_up))),
        };
        gate.wait_for(&opened, limits.open)?;
        Ok(Self(Rc::new(gate)))
    }

    fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&mut dyn Rows) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.ask_within(self.0.limit, question)
    }

    fn ask_within<T: Send + 'static>(
        &self,
        limit: Duration,
        question: impl FnOnce(&mut dyn Rows) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (answer, answered) = sync_channel(1);
        let question: Question = Box::new(move |rows| {
            let said = unharmed(|| question(rows));
            let well = said.is_ok();
            // The caller may have given up.
            let _ = answer.send(said.and_then(|said| said));
            well
        });
        let sent = match &*self.0.questions.borrow() {
            Some(questions) => questions.send(question).is_ok(),
            None => false,
        };
        if !sent {
            return Err(Error::Failed {
                reason: "it has failed before".to_owned(),
            });
        }
        self.0.wait_for(&answered, limit)
    }
}

impl Gate {
    fn wait_for<T>(
        &self,
        answer: &Receiver<Result<T, Error>>,
        limit: Duration,
    ) -> Result<T, Error> {
        match answer.recv_timeout(limit) {
            Ok(answer) => answer,
            Err(RecvTimeoutError::Timeout) => {
                self.give_up();
                Err(Error::Failed {
                    reason: format!("it did not answer within {} seconds", limit.as_secs()),
                })
            }
            Err(RecvTimeoutError::Disconnected) => Err(Error::Failed {
                reason: "its thread has ended".to_owned(),
            }),
        }
    }

    /// The thread ends by itself if it ever answers.
    fn give_up(&self) {
        self.questions.borrow_mut().take();
        if let Some(tell) = self.given_up.borrow_mut().take() {
            tell();
        }
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        if self.given_up.borrow().is_none() {
            return;
        }
        self.questions.borrow_mut().take();
        if self.ended.recv_timeout(self.limit) == Err(RecvTimeoutError::Timeout) {
            self.give_up();
        }
    }
}

impl Rows for Fence {
    fn read(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Error> {
        let key = key.to_vec();
        self.ask(move |rows| rows.read(&key))
    }

    fn beginning(&self, prefix: &[u8]) -> Result<Vec<Row>, Error> {
        let prefix = prefix.to_vec();
        self.ask(move |rows| rows.beginning(&prefix))
    }

    fn page(&self, from: &[u8], most: usize) -> Result<Vec<Row>, Error> {
        let from = from.to_vec();
        self.ask(move |rows| rows.page(&from, most))
    }

    fn last_before(&self, prefix: &[u8], end: &[u8]) -> Result<Option<Row>, Error> {
        let (prefix, end) = (prefix.to_vec(), end.to_vec());
        self.ask(move |rows| rows.last_before(&prefix, &end))
    }

    fn write(&mut self, batch: Vec<Row>) -> Result<(), Error> {
        let rows = u32::try_from(batch.len()).unwrap_or(u32::MAX);
        let limit = self.0.limit + A_ROW_MORE * rows;
        self.ask_within(limit, move |rows| rows.write(batch))
    }
}

/// The life of the thread: opens the rows, answers until there are no more questions, closes the rows. `end` is dropped
/// last.
fn serve(
    open: impl FnOnce() -> Result<Box<dyn Rows>, Error>,
    ready: &SyncSender<Result<(), Error>>,
    asked: &Receiver<Question>,
    end: SyncSender<()>,
) {
    match unharmed(open).and_then(|opened| opened) {
        Ok(mut rows) => {
            let _ = ready.send(Ok(()));
            while let Ok(question) = asked.recv() {
                if !question(&mut *rows) {
                    break;
                }
            }
            // Closing writes too, and can panic.
            let _ = unharmed(move || drop(rows));
        }
        Err(e) => {
            let _ = ready.send(Err(e));
        }
    }
    drop(end);
}

/// Runs a call that may panic. After a panic nothing is known about the rows, so they count as corrupt.
fn unharmed<T>(call: impl FnOnce() -> T) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(call)).map_err(|panic| Error::Corrupt {
        reason: format!("its store stopped: {}", words_of(&*panic)),
    })
}

/// What a panic said.
pub(crate) fn words_of(panic: &(dyn Any + Send)) -> &str {
    let words = panic.downcast_ref::<String>().map(String::as_str);
    let words = words.or_else(|| panic.downcast_ref::<&str>().copied());
    words.unwrap_or("it gave no reason")
}

/// Keeps the message of a panic behind a fence off the terminal, where it would look like the end of the program. Panics of
/// other threads are reported as before.
pub fn silence_panics() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let thread = thread::current();
        let name = thread.name().unwrap_or_default();
        if name != THREAD && !OF_LIBRARIES.iter().any(|own| name.starts_with(own)) {
            report(panic);
        }
    }));
}

/// How much longer a write may take for each row: ten times what it takes on a slow disk.
const A_ROW_MORE: Duration = Duration::from_micros(100);

/// The name of the threads whose panics are not printed.
pub const THREAD: &str = "claimledger-index";

/// sled and tantivy write on threads of their own, whose names begin so.
const OF_LIBRARIES: [&str; 4] = [
    "sled-io-",
    "thrd-tantivy",
    "merge_thread",
    "segment_updater",
];
