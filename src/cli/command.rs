//! The commands, and which file does each.

use super::context::{Answer, Context, PlaceArgs, at_length};
use super::{
    audit, checkpoint, claim, completions, corroboration, demo, dispute, doctor, draft, evidence,
    exchange, init, key, ledger, log, man, observe, org, policy, prove, read_pdf, record, report,
    scale, search, show, snapshot, source, verdict, withdraw, witness,
};
use crate::app::Error;
use clap::{CommandFactory as _, Parser, Subcommand};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "claimledger",
    version,
    about = "A fact-check claim ledger with signed provenance",
    long_about = "Records claims, their sources and verdicts in an append-only, hash-chained ledger, each statement \
                  signed by its reviewer's key, so that anyone can audit how a verdict came about.",
    after_help = "Example:\n  claimledger demo          see the whole job done, from keys to an audit\n  \
                  claimledger init your-desk.example/facts --as mara",
    arg_required_else_help = true,
    disable_help_subcommand = true
)]
pub struct Cli {
    /// Where and how to work.
    #[command(flatten)]
    pub place: PlaceArgs,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a new ledger
    #[command(long_about = at_length::<init::InitArgs>())]
    Init(init::InitArgs),
    /// See the whole job done: keys, sources, claims, verdicts, audit
    #[command(long_about = at_length::<demo::DemoArgs>())]
    Demo(demo::DemoArgs),
    /// Make, list, enrol, rotate and revoke keys
    #[command(subcommand)]
    Key(key::KeyCommand),
    /// Record and list sources
    #[command(subcommand)]
    Source(source::SourceCommand),
    /// Record and list claims
    #[command(subcommand)]
    Claim(claim::ClaimCommand),
    /// Weigh a source for or against a claim
    #[command(subcommand)]
    Evidence(evidence::EvidenceCommand),
    /// Sign and list verdicts
    #[command(subcommand)]
    Verdict(verdict::VerdictCommand),
    /// Say how independent the support of a claim really is
    #[command(long_about = at_length::<corroboration::CorroborationArgs>())]
    Corroboration(corroboration::CorroborationArgs),
    /// Take back a claim, source, relation, assessment, evidence or verdict
    #[command(long_about = at_length::<withdraw::WithdrawArgs>())]
    Withdraw(withdraw::WithdrawArgs),
    /// Object to a statement, and answer objections
    #[command(subcommand)]
    Dispute(dispute::DisputeCommand),
    /// Record a whole case from one file, all or nothing
    #[command(long_about = at_length::<record::RecordArgs>())]
    Record(record::RecordArgs),
    /// Withhold bytes of a source
    #[command(subcommand)]
    Snapshot(snapshot::SnapshotCommand),
    /// Keep another ledger's checkpoint here
    #[command(long_about = at_length::<observe::ObserveArgs>())]
    Observe(observe::ObserveArgs),
    /// Sign a draft, to be appended here or elsewhere
    #[command(long_about = at_length::<draft::SignArgs>())]
    Sign(draft::SignArgs),
    /// Append signed envelopes, once and only once
    #[command(long_about = at_length::<draft::SubmitArgs>())]
    Submit(draft::SubmitArgs),
    /// Show one entry whole
    Show(show::ShowArgs),
    /// List every entry
    Log(log::LogArgs),
    /// Find claims, sources and verdicts by their words
    #[command(long_about = at_length::<search::SearchArgs>())]
    Search(search::SearchArgs),
    /// Check everything again, from the bytes
    #[command(long_about = at_length::<audit::AuditArgs>())]
    Audit(audit::AuditArgs),
    /// Write a proof that needs no copy of this ledger
    #[command(long_about = at_length::<prove::ProveArgs>())]
    Prove(prove::ProveArgs),
    /// Check a proof, offline
    #[command(long_about = at_length::<prove::VerifyArgs>())]
    Verify(prove::VerifyArgs),
    /// Publish this ledger
    #[command(long_about = at_length::<exchange::ExportArgs>())]
    Export(exchange::ExportArgs),
    /// Bring a copy up to the head at a place
    #[command(long_about = at_length::<exchange::PullArgs>())]
    Pull(exchange::PullArgs),
    /// Keep verified copies of other ledgers
    #[command(subcommand)]
    Mirror(exchange::MirrorCommand),
    /// Print the newest signed checkpoint, or change its keys
    #[command(long_about = checkpoint::ABOUT)]
    Checkpoint(checkpoint::CheckpointArgs),
    /// Be a witness of other ledgers
    #[command(subcommand)]
    Witness(witness::WitnessCommand),
    /// Adopt or close this copy of a ledger; list and forget those this machine remembers
    #[command(subcommand)]
    Ledger(ledger::LedgerCommand),
    /// Describe and list organisations
    #[command(subcommand)]
    Org(org::OrgCommand),
    /// Set and show rating scales
    #[command(subcommand)]
    Scale(scale::ScaleCommand),
    /// Set and show what a verdict needs to be approved
    #[command(subcommand)]
    Policy(policy::PolicyCommand),
    /// Report on the practice that the ledger shows
    #[command(subcommand)]
    Report(report::ReportCommand),
    /// Look for interrupted commits, leftovers and other trouble
    #[command(long_about = at_length::<doctor::DoctorArgs>())]
    Doctor(doctor::DoctorArgs),
    /// Print completions for a shell
    Completions(completions::CompletionsArgs),
    /// Print the manual page
    Man(man::ManArgs),
    /// Take the text out of the PDF file on standard input, with bounds on this process
    #[command(hide = true)]
    ReadPdf,
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
        Command::Snapshot(command) => snapshot::run(command, context),
        Command::Observe(args) => observe::run(&args, context),
        Command::Sign(args) => draft::sign(&args, context),
        Command::Submit(args) => draft::submit(&args, context),
        Command::Show(args) => show::run(&args, context),
        Command::Log(args) => log::run(args, context),
        Command::Search(args) => search::run(&args, context),
        Command::Audit(args) => audit::run(&args, context),
        Command::Prove(args) => prove::prove(&args, context),
        Command::Verify(args) => prove::verify(&args, context),
        Command::Export(args) => exchange::export(&args, context),
        Command::Pull(args) => exchange::pull(&args, context),
        Command::Mirror(command) => exchange::mirror(&command, context),
        Command::Checkpoint(args) => checkpoint::run(&args, context),
        Command::Witness(command) => witness::run(&command, context),
        Command::Ledger(command) => ledger::run(&command, context),
        Command::Org(command) => org::run(command, context),
        Command::Scale(command) => scale::run(&command, context),
        Command::Policy(command) => policy::run(&command, context),
        Command::Report(command) => report::run(command, context),
        Command::Doctor(args) => doctor::run(args, context),
        Command::Completions(args) => completions::run(args, Cli::command(), context),
        Command::Man(args) => man::run(&args, Cli::command(), context),
        Command::ReadPdf => read_pdf::run(),
    }
}
