//! `key enroll`: lets a key sign in this ledger.

use crate::app::Error;
use crate::app::keys::enrolment::{self, Enrolment};
use crate::app::record::append;
use crate::cli::adding::{self, AddingArgs};
use crate::cli::context::{Answer, Context};
use crate::keystore;
use claimledger_core::encoding::name::Slug;
use claimledger_core::model::organisation::Role;
use clap::Args;

/// Allow a key to sign in this ledger
///
/// An admin signs the enrolment. The new key signs too, which proves that its holder has the private key.
///
/// If the key is enrolled already, the roles that you give replace its earlier roles.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger key enroll jonas --role reviewer --as mara")]
pub struct KeyEnrollArgs {
    /// The name of the new key. Its private half must be on this machine
    #[arg(value_name = "KEY")]
    pub name: String,
    /// The role of the key: admin, editor, reviewer or importer. You can give more than one
    #[arg(long = "role", value_name = "ROLE", required = true)]
    pub roles: Vec<Role>,
    /// The person's short name [default: the name of the key]
    #[arg(long, value_name = "NAME")]
    pub holder: Option<Slug>,
    /// The person's full name
    #[arg(long, value_name = "NAME")]
    pub holder_name: Option<String>,
    /// The person's organisation [default: that of the signer]
    #[arg(long, value_name = "ORGANISATION")]
    pub org: Option<Slug>,
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Enrols a key.
pub fn run(args: &KeyEnrollArgs, context: &mut Context) -> Result<Answer, Error> {
    let (session, signer) = adding::open(context)?;
    let (by, _) = keystore::file::read_public(&context.desk.keys, &signer)?;
    let enrolment = Enrolment {
        key: args.name.clone(),
        roles: args.roles.clone(),
        holder: args.holder.clone(),
        name: args.holder_name.clone(),
        organisation: args.org.clone(),
    };
    let body = enrolment::enrolment(
        &context.desk,
        &session,
        &enrolment,
        by,
        &mut context.terminal,
    )?;
    let proposal = append::Proposal::new(body);
    adding::add(context, session, &signer, &args.adding, proposal)
}
