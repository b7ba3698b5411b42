//! A disk in memory that loses data like a real one: content is durable from its sync, names from the sync of their
//! folder. A hook before and after every operation can make it fail or stop, and a power cut can be simulated at any
//! moment.

use crate::host::Error;
use crate::host::disk::{Disk, above};
use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::sync::{Arc, Mutex, MutexGuard};

/// When the hook is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// Before the operation: if it fails here, nothing was done.
    Before,
    /// After the operation: it was done, but no caller was told.
    After,
}

/// An operation that changes the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its name, e.g. `rename`.
    pub operation: &'static str,
    /// The file or folder.
    pub path: String,
}

/// Called before and after every operation that changes the disk; returns the error to fail with, if any.
pub type Hook = Box<dyn FnMut(&Step, Moment) -> Option<ErrorKind> + Send>;

/// Which unsynced data survives a power cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Survives {
    /// Nothing.
    Nothing,
    /// Everything.
    Everything,
    /// By the bits of this number, in turn.
    Some(u64),
}

#[derive(Default)]
struct State {
    /// Names as processes see them, and the file behind each.
    names: BTreeMap<String, usize>,
    /// Names as a power cut leaves them.
    durable_names: BTreeMap<String, usize>,
    /// Folders as processes see them, and as they are after a power cut. The content of a removed folder is removed
    /// too.
    folders: BTreeSet<String>,
    durable_folders: BTreeSet<String>,
    /// Content as processes see it, and as a power cut leaves it.
    files: Vec<(Vec<u8>, Vec<u8>)>,
    /// Renames that are not durable yet: both names of one change together, or neither.
    renames: Vec<(String, String)>,
    hook: Option<Hook>,
    steps: Vec<Step>,
}

/// A disk in memory; clones share it.
#[derive(Clone, Default)]
pub struct MemoryDisk(Arc<Mutex<State>>);

impl MemoryDisk {
    /// An empty disk.
    pub fn new() -> Self {
        Self::default()
    }

    /// Installs a hook; `None` removes it.
    pub fn hook(&self, hook: Option<Hook>) {
        self.state().hook = hook;
    }

    /// The operations that changed the disk so far.
    pub fn steps(&self) -> Vec<Step> {
        self.state().steps.clone()
    }

    /// The disk after a power cut at this moment.
    pub fn power_cut(&self, survives: Survives) -> Self {
        let state = self.state();
        let mut bits = match survives {
            Survives::Nothing => 0,
            Survives::Everything => u64::MAX,
            Survives::Some(bits) => bits,
        };
        let mut lucky = || {
            let answer = bits & 1 == 1;
            bits = bits.rotate_right(1);
            answer
        };
        let files: Vec<(Vec<u8>, Vec<u8>)> = state
            .files
            .iter()
            .map(|(now, durable)| {
                let kept = if now == durable || lucky() {
                    now
                } else {
                    durable
                };
                (kept.clone(), kept.clone())
            })
            .collect();
        let mut names = state.durable_names.clone();
        let changed: BTreeSet<&String> = state
            .names
            .keys()
            .chain(state.durable_names.keys())
            .filter(|name| state.names.get(*name) != state.durable_names.get(*name))
            .collect();
        let mut lasted: BTreeMap<&String, bool> = BTreeMap::new();
        for name in changed {
            let renamed = state.renames.iter().find_map(|(from, to)| match name {
                name if name == from => lasted.get(to),
                name if name == to => lasted.get(from),
                _ => None,
            });
            let lasts = renamed.copied().unwrap_or_else(&mut lucky);
            lasted.insert(name, lasts);
            if lasts {
                match state.names.get(name) {
                    Some(file) => names.insert(name.clone(), *file),
                    None => names.remove(name),
                };
            }
        }
        let mut folders = state.durable_folders.clone();
        for folder in state.folders.symmetric_difference(&state.durable_folders) {
            if lucky() {
                if state.folders.contains(folder) {
                    folders.insert(folder.clone());
                } else {
                    folders.remove(folder);
                }
            }
        }
        names.retain(|name, _| above(name).all(|at| at.is_empty() || folders.contains(at)));
        let cut = State {
            durable_names: names.clone(),
            names,
            durable_folders: folders.clone(),
            folders,
            files,
            ..State::default()
        };
        Self(Arc::new(Mutex::new(cut)))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0
            .lock()
            .expect("no operation panics while it holds the disk")
    }

