import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'vite';

/*
 * `npm run build`: the portal as files in `dist/portal`, each also compressed as it will be sent, since nothing between here
 * and the browser does it (docs/decisions/0024). `--if-changed`: only where the sources are others than of what lies there.
 */

const root = import.meta.dirname;
const project = join(root, '../..');
const into = join(project, 'dist/portal');
const note = 'built-from';

async function* filesUnder(folder: string): AsyncGenerator<string> {
  for (const entry of (await readdir(folder, { withFileTypes: true })).sort((a, b) => a.name.localeCompare(b.name))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(path);
    else yield path;
  }
}

/** What the sources are: the portal's own files, and the versions of what it is built with. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for await (const path of filesUnder(root)) hash.update(relative(root, path)).update(await readFile(path));
  return hash.update(await readFile(join(project, 'package-lock.json'))).digest('hex');
}

async function compress(folder: string): Promise<void> {
  for await (const path of filesUnder(folder)) {
    if (!/\.(js|css|svg)$/.test(path)) continue;
    const content = await readFile(path);
    const quality = { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
    await writeFile(`${path}.br`, await promisify(brotliCompress)(content, { params: quality }));
    await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: 9 }));
  }
}

const from = await fingerprint();
const before = await readFile(join(into, note), 'utf8').catch(() => '');
if (!process.argv.includes('--if-changed') || before !== from) {
  const fresh = `${into}-${String(process.pid)}`;
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: fresh,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      // antd is one large library; the budget is for what the first page loads, and the bench looks at that.
      chunkSizeWarningLimit: 1500,
    },
  });
  await compress(fresh);
  await writeFile(join(fresh, note), from);
  await rm(into, { recursive: true, force: true });
  await rename(fresh, into);
}
