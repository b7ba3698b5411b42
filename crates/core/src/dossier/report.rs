//! What a checked dossier shows, as plain data, and what it cannot show.

use crate::code::Code;
use crate::crypto::Digest;
use crate::encoding::millis::UnixMillis;
use crate::encoding::name::{Origin, Slug};
use crate::envelope::Verified;
use crate::model::attestation::Decision;
use crate::model::organisation::Role;
use crate::model::{Body, StatementId};
use crate::rules::{Doubt, Overlay, Rest, Standing, StatementStanding};
use crate::tlog::note::VerifierKey;
use crate::tlog::{EntryIndex, TreeSize};
use serde::Serialize;

/// Whether the file proves its content to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Verification {
    /// Everything is proven, under a key or an id that the reader knew from elsewhere.
    Verified,
    /// The content is consistent. But the reader gave no id or key of the ledger, or too few witnesses saw its head,
    /// or the approval or rating depends on a rule that could not be checked.
    CouldNotTell,
}

/// One entry. Its signature and place are proven, and the rules admit it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ProvenEntry {
    /// Its place.
    pub index: EntryIndex,
    /// When the ledger says it took it in.
    pub time: UnixMillis,
    /// The statement, as it was signed.
    pub statement: Verified,
    /// The signer.
    pub holder: Slug,
    /// The signer's organisation.
    pub organisation: Slug,
    /// The signer's roles there.
    pub roles: Vec<Role>,
    /// Its standing, as far as this file shows it.
    pub standing: StatementStanding,
}

impl ProvenEntry {
    /// Whether a later event makes the statement distrusted.
    pub fn is_distrusted(&self) -> bool {
        self.standing.distrusted_by.is_some()
    }
}

/// A rule about an entry of the file that could not be checked, because an entry that it needs is missing from the
/// file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct NotJudged {
    /// The entry.
    pub entry: EntryIndex,
    /// The code with which the rule would refuse it.
    pub code: Code,
    /// What is missing from the file.
    pub needs: &'static str,
    /// Whether the subject's approval or rating depends on it.
    pub decides: bool,
}

impl NotJudged {
    pub(super) fn new(entry: EntryIndex, doubt: &Doubt) -> Self {
        Self {
            entry,
            code: doubt.rejection.code(),
            needs: doubt.needs,
            decides: true,
        }
    }
}

/// A witness who saw this head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SeenBy {
    /// The witness.
    pub witness: String,
    /// When, Unix seconds.
    pub time: u64,
}

/// What decides the standing of a verdict, as far as this file shows it; entry numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Ingredients {
    /// Approvals of the subject.
    pub approvals: Vec<EntryIndex>,
    /// Rejections of the subject.
    pub rejections: Vec<EntryIndex>,
    /// Other attestations: abstentions and recusals.
    pub other_attestations: Vec<EntryIndex>,
    /// Where the subject was published.
    pub publications: Vec<EntryIndex>,
    /// Verdicts that supersede the subject.
    pub successors: Vec<EntryIndex>,
    /// Withdrawals of the subject, or of something that it rests on.
    pub withdrawals: Vec<EntryIndex>,
    /// Disputes.
    pub disputes: Vec<EntryIndex>,
    /// Policies that may apply to it.
    pub policies: Vec<EntryIndex>,
}

/// The quotations in a file, and what became of comparing them with their texts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ComparedQuotations {
    /// Those that stand in their text, which is in the file.
    pub compared: u64,
    /// Those that are sealed: the text is in the file, the words of the quotation are not.
    pub sealed: u64,
    /// Those whose text is not in the file.
    pub without_text: u64,
}

/// Something that the file does not prove.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct NotProven {
    /// What.
    pub what: &'static str,
    /// Why not.
    pub why: String,
}

impl NotProven {
    /// The file does not prove `what`, because of `why`.
    pub fn new(what: &'static str, why: impl Into<String>) -> Self {
        Self {
            what,
            why: why.into(),
        }
    }
}

/// What a checked dossier shows.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct DossierReport {
    /// The answer.
    pub answer: Verification,
    /// The ledger's name.
    pub origin: Origin,
    /// The ledger's id.
    pub ledger: StatementId,
    /// The key that the checkpoint verified under.
    pub vkey: VerifierKey,
    /// The entries under the checkpoint.
    pub size: TreeSize,
    /// The root.
    pub root: Digest,
    /// The entry that it is about.
    pub subject: EntryIndex,
    /// Every entry of the file.
    pub entries: Vec<ProvenEntry>,
    /// The facts that these entries make, for further questions to the rules. Hidden: it may change in any release.
    #[doc(hidden)]
    pub facts: Overlay<Rest>,
    /// The trusted witnesses who saw this head.
    pub seen_by: Vec<SeenBy>,
    /// What decides the subject's standing.
    pub standing: Ingredients,
    /// Of a verdict: its standing by the rules of the log, as far as this file shows it.
    pub verdict: Option<Standing>,
    /// Its quotations.
    pub quotations: ComparedQuotations,
    /// What is true as far as the file shows, and could change only by another entry. Empty for a whole log.
    pub left_out: Vec<NotProven>,
    /// Rules that could not be checked.
    pub not_judged: Vec<NotJudged>,
    /// What else it does not prove.
    pub not_proven: Vec<NotProven>,
}

impl DossierReport {
    /// One of its entries.
    pub fn entry(&self, index: EntryIndex) -> Option<&ProvenEntry> {
        self.entries.iter().find(|entry| entry.index == index)
    }

    pub(super) fn ingredients(entries: &[ProvenEntry], id: &StatementId) -> Ingredients {
        let mut found = Ingredients::default();
        for ProvenEntry {
            index, statement, ..
        } in entries
        {
            match &statement.body {
                Body::VerdictAttest(attest) if attest.verdict == *id => match attest.decision {
                    Decision::Approve => found.approvals.push(*index),
                    Decision::Reject => found.rejections.push(*index),
                    _ => found.other_attestations.push(*index),
                },
                Body::VerdictPublish(publish) if publish.verdict == *id => {
                    found.publications.push(*index);
                }
                Body::VerdictIssue(verdict)
                    if verdict
                        .correction
                        .as_ref()
                        .is_some_and(|c| c.supersedes == *id) =>
                {
                    found.successors.push(*index);
                }
                Body::Withdraw(_) => found.withdrawals.push(*index),
                Body::DisputeOpen(_) => found.disputes.push(*index),
                Body::PolicySet(_) => found.policies.push(*index),
                _ => {}
            }
        }
        found
    }
}
