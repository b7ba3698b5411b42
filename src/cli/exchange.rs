//! `export`, `pull`, `mirror`: copies between ledgers.

use super::{Answer, Context, OutputArgs};
use crate::app::peers::exchange::{self, Brought};
use crate::app::proofs::claim_dossiers;
use crate::app::{Catalog, Error};
use crate::sync::export::{Choices, Plan};
use crate::sync::mirror::Shown;
use crate::sync::wanted::Wanted;
use claimledger_core::encoding::name::Slug;
use claimledger_core::model::StatementId;
use claimledger_core::tlog::note::VerifierKey;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Options of `export`.
#[derive(Debug, Args)]
#[command(
    long_about = "Publishes this ledger: a folder that any file server can serve (C2SP tlog-tiles), or one archive. It \
                  says before writing what becomes public, and checks all of it against the signed checkpoint. A folder is new, or \
                  holds an earlier export of this ledger. Withheld snapshots never go along.\n\nWith --only, no ledger \
                  but a dossier for each claim named, which `verify` checks offline: its current verdict with everything \
                  under it and against it; where none is current, the newest; where there is none, the claim.",
    after_help = "Example:\n  claimledger export public --yes\n  claimledger export facts.tar.zst --with-snapshots --yes\n  \
                  claimledger export for-readers --only closing opening --yes"
)]
pub struct ExportArgs {
    /// The folder, or a file that ends in .tar.zst
    pub target: PathBuf,
    /// Held snapshots too; they may be under copyright, or personal
    #[arg(long)]
    pub with_snapshots: bool,
    /// Not the newest head, but the newest that met its quorum of witnesses
    #[arg(long)]
    pub quorum: bool,
    /// Not the ledger, but a dossier of each of these claims
    #[arg(long, value_name = "CLAIM", num_args = 1.., conflicts_with_all = ["with_snapshots", "quorum"])]
    pub only: Vec<String>,
    /// Publish without asking
    #[arg(long, short)]
    pub yes: bool,
    /// Whether an archive may be written over.
    #[command(flatten)]
    pub output: OutputArgs,
}

/// What is known of the ledger from elsewhere.
#[derive(Debug, Clone, Args)]
pub struct PeerArgs {
    /// The ledger's id, known from elsewhere
    #[arg(long, value_name = "ID")]
    pub ledger_id: Option<StatementId>,
    /// The ledger's verifier key, known from elsewhere
    #[arg(long, value_name = "VKEY")]
    pub ledger_key: Option<VerifierKey>,
    /// Snapshots too, as far as they are shown
    #[arg(long)]
    pub with_snapshots: bool,
}

impl PeerArgs {
    fn wanted(&self, restore: bool) -> Wanted {
        Wanted {
            ledger_id: self.ledger_id,
            ledger_key: self.ledger_key.clone(),
            with_snapshots: self.with_snapshots,
            restore,
            ..Wanted::default()
        }
    }
}

/// Options of `pull`.
#[derive(Debug, Args)]
#[command(
    long_about = "Brings the copy in --ledger up to the head at a place. Nothing is believed before it is verified; a \
                  peer that was set back or tells another history is refused, and the copy stays as it was.",
    after_help = "Example:\n  claimledger --ledger partner pull https://desk.example/facts --ledger-key \"$VKEY\""
)]
pub struct PullArgs {
    /// A folder, a .tar.zst archive, or an address
    pub place: String,
    /// Look at every file of the copy again, and mend it
    #[arg(long)]
    pub restore: bool,
    /// What is known from elsewhere.
    #[command(flatten)]
    pub peer: PeerArgs,
}

/// What to do with mirrors.
#[derive(Debug, Subcommand)]
pub enum MirrorCommand {
    /// Begin a verified copy of another ledger
    #[command(
        after_help = "Example:\n  claimledger mirror add desk https://desk.example/facts --ledger-key \"$VKEY\""
    )]
    Add {
        /// Its name here
        name: Slug,
        /// A folder, a .tar.zst archive, or an address
        place: String,
        /// What is known from elsewhere.
        #[command(flatten)]
        peer: PeerArgs,
    },
    /// List the mirrors here
    #[command(after_help = "Example:\n  claimledger mirror list")]
    List,
    /// Bring a mirror up to date
    #[command(after_help = "Example:\n  claimledger mirror update desk")]
    Update {
        /// Its name here
        name: Slug,
    },
    /// Show a mirror, and the evidence against it
    #[command(after_help = "Example:\n  claimledger mirror show desk")]
    Show {
        /// Its name here
        name: Slug,
    },
}

/// Publishes.
pub fn export(args: &ExportArgs, context: &mut Context) -> Result<Answer, Error> {
    let catalog = Catalog::open(&context.desk)?;
    context.terminal.notes(&catalog.notes);
    if !args.only.is_empty() {
        return export_only(args, &catalog, context);
    }
    let choices = Choices {
        with_snapshots: args.with_snapshots,
        quorum: args.quorum,
    };
    let force = args.output.force;
    let plan = exchange::plan(&context.desk, &catalog, &args.target, choices, force)?;
    context.terminal.preview(&becomes_public(&plan));
    agreed(args, context)?;
    let mut progress = context.terminal.progress("publishing");
    let exported = exchange::export(&catalog, &args.target, &plan, force, &mut |done, all| {
        progress.tell(done, all);
    })?;
    drop(progress);
    context.terminal.answer(&exported, || {
        format!(
            "{} entries are public in {}: {} files written, {} removed\n",
            exported.size,
            args.target.display(),
            exported.written,
            exported.removed
        )
    });
    Ok(Answer::Yes)
}

