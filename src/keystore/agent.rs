//! A key held by an ssh-agent, reached through `SSH_AUTH_SOCK`.
//!
//! An agent may be asking a person to confirm or to touch a key, or may never answer. Each question has two minutes, and
//! after a second the program says that it waits. The client refuses a message of more than 1 MiB.

use super::Error;
#[cfg(unix)]
use crate::host::{folders, socket::LocalSocket};
use claimledger_core::crypto::{PublicKey, Signature};
#[cfg(unix)]
use std::sync::atomic::{AtomicBool, Ordering};
#[cfg(unix)]
use std::time::{Duration, Instant};

/// Whether an agent holds this key. An agent that does not answer holds nothing, and is not asked again. `waiting` prints
/// why the program waits.
#[cfg(unix)]
pub fn holds(key: &PublicKey, waiting: fn(&str)) -> bool {
    let asked = Instant::now();
    let identities = connect(waiting).and_then(|mut client| client.list_all_identities().ok());
    let Some(identities) = identities else {
        if asked.elapsed() >= TIME {
            SILENT.store(true, Ordering::Relaxed);
            waiting("the ssh-agent did not answer; going on without it");
        }
        return false;
    };
    identities.iter().any(|identity| match identity {
        ssh_agent_client_rs::Identity::PublicKey(held) => held
            .key_data()
            .ed25519()
            .is_some_and(|held| held.0 == *key.as_bytes()),
        ssh_agent_client_rs::Identity::Certificate(_) => false,
    })
}

/// Has the agent sign. Its signature is verified strictly before it is used.
///
/// # Errors
///
/// [`Error::Agent`], after two minutes without an answer too.
#[cfg(unix)]
pub fn sign(key: &PublicKey, message: &[u8], waiting: fn(&str)) -> Result<Signature, Error> {
    let failed = |reason: String| Error::Agent { reason };
    let asked = Instant::now();
    let silent = || format!("it did not answer within {} seconds", TIME.as_secs());
    let mut client = connect(waiting).ok_or_else(|| {
        failed(if asked.elapsed() >= TIME {
            silent()
        } else {
            "no agent answers".to_owned()
        })
    })?;
    let data =
        ssh_key::public::KeyData::Ed25519(ssh_key::public::Ed25519PublicKey(*key.as_bytes()));
    let public = ssh_key::PublicKey::from(data);
    let answer = client.sign(&public, message).map_err(|e| {
        failed(if asked.elapsed() >= TIME {
            silent()
        } else {
            e.to_string()
        })
    })?;
    let bytes: [u8; 64] = answer
        .as_bytes()
        .try_into()
        .map_err(|_| failed("its signature is not 64 bytes".to_owned()))?;
    let signature = Signature::from_bytes(bytes);
    key.verify_strict(message, &signature)
        .map_err(|e| failed(e.to_string()))?;
    Ok(signature)
}

#[cfg(unix)]
fn connect(waiting: fn(&str)) -> Option<ssh_agent_client_rs::Client> {
    if SILENT.load(Ordering::Relaxed) {
        return None;
    }
    let path = folders::named("SSH_AUTH_SOCK")?;
    let told = move || waiting(WAITING);
    let socket = LocalSocket::connect(&path, TIME, told).ok()?;
    Some(ssh_agent_client_rs::Client::with_read_write(Box::new(
        socket,
    )))
}

/// Long enough to fetch a key from a drawer and touch it.
#[cfg(unix)]
const TIME: Duration = Duration::from_mins(2);

#[cfg(unix)]
const WAITING: &str = "waiting at most two minutes for the ssh-agent: it may be asking you to confirm, or to touch a key";

/// Whether the agent did not answer in time.
#[cfg(unix)]
static SILENT: AtomicBool = AtomicBool::new(false);

/// There is no agent on this system.
#[cfg(not(unix))]
pub fn holds(_key: &PublicKey, _waiting: fn(&str)) -> bool {
    false
}

/// There is no agent on this system.
#[cfg(not(unix))]
pub fn sign(_key: &PublicKey, _message: &[u8], _waiting: fn(&str)) -> Result<Signature, Error> {
    Err(Error::Agent {
        reason: "agents are not asked on this system".to_owned(),
    })
}
