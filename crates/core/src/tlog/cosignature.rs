//! C2SP tlog-cosignature 1.0.1, type 0x04: a witness states at what time it saw the largest head of a log.

use super::Error;
use super::note::{Note, NoteSignature};
pub use super::note_key::WitnessKey;
use crate::crypto::Signature;

/// A verified cosignature: at `time`, this was the largest consistent head that the witness had seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cosignature {
    /// By whom.
    pub by: WitnessKey,
    /// When, in Unix seconds.
    pub time: u64,
}

/// What a cosignature signs: `cosignature/v1`, `time` and the note's whole text, which ends with a newline.
pub fn message(text: &str, time: u64) -> Vec<u8> {
    format!("cosignature/v1\ntime {time}\n{text}").into_bytes()
}

/// Cosigns a checkpoint's text at `time`, Unix seconds; `sign` gets the message. A time that the format cannot hold is
/// refused.
pub fn cosign<E: From<Error>>(
    text: &str,
    time: u64,
    by: &WitnessKey,
    sign: impl FnOnce(&[u8]) -> Result<Signature, E>,
) -> Result<NoteSignature, E> {
    if time > MAX_TIME {
        return Err(Error::Witness {
            reason: format!("time {time} is beyond 2^63-1"),
        }
        .into());
    }
    let signature = sign(&message(text, time))?;
    let bytes = [&time.to_be_bytes()[..], signature.as_bytes()].concat();
    Ok(NoteSignature::from_bytes(by.name(), by.id(), &bytes))
}

/// The cosignatures of trusted witnesses on a checkpoint's note, the newest of each. Other lines are ignored. If a
/// line names a trusted witness and does not verify, the whole note is refused. No cosignature at all is a valid
/// result; a policy judges it.
pub fn verify(note: &Note, trusted: &[WitnessKey]) -> Result<Vec<Cosignature>, Error> {
    let mut found = Vec::new();
    for key in trusted {
        let lines = note.signatures().iter();
        let mut newest = None;
        for bytes in lines.filter_map(|line| line.bytes_by(key.name(), key.id())) {
            let time = verify_one(&note.text, bytes, key).ok_or_else(|| Error::BadSignature {
                name: key.name().to_string(),
            })?;
            newest = newest.max(Some(time));
        }
        let cosignature = newest.map(|time| Cosignature {
            by: key.clone(),
            time,
        });
        found.extend(cosignature.filter(|c| !found.contains(c)));
    }
    Ok(found)
}

/// time u64 big endian ‖ signature; returns the time if the signature verifies.
fn verify_one(text: &str, bytes: &[u8], key: &WitnessKey) -> Option<u64> {
    let (time, signature) = bytes.split_first_chunk::<8>()?;
    let time = u64::from_be_bytes(*time);
    let signature = Signature::from_bytes(signature.try_into().ok()?);
    let signed = key.key().verify_strict(&message(text, time), &signature);
    (time <= MAX_TIME && signed.is_ok()).then_some(time)
}

/// The specification's limit, so that a time fits a signed integer everywhere.
const MAX_TIME: u64 = i64::MAX as u64;
