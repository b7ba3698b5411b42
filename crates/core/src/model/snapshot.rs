//! What a source said, kept by digest; or why nothing was kept.

use super::{Line, Name, Prose, StatementId, agree};
use crate::crypto::Digest;
use crate::encoding::Defect;
use crate::encoding::name::{MediaType, Url};
use crate::encoding::time::Instant;
use serde::{Deserialize, Serialize};

/// The bytes of a source as somebody captured them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Snapshot {
    /// What a web archive proves of itself, each kind of proof at most once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub archive_proofs: Vec<ArchiveProof>,
    /// Length of the captured bytes.
    pub bytes: u64,
    /// When it was captured.
    pub captured: Instant,
    /// Who captured them, if not the signer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub captured_by: Option<Name>,
    /// Where the bytes came from, if they were fetched over HTTP.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fetched: Option<Fetched>,
    /// Whether the bytes are kept, or only their digest.
    pub holding: Holding,
    /// What the bytes are.
    pub media_type: MediaType,
    /// How it was captured, e.g. `file` or the tool and its version.
    pub method: Line,
    /// Why no text was extracted from the bytes, if that was tried and failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_text: Option<Line>,
    /// SHA-256 of the bytes.
    pub sha256: Digest,
    /// The text extracted from bytes that are not plain text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<ExtractedText>,
}

/// One kind of proof that a web archive carries of itself, and how many of them hold. They are reported and never asked for:
/// real archives carry wrong digests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ArchiveProof {
    /// How many could have been there and are not.
    pub absent: u64,
    /// Which ones are wrong, or who signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<Line>,
    /// How many were not checked: their algorithm is not known here, or what they are of was not read.
    pub unchecked: u64,
    /// How many hold.
    pub valid: u64,
    /// Of what.
    pub what: ArchiveProofKind,
    /// How many do not hold.
    pub wrong: u64,
}

words!(
    /// What a web archive carries a proof of.
    ArchiveProofKind, "proof of a web archive" {
        /// The digest of the whole block of each record (`WARC-Block-Digest`).
        Blocks = "blocks",
        /// The digest of the description of a collection (`datapackage-digest.json`).
        Description = "description",
        /// The digests of the files of a collection (`datapackage.json`).
        Files = "files",
        /// The digests in the index of a collection (CDXJ).
        Index = "index",
        /// The digest of the payload of each record (`WARC-Payload-Digest`).
        Payloads = "payloads",
        /// The signature under the description of a collection (wacz-auth).
        Signature = "signature",
    }
);

/// The response of the server that the bytes were fetched from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Fetched {
    /// The header fields of the response, as `name: value`, in their original order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<Line>,
    /// The HTTP status.
    pub status: u64,
    /// The final URL, after every redirect.
    pub url: Url,
}

words!(
    /// Whether a snapshot's bytes are kept.
    Holding, "holding" {
        /// The bytes are kept by digest.
        Held = "held",
        /// Only the digest is kept.
        HashOnly = "hashOnly",
    }
);

/// Text extracted from bytes that are not plain text, kept as a second blob.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExtractedText {
    /// The charset by which the bytes were decoded, where one was chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub charset: Option<Charset>,
    /// The extractor's name and its revision, which rises whenever any output changes.
    pub extractor: Line,
    /// The page of a web archive that the text is of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<Url>,
    /// SHA-256 of the UTF-8 text.
    pub sha256: Digest,
}

/// How bytes were decoded into characters, so that the extraction can be repeated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Charset {
    /// Who chose it.
    pub chosen_by: ChosenBy,
    /// Its name, as the Encoding Standard (WHATWG) spells it.
    pub name: Line,
}

words!(
    /// Who chose a charset.
    ChosenBy, "chooser of a charset" {
        /// The bytes, or the answer of the server, declare it.
        Declared = "declared",
        /// The person who captured the bytes.
        Person = "person",
        /// The standard's own default for such bytes.
        Standard = "standard",
    }
);

/// Whether this is `name: value` with a token as its name (RFC 9110, section 5.6.2).
fn is_header_field(line: &str) -> bool {
    let token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    line.split_once(':')
        .is_some_and(|(name, _)| !name.is_empty() && name.bytes().all(token))
}

impl Snapshot {
    /// Form: there is a text, or a reason why not. Plain text in UTF-8 is its own text; in another encoding it has the
    /// decoded text.
    pub fn check(&self) -> Result<(), Defect> {
        agree(
            self.text.is_none() || self.no_text.is_none(),
            "a snapshot has a text or says why it has none",
        )?;
        agree(
            self.holding == Holding::Held || self.text.is_none(),
            "bytes of which only the digest is kept have no text",
        )?;
        agree(
            self.holding == Holding::Held || self.archive_proofs.is_empty(),
            "bytes of which only the digest is kept have no proofs of a web archive",
        )?;
        agree(
            self.archive_proofs
                .is_sorted_by(|one, next| one.what.as_str() < next.what.as_str()),
            "the proofs of a web archive are in the order of their names, each once",
        )?;
        agree(
            self.fetched
                .as_ref()
                .is_none_or(|f| (100..1000).contains(&f.status)),
            "an HTTP status has three digits",
        )?;
        let headers = self.fetched.iter().flat_map(|fetched| &fetched.headers);
        let mut open = headers.filter_map(Line::words);
        agree(
            open.all(is_header_field),
            "a header field is name: value, with a name of RFC 9110",
        )
    }

    /// The digest of the blob that excerpts quote, if this snapshot has a text.
    pub fn text_blob(&self) -> Option<Digest> {
        match &self.text {
            _ if self.holding == Holding::HashOnly => None,
            Some(text) => Some(text.sha256),
            None if self.no_text.is_some() => None,
            None if self.media_type.as_str() == "text/plain" => Some(self.sha256),
            None => None,
        }
    }
}

/// `snapshot.withhold`: these bytes are no longer shown; of one source, or, without a source, wherever they stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Withhold {
    /// Why.
    pub reason: Prose,
    /// The bytes.
    pub sha256: Digest,
    /// The source they belong to; absent: the host withholds them wherever they stand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<StatementId>,
}
