//! The standing of a statement of any type, in words for people and as data. Every line of a list carries one.

use crate::app::read::theirs::theirs;
use crate::app::terms::ended;
use crate::app::{Error, Session};
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::model::Body;
use claimledger_core::rules::standing::approval::Discount;
use claimledger_core::rules::standing::facts::ObjectedBeneath;
use claimledger_core::rules::standing::objection::Disputed;
use claimledger_core::rules::{
    ApprovalOutcome, Because, Fallen, StandingWord, Standings, StatementStanding, View,
};
use claimledger_core::{EntryIndex, Message};
use serde::Serialize;

/// The standing of a statement as of a size.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct StandingLine {
    /// Everything that holds, in words: first what [`StatementStanding::word`] says. `live` if nothing else holds.
    pub words: Message,
    /// The same, each by itself; none for what is simply live.
    #[serde(skip)]
    pub said: Vec<Message>,
    /// If it was withdrawn: why, in the words of the person who withdrew it. Never among the program's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Foreign>,
    /// The same as data, with the one word that comes first.
    #[serde(flatten)]
    pub facts: StatementStanding,
}

impl StandingLine {
    /// The first words on how it stands; of a verdict the approval always stands beside them: `rests on what fell: #4
    /// withdrawn in #9; unapproved`, `was approved; now withdrawn in #9`. `None` for a statement that is live and of
    /// which nothing else can be said.
    pub fn brief(&self) -> Option<Message> {
        let first = phrases(&self.facts).into_iter().next()?;
        let beside = approval(&self.facts).filter(|approval| *approval != first);
        Some(match (beside, self.facts.approval) {
            (None, _) => first.into(),
            (Some(_), Some(ApprovalOutcome::Approved)) => {
                format!("was approved; now {first}").into()
            }
            (Some(approval), _) => format!("{first}; {approval}").into(),
        })
    }

    /// Everything that holds, in brackets behind a name, with a space before it; nothing for what is simply live.
    pub fn marked(&self) -> String {
        if self.said.is_empty() {
            return String::new();
        }
        format!(" [{}]", self.words)
    }

    /// From the facts; `reason` is that of the withdrawal.
    pub fn new(facts: StatementStanding, reason: Option<Foreign>) -> Self {
        let said: Vec<Message> = phrases(&facts).into_iter().map(Message::from).collect();
        let words = if said.is_empty() {
            "live".into()
        } else {
            Message::join(&said, "; ")
        };
        Self {
            words,
            said,
            reason,
            facts,
        }
    }
}

/// The standing of the statement in entry `index`, which must be one of the entries that `standings` covers.
pub fn of_entry<V: View>(
    session: &Session,
    standings: &Standings<'_, V>,
    index: EntryIndex,
) -> Result<StandingLine, Error>
where
    Error: From<V::Error>,
{
    let Some(facts) = standings.of(index)? else {
        return Err(crate::ledger::Error::NotFound {
            name: index.to_string(),
            size: standings.reading().size(),
        }
        .into());
    };
    let withdrawal = facts.withdrawn_by.map(|by| session.statement(by));
    let reason = match &withdrawal.transpose()?.as_ref().map(|w| &w.body) {
        Some(Body::Withdraw(withdraw)) => Some(theirs(&withdraw.reason)),
        _ => None,
    };
    Ok(StandingLine::new(facts, reason))
}

