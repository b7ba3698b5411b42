//! `dispute list`: the objections, and what became of each.

use crate::app::read::objection_list::{self, ObjectionLine};
use crate::app::read::screens::objections::Objection;
use crate::app::{Error, Session};
use crate::cli::context::{Answer, Context, ListArgs};
use crate::cli::render::standing::not_shown;
use crate::cli::render::table::table;
use clap::Args;

/// List the objections, and what became of each
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger dispute list closing-verdict")]
pub struct DisputeListArgs {
    /// Only the objections to this statement
    pub entry: Option<String>,
    #[command(flatten)]
    pub list: ListArgs,
}

/// Lists the objections.
pub fn run(args: &DisputeListArgs, context: &mut Context) -> Result<Answer, Error> {
    let session = Session::open(&context.desk)?;
    let which = args.list.which(&session, &mut context.terminal)?;
    let listed = objection_list::list(&session, args.entry.as_deref(), which)?;
    context.terminal.answer(&listed, || {
        rows(&listed.found) + &not_shown(&listed.not_shown)
    });
    Ok(Answer::Yes)
}

fn rows(found: &[ObjectionLine]) -> String {
    if found.is_empty() {
        return "none\n".to_owned();
    }
    let rows = found.iter().map(|one| {
        let objection = &one.objection;
        vec![
            format!("#{}", objection.entry),
            objection.label.clone().unwrap_or_default(),
            format!("#{}", objection.to),
            objection.by.who(),
            outcome(objection),
            objection.note.quoted(),
        ]
    });
    table(
        &["entry", "label", "to", "by", "outcome", "objection"],
        rows,
    )
}

/// `accepted by edith, 2026-03-11T08:00:00Z; #24 must be corrected by 2026-04-01 (UTC)`.
fn outcome(objection: &Objection) -> String {
    let mut words = objection.state().to_owned();
    if let Some(answer) = &objection.answer {
        words.push_str(&format!(" by {}, {}", answer.by.who(), answer.by.on));
    }
    if let Some(follows) = objection.follows() {
        words.push_str(&format!("; {follows}"));
    }
    for reply in &objection.replies {
        let author = if reply.by_author { ", the author" } else { "" };
        words.push_str(&format!("; {}{author}, replied", reply.by.who()));
    }
    words
}
