//! Lists of the entries of one type: all of them, or those that name one thing.

use crate::app::read::show;
use crate::app::{Error, Session};
use crate::cli::context::{Answer, AtArgs, Context};
use crate::cli::render::table::entry_table;
use claimledger_core::model::StatementType;

/// Lists the entries of one type.
pub fn all(
    statement_type: StatementType,
    at: AtArgs,
    context: &mut Context,
) -> Result<Answer, Error> {
    naming(statement_type, None, at, context)
}

/// Lists the entries of one type; with a name, only those that name this thing.
pub fn naming(
    statement_type: StatementType,
    name: Option<&str>,
    at: AtArgs,
    context: &mut Context,
) -> Result<Answer, Error> {
    let session = Session::open(&context.desk)?;
    let at = at.size(&session, &mut context.terminal)?;
    let lines = match name {
        Some(name) => show::about(&session, statement_type, name, at)?,
        None => show::list(&session, statement_type, at)?,
    };
    context.terminal.answer(&lines, || entry_table(&lines));
    Ok(Answer::Yes)
}
