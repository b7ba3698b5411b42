//! A verdict and its standing, for somebody who is about to sign it.

use super::corroboration;
use super::entries::Entries;
use super::moved::Moved;
use super::screens::kind::{self, ClaimKind};
use super::screens::objections::{self, Objection};
use super::screens::pages::Pages;
use super::standing::{self, VerdictStanding};
use super::{line, remarks, scale, standing_line};
use crate::app::{Error, Session};
use claimledger_core::encoding::name::Label;
use claimledger_core::message;
use claimledger_core::model::verdict::{Asked, ConflictOfInterest, Contact, Verdict};
use claimledger_core::model::{Body, Statement, StatementId};
use claimledger_core::rules::{self, Because, Fallen, Reading, View as _};
use claimledger_core::{EntryIndex, Message, TreeSize};
use serde::Serialize;

/// A verdict to be weighed.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct VerdictPreview {
    /// The claim's entry.
    pub claim: EntryIndex,
    /// The claim's words.
    pub claim_text: Message,
    /// If the claim was corrected: what it says now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim_now: Option<ClaimNow>,
    /// What kind of claim it is.
    #[serde(flatten)]
    pub kind: Option<ClaimKind>,
    /// The rating's verbatim label.
    pub rating: Message,
    /// Why.
    pub reasons: Message,
    /// What could not be found out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limits: Option<Message>,
    /// How many pieces of evidence it rests on.
    pub evidence: usize,
    /// That it has no evidence for the side of the claim that its rating needs; only of a signed verdict.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub without_evidence: Option<String>,
    /// Whether the claimant was asked, and the result.
    pub contact: Message,
    /// The corroboration when it was signed, in words, and whether its organisation's policy is met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corroboration: Option<Message>,
    /// The declared interests of its author and of those who attested it.
    pub interests: Vec<Message>,
    /// Its standing; none if it is not signed yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standing: Option<VerdictStanding>,
    /// What it rests on and what has changed since, each with the change.
    pub beneath: Vec<Message>,
    /// The objections to it, each with what became of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub objections: Vec<Objection>,
    /// The unsettled objections to what it rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub objections_beneath: Vec<Objection>,
    /// Other live verdicts on the same claim.
    pub others: Vec<VerdictStanding>,
}

/// The newest form of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimNow {
    /// Its entry.
    pub entry: EntryIndex,
    /// Its words.
    pub text: Message,
    /// Whether the verdict holds for these words too.
    pub holds: bool,
}

impl VerdictPreview {
    /// What has changed since it was signed.
    pub fn moved(&self) -> Option<&Moved> {
        self.standing.as_ref()?.moved.as_ref()
    }
}

/// What to show before a statement is signed: the verdict that it approves, rejects or publishes, or the verdict
/// itself. None for other types.
pub fn before_signing(
    session: &Session,
    statement: &Statement,
) -> Result<Option<VerdictPreview>, Error> {
    match &statement.body {
        Body::VerdictAttest(attest) => stands(session, &attest.verdict),
        Body::VerdictPublish(publish) => stands(session, &publish.verdict),
        Body::VerdictIssue(verdict) => {
            let view = session.view();
            let organisation = match view.key(&statement.key)? {
                Some(key) => view.organisation(&key.organisation)?,
                None => None,
            };
            let written = Written {
                without_evidence: None,
                author: "you".to_owned(),
                entry: None,
                seen: session.head().size,
                judged: (
                    organisation.unwrap_or(EntryIndex::FIRST),
                    session.head().size.next(),
                ),
            };
            weighed(session, verdict, &written).map(Some)
        }
        _ => Ok(None),
    }
}

