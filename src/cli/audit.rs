//! `audit`: checks everything again; says what was checked, what was not, and against which key and checkpoint.

use super::show::table;
use super::{Answer, Context};
use crate::app::Error;
use crate::app::care::check;
use crate::app::peers::cosign;
use crate::host::files;
use claimledger_core::audit::finding::code;
use claimledger_core::audit::{Options, Report, Severity, Trust};
use claimledger_core::model::StatementId;
use claimledger_core::tlog::note::VerifierKey;
use clap::Args;
use std::path::PathBuf;

/// Options of `audit`.
#[derive(Debug, Args)]
#[command(
    long_about = "Checks a ledger from its bytes: tiles, every entry, chain, signature, statement and rule, the tree \
                  against the checkpoint, snapshots against their digests, excerpts against their texts. It needs no \
                  private key and changes nothing. Exit 0: no fault; 1: faults; 3: could not be \
                  read. Whose ledger it is, is checked only against --ledger-id, --ledger-key or what this machine remembers; \
                  without any of them it says so, and 0 means no more than that nothing in it contradicts itself.",
    after_help = "Example:\n  claimledger audit\n  claimledger audit ~/from-partner --ledger-key \"$VKEY\" --against kept.checkpoint"
)]
pub struct AuditArgs {
    /// The ledger to check: a folder, a .tar.zst archive, an address, or a mirror [default: that of --ledger]
    pub place: Option<PathBuf>,
    /// The ledger's id, known from elsewhere
    #[arg(long, value_name = "ID")]
    pub ledger_id: Option<StatementId>,
    /// The ledger's verifier key, known from elsewhere
    #[arg(long, value_name = "VKEY")]
    pub ledger_key: Option<VerifierKey>,
    /// A signed checkpoint kept from an earlier day: this ledger must continue it
    #[arg(long, value_name = "CHECKPOINT")]
    pub against: Option<PathBuf>,
    /// The witnesses you trust, and how many must have cosigned a head (C2SP tlog-policy); without it, cosignatures are
    /// not checked
    #[arg(long, value_name = "FILE")]
    pub witness_policy: Option<PathBuf>,
    /// Check every signature by the strict rule of other software too
    #[arg(long)]
    pub portable: bool,
}

/// Audits a ledger.
pub fn run(args: &AuditArgs, context: &mut Context) -> Result<Answer, Error> {
    if let Some(place) = &args.place {
        context.desk.ledger = context.desk.place_named(place)?;
    }
    let against = args.against.as_deref().map(files::read).transpose()?;
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
    let (report, notes) = check::audit(&context.desk, options, &mut |done, all| {
        progress.tell(done, all);
    })?;
    drop(progress);
    context.terminal.notes(&notes);
    context.terminal.answer(&report, || people(&report));
    Ok(if report.faults() == 0 {
        Answer::Yes
    } else {
        Answer::No
    })
}

fn people(report: &Report) -> String {
    let unknown = || "(unknown)".to_owned();
    let mut text = format!(
        "audit of {}\n  ledger      {}\n  id          {}\n  key         {}\n  checkpoint  {} entries, root {}\n  identity    {}\n",
        report.place,
        report.origin.clone().unwrap_or_else(unknown),
        report.ledger.clone().unwrap_or_else(unknown),
        report.vkey.clone().unwrap_or_else(unknown),
        report.size.map_or_else(unknown, |size| size.to_string()),
        report.root.clone().unwrap_or_else(unknown),
        match report.trust {
            Trust::Pinned => "checked against what you gave",
            Trust::Remembered => "the ledger that this machine remembers under this name",
            Trust::FirstContact =>
                "first contact, identity not checked (pin it with --ledger-key or --ledger-id)",
        }
    );
    text.push_str(&held(report));
    let checked = &report.checked;
    let mut rows = vec![
        ("entries", checked.entries),
        ("links of the chain", checked.links),
        ("signatures", checked.signatures),
        ("statements", checked.statements),
        ("entries judged by the rules", checked.rules),
        ("entry bundles", checked.bundles),
        ("hash tiles", checked.tiles),
        ("snapshots", checked.snapshots),
        ("excerpts", checked.excerpts),
    ];
    if checked.elsewhere > 0 {
        rows.push(("what is said of other ledgers", checked.elsewhere));
    }
    text.push('\n');
    text.push_str(&table(
        &["checked", "how many"],
        rows.iter()
            .map(|(what, n)| vec![(*what).to_owned(), n.to_string()]),
    ));
    if !report.not_checked.is_empty() {
        text.push('\n');
        let rows = report.not_checked.iter();
        text.push_str(&table(
            &["not checked", "how many", "why"],
            rows.map(|not| vec![not.what.clone(), not.count.to_string(), not.why.clone()]),
        ));
    }
    if !report.findings.is_empty() {
        text.push('\n');
        text.push_str(&table(
            &["finding", "code", "where", "what was seen"],
            found(report).into_iter(),
        ));
    }
    text.push('\n');
    text.push_str(&conclusion(report));
    text
}

