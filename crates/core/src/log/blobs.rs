//! Snapshots of sources and their texts: the file for each digest, and the digest of a file.

use crate::crypto::{Digest, Hashing};
use std::io::{self, Read};

/// Where the blob of a digest stands in a ledger folder: `snapshots/sha256/ab/abcd…`.
pub fn path_of(digest: &Digest) -> String {
    let hex = digest.to_string();
    format!("snapshots/sha256/{}/{hex}", &hex[..2])
}

/// Digest and length of bytes that are read in pieces.
pub fn measure(from: &mut dyn Read) -> io::Result<(Digest, u64)> {
    let mut measured = Measured::new(from);
    io::copy(&mut measured, &mut io::sink())?;
    Ok(measured.finish())
}

/// The same of at most `most` bytes; `None` if there are more, of which no more is read.
pub fn measure_within(from: &mut dyn Read, most: u64) -> io::Result<Option<(Digest, u64)>> {
    let (digest, length) = measure(&mut from.take(most.saturating_add(1)))?;
    Ok((length <= most).then_some((digest, length)))
}

/// Passes bytes on, and remembers their digest and length.
pub struct Measured<'a> {
    from: &'a mut dyn Read,
    hashing: Hashing,
    length: u64,
}

impl<'a> Measured<'a> {
    /// Passes on what `from` gives.
    pub fn new(from: &'a mut dyn Read) -> Self {
        Self {
            from,
            hashing: Hashing::new(),
            length: 0,
        }
    }

    /// Digest and length of what was passed on.
    pub fn finish(self) -> (Digest, u64) {
        (self.hashing.finish(), self.length)
    }
}

impl Read for Measured<'_> {
    fn read(&mut self, piece: &mut [u8]) -> io::Result<usize> {
        let length = self.from.read(piece)?;
        self.hashing.update(&piece[..length]);
        self.length += length as u64;
        Ok(length)
    }
}
