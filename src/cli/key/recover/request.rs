//! `key recover request`: writes a request for the recovery keys to sign.

use super::summary::render_text;
use crate::app::keys::recovery::{self, NewRequest};
use crate::app::{Error, Session, output};
use crate::cli::context::{Answer, Context, OutputArgs};
use claimledger_core::encoding::name::Slug;
use clap::Args;
use std::path::PathBuf;

/// Write a request for the recovery keys to sign
///
/// The request is a small file. It names the new admin, the new admin's key, and the keys to revoke. Take it to the people
/// who hold the recovery keys of entry 0. Each of them signs it on their own machine.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger key new mara-new\n  \
                  claimledger key recover request --to mara-new --holder mara --revoke mara@41 -o recovery.json")]
pub struct KeyRecoverRequestArgs {
    /// The new admin's key
    #[arg(long, value_name = "KEY")]
    pub to: String,
    /// The new admin's short name [default: the name of the key]
    #[arg(long, value_name = "NAME")]
    pub holder: Option<Slug>,
    /// The new admin's full name
    #[arg(long, value_name = "NAME")]
    pub holder_name: Option<String>,
    /// A key to revoke, and the first of its entries that is no longer trusted, or the day from whose beginning on [default: the
    /// next entry]. You can give it more than once
    #[arg(long, value_name = "KEY[@ENTRY|DATE]")]
    pub revoke: Vec<String>,
    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    #[command(flatten)]
    pub over: OutputArgs,
}

/// Writes a request.
pub fn run(args: &KeyRecoverRequestArgs, context: &mut Context) -> Result<Answer, Error> {
    output::check(&context.desk, &args.output, args.over.force)?;
    let session = Session::open(&context.desk)?;
    context.terminal.notes(&session.notes());
    let new = NewRequest {
        key: args.to.clone(),
        holder: args.holder.clone(),
        name: args.holder_name.clone(),
        revoke: args.revoke.clone(),
    };
    let request = recovery::request(&context.desk, &session, &new)?;
    context.terminal.notes(&session.notes());
    request.write(&context.desk, &args.output, args.over.force)?;
    context.terminal.done(&request, || {
        render_text(&request, &args.output.display().to_string())
    });
    Ok(Answer::Yes)
}
