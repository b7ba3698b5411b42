#!/usr/bin/env node
// Compares this verifier with the program on random logs, and on dossiers of parts of them:
//
//   node web/compare.mjs target/release/claimledger [SEED] [LOGS]
//
// What the program refuses must never be "verified" here, and what it verifies must never be "refused". Exit code 1 if that
// happens; the file is kept. The answers are counted: the program's, then ours.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { corroboration } from './verify/corroboration.js';
import { belong } from './verify/select.js';
import { readStatement } from './verify/statement.js';
import { verifyDossier } from './verify/verify.js';
import { Builder, HEAD, key } from './test/builder.mjs';
import { RECOVERY, STATEMENTS, dice } from './test/random.mjs';

const [program, seed = '1', count = '5'] = process.argv.slice(2);
const d = dice(Number(seed));
const folder = mkdtempSync(join(tmpdir(), 'compare-'));
const file = join(folder, 'x.dossier');
/** @type {Record<string, number>} */
const answers = {};
let wrong = 0;

/** @param {Buffer} dossier */
function theirs(dossier, /** @type {string} */ id) {
  writeFileSync(file, dossier);
  const env = { ...process.env, XDG_STATE_HOME: join(folder, 'state') };
  const { status, stdout, stderr } = spawnSync(program, ['verify', file, '--ledger-id', id, '--json'], {
    encoding: 'utf8',
    env,
  });
  rmSync(join(folder, 'state'), { recursive: true, force: true });
  if (status === 0) return 'verified';
  return /"code": *"([a-z0-9-]+)"/.exec(status === 3 ? '' : stdout + stderr)?.[1] ?? 'cannot tell';
}

/** @param {Builder} log @param {Buffer} dossier */
async function compare(log, dossier) {
  const their = theirs(dossier, log.ids[0]);
  const { answer, code } = await verifyDossier(dossier, { ledgerId: log.ids[0] });
  const both = `${their} / ${code ?? answer}`;
  answers[both] = (answers[both] ?? 0) + 1;
  const isWrong =
    (answer === 'verified') !== (their === 'verified') && !(their === 'verified' && answer === 'cannot tell');
  if (!isWrong) return;
  wrong++;
  const kept = join(tmpdir(), `compare-${seed}-${wrong}.dossier`);
  writeFileSync(kept, dossier);
  console.log(`WRONG: ${both}, ledger ${log.ids[0]}, kept in ${kept}`);
}

const kinds = Object.entries(STATEMENTS);
const total = kinds.reduce((sum, [, [weight]]) => sum + weight, 0);
function kind() {
  let left = (d.below(1e6) / 1e6) * total;
  return kinds.find(([, [weight]]) => (left -= weight) <= 0)?.[0] ?? 'claim.add';
}
const FITS = /** @type {[RegExp, string[]][]} */ ([
  [/^(source|claim|review|origin|evidence|verdict\.issue)/, ['reviewer', 'importer']],
  [/^(verdict|dispute)/, ['editor', 'reviewer']],
  [/^(withdraw|key\.rotate)/, ['admin', 'editor', 'reviewer']],
]);

