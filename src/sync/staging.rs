//! The peer's files on their way into the copy: each is verified before it is written.

use super::Error;
use super::blobs::{Lengths, intact, settle};
use super::hidden::hidden;
use super::peer::Peer;
use super::pull_options::{PullOptions, Pulled, untruthful};
use crate::host::{disk::Disk, random};
use crate::store::Files;
use crate::store::files::reading;
use claimledger_core::TreeSize;
use claimledger_core::audit::{self, AuditReport, Options, Severity};
use claimledger_core::crypto::Digest;
use claimledger_core::entry::Entry;
use claimledger_core::log::blobs::path_of;
use claimledger_core::log::names::CHECKPOINT;
use claimledger_core::log::tiles;
use claimledger_core::log::tiles::read_tile;
use claimledger_core::log::{self, ReadError, ReadSeek, Reader};
use claimledger_core::rules::standing::withholding::Withholdings;
use claimledger_core::tlog::checkpoint::Checkpoint;
use claimledger_core::tlog::merkle::{Frontier, leaf_hash, root_of};
use claimledger_core::tlog::tile::{self, TILE_WIDTH, TileKind, TilePath};
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap};
use std::io::Cursor;

/// The peer's files on their way into the copy.
pub(super) struct Staging<'a> {
    /// Where they come from.
    pub(super) peer: &'a dyn Reader,
    /// Where they go.
    pub(super) disk: &'a dyn Disk,
    /// The peer's checkpoint.
    pub(super) checkpoint: &'a [u8],
}

