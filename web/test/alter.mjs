// Alterations of dossiers: flipped, cut, swapped and spelled again, in a fixed order, so that every run makes the same files.
import { createHash } from 'node:crypto';
import { summed } from './dossiers.mjs';

/** The same numbers in every run (a linear congruential generator). @param {number} seed */
function numbers(seed) {
  let state = seed >>> 0;
  return (/** @type {number} */ below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** @typedef {(lines: string[], next: (below: number) => number) => string[]} Change */

/** Lines of one kind. @param {string[]} lines @param {string} word */
const of = (lines, word) => lines.flatMap((line, i) => (line.startsWith(`${word} `) ? i : []));
/** @param {string[]} lines @param {number} at @param {string[]} by */
const put = (lines, at, ...by) => [...lines.slice(0, at), ...by, ...lines.slice(at + 1)];
/**
 * @param {string[]} lines
 * @param {number} at
 * @param {(bytes: Buffer) => Buffer} change of the bytes in its base64
 */
const inBytes = (lines, at, change) => {
  const words = lines[at].split(' ');
  words.push(change(Buffer.from(/** @type {string} */ (words.pop()), 'base64')).toString('base64'));
  return put(lines, at, words.join(' '));
};
/** @param {Buffer} bytes @param {(below: number) => number} next @param {number} [from] */
const flip = (bytes, next, from = 0) => {
  bytes[from + next(bytes.length - from)] ^= 1 << next(8);
  return bytes;
};
/**
 * One of the lines of a kind.
 * @param {string} word
 * @param {(lines: string[], at: number, next: (below: number) => number) => string[]} change
 * @returns {Change}
 */
const some = (word, change) => (lines, next) => {
  const all = of(lines, word);
  return all.length ? change(lines, all[next(all.length)], next) : lines;
};

/** Each changes something; what it makes is never what the maker signed. @type {Record<string, Change>} */
const CHANGES = {
  'a bit of an entry flips': some('entry', (lines, at, next) => inBytes(lines, at, (bytes) => flip(bytes, next))),
  'a bit of a statement flips': some('entry', (lines, at, next) =>
    inBytes(lines, at, (bytes) => flip(bytes, next, 153)),
  ),
  'a bit of a signature flips': some('entry', (lines, at, next) =>
    inBytes(lines, at, (bytes) => {
      bytes[81 + next(64)] ^= 1 << next(8);
      return bytes;
    }),
  ),
  'an entry is cut short': some('entry', (lines, at, next) =>
    inBytes(lines, at, (bytes) => bytes.subarray(0, next(bytes.length))),
  ),
  'an entry grows': some('entry', (lines, at) => inBytes(lines, at, (bytes) => Buffer.concat([bytes, Buffer.of(0)]))),
  'an entry is left out': some('entry', (lines, at) => put(lines, at)),
  'an entry stands twice': some('entry', (lines, at) => put(lines, at, lines[at], lines[at])),
  'an entry has another number': some('entry', (lines, at) =>
    put(
      lines,
      at,
      lines[at].replace(/^entry (\d+)/, (_, n) => `entry ${Number(n) + 1}`),
    ),
  ),
  'a number has a zero before it': some('entry', (lines, at) => put(lines, at, lines[at].replace('entry ', 'entry 0'))),
  'two entries change places': (lines, next) => {
    const all = of(lines, 'entry');
    if (all.length < 2) return lines;
    const at = next(all.length - 1);
    return put(put(lines, all[at], lines[all[at + 1]]), all[at + 1], lines[all[at]]);
  },
  'the bytes of two entries change places': (lines, next) => {
    const all = of(lines, 'entry');
    if (all.length < 2) return lines;
    const [one, other] = [all[next(all.length - 1)], all[all.length - 1]];
    const text = (/** @type {number} */ i) => lines[i].split(' ');
    return put(
      put(lines, one, `entry ${text(one)[1]} ${text(other)[2]}`),
      other,
      `entry ${text(other)[1]} ${text(one)[2]}`,
    );
  },
  'a statement is spelled with white space': some('entry', (lines, at) =>
    inBytes(lines, at, (bytes) => spelled(bytes, (text) => text.replace(':', ': '))),
  ),
  'a statement is spelled with an escape': some('entry', (lines, at) =>
    inBytes(lines, at, (bytes) => spelled(bytes, (text) => text.replace('body', '\\u0062ody'))),
  ),
  'a rating or word is replaced': some('entry', (lines, at) =>
    inBytes(lines, at, (bytes) =>
      spelled(bytes, (text) =>
        text
          .replace(/"(approve|supports|mostly-false|editor|reviewer|true)"/, '"reject"')
          .replace(/"type":"[a-z]+/, '$&x'),
      ),
    ),
  ),
  'base64 has stray bits': some('entry', (lines, at) =>
    put(
      lines,
      at,
      lines[at].replace(/([A-Za-z0-9+/])(=*)$/, (_, c, pad) => `${c === 'A' ? 'B' : 'A'}${pad}`),
    ),
  ),
  'base64 has no padding': some('hash', (lines, at) => put(lines, at, lines[at].replace(/=+$/, ''))),
  'a bit of a hash flips': some('hash', (lines, at, next) => inBytes(lines, at, (bytes) => flip(bytes, next))),
  'a hash is left out': some('hash', (lines, at) => put(lines, at)),
  'a hash stands twice': some('hash', (lines, at) => put(lines, at, lines[at], lines[at])),
  'a bit of a text flips': some('text', (lines, at, next) => inBytes(lines, at, (bytes) => flip(bytes, next))),
  'a text that nothing quotes': (lines) => {
    const at = lines.indexOf('');
    const all = [...of(lines, 'text').map((i) => lines[i]), `text ${Buffer.from('stray').toString('base64')}`];
    const digest = (/** @type {string} */ line) =>
      createHash('sha256')
        .update(Buffer.from(line.slice(5), 'base64'))
        .digest('hex');
    all.sort((a, b) => (digest(a) < digest(b) ? -1 : 1));
    const before = lines.slice(0, at).filter((line) => !line.startsWith('text '));
    const first = before.findIndex((line) => line.startsWith('hash '));
    const place = first < 0 ? before.length : first;
    return [...before.slice(0, place), ...all, ...before.slice(place), ...lines.slice(at)];
  },
  'the subject is another entry': (lines) => put(lines, 2, `subject ${Number(lines[2].slice(8)) + 100000}`),
  'the origin of the checkpoint changes': (lines) =>
    put(lines, lines.indexOf('') + 1, `x${lines[lines.indexOf('') + 1]}`),
  'the size of the checkpoint changes': (lines) =>
    put(lines, lines.indexOf('') + 2, `${Number(lines[lines.indexOf('') + 2]) + 1}`),
  'a bit of the root flips': (lines, next) => inBytes(lines, lines.indexOf('') + 3, (bytes) => flip(bytes, next)),
  'a bit of the signature of the checkpoint flips': (lines, next) =>
    inBytes(lines, lines.indexOf('') + 5, (bytes) => flip(bytes, next, 4)),
  'the signature of the checkpoint is left out': (lines) => put(lines, lines.indexOf('') + 5),
  'the header changes': (lines) => put(lines, 0, 'claimledger/dossier/v2'),
  'the last newline is left out': (lines) => lines.slice(0, -1),
  'a carriage return before a newline': some('entry', (lines, at) => put(lines, at, `${lines[at]}\r`)),
};

/**
 * Changes the payload of an entry, with a right length.
 * @param {Buffer} bytes
 * @param {(text: string) => string} change
 */
function spelled(bytes, change) {
  const payload = Buffer.from(change(bytes.subarray(153).toString()));
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(payload.length));
  return Buffer.concat([bytes.subarray(0, 145), length, payload]);
}

/** Every alteration of a dossier, with the words for it. @param {import('./dossiers.mjs').Dossier} dossier */
export function* alterations({ bytes }) {
  const before = Buffer.from(bytes).toString();
  const next = numbers(before.length);
  for (const [what, change] of Object.entries(CHANGES))
    for (let again = 0; again < 2; again++) {
      const after = summed(change(before.split('\n'), next).join('\n'));
      if (after !== before) yield { what, file: Buffer.from(after) };
    }
  // Any bit of the file, without another sum.
  for (let i = 0; i < 10; i++) yield { what: 'a bit of the file flips', file: flip(Buffer.from(bytes), next) };
}
