//! `sign` and `submit`: signed on one machine, appended on another.

use super::adding::{self, Made};
use super::{Answer, Context, OutputArgs};
use crate::app::read::verdict_preview;
use crate::app::record::{append, draft};
use crate::app::{Catalog, Error, output};
use crate::keystore;
use clap::Args;
use std::path::PathBuf;

/// Options of `sign`.
#[derive(Debug, Args)]
#[command(
    long_about = "Signs a draft that an adding command wrote with --draft: puts it in its frame (this ledger, your key, \
                  now, the newest head of the copy at hand) and writes an envelope. It appends nothing, so that a copy \
                  that is only read will do.",
    after_help = "Example:\n  claimledger claim add \"The bridge will close.\" --claimant many --draft claim.json\n  \
                  claimledger sign claim.json -o claim.dsse.json --as jonas"
)]
pub struct SignArgs {
    /// The draft
    pub file: PathBuf,
    /// Where to write the envelope
    #[arg(short, long, value_name = "ENVELOPE")]
    pub output: PathBuf,
    /// Whether it may be written over.
    #[command(flatten)]
    pub over: OutputArgs,
    /// Sign without asking
    #[arg(long, short)]
    pub yes: bool,
}

/// Options of `submit`.
#[derive(Debug, Args)]
#[command(
    long_about = "Appends envelopes that were signed here or elsewhere, in one commit, all or nothing. An envelope that \
                  stands in the log already answers with its entry, and nothing is added for it. The bytes of a source \
                  are taken from --with, or from a file beside the envelope that is named by their SHA-256.",
    after_help = "Example:\n  claimledger submit claim.dsse.json\n  claimledger submit source.dsse.json --with wire.txt"
)]
pub struct SubmitArgs {
    /// The envelopes
    #[arg(required = true)]
    pub envelopes: Vec<PathBuf>,
    /// Files that hold bytes they need; may be given more than once
    #[arg(long, value_name = "FILE")]
    pub with: Vec<PathBuf>,
}

/// Signs a draft.
pub fn sign(args: &SignArgs, context: &mut Context) -> Result<Answer, Error> {
    output::check(&context.desk, &args.output, args.over.force)?;
    let catalog = Catalog::open(&context.desk)?;
    context.terminal.notes(&catalog.notes);
    let signer = append::signer_name(&context.desk, &catalog, context.signer.as_deref())?;
    let (key, _) = keystore::file::read_public(&context.desk.keys, &signer)?;
    let statement = draft::read(&context.desk, &catalog, &args.file, key)?;
    context
        .terminal
        .notes(&verdict_preview::stands_already(&catalog, &statement)?);
    adding::confirm(
        context,
        catalog,
        &signer,
        &statement,
        args.yes,
        "Sign this?",
    )?;
    let opened = keystore::open(&context.desk.keys, &signer, &mut context.terminal)?;
    let signed = append::sign(&statement, opened.as_ref())?;
    let made = Made {
        statement_type: statement.statement_type.to_string(),
        files: draft::seal(
            &context.desk,
            &args.file,
            &signed,
            &args.output,
            args.over.force,
        )?,
    };
    context.terminal.answer(&made, || made.people());
    Ok(Answer::Yes)
}

/// Appends envelopes.
pub fn submit(args: &SubmitArgs, context: &mut Context) -> Result<Answer, Error> {
    append::may_add(&context.desk)?;
    let (added, notes) = draft::submit(
        &context.desk,
        &args.envelopes,
        &args.with,
        &mut context.terminal,
    )?;
    context.terminal.notes(&notes);
    let shown = |at: usize| args.envelopes[at].display().to_string();
    context.terminal.answer(&added, || {
        let lines = added.iter().enumerate();
        lines
            .map(|(at, one)| adding::line(one, &shown(at)))
            .collect()
    });
    Ok(Answer::Yes)
}