impl Staging<'_> {
    /// Fetches and verifies the hash tiles among `paths`, and writes them. Each full tile's root must be in the tile
    /// above; the edge's tiles must give the checkpoint's root. Returns the leaf hashes by tile.
    pub(super) fn tiles(
        &self,
        head: &Checkpoint,
        paths: &[TilePath],
        pulled: &mut Pulled,
    ) -> Result<HashMap<u64, Vec<Digest>>, Error> {
        let mut edge = Vec::new();
        let mut above: HashMap<(u8, u64), Vec<Digest>> = HashMap::new();
        for path in edge_paths(head.size) {
            let hashes = match path {
                Some(path) => self.hashes(&path, None)?.0,
                None => Vec::new(),
            };
            if let Some(TilePath {
                kind: TileKind::Hashes(level),
                index,
                ..
            }) = path
            {
                above.insert((level, index), hashes.clone());
            }
            edge.push(hashes);
        }
        let frontier = Frontier::from_partials(head.size, edge)?;
        if frontier.root() != head.root {
            return Err(untruthful(
                self.peer,
                "its hash tiles",
                "they do not make its checkpoint's root",
            ));
        }
        let mut levels: Vec<u8> = paths
            .iter()
            .filter_map(|path| match path.kind {
                TileKind::Hashes(level) => Some(level),
                TileKind::Entries => None,
            })
            .collect();
        levels.dedup();
        let mut leaves = HashMap::new();
        for level in levels.into_iter().rev() {
            let of_level = paths.iter().filter(|p| p.kind == TileKind::Hashes(level));
            let of_level: Vec<&TilePath> = of_level.collect();
            let found: Vec<_> = of_level
                .par_iter()
                .map(|path| {
                    let held_by = self.parent(&above, level, path)?;
                    Ok((**path, self.keep_hashes(path, held_by.as_ref(), &above)?))
                })
                .collect::<Result<_, Error>>()?;
            for (path, (hashes, fetched)) in found {
                pulled.fetched += u64::from(fetched);
                pulled.kept += u64::from(!fetched);
                if level == 0 {
                    leaves.insert(path.index, hashes.clone());
                }
                above.insert((level, path.index), hashes);
            }
        }
        Ok(leaves)
    }

    /// The hash in the tile above for a full tile; `None` for a partial one, which the checkpoint's root covers.
    fn parent(
        &self,
        above: &HashMap<(u8, u64), Vec<Digest>>,
        level: u8,
        path: &TilePath,
    ) -> Result<Option<Digest>, Error> {
        if u64::from(path.width) < TILE_WIDTH {
            return Ok(None);
        }
        let place = (level + 1, path.index / TILE_WIDTH);
        let at = usize::try_from(path.index % TILE_WIDTH).expect("below 256");
        let hash = above.get(&place).and_then(|hashes| hashes.get(at)).copied();
        hash.map(Some).ok_or_else(|| {
            untruthful(
                self.peer,
                &path.to_string(),
                "no tile above holds it in place",
            )
        })
    }

    /// A hash tile from the copy, if it is there and correct, or from the peer; and whether it was fetched.
    fn hashes(
        &self,
        path: &TilePath,
        held_by: Option<&Digest>,
    ) -> Result<(Vec<Digest>, bool), Error> {
        let right = |bytes: &[u8]| {
            let hashes = tile::decode_hashes(bytes, path.width).ok()?;
            held_by
                .is_none_or(|root| root_of(&hashes) == *root)
                .then_some(hashes)
        };
        // A tile that nothing covers yet is fetched from the peer and compared with the hash that it must give.
        if held_by.is_some()
            && let Some(hashes) = self.disk.read(&path.to_string())?.and_then(|b| right(&b))
        {
            return Ok((hashes, false));
        }
        let bytes = self.fetch(path)?;
        let hashes = right(&bytes).ok_or_else(|| {
            untruthful(
                self.peer,
                &path.to_string(),
                "it is not the tile that belongs there",
            )
        })?;
        Ok((hashes, true))
    }

    /// The same, and writes it into the copy if it is new. The edge's tiles were read and verified before.
    fn keep_hashes(
        &self,
        path: &TilePath,
        held_by: Option<&Digest>,
        verified: &HashMap<(u8, u64), Vec<Digest>>,
    ) -> Result<(Vec<Digest>, bool), Error> {
        let TileKind::Hashes(level) = path.kind else {
            return Err(untruthful(self.peer, &path.to_string(), "no hash tile"));
        };
        let (hashes, fetched) = match (held_by, verified.get(&(level, path.index))) {
            (None, Some(hashes)) => (hashes.clone(), true),
            _ => self.hashes(path, held_by)?,
        };
        if fetched {
            self.disk
                .write_synced(&path.to_string(), &tile::encode_hashes(&hashes))?;
        }
        Ok((hashes, fetched))
    }

    fn fetch(&self, path: &TilePath) -> Result<Vec<u8>, Error> {
        let bytes = read_tile(self.peer, path)?;
        bytes.ok_or_else(|| {
            log::Error::Missing {
                place: self.peer.place(),
                path: path.to_string(),
            }
            .into()
        })
    }

    /// Fetches and verifies the bundles among `paths`, many at once, and writes each.
    pub(super) fn bundles(
        &self,
        paths: &[TilePath],
        leaves: &HashMap<u64, Vec<Digest>>,
        pulled: &mut Pulled,
        progress: &mut dyn FnMut(u64),
    ) -> Result<(), Error> {
        let bundles = paths.iter().filter(|path| path.kind == TileKind::Entries);
        let bundles: Vec<&TilePath> = bundles.collect();
        for window in bundles.chunks(WINDOW_BUNDLES) {
            let fetched: Vec<bool> = window
                .par_iter()
                .map(|path| self.bundle(path, leaves))
                .collect::<Result<_, Error>>()?;
            let new = fetched.iter().filter(|fetched| **fetched).count() as u64;
            pulled.fetched += new;
            pulled.kept += fetched.len() as u64 - new;
            progress(pulled.fetched + pulled.kept);
        }
        Ok(())
    }

    fn bundle(&self, path: &TilePath, leaves: &HashMap<u64, Vec<Digest>>) -> Result<bool, Error> {
        let name = path.to_string();
        let held_by = leaves
            .get(&path.index)
            .ok_or_else(|| untruthful(self.peer, &name, "no tile holds it in place"))?;
        let right = |bytes: &[u8]| {
            tile::decode_bundle(bytes, path.width).is_ok_and(|entries| {
                entries
                    .iter()
                    .map(|e| leaf_hash(e))
                    .eq(held_by.iter().copied())
            })
        };
        if self.disk.read(&name)?.is_some_and(|bytes| right(&bytes)) {
            return Ok(false);
        }
        let bytes = self.fetch(path)?;
        if !right(&bytes) {
            return Err(untruthful(
                self.peer,
                &name,
                "its entries do not hash to their leaves",
            ));
        }
        self.disk.write_synced(&name, &bytes)?;
        Ok(true)
    }

    pub(super) fn sync_folders(&self, paths: &[TilePath]) -> Result<(), Error> {
        let folders: BTreeSet<String> = paths
            .iter()
            .map(|path| {
                let name = path.to_string();
                name.rsplit_once('/')
                    .map_or(String::new(), |(folder, _)| folder.to_owned())
            })
            .collect();
        for folder in folders {
            self.disk.sync_folder(&folder)?;
        }
        Ok(())
    }

    /// Fetches the snapshots that the entries declare as held and not withheld, if the peer publishes them. Each is
    /// checked against its digest.
    pub(super) fn snapshots(&self, size: TreeSize, pulled: &mut Pulled) -> Result<(), Error> {
        let copy = Files::new(self.disk);
        let mut said = Withholdings::default();
        let mut lengths = Lengths::default();
        for (first, end) in size.portions(AT_ONCE) {
            let entries = tiles::read_entries(&copy, first, end, size)?;
            for (bytes, index) in entries.iter().zip(end.indices_from(first)) {
                if let Ok(envelope) = Entry::decode(bytes).and_then(|entry| entry.envelope()) {
                    said.gather(index, &envelope.claimed().body);
                    lengths.gather(&envelope.claimed().body);
                }
            }
        }
        let withheld = hidden(&copy, size, &said)?;
        for (digest, most) in lengths.shown(&withheld) {
            let name = path_of(&digest);
            if intact(&copy, &digest, most)?.is_some() {
                continue;
            }
            let Some(mut file) = self.peer.open_within(&name, most)? else {
                continue;
            };
            if !settle(self.disk, &digest, most, &mut file)? {
                return Err(untruthful(
                    self.peer,
                    &name,
                    format!("it is not the snapshot of that digest, of at most {most} bytes"),
                ));
            }
            pulled.snapshots += 1;
        }
        Ok(())
    }

    /// Audits the copy under the new checkpoint. Faults in new files (`paths`) are the peer's, others the copy's.
    pub(super) fn audit(
        &self,
        peer: &Peer<'_>,
        wanted: &PullOptions,
        paths: &[TilePath],
    ) -> Result<AuditReport, Error> {
        let options = Options {
            ledger_id: Some(peer.ledger),
            ledger_key: Some(peer.vkey.clone()),
            against: peer.held.as_ref().map(|held| held.signed.to_bytes()),
            now_millis: wanted.now_millis,
            seed: Some(random::seed()?),
            ..Options::default()
        };
        let report = audit::run(self, &options, &mut |_, _| {})?;
        let faults = report.findings.iter();
        let faults: Vec<_> = faults
            .filter(|finding| finding.severity == Severity::Fault)
            .cloned()
            .collect();
        if faults.is_empty() {
            return Ok(report);
        }
        let held = peer.held_size();
        let held = if wanted.restore {
            TreeSize::EMPTY
        } else {
            held
        };
        let new_file = |name: &str| {
            name.parse()
                .is_ok_and(|path: TilePath| paths.contains(&path))
        };
        // The new files give the peer's root; that was verified. So a different root now comes from the copy.
        let theirs = held.is_empty()
            || faults.iter().any(|fault| {
                fault.entry.is_some_and(|entry| !held.contains(entry))
                    || fault.file.as_deref().is_some_and(new_file)
            });
        if !theirs {
            return Err(Error::Damaged {
                place: self.disk.place(),
                reason: faults[0].message.clone(),
            });
        }
        Err(Error::Faults {
            place: self.peer.place(),
            findings: faults,
        })
    }
}

