// A plain file server for a site: what any host does, with the file _headers applied, or without. Texts can be changed on the way.
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES = /** @type {Record<string, string>} */ ({
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.atom': 'application/atom+xml',
});

/** The rules of a _headers file: a path, with * for the rest, and below it the header fields. @param {string} text */
function rules(text) {
  /** @type {{path: RegExp, fields: [string, string][]}[]} */
  const all = [];
  for (const line of text.split('\n')) {
    const [, name, value] = /^\s+([^:]+):\s*(.*)$/.exec(line) ?? [];
    if (name) all[all.length - 1]?.fields.push([name, value]);
    else if (/^\//.test(line)) {
      const path = line
        .trim()
        .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
        .replace(/\*/g, '.*');
      all.push({ path: new RegExp(`^${path}$`), fields: [] });
    }
  }
  return all;
}

/**
 * @param {string} folder
 * @param {{headers?: boolean, base?: string, change?: (path: string, text: string) => string}} [options]
 */
export async function serve(folder, { headers = false, base = '', change } = {}) {
  const fields =
    headers && existsSync(join(folder, '_headers')) ? rules(readFileSync(join(folder, '_headers'), 'utf8')) : [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = pathname.startsWith(base) ? pathname.slice(base.length) : '/outside';
    let file = join(folder, normalize(decodeURIComponent(path)));
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, 'index.html');
    if (pathname === '/favicon.ico') return void response.writeHead(204).end();
    if (!existsSync(file)) return void response.writeHead(404).end('not here');
    for (const { path: of, fields: all } of fields)
      if (of.test(path)) for (const [name, value] of all) response.setHeader(name, value);
    response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream');
    if (change && file.endsWith('.html')) response.end(change(path, readFileSync(file, 'utf8')));
    else createReadStream(file).pipe(response);
  });
  await new Promise((ready) => server.listen(0, 'localhost', () => ready(null)));
  // A test that fails does not come to close it.
  server.unref();
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { url: `http://localhost:${port}${base}/`, close: () => server.close() };
}
