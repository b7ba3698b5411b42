//! What others hold in place and what they do not, a row each: witnesses, and copies of other ledgers.

use super::{Case, Row, fault, note};
use claimledger_core::audit::finding::code;
use claimledger_core::crypto::SecretKey;
use claimledger_core::encoding::text::Text;
use claimledger_core::entry::Entry;
use claimledger_core::log::names::COSIGNED;
use claimledger_core::model::foreign::Observe;
use claimledger_core::model::relation::{ClaimRelate, ClaimRelation};
use claimledger_core::model::{Reference, StatementId};
use claimledger_core::tlog::checkpoint::SignedCheckpoint;
use claimledger_core::tlog::cosignature::{self, WitnessKey};
use claimledger_core::tlog::note::VerifierKey;
use claimledger_core::tlog::policy::WitnessPolicy;
use claimledger_testing::{FOUNDER, NOW, ORIGIN, forge, key, say};

/// The witness of a seed.
fn witness(seed: u8) -> WitnessKey {
    WitnessKey::new(say::word("witness.example/w"), key(seed).public())
}

/// A policy that asks for these witnesses, all of them.
fn asking(case: &mut Case, seeds: &[u8]) {
    let mut text = String::new();
    for seed in seeds {
        text.push_str(&format!("witness w{seed} {}\n", witness(*seed)));
    }
    let names: Vec<String> = seeds.iter().map(|seed| format!("w{seed}")).collect();
    text.push_str(&format!("group g all {}\nquorum g\n", names.join(" ")));
    case.options.witnesses = Some(WitnessPolicy::parse(text.as_bytes()).unwrap());
}

/// A signed head with a cosignature that names the witness of a seed and was made with `by`.
fn cosigned(head: &[u8], seed: u8, by: &SecretKey) -> Vec<u8> {
    let head = SignedCheckpoint::parse(head).unwrap();
    let sign = |message: &[u8]| Ok::<_, claimledger_core::tlog::Error>(by.sign(message));
    let line = cosignature::cosign(&head.note().text, NOW.seconds(), &witness(seed), sign).unwrap();
    head.with_signatures(&[line]).to_bytes()
}

/// Keeps the head of the first entries as cosigned by a witness.
fn kept(case: &Case, size: usize, seed: u8) {
    let head = forge::head(&case.entries[..size]);
    case.put(COSIGNED, &cosigned(&head, seed, &key(seed)));
}

pub(super) fn witnesses() -> Vec<Row> {
    vec![
        Row(
            "an earlier head met the quorum",
            |case| {
                asking(case, &[40]);
                kept(case, 12, 40);
            },
            vec![],
        ),
        Row(
            "the checkpoint itself is cosigned",
            |case| {
                asking(case, &[40]);
                let bytes = cosigned(&case.read("checkpoint"), 40, &key(40));
                case.put("checkpoint", &bytes);
            },
            vec![],
        ),
        Row(
            "nobody cosigned",
            |case| asking(case, &[40]),
            vec![fault(code::QUORUM_NOT_MET, "checkpoint")],
        ),
        Row(
            "one of two cosigned",
            |case| {
                asking(case, &[40, 41]);
                kept(case, 13, 40);
            },
            vec![fault(code::QUORUM_NOT_MET, COSIGNED)],
        ),
        Row(
            "a cosignature is not the witness's",
            |case| {
                asking(case, &[40]);
                let head = forge::head(&case.entries);
                case.put(COSIGNED, &cosigned(&head, 40, &key(41)));
            },
            vec![
                fault(code::COSIGNATURE_INVALID, COSIGNED),
                fault(code::QUORUM_NOT_MET, COSIGNED),
            ],
        ),
        Row(
            "what is kept as cosigned is no note",
            |case| case.put(COSIGNED, b"rot"),
            vec![fault(code::COSIGNED_INVALID, COSIGNED)],
        ),
        Row(
            "what is kept as cosigned is signed by another key",
            |case| {
                let head = forge::head_by(&case.entries, ORIGIN, &key(9));
                case.put(COSIGNED, &head);
            },
            vec![fault(code::COSIGNED_INVALID, COSIGNED)],
        ),
        Row(
            "witnesses have seen more entries than there are",
            |case| {
                let mut more = case.entries.clone();
                more.push(more[12].clone());
                case.put(COSIGNED, &forge::head(&more));
            },
            vec![fault(code::NOT_A_CONTINUATION, COSIGNED)],
        ),
        Row(
            "witnesses have seen another history",
            |case| {
                let mut other = case.entries[..12].to_vec();
                forge::change(&mut other, 8, forge::later(1));
                case.put(COSIGNED, &forge::head(&other));
            },
            vec![fault(code::NOT_A_CONTINUATION, COSIGNED)],
        ),
        Row(
            "a witness of the policy signs statements here",
            |case| {
                asking(case, &[FOUNDER]);
                kept(case, 13, FOUNDER);
            },
            vec![fault(code::WITNESS_ENROLLED, "checkpoint")],
        ),
        Row(
            "one who cosigned signs statements here",
            |case| kept(case, 13, FOUNDER),
            vec![fault(code::WITNESS_ENROLLED, "checkpoint")],
        ),
    ]
}

