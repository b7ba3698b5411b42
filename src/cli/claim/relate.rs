//! `claim relate`: how a claim relates to another.

use crate::app::Error;
use crate::app::record::relation::{self, NewClaimRelation};
use crate::cli::adding::{self, AddingArgs, CorrectingArgs};
use crate::cli::context::{Answer, Context};
use claimledger_core::model::relation::ClaimRelation;
use clap::Args;

/// Record how one claim relates to another
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger claim relate closing-de translationOf closing\n  \
                        claimledger claim relate closing sameAs \"other.example/log#3f8a…64 digits\""
)]
pub struct ClaimRelateArgs {
    /// The claim that relates to the other
    #[arg(value_name = "CLAIM")]
    pub from: String,
    /// How it relates: sameAs, variantOf, translationOf, partOf, contradicts or reports
    pub relation: ClaimRelation,
    /// The other claim. Write origin#id for a claim of another ledger
    #[arg(value_name = "OTHER-CLAIM")]
    pub to: String,
    /// A remark
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    #[command(flatten)]
    pub correcting: CorrectingArgs,
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Records how two claims relate.
pub fn run(args: ClaimRelateArgs, context: &mut Context) -> Result<Answer, Error> {
    let (session, signer) = adding::open(context)?;
    let new = NewClaimRelation {
        from: args.from,
        relation: args.relation,
        to: args.to,
        note: args.note,
        correction: args.correcting.correction(),
    };
    let proposal = relation::relate_claims(&session, &new)?;
    adding::add(context, session, &signer, &args.adding, proposal)
}
