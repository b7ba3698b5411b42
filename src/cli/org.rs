//! `org set|list`: the organisations of the ledger.

use super::adding::{self, AddingArgs};
use super::{Answer, AtArgs, Context, at_length, show};
use crate::app::read::show as app_show;
use crate::app::record::settings::{self, NewOrganisation};
use crate::app::{Catalog, Error};
use claimledger_core::encoding::name::Slug;
use clap::{Args, Subcommand};

/// What to do with organisations.
#[derive(Debug, Subcommand)]
pub enum OrgCommand {
    /// Describe an organisation, from here on
    #[command(long_about = at_length::<SetArgs>())]
    Set(SetArgs),
    /// List the organisations
    #[command(after_help = "Example:\n  claimledger org list")]
    List(AtArgs),
}

/// Options of `org set`.
#[derive(Debug, Args)]
#[command(
    long_about = "Describes an organisation from here on, or brings a new one in. What is not said stays as it was.",
    after_help = "Example:\n  claimledger org set desk-example --name \"The Velden Desk\" --url https://desk.example \
                  --corrections-policy https://desk.example/corrections --language de --language en"
)]
pub struct SetArgs {
    /// Its short name
    pub org: Slug,
    /// Its name
    #[arg(long, value_name = "N")]
    pub name: Option<String>,
    /// Its web site
    #[arg(long, value_name = "U")]
    pub url: Option<String>,
    /// Where its corrections policy stands
    #[arg(long, value_name = "U")]
    pub corrections_policy: Option<String>,
    /// A language it works in; may be given more than once
    #[arg(long, value_name = "TAG")]
    pub language: Vec<String>,
    /// How to add it.
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Runs `org …`.
pub fn run(command: OrgCommand, context: &mut Context) -> Result<Answer, Error> {
    match command {
        OrgCommand::Set(args) => set(args, context),
        OrgCommand::List(args) => list(args, context),
    }
}

fn set(args: SetArgs, context: &mut Context) -> Result<Answer, Error> {
    let (catalog, signer) = adding::open(context)?;
    let new = NewOrganisation {
        organisation: args.org,
        name: args.name,
        url: args.url,
        corrections_policy: args.corrections_policy,
        language: args.language,
    };
    let proposal = settings::organisation(&catalog, &new)?;
    adding::add(context, catalog, &signer, &args.adding, proposal)
}

fn list(args: AtArgs, context: &mut Context) -> Result<Answer, Error> {
    let catalog = Catalog::open(&context.desk)?;
    context.terminal.notes(&catalog.notes);
    let lines = app_show::organisations(&catalog, args.at)?;
    context.terminal.answer(&lines, || {
        let rows = lines.iter().map(|line| {
            vec![
                line.organisation.clone(),
                line.name.clone(),
                line.url.clone().unwrap_or_default(),
                format!("#{}", line.entry),
            ]
        });
        show::table(&["organisation", "name", "url", "entry"], rows)
    });
    Ok(Answer::Yes)
}
