// The pages of a site in Chromium: a site of the story that `demo` tells, and one of a ledger in which every word is hostile.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { executed, inaccessible, isTooWide, open, unreached, watched } from './chromium.mjs';
import { hostileLedger, run } from './ledger.mjs';
import { serve } from './server.mjs';

const folder = mkdtempSync(join(tmpdir(), 'site-'));
const shots = process.env.SHOTS;
/** @type {any} */
let browser;

/** @typedef {{name: string, folder: string, pages: string[], kinds: Map<string, string[]>}} Site */
/** @type {Site[]} */
const sites = [];

/** What kind of page a file is: its record says so. @param {string} file */
const kindOf = (file) => {
  const [, record = '{}'] = /id="record">([^]*?)<\/script>/.exec(readFileSync(file, 'utf8')) ?? [];
  return String(JSON.parse(record).kind ?? '404');
};

/** @param {string} name @param {string} ledger its folder @param {...string} options @returns {Site} */
function made(name, ledger, ...options) {
  const at = join(ledger, '..');
  run(at, 'export', 'site', join(folder, name), '--ledger', ledger, '--yes', ...options);
  const all = /** @type {string[]} */ (readdirSync(join(folder, name), { recursive: true }));
  const pages = all.filter((file) => file.endsWith('.html')).sort();
  const kinds = new Map();
  for (const page of pages) {
    const kind = kindOf(join(folder, name, page));
    kinds.set(kind, [...(kinds.get(kind) ?? []), page]);
  }
  return { name, folder: join(folder, name), pages, kinds };
}

