// The joined script gives the answers of the modules, and stays within its size.
import assert from 'node:assert/strict';
import test from 'node:test';
import vm from 'node:vm';
import { gzipSync } from 'node:zlib';
import { joined } from '../join.mjs';
import { vectors, withTexts } from './dossiers.mjs';

/** What a page downloads, compressed with `gzip -9`. */
const MOST_BYTES = 36 * 1024;

test('the joined script answers as the modules do, in a world that has only what a worker has', async () => {
  const context = vm.createContext({ crypto, TextEncoder, TextDecoder, atob, btoa });
  vm.runInContext(joined(), context);
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

test('the joined script has no remark of ours left, and no tag that would end it in a page', () => {
  assert.doesNotMatch(joined(), /<\/script|<!--|@param/i);
});

test('the verifier is small', (t) => {
  const { length } = gzipSync(joined(), { level: 9 });
  t.diagnostic(`${length} bytes compressed`);
  assert.ok(length <= MOST_BYTES, `${length} bytes compressed; the limit is ${MOST_BYTES}`);
});
