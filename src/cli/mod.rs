//! The command line: one file per subcommand, thin over `app`.
//!
//! What this is not: it decides nothing. It turns words into the plain structs of `app`, asks before signing, and
//! shows what came back. Only [`terminal`] prints.

pub mod adding;
pub mod audit;
pub mod checkpoint;
pub mod claim;
pub mod completions;
pub mod corroboration;
pub mod demo;
pub mod dispute;
pub mod doctor;
pub mod draft;
pub mod evidence;
pub mod exchange;
pub mod init;
pub mod key;
pub mod ledger;
pub mod log;
pub mod man;
pub mod observe;
pub mod org;
pub mod policy;
pub mod prove;
pub mod read_pdf;
pub mod record;
pub mod recover;
pub mod refusal;
pub mod report;
pub mod scale;
pub mod search;
pub mod show;
pub mod snapshot;
pub mod source;
pub mod suggest;
pub mod terminal;
pub mod text;
pub mod verdict;
pub mod weigh;
pub mod withdraw;
pub mod witness;

use crate::app::{Desk, Error, exchange as copies, spoken};
use crate::host::{clock::SystemClock, folders};
use crate::snapshots::pdf::PdfReader;
use crate::sync::place::Place;
use clap::builder::StyledStr;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use terminal::Terminal;

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

/// Options of every command.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Where and how")]
pub struct PlaceArgs {
    /// The ledger: a folder; to read also a .tar.zst archive, an address, or a mirror's name (mirror:NAME)
    #[arg(
        long,
        global = true,
        value_name = "PLACE",
        env = "CLAIMLEDGER_LEDGER",
        default_value = "ledger",
        hide_env_values = true
    )]
    pub ledger: PathBuf,
    /// The folder of the keys
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "CLAIMLEDGER_KEYS",
        default_value = "keys",
        hide_env_values = true
    )]
    pub keys: PathBuf,
    /// Who signs: the name of a key
    #[arg(
        long = "as",
        global = true,
        value_name = "NAME",
        env = "CLAIMLEDGER_AS",
        hide_env_values = true
    )]
    pub signer: Option<String>,
    /// Print JSON, for machines
    #[arg(long, global = true)]
    pub json: bool,
    /// Where this machine remembers ledgers [default: the user's state folder]
    #[arg(long, global = true, value_name = "DIR")]
    pub state: Option<PathBuf>,
    /// Write on network and FUSE file systems all the same
    #[arg(long, global = true)]
    pub any_filesystem: bool,
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

/// What a command's options say of it at length. Its line in the list of commands would hide that.
fn at_length<A: Args>() -> StyledStr {
    let command = A::augment_args(clap::Command::new("it"));
    command.get_long_about().cloned().unwrap_or_default()
}

/// The option of every reading command.
#[derive(Debug, Clone, Copy, Args)]
pub struct AtArgs {
    /// As of this many entries
    #[arg(long, value_name = "SIZE")]
    pub at: Option<u64>,
}

/// The option of every command that writes a file where it is told to.
#[derive(Debug, Clone, Copy, Args)]
pub struct OutputArgs {
    /// Write over a file that is there; never over a key, nor into a ledger
    #[arg(long)]
    pub force: bool,
}

/// What one command has to work with.
pub struct Context {
    /// The working place.
    pub desk: Desk,
    /// Who signs, if said.
    pub signer: Option<String>,
    /// What prints and asks.
    pub terminal: Terminal,
}

/// Whether the answer was yes (exit 0), no (exit 1) or unknown (exit 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Done, or verified.
    Yes,
    /// Checked, and it is not so.
    No,
    /// Checked, and one could not tell.
    Unknown,
}

/// Runs the command that the process was started with; answers with its exit code.
pub fn main() -> u8 {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(e) => return terminal::usage(&e),
    };
    let mut terminal = Terminal::new(cli.place.json);
    let as_it_is = |text: &str| text.to_owned();
    // Reading a PDF needs no place to work, and the environment it is called in may name none.
    let (answer, desk) = match cli.command {
        Command::ReadPdf => (read_pdf::run(), None),
        command => match context(&cli.place, terminal.clone()) {
            Ok(mut context) => (run(command, &mut context), Some(context.desk)),
            Err(e) => (Err(e), None),
        },
    };
    match answer {
        Ok(Answer::Yes) => 0,
        Ok(Answer::No) => 1,
        Ok(Answer::Unknown) => 3,
        Err(e) => {
            match &desk {
                Some(desk) => terminal.refuse(&e, &|text| spoken::by_name(desk, text)),
                None => terminal.refuse(&e, &as_it_is),
            }
            e.exit_code()
        }
    }
}

fn context(place: &PlaceArgs, terminal: Terminal) -> Result<Context, Error> {
    let state = match &place.state {
        Some(folder) => folder.clone(),
        None => folders::state_folder()?,
    };
    Ok(Context {
        desk: Desk {
            ledger: Place::named(&place.ledger, &copies::mirrors_in(&state))?,
            keys: place.keys.clone(),
            state,
            clock: Box::new(SystemClock),
            any_filesystem: place.any_filesystem,
            // A program that cannot find itself keeps PDF files without text, and the snapshot says so.
            pdf: PdfReader::this_program([read_pdf::NAME.into()]).ok(),
        },
        signer: place.signer.clone(),
        terminal,
    })
}

fn run(command: Command, context: &mut Context) -> Result<Answer, Error> {
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
        Command::Completions(args) => completions::run(args, context),
        Command::Man(args) => man::run(&args, context),
        Command::ReadPdf => read_pdf::run(),
    }
}
