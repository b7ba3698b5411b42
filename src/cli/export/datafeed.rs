//! `export datafeed`: the same reviews as a feed of schema.org.

use super::claimreview::MarkupArgs;
use crate::app::Error;
use crate::app::publish::claimreview;
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
    pub markup: MarkupArgs,
}

/// Writes the feed.
pub fn run(args: &DataFeedArgs, context: &mut Context) -> Result<Answer, Error> {
    args.markup.write(&[], claimreview::feed, context)?;
    Ok(Answer::Yes)
}
