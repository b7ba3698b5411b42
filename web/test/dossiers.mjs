// The dossiers that the tests use: the vectors, and one with texts, which no vector has.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';

const folder = new URL('../../tests/vectors/dossier/', import.meta.url);

/**
 * @typedef {{name: string, bytes: Uint8Array, options: import('../verify/verify.js').Options, expect: any}} Dossier
 */

/** @type {Dossier[]} */
export const vectors = readdirSync(folder).map((file) => {
  const { input, expect } = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
  return { name: file, bytes: Buffer.from(input.dossier), options: { ledgerKey: input.ledgerKey }, expect };
});

/** Made from the example ledger with `claimledger prove 24 --with-texts`. @type {Dossier} */
export const withTexts = {
  name: 'with-texts.dossier',
  bytes: readFileSync(new URL('fixtures/with-texts.dossier', import.meta.url)),
  options: { ledgerId: '72959a183018bc8acc696305bb027c6a1092ea87bf3036411dd9c4c5a7c10a99' },
  expect: { answer: 'verified', notJudged: [] },
};

/** With a right sum, so that the sum alone does not show the change. @param {string} text */
export function summed(text) {
  const [header, , ...rest] = text.split('\n');
  const sum = createHash('sha256').update(rest.join('\n')).digest('base64');
  return [header, `sum ${sum}`, ...rest].join('\n');
}
