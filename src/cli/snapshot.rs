//! `snapshot withhold`: bytes of a source that are no longer shown.

use super::adding::{self, AddingArgs};
use super::{Answer, Context};
use crate::app::Error;
use crate::app::record::capture::{self, NewWithholding};
use claimledger_core::crypto::Digest;
use clap::{Args, Subcommand};

/// What to do with snapshots.
#[derive(Debug, Subcommand)]
pub enum SnapshotCommand {
    /// Say that bytes of a source are no longer shown, and why
    Withhold(WithholdArgs),
}

/// Options of `snapshot withhold`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger snapshot withhold letter --reason \"It names a private person.\""
)]
pub struct WithholdArgs {
    /// The source, or the capture, whose bytes they are
    pub id: String,
    /// Why
    #[arg(long, value_name = "T")]
    pub reason: String,
    /// Which bytes, by SHA-256; needed where a source was captured more than once
    #[arg(long, value_name = "DIGEST")]
    pub sha256: Option<Digest>,
    /// How to add it.
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Runs `snapshot …`.
pub fn run(command: SnapshotCommand, context: &mut Context) -> Result<Answer, Error> {
    let SnapshotCommand::Withhold(args) = command;
    let (catalog, signer) = adding::open(context)?;
    let new = NewWithholding {
        target: args.id,
        sha256: args.sha256,
        reason: args.reason,
    };
    let proposal = capture::withhold(&catalog, &new)?;
    adding::add(context, catalog, &signer, &args.adding, proposal)
}
