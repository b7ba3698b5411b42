//! The chain of a claim as a PROV document: its forms, sources and copies, the evidence, the verdicts, and the people who
//! signed each of them. Everything is in it, also what no longer stands, with what invalidated it.

use super::house::open;
use crate::app::read::entries::Entries;
use crate::app::read::line::instant;
use crate::app::read::screens::pages::Pages;
use crate::app::{Error, Session};
use crate::formats::prov::{ProvDocument, ProvKind, ProvRelation};
use claimledger_core::EntryIndex;
use claimledger_core::model::claim::Wording;
use claimledger_core::model::relation::SourceRelation;
use claimledger_core::model::snapshot::Snapshot;
use claimledger_core::model::source::Capture;
use claimledger_core::model::{Body, StatementId};
use claimledger_core::rules::Link;
use claimledger_core::rules::key_holder;
use std::collections::BTreeSet;

/// A chain.
pub struct PublishedChain {
    /// As PROV has it.
    pub document: ProvDocument,
    /// How many entries are in it.
    pub entries: usize,
}

/// The chain of a claim, of all its forms.
pub fn chain(session: &Session, forms: &BTreeSet<EntryIndex>) -> Result<PublishedChain, Error> {
    let view = Entries::view(session);
    let pages = Pages::at(session, &view, session.head().size)?;
    let mut chain = Chain {
        pages: &pages,
        made: ProvDocument::default(),
        met: BTreeSet::new(),
    };
    let ledger = session.statement(EntryIndex::FIRST)?.id();
    for (prefix, address) in [
        ("statement", "urn:claimledger:statement:".to_owned()),
        ("signing", "urn:claimledger:signing:".to_owned()),
        ("capture", "urn:claimledger:capture:".to_owned()),
        ("sha256", "urn:sha256:".to_owned()),
        ("person", format!("urn:claimledger:{ledger}:person:")),
        ("house", format!("urn:claimledger:{ledger}:organisation:")),
        ("software", "urn:claimledger:software:".to_owned()),
        ("claimledger", "urn:claimledger:vocabulary:".to_owned()),
    ] {
        chain.made.prefix(prefix, address);
    }
    for form in forms {
        chain.entry(*form)?;
    }
    Ok(PublishedChain {
        document: chain.made,
        entries: chain.met.len(),
    })
}

struct Chain<'c, 'v> {
    pages: &'c Pages<'v>,
    made: ProvDocument,
    met: BTreeSet<EntryIndex>,
}

impl Chain<'_, '_> {
    /// A statement with everything that hangs on it, once. Relations lead from one statement to the next, so those still to
    /// come are kept in a list: a chain may be as long as the log.
    fn entry(&mut self, first: EntryIndex) -> Result<(), Error> {
        let mut next = vec![first];
        while let Some(entry) = next.pop() {
            if !self.met.insert(entry) {
                continue;
            }
            next.extend(self.one(entry)?);
        }
        Ok(())
    }

