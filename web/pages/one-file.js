// The script of the one-file page, which carries its dossier and its words in data blocks. It is joined to one classic script:
// a page that is opened from a disk loads nothing.
import { compare, element, put, shown } from './check.js';

/** The text of a data block. @param {string} id */
const block = (id) => document.getElementById(id)?.textContent ?? '';

const section = /** @type {HTMLElement} */ (document.getElementById('check'));
const words = JSON.parse(block('words'));
const button = element('button', { type: 'button' }, words.checkThis);
const status = element('div', { role: 'status' });
const details = element('div', {});
section.append(element('p', {}, button), status, details);
button.addEventListener('click', async () => {
  status.replaceChildren(element('p', {}, words.checking));
  details.replaceChildren();
  const bytes = Uint8Array.from(atob(block('dossier').trim()), (c) => c.charCodeAt(0));
  const answer = await globalThis.verifyDossier(bytes, { ledgerKey: section.dataset.ledgerKey });
  put(status, details, shown(answer, compare(document, JSON.parse(block('record')), answer), words));
});
