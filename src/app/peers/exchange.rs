//! Copies between ledgers: publishing this one, following others.

use crate::app::{Desk, Error, Session, output};
use crate::host::disk::FolderDisk;
use crate::host::files;
use crate::host::lock::WriterLock;
use crate::store::Files;
use crate::sync::export::{self, ExportChoices, ExportPlan, Exported};
use crate::sync::mirror::MirrorStatus;
use crate::sync::place;
use crate::sync::{
    pull,
    pull_options::{PullOptions, Pulled},
};
use claimledger_core::TreeSize;
use claimledger_core::encoding::name::Slug;
use claimledger_core::log::Log;
use serde::Serialize;
use std::path::Path;

/// What a pull brought.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Brought {
    /// The ledger's id.
    pub ledger: String,
    /// The key its checkpoints verify under.
    pub vkey: String,
    /// The entries before.
    pub from: TreeSize,
    /// The entries now.
    pub size: TreeSize,
    /// Files fetched.
    pub fetched: u64,
    /// Snapshots fetched.
    pub snapshots: u64,
    /// Whether nothing confirmed the ledger's identity.
    pub first_contact: bool,
}

impl From<Pulled> for Brought {
    fn from(pulled: Pulled) -> Self {
        Self {
            ledger: pulled.ledger.to_string(),
            vkey: pulled.vkey.to_string(),
            from: pulled.from,
            size: pulled.size,
            fetched: pulled.fetched,
            snapshots: pulled.snapshots,
            first_contact: pulled.first_contact,
        }
    }
}

/// Whether a target is one archive rather than a folder.
pub fn is_archive(target: &Path) -> bool {
    place::is_archive(target) && !files::is_folder(target)
}

/// Refuses a target that must not be published into. `force` says whether an archive may be overwritten.
pub fn check_target(desk: &Desk, target: &Path, force: bool) -> Result<(), Error> {
    if is_archive(target) {
        if !target
            .to_string_lossy()
            .to_ascii_lowercase()
            .ends_with(PACKED)
        {
            return Err(Error::Usage(format!(
                "an archive is packed: give it a name that ends in {PACKED}"
            )));
        }
        return output::check(desk, target, force);
    }
    // Before the question about --force, which is not what is wrong here.
    output::check_folder(desk, target)?;
    if force {
        return Err(Error::Usage(
            "--force is for an archive; a folder takes what is new, and nothing else is written over".to_owned(),
        ));
    }
    Ok(())
}

/// What an export would make public.
pub fn plan(
    desk: &Desk,
    session: &Session,
    target: &Path,
    choices: ExportChoices,
    force: bool,
) -> Result<ExportPlan, Error> {
    check_target(desk, target, force)?;
    session.may_publish(desk)?;
    let log = session.log();
    if is_archive(target) {
        return Ok(export::plan(&log, choices)?);
    }
    Ok(export::plan_folder(
        &log,
        choices,
        &FolderDisk::new(target),
    )?)
}

/// Writes what was planned. The caller has asked the person.
pub fn export(
    session: &Session,
    target: &Path,
    plan: &ExportPlan,
    force: bool,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Exported, Error> {
    let log = session.log();
    if is_archive(target) {
        return Ok(export::to_archive(&log, plan, target, force, progress)?);
    }
    files::make_folder(target)?;
    // Two exports into one folder would each write half of what a reader sees.
    let _lock = WriterLock::of_folder(target)?;
    let disk = FolderDisk::new(target);
    Ok(export::to_folder(&log, plan, &disk, progress)?)
}

/// Brings the desk's ledger folder up to the head at a place.
pub fn pull(
    desk: &Desk,
    from: &str,
    mut wanted: PullOptions,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(Brought, Vec<String>), Error> {
    let folder = desk.folder()?;
    let reader = desk.place_named(Path::new(from))?.open(&desk.client())?;
    files::make_folder(folder)?;
    let _lock: WriterLock = desk.lock()?;
    wanted.now_millis = desk.clock.now_millis();
    wanted.memory = Some(desk.known());
    let disk = desk.disk()?;
    let pulled = pull::pull(reader.as_ref(), &disk, &wanted, progress)?;
    let mut notes = remember(desk, &disk, &desk.place());
    notes.extend(reader.remarks());
    Ok((pulled.into(), notes))
}

/// Brings a mirror up to date, or begins one.
pub fn update_mirror(
    desk: &Desk,
    name: &Slug,
    from: Option<&str>,
    mut wanted: PullOptions,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(Brought, Vec<String>), Error> {
    wanted.now_millis = desk.clock.now_millis();
    wanted.memory = Some(desk.known());
    let mirrors = desk.mirrors();
    let place = desk.place_named(Path::new(&mirrors.followed_from(name, from)?))?;
    let reader = place.open(&desk.client())?;
    let pulled = mirrors.update(name, &place.whole(), reader.as_ref(), &wanted, progress)?;
    let copy = FolderDisk::new(mirrors.ledger(name));
    let mut notes = remember(desk, &copy, &format!("mirror:{name}"));
    notes.extend(reader.remarks());
    Ok((pulled.into(), notes))
}

/// Remembers the head of a copy that was checked completely. Returns what to tell the person.
fn remember(desk: &Desk, copy: &FolderDisk, place: &str) -> Vec<String> {
    let reader = Files::new(copy);
    let remembered = Log::open(&reader)
        .map_err(Error::from)
        .and_then(|log| Ok(desk.known().remember(log.head(), place, false)?))
        .map_err(|e| format!("this machine could not remember the head that it pulled: {e}"));
    remembered.err().into_iter().collect()
}

/// Every mirror here.
pub fn list_mirrors(desk: &Desk) -> Result<Vec<MirrorStatus>, Error> {
    Ok(desk.mirrors().list()?)
}

/// How the name of an archive ends that is written here.
const PACKED: &str = ".tar.zst";
