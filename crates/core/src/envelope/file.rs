//! The envelope as a file: the DSSE JSON form, with exactly one signature.

use super::{Error, PAYLOAD_TYPE, Parsed, Verified};
use crate::crypto::{PublicKey, Signature};
use crate::encoding::bytes::{from_base64, to_base64};
use crate::encoding::{Defect, DefectCode, limits};
use serde::{Deserialize, Serialize, de::IgnoredAny};

/// DSSE's JSON object. Other fields are ignored, as DSSE requires.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct File {
    payload: String,
    payload_type: String,
    signatures: Vec<FileSignature>,
    /// Makes serde require an object: a list of the values in order would be a second form.
    #[serde(flatten, skip_serializing)]
    _others: IgnoredAny,
}

#[derive(Debug, Serialize, Deserialize)]
struct FileSignature {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    keyid: Option<String>,
    sig: String,
    #[serde(flatten, skip_serializing)]
    _others: IgnoredAny,
}

/// Prints an envelope; `keyid` is the OpenSSH fingerprint and only a hint.
pub fn print(payload: &[u8], key: &PublicKey, signature: &Signature) -> String {
    let file = File {
        payload: to_base64(payload),
        payload_type: PAYLOAD_TYPE.to_owned(),
        signatures: vec![FileSignature {
            keyid: Some(key.fingerprint()),
            sig: signature.to_string(),
            _others: IgnoredAny,
        }],
        _others: IgnoredAny,
    };
    let mut text = serde_json::to_string_pretty(&file).expect("a struct of texts");
    text.push('\n');
    text
}

/// Reads an envelope; DSSE allows standard and URL-safe base64. The signature is not yet verified.
pub fn read(bytes: &[u8]) -> Result<Parsed, Error> {
    // Base64 of the largest payload, with room for the other fields.
    let limit = limits::MAX_STATEMENT_BYTES * 2;
    if bytes.len() > limit {
        return Err(Defect::new(
            DefectCode::TooLong,
            format!("an envelope of {} bytes; the limit is {limit}", bytes.len()),
        )
        .into());
    }
    let file: File = serde_json::from_slice(bytes).map_err(|e| Defect::from_json_error(&e))?;
    if file.payload_type != PAYLOAD_TYPE {
        return Err(Error::PayloadType {
            found: file.payload_type,
        });
    }
    let [signature] = file.signatures.as_slice() else {
        return Err(Error::SignatureCount {
            found: file.signatures.len(),
        });
    };
    let signature: Signature = standard(&signature.sig).parse()?;
    Parsed::new(from_base64(&standard(&file.payload))?, signature)
}

/// Checks one signed statement (DSSE 1.0.2, JSON form) without any ledger: its form, and its signature by ZIP-215.
///
/// This shows what was signed and with which key. It does not show whose key that is, when the statement was signed, or
/// that the statement is in a ledger: a dossier shows that.
///
/// # Errors
///
/// The file is malformed, has another payload type, has not exactly one signature, or the signature is wrong.
///
/// # Examples
///
/// ```
/// use claimledger_core::{Body, verify_envelope};
///
/// let file = std::fs::read("examples-data/lorries.dsse.json")?;
/// let signed = verify_envelope(&file)?;
/// let Body::VerdictIssue(verdict) = &signed.body else {
///     return Err("not a verdict".into());
/// };
/// assert_eq!(verdict.rating.as_str(), "mostly-false");
///
/// let altered = String::from_utf8(file)?.replace("vnd.claimledger", "vnd.other");
/// let error = verify_envelope(altered.as_bytes()).unwrap_err();
/// assert_eq!(error.code(), "payload-type");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn verify(bytes: &[u8]) -> Result<Verified, Error> {
    read(bytes)?.verify()
}

/// The standard alphabet for either of the two that DSSE allows.
fn standard(text: &str) -> String {
    text.replace('-', "+").replace('_', "/")
}
