//! The log as a screen reads it: statements, who signed them, and their standings, all as of one size.

use crate::app::Error;
use crate::app::read::any_view::AnyView;
use crate::app::read::entries::{Entries, Said};
use crate::app::read::line::{instant, labelled, person};
use crate::app::read::standing_line::StandingLine;
use crate::app::read::theirs::{perhaps, theirs};
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::model::organisation::Role;
use claimledger_core::model::{Body, StatementId, StatementType};
use claimledger_core::rules::standing::labels;
use claimledger_core::rules::{Reading, Standings, StatementFact, View as _, key_holder};
use claimledger_core::{EntryIndex, TreeSize};
use serde::Serialize;
use std::rc::Rc;

/// The log as of a size.
pub struct Pages<'v> {
    /// Where the statements are read.
    pub entries: &'v dyn Entries,
    standings: Standings<'v, AnyView<'v>>,
}

/// Who signed a statement.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SignedBy {
    /// The person's short name.
    pub holder: String,
    /// Their name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Foreign>,
    /// Their organisation.
    pub organisation: String,
    /// The roles of their key at that entry.
    pub roles: Vec<Role>,
    /// When, by the signer's clock.
    pub on: String,
    /// The entry.
    pub entry: EntryIndex,
    /// Whether the organisation is said with the name.
    #[serde(skip)]
    pub shared: bool,
}

impl SignedBy {
    /// `jonas (“Jonas Weil”)`; with the organisation where the name alone does not say who it is. The short name, which is
    /// theirs alone in their organisation, stands first: people choose their other name themselves.
    pub fn who(&self) -> String {
        match self.full_name() {
            Some(name) => format!("{} ({name})", self.handle()),
            None => self.handle(),
        }
    }

    /// `edith (editor, “Edith Marlow”)`.
    pub fn with_roles(&self) -> String {
        let roles = self.roles.iter().map(|role| role.as_str().to_owned());
        let known: Vec<String> = roles.chain(self.full_name()).collect();
        format!("{} ({})", self.handle(), known.join(", "))
    }

    /// The same beside the name of their organisation, which is not said twice.
    pub fn who_of(&self, organisation: &str) -> String {
        if self.organisation == organisation {
            self.holder.clone()
        } else {
            self.handle()
        }
    }

    fn handle(&self) -> String {
        if self.shared {
            person(&self.holder, &self.organisation)
        } else {
            self.holder.clone()
        }
    }

    /// The name that the person chose, in quotation marks, if it is another one.
    fn full_name(&self) -> Option<String> {
        let name = self.name.as_ref().filter(|name| !name.is(&self.holder));
        name.map(Foreign::quoted)
    }
}

/// The last entry that counts for an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AsOfEntry {
    /// The entry.
    pub entry: EntryIndex,
    /// When the ledger took it in; absent if it is not in the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// If it is not in the file: when the ledger took in the newest entry that is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_before: Option<String>,
    /// Whether the entries were received in a file.
    pub in_a_file: bool,
}

impl AsOfEntry {
    /// `as of entry #27, 2026-03-11T08:00:00Z`.
    pub fn in_words(&self) -> String {
        let exact = self.time.as_ref().map(|time| format!(", {time}"));
        let least = self.not_before.as_ref();
        let time = exact.or_else(|| least.map(|_| ", which is not in this file".to_owned()));
        format!("as of entry #{}{}", self.entry, time.unwrap_or_default())
    }
}

/// Another entry, as a screen names it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct EntryNamed {
    /// Its number.
    pub entry: EntryIndex,
    /// Its label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// `#12`, or `#12 “wire”`.
impl std::fmt::Display for EntryNamed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{}{}", self.entry, labelled(self.label.as_deref()))
    }
}

impl<'v> Pages<'v> {
    /// As of a size. `view` is that of the entries.
    pub fn at(
        entries: &'v dyn Entries,
        view: &'v AnyView<'v>,
        size: TreeSize,
    ) -> Result<Self, Error> {
        Ok(Self {
            entries,
            standings: Standings::at(view, size)?,
        })
    }

    /// What the rules read.
    pub fn reading(&self) -> &Reading<'v, AnyView<'v>> {
        self.standings.reading()
    }

    /// The size.
    pub fn size(&self) -> TreeSize {
        self.reading().size()
    }

    /// As of which entry it is read, if that is not now: at an earlier size, or in a file that somebody received.
    pub fn as_of(&self) -> Result<Option<AsOfEntry>, Error> {
        let in_a_file = self.entries.in_a_file();
        let Some(entry) = self.size().last() else {
            return Ok(None);
        };
        if in_a_file.is_none() && self.size() == self.entries.size() {
            return Ok(None);
        }
        let time = self.said(entry).ok().map(|said| instant(said.time()));
        Ok(Some(AsOfEntry {
            entry,
            not_before: in_a_file.filter(|_| time.is_none()).map(instant),
            time,
            in_a_file: in_a_file.is_some(),
        }))
    }

