// Every dossier vector gets the program's answer, with the same code, and the same rules that cannot be judged.
import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { NOT_JUDGED, verifyDossier } from '../verify/verify.js';
import { summed, vectors, withTexts } from './dossiers.mjs';

const ANSWERS = { verified: 'verified', couldNotTell: 'cannot tell' };

test('dossier: the same answer to every vector', async (t) => {
  assert.ok(vectors.length >= 70, 'the vectors are there');
  for (const { name, bytes, options, expect } of vectors) {
    await t.test(name, async () => {
      const found = await verifyDossier(bytes, options);
      if (expect.code) {
        assert.deepEqual([found.answer, found.code], ['refused', expect.code], found.reasons.join());
        assert.ok(found.words);
      } else {
        assert.equal(found.answer, ANSWERS[/** @type {'verified'} */ (expect.answer)], found.words);
        assert.deepEqual(
          found.notJudged.map(({ entry, code }) => [entry, code]),
          expect.notJudged,
        );
      }
    });
  }
});

test('a dossier with texts: its quotations are compared', async () => {
  const found = await verifyDossier(withTexts.bytes, withTexts.options);
  assert.equal(found.answer, 'verified', found.words ?? found.reasons.join());
  const quotations = found.facts.filter(({ what }) => what === 'quotations');
  assert.deepEqual(
    quotations.map(({ answer, count }) => [answer, count]),
    [['holds', 2]],
  );
  assert.equal(found.approval, 'approved');
  assert.ok(found.facts.some(({ what, said }) => what === 'author' && said.includes('jonas')));
  assert.ok(found.facts.some(({ what, said }) => what === 'attestation' && said.includes('edith')));
});

test('without a key or an id of the ledger nobody can tell whose it is', async () => {
  const found = await verifyDossier(withTexts.bytes);
  assert.equal(found.answer, 'cannot tell');
  assert.match(found.reasons[0], /whose ledger/);
});

test('another ledger, or a key that did not sign, is refused', async () => {
  const other = await verifyDossier(withTexts.bytes, { ledgerId: '0'.repeat(64) });
  assert.equal(other.code, 'dossier-other-ledger');
  const [vector] = vectors.filter(({ name }) => name === 'valid_verdict.json');
  const unsigned = await verifyDossier(withTexts.bytes, vector.options);
  assert.equal(unsigned.code, 'note-not-signed');
});

/**
 * A witness of our own: its key in a policy, and its cosignature of a dossier.
 * @param {Uint8Array} bytes
 * @param {bigint} time
 */
function cosigned(bytes, time) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = Buffer.concat([Buffer.of(4), publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)]);
  const id = createHash('sha256').update('example.org/w\n').update(raw).digest().subarray(0, 4);
  const text = Buffer.from(bytes).toString();
  const head = `${text.slice(text.indexOf('\n\n') + 2).split('\n\n')[0]}\n`;
  const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${time}\n${head}`), privateKey);
  const stamp = Buffer.alloc(8);
  stamp.writeBigUInt64BE(time);
  const line = `\u2014 example.org/w ${Buffer.concat([id, stamp, signature]).toString('base64')}\n`;
  return { key: `example.org/w+${id.toString('hex')}+${raw.toString('base64')}`, file: summed(text + line) };
}

test('witnesses: a quorum that is met is named, one that is not met leaves the answer open', async () => {
  const { key, file } = cosigned(withTexts.bytes, 1770000000n);
  const witnesses = `witness one ${key}\ngroup all-of-them all one\nquorum all-of-them\n`;
  const met = await verifyDossier(Buffer.from(file), { ...withTexts.options, witnesses });
  assert.equal(met.answer, 'verified', met.words ?? met.reasons.join());
  assert.ok(
    met.facts.some(({ what, said, count }) => what === 'witnesses' && count === 1 && said.includes('example.org/w')),
  );
  const unmet = await verifyDossier(withTexts.bytes, { ...withTexts.options, witnesses });
  assert.equal(unmet.answer, 'cannot tell');
  assert.match(unmet.reasons[0], /quorum/);
});

test('a key or a policy that cannot be read says nothing about the file', async () => {
  for (const options of [
    { ledgerKey: 'desk.example/facts+00000000+x' },
    { ...withTexts.options, witnesses: 'quorum one' },
  ]) {
    const { answer, reasons } = await verifyDossier(withTexts.bytes, options);
    assert.equal(answer, 'cannot tell');
    assert.match(reasons[0], /that was given/);
  }
});

test('a wrong cosignature by a witness of the policy is refused, and one by an unknown witness is passed over', async () => {
  const { key, file } = cosigned(withTexts.bytes, 1770000000n);
  const lines = file.split('\n');
  const last = lines.length - 2;
  const bytes = Buffer.from(lines[last].split(' ')[2], 'base64');
  bytes[20] ^= 1;
  lines[last] = `\u2014 example.org/w ${bytes.toString('base64')}`;
  const wrong = Buffer.from(summed(lines.join('\n')));
  const refused = await verifyDossier(wrong, { ...withTexts.options, witnesses: `witness one ${key}\nquorum none\n` });
  assert.equal(refused.code, 'note-signature');
  const unknown = await verifyDossier(wrong, withTexts.options);
  assert.equal(unknown.answer, 'verified');
});

test('every rule of docs/rules.md is judged or listed', () => {
  const document = readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8');
  const section = document.split('## Rejections')[1].split('\n## ')[0];
  const codes = [...section.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code);
  assert.ok(codes.length > 50, 'the table is there');
  const sources = ['judge', 'keys', 'types', 'seen', 'corroboration'].map((name) =>
    readFileSync(new URL(`../verify/${name}.js`, import.meta.url), 'utf8'),
  );
  for (const code of codes) {
    const isJudged = sources.some((source) => source.includes(`'${code}'`));
    assert.ok(isJudged || code in NOT_JUDGED, `${code} is neither judged nor listed`);
  }
  for (const code of Object.keys(NOT_JUDGED)) assert.ok(codes.includes(code), `${code} is no rule`);
  const page = readFileSync(new URL('../../docs/verifier.md', import.meta.url), 'utf8');
  for (const code of Object.keys(NOT_JUDGED)) assert.ok(page.includes(`\`${code}\``), `docs/verifier.md names ${code}`);
});
