//! `policy set`: sets an organisation's policy.

use crate::app::Error;
use crate::app::record::settings::{self, NewPolicy};
use crate::app::record::toml_file;
use crate::cli::adding::{self, AddingArgs};
use crate::cli::context::{Answer, Context};
use crate::keystore;
use clap::Args;
use std::path::PathBuf;

/// Set the policy of an organisation from a TOML file
///
/// A policy says what a verdict needs to be approved. The file can have these fields:
///
/// - approvals: how many approvals; you must give this one
///
/// - roles: the roles that may approve [default: editor and reviewer]
///
/// - holders: from how many different people the approvals must come [default: as many as approvals]
///
/// - organisations: from how many organisations they must come [default: 1]
///
/// - conflicts-declared: true if the author and those who approve must declare their interests
///
/// - traced-origins: on how many independent traced origins the rating must rest
///
/// - correction-days: in how many days an error must be corrected
///
/// - approvals-from: other organisations whose approvals, rejections and answers to objections count too
///
/// - evidence-from: other organisations whose evidence, relations and assessments count too
///
/// - evidence-needed: true if a verdict must rest on the evidence that its rating needs by the scale
///
/// - scales: scale versions of other organisations that may be used too
///
/// A verdict is judged by the policy that was in force at its entry.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger policy set policy.toml --as mara\n\nAn example of policy.toml:\n  \
                  approvals = 2\n  roles = [\"editor\"]\n  traced-origins = 2"
)]
pub struct PolicySetArgs {
    /// The TOML file
    pub file: PathBuf,
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Sets a policy.
pub fn run(args: &PolicySetArgs, context: &mut Context) -> Result<Answer, Error> {
    let (new, file) = toml_file::toml::<NewPolicy>(&args.file)?;
    let (session, signer) = adding::open(context)?;
    let (by, _) = keystore::file::read_public(&context.desk.keys, &signer)?;
    let proposal = settings::policy(&session, &new, &by).map_err(|e| file.fault(e))?;
    adding::add(context, session, &signer, &args.adding, proposal)
}
