//! What a checked dossier shows, in words for people: what was said, by whom, what others signed about it, and when.
//!
//! All of it comes from the entries in the file. The file cannot show that an entry was left out.

use crate::app::read::standing_line::StandingLine;
use crate::app::read::{line, quotations, standing, verdict_preview};
use crate::app::summary::{counted, rating, summarize};
use claimledger_core::EntryIndex;
use claimledger_core::Message;
use claimledger_core::UnixMillis;
use claimledger_core::dossier::report::{DossierReport, ProvenEntry};
use claimledger_core::encoding::name::{Slug, Url};
use claimledger_core::encoding::unicode;
use claimledger_core::message;
use claimledger_core::model::attestation::{Decision, Publish};
use claimledger_core::model::claim::Claimants;
use claimledger_core::model::verdict::Verdict;
use claimledger_core::model::{Body, Statement, StatementId};
use serde::Serialize;
use std::collections::BTreeMap;

/// What a checked dossier shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DossierSummary {
    /// The claim's words, if it is about a claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim: Option<Message>,
    /// Who, according to the entry, made the claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claimants: Option<Message>,
    /// The verbatim label of a verdict's rating.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<Message>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasons: Option<Message>,
    /// What could not be found out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limits: Option<Message>,
    /// The first words of any other statement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<Message>,
    /// Who signed it, for which organisation.
    pub signed_by: Message,
    /// Of a verdict: who approved or rejected it, and what the policies in the file require.
    pub approvals: Vec<Message>,
    /// What else happened to it, by the entries of the file.
    pub standing: Vec<Message>,
    /// When, and by whose word.
    pub when: Vec<Message>,
}

/// The entries of a dossier, and their statements by entry.
struct Entries<'a> {
    report: &'a DossierReport,
    statements: BTreeMap<EntryIndex, &'a Statement>,
}

impl DossierSummary {
    /// What a checked dossier shows; `None` if the subject is not in the file, which `verify` refuses.
    pub fn from_report(report: &DossierReport) -> Option<Self> {
        let entries = Entries {
            report,
            statements: report
                .entries
                .iter()
                .map(|entry| (entry.index, &*entry.statement))
                .collect(),
        };
        let subject = entries.entry(report.subject)?;
        let statement = entries.statements.get(&report.subject)?;
        let mut summary = Self {
            claim: None,
            claimants: None,
            rating: None,
            reasons: None,
            limits: None,
            words: None,
            signed_by: entries.signer(subject),
            approvals: Vec::new(),
            standing: entries.standing(),
            when: entries.when(subject, statement),
        };
        match &statement.body {
            Body::VerdictIssue(verdict) => {
                summary.claim(entries.body(&verdict.claim));
                summary.rating = Some(entries.rating(verdict));
                summary.reasons = Some((&verdict.reasons).into());
                summary.limits = verdict.limits.as_ref().map(Message::from);
                summary.approvals = entries.approvals();
            }
            body @ Body::ClaimAdd(_) => summary.claim(Some(body)),
            body => summary.words = Some(summarize(body, &|id| entries.place(id), None)),
        }
        Some(summary)
    }

    fn claim(&mut self, body: Option<&Body>) {
        let Some(Body::ClaimAdd(claim)) = body else {
            return;
        };
        self.claim = Some((&claim.text).into());
        self.claimants = Some(match &claim.claimants {
            Claimants::Named(named) => {
                let names: Vec<Message> = named
                    .iter()
                    .map(|one| match (&one.name, &one.role) {
                        (name, Some(role)) => message!("{name}, {role}", name, role),
                        (name, None) => name.into(),
                    })
                    .collect();
                Message::join(&names, "; ")
            }
            Claimants::Many => "many".into(),
            Claimants::Unknown => "not known".into(),
            Claimants::Anonymous => "known to the reviewer, not named".into(),
        });
    }
}

