//! `evidence add|list`: what a source's own words do to a claim.

use super::adding::{self, AddingArgs, CorrectingArgs};
use super::show::{self, AboutArgs};
use super::{Answer, Context, at_length};
use crate::app::Error;
use crate::app::record::evidence::{self, NewEvidence};
use claimledger_core::model::StatementType;
use claimledger_core::model::evidence::Stance;
use clap::{Args, Subcommand};

/// What to do with evidence.
#[derive(Debug, Subcommand)]
pub enum EvidenceCommand {
    /// Weigh a source's words for or against a claim
    #[command(long_about = at_length::<AddArgs>())]
    Add(Box<AddArgs>),
    /// List the evidence, all of it or that about one claim or source
    #[command(after_help = "Example:\n  claimledger evidence list closing")]
    List(AboutArgs),
}

/// Options of `evidence add`.
#[derive(Debug, Args)]
#[command(
    long_about = "Says what a source does to a claim: supports, refutes, is mixed, gives context; with the quotation \
                  that says it, looked up exactly in the text that is held. Or that a search found nothing, which is \
                  never a refutation.",
    after_help = "Example:\n  claimledger evidence add closing wire --stance supports \
                  --quote \"The bridge will be closed to lorries\"\n  \
                  claimledger evidence add closing --stance notFound --searched \"the council's minutes\" --on 2026-03-11"
)]
pub struct AddArgs {
    /// The claim
    pub claim: String,
    /// The source
    pub source: Option<String>,
    /// What it does to the claim: supports, refutes, mixed, context or notFound
    #[arg(long, value_name = "S")]
    pub stance: Stance,
    /// The words that say it, exactly as the source has them
    #[arg(long, value_name = "TEXT")]
    pub quote: Option<String>,
    /// The words just before the quotation, where it stands more than once
    #[arg(long, value_name = "P", requires = "quote")]
    pub prefix: Option<String>,
    /// The words just after it
    #[arg(long, value_name = "S", requires = "quote")]
    pub suffix: Option<String>,
    /// The nearest upstream source that the quotation names; may be given more than once
    #[arg(long, value_name = "SOURCE")]
    pub via: Vec<String>,
    /// Where was searched, for notFound
    #[arg(long, value_name = "WHERE")]
    pub searched: Option<String>,
    /// The day of the search
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
    /// A remark
    #[arg(long, value_name = "N")]
    pub note: Option<String>,
    /// What it puts right.
    #[command(flatten)]
    pub correcting: CorrectingArgs,
    /// How to add it.
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Runs `evidence …`.
pub fn run(command: EvidenceCommand, context: &mut Context) -> Result<Answer, Error> {
    match command {
        EvidenceCommand::Add(args) => add(*args, context),
        EvidenceCommand::List(args) => show::about(StatementType::EvidenceAdd, &args, context),
    }
}

fn add(args: AddArgs, context: &mut Context) -> Result<Answer, Error> {
    let (catalog, signer) = adding::open(context)?;
    let new = NewEvidence {
        claim: args.claim,
        source: args.source,
        stance: args.stance,
        quote: args.quote,
        prefix: args.prefix,
        suffix: args.suffix,
        via: args.via,
        searched: args.searched,
        on: args.on,
        note: args.note,
        correction: args.correcting.correction(),
    };
    let proposal = evidence::propose(&catalog, &new)?;
    adding::add(context, catalog, &signer, &args.adding, proposal)
}