    #[expect(clippy::too_many_lines, reason = "an arm for each kind of statement")]
    fn one(&mut self, entry: EntryIndex) -> Result<Vec<EntryIndex>, Error> {
        let said = self.pages.said(entry)?;
        let mut next = Vec::new();
        let id = statement(&said.id());
        let pages = self.pages;
        let named = |id: &StatementId| pages.place(id);
        let (kind, mut attributes, derived) = match &said.body {
            Body::ClaimAdd(claim) => {
                let sources = claim.appeared_in.iter();
                let how = if claim.wording == Wording::Verbatim {
                    ProvRelation::WasQuotedFrom
                } else {
                    ProvRelation::WasDerivedFrom
                };
                let links = [Link::Evidence, Link::Verdict];
                next.extend(self.under(entry, &links)?);
                let attributes = vec![("claimledger:text", open(&claim.text))];
                let derived = sources.map(|source| (how, *source)).collect();
                ("Claim", attributes, derived)
            }
            Body::SourceAdd(source) => {
                next.extend(self.under(entry, &[Link::Capture, Link::Transcript, Link::Relation])?);
                let mut derived = Vec::new();
                match &source.capture {
                    Capture::Captured(snapshot) => self.capture(entry, &id, snapshot)?,
                    Capture::NeverHeld(never) => {
                        let through = never.known_through.iter();
                        derived.extend(through.map(|id| (ProvRelation::HadPrimarySource, *id)));
                    }
                }
                let attributes = vec![
                    ("claimledger:title", open(&source.title)),
                    ("claimledger:publisher", open(&source.publisher)),
                    ("claimledger:kind", Some(source.kind.as_str().to_owned())),
                    (
                        "claimledger:url",
                        source.url.as_ref().map(ToString::to_string),
                    ),
                    (
                        "claimledger:published",
                        source.published.as_ref().map(ToString::to_string),
                    ),
                ];
                ("Source", attributes, derived)
            }
            Body::SourceCapture(capture) => {
                let source = statement(&capture.source);
                self.capture(entry, &source, &capture.snapshot)?;
                next.push(named(&capture.source)?);
                (
                    "Capture",
                    Vec::new(),
                    vec![(ProvRelation::WasDerivedFrom, capture.source)],
                )
            }
            Body::SourceTranscribe(transcript) => {
                let attributes = vec![("claimledger:by", open(&transcript.by))];
                let derived = vec![(ProvRelation::WasDerivedFrom, transcript.source)];
                ("Transcript", attributes, derived)
            }
            Body::SourceRelate(relate) => {
                let (from, to) = (statement(&relate.from), statement(&relate.to));
                let relation = match relate.relation {
                    SourceRelation::WasRevisionOf => Some(ProvRelation::WasRevisionOf),
                    SourceRelation::WasQuotedFrom => Some(ProvRelation::WasQuotedFrom),
                    SourceRelation::HadPrimarySource => Some(ProvRelation::HadPrimarySource),
                    SourceRelation::TranslationOf
                    | SourceRelation::WireCopyOf
                    | SourceRelation::WasDerivedFrom => Some(ProvRelation::WasDerivedFrom),
                    SourceRelation::SharesOriginWith => Some(ProvRelation::AlternateOf),
                    SourceRelation::IndependentOf => None,
                };
                // What was withdrawn says nothing of the two any more.
                let live = self.pages.stands(entry)?.facts.is_live();
                if let Some(relation) = relation.filter(|_| live) {
                    self.made.relate(relation, &from, &to, None);
                }
                next.extend([named(&relate.from)?, named(&relate.to)?]);
                let kind = relate.relation.as_str().to_owned();
                (
                    "Relation",
                    vec![("claimledger:relation", Some(kind))],
                    Vec::new(),
                )
            }
            Body::EvidenceAdd(evidence) => {
                let quote = evidence.excerpt.as_ref();
                let how = if quote.is_some() {
                    ProvRelation::WasQuotedFrom
                } else {
                    ProvRelation::WasDerivedFrom
                };
                let source = evidence.source.iter().map(|id| (how, *id));
                let via = evidence.via.iter();
                let via = via.map(|id| (ProvRelation::HadPrimarySource, *id));
                let derived = source.chain(via).collect();
                let attributes = vec![(
                    "claimledger:stance",
                    Some(evidence.stance.as_str().to_owned()),
                )];
                ("Evidence", attributes, derived)
            }
            Body::VerdictIssue(verdict) => {
                next.extend(self.under(entry, &[Link::Attestation, Link::Publication])?);
                let activity = signing(&said.id());
                self.made.relate(
                    ProvRelation::Used,
                    &activity,
                    &statement(&verdict.claim),
                    None,
                );
                let evidence = verdict.evidence.iter();
                let mut derived: Vec<_> = evidence
                    .map(|id| (ProvRelation::WasDerivedFrom, *id))
                    .collect();
                derived.extend(verdict.adopts.map(|id| (ProvRelation::WasDerivedFrom, id)));
                let attributes = vec![
                    ("claimledger:rating", Some(verdict.rating.to_string())),
                    ("claimledger:reasons", open(&verdict.reasons)),
                ];
                ("Verdict", attributes, derived)
            }
            Body::VerdictAttest(attest) => {
                let activity = signing(&said.id());
                self.made.relate(
                    ProvRelation::Used,
                    &activity,
                    &statement(&attest.verdict),
                    None,
                );
                let decision = attest.decision.as_str().to_owned();
                (
                    "Attestation",
                    vec![("claimledger:decision", Some(decision))],
                    Vec::new(),
                )
            }
            Body::VerdictPublish(publish) => {
                let attributes = vec![
                    ("claimledger:url", Some(publish.url.to_string())),
                    ("claimledger:published", Some(publish.published.to_string())),
                ];
                let derived = vec![(ProvRelation::WasDerivedFrom, publish.verdict)];
                ("Publication", attributes, derived)
            }
            Body::ReviewRecord(review) => {
                let attributes = vec![
                    ("claimledger:author", open(&review.author)),
                    ("claimledger:label", open(&review.rating.label)),
                    ("claimledger:url", Some(review.url.to_string())),
                ];
                ("Review", attributes, Vec::new())
            }
            _ => ("Statement", Vec::new(), Vec::new()),
        };
        attributes.push(("prov:type", Some(format!("claimledger:{kind}"))));
        let standing = self.pages.stands(entry)?;
        attributes.push(("claimledger:standing", Some(standing.words.raw())));
        attributes.push(("claimledger:entry", Some(entry.to_string())));
        let known = attributes.into_iter();
        let known = known
            .filter_map(|(name, value)| Some((name, value?)))
            .collect();
        self.made.thing(ProvKind::Entity, &id, known);
        self.signed(entry, &id)?;
        for (relation, target) in derived {
            next.push(self.pages.place(&target)?);
            self.made.relate(relation, &id, &statement(&target), None);
        }
        if let Some(correction) = said.correction() {
            let earlier = statement(&correction.supersedes);
            next.push(self.pages.place(&correction.supersedes)?);
            self.made
                .relate(ProvRelation::WasRevisionOf, &id, &earlier, None);
        }
        let facts = standing.facts;
        let ended = [facts.withdrawn_by, facts.distrusted_by, facts.superseded_by];
        for by in ended.into_iter().flatten() {
            let ending = self.pages.said(by)?;
            let at = instant(ending.time());
            let activity = self.activity(by)?;
            self.made
                .relate(ProvRelation::WasInvalidatedBy, &id, &activity, Some(&at));
        }
        Ok(next)
    }

