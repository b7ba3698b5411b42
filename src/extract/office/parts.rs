//! The parts of an office file, which is a ZIP package (OOXML: ECMA-376, part 2; OpenDocument 1.3, part 2).

use crate::extract::charset;
use crate::extract::media::OLE_MARK;
use crate::extract::short::one_line;
use claimledger_core::encoding::limits::MAX_TEXT_SOURCE_BYTES;
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

/// The parts of a file, read within a limit on all of them together.
pub struct Parts<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Parts<'a> {
    /// Opens a file.
    pub fn open(bytes: &'a [u8]) -> Result<Self, String> {
        if bytes.starts_with(OLE_MARK) {
            return Err(PROTECTED.to_owned());
        }
        let zip = ZipArchive::new(Cursor::new(bytes))
            .map_err(|e| format!("its ZIP package is malformed: {}", one_line(&e.to_string())))?;
        if zip.len() > MAX_PARTS {
            return Err("its ZIP package has more parts than are looked through".to_owned());
        }
        Ok(Self {
            zip,
            left: MAX_UNPACKED_BYTES,
        })
    }

    /// The characters of a part; `None` if there is no such part.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, String> {
        let Some(index) = self.zip.index_for_name(name) else {
            return Ok(None);
        };
        let unreadable =
            |why: String| format!("its part {name} cannot be read: {}", one_line(&why));
        let part = self
            .zip
            .by_index(index)
            .map_err(|e| unreadable(e.to_string()))?;
        let mut bytes = Vec::new();
        part.take(self.left + 1)
            .read_to_end(&mut bytes)
            .map_err(|e| unreadable(e.to_string()))?;
        self.left = self
            .left
            .checked_sub(bytes.len() as u64)
            .ok_or("it unpacks to more than is looked through")?;
        let choice = charset::of_xml(&bytes, None);
        Ok(Some(charset::decode(&bytes, choice).text))
    }

    /// The characters of a part that must be there.
    pub fn needed(&mut self, name: &str) -> Result<String, String> {
        self.text(name)?
            .ok_or_else(|| format!("its part {name} is missing"))
    }

    /// The parts that a part of an OOXML package refers to, by the id of the reference (ECMA-376, part 2, 6.5);
    /// of the package itself, if the name is empty.
    pub fn references(&mut self, name: &str) -> Result<BTreeMap<String, String>, String> {
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let mut found = BTreeMap::new();
        let list = resolved(folder, &format!("_rels/{file}.rels"));
        let Some(list) = self.text(&list)? else {
            return Ok(found);
        };
        super::xml::walk(&list, |thing| {
            if let super::xml::Thing::Begin("Relationship", element) = thing
                && let (Some(id), Some(target)) =
                    (element.attribute("Id"), element.attribute("Target"))
            {
                found.insert(id, resolved(folder, &target));
            }
            super::xml::Go::On
        })?;
        Ok(found)
    }
}

/// A path that is relative to a folder of the package.
fn resolved(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> = if target.starts_with('/') {
        Vec::new()
    } else {
        folder.split('/').filter(|name| !name.is_empty()).collect()
    };
    for name in target.split('/') {
        match name {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            name => path.push(name),
        }
    }
    path.join("/")
}

/// A file of this form instead of a ZIP package: [MS-OFFCRYPTO], 1.3.2.
pub const PROTECTED: &str = "it is protected by a password, or of an old binary format; save it without a password as .docx, .xlsx, .pptx or PDF, and keep that";

/// All parts that are read may unpack to this together: text is a small part of an office file.
const MAX_UNPACKED_BYTES: u64 = 4 * MAX_TEXT_SOURCE_BYTES;

/// A presentation has some thousand.
const MAX_PARTS: usize = 65_534;
