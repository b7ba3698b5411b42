// What pages load: the scripts that are committed are those that the modules give, answer as the modules do, and stay small.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';
import vm from 'node:vm';
import { gzipSync } from 'node:zlib';
import { made } from '../join.mjs';
import { vectors, withTexts } from './dossiers.mjs';

/** What a page loads at once, and what it loads in all when a reader asks for a check: compressed with `gzip -9`. */
const MOST_BYTES = { atOnce: 8 * 1024, inAll: 42 * 1024 };
const pages = new URL('../pages/', import.meta.url);
/** @param {string} name */
const page = (name) => readFileSync(new URL(name, pages), 'utf8');
const verifier = page('verify.js');

test('the committed scripts are what web/join.mjs makes of the modules', () => {
  for (const [name, text] of Object.entries(made()))
    assert.ok(page(name) === text, `web/pages/${name} is not what the modules give: run node web/join.mjs`);
});

test('the joined script answers as the modules do, in a world that has only what a worker has', async () => {
  const context = vm.createContext({ crypto, TextEncoder, TextDecoder, atob, btoa });
  vm.runInContext(verifier, context);
  for (const { bytes, options, expect } of [
    withTexts,
    ...vectors.filter(({ name }) => /^(valid|open|own)/.test(name)),
  ]) {
    const { answer, code } = await context.verifyDossier(new Uint8Array(bytes), options);
    const wanted =
      expect.code ?? { verified: 'verified', couldNotTell: 'cannot tell' }[/** @type {'verified'} */ (expect.answer)];
    assert.equal(code ?? answer, wanted);
  }
});

test('the joined scripts have no remark of ours left, and no tag that would end them in a page', () => {
  for (const text of Object.values(made())) assert.doesNotMatch(text, /<\/script|<!--|@param/i);
});

test('the words are there in every language', () => {
  const [english, ...others] = readdirSync(pages)
    .filter((name) => name.startsWith('words.'))
    .sort((a) => (a === 'words.en.json' ? -1 : 1))
    .map((name) => JSON.parse(page(name)));
  assert.ok(others.length >= 1);
  for (const words of others) {
    assert.deepEqual(Object.keys(words), Object.keys(english));
    for (const [name, text] of Object.entries(words)) {
      assert.ok(text, name);
      assert.deepEqual(text.match(/\{\w+\}/g)?.sort(), english[name].match(/\{\w+\}/g)?.sort(), name);
    }
  }
});

test('every word that the scripts ask for is there', () => {
  const words = JSON.parse(page('words.en.json'));
  const scripts = ['page.js', 'check.js', 'one-file.js'].map(page).join('');
  for (const [, name] of scripts.matchAll(/\bwords\.(\w+)(?!\.json|\w)/g)) assert.ok(name in words, name);
  for (const answer of ['verified', 'refused', 'cannot tell', 'differs']) assert.ok(`short.${answer}` in words);
});

test('what a page loads is small', (t) => {
  const size = (/** @type {string[]} */ ...names) =>
    names.reduce((sum, name) => sum + gzipSync(page(name), { level: 9 }).length, 0);
  const atOnce = size('page.js', 'check.js', 'words.en.json');
  const inAll = atOnce + size('verify.js');
  t.diagnostic(`${atOnce} bytes compressed at once, ${inAll} with the verifier`);
  assert.ok(atOnce <= MOST_BYTES.atOnce && inAll <= MOST_BYTES.inAll);
});
