//! `export claimreview`: verdicts, and with `--reviews` recorded reviews, as markup for pages.

use super::writing::{WritingArgs, lines};
use crate::app::publish::claimreview::{self, ClaimReviewDocument, ClaimReviewQuery};
use crate::app::publish::house::House;
use crate::app::publish::site::HouseSite;
use crate::app::{Error, Session};
use crate::cli::context::{Answer, Context};
use crate::formats::json_text;
use claimledger_core::encoding::name::Slug;
use clap::Args;

/// Write verdicts as ClaimReview markup (schema.org), for the pages on which they stand
///
/// Each approved or adopted verdict of the organisation becomes a ClaimReview: the label of its rating as it is spelled, its
/// number only where the scale has numbers that other software reads the same way, its corrections, its sources with their
/// archived copies and digests, and the id of its statement. A verdict that no longer stands is written without a rating,
/// with what became of it. What nobody approved, and what was rejected, is not written; the answer counts it. If nothing can
/// be written about the claims that you name, the exit code is 1.
///
/// The result can be put into a page between `<script type="application/ld+json">` and `</script>`: no text in it can end
/// the script. `docs/exchange.md` lists what the format carries.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger export claimreview closing --site https://desk.example\n  \
                  claimledger export claimreview --reviews --out reviews.json"
)]
pub struct ClaimReviewExportArgs {
    /// The claims, by number, label or id; by default all
    #[arg(value_name = "CLAIM")]
    pub claims: Vec<String>,
    #[command(flatten)]
    pub of: PublishingArgs,
    /// Also write the recorded reviews of others, as they were published
    #[arg(long)]
    pub reviews: bool,
    #[command(flatten)]
    pub writing: WritingArgs,
}

/// Whose verdicts, and where they are published.
#[derive(Debug, Args)]
pub struct PublishingArgs {
    /// The organisation whose verdicts are written; by default the one that made the ledger
    #[arg(long = "for", value_name = "ORG")]
    pub organisation: Option<Slug>,
    /// The address of your site. A verdict whose publication is not recorded has its address below it, and every verdict
    /// the address of its dossier
    #[arg(long, value_name = "URL")]
    pub site: Option<String>,
}

impl PublishingArgs {
    /// The organisation.
    pub fn house(&self, session: &Session) -> Result<House, Error> {
        House::of(session, self.organisation.as_ref())
    }

    /// The site.
    pub fn site(&self) -> Result<Option<HouseSite>, Error> {
        self.site.as_deref().map(HouseSite::new).transpose()
    }
}

/// Writes the markup.
pub fn run(args: &ClaimReviewExportArgs, context: &mut Context) -> Result<Answer, Error> {
    let site = args.of.site()?;
    let session = args.writing.session(context)?;
    let house = args.of.house(&session)?;
    let query = ClaimReviewQuery {
        house: &house,
        claims: &args.claims,
        site: site.as_ref(),
        reviews: args.reviews,
    };
    let made = claimreview::markup(&session, &query)?;
    write(&args.writing, context, &made)?;
    let counts = &made.counts;
    let nothing = counts.standing + counts.not_standing + counts.reviews == 0;
    Ok(if nothing && !args.claims.is_empty() {
        Answer::No
    } else {
        Answer::Yes
    })
}

/// Writes a document of markup.
pub fn write(
    writing: &WritingArgs,
    context: &mut Context,
    made: &ClaimReviewDocument,
) -> Result<Answer, Error> {
    let text = json_text::pretty(&made.document);
    writing.write(context, &text, &made.counts, &lines(&made.counts))
}