/// A row for each finding; one for all of the same code over tiles that have been superseded, which `--json` lists.
fn found(report: &Report) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut told: Vec<(&Severity, &str)> = Vec::new();
    for finding in &report.findings {
        let severity = match finding.severity {
            Severity::Fault => "FAULT",
            Severity::Note => "note",
        };
        let kind = (&finding.severity, finding.code.as_str());
        let mut at = place(finding.entry, finding.file.as_deref());
        if report.superseded(finding) {
            if told.contains(&kind) {
                continue;
            }
            told.push(kind);
            let alike = report.findings.iter().filter(|other| {
                (&other.severity, other.code.as_str()) == kind && report.superseded(other)
            });
            let others = alike.count() - 1;
            if others > 0 {
                at.push_str(&format!(" and {others} more that newer tiles superseded"));
            }
        }
        rows.push(vec![
            severity.to_owned(),
            finding.code.as_str().to_owned(),
            at,
            finding.message.clone(),
        ]);
    }
    rows
}

/// What others hold in place.
fn held(report: &Report) -> String {
    let mut text = String::new();
    match report.held.first() {
        Some(held) => text.push_str(&format!(
            "  held        nothing up to entry {} can be taken back unseen: {} holds it in place\n",
            held.size.saturating_sub(1),
            held.by
        )),
        None => text.push_str(
            "  held        by nobody else: the owner of the key could show you another history\n",
        ),
    }
    if let Some(witnessed) = &report.witnessed {
        let by = witnessed.by.iter();
        let by: Vec<String> = by
            .map(|c| format!("{} as of {}", c.witness, c.time))
            .collect();
        text.push_str(&format!(
            "  witnessed   {} entries, the quorum is {}met: {}\n",
            witnessed.size,
            if witnessed.quorum { "" } else { "not " },
            if by.is_empty() {
                "nobody cosigned".to_owned()
            } else {
                by.join(", ")
            }
        ));
    }
    text
}

/// The one line for somebody who reads no other.
fn conclusion(report: &Report) -> String {
    let another = report.findings.iter().any(|f| {
        [code::LEDGER_ID, code::LEDGER_KEY, code::NOT_A_CONTINUATION].contains(&f.code.as_str())
    });
    let others = [
        code::QUORUM_NOT_MET,
        code::WITNESS_ENROLLED,
        code::OBSERVED_DIFFERS,
        code::FOREIGN_UNKNOWN,
    ];
    let mut faults = report
        .findings
        .iter()
        .filter(|f| f.severity == Severity::Fault);
    let of_others = faults.all(|f| others.contains(&f.code.as_str()));
    match (report.faults(), report.trust) {
        (0, Trust::FirstContact) => "no fault; whose ledger this is was not checked\n".to_owned(),
        (0, _) => "no fault\n".to_owned(),
        (n, _) if another => {
            format!(
                "{n} fault(s): this is not the ledger, or not the history, that it was held against\n"
            )
        }
        (n, _) if of_others => {
            format!("{n} fault(s): this copy is whole, but others do not bear it out\n")
        }
        (n, _) => format!("{n} fault(s): this copy is not what its signers signed\n"),
    }
}

fn place(entry: Option<u64>, file: Option<&str>) -> String {
    match (entry, file) {
        (Some(entry), Some(file)) => format!("entry {entry}, {file}"),
        (Some(entry), None) => format!("entry {entry}"),
        (None, Some(file)) => file.to_owned(),
        (None, None) => String::new(),
    }
}
