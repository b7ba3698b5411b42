// Random statements, most of them of a kind that a log could take, for comparing this verifier with the program.
import { key, sha } from './builder.mjs';

/** The same numbers in every run. @param {number} seed */
export function dice(seed) {
  let state = seed >>> 0;
  const below = (/** @type {number} */ n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) >>> 0;
    mixed = (mixed ^ (mixed >>> 12)) >>> 0;
    return Math.floor((mixed / 2 ** 32) * n);
  };
  /** @template T @param {T[]} items */
  const pick = (items) => items[below(items.length)];
  return { below, pick, chance: (/** @type {number} */ p) => below(1000) < p * 1000 };
}

/** @typedef {ReturnType<typeof dice>} Dice */
/** @typedef {{n: number, holder: string, organisation: string, roles: string[]}} Person */
/**
 * @typedef {object} World
 * @property {Dice} d
 * @property {import('./builder.mjs').Builder} log
 * @property {Person} signer
 * @property {Person[]} people
 * @property {number} next the next seed that is free
 * @property {Partial<Person>} [joins] who gets a key if the statement is taken
 * @property {number} [head] the checkpoint key that comes
 * @property {any} more what the builder needs
 */

const ORGANISATIONS = ['desk', 'paper', 'radio'];
const TEXTS = ['one two three', 'four five six', 'seven eight nine'];
export const RECOVERY = [101, 102];

/** The ids of entries of these types; sometimes of any. @param {World} w @param {...string} types */
const of = ({ d, log }, ...types) => {
  const fit = log.ids.filter((_, i) => types.includes(log.statements[i].type));
  return fit.length && d.chance(0.97) ? fit : log.ids;
};
/** @param {World} w @param {...string} types */
const ref = (w, ...types) => {
  const all = of(w, ...types);
  return w.d.chance(0.5) ? all[all.length - 1] : w.d.pick(all);
};
/** @param {World} w @param {number} p @param {...string} types */
const maybe = (w, p, ...types) => (w.d.chance(p) ? [ref(w, ...types)] : []);
/** A field that is there or not. @param {any} holds @param {any} fields */
const when = (holds, fields) => (holds ? fields : {});

/** @param {World} w @param {string} type @param {number} p */
const correction = (w, type, p) => {
  const isThere = w.log.statements.some((s) => s.type === type);
  if (!isThere || !w.d.chance(p)) return {};
  const kind = w.d.pick(['typo', 'clarification', 'update', 'correction', 'ratingChange']);
  return {
    correction: {
      kind,
      supersedes: ref(w, type),
      wasWrong: 'x',
      ...when(w.d.chance(0.2), { reported: w.d.pick(['2026-02-01', '2027']) }),
    },
  };
};
/** @param {World} w */
const snapshot = ({ d }) => {
  const held = d.chance(0.85);
  const text = when(held && d.chance(0.3), { text: { extractor: 'x 1', sha256: sha(d.pick(TEXTS)) } });
  const captured = d.chance(0.97) ? '2026-02-02T02:30:00Z' : '2026-03-02T02:30:00Z';
  return {
    bytes: 9,
    captured,
    holding: held ? 'held' : 'hashOnly',
    mediaType: d.pick(['text/plain', 'text/html']),
    method: 'm',
    sha256: sha(d.pick(TEXTS)),
    ...text,
  };
};
/** @param {World} w */
const excerpt = ({ d }) => {
  const text = d.pick(TEXTS);
  const [quote] = text.split(' ');
  return { end: quote.length, quote, start: 0, text: sha(text) };
};
/** @param {World} w */
const conflict = ({ d }) => when(d.chance(0.6), { conflict: d.pick(['none', { declared: 'x' }]) });
const ROLES = [
  ['reviewer'],
  ['editor'],
  ['admin'],
  ['admin', 'editor', 'reviewer'],
  ['importer'],
  ['editor', 'reviewer'],
];
const NAMES = ['ada', 'bob', 'cleo', 'dan', 'eve'];

