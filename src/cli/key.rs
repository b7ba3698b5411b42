//! `key new|list|enroll|rotate|revoke|impact|recover`: keys of people.

use super::adding::{self, AddingArgs};
use super::recover::{self, RecoverCommand};
use super::{Answer, AtArgs, Context, at_length, show};
use crate::app::keys::enrolment::{self, Enrolment, KeyLine};
use crate::app::keys::events::{self, NewRevocation};
use crate::app::read::impact::{self, KeyImpact};
use crate::app::record::append;
use crate::app::{Catalog, Error};
use crate::keystore;
use claimledger_core::encoding::name::Slug;
use claimledger_core::model::key_event::RevocationReason;
use claimledger_core::model::organisation::Role;
use clap::{Args, Subcommand};
use serde::Serialize;

/// What to do with keys.
#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    /// Make a key: OpenSSH Ed25519, with a passphrase
    New(NewArgs),
    /// List the keys here and in the ledger
    #[command(after_help = "Example:\n  claimledger key list")]
    List(AtArgs),
    /// Let a key sign in this ledger
    Enroll(EnrollArgs),
    /// Go on with a new key
    #[command(long_about = at_length::<RotateArgs>())]
    Rotate(RotateArgs),
    /// End a key
    Revoke(RevokeArgs),
    /// Ask what falls if a key was stolen, before it is revoked
    #[command(long_about = at_length::<ImpactArgs>())]
    Impact(ImpactArgs),
    /// Replace an admin by keys that were kept offline
    #[command(subcommand)]
    Recover(RecoverCommand),
}

/// Options of `key new`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger key new mara\n\n\
                        Keys made by `ssh-keygen -t ed25519 -f keys/mara` work as they are.")]
pub struct NewArgs {
    /// The key's name
    pub name: String,
    /// Make it without a passphrase, for machines
    #[arg(long)]
    pub no_passphrase: bool,
}

/// Options of `key enroll`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger key enroll jonas --role reviewer --as mara")]
pub struct EnrollArgs {
    /// The new key's name; its private half must be at hand, to prove possession
    pub name: String,
    /// What it may do: admin, editor, reviewer or importer
    #[arg(long = "role", value_name = "R", required = true)]
    pub roles: Vec<Role>,
    /// The person's short name [default: the key's name]
    #[arg(long, value_name = "H")]
    pub holder: Option<Slug>,
    /// The person's name
    #[arg(long, value_name = "NAME")]
    pub holder_name: Option<String>,
    /// The person's organisation [default: the signer's]
    #[arg(long, value_name = "O")]
    pub org: Option<Slug>,
    /// How to add it.
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Options of `key rotate`.
#[derive(Debug, Args)]
#[command(
    long_about = "A holder goes on with a new key: the old key signs the change, the new one that it is held. Holder and \
                  roles are inherited, and the old key signs no more.",
    after_help = "Example:\n  claimledger key new mara-2027\n  claimledger key rotate mara --to mara-2027"
)]
pub struct RotateArgs {
    /// The key that ends, which signs this
    pub name: String,
    /// The key that takes its place
    #[arg(long, value_name = "NEW")]
    pub to: String,
    /// How to add it.
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Options of `key revoke`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger key revoke jonas --reason left --as mara\n  \
                        claimledger key revoke jonas --reason compromised --distrust-from 41 --as mara"
)]
pub struct RevokeArgs {
    /// The key: its name here, its fingerprint, its public half, or its holder
    pub key: String,
    /// Why: superseded, left, lost or compromised
    #[arg(long, value_name = "R")]
    pub reason: RevocationReason,
    /// Of a compromised key: the first entry that is no longer trusted
    #[arg(long, value_name = "INDEX")]
    pub distrust_from: Option<u64>,
    /// A remark
    #[arg(long, value_name = "T")]
    pub note: Option<String>,
    /// How to add it.
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Options of `key impact`.
#[derive(Debug, Args)]
#[command(
    long_about = "Says what would be distrusted if the key were revoked as compromised now, and changes nothing: what it \
                  signed from that entry on, and what rests on it.",
    after_help = "Example:\n  claimledger key impact jonas --from 41"
)]
pub struct ImpactArgs {
    /// The key: its name here, its fingerprint, its public half, or its holder
    pub key: String,
    /// The first entry that somebody else may have signed [default: the one that introduced the key]
    #[arg(long, value_name = "INDEX")]
    pub from: Option<u64>,
    /// As of when.
    #[command(flatten)]
    pub at: AtArgs,
}

/// A key just made.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct NewKey {
    name: String,
    key: String,
    fingerprint: String,
}

