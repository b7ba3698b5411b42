//! `scale show`: one rating scale.

use crate::app::read::scale::{self, ScaleShown};
use crate::app::{Error, Session};
use crate::cli::context::{Answer, AtArgs, Context};
use crate::cli::render::table::table;
use claimledger_core::Message;
use clap::Args;

/// Show one version of a rating scale
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger scale show")]
pub struct ScaleShowArgs {
    /// The scale: its short name, or the number, label or id of one version [default: the only one]
    pub scale: Option<String>,
    #[command(flatten)]
    pub at: AtArgs,
}

/// Shows a scale.
pub fn run(args: &ScaleShowArgs, context: &mut Context) -> Result<Answer, Error> {
    let session = Session::without_index(&context.desk)?;
    let at = args.at.size(&session, &mut context.terminal)?;
    let shown = scale::named(&session, args.scale.as_deref(), at)?;
    context.terminal.answer(&shown, || render_text(&shown));
    Ok(Answer::Yes)
}

fn render_text(shown: &ScaleShown) -> String {
    let scale = &shown.scale;
    let rows = scale.entries.iter().map(|entry| {
        vec![
            Message::from(&entry.label).to_string(),
            entry.code.to_string(),
            entry
                .number
                .map_or_else(|| "off scale".to_owned(), |n| n.to_string()),
            entry.needs.to_string(),
            entry
                .definition
                .as_ref()
                .map(|definition| Message::from(definition).to_string())
                .unwrap_or_default(),
        ]
    });
    let direction = scale.direction.map(|d| format!(", {d}"));
    format!(
        "{} of {}, version {}{} (#{})\n{}",
        Message::from(&scale.title),
        scale.organisation,
        scale.version,
        direction.unwrap_or_default(),
        shown.entry,
        table(&["label", "code", "number", "needs", "meaning"], rows)
    )
}
