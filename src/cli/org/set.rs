//! `org set`: describes an organisation.

use crate::app::Error;
use crate::app::record::settings::{self, NewOrganisation};
use crate::cli::adding::{self, AddingArgs};
use crate::cli::context::{Answer, Context};
use claimledger_core::encoding::name::Slug;
use clap::Args;

/// Describe an organisation
///
/// Adds a new organisation, or changes the description of one. What you do not give stays as it was.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger org set desk-example --name \"The Velden Desk\" --url https://desk.example \
                  --corrections-policy https://desk.example/corrections --language de --language en"
)]
pub struct OrgSetArgs {
    /// The short name of the organisation
    #[arg(value_name = "ORGANISATION")]
    pub org: Slug,
    /// Its full name
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Its web site
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// The page with its corrections policy
    #[arg(long, value_name = "URL")]
    pub corrections_policy: Option<String>,
    /// A language in which it works. You can give it more than once
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Vec<String>,
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Describes an organisation.
pub fn run(args: OrgSetArgs, context: &mut Context) -> Result<Answer, Error> {
    let (session, signer) = adding::open(context)?;
    let new = NewOrganisation {
        organisation: args.org,
        name: args.name,
        url: args.url,
        corrections_policy: args.corrections_policy,
        language: args.language,
    };
    let proposal = settings::organisation(&session, &new)?;
    adding::add(context, session, &signer, &args.adding, proposal)
}
