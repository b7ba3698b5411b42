//! `record`: a whole case from one file, all or nothing.

use super::adding;
use super::consent::agreed;
use super::context::{Answer, Context};
use super::render::{statement, table::clip};
use crate::app::record::append;
use crate::app::record::case::{Case, Gathered, Planned};
use crate::app::record::case_reads::Allowed;
use crate::app::{Error, Session};
use crate::cli::render::count::count;
use crate::keystore::Signer;
use clap::Args;
use std::path::PathBuf;

/// Record a whole case from one file, all or nothing
///
/// The TOML file has a section for each thing to record. Each section has the options and arguments of one command as its
/// fields, with the same names:
/// [[source]] those of `source add`, [[capture]] of `source capture`, [[transcript]] of
/// `source transcribe`, [[claim]] of `claim add`, [[relation]] of
/// `source relate`, [[assessment]] of `source assess`, [[claim-relation]] of `claim relate`, [[evidence]] of `evidence add`,
/// and [[verdict]] of `verdict issue`.
///
/// A section can also have the field `name`. Other sections of the file use this name to refer to it; the name is not stored
/// in the ledger. A label, which is stored, can be used in the same way.
///
/// The case reads files beside it only. If it fetches pages, or reads other files with --allow-outside, the program lists them
/// and asks before it does so; without a terminal, confirm with --yes.
///
/// The program checks everything first. It adds everything in one commit, or nothing, and names every fault of the file with its
/// line and field. The page `docs/cases.md` has all fields and a case that you can start from.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger record case.toml --dry-run\n  claimledger record case.toml --as jonas"
)]
pub struct RecordArgs {
    /// The TOML file. Paths in this file are relative to the folder that contains it
    #[arg(value_name = "FILE")]
    pub case: PathBuf,
    /// Check the case and add nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Read, fetch and sign without asking
    #[arg(long, short)]
    pub yes: bool,
    #[command(flatten)]
    pub allow: AllowArgs,
}

/// What a case may reach.
#[derive(Debug, Clone, Copy, Args)]
pub struct AllowArgs {
    /// Allow the case to read files that are not beside it
    #[arg(long)]
    pub allow_outside: bool,
    /// Allow the case to fetch from an address on this machine or in a local network, where it asks for that
    #[arg(long)]
    pub allow_private: bool,
}

/// Records a case.
pub fn run(args: &RecordArgs, context: &mut Context) -> Result<Answer, Error> {
    let allowed = Allowed {
        outside: args.allow.allow_outside,
        private_addresses: args.allow.allow_private,
    };
    let case = Case::read(&args.case, allowed)?;
    let takes = case.takes();
    if takes.iter().any(|(_, taken)| taken.reaches_out) {
        let lines = takes
            .iter()
            .map(|(item, taken)| format!("{item}: {taken}\n"));
        context.terminal.preview(&lines.collect::<String>());
        agreed(context, args.yes, "Read and fetch these?")?;
    }
    let (mut session, name) = adding::open(context)?;
    let signer = append::open_key(&context.desk, &session, &name, &mut context.terminal)?;
    let gathered = gathered(&case, &session, context)?;
    record(
        &case,
        &gathered,
        &mut session,
        (name.as_str(), signer.as_ref()),
        (args.yes, args.dry_run),
        context,
    )
}

/// Keeps the bytes that a case takes in.
pub fn gathered(case: &Case, session: &Session, context: &mut Context) -> Result<Gathered, Error> {
    adding::index_words(session, context)?;
    // Pages may be fetched.
    session.let_go();
    let mut progress = context.terminal.progress("gathering");
    let gathered = case.gather(&context.desk, &mut |done, all| progress.tell(done, all))?;
    drop(progress);
    context.terminal.notes(&gathered.notes);
    Ok(gathered)
}

