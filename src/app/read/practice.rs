//! Practice: what an assessor of a fact-checking code looks for in the verdicts of a period, and a sample to read
//! completely.
//!
//! What this is not: a score. Each concern is a fact in the log that somebody should look at, with the entries that
//! show it.

use super::line::{self, Line};
use super::sample::{self, Drawn};
use super::standing;
use crate::app::{Desk, Error, Session};
use crate::snapshots;
use claimledger_core::Message;
use claimledger_core::encoding::time::{Instant, PartialDate};
use claimledger_core::log::excerpts::{self, ExcerptCheck};
use claimledger_core::model::attestation::Decision;
use claimledger_core::model::scale::Needs;
use claimledger_core::model::{StatementId, StatementType};
use claimledger_core::rules::standing::approval::Discount;
use claimledger_core::rules::standing::{deadline, evidence_needed};
use claimledger_core::rules::statement::{Origins, Says, StatementFact, VerdictFact};
use claimledger_core::rules::{Reading, Standing, StatementStanding, View};
use claimledger_core::{EntryIndex, TreeSize, UnixMillis};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which verdicts, and how many of them to read completely.
#[derive(Debug, Clone, Default)]
pub struct PracticeQuery {
    /// Only those that were signed on this day (UTC) or later, by the signer's clock.
    pub from: Option<PartialDate>,
    /// Only those that were signed on this day or earlier.
    pub to: Option<PartialDate>,
    /// As of this many entries.
    pub at: Option<TreeSize>,
    /// How many to draw, and the seed.
    pub sample: Option<(u64, String)>,
}

/// What an assessor should look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Concern {
    /// On the side that the rating needs, one origin was traced, and no second one independent of it.
    OneOrigin,
    /// No first-hand origin was traced.
    NoneFirstHand,
    /// The corroboration was not computed.
    OriginsNotComputed,
    /// The claimant was not asked, or the verdict does not say so.
    ClaimantNotContacted,
    /// Nobody except the author approves.
    AuthorOnly,
    /// The author or an approver does not declare their interests.
    ConflictNotDeclared,
    /// It corrects an error later than the policy allows.
    CorrectionLate,
    /// A dispute of it, its claim or its evidence has no answer.
    DisputeUnanswered,
    /// A dispute was upheld, and nothing was corrected.
    DisputeNotActedUpon,
    /// It was published, and is not approved.
    PublishedUnapproved,
    /// A quotation that it rests on is not in the text held here.
    ExcerptBroken,
}

impl Concern {
    /// Every concern, in the order of the columns.
    pub const ALL: &'static [Self] = &[
        Self::OneOrigin,
        Self::NoneFirstHand,
        Self::OriginsNotComputed,
        Self::ClaimantNotContacted,
        Self::AuthorOnly,
        Self::ConflictNotDeclared,
        Self::CorrectionLate,
        Self::DisputeUnanswered,
        Self::DisputeNotActedUpon,
        Self::PublishedUnapproved,
        Self::ExcerptBroken,
    ];

    /// What it says, for people.
    pub const fn words(self) -> &'static str {
        match self {
            Self::OneOrigin => "one traced origin on the side that the rating needs",
            Self::NoneFirstHand => "no first-hand origin was traced",
            Self::OriginsNotComputed => "the origins were not computed",
            Self::ClaimantNotContacted => {
                "the claimant was not asked, or the verdict does not say so"
            }
            Self::AuthorOnly => "nobody except the author approves",
            Self::ConflictNotDeclared => "author or approver do not declare their interests",
            Self::CorrectionLate => "it corrects an error later than the policy allows",
            Self::DisputeUnanswered => "an objection has no answer",
            Self::DisputeNotActedUpon => "an objection was accepted, and nothing was corrected",
            Self::PublishedUnapproved => "it was published, and is not approved",
            Self::ExcerptBroken => "a quotation is not in the text held here",
        }
    }

    /// Its stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::OneOrigin => "one-origin",
            Self::NoneFirstHand => "none-first-hand",
            Self::OriginsNotComputed => "origins-not-computed",
            Self::ClaimantNotContacted => "claimant-not-contacted",
            Self::AuthorOnly => "author-only",
            Self::ConflictNotDeclared => "conflict-not-declared",
            Self::CorrectionLate => "correction-late",
            Self::DisputeUnanswered => "dispute-unanswered",
            Self::DisputeNotActedUpon => "dispute-not-acted-upon",
            Self::PublishedUnapproved => "published-unapproved",
            Self::ExcerptBroken => "excerpt-broken",
        }
    }
}

