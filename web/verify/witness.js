// Witnesses: a reader's policy (C2SP tlog-policy) and the cosignatures of a checkpoint (C2SP tlog-cosignature).
import { must, refuse } from './answer.js';
import { decimal, fromUtf8, join } from './bytes.js';
import { isStrict } from './ed25519.js';
import { linesOf, readVerifierKey } from './note.js';

/** @typedef {(cosigned: Set<string>) => boolean} Quorum */
/** @typedef {import('./note.js').NoteKey & {as: string}} Named a key with its name in the policy */
/** @typedef {{logs: import('./note.js').NoteKey[], witnesses: Named[], isMet: Quorum}} Policy */

/** @param {string} text @returns {Promise<Policy>} */
export async function readPolicy(text) {
  /** @type {import('./note.js').NoteKey[]} */
  const logs = [];
  /** @type {Named[]} */
  const witnesses = [];
  /** @type {Map<string, Quorum>} */
  const defined = new Map();
  const inGroup = new Set();
  let groups = 0;
  /** @type {Quorum | undefined} */
  let quorum;
  const lines = text.split('\n');
  /** @type {(holds: any, words: string) => void} */
  let check = (holds, words) => must(holds, 'policy-malformed', words);
  check(new TextEncoder().encode(text).length <= 262144 && lines.pop() === '', 'too long, or without a last newline');
  const own = (/** @type {string} */ name) =>
    defined.get(name) ?? refuse('policy-malformed', `${name} is defined nowhere above`);
  for (const [i, line] of lines.entries()) {
    check = (holds, words) => must(holds, 'policy-malformed', `line ${i + 1}: ${words}`);
    check(!/[\0-\x08\x0a-\x1f\x7f]/.test(line), 'a control character');
    const [word, ...rest] = line.split(/[ \t]+/).filter(Boolean);
    const [name, more, ...others] = rest;
    const keyOf = (/** @type {string} */ key, /** @type {number} */ type) =>
      readVerifierKey(key, type).catch(() => refuse('policy-malformed', `line ${i + 1}: a malformed key`));
    const define = (/** @type {Quorum} */ holds) => {
      check(name !== 'none' && !defined.has(name), 'a name that is taken');
      defined.set(name, holds);
    };
    const once = (/** @type {import('./note.js').NoteKey[]} */ all, /** @type {import('./note.js').NoteKey} */ key) =>
      check(
        all.length < 64 && !all.some((other) => String(other.key) === String(key.key)),
        'a key twice, or over 64 of them',
      );
    if (!word || word.startsWith('#')) continue;
    if (word === 'log' && (rest.length === 1 || rest.length === 2)) {
      const key = await keyOf(name, 1);
      once(logs, key);
      logs.push(key);
    } else if (word === 'witness' && (rest.length === 2 || rest.length === 3)) {
      const key = { ...(await keyOf(more, 4)), as: name };
      once(witnesses, key);
      define((cosigned) => cosigned.has(name));
      witnesses.push(key);
    } else if (word === 'group' && rest.length >= 2) {
      const needed = more === 'any' ? 1 : more === 'all' ? others.length : Number(decimal(more) ?? 0);
      check(needed >= 1 && needed <= others.length && groups++ < 64, 'a threshold from 1 to the number of members');
      const members = others.map((member) => {
        check(!inGroup.has(member), `${member} is inside a group already`);
        inGroup.add(member);
        return own(member);
      });
      define((cosigned) => members.filter((member) => member(cosigned)).length >= needed);
    } else {
      check(word === 'quorum' && rest.length === 1 && !quorum, 'not one quorum line, or a line of another form');
      quorum = name === 'none' ? () => true : own(name);
    }
  }
  return { logs, witnesses, isMet: quorum ?? refuse('policy-malformed', 'no quorum line') };
}

/**
 * The witnesses of a policy that cosigned a note, with the newest time in seconds; a wrong signature by one refuses it.
 * @param {import('./note.js').Note} note
 * @param {Policy} policy
 */
export async function cosigners(note, { witnesses, isMet }) {
  const by = [];
  for (const witness of witnesses) {
    const times = [];
    for (const { bytes } of linesOf(note, witness)) {
      const time = bytes.length === 72 ? new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0) : 1n << 63n;
      const signed = join(`cosignature/v1\ntime ${time}\n${note.text}`);
      const valid = time < 1n << 63n && (await isStrict(witness.key, signed, bytes.subarray(8)));
      must(valid, 'note-signature', `the cosignature of ${witness.name} is not valid`);
      times.push(time);
    }
    if (times.length) by.push({ witness, time: times.reduce((a, b) => (a > b ? a : b)) });
  }
  return { by, isMet: isMet(new Set(by.map(({ witness }) => witness.as))) };
}

/** @param {Uint8Array} bytes */
export const policyText = (bytes) => fromUtf8(bytes) ?? refuse('policy-malformed', 'not UTF-8');