/// What cannot be undone is asked for on a terminal, and needs `--yes` off one.
fn agreed(args: &ExportArgs, context: &mut Context) -> Result<(), Error> {
    if args.yes {
        return Ok(());
    }
    if !context.terminal.attended() {
        return Err(Error::Usage(
            "publishing cannot be taken back. Say --yes, for there is nobody to ask".to_owned(),
        ));
    }
    if context.terminal.confirm("Publish this?") {
        Ok(())
    } else {
        Err(Error::Declined)
    }
}

/// Publishes single claims.
fn export_only(
    args: &ExportArgs,
    catalog: &Catalog,
    context: &mut Context,
) -> Result<Answer, Error> {
    exchange::check_target(&context.desk, &args.target, args.output.force)?;
    let plan = claim_dossiers::plan(catalog, &args.only)?;
    let mut text = format!("This becomes public of {}:\n", plan.origin);
    for dossier in &plan.dossiers {
        let what = match &dossier.standing[..] {
            [] => "the claim, which has no verdict".to_owned(),
            words => format!("verdict #{}: {}", dossier.subject, words.join("; ")),
        };
        text.push_str(&format!(
            "  {}: claim #{}, {what}; {} entries, {} bytes\n",
            dossier.file, dossier.claim, dossier.entries, dossier.bytes
        ));
    }
    text.push_str("These entries, words and names included:\n");
    for (kind, count) in &plan.entries {
        text.push_str(&format!("  {count} {kind}\n"));
    }
    context.terminal.preview(&text);
    agreed(args, context)?;
    if exchange::is_archive(&args.target) {
        claim_dossiers::to_archive(&plan, &args.target, args.output.force)?;
    } else {
        claim_dossiers::to_folder(&plan, &args.target)?;
    }
    context.terminal.answer(&plan, || {
        format!(
            "{} dossier(s) are public in {}\n",
            plan.dossiers.len(),
            args.target.display()
        )
    });
    Ok(Answer::Yes)
}

fn becomes_public(plan: &Plan) -> String {
    let mut text = format!(
        "This becomes public of {}: {}\n",
        plan.origin,
        match plan.size - plan.from {
            0 => "no new entry".to_owned(),
            1 => format!("entry {}", plan.from),
            _ => format!("entries {} to {}", plan.from, plan.size - 1),
        }
    );
    for (kind, count) in &plan.entries {
        text.push_str(&format!("  {count} {kind}\n"));
    }
    text.push_str(&format!(
        "  {} snapshot(s); {} held here stay at home, {} are withheld, {} are not held here\n",
        plan.snapshots, plan.kept_back, plan.withheld, plan.absent
    ));
    text
}

/// Pulls.
pub fn pull(args: &PullArgs, context: &mut Context) -> Result<Answer, Error> {
    let mut progress = context.terminal.progress("pulling");
    let wanted = args.peer.wanted(args.restore);
    let (brought, notes) = exchange::pull(&context.desk, &args.place, wanted, &mut |done, all| {
        progress.tell(done, all);
    })?;
    drop(progress);
    context.terminal.notes(&notes);
    say(&brought, context);
    Ok(Answer::Yes)
}

fn say(brought: &Brought, context: &mut Context) {
    if brought.first_contact {
        context
            .terminal
            .note("first contact, identity not checked; ask the owner for the key by another way");
    }
    context.terminal.answer(brought, || {
        format!(
            "{} entries, {} before; {} files and {} snapshots fetched\n",
            brought.size, brought.from, brought.fetched, brought.snapshots
        )
    });
}

/// Runs `mirror …`.
pub fn mirror(command: &MirrorCommand, context: &mut Context) -> Result<Answer, Error> {
    match command {
        MirrorCommand::Add { name, place, peer } => {
            update(name, Some(place), peer.wanted(false), context)
        }
        MirrorCommand::Update { name } => update(name, None, Wanted::default(), context),
        MirrorCommand::List => {
            let all = exchange::list_mirrors(&context.desk)?;
            context
                .terminal
                .answer(&all, || all.iter().map(line).collect());
            Ok(Answer::Yes)
        }
        MirrorCommand::Show { name } => {
            let shown = context.desk.mirrors().show(name)?;
            context.terminal.answer(&shown, || {
                let mut text = line(&shown);
                for file in &shown.evidence {
                    text.push_str(&format!("  fork evidence: {}\n", file.display()));
                }
                text
            });
            Ok(Answer::Yes)
        }
    }
}

fn update(
    name: &Slug,
    from: Option<&str>,
    wanted: Wanted,
    context: &mut Context,
) -> Result<Answer, Error> {
    let mut progress = context.terminal.progress("pulling");
    let (brought, notes) =
        exchange::update_mirror(&context.desk, name, from, wanted, &mut |done, all| {
            progress.tell(done, all);
        })?;
    drop(progress);
    context.terminal.notes(&notes);
    say(&brought, context);
    Ok(Answer::Yes)
}

fn line(shown: &Shown) -> String {
    let from = shown
        .followed
        .as_ref()
        .map_or("(never updated)", |f| &f.from);
    format!("{}  {} entries  {from}\n", shown.name, shown.size)
}
