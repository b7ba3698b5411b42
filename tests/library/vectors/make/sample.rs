//! A statement of every type with every field that fits, as JSON.

use super::{base64, id, pae, public, sha256, sign};
use serde_json::{Value, json};

/// The smallest claim; most broken statements are one change away from it.
pub fn claim() -> String {
    let body = json!({
        "about": "fact", "claimants": "unknown", "text": "The bridge is closed.", "wording": "reported",
    });
    let mut statement = frame("claim.add", &body);
    let frame = statement.as_object_mut().unwrap();
    frame.remove("label");
    statement.to_string()
}

/// A statement of a type; its body as [`bodies`] has it.
pub fn text(statement_type: &str) -> String {
    let bodies = bodies();
    let (word, body) = bodies
        .iter()
        .find(|(word, _)| *word == statement_type)
        .unwrap();
    frame(word, body).to_string()
}

/// The frame around a body. `serde_json` sorts fields, which is RFC 8785's order for ASCII names.
pub fn frame(statement_type: &str, body: &Value) -> Value {
    let mut frame = json!({
        "body": body,
        "issued": "2026-01-31T12:00:00Z",
        "key": base64(&public(1)),
        "label": "a-label",
        "type": statement_type,
    });
    if statement_type != "ledger.create" {
        frame["ledger"] = id(0).into();
        frame["seen"] = json!({ "root": id(3), "size": 2 });
    }
    frame
}

/// The id of a statement.
pub fn statement_id(text: &str) -> String {
    super::hex(&sha256(&[&pae(text.as_bytes())]))
}

fn keys(bytes: &[u8]) -> Vec<String> {
    let mut keys: Vec<[u8; 32]> = bytes.iter().map(|byte| public(*byte)).collect();
    keys.sort_unstable();
    keys.iter().map(|key| base64(key)).collect()
}

fn correction() -> Value {
    json!({
        "kind": "correction", "noticedBy": { "sealed": id(9) }, "reported": "2026-01", "supersedes": id(7),
        "wasWrong": "the date",
    })
}

fn excerpt() -> Value {
    json!({ "end": 7, "quote": "w\u{f6}rds", "start": 2, "text": id(4) })
}

fn snapshot() -> Value {
    json!({
        "bytes": 12, "captured": "2026-01-02T03:04:05Z", "capturedBy": "B. Writer",
        "fetched": {
            "headers": ["content-type: text/html"], "status": 200, "url": "https://desk.example/page",
        },
        "holding": "held", "mediaType": "text/html", "method": "reader 1.0", "sha256": id(4),
        "text": { "extractor": "reader 1.0", "sha256": id(5) },
    })
}

fn organisation() -> Value {
    json!({
        "correctionsPolicy": "https://desk.example/corrections", "languages": ["en", "pt-BR"], "name": "The Desk",
        "organisation": "desk", "url": "https://desk.example/",
    })
}

/// A checkpoint of another ledger, signed by the key of seed 8.
pub fn observed(origin: &str) -> Value {
    let text = format!("{origin}\n3\n{}\n", base64(&[1; 32]));
    let note = super::note::note(&text, &[super::note::line(origin, 8, &text)]);
    json!({ "checkpoint": note, "origin": origin, "vkey": super::note::vkey(origin, 8) })
}

/// One body for each type.
pub fn bodies() -> Vec<(&'static str, Value)> {
    let mut all = keys_and_settings();
    all.extend(sources_and_claims());
    all.extend(verdicts());
    all
}

fn keys_and_settings() -> Vec<(&'static str, Value)> {
    let signature = base64(&sign(3, b"words"));
    vec![
        (
            "ledger.create",
            json!({
                "checkpointKey": base64(&public(2)), "holder": "anna", "name": "Anna A.",
                "organisation": organisation(), "origin": "desk.example/facts",
                "recovery": { "keys": keys(&[3, 4]), "threshold": 2 }, "rules": 1,
                "succeeds": { "ledger": id(1), "origin": "desk.example/old", "root": id(1), "size": 5 },
                "title": "Facts",
            }),
        ),
        ("organisation.set", organisation()),
        (
            "key.enroll",
            json!({
                "holder": "ben", "key": base64(&public(3)), "name": "Ben B.", "organisation": "desk",
                "possession": signature, "roles": ["editor", "reviewer"],
            }),
        ),
        (
            "key.rotate",
            json!({ "newKey": base64(&public(4)), "possession": signature }),
        ),
        (
            "key.revoke",
            json!({
                "distrustFrom": 4, "key": base64(&public(3)), "note": "a stolen laptop", "reason": "compromised",
            }),
        ),
        (
            "key.recover",
            json!({
                "holder": "anna", "lastKeyEvent": 4, "name": "Anna A.",
                "revoked": [{ "distrustFrom": 3, "key": base64(&public(3)) }],
                "signatures": [{ "key": base64(&public(4)), "signature": signature }],
            }),
        ),
        (
            "checkpoint.rotate",
            json!({ "newKey": base64(&public(4)), "possession": signature }),
        ),
        ("checkpoint.retire", json!({ "key": base64(&public(2)) })),
        ("rules.upgrade", json!({ "rules": 2 })),
        (
            "scale.set",
            json!({
                "direction": "higherIsTruer",
                "entries": [
                    {
                        "code": "true", "definition": "It is so.", "label": "True", "needs": "support", "number": 5,
                    },
                    { "code": "unproven", "label": "Unproven", "needs": "neither" },
                ],
                "language": "en", "organisation": "desk", "scale": "five-step", "title": "Five steps", "version": 1,
            }),
        ),
        (
            "policy.set",
            json!({
                "approvals": 1, "approvalsFrom": ["other"], "conflictsDeclared": true, "correctionDays": 7,
                "evidenceFrom": ["other"], "evidenceNeeded": false, "holders": 1, "organisation": "desk",
                "organisations": 1, "roles": ["editor"], "scales": [id(6)], "tracedOrigins": 0,
            }),
        ),
    ]
}

