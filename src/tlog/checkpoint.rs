//! C2SP tlog-checkpoint 1.0.0: origin, size and root, in a signed note.

use super::Error;
use super::note::{Note, NoteSignature, VerifierKey};
use crate::crypto::{Digest, Signature};
use crate::encoding::bytes::{array_from_base64, to_base64};
use crate::encoding::name::Origin;

/// The head of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's name.
    pub origin: Origin,
    /// The number of entries.
    pub size: u64,
    /// The tree's root at that size.
    pub root: Digest,
}

impl Checkpoint {
    /// Three lines: origin, decimal size, base64 root.
    pub fn text(&self) -> String {
        format!(
            "{}\n{}\n{}\n",
            self.origin,
            self.size,
            to_base64(self.root.as_bytes())
        )
    }

    /// Reads the three lines in their one spelling. Extension lines are allowed by C2SP and not used here: a
    /// checkpoint that has any is refused, so that nothing signed goes unread.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let bad = |reason: &str| Error::Checkpoint {
            reason: reason.to_owned(),
        };
        let lines: Vec<&str> = text.split('\n').collect();
        let [origin, size, root, ""] = lines[..] else {
            return Err(bad("it is three lines: origin, size, root"));
        };
        let checkpoint = Self {
            origin: origin.parse()?,
            size: size.parse().map_err(|_| bad("the size is no number"))?,
            root: Digest::from_bytes(array_from_base64(root)?),
        };
        if checkpoint.text() != text {
            return Err(bad("a number has a second spelling"));
        }
        Ok(checkpoint)
    }
}

/// A checkpoint in its note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCheckpoint {
    checkpoint: Checkpoint,
    note: Note,
}

impl SignedCheckpoint {
    /// Reads a signed checkpoint; nothing has been verified.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let note = Note::parse(bytes)?;
        Ok(Self {
            checkpoint: Checkpoint::parse(&note.text)?,
            note,
        })
    }

    /// Signs a checkpoint; `sign` is given the note's text.
    pub fn sign(
        checkpoint: Checkpoint,
        by: &VerifierKey,
        sign: impl FnOnce(&[u8]) -> Signature,
    ) -> Self {
        let text = checkpoint.text();
        let signature = NoteSignature::new(by, sign(text.as_bytes()));
        Self {
            checkpoint,
            note: Note::new(text, vec![signature]),
        }
    }

    /// The head it speaks of.
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// The trusted keys that signed it; see [`Note::verify`].
    pub fn verify(&self, trusted: &[VerifierKey]) -> Result<Vec<VerifierKey>, Error> {
        self.note.verify(trusted)
    }

    /// The bytes of the file `checkpoint`.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.note.print().into_bytes()
    }
}
