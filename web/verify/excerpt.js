// Quotations: an excerpt is compared with a text code point by code point. docs/format.md, "Excerpts".
import { fromUtf8 } from './bytes.js';

/** The decoded text of bytes; null if there is none. @param {Uint8Array} bytes */
export function decodeText(bytes) {
  const text = bytes.length <= 33554432 ? fromUtf8(bytes) : null;
  if (text === null) return null;
  return text
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/[\0-\x08\x0b-\x1f\x7f-\x9f]/g, '\ufffd');
}

/**
 * What comparing an excerpt gives: `holds`, `sealed`, or the code with which it is refused.
 * @param {{start: number, end: number, quote: any}} excerpt @param {string | null} text
 */
export function compare({ start, end, quote }, text) {
  if (typeof quote !== 'string') return 'sealed';
  if (text === null) return 'excerpt-no-text';
  let at = 0;
  for (let point = 0; point < start && at < text.length; point++) at += Number(text.codePointAt(at)) > 0xffff ? 2 : 1;
  const there = Array.from(quote).length === end - start && text.startsWith(quote, at);
  return there ? 'holds' : 'excerpt-broken';
}