fn sources_and_claims() -> Vec<(&'static str, Value)> {
    vec![
        (
            "source.add",
            json!({
                "archivedAt": ["https://archive.example/1"], "authors": ["B. Writer"], "capture": { "captured": snapshot() }, "correction": correction(),
                "kind": "article", "language": "en", "published": "2026-01-15", "publisher": "The Paper",
                "title": "A report", "translatedBy": { "machine": "engine 2" }, "unnamed": "safety",
                "url": "https://paper.example/report",
            }),
        ),
        (
            "source.capture",
            json!({
                "quotations": [
                    { "state": "there", "statement": id(4) },
                    { "end": 9, "start": 4, "state": "moved", "statement": id(5) },
                ],
                "snapshot": snapshot(), "source": id(1),
            }),
        ),
        (
            "source.transcribe",
            json!({
                "by": "Lena L.", "correction": correction(), "language": "ru", "of": id(4), "source": id(1),
                "text": id(5), "tool": "reader 3.1",
            }),
        ),
        (
            "snapshot.withhold",
            json!({ "reason": "a court order", "sha256": id(4), "source": id(1) }),
        ),
        (
            "source.relate",
            json!({
                "basis": { "stated": excerpt() }, "claim": id(3), "correction": correction(), "from": id(1),
                "note": "the third paragraph", "relation": "wasQuotedFrom", "to": id(2),
            }),
        ),
        (
            "origin.assess",
            json!({
                "assessment": "speaksForClaimant", "claim": id(3), "correction": correction(),
                "how": "it is the press service", "source": id(1),
            }),
        ),
        (
            "claim.add",
            json!({
                "about": "forecast", "appearedIn": [id(1), id(2)],
                "claimants": { "named": [{ "name": "A. Minister", "role": "minister" }] },
                "correction": correction(), "due": "2027", "language": "en", "made": "2026-01-14",
                "original": { "language": "ru", "text": "\u{441}\u{43b}\u{43e}\u{432}\u{430}" },
                "text": "It will be held within six months.", "topics": ["referendum"], "wording": "translated",
            }),
        ),
        (
            "claim.relate",
            json!({
                "correction": correction(), "from": id(1), "note": "the shorter one", "relation": "variantOf",
                "to": format!("other.example/facts#{}", id(2)),
            }),
        ),
        (
            "evidence.add",
            json!({
                "claim": id(3), "correction": correction(), "excerpt": excerpt(), "note": "second paragraph",
                "source": id(1), "stance": "supports", "via": [id(2)],
            }),
        ),
    ]
}

fn verdicts() -> Vec<(&'static str, Value)> {
    let counts =
        json!({ "circular": 0, "documents": 1, "independent": 0, "ownWord": 1, "untraced": 0 });
    vec![
        (
            "verdict.issue",
            json!({
                "adopts": id(7), "claim": id(3), "conflict": "none",
                "contact": { "asked": { "on": "2026-01-20", "reply": id(1) } }, "correction": correction(),
                "corroboration": {
                    "inputs": id(2), "method": 1, "refutation": counts, "support": counts,
                },
                "evidence": [id(4), id(5)], "limits": "the original was not seen", "rating": "unproven",
                "reasons": "nobody saw it", "scale": id(6),
            }),
        ),
        (
            "verdict.attest",
            json!({
                "conflict": { "declared": "a cousin" }, "decision": "recuse", "exemption": "no origin can be had",
                "note": "see the memo", "verdict": id(5),
            }),
        ),
        (
            "verdict.publish",
            json!({
                "despite": "the page was up already", "page": id(1), "published": "2026-02-01T10:00:00Z", "url": "https://desk.example/1",
                "verdict": id(5),
            }),
        ),
        (
            "withdraw",
            json!({ "reason": "a mistake", "target": id(5) }),
        ),
        (
            "dispute.open",
            json!({
                "evidence": [id(4)], "grounds": "sourceNotIndependent", "note": "they share an agency",
                "target": id(5),
            }),
        ),
        (
            "dispute.answer",
            json!({ "dispute": id(8), "note": "they do", "outcome": "upheld" }),
        ),
        (
            "review.record",
            json!({
                "author": "Other Desk", "claim": id(3), "claimText": "It was held.", "correction": correction(),
                "language": "en", "published": "October 8, 2018",
                "rating": { "best": "5", "label": "False", "value": "1.0", "worst": "-1" },
                "raw": { "at": "script 2 /@graph/0", "bytes": 3, "mediaType": "application/ld+json", "sha256": id(1) },
                "url": "https://other.example/review",
            }),
        ),
        ("checkpoint.observe", observed("other.example/facts")),
    ]
}