/** The body of a random statement of each type, and how often it comes. @type {Record<string, [number, (w: World) => any]>} */
export const STATEMENTS = {
  'organisation.set': [2, ({ d }) => ({ name: 'O', organisation: d.pick(ORGANISATIONS) })],
  'key.enroll': [
    3,
    (w) => {
      const { d } = w;
      const fresh = { n: w.next, holder: d.pick(NAMES), organisation: d.pick(ORGANISATIONS) };
      const who = d.chance(0.2) ? d.pick(w.people) : fresh;
      if (who === fresh) w.joins = fresh;
      const n = d.chance(0.97) ? who.n : d.pick([100, ...RECOVERY]);
      w.more = { proves: d.chance(0.97) ? n : 99 };
      return { holder: who.holder, key: key(n).base64, organisation: who.organisation, roles: d.pick(ROLES) };
    },
  ],
  'key.rotate': [
    0.7,
    (w) => {
      w.joins = { ...w.signer, n: w.next };
      w.more = { proves: w.next };
      return { newKey: key(w.next).base64 };
    },
  ],
  'key.revoke': [
    1.2,
    ({ d, log, people }) => {
      const reason = d.pick(['left', 'lost', 'compromised', 'compromised']);
      return {
        key: key(d.pick(people).n).base64,
        reason,
        ...when(reason === 'compromised', { distrustFrom: d.below(log.ids.length + 1) }),
      };
    },
  ],
  'key.recover': [
    0.4,
    (w) => {
      const { d, log } = w;
      const events = log.statements.flatMap(({ type }, i) => (/^key|^ledger/.test(type) ? i : []));
      w.signer = { n: w.next, holder: d.pick(NAMES), organisation: 'desk', roles: [] };
      w.joins = w.signer;
      w.more = { recovers: d.chance(0.8) ? RECOVERY : [RECOVERY[0]] };
      const revoked = [{ distrustFrom: d.below(log.ids.length), key: key(d.pick(w.people).n).base64 }];
      return { holder: w.signer.holder, lastKeyEvent: d.chance(0.9) ? events[events.length - 1] : 0, revoked };
    },
  ],
  'checkpoint.rotate': [
    0.4,
    (w) => {
      w.head = 110 + w.d.below(8);
      w.more = { proves: w.head };
      return { newKey: key(w.head).base64 };
    },
  ],
  'checkpoint.retire': [0.4, ({ d, log }) => ({ key: key(d.chance(0.8) ? d.pick(log.heads) : 119).base64 })],
  'scale.set': [
    1.5,
    ({ d, log, signer }) => {
      const organisation = d.chance(0.85) ? signer.organisation : d.pick(ORGANISATIONS);
      const before = log.statements.filter(
        ({ type, body }) => type === 'scale.set' && body.organisation === organisation,
      );
      const entries = ['true', 'false'].map((code, i) => ({ code, label: code, needs: i ? 'refutation' : 'support' }));
      return { entries, organisation, scale: 'two', title: 't', version: before.length + (d.chance(0.9) ? 1 : 2) };
    },
  ],
  'policy.set': [
    1.5,
    (w) => {
      const { d, signer } = w;
      const organisation = d.chance(0.85) ? signer.organisation : d.pick(ORGANISATIONS);
      const some = () => ORGANISATIONS.filter((other) => other !== organisation && d.chance(0.3)).sort();
      const [approvals, approvalsFrom, evidenceFrom, scales] = [d.below(3), some(), some(), maybe(w, 0.3, 'scale.set')];
      const lists = Object.entries({ approvalsFrom, evidenceFrom, scales }).filter(([, list]) => list.length);
      const holders = Math.min(approvals, 1);
      const roles = when(approvals, {
        roles: d.pick([['editor'], ['editor', 'reviewer'], ['editor', 'reviewer'], ['admin']]),
      });
      return {
        approvals,
        conflictsDeclared: d.chance(0.3),
        evidenceNeeded: d.chance(0.2),
        holders,
        organisation,
        organisations: d.chance(0.95) ? holders : 0,
        tracedOrigins: d.below(2),
        ...roles,
        ...Object.fromEntries(lists),
      };
    },
  ],
  'source.add': [
    4,
    (w) => {
      const { d } = w;
      const through = maybe(w, 0.5, 'source.add');
      const neverHeld = through.length ? { knownThrough: through[0] } : { reason: 'r' };
      const capture = d.chance(0.8) ? { captured: snapshot(w) } : { neverHeld };
      const publisher = d.pick(['Wire', 'wire ', 'Town Ó', 'town ó', 'Gazette', 'Radio']);
      const url = when(d.chance(0.5), { url: `https://example.org/${d.below(4)}` });
      return {
        capture,
        kind: 'article',
        publisher,
        title: `t${d.below(99)}`,
        ...url,
        ...when(d.chance(0.15), { unnamed: 'u' }),
        ...correction(w, 'source.add', 0.3),
      };
    },
  ],
  'source.capture': [1, (w) => ({ snapshot: snapshot(w), source: ref(w, 'source.add') })],
  'source.transcribe': [
    1,
    (w) => ({
      by: 'x',
      of: sha(w.d.pick(TEXTS)),
      source: ref(w, 'source.add'),
      text: sha(w.d.pick(TEXTS)),
      ...correction(w, 'source.transcribe', 0.2),
    }),
  ],
  'snapshot.withhold': [
    0.7,
    (w) => ({ reason: 'r', sha256: sha(w.d.pick(TEXTS)), ...when(w.d.chance(0.7), { source: ref(w, 'source.add') }) }),
  ],
  'source.relate': [
    3,
    (w) => {
      const relation = w.d.pick([
        'wasRevisionOf',
        'wireCopyOf',
        'wasQuotedFrom',
        'hadPrimarySource',
        'independentOf',
        'independentOf',
      ]);
      const basis = w.d.chance(0.8) ? { judgement: 'j' } : { stated: excerpt(w) };
      return {
        basis,
        from: ref(w, 'source.add'),
        relation,
        to: ref(w, 'source.add'),
        ...when(w.d.chance(0.2), { claim: ref(w, 'claim.add') }),
        ...correction(w, 'source.relate', 0.2),
      };
    },
  ],
  'origin.assess': [
    3,
    (w) => ({
      assessment: w.d.pick(['firstHand', 'firstHand', 'firstHand', 'claimant', 'notFirstHand']),
      claim: ref(w, 'claim.add'),
      how: `h${w.d.below(9)}`,
      source: ref(w, 'source.add'),
      ...correction(w, 'origin.assess', 0.2),
    }),
  ],
  'claim.add': [
    2,
    (w) => {
      const appearedIn = maybe(w, 0.4, 'source.add');
      const made = when(w.d.chance(0.1), { made: w.d.pick(['2026', '2026-02-02', '2027']) });
      return {
        about: w.d.pick(['fact', 'utterance', 'forecast']),
        claimants: 'unknown',
        text: `Words ${w.d.below(3)}`,
        wording: 'reported',
        ...when(appearedIn.length, { appearedIn }),
        ...made,
        ...correction(w, 'claim.add', 0.3),
      };
    },
  ],
  'claim.relate': [
    0.7,
    (w) => ({
      from: ref(w, 'claim.add'),
      relation: 'sameAs',
      to: ref(w, 'claim.add'),
      ...correction(w, 'claim.relate', 0.2),
    }),
  ],
  'evidence.add': [
    5,
    (w) => {
      const [source, via] = [ref(w, 'source.add'), maybe(w, 0.2, 'source.add')];
      const stance = w.d.pick(['supports', 'supports', 'refutes', 'mixed', 'context']);
      return {
        claim: ref(w, 'claim.add'),
        source,
        stance,
        ...when(w.d.chance(0.35), { excerpt: excerpt(w) }),
        ...when(via.length && via[0] !== source, { via }),
        ...correction(w, 'evidence.add', 0.25),
      };
    },
  ],
  'verdict.issue': [
    5,
    (w) => {
      const [evidence, adopts] = [maybe(w, 0.6, 'evidence.add'), maybe(w, 0.15, 'review.record')];
      const rating = w.d.chance(0.97) ? w.d.pick(['true', 'false']) : 'maybe';
      return {
        claim: ref(w, 'claim.add'),
        rating,
        reasons: `r${w.d.below(9)}`,
        scale: ref(w, 'scale.set'),
        ...when(evidence.length, { evidence }),
        ...when(adopts.length, { adopts: adopts[0] }),
        ...conflict(w),
        ...correction(w, 'verdict.issue', 0.3),
      };
    },
  ],
  'verdict.attest': [
    4,
    (w) => ({
      decision: w.d.pick(['approve', 'approve', 'reject', 'abstain']),
      verdict: ref(w, 'verdict.issue'),
      ...conflict(w),
      ...when(w.d.chance(0.1), { exemption: 'e' }),
    }),
  ],
  'verdict.publish': [
    2,
    (w) => ({
      published: '2026-02-02',
      url: w.d.pick(['https://example.org/1', 'http://EXAMPLE.org:80/1#x']),
      verdict: ref(w, 'verdict.issue'),
      ...when(w.d.chance(0.5), { despite: 'd' }),
    }),
  ],
  withdraw: [4, (w) => ({ reason: 'r', target: w.d.pick(w.log.ids) })],
  'dispute.open': [
    2,
    (w) => ({
      grounds: 'process',
      note: 'n',
      target: ref(w, 'claim.add', 'verdict.issue', 'verdict.attest', 'source.add'),
    }),
  ],
  'dispute.answer': [
    2,
    (w) => ({
      dispute: ref(w, 'dispute.open'),
      note: 'n',
      outcome: w.d.pick(['upheld', 'rejected', 'reply', 'reply']),
    }),
  ],
  'review.record': [
    1,
    (w) => ({
      author: 'A',
      claimText: `C${w.d.below(2)}`,
      rating: { label: 'L' },
      raw: { bytes: 1, mediaType: 'text/html', sha256: sha(w.d.pick(TEXTS)) },
      url: 'https://example.org/1',
      ...when(w.d.chance(0.6), { claim: ref(w, 'claim.add') }),
      ...correction(w, 'review.record', 0.3),
    }),
  ],
};
