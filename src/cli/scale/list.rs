//! `scale list`: the rating scales, every version.

use crate::app::record::settings;
use crate::app::{Error, Session};
use crate::cli::context::{Answer, Context, ListArgs};
use crate::cli::render::standing::not_shown;
use crate::cli::render::table::table;
use claimledger_core::Message;
use clap::Args;

/// List every version of the rating scales
#[derive(Debug, Clone, Copy, Args)]
#[command(after_help = "Example:\n  claimledger scale list")]
pub struct ScaleListArgs {
    #[command(flatten)]
    pub list: ListArgs,
}

/// Lists the scales.
pub fn run(args: ScaleListArgs, context: &mut Context) -> Result<Answer, Error> {
    let session = Session::open(&context.desk)?;
    let which = args.list.which(&session, &mut context.terminal)?;
    let listed = settings::scales(&session, which)?;
    context.terminal.answer(&listed, || {
        let rows = listed.found.iter().map(|line| {
            vec![
                format!("#{}", line.entry),
                line.organisation.to_string(),
                line.scale.to_string(),
                line.version.to_string(),
                line.standing.words.to_string(),
                line.title.to_string(),
                Message::join(&line.labels, " / ").to_string(),
            ]
        });
        let head = [
            "entry",
            "organisation",
            "scale",
            "version",
            "standing",
            "title",
            "labels",
        ];
        table(&head, rows) + &not_shown(&listed.not_shown)
    });
    Ok(Answer::Yes)
}
