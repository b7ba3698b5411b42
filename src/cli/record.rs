//! `record`: a whole case from one file, all or nothing.

use super::adding;
use super::context::{Answer, Context};
use super::render::{statement, table::clip};
use crate::app::Error;
use crate::app::record::case::{Case, Planned};
use crate::cli::render::count::count;
use clap::Args;
use std::path::PathBuf;

/// Record a whole case from one file, all or nothing
///
/// The TOML file has [[source]], [[capture]], [[claim]], [[relation]], [[assessment]], [[claim-relation]], [[evidence]] and
/// [[verdict]]. The fields of each are the options of the command of that name, and a name by which other parts of the file
/// refer to it. The program checks everything first. It adds everything in one commit, or nothing. The folder `docs/examples`
/// has a case that you can start from.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger record case.toml --dry-run\n  claimledger record case.toml --as jonas"
)]
pub struct RecordArgs {
    /// The TOML file. The program looks for the files that it names in the same folder
    #[arg(value_name = "FILE")]
    pub case: PathBuf,
    /// Check the case and add nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Sign without asking
    #[arg(long, short)]
    pub yes: bool,
}

/// Records a case.
pub fn run(args: &RecordArgs, context: &mut Context) -> Result<Answer, Error> {
    let case = Case::read(&args.case)?;
    let (mut session, name) = adding::open(context)?;
    let signer = adding::signer(context, &session, &name)?;
    // Pages may be fetched.
    session.let_go();
    let mut progress = context.terminal.progress("gathering");
    let gathered = case.gather(&context.desk, &mut |done, all| progress.tell(done, all))?;
    drop(progress);
    context.terminal.notes(&gathered.notes);
    if args.dry_run {
        let built = case.build(&session, &context.desk, signer.as_ref(), &gathered)?;
        context.terminal.notes(&built.remarks);
        let planned = &built.planned;
        context.terminal.answer(planned, || {
            let mut text = lines("would add", planned);
            text.push_str(&format!(
                "{}; nothing was added\n",
                count(planned.len(), "statement", "statements")
            ));
            text
        });
        return Ok(Answer::Yes);
    }
    let asked = !args.yes && context.terminal.attended();
    if asked {
        let built = case.build(&session, &context.desk, signer.as_ref(), &gathered)?;
        context.terminal.notes(&built.remarks);
        for planned in &built.planned {
            let shown = statement::statement(&planned.statement, &planned.names);
            context
                .terminal
                .preview(&format!("#{} {name} signs:\n{shown}", planned.index));
        }
        session.let_go();
        let question = format!(
            "Sign and add {}?",
            count(built.planned.len(), "statement", "statements")
        );
        if !context.terminal.confirm(&question) {
            return Err(Error::Declined);
        }
    }
    let terminal = &mut context.terminal;
    let (desk, signer) = (&context.desk, signer.as_ref());
    let recorded = case.append(&mut session, desk, signer, &gathered, terminal)?;
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
            clip(&one.words, 100)
        )
    };
    planned.iter().map(line).collect()
}
