//! `key enroll`: lets a key sign in this ledger.

use super::request::people;
use crate::app::Error;
use crate::app::keys::enrolment::{self, Enrolment};
use crate::app::keys::request::{self, KeyRequest};
use crate::app::record::append;
use crate::cli::adding::{self, AddingArgs};
use crate::cli::context::{Answer, Context};
use crate::keystore;
use claimledger_core::encoding::name::Slug;
use claimledger_core::model::organisation::Role;
use clap::Args;
use std::path::PathBuf;

/// Allow a key to sign in this ledger
///
/// An admin signs the enrolment. The new key signs too, which proves that its holder has the private key.
///
/// If the private key is on another machine, its holder writes a request there with `key request`. Give it with --request.
///
/// If the key is enrolled already, the roles that you give replace its earlier roles.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger key enroll jonas --role reviewer --as mara\n  \
                        claimledger key enroll --request lena.request.json --as mara"
)]
pub struct KeyEnrollArgs {
    /// The name of the new key. Its private half must be on this machine
    #[arg(value_name = "KEY", required_unless_present = "request")]
    pub name: Option<String>,
    /// The request of the key's holder: it names the key, the person and the roles
    #[arg(long, value_name = "FILE", conflicts_with_all = ["name", "roles", "holder", "holder_name", "org"])]
    pub request: Option<PathBuf>,
    /// The role of the key: admin, editor, reviewer or importer. You can give more than one
    #[arg(
        long = "role",
        value_name = "ROLE",
        required_unless_present = "request"
    )]
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
    // A request that cannot be read is refused before anything else.
    let request = args.request.as_deref().map(KeyRequest::read).transpose()?;
    let (session, signer) = adding::open(context)?;
    let (by, _) = keystore::file::read_public(&context.desk.keys, &signer)?;
    if let Some(request) = request {
        let proposal = request::enrolment(&context.desk, &session, &request, &by)?;
        context.terminal.note(&format!(
            "{}; compare the fingerprint with what {} tells you by another channel",
            people(&request),
            request.wanted.holder
        ));
        return adding::add(context, session, &signer, &args.adding, proposal);
    }
    let enrolment = Enrolment {
        key: args
            .name
            .clone()
            .expect("clap asks for it or for a request"),
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
