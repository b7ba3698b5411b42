//! Fork evidence: two signed checkpoints of one log of which at most one can be true, and the proof of it.
//!
//! ```text
//! claimledger/fork/v1
//! vkey <the log's verifier key>
//! smaller <base64 of a signed checkpoint>
//! larger <base64 of a signed checkpoint>
//! root <base64>                      what the larger tree begins with, at the smaller size
//! hash <base64>                      the consistency proof from there to the larger root
//! ```
//!
//! The larger tree begins with another root than the log signed at the smaller size. Nobody need be trusted for that:
//! both signatures are the log's. At equal sizes the two roots differ, and `root` is the larger's own.

use super::{Error, base64, digest, value};
use crate::crypto::Digest;
use crate::encoding::bytes::to_base64;
use crate::tlog::TreeSize;
use crate::tlog::checkpoint::SignedCheckpoint;
use crate::tlog::note::VerifierKey;
use crate::tlog::proof::verify_consistency;
use serde::Serialize;

/// Two histories under one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForkEvidence {
    /// The log's key.
    pub vkey: VerifierKey,
    /// The head of fewer entries.
    pub smaller: SignedCheckpoint,
    /// The head of more entries, or of as many.
    pub larger: SignedCheckpoint,
    /// The root at the smaller size of the tree under the larger head.
    pub root: Digest,
    /// The consistency proof from that root to the larger head's.
    pub proof: Vec<Digest>,
}

/// What fork evidence shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Fork {
    /// The log's name.
    pub origin: String,
    /// The key that signed both heads.
    pub vkey: String,
    /// Whether that key was known from elsewhere as the log's.
    pub pinned: bool,
    /// The size that was signed with two roots.
    pub size: TreeSize,
    /// The root that was signed at that size.
    pub signed_root: String,
    /// The root that the other signed head has there.
    pub other_root: String,
    /// The size of the other signed head.
    pub other_size: TreeSize,
}

impl ForkEvidence {
    /// Whether bytes begin like such a file.
    pub fn is_one(bytes: &[u8]) -> bool {
        bytes
            .strip_prefix(HEADER.as_bytes())
            .is_some_and(|rest| rest.starts_with(b"\n"))
    }

    /// Prints the file; a file that [`ForkEvidence::parse`] has read is printed byte for byte.
    pub fn print(&self) -> Vec<u8> {
        let mut text = format!(
            "{HEADER}\nvkey {}\nsmaller {}\nlarger {}\nroot {}\n",
            self.vkey,
            to_base64(&self.smaller.to_bytes()),
            to_base64(&self.larger.to_bytes()),
            to_base64(self.root.as_bytes())
        );
        for hash in &self.proof {
            text.push_str(&format!("hash {}\n", to_base64(hash.as_bytes())));
        }
        text.into_bytes()
    }

    /// Reads the file's form; it verifies nothing.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let bad = |reason: &str| Error::Malformed {
            what: WHAT,
            reason: reason.to_owned(),
        };
        if bytes.len() > MAX_FORK_BYTES {
            return Err(bad("longer than 256 KiB"));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| bad("not UTF-8"))?;
        let text = text
            .strip_suffix('\n')
            .ok_or_else(|| bad("it does not end with a newline"))?;
        let mut lines = text.split('\n');
        if lines.next() != Some(HEADER) {
            return Err(bad("it does not begin with claimledger/fork/v1"));
        }
        let mut next = |word: &'static str| {
            value(lines.next(), word).ok_or_else(|| bad(&format!("no {word} line")))
        };
        let vkey = next("vkey")?.parse().map_err(Error::Checkpoint)?;
        let mut head = |word| {
            let bytes = base64(next(word)?, WHAT)?;
            SignedCheckpoint::parse(&bytes).map_err(Error::Checkpoint)
        };
        let (smaller, larger) = (head("smaller")?, head("larger")?);
        let root = digest(next("root")?, WHAT)?;
        let proof = lines
            .map(|line| {
                digest(
                    value(Some(line), "hash").ok_or_else(|| bad("no hash line"))?,
                    WHAT,
                )
            })
            .collect::<Result<_, _>>()?;
        Ok(Self {
            vkey,
            smaller,
            larger,
            root,
            proof,
        })
    }

    /// Checks that the log's own signatures contradict each other. `known` is its key as known from elsewhere.
    pub fn verify(&self, known: Option<&VerifierKey>) -> Result<Fork, Error> {
        if let Some(known) = known.filter(|known| **known != self.vkey) {
            return Err(Error::OtherLedger {
                found: self.vkey.to_string().into(),
                wanted: known.to_string().into(),
            });
        }
        let by = std::slice::from_ref(&self.vkey);
        for signed in [&self.smaller, &self.larger] {
            signed.verify(by).map_err(Error::Checkpoint)?;
            if signed.checkpoint().origin != *self.vkey.name() {
                return Err(Error::OtherLedger {
                    found: signed.checkpoint().origin.to_string().into(),
                    wanted: self.vkey.name().to_string().into(),
                });
            }
        }
        let (smaller, larger) = (self.smaller.checkpoint(), self.larger.checkpoint());
        let no = |reason: &str| Error::NoFork {
            reason: reason.to_owned(),
        };
        if smaller.size.is_empty() {
            return Err(no("every history continues the empty one"));
        }
        verify_consistency(
            smaller.size,
            &self.root,
            larger.size,
            &larger.root,
            &self.proof,
        )
        .map_err(Error::Inclusion)?;
        if self.root == smaller.root {
            return Err(no("the larger tree begins with the smaller one"));
        }
        Ok(Fork {
            origin: smaller.origin.to_string(),
            vkey: self.vkey.to_string(),
            pinned: known.is_some(),
            size: smaller.size,
            signed_root: smaller.root.to_string(),
            other_root: self.root.to_string(),
            other_size: larger.size,
        })
    }
}

const HEADER: &str = "claimledger/fork/v1";

const WHAT: &str = "fork evidence";

/// Two checkpoints in base64, and 64 hashes.
const MAX_FORK_BYTES: usize = 256 * 1024;
