// The proof of one entry (C2SP tlog-proof).
import { must, refuse } from './answer.js';
import { base64, decimal, fromUtf8, toHex } from './bytes.js';
import { readCheckpoint, readNote } from './note.js';
import { middle, nodeHash } from './tree.js';

/**
 * The root to which a proof leads from one leaf.
 * @param {Uint8Array} leaf
 * @param {bigint} index
 * @param {bigint} size
 * @param {Uint8Array[]} hashes
 */
async function rootByInclusion(leaf, index, size, hashes) {
  must(index < size, 'proof-malformed', 'the entry lies beyond the tree');
  const sides = [];
  for (let span = /** @type {[bigint, bigint]} */ ([0n, size]); span[1] - span[0] > 1n;) {
    const at = middle(span);
    sides.unshift(index < at);
    span = index < at ? [span[0], at] : [at, span[1]];
  }
  must(sides.length === hashes.length, 'proof-malformed', 'another number of hashes than the proof needs');
  let hash = leaf;
  for (const [i, isLeft] of sides.entries())
    hash = await (isLeft ? nodeHash(hash, hashes[i]) : nodeHash(hashes[i], hash));
  return hash;
}

/** @param {Uint8Array} bytes */
export function readProof(bytes) {
  const malformed = (/** @type {string} */ words) => refuse('proof-malformed', words);
  const at = bytes.findIndex((byte, i) => byte === 10 && bytes[i + 1] === 10);
  if (at < 0 || at >= 65536) malformed('no empty line');
  const [header, ...lines] = (fromUtf8(bytes.subarray(0, at)) ?? malformed('not UTF-8')).split('\n');
  if (header !== 'c2sp.org/tlog-proof@v1') malformed('it does not begin with c2sp.org/tlog-proof@v1');
  const extra = lines[0]?.startsWith('extra ') ? base64(/** @type {string} */ (lines.shift()).slice(6)) : null;
  const [, digits] = /^index (.*)$/.exec(lines.shift() ?? '') ?? malformed('no index line');
  const index = decimal(digits) ?? malformed('no index line');
  if (lines.length > 64) malformed('over 64 hashes');
  const hashes = lines.map((line) => base64(line, 32));
  const note = readNote(bytes.subarray(at + 2));
  return { extra, index, hashes, note, checkpoint: readCheckpoint(note.text) };
}

/**
 * Refuses a proof that does not lead from this leaf to the root of its checkpoint.
 * @param {ReturnType<typeof readProof>} proof
 * @param {Uint8Array} leaf
 */
export async function checkProof({ checkpoint, hashes, index }, leaf) {
  const root = toHex(await rootByInclusion(leaf, index, checkpoint.size, hashes));
  must(root === checkpoint.root, 'proof-fails', 'the proof does not lead to the root of the checkpoint');
}
