//! `import claimreview`: the ClaimReview markup of pages, feeds and answers of the Fact Check Tools API.

use super::taking::{self, ImportArgs};
use crate::app::Error;
use crate::app::record::import::{Inputs, Reaching, Spelled};
use crate::cli::context::{Answer, Context};
use clap::Args;

/// Record the reviews in ClaimReview markup: pages, JSON-LD, feeds, Fact Check Tools API
///
/// Each review becomes a claim and a `review.record` with its values as they are spelled. The file is kept once, and each
/// record says where in it the markup stands. A review is known by its author, its address and its claim text: the same
/// import twice adds nothing, and an interrupted import goes on where it stopped. If a review has changed since, the new
/// record supersedes the earlier one.
///
/// Nothing is guessed. What cannot be recorded, and what is doubtful, goes to the report with its place and the reason.
/// Correct the report and give it to `import jsonl`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger import claimreview pages --dry-run --report report.jsonl\n  claimledger import claimreview pages --as nadia --yes"
)]
pub struct ClaimReviewArgs {
    /// Pages and JSON files, folders of them, and addresses
    #[arg(required = true, value_name = "FILE|FOLDER|URL")]
    pub inputs: Vec<String>,
    /// Allow addresses on this machine or in a local network
    #[arg(long)]
    pub allow_private: bool,
    #[command(flatten)]
    pub import: ImportArgs,
}

/// Imports.
pub fn run(args: &ClaimReviewArgs, context: &mut Context) -> Result<Answer, Error> {
    let reaching = Reaching {
        private_addresses: args.allow_private,
    };
    let inputs = Inputs::named(&args.inputs)?;
    let spelled = Spelled::ClaimReview;
    taking::run(&args.import, &inputs, &spelled, reaching, context)
}
