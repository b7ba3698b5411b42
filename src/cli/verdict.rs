//! `verdict issue|list`: a reviewer's conclusion.

use super::adding::{self, AddingArgs, CorrectingArgs};
use super::{Answer, AtArgs, Context, show};
use crate::app::Error;
use crate::app::verdict::{self, NewVerdict};
use crate::model::StatementType;
use clap::{Args, Subcommand};

/// What to do with verdicts.
#[derive(Debug, Subcommand)]
pub enum VerdictCommand {
    /// Sign a verdict on a claim
    Issue(Box<IssueArgs>),
    /// List the verdicts
    #[command(after_help = "Example:\n  claimledger verdict list")]
    List(AtArgs),
}

/// Options of `verdict issue`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger verdict issue closing --rating true \
                        --why \"The council's order says so.\" --contacted 2026-03-11 --no-reply --conflict none"
)]
pub struct IssueArgs {
    /// The claim
    pub claim: String,
    /// The rating: a label or code of the scale
    #[arg(long, value_name = "LABEL")]
    pub rating: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub why: String,
    /// The scale version [default: the newest]
    #[arg(long, value_name = "ID")]
    pub scale: Option<String>,
    /// Evidence it rests on; may be given more than once [default: all about the claim]
    #[arg(long, value_name = "ID")]
    pub evidence: Vec<String>,
    /// What could not be found out
    #[arg(long, value_name = "T")]
    pub limits: Option<String>,
    /// The day on which the claimant was asked
    #[arg(long, value_name = "DATE", conflicts_with = "not_contacted")]
    pub contacted: Option<String>,
    /// The source that holds the reply
    #[arg(long, value_name = "SOURCE", requires = "contacted")]
    pub reply: Option<String>,
    /// No reply came
    #[arg(long, requires = "contacted", conflicts_with = "reply")]
    pub no_reply: bool,
    /// Why the claimant was not asked
    #[arg(long, value_name = "WHY")]
    pub not_contacted: Option<String>,
    /// The signer's interests in the matter, or none
    #[arg(long, value_name = "T")]
    pub conflict: Option<String>,
    /// What it puts right.
    #[command(flatten)]
    pub correcting: CorrectingArgs,
    /// How to add it.
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Runs `verdict …`.
pub fn run(command: VerdictCommand, context: &mut Context) -> Result<Answer, Error> {
    match command {
        VerdictCommand::Issue(args) => issue(*args, context),
        VerdictCommand::List(at) => show::list(StatementType::VerdictIssue, at, context),
    }
}

fn issue(args: IssueArgs, context: &mut Context) -> Result<Answer, Error> {
    if args.contacted.is_some() && args.reply.is_none() && !args.no_reply {
        return Err(Error::Usage(
            "say what came of asking: --reply SOURCE or --no-reply".to_owned(),
        ));
    }
    let (catalog, signer) = adding::open(context)?;
    let new = NewVerdict {
        claim: args.claim,
        rating: args.rating,
        why: args.why,
        scale: args.scale,
        evidence: args.evidence,
        limits: args.limits,
        contacted: args.contacted,
        reply: args.reply,
        not_contacted: args.not_contacted,
        conflict: args.conflict,
        correction: args.correcting.correction(),
    };
    let proposal = verdict::propose(&catalog, &new)?;
    adding::add(context, catalog, &signer, &args.adding, proposal)
}
