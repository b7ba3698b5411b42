#!/usr/bin/env node
// Joins modules into one script, for pages: browsers load no modules from a file on a disk, and one file is one thing to pin.
// Each module becomes a function, called in the order of the imports; comments and indentation are left out, nothing else
// changes. What it makes is committed, so that the program needs no Node to build; .ci/web compares.
//
//   node web/join.mjs      writes web/pages/verify.js and web/pages/one-file.classic.js
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The modules that one needs, itself last. @param {URL} url @param {Map<string, string>} found by address */
function gather(url, found) {
  if (found.has(url.href)) return found;
  const text = readFileSync(url, 'utf8');
  for (const [, from] of text.matchAll(/^import .* from '(.*)';$/gm)) gather(new URL(from, url), found);
  return found.set(url.href, text);
}

/** What a module is called in the script. @param {string} href */
const called = (href) => href.replace(/^.*\/|\.js$/g, '').replace('-', '_');

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

/** One script of a module and those that it needs. @param {string} from @param {string} [last] */
function joined(from, last = '') {
  const modules = [...gather(new URL(from, import.meta.url), new Map())].map(wrapped);
  const head = `// Made from web/${from} of the repository of claimledger by web/join.mjs; read it there, with its remarks.\n`;
  return `${head}'use strict';\n(() => {\nconst M = {};\n${modules.join('')}${last}})();\n`;
}

/** What is made: the text of each file. A page may import `verify.js`, or have it as a classic script. */
export const made = () => ({
  'verify.js': joined('verify/verify.js', 'globalThis.verifyDossier = M.verify.verifyDossier;\n'),
  'one-file.classic.js': joined('pages/one-file.js'),
});

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [name, text] of Object.entries(made())) writeFileSync(new URL(`pages/${name}`, import.meta.url), text);
