// Makes ledgers and dossiers to test with. Keys are those of seeds of 32 equal bytes, as in the vectors: none of them is secret.
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { corroboration } from '../verify/corroboration.js';
import { pae } from '../verify/entry.js';
import { Case, judge } from '../verify/judge.js';
import { Log } from '../verify/log.js';
import { named } from '../verify/model.js';
import { noteKey } from '../verify/note.js';
import * as possession from '../verify/possession.js';
import { leafHash, nodeHash } from '../verify/tree.js';
import { summed } from './dossiers.mjs';

const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The key of a seed. @param {number} seed */
export function key(seed) {
  const secret = createPrivateKey({
    key: Buffer.concat([PKCS8, Buffer.alloc(32, seed)]),
    format: 'der',
    type: 'pkcs8',
  });
  const bytes = createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-32);
  return {
    bytes,
    base64: bytes.toString('base64'),
    sign: (/** @type {Uint8Array} */ words) => sign(null, words, secret),
  };
}

/** @param {string | Uint8Array} bytes */
export const sha = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** With fields in ascending order. @param {any} value @returns {any} */
const sorted = (value) => {
  if (Array.isArray(value)) return value.map(sorted);
  if (!value || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, sorted(value[name])]),
  );
};

const BEGAN = 1770000000;
const ORIGIN = 'desk.example/facts';

/** A log of the tester's own, without any rule: it takes whatever is added. */
export class Builder {
  constructor() {
    /** @type {any[]} */
    this.statements = [];
    /** @type {string[]} */
    this.ids = [];
    /** @type {Buffer[]} */
    this.bytes = [];
    /** @type {Uint8Array[]} */
    this.leaves = [];
    /** The seeds of the keys that sign checkpoints. */
    this.heads = [HEAD];
  }

  /** The same log, to try another entry. */
  clone() {
    const copy = new Builder();
    for (const [name, list] of Object.entries(this))
      if (Array.isArray(list)) Object.assign(copy, { [name]: [...list] });
    return copy;
  }

  /** The root of these leaves. @param {number} from @param {number} to @returns {Promise<Uint8Array>} */
  async root(from, to) {
    if (to - from === 1) return this.leaves[from];
    let half = 1;
    while (half * 2 < to - from) half *= 2;
    return nodeHash(await this.root(from, from + half), await this.root(from + half, to));
  }

  /**
   * Adds a statement; gives its id. `proves` is the seed of the new key of a key event, `recovers` those of recovery keys.
   * @param {string} type
   * @param {number} by the signer's seed
   * @param {any} body
   * @param {{seen?: number | null, issued?: number, label?: string, proves?: number, recovers?: number[]}} [more]
   */
  async add(type, by, body, { seen = this.ids.length, issued, label, proves, recovers } = {}) {
    const index = this.ids.length;
    const statement = {
      body,
      issued: new Date((issued ?? BEGAN + index * 60) * 1000).toISOString().replace('.000', ''),
      key: key(by).base64,
      type,
    };
    if (index) Object.assign(statement, { ledger: this.ids[0] });
    if (label) Object.assign(statement, { label });
    if (index && seen)
      Object.assign(statement, { seen: { root: Buffer.from(await this.root(0, seen)).toString('hex'), size: seen } });
    if (proves) {
      const [ledger] = this.ids;
      const words = {
        'key.enroll': () => possession.enroll(ledger, body, statement.key),
        'key.rotate': () => possession.rotate(ledger, statement.key, body.newKey),
        'checkpoint.rotate': () => possession.checkpointKey(ledger, ORIGIN, body.newKey),
      }[/** @type {'key.enroll'} */ (type)]();
      body.possession = key(proves).sign(words).toString('base64');
    }
    if (recovers) {
      const words = possession.recover(this.ids[0], body, statement.key);
      body.signatures = recovers.map((seed) => ({
        key: key(seed).base64,
        signature: key(seed).sign(words).toString('base64'),
      }));
    }
    const payload = Buffer.from(JSON.stringify(sorted(statement)));
    const head = Buffer.alloc(153);
    head[0] = 1;
    head.writeBigUInt64BE(BigInt(index), 1);
    if (index) head.set(this.leaves[index - 1], 9);
    head.writeBigUInt64BE(BigInt((BEGAN + index * 60) * 1000), 41);
    head.set(key(by).bytes, 49);
    head.set(key(by).sign(pae(payload)), 81);
    head.writeBigUInt64BE(BigInt(payload.length), 145);
    const bytes = Buffer.concat([head, payload]);
    this.statements.push(statement);
    this.ids.push(sha(pae(payload)));
    this.bytes.push(bytes);
    this.leaves.push(await leafHash(bytes));
    return this.ids[index];
  }

  /** Enrols a key. @param {number} seed @param {string} holder @param {string} organisation @param {string[]} roles @param {number} [by] */
  enroll = (seed, holder, organisation, roles, by = 1) =>
    this.add('key.enroll', by, { holder, key: key(seed).base64, organisation, roles }, { proves: seed });

  /** What this log says, by the rules of the verifier itself. */
  async log() {
    const log = new Log();
    const roots = new Map();
    for (const [index, statement] of this.statements.entries()) {
      roots.set(index + 1, Buffer.from(await this.root(0, index + 1)).toString('hex'));
      const { type, body, issued } = statement;
      /** @type {any} */
      const entry = {
        ...statement,
        index,
        time: BigInt((BEGAN + index * 60) * 1000),
        issued: Date.parse(issued) / 1000,
      };
      Object.assign(entry, { id: this.ids[index], named: named(type, body), rests: null, roles: [], unsure: [] });
      await judge(new Case(log, entry, true, [], roots));
    }
    return log;
  }

