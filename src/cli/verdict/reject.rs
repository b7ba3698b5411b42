//! `verdict reject`: reject the verdict of another reviewer.

use super::opinion::{OpinionArgs, attest};
use crate::app::Error;
use crate::cli::context::{Answer, Context};
use claimledger_core::model::attestation::Decision;
use clap::Args;

/// Reject the verdict of another reviewer
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  \
                  claimledger verdict reject closing-verdict --note \"The reply is missing.\"")]
pub struct VerdictRejectArgs {
    #[command(flatten)]
    pub opinion: OpinionArgs,
}

/// Signs a rejection.
pub fn run(args: VerdictRejectArgs, context: &mut Context) -> Result<Answer, Error> {
    attest(args.opinion, Decision::Reject, None, context)
}
