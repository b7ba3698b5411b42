//! `checkpoint rotate`: a further key signs every checkpoint.

use crate::app::Error;
use crate::app::keys::events;
use crate::cli::adding::{self, AddingArgs};
use crate::cli::context::{Answer, Context};
use clap::Args;

/// Add a second key that signs every checkpoint
///
/// Both keys sign until you retire the old one with `checkpoint retire`. A reader who knows only the old key can then learn
/// the new key from a history that they have checked. Give your readers time before you retire the old key.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger key new ledger-2027 --no-passphrase\n  \
                  claimledger checkpoint rotate --to ledger-2027 --as mara"
)]
pub struct CheckpointRotateArgs {
    /// The name of the new key
    #[arg(long, value_name = "KEY")]
    pub to: String,
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Lets a further key sign.
pub fn run(args: &CheckpointRotateArgs, context: &mut Context) -> Result<Answer, Error> {
    let (session, signer) = adding::open(context)?;
    let proposal =
        events::rotate_checkpoint(&context.desk, &session, &args.to, &mut context.terminal)?;
    adding::add(context, session, &signer, &args.adding, proposal)
}
