//! The only doors to the machine: clock, randomness, files, locks, processes.
//!
//! What this is not: it knows no ledger. Every promise of durability made above is a sequence of these calls.

pub mod clock;
pub mod disk;
pub mod durable;
pub mod files;
pub mod filesystem;
pub mod folders;
pub mod lock;
pub mod permissions;
pub mod process;
pub mod random;
pub mod scratch;
#[cfg(unix)]
pub mod socket;

use std::path::Path;

/// The machine failed, or holds something back.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file that must not exist does.
    #[error("{path} already exists")]
    Exists {
        /// The file.
        path: String,
    },
    /// An operation of the operating system failed.
    #[error("failed while {doing} {path}")]
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
    #[error("another process is writing to this ledger (lock {path})")]
    Locked {
        /// The lock file.
        path: String,
    },
    /// A file system whose promises differ.
    #[error(
        "{path} is on a {kind} file system, where fsync, rename and locks are less reliable than on a local disk"
    )]
    NetworkFilesystem {
        /// The folder.
        path: String,
        /// Its kind.
        kind: &'static str,
    },
    /// Something else than a plain file or folder.
    #[error("{path} is neither a plain file nor a folder")]
    NotPlain {
        /// What stands there.
        path: String,
    },
    /// A file that is not read into memory.
    #[error("{path} is larger than {limit} bytes")]
    TooLarge {
        /// The file.
        path: String,
        /// The limit, in bytes.
        limit: u64,
    },
    /// A file that is to be text and is not UTF-8.
    #[error("{path} is not text in UTF-8: {reason}")]
    NotText {
        /// The file.
        path: String,
        /// Where it breaks off.
        reason: String,
    },
    /// No randomness to be had.
    #[error("the operating system provided no random numbers")]
    Random,
    /// Nobody said where state is kept.
    #[error("neither XDG_STATE_HOME nor HOME is set: there is no place to remember ledgers")]
    NoHome,
}

impl Error {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Exists { .. } => "exists",
            Self::Io { source, .. } => match source.kind() {
                std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => "disk-full",
                std::io::ErrorKind::PermissionDenied => "permission-denied",
                std::io::ErrorKind::ReadOnlyFilesystem => "read-only",
                _ => "io",
            },
            Self::Locked { .. } => "ledger-locked",
            Self::NetworkFilesystem { .. } => "network-filesystem",
            Self::NotPlain { .. } => "not-a-plain-file",
            Self::TooLarge { .. } => "file-too-large",
            Self::NotText { .. } => "file-malformed",
            Self::Random => "no-randomness",
            Self::NoHome => "no-home",
        }
    }

    /// What was being done to which file when the system failed.
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
