//! `todo`: the work that is open.

use super::context::{Answer, Context};
use crate::app::read::line::labelled;
use crate::app::read::standing_line::utc;
use crate::app::read::todo::{self, Todo, TodoKind};
use crate::app::{Error, Session};
use crate::cli::render::table::clip;
use clap::Args;

/// List the work that is open
///
/// Verdicts that wait for approval, rejected verdicts, objections without an answer, corrections that are due, forecasts that
/// have fallen due, and verdicts beneath which something changed: each with the people who can do it by the rules, and the
/// command to go on with. With --as NAME, only what that person can do. Drafts are files; the ledger does not know of them.
#[derive(Debug, Clone, Copy, Args)]
#[command(after_help = "Example:\n  claimledger todo\n  claimledger todo --as edith")]
pub struct TodoArgs {}

/// Lists what is open.
pub fn run(_: TodoArgs, context: &mut Context) -> Result<Answer, Error> {
    let session = Session::open(&context.desk)?;
    context.terminal.notes(&session.notes());
    let open = todo::list(&context.desk, &session, context.signer.as_deref())?;
    let name = context.signer.clone();
    context
        .terminal
        .answer(&open, || text(&open, name.as_deref()));
    Ok(Answer::Yes)
}

fn text(open: &[Todo], name: Option<&str>) -> String {
    if open.is_empty() {
        return match name {
            Some(name) => format!("no approval, objection or correction is waiting for {name}\n"),
            None => "no approval, objection or correction is waiting\n".to_owned(),
        };
    }
    let mut text = String::new();
    for kind in TodoKind::ALL {
        let rows: Vec<&Todo> = open.iter().filter(|todo| todo.kind == *kind).collect();
        if !rows.is_empty() {
            text.push_str(&format!("{}\n", kind.words()));
            text.extend(rows.into_iter().map(row));
        }
    }
    text
}

/// One row: what, what is open, since when and for whom, and the command.
fn row(todo: &Todo) -> String {
    let what = &todo.what;
    let label = labelled(what.label.as_deref());
    let due = todo
        .due
        .as_ref()
        .map(|due| format!("due by {}, ", utc(due)));
    format!(
        "  #{}{} by {}\n    {}\n    {}since {}, for {}\n    next: {}\n",
        what.index,
        label,
        what.by(),
        clip(&todo.words, 240),
        due.unwrap_or_default(),
        todo.since,
        todo.who_in_words(),
        todo.next,
    )
}
