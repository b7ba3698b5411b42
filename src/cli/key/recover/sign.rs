//! `key recover sign`: signs a request with a recovery key.

use super::summary::render_text;
use crate::app::keys::recovery::RecoveryRequest;
use crate::app::{Error, output};
use crate::cli::context::{Answer, Context, OutputArgs};
use clap::Args;
use std::path::PathBuf;

/// Sign a request with a recovery key
///
/// Needs no ledger and no network.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger key recover sign recovery.json --as safe-1 --keys /media/safe"
)]
pub struct KeyRecoverSignArgs {
    /// The file with the request
    pub file: PathBuf,
    /// Where to write the signed request [default: the same file]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub over: OutputArgs,
    /// Sign without asking
    #[arg(long, short)]
    pub yes: bool,
}

/// Signs a request.
pub fn run(args: &KeyRecoverSignArgs, context: &mut Context) -> Result<Answer, Error> {
    let mut request = RecoveryRequest::read(&args.file)?;
    let output = args.output.as_ref().unwrap_or(&args.file);
    // Without --output the request is written back to its own file, which needs no --force.
    let over = args.over.force || *output == args.file;
    output::check(&context.desk, output, over)?;
    let name = context.signer.clone().ok_or_else(|| {
        Error::WhoSigns("name the recovery key with --as, and its folder with --keys".to_owned())
    })?;
    if !args.yes && context.terminal.attended() {
        let words = String::from_utf8_lossy(&request.words()).into_owned();
        context.terminal.preview(&format!("{name} signs:\n{words}"));
        if !context.terminal.confirm("Sign this?") {
            return Err(Error::Declined);
        }
    }
    request.sign(&context.desk, &name, &mut context.terminal)?;
    request.write(&context.desk, output, over)?;
    context.terminal.done(&request, || {
        render_text(&request, &output.display().to_string())
    });
    Ok(Answer::Yes)
}
