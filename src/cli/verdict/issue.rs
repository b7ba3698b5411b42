//! `verdict issue`: signs a verdict on a claim.

use crate::app::Error;
use crate::app::record::verdict::{self, NewVerdict};
use crate::cli::adding::{self, AddingArgs, CorrectingArgs};
use crate::cli::context::{Answer, Context};
use crate::keystore;
use clap::Args;

/// Sign a verdict on a claim
///
/// A verdict has a rating, the reasons, the evidence, what could not be found out, and whether the claimant was asked. The
/// program computes how independent the evidence is and puts the numbers into the verdict.
///
/// Then another person approves the verdict with `verdict approve`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger verdict issue closing --rating true \
                        --why \"The council's order says so.\" --contacted 2026-03-11 --no-reply --conflict none"
)]
pub struct VerdictIssueArgs {
    /// The claim
    pub claim: String,
    /// The rating: a label or a code of the rating scale
    #[arg(long, value_name = "RATING")]
    pub rating: String,
    /// The reasons for the rating
    #[arg(long, value_name = "TEXT")]
    pub why: String,
    /// The rating scale: its short name, or the number, label or id of one version [default: the only scale of your organisation]
    #[arg(long, value_name = "SCALE")]
    pub scale: Option<String>,
    /// Evidence that the verdict rests on. You can give it more than once [default: all evidence about the claim that
    /// your organisation or one under `evidence-from` of its policy signed, except context]
    #[arg(long, value_name = "EVIDENCE", value_delimiter = ',')]
    pub evidence: Vec<String>,
    /// What could not be found out
    #[arg(long, value_name = "TEXT")]
    pub limits: Option<String>,
    /// The day on which you asked the claimant
    #[arg(long, value_name = "DATE", conflicts_with = "not_contacted")]
    pub contacted: Option<String>,
    /// The source with the reply of the claimant
    #[arg(long, value_name = "SOURCE", requires = "contacted")]
    pub reply: Option<String>,
    /// The claimant did not reply
    #[arg(long, requires = "contacted", conflicts_with = "reply")]
    pub no_reply: bool,
    /// Why you did not ask the claimant
    #[arg(long, value_name = "REASON")]
    pub not_contacted: Option<String>,
    /// The signer's own interests in the matter, or the word none
    #[arg(long, value_name = "TEXT")]
    pub conflict: Option<String>,
    /// Adopt a recorded review of the same claim that your organisation published before
    #[arg(long, value_name = "REVIEW")]
    pub adopts: Option<String>,
    #[command(flatten)]
    pub correcting: CorrectingArgs,
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Signs a verdict.
pub fn run(args: VerdictIssueArgs, context: &mut Context) -> Result<Answer, Error> {
    let (session, signer) = adding::open(context)?;
    let new = NewVerdict {
        claim: args.claim,
        rating: args.rating,
        why: args.why,
        scale: args.scale,
        evidence: args.evidence,
        limits: args.limits,
        contacted: args.contacted,
        reply: args.reply,
        no_reply: args.no_reply,
        not_contacted: args.not_contacted,
        conflict: args.conflict,
        adopts: args.adopts,
        correction: args.correcting.correction(),
    };
    let (key, _) = keystore::file::read_public(&context.desk.keys, &signer)?;
    let proposal = verdict::propose(&session, &new, &key)?;
    adding::add(context, session, &signer, &args.adding, proposal)
}
