import { access, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { bundle, entryOf } from './bundle.ts';
import type { CodeOf } from './constructs/surroundings.ts';
import type { Settings } from './settings.ts';

/** The exports of an entry file: each is a Lambda function of its own, with a bundle of its own. */
export const exportsOf = (source: string): string[] =>
  [...source.matchAll(/^export const (\w+)/gm)].map(([, name = '']) => name);

async function bundleInto(folder: string, name: string, handler: string, target: string): Promise<void> {
  const { code } = await bundle(entryOf(name), target, handler);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}index.js`, code);
  await layBeside(folder, name);
}

/** Where `npm run build` puts the portal. */
const builtPortal = fileURLToPath(new URL('../dist/portal', import.meta.url));

/** What a function has beside its code, by the name of its folder: files that it sends as they are. */
const filesBeside: Readonly<Record<string, string>> = { portal: builtPortal };

async function layBeside(folder: string, name: string): Promise<void> {
  const files = filesBeside[name];
  if (files === undefined) return;
  await access(files).catch((cause: unknown) => {
    throw new Error('the portal is not built: npm run build', { cause });
  });
  await cp(files, `${folder}${name}`, { recursive: true });
}

/**
 * Bundles the functions into `dist/functions/<name>-<entry>/index.js`. Everything that a function needs is inside: what
 * runs is what was tested, and no runtime has to provide it.
 */
export async function functionCode(names: readonly string[], { runtime }: Pick<Settings, 'runtime'>): Promise<CodeOf> {
  const folders = new Set<string>();
  const folderOf = (name: string, entry: string): string =>
    fileURLToPath(new URL(`../dist/functions/${name}-${entry}/`, import.meta.url));
  const target = runtime.replace(/^nodejs(\d+)\.x$/, 'node$1');
  for (const name of names) {
    const entries = exportsOf(await readFile(entryOf(name), 'utf8'));
    await Promise.all(entries.map((entry) => bundleInto(folderOf(name, entry), name, entry, target)));
    for (const entry of entries) folders.add(folderOf(name, entry));
  }
  return (name, entry) => {
    const folder = folderOf(name, entry);
    if (!folders.has(folder)) throw new Error(`functions/${name}/index.ts exports no ${entry}`);
    return Code.fromAsset(folder);
  };
}