/// What holds of a statement, the most important first. Nothing of a statement that is live and of which nothing else
/// can be said.
fn phrases(standing: &StatementStanding) -> Vec<String> {
    let mut said = Vec::new();
    said.extend(
        standing
            .withdrawn_by
            .map(|by| format!("withdrawn in #{by}")),
    );
    said.extend(
        standing
            .distrusted_by
            .map(|by| format!("distrusted since #{by}")),
    );
    said.extend(
        standing
            .superseded_by
            .map(|by| format!("superseded by #{by}")),
    );
    said.extend(
        standing
            .displaced_by
            .map(|by| format!("takes no place: #{by} came first")),
    );
    if standing.approval == Some(ApprovalOutcome::Rejected) {
        said.push("rejected".to_owned());
    }
    let (due, other): (Vec<&Disputed>, Vec<&Disputed>) = standing
        .objections
        .iter()
        .partition(|objection| objection.is_due());
    let objection = |disputed: &Disputed| objection(disputed, standing.withdrawn_by);
    said.extend(due.into_iter().map(objection));
    let (beneath_due, beneath_open): (Vec<&ObjectedBeneath>, Vec<&ObjectedBeneath>) = standing
        .objections_beneath
        .iter()
        .partition(|beneath| beneath.is_due());
    said.extend(beneath_due.into_iter().map(objection_beneath));
    if !standing.rests_on_fallen.is_empty() {
        let fallen: Vec<String> = standing.rests_on_fallen.iter().map(fell).collect();
        said.push(format!("rests on what fell: {}", fallen.join(", ")));
    }
    said.extend(
        standing
            .correction_pending
            .map(|by| format!("correction pending in #{by}")),
    );
    match standing.approval {
        Some(ApprovalOutcome::Rejected) => {}
        // What is no longer sound must not read as approved.
        Some(ApprovalOutcome::Approved) if !standing.is_sound() => {
            said.push("had been approved".to_owned());
        }
        _ => said.extend(approval(standing)),
    }
    said.extend(
        standing
            .adopts
            .filter(|_| standing.approval != Some(ApprovalOutcome::Unapproved))
            .map(adopted),
    );
    said.extend(standing.replaced_by.map(|by| format!("replaced by #{by}")));
    said.extend(standing.discount.map(discount));
    said.extend(own_outcome(standing));
    if standing.word == StandingWord::InForce {
        said.push("in force".to_owned());
    }
    said.extend(
        standing
            .correction_rejected
            .map(|by| format!("its correction #{by} was rejected")),
    );
    said.extend(
        standing
            .current_again_since
            .map(|since| format!("current again since #{since}")),
    );
    said.extend(other.into_iter().map(objection));
    said.extend(beneath_open.into_iter().map(objection_beneath));
    said
}

/// Of a verdict: whether it is approved. What was adopted was published before anybody here could approve it.
fn approval(standing: &StatementStanding) -> Option<String> {
    Some(match (standing.approval?, standing.adopts) {
        (ApprovalOutcome::Approved, _) => "approved".to_owned(),
        (ApprovalOutcome::Rejected, _) => "rejected".to_owned(),
        (ApprovalOutcome::Unapproved, Some(review)) => adopted(review),
        (ApprovalOutcome::Unapproved, None) => "unapproved".to_owned(),
    })
}

fn adopted(review: EntryIndex) -> String {
    format!("adopted from #{review}")
}

/// Of an objection: whether it was answered, and how.
fn own_outcome(standing: &StatementStanding) -> Option<String> {
    match standing.outcome {
        Some(outcome) => Some(ended(outcome).to_owned()),
        None if standing.word == StandingWord::Open => Some("open".to_owned()),
        None => None,
    }
}

/// An objection to a statement, and what became of it. `withdrawal` is that of the statement.
fn objection(disputed: &Disputed, withdrawal: Option<EntryIndex>) -> String {
    let at = disputed.dispute;
    let at = match disputed.form {
        Some(form) => format!("objection #{at} (to #{form}, which this replaced)"),
        None => format!("objection #{at}"),
    };
    let Some(outcome) = disputed.outcome else {
        return format!("{at} open");
    };
    let outcome = ended(outcome);
    if disputed.is_due() {
        return match &disputed.due {
            Some(day) => format!("{at} {outcome}: this must be corrected by {}", utc(day)),
            None => format!("{at} {outcome}: this must be corrected"),
        };
    }
    match disputed.settled {
        Some(by) if Some(by) == withdrawal => format!("{at} {outcome}, withdrawn in #{by}"),
        Some(by) => format!("{at} {outcome}, corrected in #{by}"),
        None => format!("{at} {outcome}"),
    }
}

