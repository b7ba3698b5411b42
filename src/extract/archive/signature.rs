//! The signature of a WACZ collection (WACZ Signing and Verification 0.1.0): by a key alone, or by the key of a domain's
//! certificate.
//!
//! Only the signature is verified. Whether the certificate's issuer can be trusted, whether the certificate was in force, and
//! what the time stamp says is not checked: the reader gets the key, the names and the dates, and decides.

use data_encoding::{BASE64, HEXLOWER};
use der::{Decode as _, DecodePem as _, Encode as _};
use p256::ecdsa::signature::hazmat::PrehashVerifier as _;
use p256::pkcs8::DecodePublicKey as _;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use x509_cert::Certificate;
use x509_cert::ext::pkix::SubjectAltName;
use x509_cert::ext::pkix::name::GeneralName;

/// `signedData` in `datapackage-digest.json`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SignedData {
    hash: String,
    signature: String,
    public_key: Option<String>,
    domain: Option<String>,
    domain_cert: Option<String>,
    created: Option<String>,
    software: Option<String>,
}

/// What became of a signature.
#[derive(Debug, PartialEq, Eq)]
pub enum Signed {
    Valid,
    Wrong,
    /// Its key is of a kind that is not known here.
    Unchecked,
}

impl SignedData {
    /// Verifies the signature over the hash of the description, and says who signed.
    pub fn verify(&self, description: &[u8]) -> (Signed, String) {
        let (key, who) = match (&self.public_key, &self.domain_cert) {
            (Some(key), _) => {
                let key = BASE64.decode(squeezed(key).as_bytes()).ok();
                (key, "an anonymous key".to_owned())
            }
            (None, Some(chain)) => match certificate(chain) {
                Some(certificate) => (public_key(&certificate), self.domain_words(&certificate)),
                None => (None, "a certificate that cannot be read".to_owned()),
            },
            (None, None) => (None, "a key that is not there".to_owned()),
        };
        let named = key.as_ref().map(|key| {
            format!(
                ", SHA-256 of the key {}",
                HEXLOWER.encode(&Sha256::digest(key))
            )
        });
        let words = [
            Some(format!("by {who}")),
            named,
            self.created
                .as_ref()
                .map(|created| format!(", created {created}")),
            self.software
                .as_ref()
                .map(|software| format!(", with {software}")),
        ];
        let words: String = words.into_iter().flatten().collect();
        let of_this =
            self.hash == format!("sha256:{}", HEXLOWER.encode(&Sha256::digest(description)));
        let signature = BASE64.decode(squeezed(&self.signature).as_bytes());
        let signed = match (of_this, key, signature) {
            (false, ..) | (_, _, Err(_)) => Signed::Wrong,
            (true, None, _) => Signed::Unchecked,
            (true, Some(key), Ok(signature)) => verified(&key, self.hash.as_bytes(), &signature),
        };
        (signed, words)
    }

    fn domain_words(&self, certificate: &Certificate) -> String {
        let body = &certificate.tbs_certificate;
        let names = names(certificate);
        let domain = self.domain.as_deref().unwrap_or_default();
        let named = if names.iter().any(|name| name == domain) {
            format!("the domain {domain}")
        } else {
            format!("the domain {domain}, which its certificate does not name")
        };
        format!(
            "{named}, certificate for {} by {}, from {} to {}, chain and time stamp: not checked",
            names.join(", "),
            body.issuer,
            body.validity.not_before,
            body.validity.not_after,
        )
    }
}

/// An ECDSA signature of the SHA-256 of these words, in either of its two forms, by a key on P-256 or P-384.
fn verified(key: &[u8], words: &[u8], signature: &[u8]) -> Signed {
    let hash = Sha256::digest(words);
    let good = if let Ok(key) = p256::ecdsa::VerifyingKey::from_public_key_der(key) {
        let signature = p256::ecdsa::Signature::from_slice(signature)
            .or_else(|_| p256::ecdsa::Signature::from_der(signature));
        signature.and_then(|signature| key.verify_prehash(&hash, &signature))
    } else if let Ok(key) = p384::ecdsa::VerifyingKey::from_public_key_der(key) {
        let signature = p384::ecdsa::Signature::from_slice(signature)
            .or_else(|_| p384::ecdsa::Signature::from_der(signature));
        signature.and_then(|signature| key.verify_prehash(&hash, &signature))
    } else {
        return Signed::Unchecked;
    };
    match good {
        Ok(()) => Signed::Valid,
        Err(_) => Signed::Wrong,
    }
}

/// The first certificate of a chain in PEM.
fn certificate(chain: &str) -> Option<Certificate> {
    const END: &str = "-----END CERTIFICATE-----";
    let begin = chain.find("-----BEGIN CERTIFICATE-----")?;
    let end = begin + chain[begin..].find(END)? + END.len();
    Certificate::from_pem(chain[begin..end].trim()).ok()
}

fn public_key(certificate: &Certificate) -> Option<Vec<u8>> {
    let info = &certificate.tbs_certificate.subject_public_key_info;
    info.to_der().ok()
}

/// The names of the domains that a certificate is for (RFC 5280, 4.2.1.6).
fn names(certificate: &Certificate) -> Vec<String> {
    let extensions = certificate.tbs_certificate.extensions.iter().flatten();
    let alternative = extensions
        .filter(|extension| extension.extn_id.to_string() == SUBJECT_ALTERNATIVE_NAME)
        .filter_map(|extension| SubjectAltName::from_der(extension.extn_value.as_bytes()).ok());
    let mut names: Vec<String> = alternative
        .flat_map(|names| names.0)
        .filter_map(|name| match name {
            GeneralName::DnsName(name) => Some(name.to_string()),
            _ => None,
        })
        .take(MAX_NAMES)
        .collect();
    if names.is_empty() {
        names.push(certificate.tbs_certificate.subject.to_string());
    }
    names
}

fn squeezed(base64: &str) -> String {
    base64.split_ascii_whitespace().collect()
}

const SUBJECT_ALTERNATIVE_NAME: &str = "2.5.29.17";

/// Some certificates name a hundred domains; the words must fit into a statement.
const MAX_NAMES: usize = 4;