/** A random log, and every comparison on the way. */
async function run() {
  let log = new Builder();
  const recovery = [...RECOVERY].sort((a, b) => Buffer.compare(key(a).bytes, key(b).bytes));
  const desk = { name: 'Desk', organisation: 'desk' };
  const keys = recovery.map((n) => key(n).base64);
  const first = {
    checkpointKey: key(HEAD).base64,
    holder: 'ada',
    organisation: desk,
    origin: 'desk.example/facts',
    rules: 1,
    title: 'F',
  };
  await log.add('ledger.create', 1, {
    ...first,
    ...(d.chance(0.6) ? { recovery: { keys, threshold: 1 + d.below(2) } } : {}),
  });
  await log.add('organisation.set', 1, { name: 'Paper', organisation: 'paper' });
  await log.enroll(2, 'eve', 'paper', ['admin', 'editor', 'reviewer']);
  await log.enroll(3, 'bob', 'desk', ['reviewer']);
  await log.enroll(4, 'cleo', 'desk', ['editor']);
  await log.enroll(5, 'bob', 'paper', ['editor', 'reviewer'], 2);
  await log.enroll(7, 'dan', 'desk', ['admin', 'reviewer']);
  const seeds = new Map([...Array(256).keys()].map((n) => [key(n).base64, n]));
  let says = await log.log();
  const setup = ['scale.set', 'policy.set', 'source.add', 'claim.add', 'evidence.add', 'verdict.issue'];
  let next = 10;
  const length = 25 + d.below(30);
  for (let tries = 0; log.ids.length < length && tries < 300; tries++) {
    const people = [...says.keys].flatMap(([base64, { person }]) =>
      person ? { n: Number(seeds.get(base64)), ...person } : [],
    );
    const type = setup[log.ids.length - 7] ?? kind();
    const [, roles] = FITS.find(([types]) => types.test(type)) ?? [, ['admin']];
    const able = people.filter((person) => person.ended === null && roles.some((role) => person.roles.includes(role)));
    const signer = d.pick(able.length && d.chance(0.9) ? able : people);
    /** @type {import('./test/random.mjs').World} */
    const world = { d, log, signer, people, next, more: {} };
    const body = STATEMENTS[type][1](world);
    const seen = d.chance(0.8) ? log.ids.length : Math.max(1, log.ids.length - d.below(6));
    const { n, organisation } = world.signer;
    if (type === 'verdict.issue') body.corroboration = await numbers(says, organisation, body.claim, seen);
    const tried = log.clone();
    const label = d.chance(0.06) ? { label: `label-${d.pick(['x', 'y'])}` } : {};
    const issued = d.chance(0.03) ? { issued: 1770000000 + log.ids.length * 60 + d.pick([-200000, 900]) } : {};
    await tried.add(type, n, body, { seen, ...label, ...issued, ...world.more });
    const statement = tried.bytes[tried.bytes.length - 1].subarray(153);
    const isForm = await readStatement(statement).then(
      () => true,
      () => false,
    );
    if (!isForm) continue;
    try {
      says = await tried.log();
    } catch {
      // Refused here: the program must refuse it too.
      if (d.chance(0.15)) await compare(tried, await tried.dossier(log.ids.length));
      continue;
    }
    log = tried;
    if (world.joins) next++;
    if (world.head) log.heads.push(world.head);
  }
  await compare(log, await log.dossier(log.ids.length - 1));
  for (let i = 0; i < 4; i++) {
    const subject = d.below(log.ids.length);
    const chosen = whatBelongs(says.entries, subject);
    // Without some entries: what the file still asks for then, or not even that.
    const some = says.entries.filter(
      ({ index }) => chosen.includes(index) && (!index || index === subject || i === 0 || !d.chance(0.15)),
    );
    let part = some.map(({ index }) => index);
    try {
      if (d.chance(0.8)) part = whatBelongs(some, subject);
    } catch {
      // Something named is not there any more.
    }
    await compare(log, await log.dossier(subject, part));
  }
}

/** @param {import('./verify/log.js').Log} says @param {string} organisation @param {string} claim @param {number} seen */
async function numbers(says, organisation, claim, seen) {
  const zero = { circular: 0, documents: 0, independent: 0, ownWord: 0, untraced: 0 };
  const none = { inputs: '0'.repeat(64), method: 1, refutation: zero, support: zero };
  const thing = says.at(claim);
  if (thing.type !== 'claim.add' || thing.index >= seen || d.chance(0.03)) return none;
  return { method: 1, ...(await corroboration(says, organisation, thing, seen).catch(() => none)) };
}

/** The entries that belong to one: those that remain when the strays are gone. @param {import('./verify/log.js').Entry[]} entries @param {number} subject */
function whatBelongs(entries, subject) {
  for (;;) {
    try {
      belong(entries, subject);
      return entries.map(({ index }) => index);
    } catch (problem) {
      const [, stray] = /^entry (\d+) does not belong/.exec(problem instanceof Error ? problem.message : '') ?? [];
      if (stray === undefined) throw problem;
      entries = entries.filter(({ index }) => index !== Number(stray));
    }
  }
}

for (let i = 0; i < Number(count); i++) await run();
rmSync(folder, { recursive: true });
const all = Object.entries(answers).sort(([, a], [, b]) => b - a);
for (const [both, times] of all) console.log(`${String(times).padStart(5)}  ${both}`);
console.log(`${all.reduce((sum, [, times]) => sum + times, 0)} dossiers, ${wrong} wrong`);
process.exitCode = wrong ? 1 : 0;
