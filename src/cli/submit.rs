//! `submit`: appends envelopes that were signed here or elsewhere.

use crate::app::Error;
use crate::app::record::draft;
use crate::cli::adding;
use crate::cli::context::{Answer, Context};
use crate::host;
use clap::Args;
use std::path::PathBuf;

/// Append statements that are already signed
///
/// Appends the envelopes in one commit, all or nothing. If an envelope is in the log already, the program answers with its
/// entry and does not add it again. If an envelope records a source, the program also needs the bytes of the source. Give them
/// with --with. Otherwise it looks for a file in the folder of the envelope whose name is the SHA-256 of the bytes.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger submit claim.dsse.json\n  claimledger submit source.dsse.json --with wire.txt"
)]
pub struct SubmitArgs {
    /// The files with the envelopes
    #[arg(required = true, value_name = "FILE")]
    pub envelopes: Vec<PathBuf>,
    /// A file with the bytes of a source. You can give it more than once
    #[arg(long, value_name = "FILE")]
    pub with: Vec<PathBuf>,
}

/// Appends envelopes.
pub fn run(args: &SubmitArgs, context: &mut Context) -> Result<Answer, Error> {
    context.desk.not_closed()?;
    let (added, notes) = draft::submit(
        &context.desk,
        &args.envelopes,
        &args.with,
        &mut context.terminal,
    )?;
    context.terminal.notes(&notes);
    let shown = |at: usize| host::shown_path(&args.envelopes[at]);
    context.terminal.done(&added, || {
        let lines = added.iter().enumerate();
        lines
            .map(|(at, one)| adding::line(one, &shown(at)))
            .collect()
    });
    Ok(Answer::Yes)
}
