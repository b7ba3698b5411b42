//! `witness new`: makes a witness's key.

use crate::app::Error;
use crate::app::peers::witness;
use crate::cli::context::{Answer, Context};
use claimledger_core::encoding::name::Origin;
use clap::Args;

/// Make a key for a witness
///
/// Writes an OpenSSH Ed25519 key into the key folder and prints its verifier key (C2SP tlog-cosignature). Ledgers and readers
/// who rely on this witness put the verifier key into their witness policies. Never enrol this key, and never use it to sign
/// checkpoints of your own.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger witness new herald-witness --name witness.herald.example --no-passphrase"
)]
pub struct WitnessNewArgs {
    /// The name of the key
    #[arg(value_name = "KEY")]
    pub name: String,
    /// The witness's name in its cosignatures. By custom it is an address without https:// [default: the name of the key]
    #[arg(long = "name", value_name = "NAME")]
    pub witness_name: Option<Origin>,
    /// Make the key without a passphrase, for servers
    #[arg(long)]
    pub no_passphrase: bool,
}

/// Makes a key.
pub fn run(args: &WitnessNewArgs, context: &mut Context) -> Result<Answer, Error> {
    let made = witness::make(
        &context.desk,
        &args.name,
        args.witness_name.as_ref(),
        args.no_passphrase,
        &mut context.terminal,
    )?;
    let folder = context.desk.keys.display().to_string();
    context.terminal.done(&made, || {
        format!(
            "made {folder}/{0} (private) and {folder}/{0}.pub for the witness {1}\n  {2}\n  {3}\n",
            made.key, made.witness, made.fingerprint, made.vkey
        )
    });
    Ok(Answer::Yes)
}
