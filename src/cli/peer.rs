//! Options about another ledger, and the report about what was copied from it.

use crate::app::peers::exchange::Brought;
use crate::cli::context::Context;
use crate::cli::render::count::count;
use crate::sync::pull_options::PullOptions;
use claimledger_core::model::StatementId;
use claimledger_core::tlog::note::VerifierKey;
use clap::Args;

/// What the user already knows of the other ledger.
#[derive(Debug, Clone, Args)]
pub struct PeerArgs {
    /// The id of the ledger, if you know it from its owner
    #[arg(long, value_name = "ID")]
    pub ledger_id: Option<StatementId>,
    /// The verifier key of the ledger, if you know it from its owner
    #[arg(long, value_name = "VKEY")]
    pub ledger_key: Option<VerifierKey>,
    /// Copy the published snapshots of sources too
    #[arg(long)]
    pub with_snapshots: bool,
}

impl PeerArgs {
    /// The options for a pull from a place.
    pub fn wanted(&self, restore: bool) -> PullOptions {
        PullOptions {
            ledger_id: self.ledger_id,
            ledger_key: self.ledger_key.clone(),
            // What is restored is one's own, whole.
            with_snapshots: self.with_snapshots || restore,
            restore,
            ..PullOptions::default()
        }
    }
}

/// Shows what was brought.
pub fn say(brought: &Brought, context: &mut Context) {
    if brought.first_contact {
        context.terminal.note(
            "first contact, identity not checked: get the key from the owner by another channel",
        );
    }
    context.terminal.done(brought, || {
        format!(
            "the copy has {} ({} before); fetched {} and {}\n",
            count(brought.size.get(), "entry", "entries"),
            brought.from,
            count(brought.fetched, "file", "files"),
            count(brought.snapshots, "snapshot", "snapshots")
        )
    });
}
