//! Suggests relations: what the held texts say about the origin of a source's words.

use super::search::held_texts;
use super::standing_line::StandingLine;
use super::{corroboration, each_source, line, source_text};
use crate::app::{Error, Session};
use claimledger_core::Message;
use claimledger_core::corroboration::suggest::{self, Cue, SourceText, Suggestion};
use claimledger_core::model::{Body, StatementId, StatementType};
use claimledger_core::rules::View as _;
use serde::Serialize;

/// What is suggested about a source.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Suggested {
    /// What these are, to be shown with them.
    pub notice: &'static str,
    /// The source's statement.
    pub source: StatementId,
    /// With how many other sources' texts it was compared.
    pub compared: usize,
    /// By position in its text.
    pub suggestions: Vec<Help>,
}

/// One suggestion, and how to sign it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Help {
    /// What is suggested.
    #[serde(flatten)]
    pub suggestion: Suggestion,
    /// The name of the other source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub called: Option<Message>,
    /// The standing of the other source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standing: Option<StandingLine>,
    /// The command with which a reviewer who agrees signs it; absent if the other source is not recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
}

struct Held {
    id: StatementId,
    publisher: String,
    text: String,
}

/// Suggests relations between a source and the others before the ledger's head.
pub fn suggest(session: &Session, name: &str) -> Result<Suggested, Error> {
    let id = session.id_of(name, StatementType::SourceAdd)?;
    let size = session.head().size;
    let mut others = Vec::new();
    let mut of = None;
    for index in session.view().of_type(StatementType::SourceAdd, size)? {
        let statement = session.statement(index)?;
        let Body::SourceAdd(source) = &statement.body else {
            continue;
        };
        let held = Held {
            id: statement.id(),
            publisher: source.publisher.words().unwrap_or_default().to_owned(),
            // The newest text is the one that people quote. A source that was never held can only be named.
            text: held_texts(session, &statement.id(), size)?
                .pop()
                .unwrap_or_default(),
        };
        if held.id == id {
            of = Some(held);
        } else {
            others.push(held);
        }
    }
    let Some(of) = of.filter(|of| !of.text.is_empty()) else {
        return Err(source_text::why_none(session, &id)?);
    };
    let texts: Vec<SourceText<'_>> = others.iter().map(borrowed).collect();
    let found = suggest::suggest(&borrowed(&of), &texts);
    let suggestions = found
        .suggestions
        .into_iter()
        .map(|suggestion| help(session, &id, suggestion))
        .collect::<Result<_, Error>>()?;
    Ok(Suggested {
        notice: found.notice,
        source: id,
        compared: texts.iter().filter(|other| !other.text.is_empty()).count(),
        suggestions,
    })
}

fn borrowed(held: &Held) -> SourceText<'_> {
    SourceText {
        source: held.id,
        publisher: &held.publisher,
        text: &held.text,
    }
}

fn help(session: &Session, from: &StatementId, suggestion: Suggestion) -> Result<Help, Error> {
    let Some(to) = suggestion.to else {
        return Ok(Help {
            suggestion,
            called: None,
            standing: None,
            command: None,
        });
    };
    let known = match &suggestion.basis {
        Cue::Phrase { .. } | Cue::Byline => {
            format!("--quote {}", quoted(&suggestion.quotation.exact))
        }
        Cue::Overlap {
            method, permille, ..
        } => format!(
            "--basis textOverlap --method {} --permille {permille}",
            quoted(method)
        ),
    };
    let command = format!(
        "claimledger source relate {} {} {} {known}",
        plain_name(session, from)?,
        suggestion.relation,
        plain_name(session, &to)?,
    );
    let (mut called, mut standing) = (None, None);
    if let Some(fact) = session.view().statement(&to)? {
        let title = corroboration::short_title(&*session.statement(fact.index)?);
        called = title.map(|title| each_source::called(fact.index, &title).first);
        standing = Some(line::one(session, fact.index, session.head().size)?.standing);
    }
    Ok(Help {
        suggestion,
        called,
        standing,
        command: Some(command),
    })
}

/// A name, quoted for a shell: `#` would begin a comment.
fn plain_name(session: &Session, id: &StatementId) -> Result<String, Error> {
    let name = session.name_of(id)?;
    Ok(name.strip_prefix('#').unwrap_or(&name).to_owned())
}

/// Words between single quotes, as a POSIX shell reads them.
fn quoted(words: &str) -> String {
    format!("'{}'", words.replace('\'', r"'\''"))
}
