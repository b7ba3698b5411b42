//! OpenSSH key files (PROTOCOL.key): written with private permissions and encrypted, read strictly.

use super::Error;
use crate::host::{self, durable, files, folders, permissions, random};
use claimledger_core::crypto::{PublicKey, SecretKey};
use ssh_key::private::{Ed25519Keypair, Ed25519PrivateKey, KeypairData};
use ssh_key::{Algorithm, Cipher, Kdf, LineEnding, PrivateKey};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// The private file of a key.
pub fn private_path(folder: &Path, name: &str) -> PathBuf {
    folder.join(name)
}

/// The public file of a key.
pub fn public_path(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.pub"))
}

/// Refuses a name that a key already has.
pub fn check_new(folder: &Path, name: &str) -> Result<(), Error> {
    for path in [private_path(folder, name), public_path(folder, name)] {
        if files::kind(&path)?.is_some() {
            return Err(Error::Exists {
                name: name.to_owned(),
            });
        }
    }
    Ok(())
}

/// Writes a new key: the private file 0600, encrypted by the passphrase if there is one; then the public file.
/// Neither is ever overwritten.
pub fn write_new(
    folder: &Path,
    name: &str,
    secret: &SecretKey,
    passphrase: Option<&str>,
) -> Result<(), Error> {
    let private = private_path(folder, name);
    let public = public_path(folder, name);
    check_new(folder, name)?;
    let malformed = |source| Error::Malformed {
        path: private.display().to_string(),
        source,
    };
    let pair = Ed25519Keypair {
        public: ssh_key::public::Ed25519PublicKey(*secret.public().as_bytes()),
        private: Ed25519PrivateKey::from_bytes(&secret.seed()),
    };
    let plain = PrivateKey::new(KeypairData::Ed25519(pair), name).map_err(malformed)?;
    let line = plain.public_key().to_openssh().map_err(malformed)?;
    let stored = match passphrase {
        None => plain,
        Some(passphrase) => {
            let salt = random::bytes::<SALT_BYTES>()?;
            let kdf = Kdf::Bcrypt {
                salt: salt.to_vec(),
                rounds: BCRYPT_ROUNDS,
            };
            let check = u32::from_be_bytes(*random::bytes::<4>()?);
            plain
                .encrypt_with(Cipher::Aes256Ctr, kdf, check, passphrase)
                .map_err(malformed)?
        }
    };
    let text = stored.to_openssh(LineEnding::LF).map_err(malformed)?;
    make_folder(folder)?;
    durable::create_private(&private, text.as_bytes())?;
    // A crash here leaves a private key without its public file: `complete` writes it.
    write_public(&public, &line)
}

/// Whether a key has a private file and no public one: its making was interrupted.
pub fn is_half_made(folder: &Path, name: &str) -> Result<bool, Error> {
    Ok(files::kind(&public_path(folder, name))?.is_none()
        && files::kind(&private_path(folder, name))?.is_some())
}

/// Writes the public file of a key that has only its private one, which says in its clear part what the public half is: a
/// full disk or a crash came between the two.
pub fn complete(folder: &Path, name: &str) -> Result<(), Error> {
    let public = public_path(folder, name);
    let path = private_path(folder, name);
    if files::kind(&public)?.is_some() {
        return Ok(());
    }
    let Some(text) = read(&path)? else {
        return Ok(());
    };
    let key = parse_private(&path, &text)?;
    let line = key.public_key().to_openssh();
    let line = line.map_err(|source| Error::Malformed {
        path: path.display().to_string(),
        source,
    })?;
    write_public(&public, &line)
}

fn write_public(path: &Path, line: &str) -> Result<(), Error> {
    durable::replace_file(path, format!("{line}\n").as_bytes())?;
    Ok(permissions::let_all_read(path)?)
}

/// Makes the folder of the keys, which only its owner can look into, and tells git to leave the private keys out: people
/// keep a newsroom's folder in git and add all of it.
fn make_folder(folder: &Path) -> Result<(), Error> {
    folders::make_private(folder)?;
    let ignored = folder.join(".gitignore");
    if files::kind(&ignored)?.is_none() {
        durable::replace_file(&ignored, IGNORED)?;
    }
    Ok(())
}

/// The public key of a name and its comment: from `NAME.pub`, or from the clear part of the private file.
pub fn read_public(folder: &Path, name: &str) -> Result<(PublicKey, String), Error> {
    let path = public_path(folder, name);
    if let Some(text) = read(&path)? {
        return parse_public(&path, &text);
    }
    let path = private_path(folder, name);
    let text = read(&path)?.ok_or_else(|| unknown(folder, name))?;
    let key = parse_private(&path, &text)?;
    Ok((ed25519(&path, key.public_key())?, key.comment().to_owned()))
}

/// Reads a public key line.
pub fn parse_public(path: &Path, text: &[u8]) -> Result<(PublicKey, String), Error> {
    let malformed = |source| Error::Malformed {
        path: path.display().to_string(),
        source,
    };
    let text = std::str::from_utf8(text).map_err(|_| malformed(ssh_key::Error::FormatEncoding))?;
    let key = ssh_key::PublicKey::from_openssh(text.trim_end()).map_err(malformed)?;
    Ok((ed25519(path, &key)?, key.comment().to_owned()))
}

