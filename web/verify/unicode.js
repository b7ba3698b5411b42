// Text: what can be seen, and the forms in which texts are compared. The tables of the format are those of Unicode 16.0;
// an engine has those of its own version. So a form is computed only of characters that mean the same in every version.
import { CannotTell } from './answer.js';

const SPACE = '\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const IGNORABLE =
  '\\xad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u2800' +
  '\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufff8\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e0fff}';

export const WHITE_SPACE = new RegExp(`[${SPACE}]`, 'u');
const VISIBLE = new RegExp(`[^\\0-\\x1f\\x7f-\\x9f${SPACE}${IGNORABLE}]`, 'u');
const SOME_INVISIBLE = new RegExp(`[\\0-\\x1f\\x7f-\\x9f${SPACE}${IGNORABLE}]`, 'u');

/** Whether a text has a visible character. @param {string} text */
export const isVisible = (text) => VISIBLE.test(text);
/** @param {string} text */
export const isWhollyVisible = (text) => !SOME_INVISIBLE.test(text);

// Latin, Greek, Cyrillic, Hebrew, Arabic, punctuation, Kana, Han and Hangul: assigned for good, long before version 16.0.
const SETTLED = new RegExp(
  '^[\\0-\\u0377\\u037a-\\u037f\\u0384-\\u038a\\u038c\\u038e-\\u03a1\\u03a3-\\u0482\\u048a-\\u0527\\u05d0-\\u05ea\\u0621-\\u063a' +
    '\\u0641-\\u0652\\u0660-\\u0669\\u066e-\\u06d3\\u1e00-\\u1eff\\u2000-\\u2064\\u20a0-\\u20b5\\u2190-\\u21ff\\u3000-\\u303f' +
    '\\u3041-\\u3096\\u3099-\\u30ff\\u4e00-\\u9fa5\\uac00-\\ud7a3]*$',
);

/**
 * Simple case folding of Normalization Form C.
 * @param {string} text
 */
function folded(text) {
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
  if (!SETTLED.test(text)) throw new CannotTell('a text has characters whose forms depend on the version of Unicode');
  return Array.from(text.normalize('NFC'), (c) => {
    // Of dotless i there is no folding; what has no single counterpart stays as it is.
    if (c === 'ı') return c;
    const upper = c.toUpperCase();
    const lower = (upper.length === c.length ? upper : c).toLowerCase();
    return lower.length === c.length ? lower : c;
  }).join('');
}

/** The form *code*. @param {string} one @param {string} other */
export const isSameCode = (one, other) => one === other || folded(one) === folded(other);

/** The form *words*. @param {string} text */
const words = (text) =>
  folded(text)
    .replace(new RegExp(`[${IGNORABLE}\\0-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f]`, 'gu'), '')
    .replace(new RegExp(`[${SPACE}]+`, 'gu'), ' ')
    .replace(/^ | $/g, '');

/** @param {string} one @param {string} other */
export const isSameWords = (one, other) => one === other || words(one) === words(other);

/** The form *address*. @param {string} url */
export function address(url) {
  let [, scheme, rest] = /** @type {RegExpExecArray} */ (/^([^:]*):([^]*)$/.exec(url));
  scheme = ascii(scheme).replace(/^http$/, 'https');
  const fragment = rest.search('#');
  if (fragment >= 0 && !/^#[/!]/.test(rest.slice(fragment))) rest = rest.slice(0, fragment);
  rest = rest.replace(/^\/\/[^/?#]*/, (authority) => {
    const lower = ascii(authority);
    return scheme === 'https' ? lower.replace(/:(?:443|80)?$/, '') : lower;
  });
  return `${scheme}:${rest}`;
}

/** @param {string} text */
const ascii = (text) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
