//! `review list`: each with its organisation, its rating, its date and its address.

use crate::app::read::review_rows::{self, ReviewRow};
use crate::app::{Error, Session};
use crate::cli::context::{Answer, Context, ListArgs};
use crate::cli::render::standing::{not_shown, standing};
use crate::cli::render::table::filled_columns;
use clap::Args;

/// List the recorded reviews
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger review list --all")]
pub struct ReviewListArgs {
    #[command(flatten)]
    pub list: ListArgs,
}

/// Lists the reviews.
pub fn run(args: &ReviewListArgs, context: &mut Context) -> Result<Answer, Error> {
    let session = Session::open(&context.desk)?;
    let which = args.list.which(&session, &mut context.terminal)?;
    let listed = review_rows::list(&session, which)?;
    context.terminal.answer(&listed, || {
        filled_columns(&HEAD, &listed.found.iter().map(cells).collect::<Vec<_>>())
            + &not_shown(&listed.not_shown)
    });
    Ok(Answer::Yes)
}

const HEAD: [&str; 8] = [
    "entry",
    "standing",
    "claim",
    "organisation",
    "rating",
    "published",
    "words",
    "url",
];

fn cells(row: &ReviewRow) -> Vec<String> {
    let about = row.claim.map(|claim| format!("#{claim}"));
    vec![
        format!("#{}", row.line.index),
        standing(&row.line.standing),
        about.unwrap_or_default(),
        row.author.to_string(),
        row.label.to_string(),
        row.published.to_string(),
        row.words.to_string(),
        row.url.clone(),
    ]
}
