//! `observe`: keeps another ledger's checkpoint here.

use super::adding::{self, AddingArgs};
use super::{Answer, Context};
use crate::app::Error;
use crate::app::record::observe;
use claimledger_core::tlog::note::VerifierKey;
use clap::Args;
use std::path::PathBuf;

/// Options of `observe`.
#[derive(Debug, Args)]
#[command(
    long_about = "Keeps another ledger's signed checkpoint in this one, verbatim: should that ledger be rewritten, this \
                  entry tells against it. The first observation of a ledger pins its key.",
    after_help = "Example:\n  claimledger observe partner.checkpoint --vkey \"$PARTNER_VKEY\""
)]
pub struct ObserveArgs {
    /// The file that holds the signed checkpoint
    pub checkpoint: PathBuf,
    /// The other ledger's verifier key
    #[arg(long, value_name = "V")]
    pub vkey: VerifierKey,
    /// How to add it.
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Keeps a checkpoint.
pub fn run(args: &ObserveArgs, context: &mut Context) -> Result<Answer, Error> {
    let proposal = observe::observe(&args.checkpoint, &args.vkey)?;
    let (catalog, signer) = adding::open(context)?;
    adding::add(context, catalog, &signer, &args.adding, proposal)
}
