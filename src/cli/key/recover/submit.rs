//! `key recover submit`: appends a request that enough recovery keys have signed.

use crate::app::Error;
use crate::app::keys::recovery::{self, RecoveryRequest};
use crate::cli::adding::{self, AddingArgs};
use crate::cli::context::{Answer, Context};
use clap::Args;
use std::path::PathBuf;

/// Append a request that enough recovery keys have signed
///
/// The new admin's key signs the statement.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger key recover submit recovery.json --as mara-new")]
pub struct KeyRecoverSubmitArgs {
    /// The signed request. If the holders signed separate copies, give all of them
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Appends a request.
pub fn run(args: &KeyRecoverSubmitArgs, context: &mut Context) -> Result<Answer, Error> {
    let (first, others) = args.files.split_first().expect("clap asks for one");
    let mut request = RecoveryRequest::read(first)?;
    for other in others {
        request.merge(&RecoveryRequest::read(other)?)?;
    }
    let (session, signer) = adding::open(context)?;
    let proposal = recovery::submit(&session, &request)?;
    let (key, _) = crate::keystore::file::read_public(&context.desk.keys, &signer)?;
    if key != request.key {
        return Err(Error::Usage(format!(
            "the new admin's key must sign the recovery: that is {}, but {signer} is {}",
            request.key.fingerprint(),
            key.fingerprint()
        )));
    }
    adding::add(context, session, &signer, &args.adding, proposal)
}
