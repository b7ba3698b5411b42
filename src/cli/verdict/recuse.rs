//! `verdict recuse`: record that your own interests forbid you an opinion on a verdict.

use super::opinion::{OpinionArgs, attest};
use crate::app::Error;
use crate::cli::context::{Answer, Context};
use claimledger_core::model::attestation::Decision;
use clap::Args;

/// Record that your own interests forbid you an opinion on a verdict
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  \
                  claimledger verdict recuse closing-verdict --conflict \"I know the mayor.\"")]
pub struct VerdictRecuseArgs {
    #[command(flatten)]
    pub opinion: OpinionArgs,
}

/// Signs that the signer may not judge.
pub fn run(args: VerdictRecuseArgs, context: &mut Context) -> Result<Answer, Error> {
    attest(args.opinion, Decision::Recuse, None, context)
}
