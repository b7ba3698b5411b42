//! `export csl` and `export bibtex`: sources as literature.

use super::counts::SourceCounts;
use super::writing::WritingArgs;
use crate::app::Error;
use crate::app::publish::{citations, verdicts};
use crate::cli::context::{Answer, Context};
use crate::cli::render::count::count;
use crate::formats::citations::{Citation, bibtex as bibtex_of, csl as csl_of};
use clap::Args;

/// Write sources as CSL-JSON, as Zotero and pandoc read it
///
/// Each source has a key of the ledger's name and the number of its entry, which never changes; the digests of its copies;
/// and the addresses of archived copies.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger export csl closing --out sources.json")]
pub struct CslArgs {
    #[command(flatten)]
    pub of: CitedArgs,
}

/// Write sources as BibTeX
///
/// Keys, digests and addresses are those of `export csl`. Characters that TeX gives a meaning are written as commands; other
/// letters stay as they are, in UTF-8.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger export bibtex closing --out sources.bib")]
pub struct BibtexArgs {
    #[command(flatten)]
    pub of: CitedArgs,
}

/// Which sources.
#[derive(Debug, Args)]
pub struct CitedArgs {
    /// Only the sources of the evidence on these claims, and those in which they appeared; by default all
    #[arg(value_name = "CLAIM")]
    pub claims: Vec<String>,
    #[command(flatten)]
    pub writing: WritingArgs,
}

/// Writes CSL-JSON.
pub fn csl(args: &CslArgs, context: &mut Context) -> Result<Answer, Error> {
    write(&args.of, csl_of, context)
}

/// Writes BibTeX.
pub fn bibtex(args: &BibtexArgs, context: &mut Context) -> Result<Answer, Error> {
    write(&args.of, bibtex_of, context)
}

fn write(
    args: &CitedArgs,
    how: fn(&[Citation]) -> String,
    context: &mut Context,
) -> Result<Answer, Error> {
    let session = args.writing.session(context)?;
    let forms = verdicts::forms(&session, &args.claims)?;
    let found = citations::citations(&session, forms.as_ref())?;
    let counts = SourceCounts {
        sources: found.len(),
    };
    let said = [count(found.len(), "source", "sources")];
    args.writing.write(context, &how(&found), &counts, &said)
}
