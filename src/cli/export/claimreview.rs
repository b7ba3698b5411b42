//! `export claimreview`: verdicts, and with `--reviews` recorded reviews, as markup for pages.

use super::writing::{WritingArgs, lines};
use crate::app::publish::claimreview::{
    self, ClaimReviewDocument, ClaimReviewQuery, PublishedCounts,
};
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
    pub markup: MarkupArgs,
}

/// What goes into a document of markup, and where it is written.
#[derive(Debug, Args)]
pub struct MarkupArgs {
    #[command(flatten)]
    pub of: PublishingArgs,
    /// Also write the recorded reviews of others, as they were published
    #[arg(long)]
    pub reviews: bool,
    #[command(flatten)]
    pub writing: WritingArgs,
}

/// Makes a document of markup.
type MakeMarkup = fn(&Session, &ClaimReviewQuery<'_>) -> Result<ClaimReviewDocument, Error>;

impl MarkupArgs {
    /// Makes the document of these claims, or of all, and writes it. Answers what is in it.
    pub fn write(
        &self,
        claims: &[String],
        make: MakeMarkup,
        context: &mut Context,
    ) -> Result<PublishedCounts, Error> {
        let site = self.of.site()?;
        let session = self.writing.session(context)?;
        let house = self.of.house(&session)?;
        let query = ClaimReviewQuery {
            house: &house,
            claims,
            site: site.as_ref(),
            reviews: self.reviews,
        };
        let made = make(&session, &query)?;
        let text = json_text::pretty(&made.document);
        let said = lines(&made.counts);
        self.writing.write(context, &text, &made.counts, &said)?;
        Ok(made.counts)
    }
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
    let counts = args
        .markup
        .write(&args.claims, claimreview::markup, context)?;
    let nothing = counts.standing + counts.not_standing + counts.reviews == 0;
    Ok(if nothing && !args.claims.is_empty() {
        Answer::No
    } else {
        Answer::Yes
    })
}
