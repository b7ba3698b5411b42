//! C2SP signed-note 1.0.0, with Ed25519 keys of type 0x01; keys and signature lines of other types in their outer form.

use super::Error;
pub use super::note_key::VerifierKey;
use super::note_key::{KeyId, NoteKey};
use crate::crypto::Signature;
use crate::encoding::bytes::{from_base64, to_base64};
use crate::encoding::limits;
use crate::encoding::name::Origin;
use std::fmt;

/// One signature line: `— <name> <base64(key id ‖ signature)>`. Signatures of other types are kept as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteSignature {
    name: String,
    blob: Vec<u8>,
}

impl NoteSignature {
    /// The line of an Ed25519 signature by this key.
    pub fn new(by: &VerifierKey, signature: Signature) -> Self {
        Self::from_bytes(by.name(), by.id(), signature.as_bytes())
    }

    /// The line of a signature of any type: the type defines the bytes after the key id.
    pub(super) fn from_bytes(name: &Origin, id: KeyId, bytes: &[u8]) -> Self {
        Self {
            name: name.to_string(),
            blob: [&id.to_bytes()[..], bytes].concat(),
        }
    }

    /// The bytes after the key id, if the line names this key.
    pub(super) fn bytes_by(&self, name: &Origin, id: KeyId) -> Option<&[u8]> {
        let (found, bytes) = self.blob.split_first_chunk::<4>()?;
        (self.name == name.as_str() && *found == id.to_bytes()).then_some(bytes)
    }

    /// Whether the line names this key; verifies nothing.
    pub fn names<const TYPE: u8>(&self, key: &NoteKey<TYPE>) -> bool {
        self.bytes_by(key.name(), key.id()).is_some()
    }

    /// The name in the line; not verified.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Reads a line without its newline.
    pub fn parse(line: &str) -> Result<Self, Error> {
        signature_line(line).ok_or_else(|| Error::Note {
            reason: "a signature line is malformed".to_owned(),
        })
    }
}

/// The line without its newline; a line that [`NoteSignature::parse`] has read is printed byte for byte.
impl fmt::Display for NoteSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\u{2014} {} {}", self.name, to_base64(&self.blob))
    }
}

/// A text and the signatures over it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The text, ending with a newline; the signatures cover it.
    pub text: String,
    signatures: Vec<NoteSignature>,
}

impl Note {
    /// A note of a text that ends with a newline.
    pub fn new(text: String, signatures: Vec<NoteSignature>) -> Self {
        Self { text, signatures }
    }

    /// Reads a note: text, an empty line, 1 to 64 signature lines; split at the last empty line.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let bad = |reason: &str| Error::Note {
            reason: reason.to_owned(),
        };
        if bytes.len() > limits::MAX_NOTE_BYTES {
            return Err(bad("longer than 64 KiB"));
        }
        let all = std::str::from_utf8(bytes).map_err(|_| bad("not UTF-8"))?;
        if all.bytes().any(|b| b < 0x20 && b != b'\n') {
            return Err(bad("it holds a control character"));
        }
        let at = all.rfind("\n\n").ok_or_else(|| bad("no empty line"))?;
        let (text, lines) = (&all[..=at], &all[at + 2..]);
        if text.len() < 2 {
            return Err(bad("it has no text"));
        }
        let lines = lines
            .strip_suffix('\n')
            .ok_or_else(|| bad("it does not end with a newline"))?;
        let signatures: Vec<NoteSignature> = lines
            .split('\n')
            .map(NoteSignature::parse)
            .collect::<Result<_, _>>()?;
        if signatures.len() > MAX_SIGNATURES {
            return Err(bad("it has more than 64 signatures"));
        }
        Ok(Self {
            text: text.to_owned(),
            signatures,
        })
    }

    /// Prints the note; a note that [`Note::parse`] has read is printed byte for byte.
    pub fn print(&self) -> String {
        let mut out = format!("{}\n", self.text);
        for signature in &self.signatures {
            out.push_str(&format!("{signature}\n"));
        }
        out
    }

    /// The signature lines, in order.
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }

    /// Adds lines that are not there yet, up to the maximum number.
    pub fn add(&mut self, lines: &[NoteSignature]) {
        for line in lines {
            if self.signatures.len() < MAX_SIGNATURES && !self.signatures.contains(line) {
                self.signatures.push(line.clone());
            }
        }
    }

    /// The trusted keys that signed. Signatures by other keys are ignored. The note is refused if a signature names a
    /// trusted key and does not verify, and if no trusted key signed.
    pub fn verify(&self, trusted: &[VerifierKey]) -> Result<Vec<VerifierKey>, Error> {
        let mut by = Vec::new();
        for key in trusted {
            let lines = self.signatures.iter();
            for bytes in lines.filter_map(|line| line.bytes_by(key.name(), key.id())) {
                let bad = || Error::BadSignature {
                    name: key.name().to_string(),
                };
                let signature: [u8; 64] = bytes.try_into().map_err(|_| bad())?;
                key.key()
                    .verify_strict(self.text.as_bytes(), &Signature::from_bytes(signature))
                    .map_err(|_| bad())?;
                if !by.contains(key) {
                    by.push(key.clone());
                }
            }
        }
        if by.is_empty() {
            let wanted: Vec<String> = trusted.iter().map(ToString::to_string).collect();
            return Err(Error::NotSigned {
                wanted: wanted.join(", "),
            });
        }
        Ok(by)
    }
}

fn signature_line(line: &str) -> Option<NoteSignature> {
    let (name, blob) = line.strip_prefix("\u{2014} ")?.split_once(' ')?;
    if name.is_empty() || name.contains('+') || name.chars().any(char::is_whitespace) {
        return None;
    }
    let blob = from_base64(blob).ok()?;
    (blob.len() > 4).then(|| NoteSignature {
        name: name.to_owned(),
        blob,
    })
}

/// A verifier must accept at least 16; this is four times that.
const MAX_SIGNATURES: usize = 64;
