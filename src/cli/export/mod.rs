//! `export`: publishes this ledger, or writes what it has in a format of other software.
//!
//! One file for each format; what they share is in `writing`.

mod citations;
mod claimreview;
pub mod counts;
mod datafeed;
mod feed;
mod graphml;
mod ledger;
mod prov;
mod rows;
pub mod site;
pub mod writing;

use crate::app::Error;
use crate::cli::context::{Answer, Context};
use clap::{Args, Subcommand};

/// Publish this ledger, or write it in a format of other software
///
/// With a target it writes a folder that any file server can serve (C2SP tlog-tiles), or one archive. Before it writes, the
/// program shows what becomes public and checks all of it against the signed checkpoint. A folder must be new or hold an
/// earlier export of this ledger. Withheld snapshots are never published.
///
/// With --only, it writes a dossier for each claim instead of the ledger. Readers can check a dossier offline with `verify`.
/// A dossier holds the current verdict on the claim and all evidence for and against the claim. If no verdict is current,
/// the dossier holds the newest verdict. If there is no verdict at all, it holds only the claim.
///
/// With the name of a format it writes what the ledger says in that format, to standard output or to the file of --out. The
/// ledger stays the source: no format has all of it, and only the ledger and its proofs can be verified.
#[derive(Debug, Args)]
#[command(
    subcommand_negates_reqs = true,
    override_usage = "claimledger export [OPTIONS] <TARGET>\n       claimledger export <FORMAT> ...",
    disable_help_subcommand = true,
    subcommand_help_heading = "Formats",
    subcommand_value_name = "FORMAT",
    after_help = "Example:\n  claimledger export public --yes\n  claimledger export facts.tar.zst --with-snapshots --yes\n  \
                  claimledger export for-readers --only closing opening --yes\n  \
                  claimledger export claimreview closing --site https://desk.example\n\n\
                  A folder with the name of a format is written with a path: `claimledger export ./feed`."
)]
pub struct ExportArgs {
    #[command(subcommand)]
    pub format: Option<ExportFormat>,
    #[command(flatten)]
    pub ledger: ledger::LedgerExportArgs,
}

/// A format of other software.
#[derive(Debug, Subcommand)]
pub enum ExportFormat {
    #[command(name = "claimreview")]
    ClaimReview(claimreview::ClaimReviewExportArgs),
    Datafeed(datafeed::DataFeedArgs),
    Feed(feed::FeedArgs),
    Csv(rows::CsvExportArgs),
    Jsonl(rows::JsonlExportArgs),
    Csl(citations::CslArgs),
    Bibtex(citations::BibtexArgs),
    Prov(prov::ProvArgs),
    Graphml(graphml::GraphmlArgs),
    Site(site::SiteArgs),
}

/// Publishes the ledger, or writes a format.
pub fn run(args: &ExportArgs, context: &mut Context) -> Result<Answer, Error> {
    let Some(format) = &args.format else {
        let target = args.ledger.target.as_deref();
        let missing = || Error::Usage("a target or a format is missing".to_owned());
        return ledger::run(&args.ledger, target.ok_or_else(missing)?, context);
    };
    if args.ledger.is_given() {
        return Err(Error::Usage(
            "a target and a format: a command publishes the ledger or writes a format, not both"
                .to_owned(),
        ));
    }
    match format {
        ExportFormat::ClaimReview(args) => claimreview::run(args, context),
        ExportFormat::Datafeed(args) => datafeed::run(args, context),
        ExportFormat::Feed(args) => feed::run(args, context),
        ExportFormat::Csv(args) => rows::csv(args, context),
        ExportFormat::Jsonl(args) => rows::jsonl(args, context),
        ExportFormat::Csl(args) => citations::csl(args, context),
        ExportFormat::Bibtex(args) => citations::bibtex(args, context),
        ExportFormat::Prov(args) => prov::run(args, context),
        ExportFormat::Graphml(args) => graphml::run(args, context),
        ExportFormat::Site(args) => site::run(args, context),
    }
}
