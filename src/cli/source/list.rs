//! `source list`: the sources.

use crate::app::read::show;
use crate::app::read::source_rows::{self, SourceRow};
use crate::app::{Error, Session};
use crate::cli::context::{Answer, AtArgs, Context};
use crate::cli::render::table::{filled_columns, standing_told};
use claimledger_core::model::StatementType;
use clap::Args;

/// List the sources
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger source list")]
pub struct SourceListArgs {
    #[command(flatten)]
    pub at: AtArgs,
}

/// Lists the sources.
pub fn run(args: &SourceListArgs, context: &mut Context) -> Result<Answer, Error> {
    let session = Session::open(&context.desk)?;
    context.terminal.notes(&session.notes());
    let lines = show::list(&session, StatementType::SourceAdd, args.at.at)?;
    let rows = source_rows::rows(&session, lines, session.at(args.at.at)?)?;
    context.terminal.answer(&rows, || render_text(&rows));
    Ok(Answer::Yes)
}

fn render_text(rows: &[SourceRow]) -> String {
    let head = [
        "entry",
        "label",
        "publisher",
        "title",
        "published",
        "language",
        "held",
        "standing",
    ];
    let rows = rows.iter().map(|row| {
        vec![
            format!("#{}", row.line.index),
            row.line.label.clone().unwrap_or_default(),
            row.publisher.clone(),
            row.title.clone(),
            row.published.clone().unwrap_or_default(),
            row.language.clone().unwrap_or_default(),
            row.held.to_string(),
            standing_told(&row.line),
        ]
    });
    filled_columns(&head, rows.collect())
}
