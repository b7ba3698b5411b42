//! What a command is told of another ledger, and what it brought from there.

use crate::app::peers::exchange::Brought;
use crate::cli::context::Context;
use crate::cli::render::count::count;
use crate::sync::wanted::Wanted;
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
    /// What to ask a place for.
    pub fn wanted(&self, restore: bool) -> Wanted {
        Wanted {
            ledger_id: self.ledger_id,
            ledger_key: self.ledger_key.clone(),
            with_snapshots: self.with_snapshots,
            restore,
            ..Wanted::default()
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
            count(brought.size, "entry", "entries"),
            brought.from,
            count(brought.fetched, "file", "files"),
            count(brought.snapshots, "snapshot", "snapshots")
        )
    });
}
