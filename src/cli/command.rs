//! The commands, and the file for each.

use super::context::{Answer, Context, PlaceArgs};
use super::{
    audit, checkpoint, claim, completions, corroboration, demo, dispute, doctor, evidence, export,
    hyphens, import, init, key, ledger, log, man, mirror, observe, org, policy, prove, pull,
    read_document, record, report, review, scale, search, show, sign, snapshot, source, submit,
    todo, verdict, verify, withdraw, witness,
};
use crate::app::Error;
use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use std::ffi::OsString;

/// A ledger for fact-checks, signed by the people who make them
///
/// Records claims, the sources in which they appeared, the evidence and the verdicts. Each statement is signed with the key
/// of the person who makes it. The log is append-only and hash-chained, and anyone who has a copy can check all of it
/// offline.
#[derive(Debug, Parser)]
#[command(
    name = "claimledger",
    version,
    after_help = "Example:\n  claimledger demo          see the whole work, from the first key to the audit\n  \
                  claimledger init your-desk.example/facts --as mara",
    arg_required_else_help = true,
    disable_help_subcommand = true
)]
pub struct Cli {
    #[command(flatten)]
    pub(super) place: PlaceArgs,
    #[command(subcommand)]
    pub(super) command: Command,
}

impl Cli {
    /// Reads a command line; a text may begin with a hyphen.
    ///
    /// # Errors
    ///
    /// Those of clap; a request for help or for the version is one of them.
    pub fn read(line: &[OsString]) -> Result<Self, clap::Error> {
        let command = hyphens::with_texts(Self::command());
        let line = hyphens::marked(line.iter().cloned(), &command);
        Self::from_arg_matches(&command.try_get_matches_from(line)?)
    }