/// Puts an observation of this head, by the ledger's key, in the last entry's place.
fn observe(case: &mut Case, head: Vec<u8>) {
    let origin = say::word(ORIGIN);
    let vkey = VerifierKey::new(origin, *case.ledger.head().vkey.key());
    let observe = Observe {
        checkpoint: Text::new(String::from_utf8(head).unwrap()).unwrap(),
        origin: say::word(ORIGIN),
        vkey: Text::new(vkey.to_string()).unwrap(),
    };
    case.last(observe, None);
}

/// Puts a relation of the claim in entry 8 to one elsewhere in the last entry's place.
fn relate(case: &mut Case, to: StatementId) {
    let claim = Entry::decode(&case.entries[8]).unwrap().envelope().unwrap();
    let relate = ClaimRelate {
        correction: None,
        from: claim.id(),
        note: None,
        relation: ClaimRelation::SameAs,
        to: Reference::Elsewhere(say::word(ORIGIN), to),
    };
    case.last(relate, None);
}

pub(super) fn other_ledgers() -> Vec<Row> {
    vec![
        Row(
            "an observed head is one of the mirror's",
            |case| {
                case.mirror(12);
                let head = forge::head(&case.entries[..11]);
                observe(case, head);
            },
            vec![],
        ),
        Row(
            "the mirror ends before the observed head: nobody can tell",
            |case| {
                case.mirror(10);
                let head = forge::head(&case.entries[..11]);
                observe(case, head);
            },
            vec![],
        ),
        Row(
            "an observed head is none of the mirror's",
            |case| {
                case.mirror(12);
                let mut other = case.entries[..11].to_vec();
                forge::change(&mut other, 8, forge::later(1));
                observe(case, forge::head(&other));
            },
            vec![note(code::OBSERVED_DIFFERS, "entry 12")],
        ),
        Row(
            "a statement named elsewhere stands in the mirror",
            |case| {
                case.mirror(12);
                let named = Entry::decode(&case.entries[5]).unwrap();
                let named = named.envelope().unwrap().id();
                relate(case, named);
            },
            vec![],
        ),
        Row(
            "a statement named elsewhere is not in the mirror",
            |case| {
                case.mirror(12);
                relate(case, StatementId::from_pae(b"nothing that anybody said"));
            },
            vec![note(code::FOREIGN_UNKNOWN, "entry 12")],
        ),
        Row(
            "there is no mirror: nobody can tell",
            |case| relate(case, StatementId::from_pae(b"nothing that anybody said")),
            vec![],
        ),
    ]
}
