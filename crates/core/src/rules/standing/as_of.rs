//! The ledger as of a size: what is live then, and what has replaced what.

use super::distrust::Distrust;
use crate::model::correction::CorrectionKind;
use crate::rules::backlinks::Link;
use crate::rules::statement::StatementFact;
use crate::rules::view::View;
use crate::tlog::{EntryIndex, TreeSize};
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

/// A view, read as of one size.
pub struct Reading<'v, V> {
    view: &'v V,
    size: TreeSize,
    distrust: Distrust,
    entries: RefCell<HashMap<EntryIndex, Option<Rc<StatementFact>>>>,
    newest: RefCell<HashMap<EntryIndex, Option<EntryIndex>>>,
    pub(super) became: RefCell<HashMap<EntryIndex, Became>>,
    pub(super) displaced: RefCell<HashMap<EntryIndex, Option<EntryIndex>>>,
    /// The organisation for which it is read, by the entry that first named it.
    pub(super) organisation: Option<EntryIndex>,
}

/// What became of a thing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Became {
    /// The entry that withdrew it.
    pub withdrawn_by: Option<EntryIndex>,
    /// The correction that has its place.
    pub successor: Option<EntryIndex>,
}

impl Became {
    /// The entry that decided.
    pub fn first(self) -> Option<EntryIndex> {
        match (self.withdrawn_by, self.successor) {
            (Some(withdrawal), Some(successor)) => Some(withdrawal.min(successor)),
            (one, other) => one.or(other),
        }
    }
}

impl<'v, V: View> Reading<'v, V> {
    /// As of `size`, without what is distrusted then.
    pub fn at(view: &'v V, size: TreeSize) -> Result<Self, V::Error> {
        Ok(Self {
            view,
            size,
            distrust: Distrust::at(view, size)?,
            entries: RefCell::default(),
            newest: RefCell::default(),
            became: RefCell::default(),
            displaced: RefCell::default(),
            organisation: None,
        })
    }

    /// What is distrusted then.
    pub fn distrust(&self) -> &Distrust {
        &self.distrust
    }

    /// Forgets what depends on who asks.
    pub(super) fn forget(&mut self) {
        self.newest.get_mut().clear();
        self.displaced.get_mut().clear();
    }

    /// The size.
    pub fn size(&self) -> TreeSize {
        self.size
    }

