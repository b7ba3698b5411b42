//! `source text`: the text of a source, for reading and for copying quotations.

use crate::app::read::source_text;
use crate::app::{Error, Session};
use crate::cli::context::{Answer, AtArgs, Context};
use claimledger_core::crypto::Digest;
use clap::Args;

/// Print the stored text of a source, to copy quotations from
///
/// Prints the text exactly as it is stored, and nothing else. If there are several copies of the source, it prints the newest
/// one that has a text. A quotation that you copy from this output will be found in the source.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger source text wire\n  \
                  claimledger source text wire | grep -n April")]
pub struct SourceTextArgs {
    /// The source, or one capture of it
    pub source: String,
    /// The text of the bytes with this SHA-256 [default: the newest]
    #[arg(long, value_name = "SHA256")]
    pub sha256: Option<Digest>,
    #[command(flatten)]
    pub at: AtArgs,
}

/// Prints a text.
pub fn run(args: &SourceTextArgs, context: &mut Context) -> Result<Answer, Error> {
    let session = Session::open(&context.desk)?;
    let at = args.at.size(&session, &mut context.terminal)?;
    let found = source_text::read(&session, &args.source, args.sha256, at)?;
    if context.terminal.json() {
        context.terminal.answer(&found, String::new);
    } else {
        context.terminal.notes(&found.notes);
        context.terminal.exact(&found.text);
    }
    Ok(Answer::Yes)
}
