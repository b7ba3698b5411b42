#!/usr/bin/env node
// The verifier as a command: node web/verify/cli.mjs FILE.dossier [--ledger-key VKEY] [--ledger-id ID] [--witness-policy FILE]
// Exit code 0: verified. 1: refused. 3: cannot tell. 2: the command cannot be understood.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { verifyDossier } from './verify.js';

const USAGE = 'usage: node cli.mjs FILE.dossier [--ledger-key VKEY] [--ledger-id ID] [--witness-policy FILE] [--json]';

/** @returns {Promise<number>} the exit code */
async function run() {
  const text = /** @type {const} */ ({ type: 'string' });
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'ledger-key': text, 'ledger-id': text, 'witness-policy': text, json: { type: 'boolean' } },
  });
  if (positionals.length !== 1) throw new Error('give one file');
  const policy = values['witness-policy'];
  const found = await verifyDossier(readFileSync(positionals[0]), {
    ledgerKey: values['ledger-key'],
    ledgerId: values['ledger-id'],
    witnesses: policy === undefined ? undefined : readFileSync(policy, 'utf8'),
  });
  if (values.json) console.log(JSON.stringify(found, null, 2));
  else print(found);
  return { verified: 0, refused: 1, 'cannot tell': 3 }[found.answer];
}

/** Without what a terminal would obey. @param {string} text */
const plain = (text) => text.replace(/[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');

/** @param {import('./verify.js').Answer} found */
function print({ answer, code, words, reasons, notJudged, facts }) {
  const lines = [code ? `${answer}: ${code}: ${words}` : answer];
  for (const reason of reasons) lines.push(`  because: ${reason}`);
  for (const { what, answer, said, count } of facts) {
    const sign = answer === 'holds' ? 'holds      ' : 'not checked';
    lines.push(`  ${sign}  ${what}${count ? ` (${count})` : ''}: ${said}`);
  }
  for (const { entry, code, why, decides } of notJudged)
    lines.push(`  not judged   ${code} of entry ${entry}: ${why}${decides ? '' : '; the answer does not rest on it'}`);
  console.log(lines.map(plain).join('\n'));
}

try {
  process.exitCode = await run();
} catch (problem) {
  console.error(`${problem instanceof Error ? problem.message : problem}\n${USAGE}`);
  process.exitCode = 2;
}