    /// The view behind it.
    pub fn view(&self) -> &'v V {
        self.view
    }

    /// The statement of an entry, if it is before that size.
    pub fn entry(&self, index: EntryIndex) -> Result<Option<Rc<StatementFact>>, V::Error> {
        if !self.size.contains(index) {
            return Ok(None);
        }
        if let Some(known) = self.entries.borrow().get(&index) {
            return Ok(known.clone());
        }
        let found = self.view.entry(index)?.map(Rc::new);
        self.entries.borrow_mut().insert(index, found.clone());
        Ok(found)
    }

    /// The statements linked to `subject` in this way, oldest first.
    pub fn under(
        &self,
        subject: EntryIndex,
        link: Link,
    ) -> Result<Vec<Rc<StatementFact>>, V::Error> {
        let mut found = Vec::new();
        for index in self.view.under(subject, link)? {
            found.extend(self.entry(index)?);
        }
        Ok(found)
    }

    /// Whether a statement is trusted.
    pub fn is_trusted(&self, fact: &StatementFact) -> Result<bool, V::Error> {
        Ok(!self.distrust.covers(self.view, fact)?)
    }

    /// The entry that withdrew it, if that decided what became of it.
    pub fn withdrawn_by(&self, index: EntryIndex) -> Result<Option<EntryIndex>, V::Error> {
        if self.is_kept(index)? {
            return Ok(None);
        }
        Ok(self.became(index)?.withdrawn_by)
    }

    /// Whether it exists, is trusted and not withdrawn. It may be superseded.
    pub fn stands(&self, index: EntryIndex) -> Result<bool, V::Error> {
        match self.entry(index)? {
            Some(_) if self.is_kept(index)? => Ok(true),
            Some(fact) => Ok(self.is_trusted(&fact)? && self.became(index)?.withdrawn_by.is_none()),
            None => Ok(false),
        }
    }

    /// The successor in force that has its place. A successor that is not in force is passed over, and the successor of
    /// that one counts. Of several, the first in the log has the place.
    pub fn successor(&self, index: EntryIndex) -> Result<Option<Rc<StatementFact>>, V::Error> {
        if self.is_kept(index)? {
            return Ok(None);
        }
        match self.became(index)?.successor {
            Some(successor) => self.entry(successor),
            None => Ok(None),
        }
    }

    /// A statement and the successors that follow one another, oldest first.
    pub fn forms_from(&self, index: EntryIndex) -> Result<Vec<EntryIndex>, V::Error> {
        let mut forms = vec![index];
        let mut last = index;
        while let Some(next) = self.successor(last)? {
            last = next.index;
            forms.push(last);
        }
        Ok(forms)
    }

    /// The last of the successors that follow one another; the statement itself, if it has none.
    pub fn last_form(&self, index: EntryIndex) -> Result<EntryIndex, V::Error> {
        Ok(self.forms_from(index)?.last().copied().unwrap_or(index))
    }

    /// Whether it is in force, not superseded, and has the place that it took.
    pub fn is_live(&self, index: EntryIndex) -> Result<bool, V::Error> {
        Ok(self.stands(index)?
            && self.successor(index)?.is_none()
            && self.displaced_by(index)?.is_none())
    }

    /// The newest version of a source in force. A version that has no place is read as the one that has it.
    pub fn newest(&self, index: EntryIndex) -> Result<Option<EntryIndex>, V::Error> {
        if let Some(known) = self.newest.borrow().get(&index) {
            return Ok(*known);
        }
        let answer = match self.kept_form(index)? {
            Some(form) => Some(form),
            None => self.newest_in_force(index)?,
        };
        self.newest.borrow_mut().insert(index, answer);
        Ok(answer)
    }

    fn newest_in_force(&self, index: EntryIndex) -> Result<Option<EntryIndex>, V::Error> {
        let mut last = index;
        loop {
            if let Some(next) = self.became(last)?.successor {
                last = next;
            } else if let Some(first) = self.displaced_by(last)? {
                match self.entry(first)? {
                    Some(fact) if fact.correction.is_some() => last = first,
                    _ => return Ok(None),
                }
            } else {
                return Ok(self.stands(last)?.then_some(last));
            }
        }
    }

    /// Every version of the source whose newest version is `newest`, ascending.
    pub fn versions(&self, newest: EntryIndex) -> Result<Vec<EntryIndex>, V::Error> {
        let mut versions = Vec::new();
        for index in self.lineage(newest)? {
            if self.newest(index)? == Some(newest) {
                versions.push(index);
            }
        }
        Ok(versions)
    }

    /// The entries that state the same claim: those connected with it by corrections of typing errors and by
    /// clarifications.
    pub(crate) fn same_claim(&self, index: EntryIndex) -> Result<BTreeSet<EntryIndex>, V::Error> {
        self.related(index, keeps_claim)
    }

    /// Every form of a thing, through all corrections.
    pub fn lineage(&self, index: EntryIndex) -> Result<BTreeSet<EntryIndex>, V::Error> {
        self.related(index, |_| true)
    }

    /// The newest wording of the same claim.
    pub fn claim_now(&self, index: EntryIndex) -> Result<EntryIndex, V::Error> {
        let mut last = index;
        while let Some(next) = self.successor(last)? {
            if !next.correction.is_some_and(|c| keeps_claim(c.kind)) {
                break;
            }
            last = next.index;
        }
        Ok(last)
    }

    /// Everything connected by corrections of these kinds, in force or not.
    fn related(
        &self,
        index: EntryIndex,
        follow: impl Fn(CorrectionKind) -> bool,
    ) -> Result<BTreeSet<EntryIndex>, V::Error> {
        let mut found = BTreeSet::from([index]);
        let mut open = vec![index];
        while let Some(at) = open.pop() {
            let mut next = Vec::new();
            let fact = self.entry(at)?;
            if let Some(correction) = fact.and_then(|fact| fact.correction)
                && follow(correction.kind)
            {
                next.push(correction.supersedes);
            }
            for end in self.under(at, Link::End)? {
                if end.correction.is_some_and(|c| follow(c.kind)) {
                    next.push(end.index);
                }
            }
            open.extend(next.into_iter().filter(|index| found.insert(*index)));
        }
        Ok(found)
    }
}

/// Whether a claim stays the same claim after such a correction.
pub(crate) const fn keeps_claim(kind: CorrectionKind) -> bool {
    matches!(kind, CorrectionKind::Typo | CorrectionKind::Clarification)
}
