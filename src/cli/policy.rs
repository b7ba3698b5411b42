//! `policy set|show`: what a verdict needs to be approved.

use super::adding::{self, AddingArgs};
use super::{Answer, AtArgs, Context, at_length};
use crate::app::record::settings::{self, NewPolicy, PolicyShown};
use crate::app::record::toml_file;
use crate::app::{Catalog, Error};
use crate::keystore;
use claimledger_core::encoding::name::Slug;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// What to do with policies.
#[derive(Debug, Subcommand)]
pub enum PolicyCommand {
    /// Set an organisation's policy, from a file
    #[command(long_about = at_length::<SetArgs>())]
    Set(SetArgs),
    /// Show the policy in force
    Show(ShowArgs),
}

/// Options of `policy set`.
#[derive(Debug, Args)]
#[command(
    long_about = "Sets an organisation's policy from a TOML file: approvals, roles, holders, organisations, \
                  conflicts-declared, traced-origins, correction-days. Each verdict is judged by the policy in force at \
                  its entry.",
    after_help = "Example:\n  claimledger policy set policy.toml --as mara\n\nA policy.toml says, for instance:\n  \
                  approvals = 2\n  roles = [\"editor\"]\n  traced-origins = 2"
)]
pub struct SetArgs {
    /// The file
    pub file: PathBuf,
    /// How to add it.
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Options of `policy show`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger policy show\n  claimledger policy show desk-example --at 40"
)]
pub struct ShowArgs {
    /// Whose policy [default: every organisation's]
    pub org: Option<Slug>,
    /// As of when.
    #[command(flatten)]
    pub at: AtArgs,
}

/// Runs `policy …`.
pub fn run(command: &PolicyCommand, context: &mut Context) -> Result<Answer, Error> {
    match command {
        PolicyCommand::Set(args) => set(args, context),
        PolicyCommand::Show(args) => show(args, context),
    }
}

fn set(args: &SetArgs, context: &mut Context) -> Result<Answer, Error> {
    let new: NewPolicy = toml_file::toml(&args.file)?;
    let (catalog, signer) = adding::open(context)?;
    let (by, _) = keystore::file::read_public(&context.desk.keys, &signer)?;
    let proposal = settings::policy(&catalog, &new, &by)?;
    adding::add(context, catalog, &signer, &args.adding, proposal)
}

fn show(args: &ShowArgs, context: &mut Context) -> Result<Answer, Error> {
    let catalog = Catalog::open(&context.desk)?;
    context.terminal.notes(&catalog.notes);
    let found = settings::policies(&catalog, args.org.as_ref(), args.at.at)?;
    context.terminal.answer(&found, || {
        if found.is_empty() {
            return "no policy\n".to_owned();
        }
        found.iter().map(people).collect()
    });
    Ok(if found.is_empty() {
        Answer::No
    } else {
        Answer::Yes
    })
}

fn people(shown: &PolicyShown) -> String {
    let policy = &shown.policy;
    let roles: Vec<String> = policy.roles.iter().map(ToString::to_string).collect();
    let days = policy.correction_days;
    format!(
        "policy of {} (#{})\n  approvals            {}{}\n  from holders         {}\n  from organisations   {}\n  \
         interests declared   {}\n  traced origins       {}\n  days to correct      {}\n",
        policy.organisation,
        shown.entry,
        policy.approvals,
        if roles.is_empty() {
            String::new()
        } else {
            format!(", by {}", roles.join(" or "))
        },
        policy.holders,
        policy.organisations,
        if policy.conflicts_declared {
            "yes"
        } else {
            "not asked for"
        },
        policy.traced_origins,
        days.map_or_else(|| "not said".to_owned(), |days| days.to_string()),
    )
}
