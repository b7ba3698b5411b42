//! The drawing of an answer on corroboration, for readers.

use super::corroboration::{Corroborated, PUBLISHER_CHARACTERS, clipped};
use super::each_source::called;
use crate::app::{Error, Session};
use claimledger_core::Message;
use claimledger_core::corroboration::svg::{self, Card};
use claimledger_core::corroboration::{Called, CorroborationReport};
use claimledger_core::model::{Body, StatementId};
use claimledger_core::rules::View as _;
use std::collections::BTreeMap;

/// Draws an answer for readers, who do not know the desk's labels. `link` says where the box of a source leads, if it leads
/// anywhere.
pub fn draw(
    session: &Session,
    found: &Corroborated,
    link: &dyn Fn(&StatementId) -> Option<String>,
) -> Result<String, Error> {
    let (mut names, mut cards) = (BTreeMap::new(), BTreeMap::new());
    let view = session.view();
    for source in &found.graph.sources {
        let Some(fact) = view.statement(&source.id)? else {
            continue;
        };
        let statement = session.statement(fact.index)?;
        if let Body::SourceAdd(body) = &statement.body {
            // the box has the title
            let publisher = clipped((&body.publisher).into(), PUBLISHER_CHARACTERS);
            names.insert(source.id, called(fact.index, &publisher));
            let card = Card {
                number: format!("#{}", fact.index),
                publisher: (&body.publisher).into(),
                title: (&body.title).into(),
                published: body.published.as_ref().map(ToString::to_string),
                link: link(&source.id),
            };
            cards.insert(source.id, card);
        }
    }
    for evidence in &found.graph.evidence {
        if let Some(fact) = view.statement(&evidence.id)? {
            names.insert(
                evidence.id,
                Called::from(Message::from(format!("#{}", fact.index))),
            );
        }
    }
    let name_of = |id: &StatementId| match names.get(id) {
        Some(called) => called.clone(),
        None => Called::from(Message::from(id.short())),
    };
    let card = |id: &StatementId| match cards.get(id) {
        Some(card) => card.clone(),
        None => Card {
            number: id.short(),
            ..Card::default()
        },
    };
    let report = CorroborationReport::new(&found.graph, &name_of, found.requirement)
        .map_err(|why| super::corroboration::too_large(why, found.at))?;
    Ok(svg::draw(&found.graph, &report, &found.text, &card))
}