    /// The command and those below it, with the options that all of them share.
    pub fn whole() -> clap::Command {
        let mut command = Self::command();
        command.build();
        command
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    Init(init::InitArgs),
    Demo(demo::DemoArgs),
    #[command(subcommand)]
    Key(key::KeyCommand),
    #[command(subcommand)]
    Source(source::SourceCommand),
    #[command(subcommand)]
    Claim(claim::ClaimCommand),
    #[command(subcommand)]
    Evidence(evidence::EvidenceCommand),
    #[command(subcommand)]
    Verdict(verdict::VerdictCommand),
    Corroboration(corroboration::CorroborationArgs),
    Withdraw(withdraw::WithdrawArgs),
    #[command(subcommand)]
    Dispute(dispute::DisputeCommand),
    Record(record::RecordArgs),
    #[command(subcommand)]
    Import(import::ImportCommand),
    #[command(subcommand)]
    Review(review::ReviewCommand),
    #[command(subcommand)]
    Snapshot(snapshot::SnapshotCommand),
    Observe(observe::ObserveArgs),
    Sign(sign::SignArgs),
    Submit(submit::SubmitArgs),
    Show(show::ShowArgs),
    Log(log::LogArgs),
    Search(search::SearchArgs),
    Todo(todo::TodoArgs),
    Audit(audit::AuditArgs),
    Prove(prove::ProveArgs),
    Verify(verify::VerifyArgs),
    Export(export::ExportArgs),
    Pull(pull::PullArgs),
    #[command(subcommand)]
    Mirror(mirror::MirrorCommand),
    Checkpoint(checkpoint::CheckpointArgs),
    #[command(subcommand)]
    Witness(witness::WitnessCommand),
    #[command(subcommand)]
    Ledger(ledger::LedgerCommand),
    #[command(subcommand)]
    Org(org::OrgCommand),
    #[command(subcommand)]
    Scale(scale::ScaleCommand),
    #[command(subcommand)]
    Policy(policy::PolicyCommand),
    #[command(subcommand)]
    Report(report::ReportCommand),
    Doctor(doctor::DoctorArgs),
    Completions(completions::CompletionsArgs),
    Man(man::ManArgs),
    #[command(hide = true)]
    ReadDocument,
}

/// Does what a command says.
pub(super) fn run(command: Command, context: &mut Context) -> Result<Answer, Error> {
    match command {
        Command::Init(args) => init::run(&args, context),
        Command::Demo(args) => demo::run(&args, context),
        Command::Key(command) => key::run(&command, context),
        Command::Source(command) => source::run(command, context),
        Command::Claim(command) => claim::run(command, context),
        Command::Evidence(command) => evidence::run(command, context),
        Command::Verdict(command) => verdict::run(command, context),
        Command::Corroboration(args) => corroboration::run(&args, context),
        Command::Withdraw(args) => withdraw::run(args, context),
        Command::Dispute(command) => dispute::run(command, context),
        Command::Record(args) => record::run(&args, context),
        Command::Import(command) => import::run(&command, context),
        Command::Review(command) => review::run(&command, context),
        Command::Snapshot(command) => snapshot::run(command, context),
        Command::Observe(args) => observe::run(&args, context),
        Command::Sign(args) => sign::run(&args, context),
        Command::Submit(args) => submit::run(&args, context),
        Command::Show(args) => show::run(&args, context),
        Command::Log(args) => log::run(args, context),
        Command::Search(args) => search::run(&args, context),
        Command::Todo(args) => todo::run(args, context),
        Command::Audit(args) => audit::run(&args, context),
        Command::Prove(args) => prove::run(&args, context),
        Command::Verify(args) => verify::run(&args, context),
        Command::Export(args) => export::run(&args, context),
        Command::Pull(args) => pull::run(&args, context),
        Command::Mirror(command) => mirror::run(&command, context),
        Command::Checkpoint(args) => checkpoint::run(&args, context),
        Command::Witness(command) => witness::run(&command, context),
        Command::Ledger(command) => ledger::run(&command, context),
        Command::Org(command) => org::run(command, context),
        Command::Scale(command) => scale::run(&command, context),
        Command::Policy(command) => policy::run(&command, context),
        Command::Report(command) => report::run(command, context),
        Command::Doctor(args) => doctor::run(args, context),
        Command::Completions(args) => Ok(completions::run(args, Cli::command(), context)),
        Command::Man(args) => man::run(&args, Cli::command(), context),
        Command::ReadDocument => read_document::run(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &str) -> Result<Cli, clap::error::ErrorKind> {
        Cli::try_parse_from(words.split_whitespace()).map_err(|e| e.kind())
    }

    #[test]
    fn the_definitions_of_all_commands_are_sound() {
        Cli::command().debug_assert();
    }

    /// The list of commands has a line for each, and no command's line appears twice.
    #[test]
    fn every_command_and_option_is_described_in_one_line() {
        fn walk(command: &clap::Command, path: &str) {
            for below in command.get_subcommands() {
                let path = format!("{path} {}", below.get_name());
                let about = below.get_about().map(ToString::to_string);
                let about = about.unwrap_or_default();
                assert!(!about.is_empty() || below.is_hide_set(), "{path}");
                assert!(!about.contains('\n'), "{path}: {about}");
                assert!(about.len() < 90, "{path}: {about}");
                for argument in below.get_arguments().filter(|a| !a.is_hide_set()) {
                    let help = argument.get_help().map(ToString::to_string);
                    let name = argument.get_id();
                    assert!(help.is_some_and(|help| !help.is_empty()), "{path}: {name}");
                }
                walk(below, &path);
            }
        }
        walk(&Cli::command(), "");
    }

    /// `<T>` says nothing; `<TEXT>` does.
    #[test]
    fn a_placeholder_is_a_word() {
        fn walk(command: &clap::Command) {
            for argument in command.get_arguments() {
                for name in argument.get_value_names().into_iter().flatten() {
                    assert!(name.len() > 1, "{}: <{name}>", command.get_name());
                }
            }
            command.get_subcommands().for_each(walk);
        }
        walk(&Cli::command());
    }

    #[test]
    fn options_that_need_each_other_are_asked_for() {
        use clap::error::ErrorKind::{ArgumentConflict, MissingRequiredArgument};
        let issue = "claimledger verdict issue c --rating True --why W";
        assert_eq!(
            parse(&format!("{issue} --no-reply")).err(),
            Some(MissingRequiredArgument)
        );
        assert_eq!(
            parse(&format!("{issue} --contacted 2026-03-11 --not-contacted W")).err(),
            Some(ArgumentConflict)
        );
        assert!(parse(&format!("{issue} --contacted 2026-03-11 --no-reply")).is_ok());
        let add = "claimledger claim add Text --claimant many";
        assert_eq!(
            parse(&format!("{add} --supersedes old")).err(),
            Some(MissingRequiredArgument)
        );
        assert!(
            parse(&format!(
                "{add} --supersedes old --correction typo --was-wrong W"
            ))
            .is_ok()
        );
    }

    /// Only an approval can waive the origins that a policy requires.
    #[test]
    fn an_exemption_is_allowed_only_with_an_approval() {
        let exempt = |verb: &str| parse(&format!("claimledger verdict {verb} v --exemption R"));
        assert!(exempt("approve").is_ok());
        for verb in ["reject", "abstain", "recuse"] {
            assert_eq!(
                exempt(verb).err(),
                Some(clap::error::ErrorKind::UnknownArgument)
            );
        }
    }

    #[test]
    fn options_of_every_command_stand_before_or_after_it() {
        for words in [
            "claimledger --json log --last 3",
            "claimledger log --last 3 --json",
        ] {
            let cli = parse(words).unwrap_or_else(|e| panic!("{words}: {e}"));
            assert!(cli.place.json);
            let Command::Log(log) = cli.command else {
                panic!("{words} is log");
            };
            assert_eq!(log.last, Some(3));
        }
    }
}
