//! C2SP tlog-checkpoint 1.0.0: origin, size and root, in a signed note.

use super::Error;
use super::TreeSize;
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
    pub size: TreeSize,
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

    /// Reads the three lines in their only form. C2SP allows extension lines; this program does not use them and
    /// refuses a checkpoint that has any, so that nobody signs what they cannot read.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let bad = |reason: &str| Error::Checkpoint {
            reason: reason.to_owned(),
        };
        let (checkpoint, extensions) = Self::parse_extended(text)?;
        if extensions.is_empty() {
            Ok(checkpoint)
        } else {
            Err(bad("it is three lines: origin, size, root"))
        }
    }

    /// Reads the three lines of any log's checkpoint, and the extension lines after them, none of them empty.
    pub fn parse_extended(text: &str) -> Result<(Self, &str), Error> {
        let bad = |reason: &str| Error::Checkpoint {
            reason: reason.to_owned(),
        };
        let mut lines = text.splitn(4, '\n');
        let (Some(origin), Some(size), Some(root), Some(extensions)) =
            (lines.next(), lines.next(), lines.next(), lines.next())
        else {
            return Err(bad("it is three lines: origin, size, root"));
        };
        let checkpoint = Self {
            origin: origin.parse()?,
            size: size.parse().map_err(|_| bad("the size is not a number"))?,
            root: Digest::from_bytes(array_from_base64(root)?),
        };
        if checkpoint.size > TreeSize::LARGEST {
            return Err(bad("the size is larger than 2^63 - 1"));
        }
        if !text.starts_with(&checkpoint.text()) {
            return Err(bad("a number is not in its canonical form"));
        }
        let whole = extensions.is_empty() || extensions.ends_with('\n');
        if !whole || extensions.starts_with('\n') || extensions.contains("\n\n") {
            return Err(bad(
                "an extension line is empty or does not end with a newline",
            ));
        }
        Ok((checkpoint, extensions))
    }
}

/// A checkpoint in its note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCheckpoint {
    checkpoint: Checkpoint,
    note: Note,
}

impl SignedCheckpoint {
    /// Reads a signed checkpoint; verifies nothing.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let note = Note::parse(bytes)?;
        Ok(Self {
            checkpoint: Checkpoint::parse(&note.text)?,
            note,
        })
    }

    /// Reads any log's signed checkpoint, with extension lines: a witness signs the text as it is.
    pub fn parse_extended(bytes: &[u8]) -> Result<Self, Error> {
        let note = Note::parse(bytes)?;
        let (checkpoint, _) = Checkpoint::parse_extended(&note.text)?;
        Ok(Self { checkpoint, note })
    }

    /// Signs a checkpoint; `sign` gets the note's text.
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

    /// The note that holds it, with every signature line.
    pub fn note(&self) -> &Note {
        &self.note
    }

    /// The same head with further signature lines, such as cosignatures.
    pub fn with_signatures(mut self, lines: &[NoteSignature]) -> Self {
        self.note.add(lines);
        self
    }

    /// The bytes of the file `checkpoint`.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.note.print().into_bytes()
    }
}