/// Runs `key …`.
pub fn run(command: &KeyCommand, context: &mut Context) -> Result<Answer, Error> {
    match command {
        KeyCommand::New(args) => new(args, context),
        KeyCommand::List(args) => list(*args, context),
        KeyCommand::Enroll(args) => enroll(args, context),
        KeyCommand::Rotate(args) => rotate(args, context),
        KeyCommand::Revoke(args) => revoke(args, context),
        KeyCommand::Impact(args) => impact(args, context),
        KeyCommand::Recover(command) => recover::run(command, context),
    }
}

fn new(args: &NewArgs, context: &mut Context) -> Result<Answer, Error> {
    let public = enrolment::make(
        &context.desk,
        &args.name,
        args.no_passphrase,
        &mut context.terminal,
    )?;
    let made = NewKey {
        name: args.name.clone(),
        key: public.to_string(),
        fingerprint: public.fingerprint(),
    };
    let folder = context.desk.keys.display().to_string();
    context.terminal.answer(&made, || {
        format!(
            "made {folder}/{0} (private) and {folder}/{0}.pub\n  {1}\n",
            made.name, made.fingerprint
        )
    });
    Ok(Answer::Yes)
}

fn list(args: AtArgs, context: &mut Context) -> Result<Answer, Error> {
    let (lines, notes) = enrolment::list(&context.desk, args.at)?;
    context.terminal.notes(&notes);
    context.terminal.answer(&lines, || table(&lines));
    Ok(Answer::Yes)
}

fn table(lines: &[KeyLine]) -> String {
    let rows = lines.iter().map(|key| {
        vec![
            key.name.clone().unwrap_or_else(|| "-".to_owned()),
            key.private.to_owned(),
            key.holder.clone().unwrap_or_default(),
            key.organisation.clone().unwrap_or_default(),
            key.roles.join(", "),
            key.standing.clone(),
            key.fingerprint.clone(),
        ]
    });
    let head = [
        "key",
        "private half",
        "holder",
        "organisation",
        "roles",
        "standing",
        "fingerprint",
    ];
    show::table(&head, rows)
}

fn enroll(args: &EnrollArgs, context: &mut Context) -> Result<Answer, Error> {
    let (catalog, signer) = adding::open(context)?;
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
        &catalog,
        &enrolment,
        by,
        &mut context.terminal,
    )?;
    let proposal = append::Proposal::of(body);
    adding::add(context, catalog, &signer, &args.adding, proposal)
}

fn rotate(args: &RotateArgs, context: &mut Context) -> Result<Answer, Error> {
    if context
        .signer
        .as_ref()
        .is_some_and(|signer| *signer != args.name)
    {
        return Err(Error::Usage(format!(
            "the key that ends signs its rotation: leave --as out, or say --as {}",
            args.name
        )));
    }
    context.signer = Some(args.name.clone());
    let (catalog, signer) = adding::open(context)?;
    let (old, _) = keystore::file::read_public(&context.desk.keys, &signer)?;
    let proposal = events::rotate(
        &context.desk,
        &catalog,
        &old,
        &args.to,
        &mut context.terminal,
    )?;
    adding::add(context, catalog, &signer, &args.adding, proposal)
}

fn revoke(args: &RevokeArgs, context: &mut Context) -> Result<Answer, Error> {
    let (catalog, signer) = adding::open(context)?;
    let new = NewRevocation {
        key: args.key.clone(),
        reason: args.reason,
        distrust_from: args.distrust_from,
        note: args.note.clone(),
    };
    let proposal = events::revoke(&context.desk, &catalog, &new)?;
    adding::add(context, catalog, &signer, &args.adding, proposal)
}

fn impact(args: &ImpactArgs, context: &mut Context) -> Result<Answer, Error> {
    let catalog = Catalog::open(&context.desk)?;
    context.terminal.notes(&catalog.notes);
    let found = impact::of(&context.desk, &catalog, &args.key, args.from, args.at.at)?;
    context.terminal.answer(&found, || fallen(&found));
    Ok(Answer::Yes)
}

fn fallen(impact: &KeyImpact) -> String {
    let mut text = format!(
        "if the key of {} ({}) was stolen at entry {}, then as of {} entries\n",
        impact.holder, impact.fingerprint, impact.from, impact.at
    );
    let mut said = false;
    for (what, lines) in [
        ("keys that lose what they were given", &impact.key_events),
        ("policies and scales that fall back", &impact.settings),
        ("verdicts that fall", &impact.verdicts),
        ("other statements that fall", &impact.others),
        (
            "verdicts by others that lean on what falls",
            &impact.touched,
        ),
        (
            "withdrawals of trust that lose their effect",
            &impact.withdrawals_undone,
        ),
    ] {
        if !lines.is_empty() {
            said = true;
            text.push_str(&format!("\n{what}\n{}", show::lines_table(lines)));
        }
    }
    if !said {
        text.push_str("nothing falls\n");
    }
    text
}
