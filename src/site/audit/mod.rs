//! The audit of published pages: the same site is made again from the log, by the code that wrote it, and compared file by
//! file with what is published.
//!
//! What this is not: it reads no page to learn anything about the ledger. What a site says of itself only decides which site
//! is made for the comparison.

pub mod beside;
mod comparing;
pub mod finding;
mod head;
pub mod json;
pub mod page;
pub mod parts;
pub mod proofs;

use crate::app::Desk;
use crate::app::read::source_text as texts;
use crate::app::without_text::WithoutText;
use crate::app::{Error, Session};
use crate::outcome::Code;
use crate::site::maker::SiteMaker;
use crate::site::named::SiteNamed;
use crate::site::whole;
use crate::store::Published;
use crate::sync::place::Place;
use claimledger_core::audit::Severity;
use claimledger_core::model::StatementType;
use claimledger_core::{Message, TreeSize};
use comparing::Comparing;
use finding::SiteFinding;
use page::SiteComparison;
use serde::Serialize;

/// The report of the audit of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SiteReport {
    /// Where the site is.
    pub place: String,
    /// What it was compared with; absent if it was not compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compared: Option<SiteCompared>,
    /// What was not checked, and why.
    pub not_checked: Vec<Message>,
    /// Everything that was seen.
    pub findings: Vec<SiteFinding>,
}

/// With what a site was compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SiteCompared {
    /// The entries from which the site says that it was made.
    pub size: TreeSize,
    /// How many entries the log has more.
    pub newer_entries: u64,
    /// What the site says of how it was made.
    pub site: SiteNamed,
    /// How.
    pub by: SiteComparison,
    /// The pages of the log at that size.
    pub pages: u64,
    /// The files beside them.
    pub files: u64,
    /// Pages and files that are published byte for byte; of a proof, that it is the one which the log gives.
    pub equal: u64,
}

impl SiteReport {
    /// How many findings are faults.
    pub fn faults(&self) -> usize {
        let faults = self.findings.iter();
        faults.filter(|one| one.severity == Severity::Fault).count()
    }

    /// The report of a site that was not looked at.
    pub fn not_compared(place: &Place, why: impl Into<Message>) -> Self {
        Self {
            place: place.to_string(),
            compared: None,
            not_checked: vec![why.into()],
            findings: Vec::new(),
        }
    }
}

/// Compares published pages with the desk's ledger.
pub fn audit(
    desk: &Desk,
    session: &Session,
    place: &Place,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<SiteReport, Error> {
    let Some(published) = place.pages(&desk.client()) else {
        let said = format!("--site {place}: published pages are in a folder or at an address");
        return Err(Error::Usage(said));
    };
    let mut report = SiteReport {
        place: published.place(),
        compared: None,
        not_checked: Vec::new(),
        findings: Vec::new(),
    };
    let named = match head::read(session, &published)? {
        Ok(named) => named,
        Err(finding) => {
            report.findings.push(finding);
            return Ok(report);
        }
    };
    if named.signed.checkpoint().size == session.head().size {
        compare(session, &published, named, &mut report, progress)?;
    } else {
        let earlier = session.as_of(desk, named.signed.to_bytes())?;
        compare(&earlier, &published, named, &mut report, progress)?;
    }
    let size = report.compared.as_ref().map(|compared| compared.size);
    if let (Some(compared), Some(size)) = (&mut report.compared, size) {
        compared.newer_entries = session.head().size.entries_after(size);
    }
    Ok(report)
}

fn compare(
    session: &Session,
    published: &Published,
    named: head::ClaimedHead,
    report: &mut SiteReport,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(), Error> {
    let by = if named.site.is_ours() {
        SiteComparison::Bytes
    } else {
        SiteComparison::Parts
    };
    let missing = if named.choices.with_texts {
        texts_missing(session)?
    } else {
        0
    };
    let maker = SiteMaker::new(session, named.choices, named.signed);
    let mut comparing = Comparing::new(published, by);
    whole::make(&maker, &mut comparing, progress)?;
    comparing.strays()?;
    comparing.findings.sort_by(|one, other| {
        let rank =
            |finding: &SiteFinding| (finding.severity == Severity::Note, finding.file.clone());
        rank(one).cmp(&rank(other))
    });
    report.not_checked = comparing.not_checked();
    report.findings = comparing.findings;
    if missing > 0 && report.faults() > 0 {
        let said = format!(
            "this copy lacks the texts of {missing} sources: pages that show them differ for that reason alone. Audit the site \
             against a copy that has them"
        );
        report
            .findings
            .push(SiteFinding::note(Code::SiteUnreadable, "", said));
    }
    report.compared = Some(SiteCompared {
        size: session.head().size,
        newer_entries: 0,
        site: named.site,
        by,
        pages: comparing.pages,
        files: comparing.files,
        equal: comparing.equal,
    });
    Ok(())
}

/// How many sources have a text that is not in this copy.
fn texts_missing(session: &Session) -> Result<u64, Error> {
    let mut missing = 0;
    let sources = session
        .view()
        .of_type(StatementType::SourceAdd, session.head().size)?;
    for source in sources {
        match texts::read(session, &source.to_string(), None, None) {
            Err(Error::NoText {
                why: WithoutText::Missing,
                ..
            }) => missing += 1,
            Err(Error::NoText { .. }) | Ok(_) => {}
            Err(e) => return Err(e),
        }
    }
    Ok(missing)
}
