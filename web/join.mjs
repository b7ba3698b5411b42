#!/usr/bin/env node
// Joins the modules of the verifier into one classic script, for a page that must open from a file: browsers load no modules
// there. Each module becomes a function, called in the order of the imports; comments and indentation are left out, nothing
// else changes. The script sets `verifyDossier`.
//
//   node web/join.mjs > verify.classic.js
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The modules that one needs, itself last. @param {URL} url @param {Map<string, string>} found by address */
function gather(url, found) {
  if (found.has(url.href)) return found;
  const text = readFileSync(url, 'utf8');
  for (const [, from] of text.matchAll(/^import .* from '(.*)';$/gm)) gather(new URL(from, url), found);
  return found.set(url.href, text);
}

/** What a module is called in the script. @param {string} href */
const called = (href) => href.replace(/^.*\/|\.js$/g, '');

/** A module as a function that gives what it exports. @param {[string, string]} module */
function wrapped([href, text]) {
  /** @type {string[]} */
  const exported = [];
  const body = text
    .replace(/\/\*\*[^]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/^import \* as (\w+) from '\.\/(\w+)\.js';$/gm, 'const $1 = M.$2;')
    .replace(/^import (\{.*\}) from '\.\/(\w+)\.js';$/gm, 'const $1 = M.$2;')
    .replace(/^export (async function|function|class|const) (\w+)/gm, (_, kind, name) => {
      exported.push(name);
      return `${kind} ${name}`;
    })
    .replace(/^\s+/gm, '');
  return `M.${called(href)} = (() => {\n${body}return { ${exported.join(', ')} };\n})();\n`;
}

/** The script. */
export function joined() {
  const modules = [...gather(new URL('verify/verify.js', import.meta.url), new Map())].map(wrapped);
  return `'use strict';\n(() => {\nconst M = {};\n${modules.join('')}globalThis.verifyDossier = M.verify.verifyDossier;\n})();\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(joined());
