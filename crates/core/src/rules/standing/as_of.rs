//! The ledger as of a size: what is live then, and what has replaced what.

use super::distrust::Distrust;
use crate::model::StatementType;
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
}

impl<'v, V: View> Reading<'v, V> {
    /// As of `size`, without what is distrusted then.
    pub fn at(view: &'v V, size: TreeSize) -> Result<Self, V::Error> {
        Ok(Self::with(view, size, Distrust::at(view, size)?))
    }

    /// As of `size`, with nobody distrusted: distrust changes standing, never admission.
    pub(crate) fn trusting(view: &'v V, size: TreeSize) -> Self {
        Self::with(view, size, Distrust::default())
    }

    /// As of `size`, with the given revocations.
    pub fn with(view: &'v V, size: TreeSize, distrust: Distrust) -> Self {
        Self {
            view,
            size,
            distrust,
            entries: RefCell::default(),
            newest: RefCell::default(),
        }
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

    /// The entry that withdrew it.
    pub fn withdrawn_by(&self, index: EntryIndex) -> Result<Option<EntryIndex>, V::Error> {
        for end in self.under(index, Link::End)? {
            if end.statement_type == StatementType::Withdraw && self.is_trusted(&end)? {
                return Ok(Some(end.index));
            }
        }
        Ok(None)
    }

    /// Whether it exists, is trusted and not withdrawn. It may be superseded.
    pub fn stands(&self, index: EntryIndex) -> Result<bool, V::Error> {
        match self.entry(index)? {
            Some(fact) => Ok(self.is_trusted(&fact)? && self.withdrawn_by(index)?.is_none()),
            None => Ok(false),
        }
    }

    /// Its next successor in force. A successor that is not in force is passed over, and the successor of that one is
    /// taken.
    pub fn successor(&self, index: EntryIndex) -> Result<Option<Rc<StatementFact>>, V::Error> {
        let mut open = vec![index];
        while let Some(at) = open.pop() {
            for end in self.under(at, Link::End)? {
                if end.statement_type == StatementType::Withdraw {
                    continue;
                }
                if self.stands(end.index)? {
                    return Ok(Some(end));
                }
                open.push(end.index);
            }
        }
        Ok(None)
    }

    /// Whether it is in force and not superseded.
    pub fn is_live(&self, index: EntryIndex) -> Result<bool, V::Error> {
        Ok(self.stands(index)? && self.successor(index)?.is_none())
    }

    /// The newest version of a source in force.
    pub fn newest(&self, index: EntryIndex) -> Result<Option<EntryIndex>, V::Error> {
        if let Some(known) = self.newest.borrow().get(&index) {
            return Ok(*known);
        }
        let mut passed = vec![index];
        let mut last = index;
        let mut answer = None;
        while let Some(next) = self.successor(last)? {
            last = next.index;
            if let Some(known) = self.newest.borrow().get(&last) {
                answer = Some(*known);
                break;
            }
            passed.push(last);
        }
        let answer = match answer {
            Some(known) => known,
            None => self.stands(last)?.then_some(last),
        };
        let mut memory = self.newest.borrow_mut();
        memory.extend(passed.into_iter().map(|index| (index, answer)));
        Ok(answer)
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
    pub(crate) fn lineage(&self, index: EntryIndex) -> Result<BTreeSet<EntryIndex>, V::Error> {
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
