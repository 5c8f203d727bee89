import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A portal of two files, for whoever serves one and does not look at it. */
export async function portalStub(folder: string): Promise<string> {
  await mkdir(join(folder, 'assets'), { recursive: true });
  await writeFile(
    join(folder, 'index.html'),
    '<!doctype html><meta name="style-nonce" content="%nonce%" /><title>担当</title>',
  );
  await writeFile(join(folder, 'assets', 'main-1.js'), 'void 0;');
  return folder;
}