    /// The statement of an entry.
    pub fn said(&self, entry: EntryIndex) -> Result<Said<'v>, Error> {
        self.entries.said(entry)
    }

    /// What the rules keep of an entry's statement.
    pub fn fact(&self, entry: EntryIndex) -> Result<Rc<StatementFact>, Error> {
        self.reading()
            .entry(entry)?
            .ok_or_else(|| missing(entry, self.size()))
    }

    /// The entry of a statement that another one names.
    pub fn place(&self, id: &StatementId) -> Result<EntryIndex, Error> {
        let fact = self.reading().view().statement(id)?;
        let fact = fact.ok_or_else(|| crate::ledger::Error::NotFound {
            name: id.to_string(),
            size: self.size(),
        })?;
        Ok(fact.index)
    }

    /// The entries of several statements that another one names, in the order of the log. A statement has them in the order
    /// of their ids, which are digests.
    pub fn places<'i>(
        &self,
        ids: impl IntoIterator<Item = &'i StatementId>,
    ) -> Result<Vec<EntryIndex>, Error> {
        let places = ids.into_iter().map(|id| self.place(id));
        let mut places: Vec<EntryIndex> = places.collect::<Result<_, Error>>()?;
        places.sort_unstable();
        Ok(places)
    }

    /// The standing of a statement, with its words.
    pub fn stands(&self, entry: EntryIndex) -> Result<StandingLine, Error> {
        let facts = self.standings.of(entry)?;
        let facts = facts.ok_or_else(|| missing(entry, self.size()))?;
        let reason = match facts.withdrawn_by {
            Some(by) => match &self.said(by)?.body {
                Body::Withdraw(withdraw) => Some(theirs(&withdraw.reason)),
                _ => None,
            },
            None => None,
        };
        Ok(StandingLine::new(facts, reason))
    }

    /// Its number and label.
    pub fn named(&self, entry: EntryIndex) -> Result<EntryNamed, Error> {
        let (fact, said) = (self.fact(entry)?, self.said(entry)?);
        let label = labels::label(self.reading(), &fact, &said)?;
        let label = label.map(ToString::to_string);
        Ok(EntryNamed { entry, label })
    }

    /// Who signed an entry, and when.
    pub fn signed(&self, entry: EntryIndex) -> Result<SignedBy, Error> {
        let said = self.said(entry)?;
        let view = self.reading().view();
        let on = said.issued.to_string();
        let Some(holder) = key_holder(view, &said.key, entry)? else {
            return Ok(SignedBy {
                holder: "(not enrolled)".to_owned(),
                name: None,
                organisation: String::new(),
                roles: Vec::new(),
                on,
                entry,
                shared: false,
            });
        };
        let name = match self.reading().entry(entry)? {
            Some(fact) => self.name_by(fact.by.key)?,
            None => None,
        };
        Ok(SignedBy {
            holder: holder.holder.to_string(),
            name,
            organisation: holder.organisation.to_string(),
            roles: holder.roles,
            on,
            entry,
            shared: self.entries.names_organisations()?,
        })
    }

    /// The person's name, as the entry gives it that introduced their key; for a rotated key, as that of the key before.
    fn name_by(&self, introduced: EntryIndex) -> Result<Option<Foreign>, Error> {
        let mut at = introduced;
        loop {
            let name = match &self.said(at)?.body {
                Body::LedgerCreate(create) => create.name.clone(),
                Body::KeyEnroll(enroll) => enroll.name.clone(),
                Body::KeyRecover(recover) => recover.name.clone(),
                Body::KeyRotate(_) => {
                    let before = self.fact(at)?.by.key;
                    // A key is introduced before it signs.
                    if before < at {
                        at = before;
                        continue;
                    }
                    None
                }
                _ => None,
            };
            return Ok(perhaps(name.as_ref()));
        }
    }

    /// The short name of the organisation that an entry was the first to name.
    pub fn organisation(&self, entry: EntryIndex) -> Result<String, Error> {
        Ok(match &self.said(entry)?.body {
            Body::LedgerCreate(create) => create.organisation.organisation.to_string(),
            Body::OrganisationSet(set) => set.organisation.to_string(),
            _ => format!("#{entry}"),
        })
    }

    /// The type of an entry's statement.
    pub fn kind(&self, entry: EntryIndex) -> Result<StatementType, Error> {
        Ok(self.fact(entry)?.statement_type)
    }
}

fn missing(entry: EntryIndex, size: TreeSize) -> Error {
    crate::ledger::Error::NotFound {
        name: entry.to_string(),
        size,
    }
    .into()
}
