//! A checked dossier as JSON: the values of the report.

use super::dossier_summary::{DossierSummary, standing_of};
use crate::app::read::standing_line::StandingLine;
use claimledger_core::dossier::DossierReport;
use claimledger_core::dossier::report::{
    ComparedQuotations, Ingredients, NotJudged, NotProven, ProvenEntry, SeenBy, Verification,
};
use claimledger_core::model::organisation::Role;
use claimledger_core::rules::Standing;
use claimledger_core::{EntryIndex, TreeSize, UnixMillis};
use serde::{Serialize, Serializer};

/// Serializes a report.
pub(super) fn serialize<S: Serializer>(
    report: &DossierReport,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let entries: Result<Vec<Entry<'_>>, serde_json::Error> = report
        .entries
        .iter()
        .map(|entry| Entry::new(report, entry))
        .collect();
    let summary = DossierSummary::from_report(report).map_err(serde::ser::Error::custom)?;
    let json = Json {
        summary,
        answer: report.answer,
        origin: report.origin.to_string(),
        ledger: report.ledger.to_string(),
        vkey: report.vkey.to_string(),
        size: report.size,
        root: report.root.to_string(),
        subject: report.subject,
        entries: entries.map_err(serde::ser::Error::custom)?,
        seen_by: &report.seen_by,
        standing: &report.standing,
        verdict: report.verdict.as_ref(),
        quotations: report.quotations,
        left_out: &report.left_out,
        not_judged: &report.not_judged,
        not_proven: &report.not_proven,
    };
    json.serialize(serializer)
}

/// The schema of what [`serialize`] writes.
#[cfg(feature = "schema")]
pub(super) fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
    <Json<'static> as schemars::JsonSchema>::json_schema(generator)
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
struct Json<'a> {
    answer: Verification,
    /// What it says, as people read it.
    summary: DossierSummary,
    origin: String,
    ledger: String,
    vkey: String,
    size: TreeSize,
    root: String,
    subject: EntryIndex,
    entries: Vec<Entry<'a>>,
    seen_by: &'a [SeenBy],
    standing: &'a Ingredients,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<&'a Standing>,
    quotations: ComparedQuotations,
    left_out: &'a [NotProven],
    not_judged: &'a [NotJudged],
    not_proven: &'a [NotProven],
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(rename = "DossierEntry"))]
struct Entry<'a> {
    index: EntryIndex,
    id: String,
    #[serde(rename = "type")]
    statement_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    issued: String,
    time: UnixMillis,
    holder: String,
    organisation: String,
    roles: &'a [Role],
    standing: StandingLine,
    /// The payload, as it was signed.
    statement: serde_json::Value,
}

impl<'a> Entry<'a> {
    fn new(report: &DossierReport, entry: &'a ProvenEntry) -> Result<Self, serde_json::Error> {
        let statement = &entry.statement;
        Ok(Self {
            index: entry.index,
            id: statement.id().to_string(),
            statement_type: statement.statement_type.as_str(),
            label: statement.label.as_ref().map(ToString::to_string),
            issued: statement.issued.to_string(),
            time: entry.time,
            holder: entry.holder.to_string(),
            organisation: entry.organisation.to_string(),
            roles: &entry.roles,
            standing: standing_of(report, entry),
            statement: serde_json::from_slice(statement.payload())?,
        })
    }
}
