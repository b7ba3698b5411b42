//! C2SP signed-note 1.0.0, with Ed25519 keys of type 0x01; keys and signature lines of other types in their outer form.

use super::Error;
use crate::crypto::{PublicKey, Signature, sha256};
use crate::encoding::bytes::{array_from_hex, from_base64, to_base64, to_hex};
use crate::encoding::{limits, name::Origin};
use std::fmt;
use std::str::FromStr;

/// The first 4 bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key): a hint which key a signature line is by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyId([u8; 4]);

/// A verifier key: `<name>+<key id, 8 hex digits>+<base64(0x01 ‖ public key)>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: Origin,
    key: PublicKey,
}

impl VerifierKey {
    /// The verifier key of an Ed25519 key under a name.
    pub fn new(name: Origin, key: PublicKey) -> Self {
        Self { name, key }
    }

    /// Its name; a ledger's is its origin.
    pub fn name(&self) -> &Origin {
        &self.name
    }

    /// Its key.
    pub fn key(&self) -> &PublicKey {
        &self.key
    }

    /// Its key id.
    pub fn id(&self) -> KeyId {
        key_id(&self.name, ED25519, &self.key)
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&print_key(&self.name, ED25519, &self.key))
    }
}

impl FromStr for VerifierKey {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self, Error> {
        let (name, key) = read_key(text, ED25519)?;
        Ok(Self::new(name, key))
    }
}

/// The key id of an Ed25519 key of this signature type under a name.
pub(super) fn key_id(name: &Origin, signature_type: u8, key: &PublicKey) -> KeyId {
    let digest = sha256(&[
        name.as_str().as_bytes(),
        b"\n",
        &[signature_type],
        key.as_bytes(),
    ]);
    let b = digest.as_bytes();
    KeyId([b[0], b[1], b[2], b[3]])
}

/// `<name>+<key id>+<base64(type ‖ key)>`.
pub(super) fn print_key(name: &Origin, signature_type: u8, key: &PublicKey) -> String {
    let typed = [&[signature_type], &key.as_bytes()[..]].concat();
    let id = key_id(name, signature_type, key);
    format!("{name}+{}+{}", to_hex(&id.0), to_base64(&typed))
}

/// Reads an Ed25519 verifier key of this signature type.
pub(super) fn read_key(text: &str, signature_type: u8) -> Result<(Origin, PublicKey), Error> {
    let bad = |reason: &str| Error::VerifierKey {
        reason: reason.to_owned(),
    };
    // Base64 may hold a plus sign; a name may not.
    let mut parts = text.splitn(3, '+');
    let (Some(name), Some(id), Some(typed)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(bad("it is <name>+<key id>+<base64 key>"));
    };
    let typed = from_base64(typed)?;
    let (_, key) = typed
        .split_first()
        .filter(|(found, _)| **found == signature_type)
        .ok_or_else(|| bad(&format!("not an Ed25519 key of type {signature_type:#04x}")))?;
    let key: [u8; 32] = key
        .try_into()
        .map_err(|_| bad("an Ed25519 key has 32 bytes"))?;
    let (name, key): (Origin, _) = (name.parse()?, PublicKey::from_bytes(key));
    if key_id(&name, signature_type, &key).0 != array_from_hex::<4>(id)? {
        return Err(bad("the key id is not that of this name and key"));
    }
    Ok((name, key))
}

/// One signature line: `— <name> <base64(key id ‖ signature)>`. Signatures of other types are kept as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteSignature {
    name: String,
    blob: Vec<u8>,
}

impl NoteSignature {
    /// The line of an Ed25519 signature by this key.
    pub fn new(by: &VerifierKey, signature: Signature) -> Self {
        Self::of_bytes(&by.name, by.id(), signature.as_bytes())
    }

    /// The line of a signature of any type: what follows the key id is that type's own.
    pub(super) fn of_bytes(name: &Origin, id: KeyId, bytes: &[u8]) -> Self {
        Self {
            name: name.to_string(),
            blob: [&id.0[..], bytes].concat(),
        }
    }

    /// What follows the key id, if the line names this key.
    pub(super) fn bytes_by(&self, name: &Origin, id: KeyId) -> Option<&[u8]> {
        let (found, bytes) = self.blob.split_first_chunk::<4>()?;
        (self.name == name.as_str() && *found == id.0).then_some(bytes)
    }

    /// The name that the line gives; nothing has been verified.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the line names this witness's key; nothing has been verified.
    pub fn names(&self, key: &super::cosignature::WitnessKey) -> bool {
        self.bytes_by(key.name(), key.id()).is_some()
    }

    /// Reads a line without its newline.
    pub fn parse(line: &str) -> Result<Self, Error> {
        signature_line(line).ok_or_else(|| Error::Note {
            reason: "a signature line does not read".to_owned(),
        })
    }
}

/// The line without its newline; what [`NoteSignature::parse`] read comes out byte for byte.
impl fmt::Display for NoteSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\u{2014} {} {}", self.name, to_base64(&self.blob))
    }
}

/// A text and the signatures over it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The text, ending with a newline; what the signatures cover.
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
            return Err(bad("no text"));
        }
        let lines = lines
            .strip_suffix('\n')
            .ok_or_else(|| bad("it does not end with a newline"))?;
        let signatures: Vec<NoteSignature> = lines
            .split('\n')
            .map(NoteSignature::parse)
            .collect::<Result<_, _>>()?;
        if signatures.len() > MAX_SIGNATURES {
            return Err(bad("over 64 signatures"));
        }
        Ok(Self {
            text: text.to_owned(),
            signatures,
        })
    }

    /// Prints the note; what [`Note::parse`] read comes out byte for byte.
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

    /// Adds lines that are not there yet, as far as a note may have them.
    pub fn add(&mut self, lines: &[NoteSignature]) {
        for line in lines {
            if self.signatures.len() < MAX_SIGNATURES && !self.signatures.contains(line) {
                self.signatures.push(line.clone());
            }
        }
    }

    /// The trusted keys that signed. Signatures by other keys are ignored; one that names a trusted key and is not its
    /// rejects the whole note; so does the absence of any.
    pub fn verify(&self, trusted: &[VerifierKey]) -> Result<Vec<VerifierKey>, Error> {
        let mut by = Vec::new();
        for key in trusted {
            let lines = self.signatures.iter();
            for bytes in lines.filter_map(|line| line.bytes_by(&key.name, key.id())) {
                let bad = || Error::BadSignature {
                    name: key.name.to_string(),
                };
                let signature: [u8; 64] = bytes.try_into().map_err(|_| bad())?;
                key.key
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

/// The signature type of an Ed25519 note.
const ED25519: u8 = 0x01;

/// A verifier accepts at least 16; four times that is room, and a bound.
const MAX_SIGNATURES: usize = 64;
