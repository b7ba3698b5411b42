//! What a person may have meant by a name that stands for nothing: labels, keys, ratings, scales, organisations. The names
//! are offered in the refusal, and nothing else is done with them.

use super::{Desk, Error, Session};
use crate::text::near_names::near_names;
use crate::{keystore, ledger};
use claimledger_core::encoding::foreign;
use claimledger_core::encoding::name::Label;
use claimledger_core::model::StatementType;
use claimledger_core::rules::Rejection;
use std::cell::OnceCell;

/// The names that are known at a desk.
pub struct KnownNames<'a> {
    desk: &'a Desk,
    /// Opened for the first name; none where it cannot be.
    session: OnceCell<Option<Session>>,
    labels: OnceCell<Vec<String>>,
}

impl<'a> KnownNames<'a> {
    /// The names at a desk.
    pub fn at(desk: &'a Desk) -> Self {
        Self {
            desk,
            session: OnceCell::new(),
            labels: OnceCell::new(),
        }
    }

    /// The names that are near to the one that an error is about; none for other errors.
    pub fn near(&self, error: &Error) -> Vec<String> {
        match error.bare() {
            Error::Ledger(ledger::Error::NotFound { name, .. }) => self.labels_near(name, None),
            Error::NotNamed { name, wanted, .. } => self.labels_near(name, Some(*wanted)),
            Error::NoSuchScale { name, scales } => {
                let short = scales
                    .iter()
                    .filter_map(|scale| scale.split('/').next_back());
                near_names(name, short.chain(scales.iter().map(String::as_str)))
            }
            Error::NoSuchRating {
                rating, ratings, ..
            } => {
                let names = ratings.iter();
                let near: Vec<String> = names
                    .filter(|(label, code)| {
                        !near_names(rating, [&*label.raw(), code.as_str()]).is_empty()
                    })
                    .map(|(label, _)| label.raw())
                    .collect();
                near
            }
            Error::Keystore(keystore::Error::Unknown { name, .. }) => self.keys_near(name),
            Error::Ledger(ledger::Error::Rejected(Rejection::OrganisationUnknown {
                organisation,
            })) => self.organisations_near(organisation.as_str()),
            _ => Vec::new(),
        }
    }

    fn session(&self) -> Option<&Session> {
        self.session
            .get_or_init(|| Session::open(self.desk).ok())
            .as_ref()
    }

    /// Labels of statements that still have them, of the wanted type.
    fn labels_near(&self, name: &str, wanted: Option<StatementType>) -> Vec<String> {
        let Some(session) = self.session() else {
            return Vec::new();
        };
        let labels = self
            .labels
            .get_or_init(|| session.view().labels().unwrap_or_default());
        let size = session.head().size;
        let fits = |label: &&str| {
            let Ok(label) = label.parse::<Label>() else {
                return false;
            };
            let Ok(Some(entry)) = session.view().by_label(&label, size) else {
                return false;
            };
            let found = session.statement(entry).map(|said| said.statement_type);
            wanted.is_none_or(|wanted| found.is_ok_and(|found| found == wanted))
        };
        let near = near_names(name, labels.iter().map(String::as_str));
        let near = near.iter().map(String::as_str).filter(fits);
        near.map(str::to_owned).collect()
    }

    /// The keys whose files are here, and the holders in the ledger.
    fn keys_near(&self, name: &str) -> Vec<String> {
        let here = keystore::list(&self.desk.keys).unwrap_or_default().keys;
        let mut known: Vec<String> = here.into_iter().map(|key| key.name).collect();
        let enrolled = self.session().and_then(|s| s.view().keys().ok());
        let live = enrolled.into_iter().flatten();
        let live = live.filter(|(_, fact)| fact.ended.is_none());
        known.extend(live.map(|(_, fact)| fact.holder.to_string()));
        near_names(name, known.iter().map(String::as_str))
    }

    fn organisations_near(&self, name: &str) -> Vec<String> {
        let enrolled = self.session().and_then(|s| s.view().keys().ok());
        let known = enrolled.into_iter().flatten();
        let known: Vec<String> = known
            .map(|(_, fact)| fact.organisation.to_string())
            .collect();
        near_names(name, known.iter().map(String::as_str))
    }
}

/// `Did you mean evacuated or evacuees?`, for names that are near.
pub fn question(near: &[String]) -> Option<String> {
    // A rating has a label that somebody else chose.
    let near: Vec<String> = near.iter().map(|name| foreign::name(name)).collect();
    let (last, before) = near.split_last()?;
    Some(if before.is_empty() {
        format!("Did you mean {last}?")
    } else {
        format!("Did you mean {} or {last}?", before.join(", "))
    })
}
