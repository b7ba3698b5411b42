// The script of the one-file page, which carries its dossier and its words in data blocks. It is joined to one classic script:
// a page that is opened from a disk loads nothing.
import { checkThisPage } from './check.js';

/** The text of a data block. @param {string} id */
const block = (id) => document.getElementById(id)?.textContent ?? '';

const section = document.getElementById('check');
const load = async () => Uint8Array.from(atob(block('dossier').trim()), (c) => c.charCodeAt(0));
if (section)
  checkThisPage(section, JSON.parse(block('words')), load, (bytes, ledgerKey) =>
    globalThis.verifyDossier(bytes, { ledgerKey }),
  );
