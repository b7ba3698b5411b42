//! Locks: one process at a time. The operating system releases a lock when its process ends. A lock's file names its
//! holder.

use super::Error;
use super::files::{self, Kind};
use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A held lock; dropping it releases the lock. The file stays.
#[derive(Debug)]
pub struct WriterLock {
    file: File,
}

impl WriterLock {
    /// Takes the lock, waiting at most `wait` for another process.
    pub fn acquire(path: &Path, wait: Duration) -> Result<Self, Error> {
        let file = open(path)?;
        let deadline = Instant::now() + wait;
        loop {
            if try_lock(&file, path)? {
                return Ok(Self { file });
            }
            if Instant::now() >= deadline {
                return Err(Error::Locked {
                    path: path.display().to_string(),
                });
            }
            std::thread::sleep(POLL);
        }
    }

    /// Takes the lock if it is free, and writes this process's id into its file: see [`Holder::read`].
    pub fn take(path: &Path) -> Result<Option<Self>, Error> {
        loop {
            let file = open(path)?;
            if !try_lock(&file, path)? {
                return Ok(None);
            }
            // Somebody may have removed the file before this process had it locked.
            if is_file_at(&file, path) {
                let lock = Self { file };
                lock.say("");
                return Ok(Some(lock));
            }
        }
    }

    /// Takes the lock of a folder itself, which needs no file in it; `None` where the system has no locks for folders.
    ///
    /// # Errors
    ///
    /// [`Error::Locked`] if another process holds it.
    pub fn of_folder(path: &Path) -> Result<Option<Self>, Error> {
        let Ok(file) = File::open(path) else {
            return Ok(None);
        };
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { file })),
            Err(TryLockError::WouldBlock) => Err(Error::Locked {
                path: path.display().to_string(),
            }),
            Err(TryLockError::Error(_)) => Ok(None),
        }
    }

    /// Removes the file of a lock that only [`WriterLock::take`] takes. Elsewhere than on Unix it stays.
    pub fn remove(self, path: &Path) -> Result<(), Error> {
        if cfg!(unix) {
            files::remove(path)?;
        }
        Ok(())
    }

    /// Writes into the lock's file that this process will not release it in time: others need not wait.
    pub fn give_up(&self) {
        self.say(GAVE_UP);
    }

    /// Only messages and waiting depend on it, so a failure here does not prevent the lock.
    fn say(&self, more: &str) {
        let mut file = &self.file;
        let _ = file
            .set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| write!(file, "{}{more}", std::process::id()));
    }
}

impl WriterLock {
    /// Whether the file that is locked is still the one at this path.
    pub(super) fn is_of(&self, path: &Path) -> bool {
        is_file_at(&self.file, path)
    }
}

/// Whether an open file is the one at this path.
pub(super) fn is_file_at(file: &File, path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let place = |found: io::Result<fs::Metadata>| found.map(|at| (at.dev(), at.ino())).ok();
        let open = place(file.metadata());
        open.is_some() && open == place(fs::symlink_metadata(path))
    }
    // Elsewhere an open file cannot be removed.
    #[cfg(not(unix))]
    {
        let _ = file;
        path.exists()
    }
}

/// The lock of a file, as somebody finds it who looks for leftovers.
pub(super) enum SeizedLock {
    /// No process held it; now this one does, until the file is dropped.
    Free(#[expect(dead_code, reason = "it is held by keeping it")] File),
    /// A process holds it.
    Held,
    /// There is no such file, or it cannot be told.
    None,
}

/// Takes the lock of a file if it is there and its lock is free.
pub(super) fn seize(path: &Path) -> SeizedLock {
    let mut options = OpenOptions::new();
    options.read(true);
    no_follow(&mut options);
    let Ok(file) = options.open(path) else {
        return SeizedLock::None;
    };
    match file.try_lock() {
        Ok(()) => SeizedLock::Free(file),
        Err(TryLockError::WouldBlock) => SeizedLock::Held,
        Err(TryLockError::Error(_)) => SeizedLock::None,
    }
}

/// Whether what is at a path belongs to the user of this process.
pub(super) fn is_ours(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let owner = fs::symlink_metadata(path).map(|found| found.uid());
        owner.is_ok_and(|owner| owner == rustix::process::geteuid().as_raw())
    }
    #[cfg(not(unix))]
    {
        path.exists()
    }
}

/// The file whose lock stands for a folder: `NAME.lock` beside the folder `NAME`.
pub fn beside(folder: &Path) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push(SUFFIX);
    folder.with_file_name(name)
}

/// How the name of such a file ends.
pub const SUFFIX: &str = ".lock";

fn no_follow(options: &mut OpenOptions) {
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
        let flags = i32::try_from(flags.bits()).expect("flags of open(2) are an int");
        std::os::unix::fs::OpenOptionsExt::custom_flags(options, flags);
    }
    #[cfg(not(unix))]
    let _ = options;
}

/// Opens the lock's file, or creates it. Anything but a plain file is refused: in a folder that somebody else has filled, a
/// pipe would block, and a link would create a file elsewhere.
fn open(path: &Path) -> Result<File, Error> {
    if !matches!(files::kind(path)?, None | Some(Kind::File)) {
        return Err(Error::NotPlain {
            path: path.display().to_string(),
        });
    }
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    no_follow(&mut options);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o644);
    options
        .open(path)
        .map_err(|e| Error::io("opening", path, e))
}

/// Returns false if another process holds it.
fn try_lock(file: &File, path: &Path) -> Result<bool, Error> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(e)) => Err(Error::io("locking", path, e)),
    }
}

/// The process that holds a lock, from the lock's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    pid: Option<u32>,
    gave_up: bool,
}

/// What a holder does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activity {
    /// It runs or sleeps, and will release the lock.
    Runs,
    /// It was stopped (ctrl-Z) and does nothing until somebody continues it.
    Stopped,
    /// What it locked does not answer, and it said so: see [`WriterLock::give_up`].
    GaveUp,
    /// The system does not say: there is no `/proc` here, or the process is not visible.
    Unknown,
}

impl Holder {
    /// Reads from a lock's file which process holds it. Just after it has taken the lock, a holder has not written its
    /// id yet.
    pub fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap_or_default();
        let pid = text.strip_suffix(GAVE_UP);
        Self {
            gave_up: pid.is_some(),
            pid: pid.unwrap_or(&text).trim().parse().ok(),
        }
    }

    /// Whether it is this process itself.
    pub fn is_this_process(&self) -> bool {
        self.pid == Some(std::process::id())
    }

    /// What it is doing, by the third field of `/proc/PID/stat` (proc(5)); unknown on systems other than Linux.
    pub fn activity(&self) -> Activity {
        if self.gave_up {
            return Activity::GaveUp;
        }
        let stat = self.proc("stat").unwrap_or_default();
        // The second field is the command in parentheses; it may contain parentheses itself.
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

/// How often to try again: a commit takes milliseconds, and trying costs nothing.
const POLL: Duration = Duration::from_millis(10);

/// How much of a command line is enough to recognise it.
const SHOWN_CHARACTERS: usize = 60;

/// After the process id, if it gave up.
const GAVE_UP: &str = " gave up";
