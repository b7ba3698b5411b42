//! `export prov`: the chain of a claim as PROV-JSON.

use super::counts::ChainCounts;
use super::writing::WritingArgs;
use crate::app::Error;
use crate::app::publish::{chain, verdicts};
use crate::cli::context::{Answer, Context};
use clap::Args;

/// Write the chain of a claim as PROV-JSON (W3C PROV)
///
/// Entities are the claim in all its forms, its sources and the copies of them, the evidence and the verdicts; activities are
/// the captures and signings; agents are the people, their organisations and the software. What no longer stands is in it,
/// with what invalidated it.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger export prov closing --out closing.provn.json")]
pub struct ProvArgs {
    /// The claim, by number, label or id
    #[arg(value_name = "CLAIM")]
    pub claim: String,
    #[command(flatten)]
    pub writing: WritingArgs,
}

/// Writes the chain.
pub fn run(args: &ProvArgs, context: &mut Context) -> Result<Answer, Error> {
    let session = args.writing.session(context)?;
    let forms = verdicts::forms(&session, std::slice::from_ref(&args.claim))?;
    let made = chain::chain(&session, &forms.unwrap_or_default())?;
    let counts = ChainCounts {
        entries: made.entries,
    };
    let said = [format!("{} statements", made.entries)];
    args.writing
        .write(context, &made.document.written(), &counts, &said)
}
