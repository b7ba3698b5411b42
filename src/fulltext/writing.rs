//! Documents into an index: on the disk, or in memory.

use super::document::{ABSENT, Followed, FullTextDocument, HELD, IndexFields, OWN, Part, schema};
use super::find::Layer;
use super::guarded::{corrupt, of_tantivy};
use super::question;
use super::terms::{register, with_language};
use crate::index::Error;
use claimledger_core::EntryIndex;
use claimledger_core::crypto::Digest;
use tantivy::directory::Directory;
use tantivy::indexer::{LogMergePolicy, NoMergePolicy};
use tantivy::{Index, IndexWriter, TantivyDocument, Term};

/// An index that takes documents in. What is not committed is not kept.
pub struct Building {
    index: Index,
    writer: IndexWriter,
    fields: IndexFields,
    /// Whether terms of texts were taken out, so that they must go from the files too.
    erasing: bool,
    /// The text taken in since the last commit.
    bytes: usize,
}

impl Building {
    /// An index in memory.
    pub fn in_memory() -> Result<Self, Error> {
        let (schema, fields) = schema();
        let index = Index::create_in_ram(schema);
        Self::over(index, fields, false)
    }

    /// The index in a directory, made if there is none.
    pub(super) fn in_directory(directory: Box<dyn Directory>) -> Result<Self, Error> {
        let (schema, fields) = schema();
        let index = Index::open_or_create(directory, schema).map_err(of_tantivy)?;
        Self::over(index, fields, true)
    }

    fn over(index: Index, fields: IndexFields, merging: bool) -> Result<Self, Error> {
        register(&index);
        let writer = index.writer_with_num_threads(1, HEAP_BYTES);
        let writer: IndexWriter = writer.map_err(of_tantivy)?;
        if merging {
            writer.set_merge_policy(Box::new(LogMergePolicy::default()));
        } else {
            writer.set_merge_policy(Box::new(NoMergePolicy));
        }
        Ok(Self {
            index,
            writer,
            fields,
            erasing: false,
            bytes: 0,
        })
    }

    /// Takes a document in.
    pub fn add(&mut self, document: &FullTextDocument) -> Result<(), Error> {
        let f = self.fields;
        let mut row = TantivyDocument::default();
        row.add_u64(f.entry, document.entry.get());
        row.add_u64(f.by, document.by.get());
        row.add_text(f.statement_type, document.statement_type.as_str());
        let part = match document.part {
            Part::Own => OWN,
            Part::Text => HELD,
            Part::Absent => ABSENT,
        };
        row.add_u64(f.part, part);
        for digest in &document.digests {
            row.add_text(f.text, digest.to_string());
        }
        if part != ABSENT {
            let language = document.language.as_deref();
            row.add_text(f.words, &document.words);
            row.add_text(f.further, with_language(language, &document.words));
            if let Some(claim) = &document.claim {
                row.add_text(f.claim, claim);
            }
            if let Some(organisation) = &document.organisation {
                row.add_text(f.organisation, organisation);
            }
            for topic in &document.topics {
                row.add_text(f.topic, topic);
            }
            for address in &document.addresses {
                row.add_text(f.address, address);
            }
        }
        self.bytes += 2 * document.words.len();
        self.writer.add_document(row).map_err(of_tantivy)?;
        Ok(())
    }

    /// Takes out everything that was taken in for a text. [`Building::finish`] takes its terms out of the files too.
    pub fn take_out(&mut self, text: &Digest) {
        let term = Term::from_field_text(self.fields.text, &text.to_string());
        self.writer.delete_term(term);
        self.erasing = true;
    }

    /// Takes out what stands for the text that an entry brought while the text was not in this copy.
    pub fn take_out_absent(&mut self, by: EntryIndex) -> Result<(), Error> {
        let query = question::absent_by(self.fields, by);
        self.writer.delete_query(query).map_err(of_tantivy)?;
        Ok(())
    }

    /// Whether so much text was taken in that it is time to commit: until then it is in memory.
    pub fn is_full(&self) -> bool {
        self.bytes >= COMMIT_BYTES
    }

    /// Commits, and says which log was followed, and how far. A crash before the end leaves the index as it was.
    pub fn commit(&mut self, followed: &Followed) -> Result<(), Error> {
        let payload = serde_json::to_string(followed).map_err(corrupt)?;
        let mut commit = self.writer.prepare_commit().map_err(of_tantivy)?;
        commit.set_payload(&payload);
        commit.commit().map_err(of_tantivy)?;
        self.bytes = 0;
        Ok(())
    }

    /// The index as it was last committed.
    pub fn finish(self) -> Result<Layer, Error> {
        let Self {
            index,
            writer,
            fields,
            erasing,
            ..
        } = self;
        writer.wait_merging_threads().map_err(of_tantivy)?;
        if erasing {
            erase(&index)?;
        }
        Layer::of(&index, fields)
    }
}

/// Writes the segments again from which documents were taken out, and removes the old files: until then the terms of a
/// document that was taken out can still be read in them.
fn erase(index: &Index) -> Result<(), Error> {
    let writer = index.writer_with_num_threads(1, HEAP_BYTES);
    let mut writer: IndexWriter = writer.map_err(of_tantivy)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    for segment in index.searchable_segments().map_err(of_tantivy)? {
        if segment.meta().has_deletes() {
            let written = writer.merge(&[segment.id()]).wait();
            written.map_err(of_tantivy)?;
        }
    }
    let removed = writer.garbage_collect_files().wait();
    removed.map_err(of_tantivy)?;
    writer.wait_merging_threads().map_err(of_tantivy)
}

/// How much the library collects before it writes a segment.
const HEAP_BYTES: usize = 48 * 1024 * 1024;

/// The library keeps documents that it has not looked at yet, up to ten thousand, however long. So a commit is due after this
/// much text.
const COMMIT_BYTES: usize = 32 * 1024 * 1024;
