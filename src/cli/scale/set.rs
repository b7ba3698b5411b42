//! `scale set`: sets the next version of a rating scale.

use crate::app::Error;
use crate::app::record::settings;
use crate::cli::adding::{self, AddingArgs};
use crate::cli::context::{Answer, Context};
use crate::keystore;
use clap::Args;
use std::path::PathBuf;

/// Set the next version of a rating scale from a TOML file
///
/// The file has the fields scale (a short name), title, language, and direction. Direction says what a higher number means:
/// higherIsTruer or lowerIsTruer. Leave it out if the ratings have no numbers.
///
/// Each rating is a section [[rating]] with the fields label, code (a short name), needs (what evidence a verdict with this
/// rating must rest on: support, refutation or neither), number and definition. The ledger keeps the labels exactly as they
/// are. The folder `scales` has files that you can use.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger scale set scales/five-point.toml --as mara")]
pub struct ScaleSetArgs {
    /// The TOML file
    pub file: PathBuf,
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Sets a scale.
pub fn run(args: &ScaleSetArgs, context: &mut Context) -> Result<Answer, Error> {
    let (new, file) = settings::read_scale(&args.file)?;
    let (session, signer) = adding::open(context)?;
    let (by, _) = keystore::file::read_public(&context.desk.keys, &signer)?;
    let proposal = settings::scale(&session, &new, &by).map_err(|e| file.fault(e))?;
    adding::add(context, session, &signer, &args.adding, proposal)
}
