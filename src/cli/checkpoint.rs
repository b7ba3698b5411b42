//! `checkpoint [rotate|retire]`: the newest signed head, as other people's software reads it; and the keys that sign it.

use super::adding::{self, AddingArgs};
use super::{Answer, Context};
use crate::app::{Catalog, Error, key_events, show};
use clap::{Args, Subcommand};

/// Options of `checkpoint`.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    long_about = "Prints the newest signed checkpoint (C2SP tlog-checkpoint in a signed note): keep it, and a later \
                  audit can be held against it. With --json: ledger, origin, size, root, vkey.",
    after_help = "Example:\n  claimledger checkpoint > kept.checkpoint\n  claimledger audit --against kept.checkpoint"
)]
pub struct CheckpointArgs {
    /// What to do with its keys.
    #[command(subcommand)]
    pub command: Option<CheckpointCommand>,
}

/// What to do with the keys that sign checkpoints.
#[derive(Debug, Subcommand)]
pub enum CheckpointCommand {
    /// Let a further key sign every checkpoint, beside the one before
    Rotate(RotateArgs),
    /// End a key: it signs no more checkpoints
    Retire(RetireArgs),
}

/// Options of `checkpoint rotate`.
#[derive(Debug, Args)]
#[command(
    long_about = "Lets a further key sign every checkpoint from here on. Both keys sign until the old one is retired, so \
                  that whoever follows this ledger by the old key finds the new one inside a history they have checked. \
                  Leave them time before `checkpoint retire`.",
    after_help = "Example:\n  claimledger key new ledger-2027 --no-passphrase\n  \
                  claimledger checkpoint rotate --to ledger-2027 --as mara"
)]
pub struct RotateArgs {
    /// The further key's name
    #[arg(long, value_name = "NAME")]
    pub to: String,
    /// How to add it.
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Options of `checkpoint retire`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger checkpoint retire ledger --as mara")]
pub struct RetireArgs {
    /// The key that ends: its name here, its fingerprint, or its public half
    pub name: String,
    /// How to add it.
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Prints the checkpoint, or changes its keys.
pub fn run(args: &CheckpointArgs, context: &mut Context) -> Result<Answer, Error> {
    match &args.command {
        None => print(context),
        Some(CheckpointCommand::Rotate(args)) => rotate(args, context),
        Some(CheckpointCommand::Retire(args)) => retire(args, context),
    }
}

fn rotate(args: &RotateArgs, context: &mut Context) -> Result<Answer, Error> {
    let (catalog, signer) = adding::open(context)?;
    let proposal =
        key_events::rotate_checkpoint(&context.desk, &catalog, &args.to, &mut context.terminal)?;
    adding::add(context, catalog, &signer, &args.adding, proposal)
}

fn retire(args: &RetireArgs, context: &mut Context) -> Result<Answer, Error> {
    let (catalog, signer) = adding::open(context)?;
    let proposal = key_events::retire_checkpoint(&context.desk, &catalog, &args.name)?;
    adding::add(context, catalog, &signer, &args.adding, proposal)
}

fn print(context: &mut Context) -> Result<Answer, Error> {
    let catalog = Catalog::open(&context.desk)?;
    context.terminal.notes(&catalog.notes);
    let head = show::checkpoint(&catalog);
    context.terminal.answer(&head, || head.note.clone());
    Ok(Answer::Yes)
}
