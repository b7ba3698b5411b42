//! `verdict list`: the verdicts and their standing.

use crate::app::read::moved::Moved;
use crate::app::read::standing;
use crate::app::{Error, Session};
use crate::cli::context::{Answer, Context, ListArgs};
use crate::cli::render::standing::not_shown;
use crate::cli::render::table::table;
use claimledger_core::Message;
use clap::Args;

/// List the verdicts and their standing
#[derive(Debug, Clone, Copy, Args)]
#[command(
    after_help = "Example:\n  claimledger verdict list\n  claimledger verdict list --changed"
)]
pub struct VerdictListArgs {
    /// Only the verdicts whose corroboration has changed since they were signed
    #[arg(long)]
    pub changed: bool,
    #[command(flatten)]
    pub list: ListArgs,
}

/// Lists the verdicts.
pub fn run(args: VerdictListArgs, context: &mut Context) -> Result<Answer, Error> {
    let session = Session::open(&context.desk)?;
    let which = args.list.which(&session, &mut context.terminal)?;
    let all = standing::list(&session, which, args.changed)?;
    context.terminal.answer(&all, || {
        let left_out = not_shown(&all.not_shown);
        if all.found.is_empty() {
            return format!("none\n{left_out}");
        }
        let rows = all.found.iter().map(|verdict| {
            let mut words = verdict.words.clone();
            words.extend(verdict.moved.iter().filter_map(since));
            vec![
                format!("#{}", verdict.line.index),
                verdict.line.when(),
                verdict.line.label.clone().unwrap_or_default(),
                verdict.line.by(),
                Message::join(&words, "; ").to_string(),
                verdict.line.words.to_string(),
                verdict.claim_text.to_string(),
            ]
        });
        let head = [
            "entry", "issued", "label", "by", "standing", "rating", "claim",
        ];
        table(&head, rows) + &left_out
    });
    Ok(Answer::Yes)
}

/// What has changed for a verdict, and the entry that changed it.
fn since(moved: &Moved) -> Option<Message> {
    moved.since.map(|since| format!("first by #{since}").into())
}