/// Whether the private file is there, and whether it is encrypted.
pub fn private_state(folder: &Path, name: &str) -> Result<Option<bool>, Error> {
    let path = private_path(folder, name);
    match read(&path)? {
        None => Ok(None),
        Some(text) => Ok(Some(parse_private(&path, &text)?.is_encrypted())),
    }
}

/// Refuses a private key that others can read.
pub fn check_private(folder: &Path, name: &str) -> Result<(), Error> {
    only_owner_reads(&private_path(folder, name))
}

/// Reads a private key; calls `ask` for the passphrase if it has one.
pub fn read_secret(
    folder: &Path,
    name: &str,
    ask: &mut dyn FnMut(&str) -> Result<Zeroizing<String>, Error>,
) -> Result<SecretKey, Error> {
    let path = private_path(folder, name);
    let text = Zeroizing::new(read(&path)?.ok_or_else(|| unknown(folder, name))?);
    only_owner_reads(&path)?;
    let mut key = parse_private(&path, &text)?;
    if key.is_encrypted() {
        let passphrase = ask(&format!("passphrase of key {name}"))?;
        key = key
            .decrypt(passphrase.as_bytes())
            .map_err(|_| Error::WrongPassphrase {
                path: path.display().to_string(),
            })?;
    }
    let public = ed25519(&path, key.public_key())?;
    let KeypairData::Ed25519(pair) = key.key_data() else {
        return Err(Error::Algorithm {
            path: path.display().to_string(),
            algorithm: key.algorithm().to_string(),
        });
    };
    let secret = SecretKey::from_seed(&Zeroizing::new(pair.private.to_bytes()));
    let beside = match read(&public_path(folder, name))? {
        Some(text) => parse_public(&public_path(folder, name), &text)?.0,
        None => public,
    };
    if secret.public() != public || public != beside {
        return Err(Error::Mismatch {
            path: path.display().to_string(),
        });
    }
    Ok(secret)
}

fn parse_private(path: &Path, text: &[u8]) -> Result<PrivateKey, Error> {
    let key = PrivateKey::from_openssh(text).map_err(|source| Error::Malformed {
        path: path.display().to_string(),
        source,
    })?;
    match key.kdf() {
        Kdf::Bcrypt { rounds, .. } if *rounds > MAX_BCRYPT_ROUNDS => Err(Error::Rounds {
            path: path.display().to_string(),
            rounds: *rounds,
            most: MAX_BCRYPT_ROUNDS,
        }),
        _ => Ok(key),
    }
}

fn ed25519(path: &Path, key: &ssh_key::PublicKey) -> Result<PublicKey, Error> {
    match (key.algorithm(), key.key_data().ed25519()) {
        (Algorithm::Ed25519, Some(key)) => Ok(PublicKey::from_bytes(key.0)),
        (algorithm, _) => Err(Error::Algorithm {
            path: path.display().to_string(),
            algorithm: algorithm.to_string(),
        }),
    }
}

fn unknown(folder: &Path, name: &str) -> Error {
    let (name, folder) = (name.to_owned(), folder.display().to_string());
    if files::exists(&public_path(Path::new(&folder), &name)) {
        Error::NoPrivate { name, folder }
    } else {
        Error::Unknown { name, folder }
    }
}

/// A key file; `None` if there is none. A pipe or a device is not waited for, and nothing larger than a key is read.
fn read(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    if !files::exists(path) {
        return Ok(None);
    }
    let shown = || path.display().to_string();
    if !files::is_file(path) {
        return Err(host::Error::NotPlain { path: shown() }.into());
    }
    let bytes = files::read_start(path, MAX_FILE_BYTES + 1)?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        let limit = MAX_FILE_BYTES;
        return Err(host::Error::TooLarge {
            path: shown(),
            bytes: files::length(path).ok(),
            limit,
        }
        .into());
    }
    Ok(Some(bytes))
}

fn only_owner_reads(path: &Path) -> Result<(), Error> {
    match permissions::shared(path)? {
        None => Ok(()),
        Some(mode) => Err(Error::Exposed {
            path: path.display().to_string(),
            mode,
        }),
    }
}

/// gitignore(5) of the folder of the keys.
const IGNORED: &[u8] =
    b"# Private keys stay out of git. Only their public halves may be kept there.\n*\n!*.pub\n";

/// What `ssh-keygen` uses by default.
const BCRYPT_ROUNDS: u32 = 24;
const SALT_BYTES: usize = 16;

/// `ssh-keygen -a` of a careful person is a few hundred; a thousand rounds take some ten seconds. The file says how many,
/// and one with 2^32 rounds would hold every command that signs.
const MAX_BCRYPT_ROUNDS: u32 = 1_024;

/// An OpenSSH Ed25519 key has some 400 bytes, an RSA key of 16384 bits less than 16 KiB.
const MAX_FILE_BYTES: u64 = 64 * 1024;
