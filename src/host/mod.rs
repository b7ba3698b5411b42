//! The only access to the machine: clock, random numbers, files, locks, processes.
//!
//! What this is not: it knows no ledger. Every guarantee of durability in the other rooms is a sequence of these
//! calls.

#[cfg(unix)]
mod beneath;
#[cfg(not(unix))]
mod beneath_elsewhere;
pub mod clock;
pub mod disk;
pub mod durable;
pub mod files;
pub mod filesystem;
pub mod folders;
pub mod lock;
mod names_made;
pub mod permissions;
pub mod process;
pub mod random;
pub mod scratch;
mod signals;
#[cfg(unix)]
pub mod socket;
pub mod standard;
pub mod threads;
pub mod unfinished;

#[cfg(test)]
/// What a test finds out about durable names.
pub use names_made::recorded as names_made_by;

use claimledger_core::Code;
use claimledger_core::encoding::foreign;
use std::path::Path;

/// A path as people see it: see [`foreign::name`].
pub fn shown_path(path: &Path) -> String {
    foreign::name(&path.display().to_string())
}

/// An error of the machine, or a refusal to use it in an unsafe way.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file that must not exist does exist.
    #[error("{path} already exists", path = foreign::name(path))]
    Exists {
        /// The file.
        path: String,
    },
    /// An operation of the operating system failed.
    #[error("failed while {doing} {path}", path = foreign::name(path))]
    Io {
        /// What was being done.
        doing: String,
        /// To which file.
        path: String,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// Another process holds the lock.
    #[error("another process is writing to this ledger (lock {path})", path = foreign::name(path))]
    Locked {
        /// The lock file.
        path: String,
    },
    /// A file system with other guarantees.
    #[error(
        "{path} is on a {kind} file system, where fsync, rename and locks are less reliable than on a local disk", path = foreign::name(path))]
    NetworkFilesystem {
        /// The folder.
        path: String,
        /// Its kind.
        kind: &'static str,
    },
    /// Not a plain file or folder.
    #[error("{path} is neither a plain file nor a folder", path = foreign::name(path))]
    NotPlain {
        /// What stands there.
        path: String,
    },
    /// A file that is too large to be read into memory.
    #[error("{path} has {}, and at most {limit} are read", bytes_or_more(*bytes, *limit))]
    TooLarge {
        /// The file.
        path: String,
        /// Its size, in bytes; none of a stream.
        bytes: Option<u64>,
        /// The limit, in bytes.
        limit: u64,
    },
    /// A text file that is not UTF-8.
    #[error("{path} is not text in UTF-8: {reason}", path = foreign::name(path))]
    NotText {
        /// The file.
        path: String,
        /// Where it breaks off.
        reason: String,
    },
    /// The system gives no threads.
    #[error("the operating system starts no further threads: {0}")]
    NoThreads(String),
    /// No randomness to be had.
    #[error("the operating system provided no random numbers")]
    Random,
    /// Nothing says in which time zone this machine is.
    #[error("the time zone of this machine is not known: {reason}")]
    NoTimeZone {
        /// What the time zone library says.
        reason: String,
    },
    /// The environment does not say where state is kept.
    #[error("neither XDG_STATE_HOME nor HOME is set: there is no place to remember ledgers")]
    NoHome,
}

/// A size, or that it is beyond the limit.
fn bytes_or_more(bytes: Option<u64>, limit: u64) -> String {
    match bytes {
        Some(bytes) if bytes > limit => format!("{bytes} bytes"),
        _ => format!("more than {limit} bytes"),
    }
}

impl Error {
    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::Exists { .. } => Code::Exists,
            Self::Io { source, .. } => match source.kind() {
                std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
                    Code::DiskFull
                }
                std::io::ErrorKind::PermissionDenied => Code::PermissionDenied,
                std::io::ErrorKind::ReadOnlyFilesystem => Code::ReadOnly,
                _ => Code::Io,
            },
            Self::Locked { .. } => Code::LedgerLocked,
            Self::NetworkFilesystem { .. } => Code::NetworkFilesystem,
            Self::NotPlain { .. } => Code::NotAPlainFile,
            Self::TooLarge { .. } => Code::FileTooLarge,
            Self::NotText { .. } => Code::FileMalformed,
            Self::Random => Code::NoRandomness,
            Self::NoThreads(_) => Code::NoThreads,
            Self::NoHome => Code::NoHome,
            Self::NoTimeZone { .. } => Code::TimeZoneUnknown,
        }
    }

    /// What was being done, and to which file, when the system failed.
    pub fn io(doing: &str, path: &Path, source: std::io::Error) -> Self {
        Self::Io {
            doing: doing.to_owned(),
            path: path.display().to_string(),
            source,
        }
    }
}

#[cfg(test)]
mod tests;
