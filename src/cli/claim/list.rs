//! `claim list`: the claims of this ledger, or of this one and every mirror.

use crate::app::read::claim_rows::{self, ClaimRow};
use crate::app::read::{everywhere, show};
use crate::app::{Error, Session};
use crate::cli::context::{Answer, AtArgs, Context};
use crate::cli::render::table::{filled_columns, standing_told};
use claimledger_core::TreeSize;
use claimledger_core::model::StatementType;
use clap::Args;

/// List the claims
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  \
                  claimledger claim list --at 40\n  \
                  claimledger claim list --everywhere")]
pub struct ClaimListArgs {
    /// List the claims of this ledger and of every mirror on this machine
    #[arg(long, conflicts_with = "at")]
    pub everywhere: bool,
    #[command(flatten)]
    pub at: AtArgs,
}

/// Lists the claims.
pub fn run(args: &ClaimListArgs, context: &mut Context) -> Result<Answer, Error> {
    if args.everywhere {
        everywhere_too(context)
    } else {
        let session = Session::open(&context.desk)?;
        context.terminal.notes(&session.notes());
        let rows = claims(&session, args.at.at)?;
        context.terminal.answer(&rows, || render_text(&rows));
        Ok(Answer::Yes)
    }
}

/// Lists the claims of this ledger and of every mirror.
fn everywhere_too(context: &mut Context) -> Result<Answer, Error> {
    let all = everywhere::ask(&context.desk, |session| claims(session, None))?;
    context.terminal.notes(&all.notes);
    context.terminal.answer(&all, || {
        let rows = all.found.iter().map(|of| {
            let mut row = vec![of.whose()];
            row.extend(cells(&of.found));
            row
        });
        let head = [&["ledger"], &HEAD[..]].concat();
        filled_columns(&head, rows.collect())
    });
    Ok(Answer::Yes)
}

/// The claims of a ledger.
fn claims(session: &Session, at: Option<TreeSize>) -> Result<Vec<ClaimRow>, Error> {
    let lines = show::list(session, StatementType::ClaimAdd, at)?;
    claim_rows::rows(session, lines, session.at(at)?)
}

fn render_text(rows: &[ClaimRow]) -> String {
    filled_columns(&HEAD, rows.iter().map(cells).collect())
}

const HEAD: [&str; 7] = [
    "entry", "label", "claimant", "made", "rating", "standing", "claim",
];

fn cells(row: &ClaimRow) -> Vec<String> {
    vec![
        format!("#{}", row.line.index),
        row.line.label.clone().unwrap_or_default(),
        row.claimants.join(", "),
        row.made.clone().unwrap_or_default(),
        row.rated(),
        standing_told(&row.line),
        row.line.words.clone(),
    ]
}
