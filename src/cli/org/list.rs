//! `org list`: the organisations.

use crate::app::read::show;
use crate::app::{Error, Session};
use crate::cli::context::{Answer, AtArgs, Context};
use crate::cli::render::table::table;
use claimledger_core::encoding::foreign;
use clap::Args;

/// List the organisations
#[derive(Debug, Clone, Copy, Args)]
#[command(after_help = "Example:\n  claimledger org list")]
pub struct OrgListArgs {
    #[command(flatten)]
    pub at: AtArgs,
}

/// Lists the organisations.
pub fn run(args: OrgListArgs, context: &mut Context) -> Result<Answer, Error> {
    let session = Session::open(&context.desk)?;
    let at = args.at.size(&session, &mut context.terminal)?;
    let lines = show::organisations(&session, at)?;
    context.terminal.answer(&lines, || {
        let rows = lines.iter().map(|line| {
            vec![
                line.organisation.clone(),
                line.name.to_string(),
                line.url.as_deref().map(foreign::name).unwrap_or_default(),
                format!("#{}", line.entry),
                line.standing.words.to_string(),
            ]
        });
        table(&["organisation", "name", "url", "entry", "standing"], rows)
    });
    Ok(Answer::Yes)
}
