//! The audit of published pages beside that of the ledger: the answer of both, and the report in words.

use crate::app::{Error, Session};
use crate::cli::context::Context;
use crate::cli::render::count::count;
use crate::cli::render::table::table;
use crate::site::audit::page::SiteComparison;
use crate::site::audit::{self, SiteReport};
use claimledger_core::AuditReport;
use claimledger_core::audit::Severity;
use claimledger_core::encoding::foreign;
use serde::Serialize;
use std::path::Path;

/// The audit of a ledger, and of its pages if they were asked for.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Audited {
    /// The ledger.
    #[serde(flatten)]
    pub ledger: AuditReport,
    /// Its pages; absent without --site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<SiteReport>,
}

/// Audits the pages at a place. A ledger with faults gives no pages to compare them with.
pub fn audited(
    ledger: &AuditReport,
    site: &Path,
    context: &mut Context,
) -> Result<SiteReport, Error> {
    let place = context.desk.place_named(site)?;
    if ledger.faults() > 0 {
        let why =
            "the pages were not compared: the log has faults, so it does not say what they must be";
        return Ok(SiteReport::not_compared(&place, why));
    }
    let session = Session::open(&context.desk)?;
    context.terminal.notes(&session.notes());
    let mut progress = context.terminal.progress("comparing pages");
    audit::audit(&context.desk, &session, &place, &mut |done, all| {
        progress.tell(done, all);
    })
}

/// The report in words.
pub fn report(report: &SiteReport) -> String {
    let mut text = format!("\npages at {}\n", foreign::name(&report.place));
    if let Some(compared) = &report.compared {
        let newer = match compared.newer_entries {
            0 => "as new as the log".to_owned(),
            more => format!("the log has {} more since", count(more, "entry", "entries")),
        };
        let how = match compared.by {
            SiteComparison::Bytes => "every byte; this version of the program made them",
            SiteComparison::Parts => {
                "records, fields, dates, banners, markup, and links to other sites; another version made them"
            }
        };
        text.push_str(&format!(
            "  made from   {}; {newer}\n  by          version {}, form {}\n  compared    {how}\n  equal       {} of {} and {}\n",
            count(compared.size.get(), "entry", "entries"),
            foreign::name(&compared.site.version),
            compared.site.form,
            compared.equal,
            count(compared.pages, "page", "pages"),
            count(compared.files, "file beside them", "files beside them"),
        ));
    }
    if !report.not_checked.is_empty() {
        text.push('\n');
        let rows = report.not_checked.iter();
        text.push_str(&table(
            &["not checked"],
            rows.map(|one| vec![one.to_string()]),
        ));
    }
    if !report.findings.is_empty() {
        text.push('\n');
        let rows = report.findings.iter().map(|finding| {
            let severity = match finding.severity {
                Severity::Fault => "FAULT",
                Severity::Note => "note",
            };
            vec![
                severity.to_owned(),
                finding.code.to_string(),
                foreign::name(&finding.file),
                finding.message.to_string(),
            ]
        });
        text.push_str(&table(&["finding", "code", "file", "what was seen"], rows));
        let mut told = Vec::new();
        for finding in &report.findings {
            if let Some(step) = finding.code.next_step()
                && !told.contains(&step)
            {
                told.push(step);
            }
        }
        text.push('\n');
        for step in told {
            text.push_str(&format!("{step}\n"));
        }
    }
    text.push('\n');
    text.push_str(&match (report.faults(), &report.compared) {
        (0, None) => "the pages were not compared\n".to_owned(),
        (0, Some(_)) => "the pages say what the log says\n".to_owned(),
        (n, _) => format!(
            "{} in the pages: they do not say what the log says\n",
            count(n as u64, "fault", "faults")
        ),
    });
    text
}
