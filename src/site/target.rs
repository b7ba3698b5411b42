//! Where the files of a site go: into a folder, or beside published ones to be compared with them. What is made is the same.

use super::maker::{SiteFile, SiteMaker};
use crate::app::Error;

/// Takes the files of a site one by one, as they are made.
pub trait SiteTarget {
    /// A file of the site, in the order in which they are made.
    fn put(&mut self, maker: &SiteMaker<'_>, file: &SiteFile) -> Result<(), Error>;

    /// A file that an earlier site had and this one has not.
    fn remove(&mut self, path: &str) -> Result<(), Error>;
}
