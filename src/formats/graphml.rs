//! GraphML (graphml.graphdrawing.org, 2007): a directed graph whose nodes and edges have named attributes.

use super::xml::WrittenElement;
use std::collections::BTreeMap;

/// Names and values.
pub type GraphAttributes = Vec<(&'static str, String)>;

/// A graph. Attributes that are missing are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AttributedGraph {
    /// Its own attributes.
    pub attributes: GraphAttributes,
    /// Each node: its id, and its attributes.
    pub nodes: Vec<(String, GraphAttributes)>,
    /// Each edge: from, to, and its attributes.
    pub edges: Vec<(String, String, GraphAttributes)>,
}

/// The graph as a document. Every attribute is text.
pub fn graphml(graph: &AttributedGraph) -> String {
    let mut keys = Keys::default();
    let mut inside = WrittenElement::new("graph").with("edgedefault", "directed");
    for data in keys.data("graph", &graph.attributes) {
        inside.push(data);
    }
    for (id, attributes) in &graph.nodes {
        let node = WrittenElement::new("node").with("id", &**id);
        inside.push(node.holding(keys.data("node", attributes)));
    }
    for (number, (from, to, attributes)) in graph.edges.iter().enumerate() {
        let edge = WrittenElement::new("edge")
            .with("id", format!("e{number}"))
            .with("source", &**from)
            .with("target", &**to);
        inside.push(edge.holding(keys.data("edge", attributes)));
    }
    WrittenElement::new("graphml")
        .with("xmlns", "http://graphml.graphdrawing.org/xmlns")
        .holding(keys.declared())
        .holding([inside])
        .document()
}

/// The attributes that occur, each with the id of its declaration.
#[derive(Default)]
struct Keys(BTreeMap<(&'static str, &'static str), String>);

impl Keys {
    fn data(
        &mut self,
        of: &'static str,
        attributes: &[(&'static str, String)],
    ) -> Vec<WrittenElement> {
        let mut data = Vec::new();
        for (name, value) in attributes {
            let id = self
                .0
                .entry((of, name))
                .or_insert_with(|| format!("{of}-{name}"));
            data.push(WrittenElement::text("data", &**value).with("key", &**id));
        }
        data
    }

    fn declared(&self) -> Vec<WrittenElement> {
        let all = self.0.iter();
        all.map(|((of, name), id)| {
            WrittenElement::new("key")
                .with("id", &**id)
                .with("for", *of)
                .with("attr.name", *name)
                .with("attr.type", "string")
        })
        .collect()
    }
}
