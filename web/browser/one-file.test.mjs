// The one-file page, opened from a disk: it checks itself, runs nothing of what strangers wrote, and is caught when altered.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { pathToFileURL } from 'node:url';
import { executed, inaccessible, isTooWide, open, unreached, watched } from './chromium.mjs';
import { hostileLedger, run } from './ledger.mjs';

const folder = mkdtempSync(join(tmpdir(), 'one-file-'));
/** @type {any} */
let browser;
/** @type {Buffer} */
let dossier;
let ledgerKey = '';

before(async () => {
  hostileLedger(folder);
  run(folder, 'prove', 'verdict-a', '-o', 'it.dossier');
  dossier = readFileSync(join(folder, 'it.dossier'));
  ledgerKey = JSON.parse(run(folder, 'audit', '--json')).vkey;
  browser = await open();
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** The page, as the program makes it. @param {string} [language] */
function made(language = 'en') {
  run(folder, 'prove', 'verdict-a', '--format', 'html', '--language', language, '-o', 'it.html', '--force');
  return readFileSync(join(folder, 'it.html'), 'utf8');
}

/** Opens a text as a file, presses the button, and gives what the reader sees. @param {string} html @param {any} [options] */
async function opened(html, options) {
  const file = join(folder, 'page.html');
  writeFileSync(file, html);
  const { page, faults, close } = await watched(browser, options);
  await page.goto(String(pathToFileURL(file)));
  const button = page.getByRole('button');
  if (await button.count()) await button.click();
  if (await button.count()) await page.locator('[role=status] .answer').waitFor();
  const said = (await button.count()) ? await page.locator('[role=status]').innerText() : '';
  return { page, faults, close, said, details: await page.locator('#check').innerText() };
}

test('it says verified, by itself, from a disk', async () => {
  const html = made();
  assert.ok(html.length - dossier.length <= 400 * 1024, `${html.length} bytes`);
  const { page, faults, close, said } = await opened(html, { viewport: { width: 320, height: 700 } });
  assert.match(said, /^✓ Verified\. /);
  assert.deepEqual([faults, await executed(page), await isTooWide(page), await unreached(page)], [[], [], false, []]);
  assert.deepEqual(await inaccessible(page), []);
  await page.emulateMedia({ colorScheme: 'dark' });
  assert.deepEqual(await inaccessible(page), []);
  await close();
});

test('it says it in Arabic too, from right to left', async () => {
  const { page, faults, close, said } = await opened(made('ar'));
  assert.match(said, /تم التحقق/);
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).direction), 'rtl');
  assert.deepEqual([faults, await inaccessible(page)], [[], []]);
  await close();
});

test('without scripts all but the check is there', async () => {
  const { page, faults, close } = await opened(made(), { javaScriptEnabled: false });
  assert.match(await page.locator('main').innerText(), /“True”[^]*cannot vouch for itself/);
  assert.deepEqual(faults, []);
  await close();
});

test('an alteration of the page, of the record or of the dossier is caught', async () => {
  const html = made();
  const base64 = dossier.toString('base64');
  const text = dossier.toString().replace(/^(entry 9 .{40})./m, (_, before) => `${before}!`);
  /** @type {[string, string, RegExp][]} */
  const changed = [
    ['the rating', html.replace('>“True”<', '>“False”<'), /does not say what the ledger says/],
    ['the reasons', html.replace(/(data-field="reasons"[^>]*>)/, '$1Never. '), /does not say what the ledger says/],
    ['the date', html.replace(/(data-field="signed"[^>]*>[^<]*?)\d{4}/, '$11999'), /does not say what the ledger says/],
    ['the quotation', html.replace(/(data-field="quotation"[^>]*>)/, '$1not '), /does not say what the ledger says/],
    ['the record', html.replace('"rating":"True"', '"rating":"False"'), /does not say what the ledger says/],
    ['no rating', html.replace('data-field="rating"', ''), /does not say what the ledger says/],
    ['the dossier', html.replace(base64, Buffer.from(text).toString('base64')), /Refused/],
    [
      'the key',
      html.replace(
        ledgerKey,
        ledgerKey.replace(/.$/, (c) => (c === 'A' ? 'B' : 'A')),
      ),
      /Cannot tell|Refused/,
    ],
  ];
  for (const [what, altered, answer] of changed) {
    assert.notEqual(altered, html, what);
    const { close, said } = await opened(altered);
    assert.match(said, answer, what);
    await close();
  }
});

test('its policy holds: a script that somebody adds does not run', async () => {
  const html = made().replace(
    '<h1>',
    '<script>hacked=1</script><h1 onclick="hacked=1">',
  );
  const { page, faults, close } = await opened(html);
  await page.locator('h1').click();
  assert.equal(await page.evaluate(() => 'hacked' in globalThis), false);
  assert.ok(faults.every((fault) => /Content Security Policy/.test(fault)) && faults.length >= 1, faults.join());
  await close();
});