/// An unsettled objection to something on which a verdict rests.
fn objection_beneath(beneath: &ObjectedBeneath) -> String {
    let (on, at) = (beneath.on, beneath.objection.dispute);
    let Some(outcome) = beneath.objection.outcome else {
        return format!("rests on #{on}, to which objection #{at} is open");
    };
    if beneath.theirs {
        let outcome = ended(outcome);
        return format!(
            "rests on #{on} of another organisation, to which objection #{at} was {outcome}"
        );
    }
    let by = beneath.objection.due.as_ref();
    let by = by.map(|day| format!(" by {}", utc(day)));
    format!(
        "rests on #{on}, to which objection #{at} was {}: #{on} must be corrected{}",
        ended(outcome),
        by.unwrap_or_default()
    )
}

/// A day on which something is due, with the zone in which days are counted for everybody: `2026-04-01 (UTC)`.
pub fn utc(day: &impl std::fmt::Display) -> String {
    format!("{day} (UTC)")
}

/// What fell, why, and by which entry.
pub fn fell(fallen: &Fallen) -> String {
    format!("#{} {}", fallen.entry, why_it_fell(fallen))
}

/// Why something fell, and by which entry.
pub fn why_it_fell(fallen: &Fallen) -> String {
    let by = fallen.by;
    match fallen.because {
        Because::Withdrawn => format!("withdrawn in #{by}"),
        Because::Distrusted => format!("distrusted since #{by}"),
        Because::Superseded => format!("superseded by #{by}"),
        Because::TakesNoPlace => format!("takes no place, #{by} came first"),
    }
}

fn discount(why: Discount) -> String {
    let why = match why {
        Discount::Organisation => "the policy does not list their organisation",
        Discount::Rejection => {
            "a rejection from a listed organisation takes back its own approval only"
        }
        Discount::Role => "not a role that the policy requires",
        Discount::Conflict => "interests not declared",
    };
    format!("does not count: {why}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use claimledger_core::model::dispute::Outcome;

    fn standing(word: StandingWord) -> StatementStanding {
        StatementStanding {
            word,
            ..StatementStanding::live()
        }
    }

    /// The word of each fact comes first, and the facts that come after it in the order of the words follow.
    #[test]
    fn the_first_phrase_is_the_word_that_is_shown_first() {
        let at = EntryIndex::new(7);
        let mut all = standing(StandingWord::Withdrawn);
        all.withdrawn_by = Some(at);
        all.distrusted_by = Some(at);
        all.superseded_by = Some(at);
        all.displaced_by = Some(at);
        all.approval = Some(ApprovalOutcome::Rejected);
        all.objections = vec![Disputed {
            dispute: at,
            form: None,
            answer: Some(at),
            outcome: Some(Outcome::PartlyUpheld),
            replies: Vec::new(),
            settled: None,
            due: None,
        }];
        all.rests_on_fallen = vec![Fallen {
            entry: at,
            because: Because::Withdrawn,
            by: at,
        }];
        all.correction_pending = Some(at);
        all.adopts = Some(at);
        all.replaced_by = Some(at);
        all.discount = Some(Discount::Role);
        all.correction_rejected = Some(at);
        all.current_again_since = Some(at);
        let said = phrases(&all);
        let expected = [
            "withdrawn in #7",
            "distrusted since #7",
            "superseded by #7",
            "takes no place: #7 came first",
            "rejected",
            "objection #7 accepted in part: this must be corrected",
            "rests on what fell: #7 withdrawn in #7",
            "correction pending in #7",
            "adopted from #7",
            "replaced by #7",
            "does not count: not a role that the policy requires",
            "its correction #7 was rejected",
            "current again since #7",
        ];
        assert_eq!(said, expected);
        for (approval, words) in [
            (ApprovalOutcome::Approved, "approved"),
            (ApprovalOutcome::Unapproved, "unapproved"),
        ] {
            let mut one = standing(StandingWord::Approved);
            one.approval = Some(approval);
            assert_eq!(phrases(&one), [words]);
        }
        assert_eq!(phrases(&standing(StandingWord::InForce)), ["in force"]);
        assert_eq!(phrases(&standing(StandingWord::Open)), ["open"]);
        assert_eq!(phrases(&standing(StandingWord::Live)), Vec::<String>::new());
    }
}
