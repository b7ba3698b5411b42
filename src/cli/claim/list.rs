//! `claim list`: the claims of this ledger, or of this one and every mirror.

use crate::app::Error;
use crate::app::read::listed::Which;
use crate::app::read::{everywhere, show};
use crate::cli::context::{Answer, Context, ListArgs};
use crate::cli::list;
use crate::cli::render::standing::{not_shown, standing};
use crate::cli::render::table::{clip, table};
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
        list::all(StatementType::ClaimAdd, args.list, context)
    }
}

/// Lists the claims of this ledger and of every mirror.
fn everywhere_too(which: Which, context: &mut Context) -> Result<Answer, Error> {
    let all = everywhere::ask(&context.desk, |session| {
        show::list(session, StatementType::ClaimAdd, which)
    })?;
    context.terminal.notes(&all.notes);
    context.terminal.answer(&all, || {
        let left_out = not_shown(&all.not_shown);
        if all.found.is_empty() {
            return format!("none\n{left_out}");
        }
        let rows = all.found.iter().map(|of| {
            let line = &of.found;
            vec![
                of.whose(),
                format!("#{}", line.index),
                line.when(),
                line.label.clone().unwrap_or_default(),
                line.by(),
                standing(&line.standing),
                clip(&line.words, 100),
            ]
        });
        let head = [
            "ledger", "entry", "issued", "label", "by", "standing", "says",
        ];
        table(&head, rows) + &left_out
    });
    Ok(Answer::Yes)
}