/// The future copy: its files, under the new checkpoint.
impl Reader for Staging<'_> {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        if name == CHECKPOINT {
            return Ok(Some(self.checkpoint.to_vec()));
        }
        self.disk.read(name).map_err(|e| reading(self, name, e))
    }

    fn open(&self, name: &str) -> Result<Option<Box<dyn ReadSeek>>, ReadError> {
        if name == CHECKPOINT {
            return Ok(Some(Box::new(Cursor::new(self.checkpoint.to_vec()))));
        }
        self.disk.open(name).map_err(|e| reading(self, name, e))
    }

    fn list(&self, folder: &str) -> Result<Option<Vec<String>>, ReadError> {
        let found = self.disk.list(folder);
        found.map(Some).map_err(|e| reading(self, folder, e))
    }

    fn place(&self) -> String {
        self.disk.place()
    }
}

/// The partial tile of each level of a tree of `size`; `None` for a level without one.
fn edge_paths(size: TreeSize) -> Vec<Option<TilePath>> {
    let mut paths = Vec::new();
    let mut rest = size.get();
    for level in 0_u8.. {
        if rest == 0 {
            break;
        }
        let width = u16::try_from(rest % TILE_WIDTH).expect("below 256");
        rest /= TILE_WIDTH;
        paths.push((width > 0).then_some(TilePath {
            kind: TileKind::Hashes(level),
            index: rest,
            width,
        }));
    }
    paths
}

/// How many bundles are fetched between two progress reports.
const WINDOW_BUNDLES: usize = 64;

/// Sixteen bundles at a time.
const AT_ONCE: u64 = 4_096;
