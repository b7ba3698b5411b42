// A statement: one JSON object in its one spelling, of a known type, whose fields agree.
import { CannotTell, Refused, must, refuse } from './answer.js';
import { base64, fromUtf8 } from './bytes.js';
import { isEnrollable } from './ed25519.js';
import { parse, print } from './json.js';
import { BODIES, frame, named } from './model.js';
import { isSameCode } from './unicode.js';
import { object } from './values.js';
import { openNote, readCheckpoint, readNote, readVerifierKey } from './note.js';

/**
 * @typedef {object} Statement
 * @property {string} type
 * @property {any} body
 * @property {string} issued
 * @property {string} key base64
 * @property {string} [label]
 * @property {string} [ledger]
 * @property {{root: string, size: number}} [seen]
 * @property {string[]} unsure what could not be judged, one sentence each
 */

const NEEDS_SEEN = ['verdict.issue', 'verdict.attest', 'withdraw', 'dispute.open', 'dispute.answer'];

/** @param {Uint8Array} payload @returns {Promise<Statement>} */
export async function readStatement(payload) {
  must(payload.length <= 65382, 'too-long', 'a statement of over 65,382 bytes');
  const text = fromUtf8(payload) ?? refuse('not-utf8', 'not UTF-8');
  const value = parse(text);
  /** @type {(() => void) | undefined} */
  let readBody;
  object({
    body: (body) => {
      readBody = () => {
        const type = BODIES[Object.hasOwn(BODIES, value.type) ? value.type : ''];
        (type ?? refuse('unknown-type', 'a type that this version does not know'))(body);
      };
    },
    issued: frame.issued,
    key: frame.key,
    'label?': frame.label,
    'ledger?': frame.ledger,
    'seen?': frame.seen,
    type: (type) => must(typeof type === 'string', 'wrong-shape', 'the type is not a text'),
  })(value);
  readBody?.();
  must(print(value) === text, 'not-canonical', 'not the RFC 8785 spelling');
  const { type, body, ledger, seen } = value;
  const first = type === 'ledger.create';
  agree(first === (ledger === undefined), 'every statement but ledger.create names its ledger');
  agree(!first || !seen, 'entry 0 has seen nothing');
  agree(seen || !NEEDS_SEEN.includes(type), 'it must say which head its signer had seen');
  value.unsure = [];
  try {
    await CHECKS[type]?.(body);
  } catch (problem) {
    if (!(problem instanceof CannotTell)) throw problem;
    value.unsure.push(problem.message);
  }
  return value;
}

/** @param {any} holds @param {string} words */
const agree = (holds, words) => must(holds, 'fields-disagree', words);

/**
 * A set is in ascending order: texts by their UTF-8, keys by their bytes.
 * @param {any[] | undefined} items
 * @param {(one: any, other: any) => boolean} [below]
 */
const ascending = (items = [], below = isBelow) => {
  const sorted = items.every((item, i) => i === 0 || below(items[i - 1], item));
  must(sorted, 'list-order', 'a list that must ascend without repetition does not');
};

/** By code points, which is the order of UTF-8 too. @param {string} one @param {string} other */
export function isBelow(one, other) {
  // Up to here, the order of UTF-16 is the same.
  if (!/[\ud800-\uffff]/.test(one + other)) return one < other;
  const [a, b] = [Array.from(one), Array.from(other)];
  const at = a.findIndex((c, i) => c !== b[i]);
  if (at < 0) return a.length < b.length;
  return (
    b[at] !== undefined && /** @type {number} */ (a[at].codePointAt(0)) < /** @type {number} */ (b[at].codePointAt(0))
  );
}
/** @param {string} one @param {string} other base64 */
const isKeyBelow = (one, other) => {
  const [a, b] = [base64(one), base64(other)];
  const at = a.findIndex((byte, i) => byte !== b[i]);
  return at >= 0 && a[at] < b[at];
};

/** @param {string} key */
const enrollable = (key) => must(isEnrollable(base64(key)), 'bad-key', 'a key that may not be enrolled');

