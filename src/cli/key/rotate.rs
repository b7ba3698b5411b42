//! `key rotate`: replaces a key with a new one of the same holder.

use crate::app::Error;
use crate::app::keys::events;
use crate::cli::adding::{self, AddingArgs};
use crate::cli::context::{Answer, Context};
use crate::keystore;
use clap::Args;

/// Replace a key with a new one of the same person
///
/// The old key signs the change, and the new key signs too, which proves that its holder has the private key. The new key
/// takes over the holder and the roles. The old key can no longer sign.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger key new mara-2027\n  claimledger key rotate mara --to mara-2027"
)]
pub struct KeyRotateArgs {
    /// The old key, which signs this change
    #[arg(value_name = "OLD-KEY")]
    pub name: String,
    /// The new key
    #[arg(long, value_name = "NEW-KEY")]
    pub to: String,
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Replaces a key by a new one.
pub fn run(args: &KeyRotateArgs, context: &mut Context) -> Result<Answer, Error> {
    if context
        .signer
        .as_ref()
        .is_some_and(|signer| *signer != args.name)
    {
        return Err(Error::Usage(format!(
            "the old key signs its own rotation: leave out --as, or give --as {}",
            args.name
        )));
    }
    context.signer = Some(args.name.clone());
    let (session, signer) = adding::open(context)?;
    let (old, _) = keystore::file::read_public(&context.desk.keys, &signer)?;
    let proposal = events::rotate(
        &context.desk,
        &session,
        &old,
        &args.to,
        &mut context.terminal,
    )?;
    adding::add(context, session, &signer, &args.adding, proposal)
}
