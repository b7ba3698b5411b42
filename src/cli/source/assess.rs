//! `source assess`: what a source is to a claim.

use crate::app::Error;
use crate::app::record::relation::{self, NewAssessment};
use crate::cli::adding::{self, AddingArgs, CorrectingArgs};
use crate::cli::context::{Answer, Context};
use claimledger_core::model::assessment::OriginKind;
use clap::Args;

/// Record whether a source is first-hand for a claim, or the claimant's own word
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger source assess count lorries --as-origin firstHand \
                        --how \"The office counted the vehicles itself.\""
)]
pub struct SourceAssessArgs {
    /// The source
    pub source: String,
    /// The claim
    pub claim: String,
    /// What the source is to the claim: firstHand, claimant, speaksForClaimant or notFirstHand. For a claim about an
    /// utterance, a recording of the act is firstHand
    #[arg(long, value_name = "KIND")]
    pub as_origin: OriginKind,
    /// How you know it
    #[arg(long, value_name = "TEXT")]
    pub how: String,
    #[command(flatten)]
    pub correcting: CorrectingArgs,
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Records what a source is to a claim.
pub fn run(args: SourceAssessArgs, context: &mut Context) -> Result<Answer, Error> {
    let (session, signer) = adding::open(context)?;
    let new = NewAssessment {
        source: args.source,
        claim: args.claim,
        as_origin: args.as_origin,
        how: args.how,
        correction: args.correcting.correction(),
    };
    let note = relation::recording_note(&session, &new)?;
    context.terminal.notes(&note);
    let proposal = relation::assess(&session, &new)?;
    adding::add(context, session, &signer, &args.adding, proposal)
}
