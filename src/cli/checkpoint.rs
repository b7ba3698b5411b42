//! `checkpoint`: the newest signed head, as other people's software reads it.

use super::{Answer, Context};
use crate::app::{Catalog, Error, show};
use clap::Args;

/// Options of `checkpoint`.
#[derive(Debug, Clone, Copy, Args)]
#[command(
    long_about = "Prints the newest signed checkpoint (C2SP tlog-checkpoint in a signed note): keep it, and a later \
                  audit can be held against it. With --json: ledger, origin, size, root, vkey.",
    after_help = "Example:\n  claimledger checkpoint > kept.checkpoint\n  claimledger audit --against kept.checkpoint"
)]
pub struct CheckpointArgs {}

/// Prints the checkpoint.
pub fn run(_args: CheckpointArgs, context: &mut Context) -> Result<Answer, Error> {
    let catalog = Catalog::open(&context.desk)?;
    context.terminal.notes(&catalog.notes);
    let head = show::checkpoint(&catalog);
    context.terminal.answer(&head, || head.note.clone());
    Ok(Answer::Yes)
}
