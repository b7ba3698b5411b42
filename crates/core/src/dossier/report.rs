//! What a checked dossier shows, in plain data, and what it cannot show.

use crate::model::organisation::Role;
use serde::Serialize;

/// Whether the file proves what it says to the one who asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Answer {
    /// Everything holds, under a key or an id that was known from elsewhere.
    Verified,
    /// Everything holds together, but nobody vouched for the ledger's identity, or too few witnesses for its head.
    CouldNotTell,
}

/// One entry, its signature and place proven.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProvenEntry {
    /// Its place.
    pub index: u64,
    /// The statement's id.
    pub id: String,
    /// Its type.
    #[serde(rename = "type")]
    pub statement_type: &'static str,
    /// Its label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// When the signer says it was said.
    pub issued: String,
    /// When the ledger says it took it in, Unix milliseconds.
    pub time: u64,
    /// The signer.
    pub holder: String,
    /// The signer's organisation.
    pub organisation: String,
    /// The signer's roles there.
    pub roles: Vec<Role>,
    /// Whether a later event distrusts the signer's key from here or before.
    pub distrusted: bool,
    /// The statement, as it was signed.
    pub statement: serde_json::Value,
}

/// A witness who saw this head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SeenBy {
    /// The witness.
    pub witness: String,
    /// When, Unix seconds.
    pub time: u64,
}

/// What decides the standing of a verdict, as far as this file has it; entry numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Ingredients {
    /// Approvals of the subject.
    pub approvals: Vec<u64>,
    /// Rejections of the subject.
    pub rejections: Vec<u64>,
    /// Other words of attestation: abstentions and recusals.
    pub other_attestations: Vec<u64>,
    /// Where the subject was published.
    pub publications: Vec<u64>,
    /// Verdicts that supersede the subject.
    pub successors: Vec<u64>,
    /// Withdrawals, of the subject or of what it rests on.
    pub withdrawals: Vec<u64>,
    /// Disputes.
    pub disputes: Vec<u64>,
    /// Policies it may be judged under.
    pub policies: Vec<u64>,
}

/// Something that the file does not show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NotProven {
    /// What.
    pub what: &'static str,
    /// Why not.
    pub why: String,
}

/// What a checked dossier shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The answer.
    pub answer: Answer,
    /// The ledger's name.
    pub origin: String,
    /// The ledger's id.
    pub ledger: String,
    /// The key that the checkpoint verified under.
    pub vkey: String,
    /// The entries under the checkpoint.
    pub size: u64,
    /// The root, in hex.
    pub root: String,
    /// The entry that it is about.
    pub subject: u64,
    /// Every entry of the file.
    pub entries: Vec<ProvenEntry>,
    /// The trusted witnesses who saw this head.
    pub seen_by: Vec<SeenBy>,
    /// What decides the subject's standing.
    pub standing: Ingredients,
    /// What it does not show.
    pub not_proven: Vec<NotProven>,
}
