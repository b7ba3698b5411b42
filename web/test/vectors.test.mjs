// Every vector that the Rust reader is held to, of the folders that a dossier needs: the same answer, with the same code.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';
import { Refused } from '../verify/answer.js';
import { base64, fromBase64, join, sha256, toBase64, toHex, utf8 } from '../verify/bytes.js';
import { isEnrollable, isStrict, isZip215 } from '../verify/ed25519.js';
import { checkSignature, follows, openEntry, pae, readEntry } from '../verify/entry.js';
import { openEnvelope } from '../verify/envelope.js';
import { compare, decodeText } from '../verify/excerpt.js';
import { openNote, readCheckpoint, readNote, readVerifierKey } from '../verify/note.js';
import * as possession from '../verify/possession.js';
import { checkProof, readProof } from '../verify/proof.js';
import { readStatement } from '../verify/statement.js';
import { rootOfEdge } from '../verify/edge.js';
import { leafHash } from '../verify/tree.js';
import { readPolicy } from '../verify/witness.js';

const folder = new URL('../../tests/vectors/', import.meta.url);

/** Bytes as tests/vectors/README.md spells them. @param {any} of @returns {Uint8Array} */
export function bytes(of) {
  if (typeof of === 'string') return utf8(of);
  if (of.parts)
    return Buffer.concat(of.parts.map((/** @type {any} */ p) => Buffer.concat(Array(p.times ?? 1).fill(bytes(p)))));
  if (of.base64 !== undefined) return base64(of.base64);
  return of.hex !== undefined ? Uint8Array.from(Buffer.from(of.hex, 'hex')) : utf8(of.text);
}

/** @param {string} key */
const vkey = async (key) => {
  const { name, id, key: raw } = await readVerifierKey(key);
  return `${name}+${id}+${toBase64(join([1], raw))}`;
};

/** What is done with the input of each folder. @type {Record<string, (input: any) => Promise<any>>} */
const READERS = {
  async statement(input) {
    const payload = bytes(input);
    const { type } = await readStatement(payload);
    return { id: toHex(await sha256(pae(payload))), type };
  },
  async entry({ entry, after }) {
    const raw = bytes(entry);
    const read = readEntry(raw);
    follows(read, { next: BigInt(after.next), leaf: after.leaf, time: BigInt(after.time) });
    const { id } = await openEntry(read);
    await checkSignature(read);
    const { index, key, previous, time } = read;
    return {
      id,
      index: Number(index),
      key: toBase64(key),
      leaf: toHex(await leafHash(raw)),
      previous,
      time: Number(time),
    };
  },
  async envelope(input) {
    const { id, key } = await openEnvelope(bytes(input));
    return { id, key };
  },
  async note({ note, trusted }) {
    const keys = await Promise.all(trusted.map((/** @type {string} */ key) => readVerifierKey(key)));
    const by = await openNote(readNote(bytes(note)), keys);
    return { by: by.map(({ name, id, key }) => `${name}+${id}+${toBase64(join([1], key))}`) };
  },
  async checkpoint({ note, trusted }) {
    const keys = await Promise.all(trusted.map((/** @type {string} */ key) => readVerifierKey(key)));
    const read = readNote(bytes(note));
    const { origin, size, root } = readCheckpoint(read.text);
    await openNote(read, keys);
    return { origin, size: Number(size), root };
  },
  async excerpt({ document, start, end, quote }) {
    const answer = compare({ start, end, quote }, decodeText(bytes(document)));
    if (answer !== 'holds') throw new Refused(answer, '');
    return { holds: true };
  },
  async possession({ signature, signedBy, words }) {
    const { kind, ledger } = words;
    const text = {
      enroll: () => possession.enroll(ledger, words, words.by),
      rotate: () => possession.rotate(ledger, words.from, words.to),
      checkpointKey: () => possession.checkpointKey(ledger, words.origin, words.key),
      recover: () => possession.recover(ledger, words, words.key),
    }[/** @type {'enroll'} */ (kind)]();
    if (!(await isZip215(base64(signedBy), text, base64(signature)))) throw new Refused('possession-invalid', '');
    return { message: new TextDecoder().decode(text) };
  },
  async signature({ key, message, signature }) {
    const [k, m, s] = [base64(key), bytes(message), base64(signature)];
    return { enrollable: isEnrollable(k), strict: await isStrict(k, m, s), zip215: await isZip215(k, m, s) };
  },
  async 'tlog-proof'({ leaf, proof }) {
    const read = readProof(bytes(proof));
    await checkProof(read, Uint8Array.from(Buffer.from(leaf, 'hex')));
    return { index: Number(read.index), size: Number(read.checkpoint.size) };
  },
  async tree({ levels, size }) {
    const hashes = levels.map((/** @type {any} */ l) =>
      l.map((/** @type {string} */ h) => Uint8Array.from(Buffer.from(h, 'hex'))),
    );
    return { root: toHex(await rootOfEdge(BigInt(size), hashes)) };
  },
  async 'witness-policy'(input) {
    const { logs, witnesses } = await readPolicy(new TextDecoder().decode(bytes(input)));
    return { logs: logs.length, witnesses: witnesses.length };
  },
};

for (const [name, reader] of Object.entries(READERS)) {
  const files = readdirSync(new URL(`${name}/`, folder));
  test(`${name}: the same answer to every vector`, async (t) => {
    assert.ok(files.length >= 5, 'the vectors are there');
    for (const file of files) {
      await t.test(file, async () => {
        const { input, expect } = JSON.parse(readFileSync(new URL(`${name}/${file}`, folder), 'utf8'));
        /** @type {any} */
        let found;
        try {
          found = await reader(input);
        } catch (problem) {
          if (!(problem instanceof Refused)) throw problem;
          found = { code: problem.code };
        }
        assert.deepEqual(found, expect);
      });
    }
  });
}

test('key ids of verifier keys are read and printed alike', async () => {
  const key = 'facts.example/ledger+1b601382+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c';
  assert.equal(await vkey(key), key);
  assert.equal(fromBase64('AB=='), null);
});