before(async () => {
  run(folder, 'demo', join(folder, 'demo'));
  const [ledger] = /** @type {string[]} */ (readdirSync(join(folder, 'demo'), { recursive: true })).filter((file) =>
    existsSync(join(folder, 'demo', file, 'checkpoint')),
  );
  const hostile = hostileLedger(join(folder));
  sites.push(made('story', join(folder, 'demo', ledger)), made('hostile', hostile, '--with-unapproved'));
  sites.push(made('arabic', join(folder, 'demo', ledger), '--language', 'ar'));
  browser = await open();
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** The longest page of each kind of a site. @param {Site} site */
const some = ({ kinds, folder }) =>
  [...kinds].map(([kind, pages]) => {
    const size = (/** @type {string} */ page) => statSync(join(folder, page)).size;
    return { kind, page: pages.reduce((one, other) => (size(other) > size(one) ? other : one)) };
  });

test('every page, with scripts: no error, nothing refused, no finding, reached by keyboard, at 320 px, light and dark', async (t) => {
  let count = 0;
  /** @type {string[]} */
  const found = [];
  for (const site of sites) {
    const { url, close } = await serve(site.folder, { headers: true });
    const seen = await watched(browser, { viewport: { width: 1280, height: 900 } });
    for (const { kind, page } of some(site)) {
      count++;
      const note = (/** @type {string} */ what) => found.push(`${site.name}/${page}: ${what}`);
      await seen.page.goto(url + page);
      await seen.page.waitForLoadState('networkidle');
      (await executed(seen.page)).forEach(note);
      for (const width of [1280, 320]) {
        await seen.page.setViewportSize({ width, height: 900 });
        if (await isTooWide(seen.page)) note(`wider than ${width} px`);
        for (const colorScheme of ['light', 'dark']) {
          await seen.page.emulateMedia({ colorScheme });
          if (shots)
            await seen.page.screenshot({
              path: join(shots, `${site.name}-${kind}-${width}-${colorScheme}.png`),
              fullPage: true,
            });
          if ((width === 320) === (colorScheme === 'light')) (await inaccessible(seen.page)).forEach(note);
        }
      }
      (await unreached(seen.page)).forEach(note);
    }
    found.push(...seen.faults);
    await seen.close();
    close();
  }
  assert.deepEqual(found, []);
  assert.ok(count >= 9, `${count} pages`);
  t.diagnostic(`${count} pages`);
});

test('every page, without scripts, below another address and without header fields: the same words', async () => {
  for (const site of sites.slice(0, 2)) {
    const [plain, headed] = [
      await serve(site.folder, { base: '/some/where' }),
      await serve(site.folder, { headers: true }),
    ];
    const off = await watched(browser, { javaScriptEnabled: false });
    const on = await watched(browser);
    for (const { page } of some(site)) {
      if (page === '404.html') continue;
      await off.page.goto(plain.url + page);
      await on.page.goto(headed.url + page);
      const [words, instead] = [
        await off.page.locator('main').innerText(),
        (await off.page.locator('noscript').allInnerTexts()).join(),
      ];
      assert.ok(words.trim(), page);
      const section = await on.page.locator('main').innerText();
      for (const line of String(words)
        .split('\n')
        .filter((line) => line && !instead.includes(line)))
        assert.ok(section.includes(line), `${page}: ${line}`);
    }
    assert.deepEqual([...off.faults, ...on.faults], []);
    await off.close();
    await on.close();
    plain.close();
    headed.close();
  }
});

/** Opens a page, presses its button, and gives the short sentence. @param {any} page @param {string} address */
async function checked(page, address) {
  await page.goto(address);
  await page.locator('#check button').click();
  await page.locator('#check [role=status] .answer').waitFor();
  return page.locator('#check [role=status]').innerText();
}

test('every page that has a dossier says verified', async (t) => {
  let count = 0;
  for (const site of sites.slice(0, 2)) {
    const { url, close } = await serve(site.folder, { headers: true });
    const seen = await watched(browser);
    for (const page of site.pages) {
      if (!/data-dossier=/.test(readFileSync(join(site.folder, page), 'utf8'))) continue;
      count++;
      const said = await checked(seen.page, url + page);
      assert.match(said, /^✓ Verified/, `${site.name}/${page}: ${await seen.page.locator('#check').innerText()}`);
    }
    assert.deepEqual(seen.faults, []);
    await seen.close();
    close();
  }
  assert.ok(count >= 4, `${count} pages`);
  t.diagnostic(`${count} pages`);
});

/** The first page of a kind that has these fields. @param {Site} site @param {string} kind @param {...string} fields */
const pageWith = (site, kind, ...fields) => {
  const has = (/** @type {string} */ page) => {
    const html = readFileSync(join(site.folder, page), 'utf8');
    return fields.every((field) => html.includes(`data-field="${field}"`));
  };
  return site.kinds.get(kind)?.find(has) ?? assert.fail(`no page of the kind ${kind} has ${fields}`);
};

/** Changes the text of the first element of a field. @param {string} field @param {(text: string) => string} by */
const inField = (field, by) => (/** @type {string} */ html) =>
  html.replace(new RegExp(`(data-field="${field}"[^>]*>(?:<[^>]*>)*)([^<]+)`), (_, start, text) => start + by(text));

test('an altered page is caught', async () => {
  const [site] = sites;
  const page = pageWith(site, 'verdict', 'rating', 'reasons', 'quotation');
  /** @type {Record<string, (html: string) => string>} */
  const changes = {
    'the rating': inField('rating', () => 'Something else'),
    'the reasons': inField('reasons', (text) => `Not true: ${text}`),
    'the claim': inField('claim', (text) => `${text} Never.`),
    'a quotation': inField('quotation', (text) => text.replace(/\w+/, 'hardly')),
    'the date': (html) =>
      html.replace(
        /(data-field="signed"[^>]*datetime=")\d{4}|(datetime=")\d{4}([^>]*data-field="signed")/,
        '$1$21999$3',
      ),
    'the record': (html) => html.replace(/("rating":")/, '$1Not '),
    'no rating': (html) => html.replaceAll('data-field="rating"', ''),
  };
  for (const [what, change] of Object.entries(changes)) {
    let isChanged = false;
    const { url, close } = await serve(site.folder, {
      change: (_, html) => {
        const after = change(html);
        isChanged ||= after !== html;
        return after;
      },
    });
    const seen = await watched(browser);
    const said = await checked(seen.page, url + page);
    assert.ok(isChanged, what);
    assert.match(said, /does not say what the ledger says/, what);
    await seen.close();
    close();
  }
});

test('a banner that was taken away is missed', async () => {
  const site = sites[1];
  const banners = { withdrawn: /It was withdrawn in entry/, 'not-approved': /Nobody has approved it/ };
  for (const [banner, words] of Object.entries(banners)) {
    const has = (/** @type {string} */ page) =>
      readFileSync(join(site.folder, page), 'utf8').includes(`data-banner="${banner}"`);
    const page = site.kinds.get('verdict')?.find(has) ?? assert.fail(`no page has the banner ${banner}`);
    for (const isThere of [true, false]) {
      const change = (/** @type {string} */ _, /** @type {string} */ html) =>
        isThere ? html : html.replace(/<aside class="banner"[^]*?<\/aside>/, '');
      const { url, close } = await serve(site.folder, { change });
      const seen = await watched(browser);
      const said = await checked(seen.page, url + page);
      assert.match(said, isThere ? words : /does not say what the ledger says/, `${banner}, ${isThere}`);
      await seen.close();
      close();
    }
  }
});

test('the page that checks any dossier: verified, refused when altered, by choosing, by dropping and by keyboard', async () => {
  const [site] = sites;
  const { url, close } = await serve(site.folder, { headers: true });
  const verdict = pageWith(site, 'verdict', 'rating');
  const dossier = readFileSync(join(site.folder, `${verdict.replace('/index.html', '')}.dossier`));
  const altered = Buffer.from(dossier.toString().replace(/^(entry \d+ .{60})../m, '$1AA'));
  const [good, bad] = [join(folder, 'good.dossier'), join(folder, 'bad.dossier')];
  writeFileSync(good, dossier);
  writeFileSync(bad, altered);
  const seen = await watched(browser);
  const { page } = seen;
  await page.goto(`${url}verify/index.html`);
  const status = page.locator('#verify [role=status] .answer');
  const file = page.locator('#verify input[type=file]');
  await file.setInputFiles(good);
  await page.locator('#verify button').focus();
  await page.keyboard.press('Enter');
  await status.filter({ hasText: 'Verified' }).waitFor();
  assert.match(await page.locator('#verify dl').innerText(), /rating/);
  await file.setInputFiles(bad);
  await page.locator('#verify button').click();
  await status.filter({ hasText: 'Refused' }).waitFor();
  await page.evaluate(async (/** @type {string} */ text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], 'dropped.dossier'));
    document
      .getElementById('verify')
      ?.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  }, dossier.toString());
  await status.filter({ hasText: 'Verified' }).waitFor();
  await page.locator('#verify input[type=text]').fill('not a key');
  await page.locator('#verify button').click();
  await file.setInputFiles(good);
  await page.locator('#verify button').click();
  await status.filter({ hasText: 'Cannot tell' }).waitFor();
  assert.deepEqual([seen.faults, await inaccessible(page)], [[], []]);
  await seen.close();
  close();
});
