//! Whose transcript a quotation is from. It is shown wherever the quotation is shown.

use crate::app::{Error, Session};
use claimledger_core::envelope;
use claimledger_core::log::excerpts::excerpt_in;
use claimledger_core::model::{Body, Statement, StatementId, StatementType};
use claimledger_core::rules::standing::quotation::transcript_with;
use claimledger_core::rules::{Reading, View as _};
use claimledger_core::{Message, message};

/// `as transcribed by Lena Ott (#7)`, for a statement in the ledger or one that is about to be signed; none if it quotes no
/// transcript.
pub fn by(session: &Session, statement: &Statement) -> Result<Option<Message>, Error> {
    let Some(source) = quoted(&statement.body) else {
        return Ok(None);
    };
    let Some(excerpt) = excerpt_in(&statement.body) else {
        return Ok(None);
    };
    let view = session.view();
    let size = session.head().size;
    // Most ledgers have no transcript, and then nothing is looked up for a list.
    if view
        .of_type(StatementType::SourceTranscribe, size)?
        .is_empty()
    {
        return Ok(None);
    }
    let there = view.statement(&envelope::id_of(&statement.encode()))?;
    let organisation = match (&there, view.key(&statement.key)?) {
        (Some(fact), _) => Some(fact.by.organisation),
        (None, Some(key)) => view.organisation(&key.organisation)?,
        (None, None) => None,
    };
    let (Some(organisation), Some(source)) = (organisation, view.statement(&source)?) else {
        return Ok(None);
    };
    let before = there.map_or(size.next(), |fact| fact.index);
    let reading = Reading::at(&view, size)?;
    let by = (organisation, before);
    let Some(entry) = transcript_with(&reading, source.index, &excerpt.text, by)? else {
        return Ok(None);
    };
    Ok(match &session.statement(entry)?.body {
        Body::SourceTranscribe(transcript) => {
            let by = &transcript.by;
            Some(message!("as transcribed by {by} (#{entry})", by))
        }
        _ => None,
    })
}

/// The source that a statement quotes.
fn quoted(body: &Body) -> Option<StatementId> {
    match body {
        Body::EvidenceAdd(evidence) => evidence.source,
        Body::SourceRelate(relate) => Some(relate.from),
        _ => None,
    }
}
