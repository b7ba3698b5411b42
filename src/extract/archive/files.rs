//! The WARC files of a web archive, wherever they are.

use super::wacz::{ListedPages, Wacz};
use crate::extract::media;
use claimledger_core::log::ReadSeek;
use std::io::{Read, SeekFrom};

/// The WARC files of an archive: itself, or those in a collection.
pub enum WarcFiles<'a> {
    Warc(&'a mut dyn ReadSeek),
    Wacz(Wacz<'a>),
}

impl<'a> WarcFiles<'a> {
    /// Opens an archive of this media type.
    ///
    /// # Errors
    ///
    /// Why it cannot be opened.
    pub fn open(file: &'a mut dyn ReadSeek, media_type: &str) -> Result<Self, String> {
        Ok(if media_type == media::WACZ {
            Self::Wacz(Wacz::open(file)?)
        } else {
            Self::Warc(file)
        })
    }

    /// The pages that the archive itself lists.
    pub fn pages(&mut self) -> ListedPages {
        match self {
            Self::Warc(_) => ListedPages::default(),
            Self::Wacz(wacz) => wacz.pages(),
        }
    }

    /// How many WARC files there are.
    pub fn count(&self) -> usize {
        match self {
            Self::Warc(_) => 1,
            Self::Wacz(wacz) => wacz.warcs.len(),
        }
    }

    /// One of them, from its beginning.
    pub fn warc(&mut self, number: usize) -> Result<Box<dyn Read + '_>, String> {
        match self {
            Self::Warc(file) => {
                file.seek(SeekFrom::Start(0))
                    .map_err(|e| format!("the WARC cannot be read: {e}"))?;
                Ok(Box::new(file))
            }
            Self::Wacz(wacz) => wacz.warc(number),
        }
    }
}
