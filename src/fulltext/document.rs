//! What is indexed of a statement or a held text, and the fields of the index that have it.

use claimledger_core::crypto::Digest;
use claimledger_core::model::StatementType;
use claimledger_core::{EntryIndex, TreeSize};
use serde::{Deserialize, Serialize};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions,
};

/// Which words of a statement a document has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Its own.
    Own,
    /// Those of a text of a source, which another entry may have brought.
    Text,
    /// None: a text of a source that was not in this copy.
    Absent,
}

/// Something that can be found.
#[derive(Debug, Clone)]
pub struct FullTextDocument {
    /// The entry of the statement that is found.
    pub entry: EntryIndex,
    /// The entry that has the words, or brought the text.
    pub by: EntryIndex,
    /// The statement's type.
    pub statement_type: StatementType,
    /// Which words.
    pub part: Part,
    /// The digests of a text: its own, and that of the bytes that it was written down from. If one of them is withheld, so is
    /// the text.
    pub digests: Vec<Digest>,
    /// The words.
    pub words: String,
    /// Their language, if it is declared.
    pub language: Option<String>,
    /// The words of a claim alone, also of a claim that a recorded review is about: among these, similar claims are looked for.
    pub claim: Option<String>,
    /// The organisation of the signer.
    pub organisation: Option<String>,
    /// What the claim is about.
    pub topics: Vec<String>,
    /// Where it was published, in the form in which addresses are compared.
    pub addresses: Vec<String>,
}

/// Which log an index follows, how far, and what it left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Followed {
    /// The schema, with the folding of words.
    pub schema: u32,
    /// Entries followed.
    pub size: TreeSize,
    /// The tree's root at that size.
    pub root: Digest,
    /// The texts that are withheld, ascending: no term of them is in the index.
    pub withheld: Vec<Digest>,
}

/// Changes when the fields change, or the terms of a text do: the folding of words, the stems, the known languages.
pub const SCHEMA: u32 = 1;

/// The fields.
#[derive(Debug, Clone, Copy)]
pub(super) struct IndexFields {
    pub entry: Field,
    pub by: Field,
    pub statement_type: Field,
    pub part: Field,
    pub text: Field,
    pub words: Field,
    pub further: Field,
    pub claim: Field,
    pub organisation: Field,
    pub topic: Field,
    pub address: Field,
}

/// The tokenizers: of words, of further terms, of pieces of words.
pub(super) const WORDS: &str = "words";
pub(super) const FURTHER: &str = "further";
pub(super) const PIECES: &str = "pieces";

/// What the field `part` has.
pub(super) const OWN: u64 = 0;
pub(super) const HELD: u64 = 1;
pub(super) const ABSENT: u64 = 2;

/// The schema of the index. Terms are kept without their places and texts not at all, so that no text can be read in it.
pub(super) fn schema() -> (Schema, IndexFields) {
    let mut schema = Schema::builder();
    let terms = |tokenizer: &str| {
        let indexing = TextFieldIndexing::default();
        TextOptions::default().set_indexing_options(
            indexing
                .set_tokenizer(tokenizer)
                .set_index_option(IndexRecordOption::WithFreqs),
        )
    };
    let fields = IndexFields {
        entry: schema.add_u64_field("entry", FAST),
        by: schema.add_u64_field("by", FAST | INDEXED),
        statement_type: schema.add_text_field("type", STRING),
        part: schema.add_u64_field("part", FAST | INDEXED),
        text: schema.add_text_field("text", STRING),
        words: schema.add_text_field("words", terms(WORDS)),
        further: schema.add_text_field("further", terms(FURTHER)),
        claim: schema.add_text_field("claim", terms(PIECES)),
        organisation: schema.add_text_field("organisation", STRING),
        topic: schema.add_text_field("topic", STRING),
        address: schema.add_text_field("address", STRING),
    };
    (schema.build(), fields)
}
