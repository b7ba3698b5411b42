//! Dates of things done: they must not lie after the signature.
//!
//! A day begins in Kiritimati (UTC+14) first. So a date lies ahead only if its first second there comes after `issued`:
//! a reviewer in Auckland may date by their own calendar. A clock of another machine gives an instant; it may be up to
//! ten minutes fast. What a source or a page says about its own publication is recorded as it stands there, and a
//! claim's `due` lies ahead by its nature.

use crate::encoding::limits;
use crate::encoding::time::{DateOrInstant, PartialDate};
use crate::model::snapshot::Snapshot;
use crate::model::source::Capture;
use crate::model::verdict::Contact;
use crate::model::{Body, Statement};
use crate::rules::rejection::Rejection;

/// Refuses a date of a thing done that has not come at `issued`.
pub(crate) fn done(statement: &Statement) -> Result<(), Rejection> {
    for (field, date) in dates_done(statement) {
        if !has_come(date, statement) {
            return Err(Rejection::DateAhead {
                field,
                date: date.to_string(),
                issued: statement.issued.to_string(),
            });
        }
    }
    if let Some(snapshot) = snapshot(&statement.body) {
        let latest = statement.issued.unix_seconds() + limits::MAX_ISSUED_AHEAD_MILLIS / 1_000;
        if snapshot.captured.unix_seconds() > latest {
            return Err(Rejection::DateAhead {
                field: "captured",
                date: snapshot.captured.to_string(),
                issued: statement.issued.to_string(),
            });
        }
    }
    Ok(())
}

/// The publication date that a source or a publication states, if it lies after `issued`: a cover date, a mistake, or
/// an announcement. The rules record it; a reader should know.
pub fn published_ahead(statement: &Statement) -> Option<String> {
    let after = i64::try_from(statement.issued.unix_seconds()).unwrap_or(i64::MAX);
    match &statement.body {
        Body::SourceAdd(source) => {
            let date = source.published.as_ref()?;
            (!has_come(date, statement)).then(|| date.to_string())
        }
        Body::VerdictPublish(publish) => {
            let come = match &publish.published {
                DateOrInstant::Date(date) => has_come(date, statement),
                DateOrInstant::Instant(instant) => {
                    i64::try_from(instant.unix_seconds()).is_ok_and(|second| second <= after)
                }
            };
            (!come).then(|| publish.published.to_string())
        }
        _ => None,
    }
}

fn has_come(date: &PartialDate, statement: &Statement) -> bool {
    let issued = i64::try_from(statement.issued.unix_seconds()).unwrap_or(i64::MAX);
    date.first_second() <= issued
}

fn dates_done(statement: &Statement) -> Vec<(&'static str, &PartialDate)> {
    let mut dates = Vec::new();
    match &statement.body {
        Body::ClaimAdd(claim) => dates.extend(claim.made.iter().map(|date| ("made", date))),
        Body::EvidenceAdd(evidence) => dates.extend(evidence.on.iter().map(|date| ("on", date))),
        Body::VerdictIssue(verdict) => {
            if let Some(Contact::Asked(asked)) = &verdict.contact {
                dates.push(("contact.asked.on", &asked.on));
            }
        }
        _ => {}
    }
    let correction = statement.correction();
    dates.extend(
        correction
            .and_then(|correction| correction.reported.as_ref())
            .map(|date| ("correction.reported", date)),
    );
    dates
}

fn snapshot(body: &Body) -> Option<&Snapshot> {
    match body {
        Body::SourceAdd(source) => match &source.capture {
            Capture::Captured(snapshot) => Some(snapshot),
            Capture::NeverHeld(_) => None,
        },
        Body::SourceCapture(capture) => Some(&capture.snapshot),
        _ => None,
    }
}
