//! `verdict approve`: approve the verdict of another reviewer.

use super::opinion::{OpinionArgs, attest};
use crate::app::Error;
use crate::cli::context::{Answer, Context};
use claimledger_core::model::attestation::Decision;
use clap::Args;

/// Approve the verdict of another reviewer
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  \
                  claimledger verdict approve closing-verdict --conflict none --as edith")]
pub struct VerdictApproveArgs {
    /// Why the traced origins that the policy requires are not needed here
    #[arg(long, value_name = "REASON")]
    pub exemption: Option<String>,
    #[command(flatten)]
    pub opinion: OpinionArgs,
}

/// Signs an approval.
pub fn run(args: VerdictApproveArgs, context: &mut Context) -> Result<Answer, Error> {
    attest(args.opinion, Decision::Approve, args.exemption, context)
}
