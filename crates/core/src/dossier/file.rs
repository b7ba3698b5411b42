//! The dossier's form: lines in the manner of C2SP tlog-proof.
//!
//! ```text
//! claimledger/dossier/v1
//! sum <base64 SHA-256 of everything after this line>
//! subject <index>
//! entry <index> <base64 entry>       ascending, one line each
//! text <base64 bytes>                a text that an entry of the file quotes; ascending by digest, perhaps none
//! hash <base64>                      the combined proof of the entries and of the heads they have seen, left to right
//!                                    an empty line
//! <the signed checkpoint, with its cosignatures>
//! ```
//!
//! The sum vouches for nothing. It is there so that a bit that fell over anywhere, even in a cosignature of a witness
//! nobody here knows, is noticed.

use super::{Error, base64, decimal, digest, value};
use crate::crypto::{Digest, sha256};
use crate::encoding::bytes::to_base64;
use crate::tlog::EntryIndex;
use crate::tlog::checkpoint::SignedCheckpoint;
use std::collections::BTreeMap;

/// The parts of a dossier file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The entry that it is about.
    pub subject: EntryIndex,
    /// The entries' bytes with their places, ascending.
    pub entries: Vec<(EntryIndex, Vec<u8>)>,
    /// The bytes of texts that the entries quote, by digest.
    pub texts: BTreeMap<Digest, Vec<u8>>,
    /// The hashes of the combined proof ([`crate::tlog::combined`]): of the entries, and of the heads that their `seen`
    /// fields name.
    pub hashes: Vec<Digest>,
    /// The head they are proven under.
    pub checkpoint: SignedCheckpoint,
}

impl File {
    /// Prints the file for a reader; refuses one that [`File::parse`] would refuse for its length.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Error> {
        let (bytes, limit) = (self.print(), MAX_DOSSIER_BYTES);
        if bytes.len() > limit {
            let bytes = bytes.len();
            return Err(Error::TooLong { bytes, limit });
        }
        Ok(bytes)
    }

    /// Prints the file; a file that [`File::parse`] has read is printed byte for byte.
    pub fn print(&self) -> Vec<u8> {
        let mut rest = format!("subject {}\n", self.subject);
        for (index, bytes) in &self.entries {
            rest.push_str(&format!("entry {index} {}\n", to_base64(bytes)));
        }
        for text in self.texts.values() {
            rest.push_str(&format!("text {}\n", to_base64(text)));
        }
        for hash in &self.hashes {
            rest.push_str(&format!("hash {}\n", to_base64(hash.as_bytes())));
        }
        rest.push('\n');
        let rest = [rest.into_bytes(), self.checkpoint.to_bytes()].concat();
        let sum = to_base64(sha256(&[&rest]).as_bytes());
        [format!("{HEADER}\nsum {sum}\n").into_bytes(), rest].concat()
    }

    /// Reads the file's form. It verifies nothing, not even the sum.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let bad = |reason: &str| Error::Malformed {
            what: WHAT,
            reason: reason.to_owned(),
        };
        if bytes.len() > MAX_DOSSIER_BYTES {
            return Err(bad("longer than 64 MiB"));
        }
        let at = bytes
            .windows(2)
            .position(|pair| pair == b"\n\n")
            .ok_or_else(|| bad("no empty line"))?;
        let (head, note) = (&bytes[..at], &bytes[at + 2..]);
        let head = std::str::from_utf8(head).map_err(|_| bad("not UTF-8"))?;
        let mut lines = head.split('\n').peekable();
        if lines.next() != Some(HEADER) {
            return Err(bad("it does not begin with claimledger/dossier/v1"));
        }
        let sum = value(lines.next(), "sum").ok_or_else(|| bad("no sum line"))?;
        digest(sum, WHAT)?;
        let subject = value(lines.next(), "subject")
            .and_then(decimal)
            .ok_or_else(|| bad("no subject line"))?;
        let mut entries: Vec<(EntryIndex, Vec<u8>)> = Vec::new();
        while let Some(rest) = value(lines.peek().copied(), "entry") {
            let (index, text) = rest
                .split_once(' ')
                .and_then(|(index, text)| Some((decimal(index)?, text)))
                .ok_or_else(|| bad("an entry line is malformed"))?;
            if entries.last().is_some_and(|(before, _)| *before >= index) {
                return Err(bad("entries are not in ascending order"));
            }
            if entries.len() == MAX_ENTRIES {
                return Err(bad("too many entries"));
            }
            entries.push((index, base64(text, WHAT)?));
            lines.next();
        }
        let mut texts: BTreeMap<Digest, Vec<u8>> = BTreeMap::new();
        while let Some(text) = value(lines.peek().copied(), "text") {
            let text = base64(text, WHAT)?;
            let digest = sha256(&[&text]);
            if texts
                .last_key_value()
                .is_some_and(|(last, _)| *last >= digest)
            {
                return Err(bad("texts are not in the order of their digests"));
            }
            texts.insert(digest, text);
            lines.next();
        }
        let hashes = lines
            .map(|line| {
                let text = value(Some(line), "hash");
                digest(
                    text.ok_or_else(|| bad("a line is neither entry, text nor hash"))?,
                    WHAT,
                )
            })
            .collect::<Result<_, _>>()?;
        Ok(Self {
            subject,
            entries,
            texts,
            hashes,
            checkpoint: SignedCheckpoint::parse(note).map_err(Error::Checkpoint)?,
        })
    }

    /// Refuses the file if its bytes do not have this sum. This is checked last, so that errors in signatures and
    /// hashes are reported first.
    pub(super) fn check_sum(bytes: &[u8]) -> Result<(), Error> {
        let mut parts = bytes.splitn(3, |b| *b == b'\n');
        let (_, sum, rest) = (parts.next(), parts.next(), parts.next());
        let found = rest.map(|rest| format!("sum {}", to_base64(sha256(&[rest]).as_bytes())));
        if found.as_deref().map(str::as_bytes) == sum {
            Ok(())
        } else {
            Err(Error::Altered)
        }
    }
}

const HEADER: &str = "claimledger/dossier/v1";

const WHAT: &str = "dossier";

/// A verdict with thousands of entries behind it is too much for one file; see [`super::select()`].
pub(crate) const MAX_ENTRIES: usize = 4_096;

/// That many entries at a usual length; fewer if they are larger.
pub const MAX_DOSSIER_BYTES: usize = 64 * 1024 * 1024;
