//! Many files in one: POSIX ustar inside Zstandard. Owners, times and modes are always the same, so the same files
//! give the same bytes.

use super::Error;
use crate::host::disk::{Disk as _, FolderDisk};
use crate::host::{self, durable};
use std::io::Read;
use std::path::Path;

/// Adds one file to an archive: its name, its length in bytes, and the bytes.
pub type Put<'a> = dyn FnMut(&str, u64, &mut dyn Read) -> Result<(), Error> + 'a;

/// Writes an archive of the files that `fill` adds, in that order: whole, or not at all. `over` says whether it may
/// replace an existing file.
pub fn pack(
    target: &Path,
    over: bool,
    fill: impl FnOnce(&mut Put<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    let io = |doing: &'static str| move |e| host::Error::io(doing, target, e);
    let folder = target.parent().filter(|f| !f.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let mut file = durable::unnamed(folder)?;
    let mut packer =
        zstd::stream::write::Encoder::new(file.as_file_mut(), LEVEL).map_err(io("packing"))?;
    packer.include_checksum(true).map_err(io("packing"))?;
    let mut archive = tar::Builder::new(packer);
    fill(&mut |name, length, bytes| {
        // A file that became shorter meanwhile would put everything after it in the wrong place: so it is filled up, and the
        // caller refuses it.
        let whole = bytes.chain(std::io::repeat(0)).take(length);
        let put = archive.append_data(&mut plain(length), name, whole);
        Ok(put.map_err(io("packing"))?)
    })?;
    let packer = archive.into_inner().map_err(io("packing"))?;
    packer.finish().map_err(io("packing"))?;
    file.as_file().sync_all().map_err(io("syncing"))?;
    durable::persist(file, target, over)?;
    FolderDisk::new(folder).sync_folder("")?;
    Ok(())
}

/// The header of a plain file that everybody may read, with neither time nor owner.
fn plain(size: u64) -> tar::Header {
    let mut header = tar::Header::new_ustar();
    header.set_size(size);
    header.set_mode(0o644);
    header.set_uid(0);
    header.set_gid(0);
    header.set_mtime(0);
    header.set_entry_type(tar::EntryType::Regular);
    header
}

/// Zstandard's own default: hashes do not compress, and JSON compresses well enough.
const LEVEL: i32 = 3;
