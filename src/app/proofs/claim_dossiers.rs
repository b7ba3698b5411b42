//! Publishes single claims: a dossier for each, in a folder or in one archive, for readers who do not follow the
//! ledger.
//!
//! The dossier of a claim is that of its current verdict. It contains the claim, its evidence and sources, the
//! approvals, the verdicts that it corrects, and the objections to any of them. If no verdict is current (rejected,
//! withdrawn or distrusted), it is the dossier of the newest verdict, so that a reader sees why. If there is no
//! verdict, it is the dossier of the claim.

use super::proof;
use crate::app::read::standing;
use crate::app::{Error, Session};
use crate::host::disk::{Disk as _, FolderDisk};
use crate::ledger;
use crate::sync::{self, pack};
use claimledger_core::dossier::File;
use claimledger_core::entry::Entry;
use claimledger_core::log::names::CHECKPOINT;
use claimledger_core::model::StatementType;
use claimledger_core::rules::{self, Reading, Standing};
use claimledger_core::{EntryIndex, Message, TreeSize};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// One claim's dossier, as it will be published.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Dossier {
    /// The claim's entry.
    pub claim: EntryIndex,
    /// The name of its file.
    pub file: String,
    /// The entry that it is about: a verdict, or the claim itself.
    pub subject: EntryIndex,
    /// The standing of the verdict; empty if there is none.
    pub standing: Vec<Message>,
    /// The entries in it.
    pub entries: usize,
    /// The length of the file in bytes.
    pub bytes: usize,
    #[serde(skip)]
    content: Vec<u8>,
}

/// What will become public, shown before anything is written.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimDossierPlan {
    /// The ledger's name.
    pub origin: String,
    /// The entries under the head that the dossiers are proven by.
    pub size: TreeSize,
    /// The dossiers, by the name of their file.
    pub dossiers: Vec<Dossier>,
    /// The entries in any of them, each once, by type.
    pub entries: BTreeMap<&'static str, u64>,
}

/// Makes the dossiers of the claims named. The same head and claims make the same bytes.
pub fn plan(session: &Session, claims: &[String]) -> Result<ClaimDossierPlan, Error> {
    sync::export_target::check(&session.log())?;
    let size = session.head().size;
    let mut dossiers: BTreeMap<String, Dossier> = BTreeMap::new();
    let mut public: BTreeSet<EntryIndex> = BTreeSet::new();
    let mut entries: BTreeMap<&'static str, u64> = BTreeMap::new();
    for name in claims {
        session.id_of(name, StatementType::ClaimAdd)?;
        let claim = session.resolve(name, size)?;
        let file = file_name(session, claim)?;
        if dossiers.contains_key(&file) {
            continue;
        }
        let (subject, standing) = subject(session, claim, size)?;
        let dossier = proof::dossier(session, subject)?;
        for (index, bytes) in &dossier.entries {
            if public.insert(*index) {
                let entry = Entry::decode(bytes).map_err(ledger::Error::from)?;
                let envelope = entry.envelope().map_err(ledger::Error::from)?;
                let kind = envelope.claimed().statement_type.as_str();
                *entries.entry(kind).or_default() += 1;
            }
        }
        let content = proof::printed(&dossier)?;
        dossiers.insert(
            file.clone(),
            Dossier {
                claim,
                file,
                subject,
                standing,
                entries: dossier.entries.len(),
                bytes: content.len(),
                content,
            },
        );
    }
    Ok(ClaimDossierPlan {
        origin: session.head().origin.to_string(),
        size,
        dossiers: dossiers.into_values().collect(),
        entries,
    })
}

/// The claim's label, or its number if it has none.
fn file_name(session: &Session, claim: EntryIndex) -> Result<String, Error> {
    let statement = session.statement(claim)?;
    Ok(match &statement.label {
        Some(label) => format!("{label}.dossier"),
        None => format!("claim-{claim}.dossier"),
    })
}

/// The entry that a claim's dossier is about, and its standing.
fn subject(
    session: &Session,
    claim: EntryIndex,
    size: TreeSize,
) -> Result<(EntryIndex, Vec<Message>), Error> {
    let view = session.view();
    let reading = Reading::at(&view, size)?;
    // Of several organisations, that of the claim comes first.
    let own = reading.entry(claim)?.map(|fact| fact.by.organisation);
    let currents = rules::currents(&reading, claim)?;
    let of_claim = |current: &&Standing| Some(current.organisation) == own;
    let current = currents.iter().find(of_claim).or(currents.first());
    let chosen = match current {
        Some(current) => Some(current.entry),
        None => rules::verdicts(&reading, claim)?.last().map(|v| v.entry),
    };
    let Some(verdict) = chosen else {
        return Ok((claim, Vec::new()));
    };
    let words = standing::verdict_standing(session, verdict, size)?.map_or(Vec::new(), |s| s.words);
    Ok((verdict, words))
}

/// Writes the dossiers into a folder, each file whole. Refuses a folder that holds a ledger, and a file of the same
/// name that is not a dossier of this ledger.
pub fn to_folder(plan: &ClaimDossierPlan, target: &Path) -> Result<(), Error> {
    let disk = FolderDisk::new(target);
    let refuse = |reason: String| {
        Error::from(sync::Error::OtherExport {
            place: target.display().to_string(),
            reason,
        })
    };
    if disk.read(CHECKPOINT)?.is_some() {
        return Err(refuse("it is the folder of a whole ledger".to_owned()));
    }
    for dossier in &plan.dossiers {
        let there = disk.read(&dossier.file)?;
        let earlier = |bytes: &[u8]| {
            File::parse(bytes)
                .is_ok_and(|file| file.checkpoint.checkpoint().origin.as_str() == plan.origin)
        };
        if there.is_some_and(|bytes| !earlier(&bytes)) {
            return Err(refuse(format!(
                "{} is no dossier of this ledger",
                dossier.file
            )));
        }
    }
    for dossier in &plan.dossiers {
        // If this is interrupted at any point, the file is the old one or the new one; a half-written file has another
        // name.
        let half = format!("{}.next", dossier.file);
        disk.write_synced(&half, &dossier.content)?;
        disk.rename(&half, &dossier.file)?;
    }
    disk.sync_folder("")?;
    Ok(())
}

/// Writes the dossiers into one archive, by name; `over` says whether it may replace an existing file.
pub fn to_archive(plan: &ClaimDossierPlan, target: &Path, over: bool) -> Result<(), Error> {
    pack::pack(target, over, |put| {
        for dossier in &plan.dossiers {
            let content = &dossier.content[..];
            put(&dossier.file, content.len() as u64, &mut { content })?;
        }
        Ok(())
    })?;
    Ok(())
}
