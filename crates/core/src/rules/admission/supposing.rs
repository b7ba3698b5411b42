//! The ledger as it would be if the next entry distrusted a key. Used before the key is revoked; changes nothing.

use super::{became, distrust};
use crate::model::{StatementId, StatementType};
use crate::rules::earlier::Earlier;
use crate::rules::state::Changes;
use crate::rules::statement::{Distrusted, Says, Signer, StatementFact};
use crate::rules::view::{Overlay, View};
use crate::tlog::{EntryIndex, TreeSize};

/// A log of `size` entries with one more, which distrusts the key that entry `key` introduced, from entry `from` on. As with a
/// recovery, nothing can void that entry. What the ledger got after `size` entries is left out.
pub fn supposing_distrust<V: View>(
    view: &V,
    size: TreeSize,
    key: EntryIndex,
    from: EntryIndex,
) -> Result<Overlay<Earlier<'_, V>>, V::Error> {
    let view = Earlier::new(view, size);
    let last = size.last().map(|last| view.entry(last)).transpose()?;
    let last = last.flatten();
    let nobody = Signer {
        key: EntryIndex::FIRST,
        holder: EntryIndex::FIRST,
        organisation: EntryIndex::FIRST,
    };
    let supposed = StatementFact {
        id: StatementId::from_bytes([0; 32]),
        index: size.next(),
        time: last
            .as_ref()
            .map_or_else(Default::default, |last| last.time),
        issued: last.map_or(0, |last| last.issued),
        statement_type: StatementType::KeyRecover,
        by: nobody,
        correction: None,
        says: Says::Distrust(vec![Distrusted { since: key, from }]),
    };
    let mut changes = Changes::default();
    changes.put_statement(supposed.clone());
    let turned = distrust::follow(&view, &supposed, &mut changes)?;
    became::follow(&view, &supposed, turned, &mut changes)?;
    let mut after = Overlay::new(view);
    after.apply(&changes);
    Ok(after)
}
