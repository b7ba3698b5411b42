//! Digests as archives write them: `sha1:` and base32, `sha256:` and hexadecimal digits, and the like.

use data_encoding::{BASE32_NOPAD, HEXLOWER_PERMISSIVE};
use sha1::Sha1;
use sha2::{Digest as _, Sha256, Sha512};
use std::io::{self, Read};

/// What a digest turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is the digest of the bytes.
    Valid,
    /// It is not.
    Wrong,
    /// Its algorithm is not known here.
    Unchecked,
}

/// A digest that an archive names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NamedDigest {
    /// Of an algorithm that is known here.
    Known(Algorithm, Vec<u8>),
    /// Of another one, such as MD5, in which two files with one digest are easily made.
    Unknown,
}

/// An algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// SHA-1: still the most frequent one in archives. It shows damage; against a forger it proves little.
    Sha1,
    Sha256,
    Sha512,
}

impl NamedDigest {
    /// Reads `algorithm:digest`.
    pub fn parse(text: &str) -> Self {
        let Some((algorithm, digest)) = text.trim().split_once(':') else {
            return Self::Unknown;
        };
        let (algorithm, length) = match algorithm.trim().to_ascii_lowercase().as_str() {
            "sha1" | "sha-1" => (Algorithm::Sha1, 20),
            "sha256" | "sha-256" => (Algorithm::Sha256, 32),
            "sha512" | "sha-512" => (Algorithm::Sha512, 64),
            _ => return Self::Unknown,
        };
        let digest = digest.trim();
        let bytes = if digest.len() == 2 * length {
            HEXLOWER_PERMISSIVE.decode(digest.as_bytes()).ok()
        } else {
            let base32 = digest.trim_end_matches('=').to_ascii_uppercase();
            BASE32_NOPAD.decode(base32.as_bytes()).ok()
        };
        // What is no digest of the algorithm is not the digest of any bytes.
        Self::Known(
            algorithm,
            bytes.filter(|b| b.len() == length).unwrap_or_default(),
        )
    }

    /// Compares it with the digest of these bytes, which may be read in any of several ways.
    pub fn of_any(&self, ways: &[&[u8]]) -> Verdict {
        match self {
            Self::Unknown => Verdict::Unchecked,
            Self::Known(algorithm, digest) => {
                let is = |bytes: &&[u8]| algorithm.digest(bytes) == *digest;
                if ways.iter().any(is) {
                    Verdict::Valid
                } else {
                    Verdict::Wrong
                }
            }
        }
    }
}

impl Algorithm {
    /// The digest of all bytes of a reader.
    pub fn of(self, from: &mut dyn Read) -> io::Result<Vec<u8>> {
        match self {
            Self::Sha1 => hash::<Sha1>(from),
            Self::Sha256 => hash::<Sha256>(from),
            Self::Sha512 => hash::<Sha512>(from),
        }
    }

    fn digest(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha1 => Sha1::digest(bytes).to_vec(),
            Self::Sha256 => Sha256::digest(bytes).to_vec(),
            Self::Sha512 => Sha512::digest(bytes).to_vec(),
        }
    }
}

fn hash<D: sha2::Digest>(from: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut hash = D::new();
    let mut piece = vec![0; 64 * 1024];
    loop {
        match from.read(&mut piece) {
            Ok(0) => return Ok(hash.finalize().to_vec()),
            Ok(length) => hash.update(&piece[..length]),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
}

/// Counts digests of one kind.
#[derive(Debug, Default)]
pub struct Count {
    pub valid: u64,
    pub wrong: u64,
    pub absent: u64,
    pub unchecked: u64,
    /// What some of the wrong ones are of.
    named: Vec<String>,
}

impl Count {
    /// Counts one; `of` is what it is a digest of.
    pub fn add(&mut self, verdict: Verdict, of: &str) {
        match verdict {
            Verdict::Valid => self.valid += 1,
            Verdict::Unchecked => self.unchecked += 1,
            Verdict::Wrong => {
                self.wrong += 1;
                if self.named.len() < MAX_NAMED {
                    self.named
                        .push(of.chars().take(MAX_NAMED_CHARACTERS).collect());
                }
            }
        }
    }

    /// What some of the wrong ones are of.
    pub fn detail(&self) -> Option<String> {
        let more = self.wrong.saturating_sub(self.named.len() as u64);
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        (self.wrong > 0).then(|| format!("{}{more}", self.named.join(", ")))
    }

    /// Whether there is nothing to report.
    pub fn is_empty(&self) -> bool {
        self.valid + self.wrong + self.absent + self.unchecked == 0
    }
}

/// So many addresses fit into a statement beside everything else.
const MAX_NAMED: usize = 3;
const MAX_NAMED_CHARACTERS: usize = 120;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_read_as_archives_write_them() {
        let words = b"words";
        let check = |text: &str| NamedDigest::parse(text).of_any(&[b"other", words]);
        let (sha1, sha256) = (Sha1::digest(words), Sha256::digest(words));
        let hex = data_encoding::HEXLOWER.encode(&sha256);
        for good in [
            format!("sha1:{}", data_encoding::BASE32.encode(&sha1)),
            format!(
                "SHA1:{}",
                data_encoding::BASE32.encode(&sha1).to_lowercase()
            ),
            format!("sha1:{}", data_encoding::HEXLOWER.encode(&sha1)),
            format!("sha256:{hex}"),
            format!("sha-256: {}", hex.to_uppercase()),
            format!("sha256:{}", data_encoding::BASE32.encode(&sha256)),
        ] {
            assert_eq!(check(&good), Verdict::Valid, "{good}");
        }
        for wrong in [
            "sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "sha256:",
            "sha1:words",
        ] {
            assert_eq!(check(wrong), Verdict::Wrong, "{wrong}");
        }
        for unknown in ["md5:d41d8cd98f00b204e9800998ecf8427e", "crc32:1", "words"] {
            assert_eq!(check(unknown), Verdict::Unchecked, "{unknown}");
        }
    }
}
