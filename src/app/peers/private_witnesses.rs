//! Witnesses on this machine or in a local network: asked only once a person has agreed.
//!
//! The file `witnesses` lies in the ledger's folder and can come with it from somebody else. It must not make this
//! machine send requests inside its own network. What a person agreed to is remembered in this machine's state folder,
//! one address on each line, and holds for that address alone.

use crate::app::{Code, Desk, Error};
use crate::host::{durable, files};
use crate::transport::{Client, Limits};
use claimledger_core::Code as Core;
use claimledger_core::tlog::policy::{PolicyWitness, WitnessPolicy};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// The clients for witnesses of either kind.
pub(in crate::app) struct WitnessClients {
    public: Client,
    private: Client,
    agreed: BTreeSet<String>,
}

impl WitnessClients {
    /// Clients with these limits, which reach private addresses that a person agreed to.
    pub fn new(desk: &Desk, limits: Limits) -> Result<Self, Error> {
        let client = |private_addresses| {
            desk.client_within(Limits {
                private_addresses,
                ..limits
            })
        };
        Ok(Self {
            public: client(false),
            private: client(true),
            agreed: agreed(desk)?,
        })
    }

    /// The client that asks this witness.
    pub fn of(&self, listed: &PolicyWitness) -> &Client {
        match &listed.url {
            Some(url) if self.agreed.contains(url) => &self.private,
            _ => &self.public,
        }
    }
}

/// Remembers that a person agreed to the addresses of this policy, wherever they lead.
pub fn agree(desk: &Desk, policy: &WitnessPolicy) -> Result<(), Error> {
    let mut all = agreed(desk)?;
    let before = all.len();
    all.extend(policy.witnesses.iter().filter_map(|w| w.url.clone()));
    if all.len() == before {
        return Ok(());
    }
    files::make_folder(&desk.state)?;
    let mut text = all.into_iter().collect::<Vec<String>>().join("\n");
    text.push('\n');
    Ok(durable::replace_file(&memory(desk), text.as_bytes())?)
}

/// What to do about witnesses that were not asked because of where their addresses lead; none if all were asked.
pub(in crate::app) fn advice(codes: impl IntoIterator<Item = Code>) -> Option<String> {
    let private = Code::Core(Core::PrivateAddress);
    codes.into_iter().any(|code| code == private).then(|| {
        "if you know this witness, run `claimledger checkpoint --cosign --allow-private` once; this machine remembers \
         that you agreed to its address"
            .to_owned()
    })
}

fn agreed(desk: &Desk) -> Result<BTreeSet<String>, Error> {
    let bytes = files::read_if_there(&memory(desk))?.unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.lines().map(str::to_owned).collect())
}

fn memory(desk: &Desk) -> PathBuf {
    desk.state.join("private-witnesses")
}
