// Altered dossiers: none of them is ever "verified".
import assert from 'node:assert/strict';
import test from 'node:test';
import { verifyDossier } from '../verify/verify.js';
import { alterations } from './alter.mjs';
import { summed, vectors, withTexts } from './dossiers.mjs';

test('altered dossiers are never verified', async (t) => {
  /** @type {Record<string, number>} */
  const answers = {};
  let made = 0;
  for (const dossier of [...vectors.filter(({ name }) => name.startsWith('valid')), withTexts])
    for (const { what, file } of alterations(dossier)) {
      made++;
      const { answer, code } = await verifyDossier(file, dossier.options);
      assert.notEqual(answer, 'verified', `${dossier.name}: ${what}`);
      const found = code ?? answer;
      answers[found] = (answers[found] ?? 0) + 1;
    }
  assert.ok(made >= 200, `${made} altered dossiers`);
  t.diagnostic(`${made} altered dossiers: ${JSON.stringify(answers)}`);
});

test('the forged dossiers of the program, with the sum made right, are never verified', async () => {
  for (const { bytes, expect, name, options } of vectors) {
    if (!expect.code) continue;
    const { answer } = await verifyDossier(Buffer.from(summed(Buffer.from(bytes).toString())), options);
    assert.notEqual(answer, 'verified', name);
  }
});
