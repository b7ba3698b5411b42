//! `export site`: public pages that any file server can serve.

use crate::app::publish::site::HouseSite;
use crate::app::{Error, Session};
use crate::cli::consent::agreed;
use crate::cli::context::{Answer, Context};
use crate::cli::render::count::count;
use crate::host;
use crate::site::whole;
use crate::site::words::SiteLanguage;
use crate::site::writer::SiteChoices;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Write the public pages of this ledger into a folder
///
/// Every claim, verdict and source has a page, and every verdict the files with which a reader checks it. What nobody approved,
/// and what was rejected, is counted and not shown. The folder must be new or hold an earlier site of this ledger; then only
/// what has changed is written. The same log, choices and program make the same pages.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger export site public --site https://desk.example --yes\n  \
                  claimledger export site public-ar --language ar --with-texts --yes"
)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an option that a person types"
)]
pub struct SiteArgs {
    /// The folder
    #[arg(value_name = "FOLDER")]
    pub folder: PathBuf,
    /// The address at which the pages will stand. Feeds and markup need it
    #[arg(long, value_name = "URL")]
    pub site: Option<String>,
    /// The language of what the pages say themselves
    #[arg(long, value_name = "LANGUAGE", value_enum, default_value = "en")]
    pub language: PageLanguage,
    /// Show verdicts too that nobody approved, or that were rejected, marked as such
    #[arg(long)]
    pub with_unapproved: bool,
    /// Show the texts of sources too, as far as they are held and not withheld. They may be protected by copyright or contain
    /// personal data
    #[arg(long)]
    pub with_texts: bool,
    /// Make every page again, also those that have not changed
    #[arg(long)]
    pub again: bool,
    /// Publish without asking
    #[arg(long, short)]
    pub yes: bool,
}

/// The language of the frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PageLanguage {
    /// Arabic
    Ar,
    /// English
    En,
}

impl From<PageLanguage> for SiteLanguage {
    fn from(language: PageLanguage) -> Self {
        match language {
            PageLanguage::Ar => Self::Arabic,
            PageLanguage::En => Self::English,
        }
    }
}

/// Writes the site.
pub fn run(args: &SiteArgs, context: &mut Context) -> Result<Answer, Error> {
    let choices = SiteChoices {
        language: args.language.into(),
        address: args.site.as_deref().map(HouseSite::new).transpose()?,
        with_unapproved: args.with_unapproved,
        with_texts: args.with_texts,
    };
    let session = Session::open(&context.desk)?;
    context.terminal.notes(&session.notes());
    context.terminal.preview(&format!(
        "The pages of {} entries of {} become public in {}: claims, verdicts, sources with their publishers and quotations, \
         and the names of the people who signed them.\n",
        session.head().size,
        session.head().origin,
        host::shown_path(&args.folder)
    ));
    agreed(context, args.yes, "Publish this? It cannot be undone.")?;
    let mut progress = context.terminal.progress("making pages");
    let made = whole::write(
        &context.desk,
        &session,
        &args.folder,
        choices,
        args.again,
        &mut |done, all| progress.tell(done, all),
    )?;
    drop(progress);
    context.terminal.done(&made, || {
        format!(
            "the site of {} entries is in {}: {}; {} written, {} removed\n",
            made.size,
            host::shown_path(&args.folder),
            count(made.pages, "page", "pages"),
            count(made.files.written, "file", "files"),
            made.files.removed
        )
    });
    Ok(Answer::Yes)
}
