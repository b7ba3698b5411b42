//! `audit`: checks the whole ledger again; reports what was checked, what was not, and against which key and
//! checkpoint.

pub mod site;
mod text;

use crate::app::Error;
use crate::app::care::audit;
use crate::app::peers::cosign;
use crate::cli::context::{Answer, Context};
use crate::site::audit::SiteReport;
use claimledger_core::audit::Options;
use claimledger_core::model::StatementId;
use claimledger_core::tlog::note::VerifierKey;
use clap::Args;
use site::Audited;
use std::path::PathBuf;

/// Check the whole ledger again, from its bytes
///
/// Checks the tiles, every entry, the chain, every signature, every statement and every rule; the tree against the checkpoint;
/// snapshots against their digests; and excerpts against their texts. It needs no private key and changes nothing.
///
/// With --site it also makes the public pages again from the log, as `export site` does, and compares them with published
/// ones: what was altered, removed or added is named with its page.
///
/// Exit code 0: no fault. 1: faults. 3: the ledger could not be read.
///
/// The audit can tell whose ledger this is only if you give --ledger-id or --ledger-key, or if this machine remembers the
/// ledger. Otherwise it reports that the identity was not checked, and exit code 0 means only that the ledger does not
/// contradict itself.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger audit\n  claimledger audit ~/from-partner --ledger-key \"$VKEY\" --against kept.checkpoint\n  \
                  claimledger audit --site https://desk.example"
)]
pub struct AuditArgs {
    /// The ledger to check: a folder, a .tar.zst archive, a URL or a mirror [default: that of --ledger]
    pub place: Option<PathBuf>,
    /// The id of the ledger, if you know it from its owner
    #[arg(long, value_name = "ID")]
    pub ledger_id: Option<StatementId>,
    /// The verifier key of the ledger, if you know it from its owner
    #[arg(long, value_name = "VKEY")]
    pub ledger_key: Option<VerifierKey>,
    /// A checkpoint that you kept from an earlier day. The ledger must continue it. You can also give a dossier, or another copy
    /// of the ledger: a folder, an archive, a URL or a mirror
    #[arg(long, value_name = "FILE")]
    pub against: Option<PathBuf>,
    /// The witnesses that you trust, and how many must have cosigned the head (C2SP tlog-policy). Without this, cosignatures are not checked
    #[arg(long, value_name = "FILE")]
    pub witness_policy: Option<PathBuf>,
    /// Check every signature also by the strict rule that OpenSSL, OpenSSH and Go use
    #[arg(long)]
    pub portable: bool,
    /// Published pages of the ledger: a folder or a URL. They are compared with what the log says
    #[arg(long, value_name = "PLACE")]
    pub site: Option<PathBuf>,
}

/// Audits a ledger.
pub fn run(args: &AuditArgs, context: &mut Context) -> Result<Answer, Error> {
    if let Some(place) = &args.place {
        context.desk.ledger = context.desk.place_named(place)?;
    }
    let against = match &args.against {
        Some(kept) => {
            let (bytes, notes) = audit::kept(&context.desk, kept)?;
            context.terminal.notes(&notes);
            Some(bytes)
        }
        None => None,
    };
    let options = Options {
        ledger_id: args.ledger_id,
        ledger_key: args.ledger_key.clone(),
        against,
        witnesses: args
            .witness_policy
            .as_deref()
            .map(cosign::read_policy)
            .transpose()?,
        portable: args.portable,
        ..Options::default()
    };
    let mut progress = context.terminal.progress("auditing");
    let (report, notes) = audit::audit(&context.desk, options, &mut |done, all| {
        progress.tell(done, all);
    })?;
    drop(progress);
    context.terminal.notes(&notes);
    let site = args
        .site
        .as_deref()
        .map(|site| site::audited(&report, site, context));
    let audited = Audited {
        ledger: report,
        site: site.transpose()?,
    };
    context.terminal.answer(&audited, || {
        let mut text = text::report(&audited.ledger);
        text.extend(audited.site.as_ref().map(site::report));
        text
    });
    let faults = audited.site.as_ref().map_or(0, SiteReport::faults);
    Ok(if audited.ledger.faults() + faults == 0 {
        Answer::Yes
    } else {
        Answer::No
    })
}
