//! The question whether to sign the words of the source, if a quotation only looks like them.

use super::context::Context;
use crate::app::Error;
use crate::app::record::evidence::own_words;
use crate::cli::adding::AddingArgs;
use claimledger_core::encoding::foreign::Foreign;

/// What `make` makes of a quotation. If it is refused because the source has words that look the same, a person on a terminal
/// sees those and is asked; then it is made with `true`.
pub fn asking<T>(
    context: &mut Context,
    args: &AddingArgs,
    nearest: bool,
    mut make: impl FnMut(bool) -> Result<T, Error>,
) -> Result<T, Error> {
    let refused = match make(nearest) {
        Err(refused) => refused,
        made => return made,
    };
    if nearest || !is_wanted(context, args, &refused) {
        return Err(refused);
    }
    make(true)
}

/// Whether a person on a terminal wants the words of the source that look like a refused quotation.
pub fn is_wanted(context: &mut Context, args: &AddingArgs, refused: &Error) -> bool {
    if args.yes || !context.terminal.attended() {
        return false;
    }
    let Some(own) = own_words(refused).map(Foreign::from) else {
        return false;
    };
    let terminal = &mut context.terminal;
    // Letter for letter: inside quotation marks a double mark would be shown as a single one.
    let own = own.in_one_line().block("  | ", &|row| vec![row.to_owned()]);
    terminal.preview(&format!("{refused}\nthe words of the source:\n{own}"));
    terminal.confirm("Use the words of the source?")
}
