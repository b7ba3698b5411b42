//! A key held by an ssh-agent, reached through `SSH_AUTH_SOCK`.

use super::Error;
#[cfg(unix)]
use crate::host::folders;
use claimledger_core::crypto::{PublicKey, Signature};

/// Whether an agent holds this key. An agent that does not answer holds nothing.
#[cfg(unix)]
pub fn holds(key: &PublicKey) -> bool {
    let Some(mut client) = connect() else {
        return false;
    };
    let Ok(identities) = client.list_all_identities() else {
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
#[cfg(unix)]
pub fn sign(key: &PublicKey, message: &[u8]) -> Result<Signature, Error> {
    let failed = |reason: String| Error::Agent { reason };
    let mut client = connect().ok_or_else(|| failed("no agent answers".to_owned()))?;
    let data =
        ssh_key::public::KeyData::Ed25519(ssh_key::public::Ed25519PublicKey(*key.as_bytes()));
    let public = ssh_key::PublicKey::from(data);
    let answer = client
        .sign(&public, message)
        .map_err(|e| failed(e.to_string()))?;
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
fn connect() -> Option<ssh_agent_client_rs::Client> {
    let socket = folders::named("SSH_AUTH_SOCK")?;
    ssh_agent_client_rs::Client::connect(&socket).ok()
}

/// There is no agent on this system.
#[cfg(not(unix))]
pub fn holds(_key: &PublicKey) -> bool {
    false
}

/// There is no agent on this system.
#[cfg(not(unix))]
pub fn sign(_key: &PublicKey, _message: &[u8]) -> Result<Signature, Error> {
    Err(Error::Agent {
        reason: "agents are not asked on this system".to_owned(),
    })
}
