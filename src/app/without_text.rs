//! Why a source has no text here, and what a person can do about it.

use crate::extract::charset;
use claimledger_core::Message;
use claimledger_core::message;
use claimledger_core::model::snapshot::{Holding, Snapshot};
use std::fmt;

/// Why a source has no text here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WithoutText {
    /// Nobody here ever held it.
    NeverHeld,
    /// Only its digest was kept.
    HashOnly,
    /// The ledger no longer shows it, and gives the reason.
    Withheld(Message),
    /// This copy lacks it.
    Missing,
    /// Its character encoding was not declared.
    Charset(Message),
    /// It was tried and failed.
    Failed(Message),
    /// Bytes of this media type have no text.
    NotText(String),
}

impl fmt::Display for WithoutText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

impl WithoutText {
    /// The reason in words.
    pub fn message(&self) -> Message {
        match self {
            Self::NeverHeld => "it was never held".into(),
            Self::HashOnly => "only the digest of its bytes was kept".into(),
            Self::Withheld(why) => message!("its bytes are withheld: {why}", why),
            Self::Missing => "it is not in this copy".into(),
            Self::Charset(why) | Self::Failed(why) => why.clone(),
            Self::NotText(media_type) => format!("no text is taken out of {media_type}").into(),
        }
    }

    /// Why a snapshot never had a text; `None` if it has one, held here or not.
    pub fn from_snapshot(snapshot: &Snapshot) -> Option<Self> {
        match (&snapshot.no_text, snapshot.text_blob()) {
            (None, Some(_)) => None,
            (Some(why), _) if why.words().is_some_and(charset::is_undeclared) => {
                Some(Self::Charset(why.into()))
            }
            (Some(why), _) => Some(Self::Failed(why.into())),
            (None, None) if snapshot.holding == Holding::HashOnly => Some(Self::HashOnly),
            (None, None) => Some(Self::NotText(snapshot.media_type.to_string())),
        }
    }

    /// What a person can do about it.
    pub fn next_step(&self) -> &'static str {
        match self {
            Self::NeverHeld | Self::HashOnly => {
                "Keep its bytes with `claimledger source capture SOURCE FILE`, or give the evidence without --quote."
            }
            Self::Withheld(_) => {
                "`claimledger show SOURCE` names the entry that withholds them; evidence can be given without --quote."
            }
            Self::Missing => {
                "Fetch it from a copy that holds it, or keep the bytes again with `claimledger source capture SOURCE FILE`."
            }
            Self::Charset(_) => {
                "Keep the file again and name its charset: `claimledger source capture SOURCE FILE --media-type \"text/plain; charset=iso-8859-1\"`."
            }
            Self::Failed(_) | Self::NotText(_) => {
                "Write its words down in a text file and keep them as a transcript: `claimledger source transcribe SOURCE FILE --by NAME`. Or give the evidence without --quote. If the bytes are of another kind, capture them again with --media-type."
            }
        }
    }

    /// What to tell a person whose bytes were just kept without a text, and which option might help.
    pub fn note(&self, of: &str) -> String {
        let hint = match self {
            Self::Charset(_) => {
                "; name it, here or in a later source capture, e.g. --media-type \"text/plain; charset=iso-8859-1\""
            }
            Self::NotText(of) if of == "application/octet-stream" => {
                "; if it is a text, say so, here or in a later source capture, e.g. --media-type \"text/plain; charset=iso-8859-1\""
            }
            _ => "",
        };
        format!("nothing can be quoted from {of}: {self}{hint}")
    }
}
