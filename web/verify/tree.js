// The Merkle tree of RFC 6962, section 2.1: its hashes, and the combined proof of a dossier.
import { must } from './answer.js';
import { join, sha256, toHex } from './bytes.js';

/** @typedef {[bigint, bigint]} Span leaves from, and up to but without */

/** @param {Uint8Array} entry */
export const leafHash = (entry) => sha256(join([0], entry));
/** @param {Uint8Array} left @param {Uint8Array} right */
export const nodeHash = (left, right) => sha256(join([1], left, right));

/** Where the tree divides these leaves: at the largest power of two below their number. @param {Span} span */
export function middle([from, to]) {
  let k = 1n;
  while (k * 2n < to - from) k *= 2n;
  return from + k;
}

/** @param {any} holds @param {string} words */
const proof = (holds, words) => must(holds, 'proof-malformed', words);

/**
 * The combined proof of some leaves: a function that gives the root at a size, if the hashes show it.
 * @param {{index: bigint, leaf: Uint8Array}[]} leaves ascending @param {bigint[]} heads ascending @param {bigint} size
 * @param {Uint8Array[]} hashes
 */
export async function combine(leaves, heads, size, hashes) {
  proof(leaves.length, 'a proof of no leaf');
  for (const { index } of leaves) proof(index < size, `entry ${index} lies beyond the tree`);
  /** @type {Map<string, Uint8Array>} */
  const known = new Map();
  let used = 0;
  /** @param {Span} span @param {typeof leaves} inside @returns {Promise<Uint8Array>} */
  const fold = async (span, inside) => {
    const isWhole = !inside.length && !heads.some((head) => head > span[0] && head < span[1]);
    let hash;
    if (isWhole || span[1] - span[0] === 1n) {
      proof(inside.length || used < hashes.length, 'too few hashes');
      hash = inside.length ? inside[0].leaf : hashes[used++];
    } else {
      const at = middle(span);
      // Both begin at once, the left one first: it takes its hashes before it waits for any.
      const [left, right] = await Promise.all([
        fold(
          [span[0], at],
          inside.filter(({ index }) => index < at),
        ),
        fold(
          [at, span[1]],
          inside.filter(({ index }) => index >= at),
        ),
      ]);
      hash = await nodeHash(left, right);
    }
    known.set(String(span), hash);
    return hash;
  };
  await fold([0n, size], leaves);
  proof(used === hashes.length, 'more hashes than it needs');
  /** @param {Span} span @returns {Promise<Uint8Array | null>} */
  const rootOf = async (span) => {
    const hash = known.get(String(span));
    if (hash || span[1] - span[0] === 1n) return hash ?? null;
    const at = middle(span);
    const [left, right] = await Promise.all([rootOf([span[0], at]), rootOf([at, span[1]])]);
    return left && right && nodeHash(left, right);
  };
  /** @param {bigint} at */
  return async (at) => {
    const root = at > 0n && at <= size ? await rootOf([0n, at]) : null;
    return root && toHex(root);
  };
}
