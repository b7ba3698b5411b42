//! A ledger that passed its audit, and what follows from its entries together: which verdicts stand, and how well the
//! sources of a claim bear it out.

use super::run::replayed;
use super::{AuditReport, Error, Options};
use crate::corroboration::{Analysis, TooLarge};
use crate::log::Reader;
use crate::model::StatementId;
use crate::rules::statement::StatementFact;
use crate::rules::{self, Counting, MemoryView, Reading, Standing, View};
use std::convert::Infallible;

/// A ledger whose audit found no fault. Everything it answers follows from entries that the rules admit.
///
/// # Examples
///
/// ```
/// # fn files() -> std::io::Result<claimledger_core::FilesInMemory> {
/// #     let names = [
/// #         "checkpoint", "tile/0/000.p/26", "tile/entries/000.p/26",
/// #         "snapshots/sha256/63/6398765a8b6961f999443b756073565032fb67f4837b966a8f522bf29d442179",
/// #         "snapshots/sha256/a6/a6fc1bb3a3c76e1f1b86d4072f5206e42a4d3165cdd5ed138211a2f9842cd1d7",
/// #     ];
/// #     let read = |name: &str| Ok((name.to_owned(), std::fs::read(format!("examples-data/ledger/{name}"))?));
/// #     names.into_iter().map(read).collect()
/// # }
/// use claimledger_core::{AuditOptions, AuditedLedger, EntryIndex, Log};
///
/// let files = files()?;
/// // Without a clock of ours, an entry's time may lie in the future: the audit notes it, which is no fault.
/// let ledger = AuditedLedger::read(&files, &AuditOptions::default())?;
///
/// // The ids stand in the log: entry 8 is a claim.
/// let (_, claim) = Log::open(&files)?.statement(EntryIndex::new(8))?;
/// let verdict = ledger.current_verdict(&claim.id()).ok_or("no verdict")?;
/// assert_eq!(verdict.rating.as_str(), "mostly-false");
/// assert_eq!(verdict.entry, EntryIndex::new(24));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct AuditedLedger {
    report: AuditReport,
    view: MemoryView,
}

impl AuditedLedger {
    /// Reads and audits the whole ledger.
    ///
    /// # Errors
    ///
    /// As [`audit`](super::audit), and [`Error::Faults`] with the report if it has a fault.
    pub fn read(reader: &dyn Reader, options: &Options) -> Result<Self, Error> {
        let (report, view) = replayed(reader, options, &[], &mut |_, _| {})?;
        if report.faults() > 0 {
            return Err(Error::Faults {
                report: Box::new(report),
            });
        }
        Ok(Self { report, view })
    }

    /// The report of its audit.
    pub fn report(&self) -> &AuditReport {
        &self.report
    }

    /// Where a verdict stands: whether it is approved, and whether it was corrected, withdrawn or disputed. `None` if
    /// the ledger has no such verdict.
    pub fn standing(&self, verdict: &StatementId) -> Option<Standing> {
        let fact = self.fact(verdict)?;
        sure(rules::standing(&self.now(), fact.index))
    }

    /// The verdict on a claim that counts now, of the organisation that recorded the claim. `None` if it has none.
    pub fn current_verdict(&self, claim: &StatementId) -> Option<Standing> {
        let fact = self.fact(claim)?;
        sure(rules::current(
            &self.now(),
            fact.index,
            fact.by.organisation,
        ))
    }

    /// The verdict on a claim that counts now, of each organisation that has one.
    pub fn current_verdicts(&self, claim: &StatementId) -> Vec<Standing> {
        match self.fact(claim) {
            Some(fact) => sure(rules::currents(&self.now(), fact.index)),
            None => Vec::new(),
        }
    }

    /// How many independent origins support a claim, and how many refute it, by the statements that count for the
    /// organisation that recorded it. `None` if the ledger has no such claim.
    ///
    /// # Errors
    ///
    /// [`TooLarge`] if more takes part than is counted.
    ///
    /// # Examples
    ///
    /// ```
    /// # fn files() -> std::io::Result<claimledger_core::FilesInMemory> {
    /// #     let names = [
    /// #         "checkpoint", "tile/0/000.p/26", "tile/entries/000.p/26",
    /// #         "snapshots/sha256/63/6398765a8b6961f999443b756073565032fb67f4837b966a8f522bf29d442179",
    /// #         "snapshots/sha256/a6/a6fc1bb3a3c76e1f1b86d4072f5206e42a4d3165cdd5ed138211a2f9842cd1d7",
    /// #     ];
    /// #     let read = |name: &str| Ok((name.to_owned(), std::fs::read(format!("examples-data/ledger/{name}"))?));
    /// #     names.into_iter().map(read).collect()
    /// # }
    /// use claimledger_core::{AuditOptions, AuditedLedger, EntryIndex, Log};
    ///
    /// let files = files()?;
    /// let ledger = AuditedLedger::read(&files, &AuditOptions::default())?;
    /// let (_, claim) = Log::open(&files)?.statement(EntryIndex::new(8))?;
    /// let analysis = ledger.corroborate(&claim.id())?.ok_or("no such claim")?;
    ///
    /// // The town's own traffic count speaks against it. For it speaks the union that made the claim.
    /// assert_eq!(analysis.refutation.counts.independent, 1);
    /// assert_eq!(analysis.support.counts.independent, 0);
    /// assert_eq!(analysis.support.own_word.len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn corroborate(&self, claim: &StatementId) -> Result<Option<Analysis>, TooLarge> {
        let Some(fact) = self.fact(claim) else {
            return Ok(None);
        };
        let now = self.now();
        let counting = sure(Counting::at(&now, fact.by.organisation));
        let newest = sure(now.claim_now(fact.index));
        match sure(rules::gather(&now, newest, &counting)) {
            Some(graph) => Analysis::new(&graph).map(Some),
            None => Ok(None),
        }
    }

    fn fact(&self, id: &StatementId) -> Option<StatementFact> {
        sure(self.view.statement(id))
    }

    /// As of the head.
    fn now(&self) -> Reading<'_, MemoryView> {
        sure(Reading::at(&self.view, self.view.size()))
    }
}

/// A look-up in memory cannot fail.
fn sure<T>(answer: Result<T, Infallible>) -> T {
    match answer {
        Ok(found) => found,
        Err(never) => match never {},
    }
}
