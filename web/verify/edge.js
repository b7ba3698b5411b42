// The root of a tree from the tiles on its right-hand edge: docs/format.md, "Tiles".
import { must } from './answer.js';
import { sha256 } from './bytes.js';
import { nodeHash } from './tree.js';

/**
 * The root of a tree from its right-hand edge of tiles, level 0 first.
 * @param {bigint} size
 * @param {Uint8Array[][]} levels
 */
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
      while (row.length > 1)
        row = await Promise.all(row.filter((_, i) => i % 2 === 0).map((hash, i) => nodeHash(hash, row[2 * i + 1])));
      root = root ? await nodeHash(row[0], root) : row[0];
      end -= width;
    }
  }
  return root ?? sha256(new Uint8Array());
}