/** @param {any} excerpt */
function checkExcerpt({ start, end, quote }) {
  agree(start < end, 'the start of an excerpt is before its end');
  agree(
    typeof quote !== 'string' || Array.from(quote).length === end - start,
    'positions span as many code points as the quotation has',
  );
}

/** @param {any} snapshot */
function checkSnapshot(snapshot) {
  const { archiveProofs, fetched, holding, noText, text } = snapshot;
  agree(!text || !noText, 'a snapshot has a text, or says why it has none');
  agree(
    holding === 'held' || (!text && !archiveProofs),
    'bytes of which only the digest is kept have no text and no proofs',
  );
  const ordered = (archiveProofs ?? []).every(
    (/** @type {any} */ p, /** @type {number} */ i) => !i || archiveProofs[i - 1].what < p.what,
  );
  agree(ordered, 'the proofs of a web archive are in the order of their names');
  agree(!fetched || (fetched.status >= 100 && fetched.status < 1000), 'an HTTP status has three digits');
  for (const header of fetched?.headers ?? [])
    agree(typeof header !== 'string' || /^[A-Za-z0-9!#$%&'*+.^_`|~-]+:/.test(header), 'a header field is name: value');
}

/**
 * The digest of the text that excerpts of a snapshot quote, if it has one.
 * @param {any} snapshot
 * @returns {string | undefined}
 */
export const textOf = ({ holding, mediaType, noText, sha256, text }) =>
  holding === 'held' ? (text ? text.sha256 : !noText && mediaType === 'text/plain' ? sha256 : undefined) : undefined;

/** What must hold within a body, by type. @type {Record<string, (body: any) => void | Promise<void>>} */
const CHECKS = {
  'ledger.create': ({ checkpointKey, organisation, recovery }) => {
    enrollable(checkpointKey);
    ascending(organisation.languages);
    if (!recovery) return;
    ascending(recovery.keys, isKeyBelow);
    recovery.keys.forEach(enrollable);
    agree(
      recovery.threshold >= 1 && recovery.threshold <= recovery.keys.length,
      'the threshold is from 1 to the number of keys',
    );
  },
  'organisation.set': ({ languages }) => ascending(languages),
  'key.enroll': ({ key, roles }) => {
    enrollable(key);
    ascending(roles);
    agree(!roles.includes('importer') || roles.length === 1, 'an importer has no other role');
  },
  'key.rotate': ({ newKey }) => enrollable(newKey),
  'key.revoke': ({ reason, distrustFrom }) =>
    agree(
      (reason === 'compromised') === (distrustFrom !== undefined),
      'a compromised key, and only such a one, is distrusted from an entry',
    ),
  'key.recover': ({ revoked, signatures }) => {
    ascending(
      revoked.map((/** @type {any} */ r) => r.key),
      isKeyBelow,
    );
    ascending(
      signatures.map((/** @type {any} */ s) => s.key),
      isKeyBelow,
    );
  },
  'checkpoint.rotate': ({ newKey }) => enrollable(newKey),
  'rules.upgrade': ({ rules }) => agree(rules >= 2, 'an upgrade goes to 2 or later'),
  'scale.set': ({ direction, entries, version }) => {
    const [codes, labels, numbers] = ['code', 'label', 'number'].map((field) =>
      entries.map((/** @type {any} */ entry) => entry[field]).filter((/** @type {any} */ v) => v !== undefined),
    );
    const once = (/** @type {any[]} */ all) => new Set(all).size === all.length;
    agree(once(codes), 'two entries of a scale share a code');
    const open = labels.filter((/** @type {any} */ label) => typeof label === 'string');
    /** @type {unknown} */
    let doubt;
    for (let i = 0; i < open.length; i++)
      for (let j = 0; j < i; j++)
        try {
          agree(!isSameCode(open[i], open[j]), 'two entries of a scale share a label');
        } catch (problem) {
          if (problem instanceof Refused) throw problem;
          doubt = problem;
        }
    agree(
      (direction !== undefined) === numbers.length > 0,
      'a scale with numbers, and only such a one, has a direction',
    );
    agree(version > 0, 'versions begin at 1');
    agree(once(numbers), 'two entries of a scale share a number');
    if (doubt) throw doubt;
  },
  'policy.set': (body) => {
    const {
      approvals,
      approvalsFrom = [],
      evidenceFrom = [],
      holders,
      organisation,
      organisations,
      roles,
      scales,
    } = body;
    for (const items of [roles, approvalsFrom, evidenceFrom, scales]) ascending(items);
    agree(![...approvalsFrom, ...evidenceFrom].includes(organisation), 'a policy lists other organisations');
    agree((approvals === 0) === !roles, 'approvals are by roles');
    agree(
      organisations <= holders && holders <= approvals,
      'no more organisations than holders, no more holders than approvals',
    );
  },
  'source.add': ({ archivedAt, capture: { captured, neverHeld } }) => {
    ascending(archivedAt);
    if (captured) checkSnapshot(captured);
    else agree(neverHeld.knownThrough || neverHeld.reason, 'it is known through another source, or for a reason');
  },
  'source.capture': ({ quotations = [], snapshot }) => {
    agree(snapshot.bytes > 0, 'a capture has at least one byte');
    ascending(quotations.map((/** @type {any} */ q) => q.statement));
    must(quotations.length <= 256, 'too-long', 'more than 256 quotations');
    agree(!quotations.length || textOf(snapshot), 'a capture without a text says nothing about quotations');
    for (const { state, start, end } of quotations) {
      const moved = state === 'moved';
      agree(
        (start !== undefined) === moved && (end !== undefined) === moved,
        'a quotation that moved has a new start and end',
      );
      agree(!moved || start < end, 'the start of a quotation is before its end');
    }
    checkSnapshot(snapshot);
  },
  'source.relate': ({ basis: { stated, textOverlap }, from, relation, to }) => {
    agree(from !== to, 'from and to are the same statement');
    if (stated) checkExcerpt(stated);
    if (!textOverlap) return;
    agree(textOverlap.permille <= 1000, 'an overlap is at most 1000 permille');
    agree(relation !== 'independentOf', 'text overlap cannot show independence');
  },
  'claim.add': ({ about, appearedIn, due, original, topics, wording }) => {
    ascending(appearedIn);
    ascending(topics);
    agree(about === 'forecast' || !due, 'only a forecast falls due');
    agree(!original || wording !== 'verbatim', 'verbatim words are their own original');
  },
  'claim.relate': ({ from, to }) => agree(from !== to, 'from and to are the same statement'),
  'evidence.add': ({ excerpt, on, searched, source, stance, via = [] }) => {
    ascending(via);
    if (excerpt) checkExcerpt(excerpt);
    if (stance === 'notFound')
      agree(
        !source && !excerpt && !via.length && searched && on,
        'a search that found nothing says where and when, and names no source',
      );
    else
      agree(
        source && !searched && !on && !via.includes(source),
        'evidence names its source, no search, and not itself as upstream',
      );
  },
  'verdict.issue': ({ evidence, corroboration: { inputs, method, refutation, support } }) => {
    ascending(evidence);
    const given = [inputs, support, refutation].every((part) => (part !== undefined) === (method !== 0));
    agree(given, 'corroboration of method 0 carries nothing, any other inputs and counts');
  },
  'dispute.open': ({ evidence }) => ascending(evidence),
  'checkpoint.observe': async ({ checkpoint, origin, vkey }) => {
    try {
      const key = await readVerifierKey(vkey);
      const note = readNote(new TextEncoder().encode(checkpoint));
      agree(readCheckpoint(note.text).origin === origin, 'the checkpoint is of another origin');
      await openNote(note, [key]);
    } catch (problem) {
      if (problem instanceof Refused) refuse('fields-disagree', problem.message);
      throw problem;
    }
  },
};

/** What a statement names. @param {Statement} statement */
export const namedBy = ({ type, body }) => named(type, body);
