// The Merkle tree of RFC 6962, section 2.1: hashes, proofs of one entry, and the combined proof of a dossier.
import { must } from './answer.js';
import { join, sha256, toHex } from './bytes.js';

/** @typedef {[bigint, bigint]} Span leaves from, and up to but without */

/** @param {Uint8Array} entry */
export const leafHash = (entry) => sha256(join([0], entry));
/** @param {Uint8Array} left @param {Uint8Array} right */
export const nodeHash = (left, right) => sha256(join([1], left, right));

/** Where the tree divides these leaves: at the largest power of two below their number. @param {Span} span */
function middle([from, to]) {
  let k = 1n;
  while (k * 2n < to - from) k *= 2n;
  return from + k;
}

/** @param {any} holds @param {string} words */
const proof = (holds, words) => must(holds, 'proof-malformed', words);

/** The root to which a proof leads from one leaf. @param {Uint8Array} leaf @param {bigint} index @param {bigint} size @param {Uint8Array[]} hashes */
export async function rootByInclusion(leaf, index, size, hashes) {
  proof(index < size, 'the entry lies beyond the tree');
  const sides = [];
  for (let span = /** @type {Span} */ ([0n, size]); span[1] - span[0] > 1n; ) {
    const at = middle(span);
    sides.unshift(index < at);
    span = index < at ? [span[0], at] : [at, span[1]];
  }
  proof(sides.length === hashes.length, 'another number of hashes than the proof needs');
  let hash = leaf;
  for (const [i, isLeft] of sides.entries()) hash = await (isLeft ? nodeHash(hash, hashes[i]) : nodeHash(hashes[i], hash));
  return hash;
}

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
      const left = await fold([span[0], at], inside.filter(({ index }) => index < at));
      hash = await nodeHash(left, await fold([at, span[1]], inside.filter(({ index }) => index >= at)));
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
    const [left, right] = [await rootOf([span[0], at]), await rootOf([at, span[1]])];
    return left && right && nodeHash(left, right);
  };
  /** @param {bigint} at */
  return async (at) => {
    const root = at > 0n && at <= size ? await rootOf([0n, at]) : null;
    return root && toHex(root);
  };
}

/** The root of a tree from its right-hand edge of tiles, level 0 first. @param {bigint} size @param {Uint8Array[][]} levels */
export async function rootOfEdge(size, levels) {
  let rest = size;
  for (const hashes of levels) {
    must(BigInt(hashes.length) === rest % 256n, 'tile-edge', 'tiles that cannot be the edge of this tree');
    rest /= 256n;
  }
  must(rest === 0n, 'tile-edge', 'too few levels');
  let root = null;
  for (const hashes of levels) {
    // Perfect subtrees from the right: one for each bit of the number of hashes.
    for (let end = hashes.length, width = 1; end > 0; width *= 2) {
      if (!(end & width)) continue;
      let row = hashes.slice(end - width, end);
      while (row.length > 1) row = await Promise.all(row.filter((_, i) => i % 2 === 0).map((hash, i) => nodeHash(hash, row[2 * i + 1])));
      root = root ? await nodeHash(row[0], root) : row[0];
      end -= width;
    }
  }
  return root ?? sha256(new Uint8Array());
}