/// Shows a case whose bytes are kept, asks, signs and adds it.
pub fn record(
    case: &Case,
    gathered: &Gathered,
    session: &mut Session,
    (name, signer): (&str, &dyn Signer),
    (yes, dry_run): (bool, bool),
    context: &mut Context,
) -> Result<Answer, Error> {
    if dry_run {
        let built = case.build(session, &context.desk, signer, gathered)?;
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
    let (desk, finished) = (&context.desk, &context.finished);
    let before = case.added_by(finished, session, desk, signer, gathered)?;
    if let Some(added) = before {
        context.terminal.done(&added, || {
            let lines = added.iter();
            lines
                .map(|one| adding::line(one, &"in this case"))
                .collect()
        });
        return Ok(Answer::Yes);
    }
    let asked = !yes && context.terminal.attended();
    if asked {
        let built = case.build(session, &context.desk, signer, gathered)?;
        context.terminal.notes(&built.remarks);
        for planned in &built.planned {
            let shown = statement::statement(&planned.statement, &planned.names);
            context
                .terminal
                .preview(&format!("#{} {name} signs:\n{shown}", planned.index));
            if let Some(taken) = &planned.taken {
                context.terminal.preview(&format!("  {taken}\n"));
            }
        }
        session.let_go();
        let decided = lines("  adds", &built.planned);
        context
            .terminal
            .preview(&format!("what is decided:\n{decided}"));
        let question = format!(
            "Sign and add {}?",
            count(built.planned.len(), "statement", "statements")
        );
        if !context.terminal.confirm(&question) {
            return Err(Error::Declined);
        }
    }
    let terminal = &mut context.terminal;
    let desk = &context.desk;
    let recorded = case.append(session, desk, signer, gathered, terminal)?;
    if !asked {
        context.terminal.notes(&recorded.remarks);
    }
    context.terminal.notes(&recorded.notes);
    context.terminal.done(&recorded.added, || {
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
        let taken = one.taken.as_ref().map(|taken| format!("  {taken}\n"));
        format!(
            "{done} #{} {}{}: {}\n{}",
            one.index,
            one.statement_type,
            name.unwrap_or_default(),
            clip(&one.words, 100),
            taken.unwrap_or_default()
        )
    };
    planned.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use crate::app::record::capture::NewCapture;
    use crate::app::record::case_items::KINDS;
    use crate::app::record::claim::NewClaim;
    use crate::app::record::correction::{CORRECTING, NewCorrection};
    use crate::app::record::evidence::NewEvidence;
    use crate::app::record::relation::{NewAssessment, NewClaimRelation, NewRelation};
    use crate::app::record::source::NewSource;
    use crate::app::record::toml_file::{Fields, known};
    use crate::app::record::transcript::NewTranscript;
    use crate::app::record::verdict::NewVerdict;
    use crate::cli::command::Cli;
    use clap::Arg;
    use std::collections::BTreeSet;

    /// The command of a kind of section, and the fields that the section knows and needs.
    fn section(kind: &str) -> (&'static str, BTreeSet<String>, BTreeSet<String>) {
        fn of<T: Fields>(
            command: &'static str,
        ) -> (&'static str, BTreeSet<String>, BTreeSet<String>) {
            let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
            (command, words(known::<T>()), words(T::REQUIRED))
        }
        match kind {
            "source" => of::<NewSource>("source add"),
            "capture" => of::<NewCapture>("source capture"),
            "transcript" => of::<NewTranscript>("source transcribe"),
            "claim" => of::<NewClaim>("claim add"),
            "relation" => of::<NewRelation>("source relate"),
            "assessment" => of::<NewAssessment>("source assess"),
            "claim-relation" => of::<NewClaimRelation>("claim relate"),
            "evidence" => of::<NewEvidence>("evidence add"),
            "verdict" => of::<NewVerdict>("verdict issue"),
            other => panic!("{other}"),
        }
    }

    /// The name of an argument in a case: that of the option, or of the argument without one.
    fn name(argument: &Arg) -> String {
        let long = argument.get_long().map(str::to_owned);
        long.unwrap_or_else(|| argument.get_id().to_string())
    }

    #[test]
    fn the_fields_of_a_section_are_the_options_of_its_command() {
        let root = Cli::whole();
        let page = include_str!("../../docs/cases.md");
        for kind in KINDS {
            let (path, mut fields, needed) = section(kind);
            let mut words = path.split(' ');
            let noun = root
                .find_subcommand(words.next().expect("a noun"))
                .expect("it is there");
            let command = noun
                .find_subcommand(words.next().expect("a verb"))
                .expect("it is there");
            // How a person signs is no part of the case.
            // And a case brings what is new, not the bytes that are held.
            let signing = ["yes", "draft", "force", "help", "again"];
            let own = command
                .get_arguments()
                .filter(|argument| !argument.is_global_set());
            let options: BTreeSet<String> = own.map(name).collect();
            let options = options
                .into_iter()
                .filter(|name| !signing.contains(&name.as_str()));
            fields.insert("label".to_owned());
            if *kind != "capture" {
                fields.extend(CORRECTING.iter().map(|field| (*field).to_owned()));
            }
            assert_eq!(fields, options.collect::<BTreeSet<_>>(), "{path}");
            for field in &fields {
                assert!(page.contains(&format!("`{field}`")), "{path}: {field}");
            }
            let required = command.get_arguments().filter(|a| a.is_required_set());
            assert_eq!(
                needed,
                required.map(name).collect::<BTreeSet<_>>(),
                "{path}"
            );
        }
        let correcting: BTreeSet<&str> = CORRECTING.iter().copied().collect();
        let known: BTreeSet<&str> = known::<NewCorrection>().iter().copied().collect();
        assert_eq!(correcting, known);
    }
}