    fn step(
        &self,
        operation: &'static str,
        path: &str,
        act: impl FnOnce(&mut State) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let step = Step {
            operation,
            path: path.to_owned(),
        };
        let mut state = self.state();
        state.ask(&step, Moment::Before)?;
        act(&mut state)?;
        state.steps.push(step.clone());
        state.ask(&step, Moment::After)
    }
}

impl State {
    fn ask(&mut self, step: &Step, moment: Moment) -> Result<(), Error> {
        let told = self.hook.as_mut().and_then(|hook| hook(step, moment));
        match told {
            Some(kind) => Err(Error::Io {
                doing: step.operation.to_owned(),
                path: step.path.clone(),
                source: kind.into(),
            }),
            None => Ok(()),
        }
    }

    fn make_folders_above(&mut self, path: &str) {
        let around = above(path).filter(|folder| !folder.is_empty());
        self.folders.extend(around.map(ToOwned::to_owned));
    }

    fn write(&mut self, path: &str, bytes: &[u8]) {
        let content = (bytes.to_vec(), bytes.to_vec());
        self.make_folders_above(path);
        if let Some(file) = self.names.get(path) {
            self.files[*file] = content;
        } else {
            self.names.insert(path.to_owned(), self.files.len());
            self.files.push(content);
        }
    }
}

impl Disk for MemoryDisk {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        let state = self.state();
        Ok(state
            .names
            .get(path)
            .map(|file| state.files[*file].0.clone()))
    }

    fn write_synced(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        // Two steps: a cut between them leaves a file whose content is not durable.
        self.step("write", path, |state| {
            let durable = match state.names.get(path) {
                Some(file) => state.files[*file].1.clone(),
                None => Vec::new(),
            };
            state.write(path, bytes);
            let file = state.names[path];
            state.files[file].1 = durable;
            Ok(())
        })?;
        self.sync_file(path)
    }

    fn sync_file(&self, path: &str) -> Result<(), Error> {
        self.step("sync", path, |state| {
            let file = *state.names.get(path).ok_or_else(|| Error::Io {
                doing: "syncing".to_owned(),
                path: path.to_owned(),
                source: ErrorKind::NotFound.into(),
            })?;
            state.files[file].1 = state.files[file].0.clone();
            Ok(())
        })
    }

    fn create_synced(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        if self.state().names.contains_key(path) {
            return Err(Error::Exists {
                path: path.to_owned(),
            });
        }
        self.write_synced(path, bytes)
    }

    fn sync_names(&self, path: &str) -> Result<(), Error> {
        let inside = |name: &String| above(name).next() == Some(path);
        self.step("sync folder", path, |state| {
            let (folders, lasting) = (&state.folders, &mut state.durable_folders);
            lasting.retain(|folder| !inside(folder) || folders.contains(folder));
            lasting.extend(folders.iter().filter(|folder| inside(folder)).cloned());
            state.durable_names.retain(|name, _| !inside(name));
            let now = state.names.iter().filter(|(name, _)| inside(name));
            let now: Vec<(String, usize)> = now.map(|(n, f)| (n.clone(), *f)).collect();
            state.durable_names.extend(now);
            state.renames.retain(|(from, to)| {
                state.names.get(from) != state.durable_names.get(from)
                    || state.names.get(to) != state.durable_names.get(to)
            });
            Ok(())
        })
    }

    fn rename(&self, from: &str, to: &str) -> Result<(), Error> {
        self.step("rename", to, |state| {
            let file = state.names.remove(from).ok_or_else(|| Error::Io {
                doing: "renaming".to_owned(),
                path: from.to_owned(),
                source: ErrorKind::NotFound.into(),
            })?;
            state.names.insert(to.to_owned(), file);
            state.make_folders_above(to);
            state.renames.push((from.to_owned(), to.to_owned()));
            Ok(())
        })
    }

    fn remove(&self, path: &str) -> Result<(), Error> {
        self.step("remove", path, |state| {
            state.names.remove(path);
            Ok(())
        })
    }

    fn remove_folder(&self, path: &str) -> Result<(), Error> {
        self.step("remove folder", path, |state| {
            let below = format!("{path}/");
            state.names.retain(|name, _| !name.starts_with(&below));
            let gone = |folder: &String| folder == path || folder.starts_with(&below);
            state.folders.retain(|folder| !gone(folder));
            Ok(())
        })
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, Error> {
        let below = format!("{folder}/");
        let state = self.state();
        let names = state.names.keys();
        let inside = names.filter(|name| folder.is_empty() || name.starts_with(&below));
        Ok(inside.cloned().collect())
    }

    fn place(&self) -> String {
        "memory".to_owned()
    }
}
