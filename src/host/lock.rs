//! Locks: one process at a time; the operating system lets go of one when the process ends. And who holds one.

use super::Error;
use super::files::{self, Kind};
use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

/// A held lock; dropping it lets go. The file stays.
#[derive(Debug)]
pub struct WriterLock {
    _file: File,
}

impl WriterLock {
    /// Takes the lock, waiting at most `wait` for another process.
    pub fn acquire(path: &Path, wait: Duration) -> Result<Self, Error> {
        let file = open(path)?;
        let deadline = Instant::now() + wait;
        loop {
            if try_lock(&file, path)? {
                return Ok(Self { _file: file });
            }
            if Instant::now() >= deadline {
                return Err(Error::Locked {
                    path: path.display().to_string(),
                });
            }
            std::thread::sleep(POLL);
        }
    }

    /// Takes the lock if it is free, and writes this process's id into its file: see [`Holder::of`].
    pub fn take(path: &Path) -> Result<Option<Self>, Error> {
        let mut file = open(path)?;
        if !try_lock(&file, path)? {
            return Ok(None);
        }
        // Only a message depends on it, so a failure here is no reason to do without the lock.
        let _ = file
            .set_len(0)
            .and_then(|()| write!(file, "{}", std::process::id()));
        Ok(Some(Self { _file: file }))
    }
}

/// Opens or makes the file of a lock. What is no plain file is not opened: a pipe would block, and a link would make a
/// file elsewhere.
fn open(path: &Path) -> Result<File, Error> {
    if matches!(files::kind(path)?, Some(kind) if kind != Kind::File) {
        let path = path.display().to_string();
        return Err(Error::NotPlain { path });
    }
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o644);
    options
        .open(path)
        .map_err(|e| Error::io("opening", path, e))
}

/// Answers false where another process holds it.
fn try_lock(file: &File, path: &Path) -> Result<bool, Error> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(e)) => Err(Error::io("locking", path, e)),
    }
}

/// The process that holds a lock, as its file names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    pid: Option<u32>,
}

/// What a holder does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activity {
    /// It runs or sleeps, and will let go.
    Runs,
    /// It was stopped (ctrl-Z) and does nothing until somebody lets it go on.
    Stopped,
    /// The system does not say: there is no `/proc` here, or the process runs where it cannot be seen from.
    Unknown,
}

impl Holder {
    /// Who holds the lock of this file. Between taking it and writing its id, a holder is not known.
    pub fn of(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap_or_default();
        Self {
            pid: text.trim().parse().ok(),
        }
    }

    /// Whether it is this process itself.
    pub fn is_this_process(&self) -> bool {
        self.pid == Some(std::process::id())
    }

    /// What it does, by the third field of `/proc/PID/stat` (proc(5)); elsewhere than on Linux unknown.
    pub fn activity(&self) -> Activity {
        let stat = self.proc("stat").unwrap_or_default();
        // The second field is the command in parentheses, which may itself contain any of both.
        let state = stat.rsplit_once(") ").map(|(_, rest)| rest.as_bytes());
        match state.and_then(|rest| rest.first()) {
            Some(b'T' | b't') => Activity::Stopped,
            Some(b'Z' | b'X') | None => Activity::Unknown,
            Some(_) => Activity::Runs,
        }
    }

    fn proc(&self, file: &str) -> Option<String> {
        let bytes = fs::read(format!("/proc/{}/{file}", self.pid?)).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(pid) = self.pid else {
            return f.write_str("another process");
        };
        let command = self.proc("cmdline").unwrap_or_default();
        let words = command.split('\0').filter(|word| !word.is_empty());
        let mut words = words.map(|word| word.replace(char::is_control, "?"));
        let Some(program) = words.next() else {
            return write!(f, "process {pid}");
        };
        let program = program.rsplit('/').next().unwrap_or_default().to_owned();
        let words: Vec<String> = std::iter::once(program).chain(words).collect();
        let shown: String = words.join(" ").chars().take(SHOWN_CHARACTERS).collect();
        write!(f, "process {pid} ({})", shown.trim_end())
    }
}

/// A commit takes milliseconds; asking this often costs nothing.
const POLL: Duration = Duration::from_millis(10);

/// Enough of a command line to know it again.
const SHOWN_CHARACTERS: usize = 60;
