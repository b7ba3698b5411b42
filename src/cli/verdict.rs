//! `verdict issue|approve|reject|abstain|recuse|publish|list`: a reviewer's conclusion, and what others say of it.

use super::adding::{self, AddingArgs, CorrectingArgs};
use super::{Answer, AtArgs, Context, show};
use crate::app::read::standing;
use crate::app::record::attestation::{self, NewAttestation, NewPublication};
use crate::app::record::verdict::{self, NewVerdict};
use crate::app::{Catalog, Error};
use claimledger_core::model::attestation::Decision;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// What to do with verdicts.
#[derive(Debug, Subcommand)]
pub enum VerdictCommand {
    /// Sign a verdict on a claim
    Issue(Box<IssueArgs>),
    /// List the verdicts and where they stand
    List(ListArgs),
    /// Approve another reviewer's verdict
    #[command(
        after_help = "Example:\n  claimledger verdict approve closing-verdict --conflict none --as edith"
    )]
    Approve(AttestArgs),
    /// Reject another reviewer's verdict
    #[command(
        after_help = "Example:\n  claimledger verdict reject closing-verdict --note \"The reply is missing.\""
    )]
    Reject(AttestArgs),
    /// Have no opinion on a verdict
    #[command(after_help = "Example:\n  claimledger verdict abstain closing-verdict")]
    Abstain(AttestArgs),
    /// Have interests that forbid an opinion on a verdict
    #[command(
        after_help = "Example:\n  claimledger verdict recuse closing-verdict --conflict \"I know the mayor.\""
    )]
    Recuse(AttestArgs),
    /// Say where a verdict was published
    Publish(PublishArgs),
}

/// Options of `verdict approve` and its like.
#[derive(Debug, Args)]
pub struct AttestArgs {
    /// The verdict
    pub verdict: String,
    /// The signer's interests in the matter, or none
    #[arg(long, value_name = "T")]
    pub conflict: Option<String>,
    /// A remark
    #[arg(long, value_name = "N")]
    pub note: Option<String>,
    /// Why the policy's demand for traced origins is waived; with approve only
    #[arg(long, value_name = "T")]
    pub exemption: Option<String>,
    /// How to add it.
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Options of `verdict publish`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger verdict publish closing-verdict --url https://desk.example/closing --page closing.html"
)]
pub struct PublishArgs {
    /// The verdict
    pub verdict: String,
    /// Where it was published
    #[arg(long, value_name = "U")]
    pub url: String,
    /// When: YYYY-MM-DDThh:mm:ssZ [default: now]
    #[arg(long, value_name = "TIME")]
    pub published: Option<String>,
    /// The page as it was published; its digest is recorded
    #[arg(long, value_name = "FILE")]
    pub page: Option<PathBuf>,
    /// How to add it.
    #[command(flatten)]
    pub adding: AddingArgs,
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

/// Options of `verdict list`.
#[derive(Debug, Clone, Copy, Args)]
#[command(
    after_help = "Example:\n  claimledger verdict list\n  claimledger verdict list --changed"
)]
pub struct ListArgs {
    /// Only those whose corroboration has changed since they were signed
    #[arg(long)]
    pub changed: bool,
    /// As of when.
    #[command(flatten)]
    pub at: AtArgs,
}

/// Runs `verdict …`.
pub fn run(command: VerdictCommand, context: &mut Context) -> Result<Answer, Error> {
    match command {
        VerdictCommand::Issue(args) => issue(*args, context),
        VerdictCommand::List(args) => list(args, context),
        VerdictCommand::Approve(args) => attest(args, Decision::Approve, context),
        VerdictCommand::Reject(args) => attest(args, Decision::Reject, context),
        VerdictCommand::Abstain(args) => attest(args, Decision::Abstain, context),
        VerdictCommand::Recuse(args) => attest(args, Decision::Recuse, context),
        VerdictCommand::Publish(args) => publish(args, context),
    }
}

fn list(args: ListArgs, context: &mut Context) -> Result<Answer, Error> {
    let catalog = Catalog::open(&context.desk)?;
    context.terminal.notes(&catalog.notes);
    let mut all = standing::list(&catalog, args.at.at)?;
    if args.changed {
        all.retain(|verdict| verdict.moved.is_some() && verdict.standing.holds());
    }
    context.terminal.answer(&all, || {
        if all.is_empty() {
            return "none\n".to_owned();
        }
        let rows = all.iter().map(|verdict| {
            let mut words = verdict.words.clone();
            words.extend(verdict.moved.iter().filter_map(show::since));
            vec![
                format!("#{}", verdict.line.index),
                verdict.line.issued.clone(),
                verdict.line.label.clone().unwrap_or_default(),
                verdict.line.holder.clone(),
                show::clip(&verdict.line.words, 40),
                show::clip(&verdict.claim_text, 60),
                words.join("; "),
            ]
        });
        let head = [
            "entry", "issued", "label", "by", "rating", "claim", "standing",
        ];
        show::table(&head, rows)
    });
    Ok(Answer::Yes)
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

fn attest(args: AttestArgs, decision: Decision, context: &mut Context) -> Result<Answer, Error> {
    let (catalog, signer) = adding::open(context)?;
    let new = NewAttestation {
        verdict: args.verdict,
        decision,
        conflict: args.conflict,
        note: args.note,
        exemption: args.exemption,
    };
    let proposal = attestation::attest(&catalog, &new)?;
    adding::add(context, catalog, &signer, &args.adding, proposal)
}

fn publish(args: PublishArgs, context: &mut Context) -> Result<Answer, Error> {
    let (catalog, signer) = adding::open(context)?;
    let new = NewPublication {
        verdict: args.verdict,
        url: args.url,
        published: args.published,
        page: args.page,
    };
    let proposal = attestation::publish(&context.desk, &catalog, &new)?;
    adding::add(context, catalog, &signer, &args.adding, proposal)
}
