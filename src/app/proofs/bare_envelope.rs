//! Checks a bare envelope without any ledger: who signed what. It does not show whether the statement is in a ledger.

use crate::app::{Error, summary};
use claimledger_core::Message;
use claimledger_core::TreeSize;
use claimledger_core::dossier::report::NotProven;
use claimledger_core::dossier::{self, Pins};
use claimledger_core::envelope::file;
use claimledger_core::message;
use claimledger_core::model::{Body, StatementId};
use serde::Serialize;

/// What a bare envelope shows.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Bare {
    /// The statement's id.
    pub id: String,
    /// Its type.
    #[serde(rename = "type")]
    pub statement_type: &'static str,
    /// Its label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Its first words; other statements are named by the beginning of their ids.
    pub words: Message,
    /// The reasons, if it is a verdict.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasons: Option<Message>,
    /// The fingerprint of the key that signed it.
    pub key: String,
    /// When, by the signer's clock.
    pub issued: String,
    /// The ledger that it is for.
    pub ledger: String,
    /// How many of its entries the signer claims to have seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen: Option<TreeSize>,
    /// The statement, as it was signed.
    pub statement: serde_json::Value,
    /// What it does not show.
    pub not_proven: Vec<NotProven>,
}

/// Whether a file can be an envelope: of all files that can be verified, only an envelope is JSON.
pub fn is_one(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"{")
}

/// Checks an envelope: its signature as the audit checks it, and the ledger's id if one is expected.
pub fn verify(bytes: &[u8], pins: &Pins) -> Result<Bare, Error> {
    let refused = |error: dossier::Error| Error::Sync(error.into());
    let unsigned = |error| refused(dossier::Error::Envelope(error));
    let statement = file::verify(bytes).map_err(unsigned)?;
    let ledger = statement.ledger_id();
    if let Some(wanted) = pins.ledger_id.filter(|wanted| *wanted != ledger) {
        return Err(refused(dossier::Error::OtherLedger {
            found: message!("ledger {ledger}", ledger),
            wanted: message!("ledger {wanted}", wanted),
        }));
    }
    let mut not_proven = vec![
        NotProven::new(
            "that it is in a ledger",
            "an envelope carries no proof of a log; ask for a dossier: `claimledger prove ID -o FILE`",
        ),
        NotProven::new(
            "whose key signed it",
            "only a ledger says who holds a key and what they may sign",
        ),
        NotProven::new("when", "the time is the signer's own word"),
        NotProven::new(
            "what became of it",
            "approvals, corrections and withdrawals are statements of their own",
        ),
    ];
    if pins.ledger_key.is_some() || pins.witnesses.is_some() {
        not_proven.push(NotProven::new(
            "anything about the key or witnesses that you gave",
            "they sign checkpoints, and this file contains none",
        ));
    }
    let reasons = match &statement.body {
        Body::VerdictIssue(verdict) => Some((&verdict.reasons).into()),
        _ => None,
    };
    Ok(Bare {
        id: statement.id().to_string(),
        statement_type: statement.statement_type.as_str(),
        label: statement.label.as_ref().map(ToString::to_string),
        words: summary::summarize(&statement.body, &StatementId::short, None),
        reasons,
        key: statement.key.fingerprint(),
        issued: statement.issued.to_string(),
        ledger: ledger.to_string(),
        seen: statement.seen.map(|seen| seen.size),
        statement: serde_json::from_slice(statement.payload())
            .expect("a payload that decoded as a statement is JSON"),
        not_proven,
    })
}
