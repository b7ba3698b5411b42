//! `export feed`: verdicts, or corrections, as Atom or JSON Feed.

use super::claimreview::PublishingArgs;
use super::counts::FeedCounts;
use super::writing::{WritingArgs, kept_back};
use crate::app::Error;
use crate::app::publish::feed::{self, FeedQuery};
use crate::cli::context::{Answer, Context};
use crate::cli::render::count::count;
use crate::formats::feeds::{atom, json_feed};
use clap::{Args, ValueEnum};

/// Write a feed of verdicts, or of corrections, for readers
///
/// Each item has the id of a statement as its id, so a reader meets it once, and the time of the ledger at which anything
/// about it changed last. A verdict that no longer stands stays in the feed, and its title says so.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger export feed --site https://desk.example --out feed.atom\n  \
                  claimledger export feed --format json --corrections"
)]
pub struct FeedArgs {
    /// The format
    #[arg(long, value_name = "FORMAT", value_enum, default_value = "atom")]
    pub format: FeedFormat,
    /// Only corrections, and what no longer stands
    #[arg(long)]
    pub corrections: bool,
    #[command(flatten)]
    pub of: PublishingArgs,
    #[command(flatten)]
    pub writing: WritingArgs,
}

/// The format of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FeedFormat {
    /// Atom (RFC 4287)
    Atom,
    /// JSON Feed 1.1
    Json,
}

/// Writes the feed.
pub fn run(args: &FeedArgs, context: &mut Context) -> Result<Answer, Error> {
    let site = args.of.site()?;
    let session = args.writing.session(context)?;
    let house = args.of.house(&session)?;
    let query = FeedQuery {
        house: &house,
        site: site.as_ref(),
        corrections: args.corrections,
        ending: match args.format {
            FeedFormat::Atom => "atom",
            FeedFormat::Json => "json",
        },
    };
    let made = feed::feed(&session, &query)?;
    let text = match args.format {
        FeedFormat::Atom => atom(&made.feed),
        FeedFormat::Json => json_feed(&made.feed),
    };
    let items = made.feed.items.len();
    let counts = FeedCounts {
        items,
        kept_back: made.kept_back,
    };
    let mut said = vec![count(items, "item", "items")];
    said.extend(kept_back(&made.kept_back));
    args.writing.write(context, &text, &counts, &said)
}
