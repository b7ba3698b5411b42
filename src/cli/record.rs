//! `record`: a whole case from one file, all or nothing.

use super::adding;
use super::{Answer, Context, show};
use crate::app::Error;
use crate::app::record::case::{Case, Planned};
use crate::keystore;
use clap::Args;
use std::path::PathBuf;

/// Options of `record`.
#[derive(Debug, Args)]
#[command(
    long_about = "Records a case from one TOML file: [[source]], [[capture]], [[claim]], [[relation]], [[assessment]], \
                  [[claim-relation]], [[evidence]] and [[verdict]], each with the options of its command as fields, and \
                  a name by which the others refer to it. Everything is checked first and appended in one commit, or \
                  nothing is. The folder `docs/examples` has a case to begin with.",
    after_help = "Example:\n  claimledger record case.toml --dry-run\n  claimledger record case.toml --as jonas"
)]
pub struct RecordArgs {
    /// The case; files that it names are looked for beside it
    pub case: PathBuf,
    /// Check it, sign it in memory, and append nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Sign without asking
    #[arg(long, short)]
    pub yes: bool,
}

/// Records a case.
pub fn run(args: &RecordArgs, context: &mut Context) -> Result<Answer, Error> {
    let case = Case::read(&args.case)?;
    // Opening catches the index up; building reads over it.
    let (catalog, name) = adding::open(context)?;
    drop(catalog);
    let signer = keystore::open(&context.desk.keys, &name, &mut context.terminal)?;
    let mut progress = context.terminal.progress("gathering");
    let gathered = case.gather(&context.desk, &mut |done, all| progress.tell(done, all))?;
    drop(progress);
    context.terminal.notes(&gathered.notes);
    if args.dry_run {
        let built = case.build(&context.desk, signer.as_ref(), &gathered)?;
        context.terminal.notes(&built.remarks);
        let planned = &built.planned;
        context.terminal.answer(planned, || {
            let mut text = lines("would add", planned);
            text.push_str(&format!(
                "{} statements, nothing was added\n",
                planned.len()
            ));
            text
        });
        return Ok(Answer::Yes);
    }
    let asked = !args.yes && context.terminal.attended();
    if asked {
        let built = case.build(&context.desk, signer.as_ref(), &gathered)?;
        context.terminal.notes(&built.remarks);
        for planned in &built.planned {
            let shown = show::statement(&planned.statement, &planned.names);
            context
                .terminal
                .preview(&format!("#{} {name} signs:\n{shown}", planned.index));
        }
        let question = format!("Sign and append these {}?", built.planned.len());
        if !context.terminal.confirm(&question) {
            return Err(Error::Declined);
        }
    }
    let terminal = &mut context.terminal;
    let recorded = case.append(&context.desk, signer.as_ref(), &gathered, terminal)?;
    if !asked {
        context.terminal.notes(&recorded.remarks);
    }
    context.terminal.notes(&recorded.notes);
    context.terminal.answer(&recorded.added, || {
        let pairs = recorded.added.iter().zip(&recorded.planned);
        pairs
            .map(|(added, planned)| adding::line(added, &planned.words))
            .collect()
    });
    Ok(Answer::Yes)
}

fn lines(done: &str, planned: &[Planned]) -> String {
    let line = |one: &Planned| {
        let name = one.name.as_deref().map(|name| format!(" {name}"));
        format!(
            "{done} #{} {}{}: {}\n",
            one.index,
            one.statement_type,
            name.unwrap_or_default(),
            show::clip(&one.words, 100)
        )
    };
    planned.iter().map(line).collect()
}
