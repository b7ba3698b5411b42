//! `key revoke`: ends a key.

use crate::app::Error;
use crate::app::keys::events::{self, NewRevocation};
use crate::cli::adding::{self, AddingArgs};
use crate::cli::context::{Answer, Context};
use claimledger_core::model::key_event::RevocationReason;
use clap::Args;

/// Revoke a key, so that it can no longer sign
///
/// If the key was stolen, give --reason compromised and --distrust-from: the ledger then distrusts what the key signed from
/// that entry on. `key impact` shows the effect before you sign.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger key revoke jonas --reason left --as mara\n  \
                        claimledger key revoke jonas --reason compromised --distrust-from 41 --as mara"
)]
pub struct KeyRevokeArgs {
    /// The key: its name here, its fingerprint, its public half or its holder
    pub key: String,
    /// Why: superseded, left, lost or compromised
    #[arg(long, value_name = "REASON")]
    pub reason: RevocationReason,
    /// For a compromised key: the first entry that is no longer trusted
    #[arg(long, value_name = "ENTRY")]
    pub distrust_from: Option<u64>,
    /// A remark
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Revokes a key.
pub fn run(args: &KeyRevokeArgs, context: &mut Context) -> Result<Answer, Error> {
    let (session, signer) = adding::open(context)?;
    let new = NewRevocation {
        key: args.key.clone(),
        reason: args.reason,
        distrust_from: args.distrust_from,
        note: args.note.clone(),
    };
    let proposal = events::revoke(&context.desk, &session, &new)?;
    adding::add(context, session, &signer, &args.adding, proposal)
}
