//! The ledger as it would be if the next entries distrusted a key, or withdrew statements. Used before a person signs;
//! changes nothing.

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
    let supposed = StatementFact {
        statement_type: StatementType::KeyRecover,
        says: Says::Distrust(vec![Distrusted { since: key, from }]),
        ..next(&view, size)?
    };
    let mut changes = Changes::default();
    changes.put_statement(supposed.clone());
    let turned = distrust::follow(&view, &supposed, &mut changes)?;
    became::follow(&view, &supposed, turned, &mut changes)?;
    let mut after = Overlay::new(view);
    after.apply(&changes);
    Ok(after)
}

/// A log of `size` entries with further ones that withdraw these statements, in this order. Nothing distrusts them.
pub fn supposing_withdrawals<'v, V: View>(
    view: &'v V,
    size: TreeSize,
    targets: &[EntryIndex],
) -> Result<Overlay<&'v V>, V::Error> {
    let mut after = Overlay::new(view);
    let mut size = size;
    for target in targets {
        let supposed = StatementFact {
            says: Says::Withdrawal { target: *target },
            ..next(&after, size)?
        };
        let mut changes = Changes::default();
        changes.put_statement(supposed.clone());
        became::follow(&after, &supposed, Vec::new(), &mut changes)?;
        after.apply(&changes);
        size = supposed.index.size_through();
    }
    Ok(after)
}

/// The next entry: a withdrawal of nothing yet, by the founder's first key, which nothing can void.
fn next<V: View>(view: &V, size: TreeSize) -> Result<StatementFact, V::Error> {
    let last = size.last().map(|last| view.entry(last)).transpose()?;
    let last = last.flatten();
    Ok(StatementFact {
        id: StatementId::from_bytes([0; 32]),
        index: size.next(),
        time: last
            .as_ref()
            .map_or_else(Default::default, |last| last.time),
        issued: last.map_or(0, |last| last.issued),
        statement_type: StatementType::Withdraw,
        by: Signer {
            key: EntryIndex::FIRST,
            holder: EntryIndex::FIRST,
            organisation: EntryIndex::FIRST,
        },
        correction: None,
        says: Says::Nothing,
    })
}
