//! `verdict publish`: where a verdict was published.

use crate::app::Error;
use crate::app::record::attestation::{self, NewPublication};
use crate::cli::adding::{self, AddingArgs};
use crate::cli::context::{Answer, Context};
use clap::Args;
use std::path::PathBuf;

/// Record where a verdict was published
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger verdict publish closing-verdict --url https://desk.example/closing --page closing.html"
)]
pub struct VerdictPublishArgs {
    /// The verdict
    pub verdict: String,
    /// The address of the published verdict
    #[arg(long, value_name = "URL")]
    pub url: String,
    /// When it was published: YYYY-MM-DDThh:mm:ssZ, or YYYY, YYYY-MM or YYYY-MM-DD [default: now]
    #[arg(long, value_name = "TIME")]
    pub published: Option<String>,
    /// The published page. The ledger records its digest
    #[arg(long, value_name = "FILE")]
    pub page: Option<PathBuf>,
    /// Why it was published although it is not the current approved verdict of your organisation
    #[arg(long, value_name = "REASON")]
    pub despite: Option<String>,
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Records where a verdict was published.
pub fn run(args: VerdictPublishArgs, context: &mut Context) -> Result<Answer, Error> {
    let (session, signer) = adding::open(context)?;
    let new = NewPublication {
        verdict: args.verdict,
        url: args.url,
        published: args.published,
        page: args.page,
        despite: args.despite,
    };
    let proposal = attestation::publish(&context.desk, &session, &new)?;
    adding::add(context, session, &signer, &args.adding, proposal)
}
