//! A record of the names that this thread gave to files and folders, and of the folders whose lists of names it synced: so
//! that a test can find a name that a power cut could take away. Only the unit tests of this crate record.

use std::path::Path;

/// A file or folder has this name from now on.
pub(super) fn made(path: &Path) {
    #[cfg(test)]
    record::with(|record| record.made(path));
    let _ = path;
}

/// It no longer has this name.
pub(super) fn unmade(path: &Path) {
    #[cfg(test)]
    record::with(|record| record.unmade(path));
    let _ = path;
}

/// The names in this folder are durable.
pub(super) fn synced(folder: &Path) {
    #[cfg(test)]
    record::with(|record| record.synced(folder));
    let _ = folder;
}

#[cfg(test)]
pub use record::recorded;

#[cfg(test)]
mod record {
    use std::cell::RefCell;
    use std::collections::BTreeSet;
    use std::path::{Path, PathBuf};

    /// What was recorded.
    #[derive(Debug, Clone, Default)]
    pub struct Record {
        /// Every name that was made.
        pub all: BTreeSet<PathBuf>,
        /// The names that are there and that a power cut could take away.
        pub not_durable: BTreeSet<PathBuf>,
    }

    impl Record {
        pub(super) fn made(&mut self, path: &Path) {
            self.all.insert(whole(path));
            self.not_durable.insert(whole(path));
        }

        pub(super) fn unmade(&mut self, path: &Path) {
            let path = whole(path);
            self.not_durable.retain(|name| !name.starts_with(&path));
        }

        pub(super) fn synced(&mut self, folder: &Path) {
            let folder = whole(folder);
            self.not_durable
                .retain(|name| name.parent() != Some(folder.as_path()));
        }
    }

    fn whole(path: &Path) -> PathBuf {
        std::path::absolute(path).expect("a path that is not empty")
    }

    thread_local! {
        static RECORD: RefCell<Option<Record>> = const { RefCell::new(None) };
    }

    pub(super) fn with(act: impl FnOnce(&mut Record)) {
        RECORD.with_borrow_mut(|record| record.as_mut().map(act));
    }

    /// What `act` made on this thread.
    pub fn recorded<T>(act: impl FnOnce() -> T) -> (T, Record) {
        RECORD.set(Some(Record::default()));
        let done = act();
        let record = RECORD.take().expect("set above");
        (done, record)
    }
}
