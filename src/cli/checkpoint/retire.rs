//! `checkpoint retire`: a key signs no more checkpoints.

use crate::app::Error;
use crate::app::keys::events;
use crate::cli::adding::{self, AddingArgs};
use crate::cli::context::{Answer, Context};
use clap::Args;

/// Retire a checkpoint key, so that it signs no more checkpoints
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger checkpoint retire ledger --as mara")]
pub struct CheckpointRetireArgs {
    /// The key: its name here, its fingerprint or its public half
    #[arg(value_name = "KEY")]
    pub name: String,
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Ends a checkpoint key.
pub fn run(args: &CheckpointRetireArgs, context: &mut Context) -> Result<Answer, Error> {
    let (session, signer) = adding::open(context)?;
    let proposal = events::retire_checkpoint(&context.desk, &session, &args.name)?;
    adding::add(context, session, &signer, &args.adding, proposal)
}
