//! The question before something that cannot be undone.

use crate::app::Error;
use crate::cli::context::Context;

/// Asks on a terminal. Without a terminal it needs `--yes`.
pub fn agreed(context: &mut Context, yes: bool, question: &str) -> Result<(), Error> {
    if yes {
        return Ok(());
    }
    if !context.terminal.attended() {
        return Err(Error::Usage(format!(
            "{question} There is no terminal to ask on: confirm with --yes"
        )));
    }
    if context.terminal.confirm(question) {
        Ok(())
    } else {
        Err(Error::Declined)
    }
}
