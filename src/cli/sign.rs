//! `sign`: signs a draft; it is appended later, here or elsewhere.

use crate::app::record::{append, draft};
use crate::app::{Error, Session, output};
use crate::cli::adding::{self, SavedStatement};
use crate::cli::context::{Answer, Context, OutputArgs};
use crate::keystore;
use clap::Args;
use std::path::PathBuf;

/// Sign a draft that a command wrote with --draft
///
/// Adds the id of this ledger, your key, the time and the newest head of this copy to the draft, signs it, and writes an
/// envelope. Adds nothing to the ledger, so it also works with a copy to which this machine must not write. Append the
/// envelope with `submit`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger claim add \"The bridge will close.\" --claimant many --draft claim.json\n  \
                  claimledger sign claim.json -o claim.dsse.json --as jonas"
)]
pub struct SignArgs {
    /// The file with the draft
    pub file: PathBuf,
    /// The envelope to write
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    #[command(flatten)]
    pub over: OutputArgs,
    /// Sign without asking
    #[arg(long, short)]
    pub yes: bool,
}

/// Signs a draft.
pub fn run(args: &SignArgs, context: &mut Context) -> Result<Answer, Error> {
    output::check(&context.desk, &args.output, args.over.force)?;
    let session = Session::open(&context.desk)?;
    context.terminal.notes(&session.notes());
    let signer = append::signer_name(&context.desk, &session, context.signer.as_deref())?;
    let (key, _) = keystore::file::read_public(&context.desk.keys, &signer)?;
    let statement = draft::read(&context.desk, &session, &args.file, key)?;
    adding::remark(context, &session, &statement)?;
    adding::confirm(
        context,
        &session,
        &signer,
        &statement,
        args.yes,
        "Sign this?",
    )?;
    let opened = append::open_key(&context.desk, &session, &signer, &mut context.terminal)?;
    let signed = append::sign_in(&session, &statement, opened.as_ref())?;
    let made = SavedStatement {
        statement_type: statement.statement_type.to_string(),
        files: draft::seal(
            &context.desk,
            &args.file,
            &signed,
            &args.output,
            args.over.force,
        )?,
    };
    context.terminal.done(&made, || made.render_text());
    Ok(Answer::Yes)
}
