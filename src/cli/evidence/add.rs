//! `evidence add`: records what a source says for or against a claim.

use crate::app::Error;
use crate::app::record::evidence::{self, NewEvidence};
use crate::cli::adding::{self, AddingArgs, CorrectingArgs};
use crate::cli::context::{Answer, Context};
use crate::cli::quoting;
use claimledger_core::model::evidence::Stance;
use clap::Args;

/// Record what a source says for or against a claim
///
/// --stance says what the source does: it supports the claim, refutes it, does both (mixed), or gives context. Quote the
/// words that say so. The program looks for exactly these words in the stored text, and refuses the quotation if they are
/// not there. If the source has words that look the same, it shows them and asks whether to use them; --nearest uses them
/// without asking.
///
/// If you searched and found nothing, record the search with --stance notFound. It never counts against the claim.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger evidence add closing wire --stance supports \
                  --quote \"The bridge will be closed to lorries\"\n  \
                  claimledger evidence add closing --stance notFound --searched \"the council's minutes\" --on 2026-03-11"
)]
pub struct EvidenceAddArgs {
    /// The claim
    pub claim: String,
    /// The source
    pub source: Option<String>,
    /// What the evidence does: supports, refutes, mixed, context or notFound
    #[arg(long, value_name = "STANCE")]
    pub stance: Stance,
    /// The words of the source that say so, copied exactly
    #[arg(long, value_name = "TEXT")]
    pub quote: Option<String>,
    /// The words just before the quotation, if it occurs more than once
    #[arg(long, value_name = "TEXT", requires = "quote")]
    pub prefix: Option<String>,
    /// The words just after the quotation, if it occurs more than once
    #[arg(long, value_name = "TEXT", requires = "quote")]
    pub suffix: Option<String>,
    /// Sign the words of the source if the quotation only looks like them: other white space, quotation marks, dashes or
    /// ligatures, or letters spelled in other code points
    #[arg(long, requires = "quote")]
    pub nearest: bool,
    /// The source that the quotation itself refers to. You can give it more than once
    #[arg(long, value_name = "SOURCE", value_delimiter = ',')]
    pub via: Vec<String>,
    /// For notFound: where you searched
    #[arg(long, value_name = "PLACE")]
    pub searched: Option<String>,
    /// For notFound: the day of the search
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
    /// A remark
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    #[command(flatten)]
    pub correcting: CorrectingArgs,
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Records a piece of evidence.
pub fn run(args: EvidenceAddArgs, context: &mut Context) -> Result<Answer, Error> {
    let (session, signer) = adding::open(context)?;
    let mut new = NewEvidence {
        claim: args.claim,
        source: args.source,
        stance: args.stance,
        quote: args.quote,
        prefix: args.prefix,
        suffix: args.suffix,
        nearest: args.nearest,
        via: args.via,
        searched: args.searched,
        on: args.on,
        note: args.note,
        correction: args.correcting.correction(),
    };
    let proposal = quoting::asking(context, &args.adding, new.nearest, |nearest| {
        new.nearest = nearest;
        evidence::propose(&session, &new)
    })?;
    adding::add(context, session, &signer, &args.adding, proposal)
}
