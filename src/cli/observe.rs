//! `observe`: records another ledger's checkpoint here.

use super::adding::{self, AddingArgs};
use super::context::{Answer, Context};
use crate::app::Error;
use crate::app::record::observe;
use claimledger_core::tlog::note::VerifierKey;
use clap::Args;
use std::path::PathBuf;

/// Store the checkpoint of another ledger in this one
///
/// The new entry says how the other ledger looked at this time. If its owner later rewrites the history before that
/// checkpoint, the entry proves it. All later observations of that ledger must have the same key as the first one.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger observe partner.checkpoint --vkey \"$PARTNER_VKEY\""
)]
pub struct ObserveArgs {
    /// The file with the signed checkpoint
    #[arg(value_name = "FILE")]
    pub checkpoint: PathBuf,
    /// The verifier key of the other ledger
    #[arg(long, value_name = "VKEY")]
    pub vkey: VerifierKey,
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Keeps a checkpoint.
pub fn run(args: &ObserveArgs, context: &mut Context) -> Result<Answer, Error> {
    let proposal = observe::observe(&args.checkpoint, &args.vkey)?;
    let (session, signer) = adding::open(context)?;
    adding::add(context, session, &signer, &args.adding, proposal)
}
