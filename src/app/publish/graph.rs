//! The corroboration of a claim as a graph: what the table shows of each source, the evidence from it, and what it rests on.

use crate::app::read::corroboration::Corroborated;
use crate::app::{Error, Session};
use crate::formats::graphml::AttributedGraph;
use claimledger_core::model::StatementId;
use claimledger_core::rules::View as _;
use std::collections::{BTreeMap, BTreeSet};

/// The graph of an answer. A node is an entry: `n12`.
pub fn graph(session: &Session, found: &Corroborated) -> Result<AttributedGraph, Error> {
    let claim = format!("n{}", found.claim.index);
    let mut made = AttributedGraph {
        attributes: vec![
            ("corroboration", found.report.sentence.raw()),
            ("organisation", found.counting.organisation.clone()),
            ("entries", found.at.to_string()),
        ],
        nodes: vec![(
            claim.clone(),
            vec![
                ("kind", "claim".to_owned()),
                ("entry", found.claim.index.to_string()),
                ("id", found.claim.id.clone()),
                ("text", found.text.raw()),
                ("standing", found.claim.standing.words.raw()),
            ],
        )],
        edges: Vec::new(),
    };
    let mut stances = BTreeMap::new();
    for evidence in &found.graph.evidence {
        let fact = session.view().statement(&evidence.id)?;
        stances.extend(fact.map(|fact| (fact.index, evidence.stance)));
    }
    let mut there = BTreeSet::from([found.claim.index]);
    for row in &found.sources {
        let node = format!("n{}", row.entry);
        if there.insert(row.entry) {
            let mut attributes = vec![
                ("kind", "source".to_owned()),
                ("entry", row.entry.to_string()),
                ("id", row.id.to_string()),
                ("title", row.title.raw()),
                ("publisher", row.publisher.raw()),
                ("counts", row.counts.raw()),
                ("standing", row.standing.words.raw()),
            ];
            let label = row.label.iter();
            attributes.extend(label.map(|label| ("label", label.clone())));
            let published = row.published.iter();
            attributes.extend(published.map(|day| ("published", day.clone())));
            let stances: Vec<String> = row.stances.iter().map(ToString::to_string).collect();
            if !stances.is_empty() {
                attributes.push(("stances", stances.join(", ")));
            }
            made.nodes.push((node.clone(), attributes));
        }
        for evidence in &row.evidence {
            // Evidence that is left out is no edge of what was computed; its row has its stance alone.
            let stance = stances.get(evidence).or(row.stances.first());
            let mut attributes = vec![
                ("kind", "evidence".to_owned()),
                ("entry", evidence.to_string()),
            ];
            attributes.extend(stance.map(|stance| ("stance", stance.to_string())));
            made.edges.push((node.clone(), claim.clone(), attributes));
        }
        for below in &row.rests_on {
            let attributes = vec![("kind", "restsOn".to_owned())];
            made.edges
                .push((node.clone(), format!("n{below}"), attributes));
        }
        if let Some(other) = row.one_origin_with {
            let attributes = vec![("kind", "oneOrigin".to_owned())];
            made.edges.push((node, format!("n{other}"), attributes));
        }
    }
    for relation in &found.graph.relations {
        let (Some(from), Some(to)) = (
            entry(session, &relation.from)?,
            entry(session, &relation.to)?,
        ) else {
            continue;
        };
        let attributes = vec![
            ("kind", "relation".to_owned()),
            ("relation", relation.relation.as_str().to_owned()),
        ];
        made.edges.push((from, to, attributes));
    }
    // An end of an edge that has no row of its own is a node all the same.
    let nodes: BTreeSet<String> = made.nodes.iter().map(|(id, _)| id.clone()).collect();
    let mut ends: BTreeSet<String> = BTreeSet::new();
    for (from, to, _) in &made.edges {
        ends.extend([from.clone(), to.clone()]);
    }
    let missing = ends.difference(&nodes);
    let bare = missing.map(|id| {
        let entry = id.trim_start_matches('n').to_owned();
        (
            id.clone(),
            vec![("kind", "source".to_owned()), ("entry", entry)],
        )
    });
    let bare: Vec<_> = bare.collect();
    made.nodes.extend(bare);
    Ok(made)
}

fn entry(session: &Session, id: &StatementId) -> Result<Option<String>, Error> {
    let fact = session.view().statement(id)?;
    Ok(fact.map(|fact| format!("n{}", fact.index)))
}
