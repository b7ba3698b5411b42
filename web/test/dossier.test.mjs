// Every dossier vector gets the program's answer; where this verifier does not follow a rule, "cannot tell" with its code.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { NOT_JUDGED, verifyDossier } from '../verify/verify.js';
import { vectors, withTexts } from './dossiers.mjs';

const ANSWERS = { verified: 'verified', couldNotTell: 'cannot tell' };

/** Vectors that the program refuses, and of which this verifier cannot tell: each with the rule that it does not judge. */
const EXCEPTIONS = /** @type {Record<string, string>} */ ({
  'despite-missing.json': 'despite-missing',
});

test('dossier: the same answer to every vector', async (t) => {
  assert.ok(vectors.length >= 70, 'the vectors are there');
  for (const { name, bytes, options, expect } of vectors) {
    await t.test(name, async () => {
      const found = await verifyDossier(bytes, options);
      if (EXCEPTIONS[name]) {
        assert.equal(found.answer, 'cannot tell');
        assert.ok(found.notJudged.some(({ code, decides }) => decides && code === EXCEPTIONS[name]));
      } else if (expect.code) {
        assert.deepEqual([found.answer, found.code], ['refused', expect.code], found.reasons.join());
        assert.ok(found.words);
      } else {
        assert.equal(found.answer, ANSWERS[/** @type {'verified'} */ (expect.answer)], found.words);
        assert.deepEqual(found.notJudged.map(({ entry, code }) => [entry, code]), expect.notJudged);
      }
    });
  }
});

test('a dossier with texts: its quotations are compared', async () => {
  const found = await verifyDossier(withTexts.bytes, withTexts.options);
  assert.equal(found.answer, 'verified', found.words ?? found.reasons.join());
  const quotations = found.facts.filter(({ what }) => what === 'quotations');
  assert.deepEqual(quotations.map(({ answer, count }) => [answer, count]), [['holds', 2]]);
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

test('a witness policy that is not met: cannot tell; one whose witness signed: verified with the witness named', async () => {
  const policy = 'witness one example.org/w+6ed2a3e6+BI+VTUO2Jxf08rwMWwa4e+ZDS5K9pN51sx0C1JAGbMX8\nquorum one\n';
  const found = await verifyDossier(withTexts.bytes, { ...withTexts.options, witnesses: policy });
  assert.equal(found.answer, 'refused');
  assert.equal(found.code, 'policy-malformed');
  const none = await verifyDossier(withTexts.bytes, { ...withTexts.options, witnesses: 'quorum none\n' });
  assert.equal(none.answer, 'verified');
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
