// The one-file page of a dossier, plain, for the tests: as `prove ID --format html` fills the same template.
import { proved } from '../pages/check.js';
import { oneFile } from '../one-file.mjs';
import { verifyDossier } from '../verify/verify.js';

/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

const STYLE = `:root{color-scheme:light dark}body{font:1rem/1.6 serif;max-width:42rem;margin:auto;padding:1rem;overflow-wrap:anywhere}
pre{white-space:pre-wrap}:focus-visible{outline:3px solid}button{font:inherit;padding:.5rem 1rem}@media print{button{display:none}}`;

const HOW = `<h2>Check it</h2>
<p>A page cannot vouch for itself: who can change the page can change its script too. To be sure, check the dossier with the program, or with
a copy of the verifier that you got from elsewhere:</p>
<pre tabindex="0"><code>claimledger verify FILE --ledger-key VKEY</code></pre>`;

/** @param {Uint8Array} dossier @param {string} ledgerKey @param {string} [language] */
export async function prototype(dossier, ledgerKey, language) {
  const answer = await verifyDossier(dossier, { ledgerKey });
  const says = proved(answer);
  const place = (/** @type {string} */ tag, /** @type {string} */ field) =>
    (says[field] ?? [])
      .slice(0, 1)
      .map((text) => `<${tag} data-field="${field}" dir="auto">${escaped(String(text))}</${tag}>`)
      .join('');
  const content = `<h1>A verdict</h1>${place('p', 'claim')}<p>Rated ${place('strong', 'rating')}</p>
${place('p', 'reasons')}${place('p', 'limits')}<p>${place('time', 'signed')}</p>${place('blockquote', 'quotation')}`;
  const record = { kind: 'verdict', id: says.id[0], rating: says.rating[0] };
  return oneFile({ title: 'A verdict', content, howToCheck: HOW, ledgerKey, record, dossier, style: STYLE }, language);
}
