//! `source text`: what a source says, to read and to copy quotations from.

use super::{Answer, AtArgs, Context};
use crate::app::read::source_text;
use crate::app::{Catalog, Error};
use claimledger_core::crypto::Digest;
use clap::Args;

/// Options of `source text`.
#[derive(Debug, Args)]
#[command(
    long_about = "Prints the text of a source that is held here, as it is and nothing else: of its newest bytes that have \
                  one. A quotation copied from it is found in it. Works on any place.",
    after_help = "Example:\n  claimledger source text wire\n  \
                  claimledger source text wire | grep -n April"
)]
pub struct TextArgs {
    /// The source, or one capture of it
    pub source: String,
    /// Of which bytes, by SHA-256 [default: of the newest]
    #[arg(long, value_name = "DIGEST")]
    pub sha256: Option<Digest>,
    /// As of when.
    #[command(flatten)]
    pub at: AtArgs,
}

/// Prints a text.
pub fn run(args: &TextArgs, context: &mut Context) -> Result<Answer, Error> {
    let catalog = Catalog::open(&context.desk)?;
    context.terminal.notes(&catalog.notes);
    let found = source_text::of(&catalog, &args.source, args.sha256, args.at.at)?;
    if !context.terminal.json() {
        context.terminal.notes(&found.notes);
    }
    context.terminal.answer(&found, || found.text.clone());
    Ok(Answer::Yes)
}
