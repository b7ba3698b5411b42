//! `checkpoint [rotate|retire]`: the newest signed head, as other people's software reads it; and the keys that sign it.

mod cosign;
pub mod request;
mod retire;
mod rotate;

use crate::app::read::show;
use crate::app::{Error, Session};
use crate::cli::context::{Answer, Context, OutputArgs};
use claimledger_core::TreeSize;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Print the newest signed checkpoint, or change the keys that sign it
///
/// The checkpoint is a C2SP tlog-checkpoint in a signed note. Keep it, and compare the ledger with it in a later audit
/// (`audit --against`). With --json the output has ledger, origin, size, root and vkey.
///
/// With --cosign the program asks all witnesses at once and waits at most 5 seconds for each. Exit codes of --cosign: 0 if
/// enough witnesses have cosigned this head; 1 if a witness refused, or has seen entries that this copy does not have; 3 if
/// too few witnesses answered.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
#[command(
    after_help = "Example:\n  claimledger checkpoint > kept.checkpoint\n  claimledger audit --against kept.checkpoint\n  \
                  claimledger checkpoint --cosign --witness-policy witnesses.policy"
)]
pub struct CheckpointArgs {
    /// Ask the witnesses to cosign the checkpoint. If enough of them do, keep it as `checkpoint.cosigned`
    #[arg(long)]
    pub cosign: bool,
    /// The witnesses and how many must cosign (C2SP tlog-policy) [default: the file `witnesses` in the ledger folder]
    #[arg(long, value_name = "FILE")]
    pub witness_policy: Option<PathBuf>,
    /// For --cosign: ask witnesses on this machine or in a local network too, now and after each later entry
    #[arg(long, requires = "cosign")]
    pub allow_private: bool,
    /// Write a request for a witness that has no network
    #[arg(long, value_name = "FILE", conflicts_with_all = ["cosign", "witness_policy"])]
    pub request: Option<PathBuf>,
    #[command(flatten)]
    pub over: OutputArgs,
    /// For --request: the size of the head that this witness cosigned last
    #[arg(long, value_name = "SIZE", default_value_t = TreeSize::EMPTY, requires = "request")]
    pub old: TreeSize,
    /// Add the cosignature of a witness that has no network
    #[arg(long, value_name = "FILE", conflicts_with_all = ["cosign", "request"])]
    pub add_cosignature: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Option<CheckpointCommand>,
}

/// The subcommands for the keys that sign checkpoints.
#[derive(Debug, Subcommand)]
pub enum CheckpointCommand {
    Rotate(rotate::CheckpointRotateArgs),
    Retire(retire::CheckpointRetireArgs),
}

/// Prints the checkpoint, or changes its keys.
pub fn run(args: &CheckpointArgs, context: &mut Context) -> Result<Answer, Error> {
    match &args.command {
        None if args.cosign => {
            cosign::ask(args.witness_policy.as_deref(), args.allow_private, context)
        }
        None => match (&args.request, &args.add_cosignature) {
            (Some(file), _) => request::run(file, args.old, args.over.force, context),
            (None, Some(file)) => cosign::take_in(file, args.witness_policy.as_deref(), context),
            (None, None) if args.witness_policy.is_some() => Err(Error::Usage(
                "--witness-policy needs --cosign or --add-cosignature".to_owned(),
            )),
            (None, None) => print(context),
        },
        Some(CheckpointCommand::Rotate(args)) => rotate::run(args, context),
        Some(CheckpointCommand::Retire(args)) => retire::run(args, context),
    }
}

fn print(context: &mut Context) -> Result<Answer, Error> {
    if context.terminal.json() {
        let session = Session::open(&context.desk)?;
        context.terminal.notes(&session.notes());
        let head = show::checkpoint(&session)?;
        context.terminal.answer(&head, String::new);
    } else {
        // The note alone needs no index.
        let session = Session::without_index(&context.desk)?;
        context.terminal.notes(&session.notes());
        let note = String::from_utf8_lossy(&session.head().checkpoint);
        context.terminal.exact(&note);
    }
    Ok(Answer::Yes)
}