/// A verdict, and what to look at.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct VerdictPractice {
    /// The verdict in a line.
    #[serde(flatten)]
    pub line: Line,
    /// When the ledger recorded it.
    pub taken_in: String,
    /// The claim's words.
    pub claim: Message,
    /// Where it stands. In the JSON `standing` is the line's.
    #[serde(rename = "inWords")]
    pub standing: Vec<Message>,
    /// What to look at, each with the entries that show it.
    pub concerns: BTreeMap<Concern, Vec<EntryIndex>>,
    /// Quotations that it rests on and that cannot be checked here: the text is not held, or is sealed.
    pub excerpts_not_checked: u64,
}

/// The report.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Practice {
    /// The ledger's id.
    pub ledger: StatementId,
    /// As of how many entries.
    pub at: TreeSize,
    /// The time at which the age of disputes is measured.
    pub as_of: String,
    /// In which zone `from`, `to` and the days of verdicts are counted: the report is read by several organisations.
    pub days: &'static str,
    /// The first day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The verdicts, oldest first.
    pub verdicts: Vec<VerdictPractice>,
    /// Verdicts that are dated back, and that were signed, by their own date, or taken in within the period.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub back_dated: Vec<Line>,
    /// How many verdicts each concern touches.
    pub counts: BTreeMap<Concern, u64>,
    /// The seed of the sample.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<String>,
    /// The sample, in the order of the draw.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sample: Vec<Drawn>,
}

/// Reports on the verdicts of a period.
pub fn report(desk: &Desk, session: &Session, asked: &PracticeQuery) -> Result<Practice, Error> {
    let size = session.at(asked.at)?;
    let now = desk.clock.now_millis();
    let from = asked.from.as_ref().map(first_millisecond).transpose()?;
    let to = asked.to.as_ref().map(first_millisecond).transpose()?;
    let until = to.map(|day| day.plus_millis(DAY_MILLIS));
    let view = session.view();
    let reading = Reading::at(&view, size)?;
    let mut verdicts = Vec::new();
    let mut drawn_from = Vec::new();
    let mut back_dated = Vec::new();
    for index in session.view().of_type(StatementType::VerdictIssue, size)? {
        let Some(fact) = reading.entry(index)? else {
            continue;
        };
        let Says::Verdict(verdict) = &fact.says else {
            continue;
        };
        let inside = |time: UnixMillis| {
            from.is_none_or(|from| time >= from) && until.is_none_or(|until| time < until)
        };
        let issued = UnixMillis::new(fact.issued.saturating_mul(1_000));
        // A verdict that is dated back is listed in the period in which it was taken in, too.
        if !inside(issued) && !inside(fact.time) {
            continue;
        }
        let Some(standing) = standing::verdict_standing(session, index, size)? else {
            continue;
        };
        if standing.line.back_dated.is_some() {
            back_dated.push(standing.line.clone());
        }
        if !inside(issued) {
            continue;
        }
        let mut looked = VerdictPractice {
            line: standing.line.clone(),
            taken_in: line::instant(fact.time),
            claim: standing.claim_text.clone(),
            standing: standing.words.clone(),
            concerns: BTreeMap::new(),
            excerpts_not_checked: 0,
        };
        looked.concerns = concerns(
            &reading,
            &fact,
            verdict,
            &standing.standing,
            &standing.line.standing.facts,
            now,
        )?;
        quotations(session, verdict, &mut looked)?;
        drawn_from.push((fact.id, index));
        verdicts.push(looked);
    }
    let mut counts: BTreeMap<Concern, u64> = Concern::ALL.iter().map(|c| (*c, 0)).collect();
    for concern in verdicts.iter().flat_map(|verdict| verdict.concerns.keys()) {
        *counts.entry(*concern).or_default() += 1;
    }
    let sample = match &asked.sample {
        Some((number, seed)) => sample::draw(session, &reading, &drawn_from, *number, seed)?,
        None => Vec::new(),
    };
    Ok(Practice {
        ledger: session.head().ledger,
        at: size,
        as_of: line::instant(now),
        days: "UTC",
        from: asked.from.as_ref().map(ToString::to_string),
        to: asked.to.as_ref().map(ToString::to_string),
        verdicts,
        back_dated,
        counts,
        seed: asked.sample.as_ref().map(|(_, seed)| seed.clone()),
        sample,
    })
}

/// What an assessor should look at in a verdict, from the log alone: everything but its quotations.
pub fn concerns<V: View>(
    reading: &Reading<'_, V>,
    fact: &StatementFact,
    verdict: &VerdictFact,
    standing: &Standing,
    facts: &StatementStanding,
    now: UnixMillis,
) -> Result<Concerns, V::Error> {
    let mut found = Concerns::new();
    origins(reading, verdict, fact.index, &mut found)?;
    people(reading, fact, verdict, (standing, facts), &mut found)?;
    deadlines(reading, fact.index, verdict, now, &mut found)?;
    Ok(found)
}

/// What to look at, each with the entries that show it.
pub type Concerns = BTreeMap<Concern, Vec<EntryIndex>>;

