//! `source list`: the sources.

use crate::app::read::listed::Listed;
use crate::app::read::show;
use crate::app::read::source_rows::{self, ArchiveProofs, ListedSource};
use crate::app::{Error, Session};
use crate::cli::context::{Answer, Context, ListArgs};
use crate::cli::render::standing::{not_shown, standing};
use crate::cli::render::table::filled_columns;
use claimledger_core::model::StatementType;
use clap::Args;

/// List the sources
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger source list")]
pub struct SourceListArgs {
    #[command(flatten)]
    pub list: ListArgs,
}

/// Lists the sources.
pub fn run(args: &SourceListArgs, context: &mut Context) -> Result<Answer, Error> {
    let session = Session::open(&context.desk)?;
    let which = args.list.which(&session, &mut context.terminal)?;
    let listed = show::list(&session, StatementType::SourceAdd, which)?;
    let listed = Listed {
        found: source_rows::rows(&session, listed.found, session.at(which.at)?)?,
        not_shown: listed.not_shown,
    };
    context.terminal.answer(&listed, || {
        render_text(&listed.found) + &not_shown(&listed.not_shown)
    });
    Ok(Answer::Yes)
}

fn render_text(rows: &[ListedSource]) -> String {
    let head = [
        "entry",
        "label",
        "published",
        "language",
        "held",
        "standing",
        "publisher",
        "title",
    ];
    let rows = rows.iter().map(|row| {
        vec![
            format!("#{}", row.line.index),
            row.line.label.clone().unwrap_or_default(),
            row.published.clone().unwrap_or_default(),
            row.language.clone().unwrap_or_default(),
            match row.archive_proofs {
                None => row.held.to_string(),
                Some(ArchiveProofs::Hold) => format!("{}, archive proofs hold", row.held),
                Some(ArchiveProofs::Wrong) => format!("{}, archive proofs wrong", row.held),
            },
            standing(&row.line.standing),
            row.publisher.to_string(),
            row.title.to_string(),
        ]
    });
    filled_columns(&head, &rows.collect::<Vec<_>>())
}