    /// The entries linked to one in these ways.
    fn under(&self, entry: EntryIndex, links: &[Link]) -> Result<Vec<EntryIndex>, Error> {
        let mut found = Vec::new();
        for link in links {
            let facts = self.pages.reading().under(entry, *link)?;
            found.extend(facts.iter().map(|fact| fact.index));
        }
        Ok(found)
    }

    /// The signing of an entry, and what it made.
    fn signed(&mut self, entry: EntryIndex, id: &str) -> Result<(), Error> {
        let activity = self.activity(entry)?;
        let said = self.pages.said(entry)?;
        let at = said.issued.to_string();
        self.made
            .relate(ProvRelation::WasGeneratedBy, id, &activity, Some(&at));
        if let Some(person) = self.person(entry)? {
            self.made
                .relate(ProvRelation::WasAttributedTo, id, &person, None);
        }
        Ok(())
    }

    /// The signing of an entry as an activity of its signer.
    fn activity(&mut self, entry: EntryIndex) -> Result<String, Error> {
        let said = self.pages.said(entry)?;
        let activity = signing(&said.id());
        if self.made.has(ProvKind::Activity, &activity) {
            return Ok(activity);
        }
        let kind = match &said.body {
            Body::VerdictIssue(_) => "Assessment",
            Body::VerdictAttest(_) => "Approval",
            Body::VerdictPublish(_) => "Publishing",
            Body::Withdraw(_) => "Withdrawal",
            Body::SourceAdd(_) | Body::SourceCapture(_) => "Recording",
            _ => "Signing",
        };
        let at = said.issued.to_string();
        let attributes = vec![
            ("prov:startTime", at.clone()),
            ("prov:endTime", at),
            ("prov:type", format!("claimledger:{kind}")),
            ("claimledger:statementType", said.statement_type.to_string()),
        ];
        self.made.thing(ProvKind::Activity, &activity, attributes);
        if let Some(person) = self.person(entry)? {
            self.made
                .relate(ProvRelation::WasAssociatedWith, &activity, &person, None);
        }
        Ok(activity)
    }

