//! The limit on the bytes that are unpacked to find a page: the archive may contain films, or be a decompression bomb.

use claimledger_core::encoding::limits::MAX_UNPACKED_BYTES;
use std::cell::Cell;
use std::io::{self, Read};

/// What may still be unpacked, of all files of an archive together.
#[derive(Debug)]
pub struct Work {
    left: Cell<u64>,
}

impl Default for Work {
    fn default() -> Self {
        Self {
            left: Cell::new(MAX_UNPACKED_BYTES),
        }
    }
}

impl Work {
    /// A reader whose bytes count.
    pub fn limiting<R: Read>(&self, from: R) -> Limited<'_, R> {
        Limited { work: self, from }
    }

    /// Whether an error is this limit.
    pub fn is_limit(error: &io::Error) -> bool {
        matches!(error.get_ref(), Some(inner) if inner.is::<Reached>())
    }

    /// The limit in words.
    pub fn reached() -> String {
        Reached.to_string()
    }
}

/// A reader whose bytes count.
pub struct Limited<'a, R> {
    work: &'a Work,
    from: R,
}

impl<R: Read> Read for Limited<'_, R> {
    fn read(&mut self, piece: &mut [u8]) -> io::Result<usize> {
        let left = self.work.left.get();
        let most = usize::try_from(left).unwrap_or(usize::MAX).min(piece.len());
        let length = self.from.read(&mut piece[..most])?;
        if length == 0 && left == 0 && !piece.is_empty() {
            // More than the limit only if there is another byte.
            return match self.from.read(&mut [0])? {
                0 => Ok(0),
                _ => Err(io::Error::other(Reached)),
            };
        }
        self.work.left.set(left - length as u64);
        Ok(length)
    }
}

#[derive(Debug, thiserror::Error)]
#[error(
    "the archive unpacks to more than {MAX_UNPACKED_BYTES} bytes, and no more is looked through"
)]
struct Reached;
