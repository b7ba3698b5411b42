//! `claim list`: the claims of this ledger, or of this one and every mirror.

use crate::app::read::claim_rows::{self, ClaimRow};
use crate::app::read::listed::{Listed, Which};
use crate::app::read::{everywhere, show};
use crate::app::{Error, Session};
use crate::cli::context::{Answer, Context, ListArgs};
use crate::cli::render::standing::{not_shown, standing};
use crate::cli::render::table::filled_columns;
use claimledger_core::Message;
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
    pub list: ListArgs,
}

/// Lists the claims.
pub fn run(args: &ClaimListArgs, context: &mut Context) -> Result<Answer, Error> {
    if args.everywhere {
        everywhere_too(args.list.everywhere(), context)
    } else {
        let session = Session::open(&context.desk)?;
        let which = args.list.which(&session, &mut context.terminal)?;
        let listed = claims(&session, which)?;
        context.terminal.answer(&listed, || {
            render_text(&listed.found) + &not_shown(&listed.not_shown)
        });
        Ok(Answer::Yes)
    }
}

/// Lists the claims of this ledger and of every mirror.
fn everywhere_too(which: Which, context: &mut Context) -> Result<Answer, Error> {
    let all = everywhere::ask(&context.desk, |session| claims(session, which))?;
    context.terminal.notes(&all.notes);
    context.terminal.answer(&all, || {
        let rows = all.found.iter().map(|of| {
            let mut row = vec![of.whose()];
            row.extend(cells(&of.found));
            row
        });
        let head = [&["ledger"], &HEAD[..]].concat();
        filled_columns(&head, &rows.collect::<Vec<_>>()) + &not_shown(&all.not_shown)
    });
    Ok(Answer::Yes)
}

/// The claims of a ledger.
fn claims(session: &Session, which: Which) -> Result<Listed<ClaimRow>, Error> {
    let listed = show::list(session, StatementType::ClaimAdd, which)?;
    Ok(Listed {
        found: claim_rows::rows(session, listed.found, session.at(which.at)?)?,
        not_shown: listed.not_shown,
    })
}

fn render_text(rows: &[ClaimRow]) -> String {
    filled_columns(&HEAD, &rows.iter().map(cells).collect::<Vec<_>>())
}

const HEAD: [&str; 8] = [
    "entry", "label", "made", "standing", "verdict", "rating", "claimant", "claim",
];

fn cells(row: &ClaimRow) -> Vec<String> {
    vec![
        format!("#{}", row.line.index),
        row.line.label.clone().unwrap_or_default(),
        row.made.clone().unwrap_or_default(),
        standing(&row.line.standing),
        row.judged().to_string(),
        row.rated().to_string(),
        Message::join(&row.claimants, ", ").to_string(),
        row.line.words.to_string(),
    ]
}
