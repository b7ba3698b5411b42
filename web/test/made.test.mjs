// Dossiers that are made here: what cannot be told, what a holder of a key can do on purpose, and how long it takes.
import assert from 'node:assert/strict';
import test from 'node:test';
import { verifyDossier } from '../verify/verify.js';
import { leafHash } from '../verify/tree.js';
import { HEAD, TEXT, desk, key } from './builder.mjs';

const ZERO = { circular: 0, documents: 0, independent: 0, ownWord: 0, untraced: 0 };

/** @param {import('./builder.mjs').Builder} log @param {number} [subject] @param {string[]} [texts] */
const check = async (log, subject = log.ids.length - 2, texts = []) =>
  verifyDossier(await log.dossier(subject, undefined, texts), { ledgerId: log.ids[0] });

test('a verdict on two sources of two publishers is verified, with its quotations', async () => {
  const { log, source, verdict } = await desk();
  await verdict([await source('Town', 'supports'), await source('Wire', 'supports')]);
  const found = await check(log, undefined, [TEXT]);
  assert.equal(found.answer, 'verified', found.words ?? found.reasons.join());
  assert.equal(found.approval, 'approved');
  const { body } = found.entries[found.entries.length - 2];
  assert.equal(body.corroboration.support.independent, 2);
  assert.ok(found.facts.some(({ what, answer, count }) => what === 'quotations' && answer === 'holds' && count === 2));
});

test('publishers that differ in letters of every version of Unicode are compared; others cannot be', async () => {
  const one = await desk();
  await one.verdict([await one.source('ŁÓDŹ  dziś', 'supports'), await one.source('łódź Dziś', 'supports')]);
  const same = await check(one.log);
  assert.equal(same.answer, 'verified', same.words ?? same.reasons.join());
  assert.equal(same.entries[same.entries.length - 2].body.corroboration.support.independent, 1);

  // A capital of Garay, new in Unicode 16.0: some engines fold it, others do not know it.
  const other = await desk();
  const evidence = [await other.source('\u{10d50}', 'supports'), await other.source('\u{10d70}', 'supports')];
  const { claim, scale, log } = other;
  const corroboration = { inputs: '0'.repeat(64), method: 1, refutation: ZERO, support: ZERO };
  await log.add('verdict.issue', 3, {
    claim,
    corroboration,
    evidence: evidence.sort(),
    rating: 'true',
    reasons: 'r',
    scale,
  });
  const unknown = await check(log, log.ids.length - 1);
  assert.equal(unknown.answer, 'cannot tell');
  assert.deepEqual(
    unknown.notJudged.map(({ code, decides }) => [code, decides]),
    [['corroboration-mismatch', true]],
  );
  assert.match(unknown.notJudged[0].why, /Unicode/);
});

test('revocations that contradict each other: cannot tell, with the rules that rest on them', async () => {
  const { log, claim, scale, source } = await desk();
  const first = log.ids.length;
  const evidence = await source('Town', 'supports');
  await log.enroll(5, 'dan', 'desk', ['admin']);
  await log.enroll(7, 'fay', 'desk', ['reviewer']);
  // Somebody with dan's key takes bob's trust; ada takes dan's, from that entry on.
  const revoke = (/** @type {number} */ seed, /** @type {number} */ from) => ({
    distrustFrom: from,
    key: key(seed).base64,
    reason: 'compromised',
  });
  await log.add('key.revoke', 5, revoke(3, first));
  await log.add('key.revoke', 1, revoke(5, log.ids.length - 1));
  const corroboration = { inputs: '0'.repeat(64), method: 1, refutation: ZERO, support: ZERO };
  await log.add('verdict.issue', 7, {
    claim,
    corroboration,
    evidence: [evidence],
    rating: 'true',
    reasons: 'r',
    scale,
  });
  const found = await check(log, log.ids.length - 1);
  assert.equal(found.answer, 'cannot tell', found.words);
  const codes = found.notJudged.filter(({ decides }) => decides).map(({ code }) => code);
  assert.deepEqual([...new Set(codes)].sort(), ['corroboration-mismatch', 'reference-withdrawn']);
});

test('a limit of this verifier decides wherever it is met: the program may refuse the file for that entry', async () => {
  const { log, source, verdict } = await desk();
  const first = log.ids.length;
  const approved = await verdict([await source('Town', 'supports')]);
  const subject = log.ids.indexOf(approved);
  await log.enroll(5, 'dan', 'desk', ['admin']);
  await log.add('key.revoke', 5, { distrustFrom: first, key: key(3).base64, reason: 'compromised' });
  await log.add('key.revoke', 1, { distrustFrom: log.ids.length - 1, key: key(5).base64, reason: 'compromised' });
  assert.equal((await check(log, subject)).answer, 'verified');
  await log.add('dispute.open', 4, { grounds: 'process', note: 'n', target: approved });
  const found = await check(log, subject);
  assert.equal(found.answer, 'cannot tell');
  assert.deepEqual(
    found.notJudged.map(({ entry, decides }) => [entry, decides]),
    [[log.ids.length - 1, true]],
  );
});

test('a signature that only ZIP-215 accepts passes as a signature, and the rules refuse its key', async () => {
  // The identity as key, R of order 4, S = 0: valid for every statement. No rule lets such a key sign.
  const { log } = await desk();
  const weak = Buffer.alloc(32);
  weak[0] = 1;
  const bytes = Buffer.from(log.bytes[0]);
  const payload = Buffer.from(bytes.subarray(153).toString().replace(key(1).base64, weak.toString('base64')));
  bytes.set(weak, 49);
  bytes.set(Buffer.alloc(64), 81);
  log.bytes = [Buffer.concat([bytes.subarray(0, 153), payload])];
  log.statements.length = log.ids.length = 1;
  log.leaves = [await leafHash(log.bytes[0])];
  const found = await verifyDossier(await log.dossier(0));
  assert.deepEqual([found.answer, found.code], ['refused', 'key-taken']);
  assert.ok(found.facts.some(({ what }) => what === 'signatures'));
});

test('a dossier of fifty entries', async (t) => {
  const { log, source, verdict } = await desk();
  const evidence = [];
  for (let i = 0; i < 14; i++) evidence.push(await source(`Publisher ${i}`, i % 3 ? 'supports' : 'refutes'));
  await verdict(evidence);
  const file = await log.dossier(log.ids.length - 2, undefined, [TEXT]);
  assert.equal(log.ids.length, 50);
  const times = [];
  for (let i = 0; i < 10; i++) {
    const began = performance.now();
    const { answer, words } = await verifyDossier(file, { ledgerId: log.ids[0] });
    times.push(performance.now() - began);
    assert.equal(answer, 'verified', words);
  }
  times.sort((a, b) => a - b);
  t.diagnostic(`50 entries: ${times[0].toFixed(0)} ms at best, ${times[5].toFixed(0)} ms in the middle of ten`);
  // Far above what it takes, so that a busy machine does not fail: it catches work that grows with the square.
  assert.ok(times[0] < 2000);
});

test('the checkpoint key cannot sign a statement', async () => {
  const { log } = await desk();
  await log.add('claim.add', HEAD, { about: 'fact', claimants: 'unknown', text: 'x', wording: 'reported' });
  assert.equal((await check(log, log.ids.length - 1)).code, 'checkpoint-key');
});