/// A note, shown even without a question, if the signer's organisation already has a verdict on the claim and this one
/// does not correct it.
pub fn stands_already(session: &Session, statement: &Statement) -> Result<Option<Message>, Error> {
    let Body::VerdictIssue(verdict) = &statement.body else {
        return Ok(None);
    };
    let view = session.view();
    let (Some(claim), Some(key), None) = (
        view.statement(&verdict.claim)?,
        view.key(&statement.key)?,
        &verdict.correction,
    ) else {
        return Ok(None);
    };
    let Some(organisation) = view.organisation(&key.organisation)? else {
        return Ok(None);
    };
    let reading = Reading::at(&view, session.head().size)?;
    let Some(current) = rules::current(&reading, claim.index, organisation)? else {
        return Ok(None);
    };
    let line = line::one(session, current.entry, session.head().size)?;
    let (house, verdict, by, words) = (&key.organisation, called(&line), line.by(), &line.words);
    Ok(Some(message!(
        "{house} has a verdict on this claim: {verdict} by {by}, {words}; to put it right, name it with --supersedes. \
         Without it both stand",
        words
    )))
}

fn stands(session: &Session, id: &StatementId) -> Result<Option<VerdictPreview>, Error> {
    let Some(fact) = session.view().statement(id)? else {
        return Ok(None);
    };
    let statement = session.statement(fact.index)?;
    let (Body::VerdictIssue(verdict), Some(seen)) = (&statement.body, statement.seen) else {
        return Ok(None);
    };
    let written = Written {
        without_evidence: remarks::without_evidence(session, &statement, verdict, fact.index)?,
        author: line::by(session, fact.index)?,
        entry: Some(fact.index),
        seen: seen.size,
        judged: (fact.by.organisation, fact.index),
    };
    weighed(session, verdict, &written).map(Some)
}

/// How a verdict was reached.
struct Written {
    /// Who signed it.
    author: String,
    /// Its standing; none if it is not signed yet.
    entry: Option<EntryIndex>,
    /// How many entries its author had seen.
    seen: TreeSize,
    /// Whose policy applies, as of which entry.
    judged: (EntryIndex, EntryIndex),
    /// That the evidence is missing that its rating needs; a note says so of one that is not signed yet.
    without_evidence: Option<String>,
}

fn weighed(
    session: &Session,
    verdict: &Verdict,
    written: &Written,
) -> Result<VerdictPreview, Error> {
    let Written { author, entry, .. } = written;
    let size = session.head().size;
    let view = session.view();
    let reading = Reading::at(&view, size)?;
    let claim = session.resolve(&verdict.claim.to_string(), size)?;
    let said = session.statement(claim)?;
    let claim_text = match &said.body {
        Body::ClaimAdd(claim) => (&claim.text).into(),
        _ => Message::default(),
    };
    let standing = match entry {
        Some(entry) => standing::verdict_standing(session, *entry, size)?,
        None => None,
    };
    let claim_now = claim_now(session, &reading, claim, written.judged.0)?;
    let who = if entry.is_some() {
        Who::Another
    } else {
        Who::You
    };
    let said = declared(verdict.conflict.as_ref(), who);
    let mut interests = vec![message!("{author} {said}", said)];
    for word in standing.iter().flat_map(|s| &s.standing.approval.words) {
        let said = session.statement(word.entry)?;
        if let Body::VerdictAttest(attest) = &said.body {
            let (by, entry, decision) = (line::by(session, word.entry)?, word.entry, word.decision);
            let said = declared(attest.conflict.as_ref(), Who::Another);
            interests.push(message!("{by} (#{entry}, {decision}) {said}", said));
        }
    }
    let mut beneath = Vec::new();
    let fallen = standing
        .iter()
        .flat_map(|s| &s.line.standing.facts.rests_on_fallen);
    for fallen in fallen {
        beneath.push(fell(session, &reading, fallen)?);
    }
    let mut others = Vec::new();
    for other in rules::verdicts(&reading, claim)? {
        if Some(other.entry) != *entry && other.holds() {
            others.extend(standing::verdict_standing(session, other.entry, size)?);
        }
    }
    let any_view = Entries::view(session);
    let pages = Pages::at(session, &any_view, size)?;
    let (objections, objections_beneath) = match (entry, &standing) {
        (Some(entry), Some(standing)) => (
            objections::to(&pages, *entry)?,
            objections::beneath(&pages, &standing.line.standing)?,
        ),
        _ => (Vec::new(), objections::beneath_draft(&pages, verdict)?),
    };
    Ok(VerdictPreview {
        kind: kind::of(&pages, claim)?,
        objections,
        objections_beneath,
        claim,
        claim_text,
        claim_now,
        rating: scale::rating(session, &verdict.scale, &verdict.rating)?,
        reasons: (&verdict.reasons).into(),
        limits: verdict.limits.as_ref().map(Message::from),
        evidence: verdict.evidence.len(),
        without_evidence: written.without_evidence.clone(),
        contact: contact(session, verdict.contact.as_ref())?,
        corroboration: corroboration::sentence_of(session, verdict, written.seen, written.judged)?,
        interests,
        standing,
        beneath,
        others,
    })
}

