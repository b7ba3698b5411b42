//! `scale list`: the rating scales, every version.

use crate::app::record::settings;
use crate::app::{Error, Session};
use crate::cli::context::{Answer, AtArgs, Context};
use crate::cli::render::table::table;
use clap::Args;

/// List every version of the rating scales
#[derive(Debug, Clone, Copy, Args)]
#[command(after_help = "Example:\n  claimledger scale list")]
pub struct ScaleListArgs {
    #[command(flatten)]
    pub at: AtArgs,
}

/// Lists the scales.
pub fn run(args: ScaleListArgs, context: &mut Context) -> Result<Answer, Error> {
    let session = Session::open(&context.desk)?;
    let at = args.at.size(&session, &mut context.terminal)?;
    let lines = settings::scales(&session, at)?;
    context.terminal.answer(&lines, || {
        let rows = lines.iter().map(|line| {
            vec![
                format!("#{}", line.entry),
                line.organisation.to_string(),
                line.scale.to_string(),
                line.version.to_string(),
                if line.replaced {
                    "replaced"
                } else {
                    "in force"
                }
                .to_owned(),
                line.title.clone(),
                line.labels.join(" / "),
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
        table(&head, rows)
    });
    Ok(Answer::Yes)
}