impl Entries<'_> {
    fn entry(&self, index: EntryIndex) -> Option<&ProvenEntry> {
        self.report.entry(index)
    }

    fn index_of(&self, id: &StatementId) -> Option<EntryIndex> {
        let mut all = self.report.entries.iter();
        all.find(|entry| entry.statement.id() == *id)
            .map(|entry| entry.index)
    }

    fn body(&self, id: &StatementId) -> Option<&Body> {
        self.statements
            .get(&self.index_of(id)?)
            .map(|said| &said.body)
    }

    fn place(&self, id: &StatementId) -> String {
        self.index_of(id)
            .map_or_else(|| id.short(), |at| format!("#{at}"))
    }

    /// `Jonas Weil (jonas) of The Velden Desk (desk-example)`, as far as the entries name them.
    fn signer(&self, entry: &ProvenEntry) -> Message {
        let mut person = None;
        let mut house = None;
        for said in self.statements.values() {
            let (named, name, organisation) = match &said.body {
                Body::LedgerCreate(create) => (
                    Some((&create.holder, &create.organisation.organisation)),
                    create.name.as_ref(),
                    Some(&create.organisation),
                ),
                Body::KeyEnroll(enroll) => (
                    Some((&enroll.holder, &enroll.organisation)),
                    enroll.name.as_ref(),
                    None,
                ),
                Body::OrganisationSet(set) => (None, None, Some(set.as_ref())),
                _ => continue,
            };
            // A person is the pair of both: the name of a namesake elsewhere is not theirs.
            if named == Some((&entry.holder, &entry.organisation)) && name.is_some() {
                person = name.map(Message::from);
            }
            if let Some(set) = organisation.filter(|o| o.organisation == entry.organisation) {
                house = Some((&set.name).into());
            }
        }
        let both = |name: Option<Message>, short: &Slug| match name {
            Some(name) if name.raw() != short.as_str() => message!("{name} ({short})", name),
            _ => short.to_string().into(),
        };
        let (person, house) = (
            both(person, &entry.holder),
            both(house, &entry.organisation),
        );
        let distrusted = if entry.is_distrusted() {
            ", whose key was later distrusted"
        } else {
            ""
        };
        message!("{person} of {house}{distrusted}", person, house)
    }

    fn rating(&self, verdict: &Verdict) -> Message {
        match self.body(&verdict.scale) {
            Some(Body::ScaleSet(scale)) => rating(scale, &verdict.rating),
            _ => verdict.rating.to_string().into(),
        }
    }

    /// Who attested what about it, and what the policies require.
    fn approvals(&self) -> Vec<Message> {
        let ingredients = &self.report.standing;
        let words = [
            &ingredients.approvals,
            &ingredients.rejections,
            &ingredients.other_attestations,
        ];
        let by_rules = self.report.verdict.iter().map(standing::approval_in_words);
        let mut told: Vec<Message> = words
            .into_iter()
            .flatten()
            .filter_map(|at| {
                let Body::VerdictAttest(attest) = &self.statements.get(at)?.body else {
                    return None;
                };
                let did = match attest.decision {
                    Decision::Approve => "approved",
                    Decision::Reject => "rejected",
                    Decision::Abstain => "abstained",
                    Decision::Recuse => "recused because of interests in the matter",
                };
                let by = self.signer(self.entry(*at)?);
                let interests = verdict_preview::declared(attest.conflict.as_ref());
                Some(message!(
                    "{did} by {by} (#{at}), who {interests}",
                    by,
                    interests
                ))
            })
            .collect();
        if told.is_empty() {
            told.push("this file contains no approval or rejection of it".into());
        }
        let by_rules =
            by_rules.map(|words| Message::from(format!("{words} (by the entries of this file)")));
        told.splice(0..0, by_rules);
        for at in &ingredients.policies {
            if let Some(Body::PolicySet(policy)) = self.statements.get(at).map(|s| &s.body) {
                let policy = format!(
                    "the policy in #{at} requires {} by {} and {}",
                    counted(policy.approvals, "approval"),
                    policy.organisation,
                    counted(policy.traced_origins, "traced origin")
                );
                told.push(policy.into());
            }
        }
        told
    }

    /// Withdrawals, corrections, disputes and publications that the file holds.
    fn standing(&self) -> Vec<Message> {
        let ingredients = &self.report.standing;
        let mut told = Vec::new();
        for at in &ingredients.withdrawals {
            if let Some(Body::Withdraw(withdraw)) = self.statements.get(at).map(|s| &s.body) {
                let reason = &withdraw.reason;
                told.push(
                    if self.index_of(&withdraw.target) == Some(self.report.subject) {
                        message!("withdrawn by #{at}: {reason}", reason)
                    } else {
                        let target = self.place(&withdraw.target);
                        message!(
                            "{target}, on which it depends, was withdrawn by #{at}: {reason}",
                            reason
                        )
                    },
                );
            }
        }
        for at in &ingredients.successors {
            told.push(format!("corrected by a later verdict: #{at}").into());
        }
        told.extend(self.corrected_beneath());
        for at in &ingredients.disputes {
            told.push(format!("disputed in #{at}").into());
        }
        for at in &ingredients.publications {
            if let Some(Body::VerdictPublish(publish)) = self.statements.get(at).map(|s| &s.body) {
                let (what, url) = (self.published(*at, publish), &publish.url);
                told.push(message!("{what} {url} (#{at})", what, url));
            }
        }
        let verdict = self.report.verdict.iter();
        told.extend(
            verdict
                .flat_map(|verdict| quotations::gone(&verdict.quotations))
                .map(Message::from),
        );
        if told.is_empty() {
            told.push("nothing in this file withdraws, corrects or disputes it".into());
        }
        told
    }

    /// What of the things that the subject rests on was corrected after it was signed; of its claim, with the new words.
    fn corrected_beneath(&self) -> Vec<Message> {
        let mut told = Vec::new();
        for entry in &self.report.entries {
            if entry.index <= self.report.subject || entry.is_distrusted() {
                continue;
            }
            let Some(correction) = entry.statement.correction() else {
                continue;
            };
            let (earlier, at) = (self.place(&correction.supersedes), entry.index);
            match &entry.statement.body {
                Body::ClaimAdd(claim) => {
                    let text = &claim.text;
                    told.push(message!(
                        "its claim, {earlier}, was corrected in #{at}: \u{201c}{text}\u{201d}",
                        text
                    ));
                }
                Body::EvidenceAdd(_) | Body::SourceAdd(_) => told
                    .push(format!("{earlier}, on which it depends, was corrected in #{at}").into()),
                _ => {}
            }
        }
        let words_of = self.report.verdict.as_ref().and_then(|v| v.words_of);
        told.extend(words_of.map(|claim| {
            format!("it stands for the words of #{claim}, not for the corrected ones").into()
        }));
        told
    }

    /// What a publication means: the verdict's organisation, or one that its policy lists, says that it published it;
    /// others say so; or it is the address of the review that the verdict adopts.
    fn published(&self, at: EntryIndex, publish: &Publish) -> Message {
        let (Some(by), Some(verdict)) = (self.entry(at), self.index_of(&publish.verdict)) else {
            return "said to be published at".into();
        };
        let house = self.entry(verdict).map(|entry| &entry.organisation);
        if by.is_distrusted() {
            let signer = self.signer(by);
            return message!("{signer}, says that it was published at", signer);
        }
        if house == Some(&by.organisation) {
            let adopts = match self.body(&publish.verdict) {
                Some(Body::VerdictIssue(issued)) => issued.adopts,
                _ => None,
            };
            let review = adopts.and_then(|review| self.body(&review));
            return match review {
                Some(Body::ReviewRecord(review)) if same_address(&review.url, &publish.url) => {
                    "adopted from".into()
                }
                _ => "published at".into(),
            };
        }
        let mut before = self.report.entries.iter().rev();
        let policy = before.find_map(|entry| match &entry.statement.body {
            Body::PolicySet(policy)
                if entry.index < at
                    && !entry.is_distrusted()
                    && Some(&policy.organisation) == house =>
            {
                Some(policy)
            }
            _ => None,
        });
        match policy {
            Some(policy) if policy.approvals_from.contains(&by.organisation) => {
                format!("published by {} at", by.organisation).into()
            }
            _ => format!("{} says that it was published at", by.organisation).into(),
        }
    }

    fn when(&self, subject: &ProvenEntry, statement: &Statement) -> Vec<Message> {
        let mut told = vec![
            format!(
                "signed {} by the signer's own clock",
                subject.statement.issued
            ),
            format!(
                "recorded {} by the ledger's clock",
                line::instant(subject.time)
            ),
        ];
        if let Some(seen) = statement.seen {
            told.push(format!("after its signer had seen {} entries", seen.size));
        }
        for witness in &self.report.seen_by {
            told.push(format!(
                "witness {} had seen it, with {} entries, as of {}",
                witness.witness,
                self.report.size,
                line::instant(UnixMillis::new(witness.time.saturating_mul(1_000)))
            ));
        }
        if self.report.seen_by.is_empty() {
            told.push("no witness confirms these times".to_owned());
        }
        told.into_iter().map(Message::from).collect()
    }
}

/// The standing of an entry of a dossier, as far as the file shows it.
pub fn standing_of(report: &DossierReport, entry: &ProvenEntry) -> StandingLine {
    let withdrawal = entry.standing.withdrawn_by.and_then(|by| report.entry(by));
    let reason = match withdrawal.map(|by| &by.statement.body) {
        Some(Body::Withdraw(withdraw)) => Some((&withdraw.reason).into()),
        _ => None,
    };
    StandingLine::new(entry.standing.clone(), reason)
}

/// Whether two addresses are the same in the form in which the rules compare them.
fn same_address(one: &Url, other: &Url) -> bool {
    unicode::address(one.as_str()) == unicode::address(other.as_str())
}
