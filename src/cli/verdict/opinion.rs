//! Another person's opinion on a verdict; shared by `verdict approve`, `reject`, `abstain` and `recuse`.

use crate::app::Error;
use crate::app::record::attestation::{self, NewAttestation};
use crate::cli::adding::{self, AddingArgs};
use crate::cli::context::{Answer, Context};
use claimledger_core::model::attestation::Decision;
use clap::Args;

/// What every opinion on a verdict has.
#[derive(Debug, Args)]
pub struct OpinionArgs {
    /// The verdict
    pub verdict: String,
    /// The signer's own interests in the matter, or the word none
    #[arg(long, value_name = "TEXT")]
    pub conflict: Option<String>,
    /// A remark
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Records an opinion on a verdict.
pub fn attest(
    args: OpinionArgs,
    decision: Decision,
    exemption: Option<String>,
    context: &mut Context,
) -> Result<Answer, Error> {
    let (session, signer) = adding::open(context)?;
    let new = NewAttestation {
        verdict: args.verdict,
        decision,
        conflict: args.conflict,
        note: args.note,
        exemption,
    };
    let proposal = attestation::attest(&session, &new)?;
    adding::add(context, session, &signer, &args.adding, proposal)
}