  /** The numbers of a verdict, as the verifier computes them. @param {string} organisation @param {string} claim */
  async corroboration(organisation, claim) {
    const log = await this.log();
    return { method: 1, ...(await corroboration(log, organisation, log.at(claim), this.ids.length)) };
  }

  /** A dossier of some entries, or of the whole log. @param {number} subject @param {number[]} [entries] @param {string[]} [texts] */
  async dossier(subject, entries = [...this.ids.keys()], texts = []) {
    const size = this.ids.length;
    const heads = entries.flatMap((i) => this.statements[i].seen?.size ?? []);
    /** @type {string[]} */
    const hashes = [];
    const line = (/** @type {string} */ word, /** @type {Uint8Array} */ bytes) =>
      `${word} ${Buffer.from(bytes).toString('base64')}`;
    /** @param {number} from @param {number} to */
    const divide = async (from, to) => {
      const isHere = entries.some((i) => i >= from && i < to);
      if (to - from === 1 ? !isHere : !isHere && !heads.some((head) => head > from && head < to)) {
        hashes.push(line('hash', await this.root(from, to)));
      } else if (to - from > 1) {
        let half = 1;
        while (half * 2 < to - from) half *= 2;
        await divide(from, from + half);
        await divide(from + half, to);
      }
    };
    await divide(0, size);
    const text = `${ORIGIN}\n${size}\n${Buffer.from(await this.root(0, size)).toString('base64')}\n`;
    const signatures = await Promise.all(
      this.heads.map(async (seed) => {
        const { id } = await noteKey(ORIGIN, key(seed).bytes);
        const signed = Buffer.concat([Buffer.from(id, 'hex'), key(seed).sign(Buffer.from(text))]);
        return `\u2014 ${ORIGIN} ${signed.toString('base64')}\n`;
      }),
    );
    const quoted = texts.map((words) => Buffer.from(words)).sort((a, b) => (sha(a) < sha(b) ? -1 : 1));
    const lines = [
      'claimledger/dossier/v1',
      'sum',
      `subject ${subject}`,
      ...entries.map((i) => line(`entry ${i}`, this.bytes[i])),
      ...quoted.map((words) => line('text', words)),
      ...hashes,
      '',
      `${text}\n${signatures.join('')}`,
    ];
    return Buffer.from(summed(lines.join('\n')));
  }
}

/** The seed of the checkpoint key. */
export const HEAD = 100;

/** A desk: ada founds it (seed 1), bob reviews (3), cleo edits (4); a scale, a policy and a claim. */
export async function desk() {
  const log = new Builder();
  await log.add('ledger.create', 1, {
    checkpointKey: key(HEAD).base64,
    holder: 'ada',
    organisation: { name: 'Desk', organisation: 'desk' },
    origin: ORIGIN,
    rules: 1,
    title: 'Facts',
  });
  await log.enroll(3, 'bob', 'desk', ['reviewer']);
  await log.enroll(4, 'cleo', 'desk', ['editor']);
  const entries = [
    { code: 'true', label: 'True', needs: 'support' },
    { code: 'false', label: 'False', needs: 'refutation' },
  ];
  const scale = await log.add('scale.set', 1, {
    entries,
    organisation: 'desk',
    scale: 'two',
    title: 'Two',
    version: 1,
  });
  await log.add('policy.set', 1, {
    approvals: 1,
    conflictsDeclared: true,
    evidenceNeeded: true,
    holders: 1,
    organisation: 'desk',
    organisations: 1,
    roles: ['editor'],
    tracedOrigins: 1,
  });
  const claim = await log.add('claim.add', 3, {
    about: 'fact',
    claimants: 'unknown',
    text: 'Words.',
    wording: 'reported',
  });

  /** A source that is first-hand, with evidence that quotes it. @param {string} publisher @param {string} stance */
  const source = async (publisher, stance) => {
    const captured = {
      bytes: 13,
      captured: '2026-02-02T02:40:00Z',
      holding: 'held',
      mediaType: 'text/plain',
      method: 'm',
      sha256: sha(TEXT),
    };
    const id = await log.add('source.add', 3, { capture: { captured }, kind: 'article', publisher, title: 'A page' });
    await log.add('origin.assess', 3, { assessment: 'firstHand', claim, how: 'seen', source: id });
    const excerpt = { end: 3, quote: 'one', start: 0, text: sha(TEXT) };
    return log.add('evidence.add', 3, { claim, excerpt, source: id, stance });
  };
  /** bob's verdict, which cleo approves. @param {string[]} evidence */
  const verdict = async (evidence) => {
    const counts = await log.corroboration('desk', claim);
    const body = {
      claim,
      conflict: 'none',
      corroboration: counts,
      evidence: [...evidence].sort(),
      rating: 'true',
      reasons: 'r',
      scale,
    };
    const id = await log.add('verdict.issue', 3, body);
    await log.add('verdict.attest', 4, { conflict: 'none', decision: 'approve', verdict: id });
    return id;
  };
  return { log, claim, scale, source, verdict };
}

export const TEXT = 'one two three';