/// On the side that the rating needs; for a rating that needs neither, on the better side. The counts are those that
/// the author signed.
fn origins<V: View>(
    reading: &Reading<'_, V>,
    verdict: &VerdictFact,
    index: EntryIndex,
    concerns: &mut Concerns,
) -> Result<(), V::Error> {
    let needs = evidence_needed::side(reading, verdict)?;
    let traced = |side: Option<Origins>| side.map(|origins| origins.traced);
    let found = match needs {
        Needs::Support => traced(verdict.support),
        Needs::Refutation => traced(verdict.refutation),
        Needs::Neither => traced(verdict.support).max(traced(verdict.refutation)),
    };
    let concern = match found {
        None => Concern::OriginsNotComputed,
        Some(0) => Concern::NoneFirstHand,
        Some(1) => Concern::OneOrigin,
        Some(_) => return Ok(()),
    };
    concerns.insert(concern, vec![index]);
    Ok(())
}

/// The claimant, the second person, and the declared interests.
fn people<V: View>(
    reading: &Reading<'_, V>,
    fact: &StatementFact,
    verdict: &VerdictFact,
    (standing, facts): (&Standing, &StatementStanding),
    concerns: &mut Concerns,
) -> Result<(), V::Error> {
    let index = fact.index;
    if verdict.asked != Some(true) {
        concerns.insert(Concern::ClaimantNotContacted, vec![index]);
    }
    // The attestations in a standing are by other people than the author, and trusted. A remark from an organisation
    // that the policy does not list is nobody's approval.
    let approving = standing.approval.words.iter();
    let approving: Vec<EntryIndex> = approving
        .filter(|word| {
            let remark = word.discount == Some(Discount::Organisation);
            word.decision == Decision::Approve && !remark
        })
        .map(|word| word.entry)
        .collect();
    let published = &standing.publications.published;
    if !published.is_empty() && !facts.is_concluded() {
        concerns.insert(Concern::PublishedUnapproved, published.clone());
    }
    if approving.is_empty() {
        concerns.insert(Concern::AuthorOnly, vec![index]);
    }
    let mut silent = Vec::new();
    if !verdict.conflict_declared {
        silent.push(index);
    }
    for entry in approving {
        if let Some(word) = reading.entry(entry)?
            && let Says::Attestation {
                conflict_declared: false,
                ..
            } = word.says
        {
            silent.push(entry);
        }
    }
    if !silent.is_empty() {
        concerns.insert(Concern::ConflictNotDeclared, silent);
    }
    Ok(())
}

/// The correction that it is, and the disputes of it, its claim and its evidence.
fn deadlines<V: View>(
    reading: &Reading<'_, V>,
    index: EntryIndex,
    verdict: &VerdictFact,
    now: UnixMillis,
    concerns: &mut Concerns,
) -> Result<(), V::Error> {
    if deadline::correction_due(reading, index)?.is_some_and(|due| due.late) {
        concerns.insert(Concern::CorrectionLate, vec![index]);
    }
    let beneath = [index, verdict.claim].into_iter();
    for target in beneath.chain(verdict.evidence.iter().copied()) {
        for open in deadline::disputes_open(reading, target, now)? {
            let concern = if open.upheld {
                Concern::DisputeNotActedUpon
            } else {
                Concern::DisputeUnanswered
            };
            concerns.entry(concern).or_default().push(open.dispute);
        }
    }
    Ok(())
}

/// Checks the quotations of its evidence against the texts held here.
fn quotations(
    session: &Session,
    verdict: &VerdictFact,
    looked: &mut VerdictPractice,
) -> Result<(), Error> {
    for evidence in &verdict.evidence {
        let statement = session.statement(*evidence)?;
        let Some(excerpt) = excerpts::excerpt_in(&statement.body) else {
            continue;
        };
        let broken = match excerpts::check(excerpt, |digest| {
            snapshots::open_text(session.reader(), digest)
        }) {
            Ok(ExcerptCheck::Holds) => false,
            // Altered bytes are not the text that was quoted.
            Ok(ExcerptCheck::Fails(_)) | Err(snapshots::Error::Altered { .. }) => true,
            Ok(ExcerptCheck::CannotTell) => {
                looked.excerpts_not_checked += 1;
                false
            }
            Err(e) => return Err(e.into()),
        };
        if broken {
            let entries = looked.concerns.entry(Concern::ExcerptBroken).or_default();
            entries.push(*evidence);
        }
    }
    Ok(())
}

/// The first millisecond of a whole day: a month or a year is not completed.
fn first_millisecond(day: &PartialDate) -> Result<UnixMillis, Error> {
    let instant: Instant = format!("{day}T00:00:00Z")
        .parse()
        .map_err(|_| Error::Usage(format!("{day} is no whole day YYYY-MM-DD")))?;
    Ok(instant.into())
}

const DAY_MILLIS: u64 = 24 * 60 * 60 * 1_000;
