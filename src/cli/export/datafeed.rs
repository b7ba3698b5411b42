//! `export datafeed`: the same reviews as a feed of schema.org.

use super::claimreview::{PublishingArgs, write};
use super::writing::WritingArgs;
use crate::app::Error;
use crate::app::publish::claimreview::{self, ClaimReviewQuery};
use crate::cli::context::{Answer, Context};
use clap::Args;

/// Write verdicts as a feed of ClaimReview markup (schema.org DataFeed)
///
/// Data Commons and others read it. Each item is a ClaimReview as `export claimreview` writes it, with the dates on which it was made and changed. The item of
/// a verdict that no longer stands also has the date since when.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger export datafeed --site https://desk.example --out claimreview.json"
)]
pub struct DataFeedArgs {
    #[command(flatten)]
    pub of: PublishingArgs,
    /// Also write the recorded reviews of others, as they were published
    #[arg(long)]
    pub reviews: bool,
    #[command(flatten)]
    pub writing: WritingArgs,
}

/// Writes the feed.
pub fn run(args: &DataFeedArgs, context: &mut Context) -> Result<Answer, Error> {
    let site = args.of.site()?;
    let session = args.writing.session(context)?;
    let house = args.of.house(&session)?;
    let query = ClaimReviewQuery {
        house: &house,
        claims: &[],
        site: site.as_ref(),
        reviews: args.reviews,
    };
    let made = claimreview::feed(&session, &query)?;
    write(&args.writing, context, &made)
}
