//! `key revoke`: ends a key.

use crate::app::Error;
use crate::app::keys::events::{self, NewRevocation};
use crate::app::read::impact;
use crate::app::when::When;
use crate::cli::adding::{self, AddingArgs};
use crate::cli::context::{self, Answer, Context};
use claimledger_core::model::key_event::RevocationReason;
use clap::Args;

/// Revoke a key, so that it can no longer sign
///
/// The statements that the key signed before keep their effect, except with --reason compromised. With this reason you must
/// also give --distrust-from: the statements that the key signed from that entry on are distrusted and lose their effect.
/// `key impact` shows which statements these are, before you sign.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger key revoke jonas --reason left --as mara\n  \
                        claimledger key revoke jonas --reason compromised --distrust-from 41 --as mara"
)]
pub struct KeyRevokeArgs {
    /// The key: its name here, its fingerprint, its public half or its holder (desk/rita if two organisations have a rita)
    pub key: String,
    /// Why: superseded, left, lost or compromised
    #[arg(long, value_name = "REASON")]
    pub reason: RevocationReason,
    /// For --reason compromised: the first entry that is no longer trusted, or the day from whose beginning on (YYYY-MM-DD); 0
    /// if the key was never to be trusted
    #[arg(long, value_name = "ENTRY|DATE")]
    pub distrust_from: Option<When>,
    /// A remark
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Revokes a key.
pub fn run(args: &KeyRevokeArgs, context: &mut Context) -> Result<Answer, Error> {
    let (session, signer) = adding::open(context)?;
    let distrust_from = context::entry(args.distrust_from, &session, &mut context.terminal)?;
    let new = NewRevocation {
        key: args.key.clone(),
        reason: args.reason,
        distrust_from,
        note: args.note.clone(),
    };
    let proposal = events::revoke(&context.desk, &session, &new)?;
    if distrust_from.is_some() && !args.adding.yes && context.terminal.attended() {
        let impact = impact::key_impact(&context.desk, &session, &args.key, distrust_from, None)?;
        context.terminal.preview(&super::impact::fallen(&impact));
    }
    adding::add(context, session, &signer, &args.adding, proposal)
}
