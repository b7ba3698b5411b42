//! `snapshot withhold`: stops publishing bytes of a source.

use crate::app::Error;
use crate::app::record::capture::{self, NewWithholding};
use crate::cli::adding::{self, AddingArgs};
use crate::cli::context::{Answer, Context};
use claimledger_core::crypto::Digest;
use clap::Args;

/// Stop publishing the stored bytes of a source, and say why
///
/// The bytes stay in this copy. `export` no longer publishes them.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger snapshot withhold letter --reason \"It names a private person.\""
)]
pub struct SnapshotWithholdArgs {
    /// The source, or the capture, to which the bytes belong
    #[arg(value_name = "SOURCE")]
    pub entry: String,
    /// The reason
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// The SHA-256 of the bytes, if the source was captured more than once
    #[arg(long, value_name = "SHA256")]
    pub sha256: Option<Digest>,
    /// Withhold these bytes wherever they stand, in every source, now and later. Only an admin of the founder's organisation can
    /// do this
    #[arg(long)]
    pub everywhere: bool,
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Withholds bytes.
pub fn run(args: SnapshotWithholdArgs, context: &mut Context) -> Result<Answer, Error> {
    let (session, signer) = adding::open(context)?;
    let new = NewWithholding {
        target: args.entry,
        sha256: args.sha256,
        reason: args.reason,
        everywhere: args.everywhere,
    };
    let proposal = capture::withhold(&session, &new)?;
    adding::add(context, session, &signer, &args.adding, proposal)
}
