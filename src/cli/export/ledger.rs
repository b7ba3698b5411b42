//! `export TARGET`: publishes this ledger, or single claims of it.

use crate::app::peers::exchange;
use crate::app::proofs::claim_dossiers;
use crate::app::{Error, Session};
use crate::cli::consent::agreed;
use crate::cli::context::{Answer, Context, OutputArgs};
use crate::cli::render::count::count;
use crate::sync::export::{ExportChoices, ExportPlan};
use claimledger_core::Message;
use clap::Args;
use std::path::{Path, PathBuf};

/// The arguments of `export TARGET`.
#[derive(Debug, Args)]
pub struct LedgerExportArgs {
    /// The folder, or a file whose name ends in .tar.zst
    #[arg(required = true)]
    pub target: Option<PathBuf>,
    /// Publish the stored snapshots too. They may be protected by copyright or contain personal data
    #[arg(long)]
    pub with_snapshots: bool,
    /// Publish the ledger only up to the newest head that enough witnesses have cosigned
    #[arg(long)]
    pub quorum: bool,
    /// Publish a dossier of each of these claims instead of the ledger
    #[arg(long, value_name = "CLAIM", num_args = 1.., value_delimiter = ',', conflicts_with_all = ["with_snapshots", "quorum"])]
    pub only: Vec<String>,
    /// Publish without asking
    #[arg(long, short)]
    pub yes: bool,
    #[command(flatten)]
    pub output: OutputArgs,
}

impl LedgerExportArgs {
    /// Whether any of them is given.
    pub fn is_given(&self) -> bool {
        let choices = [
            self.with_snapshots,
            self.quorum,
            self.yes,
            self.output.force,
        ];
        self.target.is_some() || !self.only.is_empty() || choices.contains(&true)
    }
}

/// Publishes.
pub fn run(args: &LedgerExportArgs, target: &Path, context: &mut Context) -> Result<Answer, Error> {
    let session = Session::open(&context.desk)?;
    context.terminal.notes(&session.notes());
    if !args.only.is_empty() {
        return export_only(args, target, &session, context);
    }
    let choices = ExportChoices {
        with_snapshots: args.with_snapshots,
        quorum: args.quorum,
    };
    let force = args.output.force;
    let plan = exchange::plan(&context.desk, &session, target, choices, force)?;
    context.terminal.preview(&becomes_public(&plan));
    agreed(context, args.yes, "Publish this? It cannot be undone.")?;
    let mut progress = context.terminal.progress("publishing");
    let exported = exchange::export(&session, target, &plan, force, &mut |done, all| {
        progress.tell(done, all);
    })?;
    drop(progress);
    context.terminal.done(&exported, || {
        format!(
            "published {} in {}: {} written, {} removed\n",
            count(exported.size.get(), "entry", "entries"),
            target.display(),
            count(exported.written, "file", "files"),
            exported.removed
        )
    });
    Ok(Answer::Yes)
}

/// Publishes single claims.
fn export_only(
    args: &LedgerExportArgs,
    target: &Path,
    session: &Session,
    context: &mut Context,
) -> Result<Answer, Error> {
    exchange::check_target(&context.desk, target, args.output.force)?;
    session.may_publish(&context.desk)?;
    let plan = claim_dossiers::plan(session, &args.only)?;
    session.let_go();
    let mut text = format!("From {} this becomes public:\n", plan.origin);
    for dossier in &plan.dossiers {
        let what = match &dossier.standing[..] {
            [] => "the claim, which has no verdict".to_owned(),
            words => format!(
                "verdict #{}: {}",
                dossier.subject,
                Message::join(words, "; ")
            ),
        };
        text.push_str(&format!(
            "  {}: claim #{}, {what}; {}, {} bytes\n",
            dossier.file,
            dossier.claim,
            count(dossier.entries, "entry", "entries"),
            dossier.bytes
        ));
    }
    text.push_str("The dossiers contain these entries, with their texts and names:\n");
    for (kind, count) in &plan.entries {
        text.push_str(&format!("  {count} {kind}\n"));
    }
    context.terminal.preview(&text);
    agreed(context, args.yes, "Publish this? It cannot be undone.")?;
    if exchange::is_archive(target) {
        claim_dossiers::to_archive(&plan, target, args.output.force)?;
    } else {
        claim_dossiers::to_folder(&plan, target)?;
    }
    context.terminal.done(&plan, || {
        format!(
            "published {} in {}\n",
            count(plan.dossiers.len(), "dossier", "dossiers"),
            target.display()
        )
    });
    Ok(Answer::Yes)
}

fn becomes_public(plan: &ExportPlan) -> String {
    let mut text = format!(
        "From {} this becomes public: {}\n",
        plan.origin,
        match plan.size.entries_after(plan.from) {
            0 => "no new entry".to_owned(),
            1 => format!("entry {}", plan.from),
            _ => format!("entries {} to {}", plan.from, plan.size.get() - 1),
        }
    );
    for (kind, count) in &plan.entries {
        text.push_str(&format!("  {count} {kind}\n"));
    }
    text.push_str(&format!(
        "  {}. Not published: {} stored here, {} withheld, {} not stored here\n",
        count(
            plan.snapshots,
            "snapshot of a source",
            "snapshots of sources"
        ),
        plan.kept_back,
        plan.withheld,
        plan.absent
    ));
    text
}
