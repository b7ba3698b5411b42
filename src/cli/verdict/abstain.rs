//! `verdict abstain`: record that you have no opinion on a verdict.

use super::opinion::{OpinionArgs, attest};
use crate::app::Error;
use crate::cli::context::{Answer, Context};
use claimledger_core::model::attestation::Decision;
use clap::Args;

/// Record that you have no opinion on a verdict
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger verdict abstain closing-verdict")]
pub struct VerdictAbstainArgs {
    #[command(flatten)]
    pub opinion: OpinionArgs,
}

/// Signs that the signer has no opinion.
pub fn run(args: VerdictAbstainArgs, context: &mut Context) -> Result<Answer, Error> {
    attest(args.opinion, Decision::Abstain, None, context)
}
