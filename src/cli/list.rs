//! Lists of the entries of one type: all of them, or those that name one thing.

use crate::app::read::show;
use crate::app::{Error, Session};
use crate::cli::context::{Answer, Context, ListArgs};
use crate::cli::render::standing::not_shown;
use crate::cli::render::table::entry_table;
use claimledger_core::model::StatementType;

/// Lists the entries of one type.
pub fn all(
    statement_type: StatementType,
    list: ListArgs,
    context: &mut Context,
) -> Result<Answer, Error> {
    naming(statement_type, None, list, context)
}

/// Lists the entries of one type; with a name, only those that name this thing.
pub fn naming(
    statement_type: StatementType,
    name: Option<&str>,
    list: ListArgs,
    context: &mut Context,
) -> Result<Answer, Error> {
    let session = Session::open(&context.desk)?;
    let which = list.which(&session, &mut context.terminal)?;
    let listed = match name {
        Some(name) => show::about(&session, statement_type, name, which)?,
        None => show::list(&session, statement_type, which)?,
    };
    context.terminal.answer(&listed, || {
        entry_table(&listed.found) + &not_shown(&listed.not_shown)
    });
    Ok(Answer::Yes)
}
