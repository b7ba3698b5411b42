//! Machine translations whose original was never held here.

use super::graph::Graph;
use super::merge::Units;
use super::walk::Walk;
use crate::model::relation::SourceRelation;
use std::collections::BTreeMap;

/// The machine translations within reach of a side whose original was never held. The original is the source that they
/// (or, if they name none, a copy of them) are recorded as translating.
pub(crate) fn without_original(graph: &Graph, units: &Units, walk: &Walk) -> Vec<usize> {
    let (mut of_source, mut of_unit) = (BTreeMap::new(), BTreeMap::new());
    let translations = graph.relations.iter();
    for edge in translations.filter(|e| e.relation == SourceRelation::TranslationOf) {
        let (from, to) = (units.source(&edge.from), units.source(&edge.to));
        let held = !units.never_held[to];
        *of_source.entry(from).or_insert(false) |= held;
        *of_unit.entry(units.unit_of[from]).or_insert(false) |= held;
    }
    let unheld = |source: &usize| {
        let unit = units.unit_of[*source];
        let original = of_source.get(source).or_else(|| of_unit.get(&unit));
        units.machine_translated[*source]
            && walk.reached[unit]
            && !original.is_some_and(|held| *held)
    };
    (0..units.ids.len()).filter(unheld).collect()
}