    /// The signer of an entry as an agent, with their organisation.
    fn person(&mut self, entry: EntryIndex) -> Result<Option<String>, Error> {
        let said = self.pages.said(entry)?;
        let Some(holder) = key_holder(self.pages.reading().view(), &said.key, entry)? else {
            return Ok(None);
        };
        let house = format!("house:{}", holder.organisation);
        let person = format!("person:{}.{}", holder.organisation, holder.holder);
        if !self.made.has(ProvKind::Agent, &person) {
            let name = self.pages.signed(entry)?.name;
            let label =
                name.map_or_else(|| holder.holder.to_string(), |name| name.raw().to_owned());
            self.made.thing(
                ProvKind::Agent,
                &person,
                vec![
                    ("prov:type", "prov:Person".to_owned()),
                    ("prov:label", label),
                ],
            );
            let title = match self.pages.entries.title(&holder.organisation)? {
                Some(title) => title.raw().to_owned(),
                None => holder.organisation.to_string(),
            };
            self.made.thing(
                ProvKind::Agent,
                &house,
                vec![
                    ("prov:type", "prov:Organization".to_owned()),
                    ("prov:label", title),
                ],
            );
            self.made
                .relate(ProvRelation::ActedOnBehalfOf, &person, &house, None);
        }
        Ok(Some(person))
    }

    /// The bytes that a capture brought: a state of the source, made by the program that captured it.
    fn capture(
        &mut self,
        entry: EntryIndex,
        source: &str,
        snapshot: &Snapshot,
    ) -> Result<(), Error> {
        let bytes = format!("sha256:{}", snapshot.sha256);
        self.made.thing(
            ProvKind::Entity,
            &bytes,
            vec![
                ("prov:type", "claimledger:Bytes".to_owned()),
                ("claimledger:mediaType", snapshot.media_type.to_string()),
                ("claimledger:bytes", snapshot.bytes.to_string()),
            ],
        );
        self.made
            .relate(ProvRelation::SpecializationOf, &bytes, source, None);
        let said = self.pages.said(entry)?;
        let activity = format!("capture:{}", said.id());
        let at = snapshot.captured.to_string();
        self.made.thing(
            ProvKind::Activity,
            &activity,
            vec![
                ("prov:startTime", at.clone()),
                ("prov:endTime", at.clone()),
                ("prov:type", "claimledger:Capturing".to_owned()),
            ],
        );
        self.made
            .relate(ProvRelation::WasGeneratedBy, &bytes, &activity, Some(&at));
        if let Some(person) = self.person(entry)? {
            self.made
                .relate(ProvRelation::WasAssociatedWith, &activity, &person, None);
        }
        for software in [
            open(&snapshot.method),
            snapshot
                .text
                .as_ref()
                .and_then(|text| open(&text.extractor)),
        ]
        .into_iter()
        .flatten()
        {
            let agent = format!("software:{}", local(&software));
            self.made.thing(
                ProvKind::Agent,
                &agent,
                vec![
                    ("prov:type", "prov:SoftwareAgent".to_owned()),
                    ("prov:label", software),
                ],
            );
            self.made
                .relate(ProvRelation::WasAssociatedWith, &activity, &agent, None);
        }
        Ok(())
    }
}

fn statement(id: &StatementId) -> String {
    format!("statement:{id}")
}

fn signing(id: &StatementId) -> String {
    format!("signing:{id}")
}

/// A name that can stand after a prefix.
fn local(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    name.chars()
        .map(|c| if plain(c) { c } else { '-' })
        .collect()
}
