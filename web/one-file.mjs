// Fills the template of the one-file page as `prove ID --format html` does. For tests.
//
// What stands in each place of web/pages/one-file.html: `language` and `direction` of the page; `title`, `content` and
// `how-to-check`, HTML in which the words of others are escaped; `ledger-key`, a verifier key; `record` and `words`, JSON in which
// each < is \u003c; `dossier`, its bytes in base64; `style`, the style sheet; `script`, verify.js and then
// one-file.classic.js. The hashes are of the bytes of `style` and `script`, as sha256-<base64>. Nothing is added around them.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** @param {string} name */
const page = (name) => readFileSync(new URL(`pages/${name}`, import.meta.url), 'utf8');
/** @param {string} text */
const hash = (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
/** @param {any} value */
const block = (value) => JSON.stringify(value).replace(/</g, '\\u003c');

/**
 * @param {{title: string, content: string, howToCheck: string, ledgerKey: string, record: any, dossier: Uint8Array, style: string}} parts
 * @param {string} [language]
 */
export function oneFile({ title, content, howToCheck, ledgerKey, record, dossier, style }, language = 'en') {
  const script = page('verify.js') + page('one-file.classic.js');
  /** @type {Record<string, string>} */
  const places = {
    language,
    direction: language === 'ar' ? 'rtl' : 'ltr',
    title,
    content,
    'how-to-check': howToCheck,
    'ledger-key': ledgerKey,
    record: block(record),
    words: block(JSON.parse(page(`words.${language}.json`))),
    dossier: Buffer.from(dossier).toString('base64'),
    style,
    script,
    'style-hash': hash(style),
    'script-hash': hash(script),
  };
  return page('one-file.html').replace(/\{\{([a-z-]+)\}\}/g, (_, name) => places[name]);
}
