//! The report: what was checked and how much of it, what was not checked, against which key and checkpoint, and every
//! finding.

use super::finding::{Finding, Severity};
use crate::tlog::TreeSize;
use crate::tlog::tile::{TILE_WIDTH, TilePath};
use serde::Serialize;

/// Why the auditor can believe that this is the ledger they mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Trust {
    /// The ledger's id or key was given.
    Pinned,
    /// This machine has seen this ledger before, and it is the same ledger.
    Remembered,
    /// Its identity was not checked against anything.
    FirstContact,
}

/// How much of each kind was checked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CheckCounts {
    /// Entries decoded.
    pub entries: u64,
    /// Links of the hash chain.
    pub links: u64,
    /// Signatures.
    pub signatures: u64,
    /// Statements whose form was checked.
    pub statements: u64,
    /// Entries judged by the rules.
    pub rules: u64,
    /// Entry bundles, older partial ones included.
    pub bundles: u64,
    /// Hash tiles, older partial ones included.
    pub tiles: u64,
    /// Snapshots whose bytes were read.
    pub snapshots: u64,
    /// Excerpts compared with their text.
    pub excerpts: u64,
    /// Quotations that later captures looked for, compared with the text of the capture.
    #[serde(skip_serializing_if = "is_zero")]
    pub looked_for: u64,
    /// Extracted texts that were extracted again, by the same revision of the same extractor.
    pub texts: u64,
    /// Quotations of other extracted texts that this auditor's own extractor finds in the bytes.
    #[serde(skip_serializing_if = "is_zero")]
    pub quotations_found: u64,
    /// Quotations of other extracted texts that this auditor's own extractor does not find in the bytes.
    #[serde(skip_serializing_if = "is_zero")]
    pub quotations_not_found: u64,
    /// Observed heads and references of other ledgers, compared with mirrors.
    #[serde(skip_serializing_if = "is_zero")]
    pub elsewhere: u64,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// What was not checked, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct NotChecked {
    /// What.
    pub what: String,
    /// How many.
    pub count: u64,
    /// Why.
    pub why: String,
}

/// A head that others can prove, because they have seen it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct HeldBy {
    /// Up to how many entries.
    pub size: TreeSize,
    /// By whom.
    pub by: String,
}

impl HeldBy {
    /// `by` can prove the head of `size` entries.
    pub fn new(size: TreeSize, by: impl Into<String>) -> Self {
        Self {
            size,
            by: by.into(),
        }
    }
}

/// What the witnesses of the auditor's policy have cosigned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Witnessed {
    /// The entries of the newest head that met the quorum; if none did, of the newest head.
    pub size: TreeSize,
    /// Whether it met the quorum.
    pub quorum: bool,
    /// Who cosigned it.
    pub by: Vec<CosignedBy>,
}

/// A witness, and when this head was the largest that it had seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CosignedBy {
    /// The witness's name.
    pub witness: String,
    /// When, by its clock.
    pub time: String,
}

/// The report of an audit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AuditReport {
    /// The place.
    pub place: String,
    /// The ledger's name, as its checkpoint says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// The ledger's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ledger: Option<String>,
    /// The key that the checkpoint was checked against.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vkey: Option<String>,
    /// The checkpoint's size.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<TreeSize>,
    /// The checkpoint's root, in hex.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub root: Option<String>,
    /// The chained digest of the rule state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Why one can believe that this is the right ledger.
    pub trust: Trust,
    /// Heads that others can prove, newest first: no entry before the newest of them can be removed or changed
    /// unnoticed.
    pub held: Vec<HeldBy>,
    /// What witnesses have cosigned; absent if no policy was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub witnessed: Option<Witnessed>,
    /// How many statements are distrusted as of this checkpoint: their keys were revoked as compromised from an entry at
    /// or before them, or had their roles from such a statement.
    pub distrusted: u64,
    /// What was checked.
    pub checked: CheckCounts,
    /// What was not.
    pub not_checked: Vec<NotChecked>,
    /// Everything that was seen.
    pub findings: Vec<Finding>,
}

impl AuditReport {
    /// A report of nothing yet.
    pub fn new(place: impl Into<String>, trust: Trust) -> Self {
        Self {
            place: place.into(),
            origin: None,
            ledger: None,
            vkey: None,
            size: None,
            root: None,
            state: None,
            trust,
            held: Vec::new(),
            witnessed: None,
            distrusted: 0,
            checked: CheckCounts::default(),
            not_checked: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// How many findings are faults.
    pub fn faults(&self) -> usize {
        self.count(Severity::Fault)
    }

    /// How many findings are notes.
    pub fn notes(&self) -> usize {
        self.count(Severity::Note)
    }

    /// Sorts the findings in the order in which people look for a cause: faults before notes; entries by number; then
    /// files other than tiles, then tiles, then older tiles that a wider one has replaced.
    pub(super) fn arrange(&mut self) {
        let size = self.size.unwrap_or_default();
        self.findings.sort_by_key(|finding| {
            let tile = finding.tile();
            let rank = match (finding.entry, &tile) {
                (Some(_), _) => 0,
                (None, None) => 1,
                (None, Some(tile)) if !superseded(tile, size) => 2,
                (None, Some(_)) => 3,
            };
            let note = finding.severity == Severity::Note;
            (note, rank, finding.entry, tile, finding.file.clone())
        });
    }

    /// Whether a finding is about a partial tile or bundle that a wider one has replaced.
    pub fn superseded(&self, finding: &Finding) -> bool {
        let tile = finding.tile();
        tile.is_some_and(|tile| superseded(&tile, self.size.unwrap_or_default()))
    }

    fn count(&self, severity: Severity) -> usize {
        let findings = self.findings.iter();
        findings.filter(|f| f.severity == severity).count()
    }
}

/// Whether a log of `size` entries has more in this tile or bundle than its width.
fn superseded(path: &TilePath, size: TreeSize) -> bool {
    let units = path.kind.count_at(size);
    let first = path.index.saturating_mul(TILE_WIDTH);
    u64::from(path.width) < units.saturating_sub(first).min(TILE_WIDTH)
}
