//! `key new`: makes a key.

use crate::app::Error;
use crate::app::keys::enrolment;
use crate::cli::context::{Answer, Context};
use clap::Args;
use serde::Serialize;

/// Make a key for a person
///
/// The key is an OpenSSH Ed25519 key with a passphrase. A key that you made with `ssh-keygen -t ed25519 -f keys/mara` works
/// too.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger key new mara")]
pub struct KeyNewArgs {
    /// The name of the key
    pub name: String,
    /// Make the key without a passphrase, for scripts
    #[arg(long)]
    pub no_passphrase: bool,
}

/// A key just made.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewKey {
    name: String,
    key: String,
    fingerprint: String,
}

/// Makes a key.
pub fn run(args: &KeyNewArgs, context: &mut Context) -> Result<Answer, Error> {
    let public = match enrolment::finish(&context.desk, &args.name)? {
        Some(public) => {
            context.terminal.notes([&enrolment::FINISHED.to_owned()]);
            public
        }
        None => enrolment::make(
            &context.desk,
            &args.name,
            args.no_passphrase,
            &mut context.terminal,
        )?
        .public(),
    };
    let made = NewKey {
        name: args.name.clone(),
        key: public.to_string(),
        fingerprint: public.fingerprint(),
    };
    let folder = context.desk.keys.display().to_string();
    context.terminal.done(&made, || {
        format!(
            "made {folder}/{0} (private) and {folder}/{0}.pub\n  {1}\n",
            made.name, made.fingerprint
        )
    });
    Ok(Answer::Yes)
}
