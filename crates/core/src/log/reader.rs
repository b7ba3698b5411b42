//! A place that holds a log: an audit or a mirror needs only three functions of it.

use crate::code::Code;
use std::error::Error as StdError;
use std::fmt;
use std::io::{Read, Seek};

/// A place that holds a log. Names are paths relative to it, with `/`.
///
/// # Examples
///
/// A ledger folder. The core opens no file itself.
///
/// ```
/// use claimledger_core::{Code, EntryIndex, Log, ReadError, Reader, TreeSize};
/// use std::{fs, io, path::PathBuf};
///
/// struct Folder(PathBuf);
///
/// impl Reader for Folder {
///     fn read(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
///         match fs::read(self.0.join(name)) {
///             Ok(bytes) => Ok(Some(bytes)),
///             Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
///             Err(error) => Err(ReadError::new(self.place(), name, Code::Io, error)),
///         }
///     }
///
///     // An audit without a list says that it did not look for files that do not belong here.
///     fn list(&self, _folder: &str) -> Result<Option<Vec<String>>, ReadError> {
///         Ok(None)
///     }
///
///     fn place(&self) -> String {
///         self.0.display().to_string()
///     }
/// }
///
/// let folder = Folder("examples-data/ledger".into());
/// let log = Log::open(&folder)?;
/// assert_eq!(log.head().size, TreeSize::new(26));
/// let (entry, statement) = log.statement(EntryIndex::new(24))?;
/// assert_eq!(entry.index, EntryIndex::new(24));
/// assert_eq!(statement.statement_type.as_str(), "verdict.issue");
/// # Ok::<(), claimledger_core::LogError>(())
/// ```
pub trait Reader: Sync {
    /// The whole file; `None` if absent.
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError>;
    /// The file, open for reading; `None` if absent. A place without streaming reads the whole file.
    fn open(&self, name: &str) -> Result<Option<Box<dyn ReadSeek>>, ReadError> {
        let whole = self.read(name)?;
        Ok(whole.map(|bytes| Box::new(std::io::Cursor::new(bytes)) as Box<dyn ReadSeek>))
    }
    /// [`Reader::open`] for a file that should have at most `most` bytes. A place that fetches the file fetches no more
    /// than one byte beyond, so that the caller can tell that it is longer; other places open it whole.
    fn open_within(&self, name: &str, most: u64) -> Result<Option<Box<dyn ReadSeek>>, ReadError> {
        let _ = most;
        self.open(name)
    }
    /// What a person should know about how this place was read so far, a sentence each: for example that a server
    /// answered with an error where a file may be absent.
    fn remarks(&self) -> Vec<String> {
        Vec::new()
    }
    /// Every file below a folder, sorted; `None` where the place cannot be listed.
    fn list(&self, folder: &str) -> Result<Option<Vec<String>>, ReadError>;
    /// Where it is, for messages.
    fn place(&self) -> String;
}

/// A reader behind a pointer is a reader.
macro_rules! behind {
    ($($pointer:ty),+) => {
        $(impl<T: Reader + ?Sized> Reader for $pointer {
            fn read(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
                (**self).read(name)
            }
            fn open(&self, name: &str) -> Result<Option<Box<dyn ReadSeek>>, ReadError> {
                (**self).open(name)
            }
            fn open_within(
                &self,
                name: &str,
                most: u64,
            ) -> Result<Option<Box<dyn ReadSeek>>, ReadError> {
                (**self).open_within(name, most)
            }
            fn remarks(&self) -> Vec<String> {
                (**self).remarks()
            }
            fn list(&self, folder: &str) -> Result<Option<Vec<String>>, ReadError> {
                (**self).list(folder)
            }
            fn place(&self) -> String {
                (**self).place()
            }
        })+
    };
}
behind!(&T, Box<T>);

/// A file open for reading.
pub trait ReadSeek: Read + Seek + Send {}

impl<T: Read + Seek + Send> ReadSeek for T {}

/// Why a place could not be read. The cause is the place's own error: of a disk, a server or an archive.
#[derive(Debug)]
#[non_exhaustive]
pub struct ReadError {
    /// Where the log is.
    pub place: String,
    /// The file that was asked for, relative to the place.
    pub name: String,
    /// The cause's stable code.
    pub code: Code,
    /// The cause.
    pub source: Box<dyn StdError + Send + Sync>,
}

impl ReadError {
    /// `name` at `place` could not be read because of `source`, whose stable code is `code`.
    pub fn new(
        place: impl Into<String>,
        name: impl Into<String>,
        code: Code,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self {
            place: place.into(),
            name: name.into(),
            code,
            source: source.into(),
        }
    }
}

/// The cause's own message: it already names the place or the file.
impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(f)
    }
}

/// The source of the cause, because this error prints the cause itself.
impl StdError for ReadError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.source()
    }
}

/// An open file stopped giving bytes.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {name}")]
struct CutShort {
    name: String,
    source: std::io::Error,
}

impl ReadError {
    /// The open file `name` could not be read to its end.
    pub(crate) fn cut_short(name: &str, source: std::io::Error) -> Self {
        let cause = CutShort {
            name: name.to_owned(),
            source,
        };
        Self::new("", name, Code::Io, cause)
    }
}
