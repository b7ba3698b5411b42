//! Who may read a file. Windows has no such bits: there these functions do nothing.

use super::Error;
use std::path::Path;

/// The permission bits of a file, if they allow others than its owner anything; links are followed.
#[cfg(unix)]
pub fn shared(path: &Path) -> Result<Option<u32>, Error> {
    use std::os::unix::fs::PermissionsExt as _;
    let about = std::fs::metadata(path).map_err(|e| Error::io("looking at", path, e))?;
    let mode = about.permissions().mode() & 0o777;
    Ok((mode & 0o077 != 0).then_some(mode))
}

/// This system has no such bits.
#[cfg(not(unix))]
pub fn shared(_path: &Path) -> Result<Option<u32>, Error> {
    Ok(None)
}

/// The permission bits of a file or folder that everybody may write to; `None` if others may not, or if it is absent. Links
/// are followed.
#[cfg(unix)]
pub fn writable_by_all(path: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = std::fs::metadata(path).ok()?.permissions().mode() & 0o777;
    (mode & 0o002 != 0).then_some(mode)
}

/// This system has no permission bits.
#[cfg(not(unix))]
pub fn writable_by_all(_path: &Path) -> Option<u32> {
    None
}

/// Lets everybody read a file, and only its owner write it (0644).
#[cfg(unix)]
pub fn let_all_read(path: &Path) -> Result<(), Error> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o644))
        .map_err(|e| Error::io("setting permissions of", path, e))
}

/// This system has no such bits.
#[cfg(not(unix))]
pub fn let_all_read(_path: &Path) -> Result<(), Error> {
    Ok(())
}
