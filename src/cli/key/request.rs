//! `key request`: asks an admin on another machine to enrol a key of this one.

use crate::app::keys::request::{self, KeyRequest, NewKeyRequest};
use crate::app::{Error, Session, output};
use crate::cli::context::{Answer, Context, OutputArgs};
use crate::host;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::encoding::name::Slug;
use claimledger_core::model::organisation::Role;
use clap::Args;
use std::path::PathBuf;

/// Write a request to enrol a key of this machine, for an admin on another machine
///
/// The request is a small file. It names you, your key and the roles that you ask for, and your key signs it, which proves
/// that you have the private key. Give it to an admin of the ledger. The private key stays on this machine.
///
/// Needs a copy of the ledger to read: a folder, an archive or an address. The request is valid in this ledger only.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger --ledger https://desk.example/facts key request lena --role reviewer -o lena.request.json"
)]
pub struct KeyRequestArgs {
    /// The name of the key
    #[arg(value_name = "KEY")]
    pub name: String,
    /// The role that you ask for: admin, editor, reviewer or importer. You can give more than one
    #[arg(long = "role", value_name = "ROLE", required = true)]
    pub roles: Vec<Role>,
    /// Your short name [default: the name of the key]
    #[arg(long, value_name = "NAME")]
    pub holder: Option<Slug>,
    /// Your full name
    #[arg(long, value_name = "NAME")]
    pub holder_name: Option<String>,
    /// Your organisation [default: the one that founded the ledger]
    #[arg(long, value_name = "ORGANISATION")]
    pub org: Option<Slug>,
    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    #[command(flatten)]
    pub over: OutputArgs,
}

/// Writes a request.
pub fn run(args: &KeyRequestArgs, context: &mut Context) -> Result<Answer, Error> {
    output::check(&context.desk, &args.output, args.over.force)?;
    let session = Session::open(&context.desk)?;
    context.terminal.notes(&session.notes());
    let new = NewKeyRequest {
        key: args.name.clone(),
        roles: args.roles.clone(),
        holder: args.holder.clone(),
        name: args.holder_name.clone(),
        organisation: args.org.clone(),
    };
    let request = request::request(&context.desk, &session, &new, &mut context.terminal)?;
    request.write(&context.desk, &args.output, args.over.force)?;
    let file = host::shown_path(&args.output);
    context.terminal.done(&request, || {
        format!(
            "wrote {file}: {}\nGive it to an admin of {}, who runs: claimledger key enroll --request {file} --as ADMIN\n\
             Tell them the fingerprint by another channel.\n",
            people(&request),
            request.wanted.origin
        )
    });
    Ok(Answer::Yes)
}

/// `lena (“Lena Ruiz”) of desk-example asks for reviewer, by key SHA256:…`
pub fn people(request: &KeyRequest) -> String {
    let wanted = &request.wanted;
    let name = wanted.name.as_deref().map(Foreign::from);
    let name = name.map(|name| format!(" ({})", name.quoted()));
    let roles: Vec<&str> = wanted.roles.iter().map(|role| role.as_str()).collect();
    format!(
        "{}{} of {} asks for {}, by key {}",
        wanted.holder,
        name.unwrap_or_default(),
        wanted.organisation,
        roles.join(", "),
        wanted.key.fingerprint()
    )
}
