//! Long lists in blocks: a block of the log never changes its members, so a new statement changes one block, not all.

use super::address::SitePage;
use super::words::FrameWords;
use claimledger_core::EntryIndex;
use claimledger_core::model::StatementType;

/// A part of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its page.
    pub page: SitePage,
    /// Its entries in the order in which they are shown.
    pub entries: Vec<EntryIndex>,
    /// Where a reader can go from here.
    pub links: Vec<(SitePage, BlockLink)>,
}

/// What another block is to this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockLink {
    /// The newest entries.
    Newest,
    /// The block before.
    Older,
    /// The block after.
    Newer,
}

impl Block {
    /// The links with their names.
    pub fn named(&self, words: &FrameWords) -> Vec<(SitePage, String)> {
        let links = self.links.iter();
        let named = links.map(|(page, link)| {
            let name = match link {
                BlockLink::Newest => words.newest,
                BlockLink::Older => words.older,
                BlockLink::Newer => words.newer,
            };
            (page.clone(), name.to_owned())
        });
        named.collect()
    }
}

/// The first page, which shows the newest entries, and the blocks in the order of the log.
pub fn of(newest: &SitePage, all: &[EntryIndex], make: fn(u64) -> SitePage) -> Vec<Block> {
    let blocks: Vec<&[EntryIndex]> = all.chunks(BLOCK).collect();
    let count = blocks.len() as u64;
    let mut pages = vec![Block {
        page: newest.clone(),
        entries: all.iter().rev().take(BLOCK).copied().collect(),
        links: match count {
            0 | 1 => Vec::new(),
            _ => vec![
                (newest.clone(), BlockLink::Newest),
                (make(count - 1), BlockLink::Older),
            ],
        },
    }];
    if count > 1 {
        for (number, block) in (1..).zip(blocks) {
            let mut links = vec![(newest.clone(), BlockLink::Newest)];
            if number > 1 {
                links.push((make(number - 1), BlockLink::Older));
            }
            if number < count {
                links.push((make(number + 1), BlockLink::Newer));
            }
            pages.push(Block {
                page: make(number),
                entries: block.iter().rev().copied().collect(),
                links,
            });
        }
    }
    pages
}

/// Under which name a statement is noted: an entry has a page of its own in the log as well.
pub fn key(kind: StatementType, entry: EntryIndex) -> String {
    format!("{} {entry}", kind.as_str())
}

/// About 5 KB compressed, whatever the claims are.
const BLOCK: usize = 50;

#[cfg(test)]
mod tests {
    use super::{BLOCK, of};
    use crate::site::address::SitePage;
    use claimledger_core::EntryIndex;

    #[test]
    fn a_new_entry_leaves_full_blocks_as_they_are() {
        let entries = |count: u64| (0..count).map(EntryIndex::new).collect::<Vec<_>>();
        let blocks = |count| of(&SitePage::Claims, &entries(count), SitePage::ClaimBlock);
        let block = BLOCK as u64;
        assert_eq!(blocks(block).len(), 1);
        let (before, after) = (blocks(3 * block), blocks(3 * block + 1));
        assert_eq!(before.len(), 4);
        assert_eq!(after.len(), 5);
        assert_eq!(before[1..3], after[1..3]);
        for all in [before, after] {
            let mut seen: Vec<_> = all[1..]
                .iter()
                .flat_map(|block| block.entries.clone())
                .collect();
            seen.sort_unstable();
            seen.dedup();
            assert!(seen.len() as u64 >= 3 * block);
        }
    }
}