/// What the newest form of a claim says, through corrections of every kind; none if it was not corrected. The verdict is
/// one of `organisation`.
fn claim_now<V: rules::View>(
    session: &Session,
    reading: &Reading<'_, V>,
    claim: EntryIndex,
    organisation: EntryIndex,
) -> Result<Option<ClaimNow>, Error>
where
    Error: From<V::Error>,
{
    let newest = reading.last_form(claim)?;
    if newest == claim {
        return Ok(None);
    }
    let text = match &session.statement(newest)?.body {
        Body::ClaimAdd(claim) => (&claim.text).into(),
        _ => return Ok(None),
    };
    Ok(Some(ClaimNow {
        entry: newest,
        text,
        holds: rules::verdict_follows(reading, organisation, claim, newest)?,
    }))
}

/// What fell beneath a verdict, with its words; if it was corrected, with the new ones too.
fn fell<V: rules::View>(
    session: &Session,
    reading: &Reading<'_, V>,
    fallen: &Fallen,
) -> Result<Message, Error>
where
    Error: From<V::Error>,
{
    let old = session.statement(fallen.entry)?;
    let label = line::labelled(old.label.as_ref().map(Label::as_str));
    let entry = fallen.entry;
    let why = standing_line::why_it_fell(fallen);
    let words = line::first_words(session, &old)?;
    let mut told = message!("#{entry}{label}, {why}: {words}", words);
    let newest = reading.last_form(fallen.entry)?;
    if fallen.because == Because::Superseded && newest != fallen.entry {
        let words = line::first_words(session, &*session.statement(newest)?)?;
        told.append(message!("; #{newest} says now: {words}", words));
    }
    Ok(told)
}

fn called(line: &line::Line) -> String {
    let label = line::labelled(line.label.as_deref());
    format!("#{}{}", line.index, label)
}

/// Whom a sentence is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// The person who reads it.
    You,
    /// Somebody else.
    Another,
}

/// What a person says of their interests. Declared words are quoted: a person who types `none` has declared something.
pub fn declared(conflict: Option<&ConflictOfInterest>, who: Who) -> Message {
    let (declare, not) = match who {
        Who::You => (
            "declare",
            "do not say what interests you have in the matter",
        ),
        Who::Another => (
            "declares",
            "does not say what interests they have in the matter",
        ),
    };
    match conflict {
        None => not.into(),
        Some(ConflictOfInterest::None) => format!("{declare} no interests").into(),
        Some(ConflictOfInterest::Declared(interests)) => {
            message!("{declare}: {interests}", interests)
        }
    }
}

fn contact(session: &Session, contact: Option<&Contact>) -> Result<Message, Error> {
    Ok(match contact {
        None => "it is not said whether they were asked".into(),
        Some(Contact::NotAsked(why)) => message!("not asked: {why}", why),
        Some(Contact::Asked(Asked { on, reply: None })) => {
            format!("asked on {on}, no reply").into()
        }
        Some(Contact::Asked(Asked {
            on,
            reply: Some(reply),
        })) => format!("asked on {on}, the reply is {}", session.name_of(reply)?).into(),
    })
}
