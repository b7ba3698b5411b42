//! A place that a ledger is read from: a folder, an archive, or an address.

use super::Error;
use crate::host::disk::FolderDisk;
use crate::store::{Archive, Files, Reader, Remote};
use crate::transport::Client;
use std::path::Path;

/// Opens a place. `http://` and `https://` are addresses, `.tar.zst` is an archive, anything else a folder.
pub fn open(place: &str, client: &Client) -> Result<Box<dyn Reader>, Error> {
    if place.starts_with("http://") || place.starts_with("https://") {
        return Ok(Box::new(Remote::new(client.clone(), place)));
    }
    if place.ends_with(".tar.zst") {
        return Ok(Box::new(Archive::open(Path::new(place), None)?));
    }
    Ok(Box::new(Files::new(FolderDisk::new(place))))
}
