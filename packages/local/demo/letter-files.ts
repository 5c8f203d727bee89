import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ApiClient } from '../api-client.ts';
import type { MatterAnswer } from './command.ts';
import { say } from './display.ts';
import type { Town } from './town.ts';

/** Saves letters of a matter, as somebody who may read them, each as `<type>.docx` and `<type>.html`; says where. */
export async function saveLetters(
  { letters }: Town,
  reader: ApiClient,
  path: string,
  documents: MatterAnswer['documents'],
): Promise<void> {
  await mkdir(letters, { recursive: true });
  for (const { id, type, number, title } of documents) {
    for (const form of ['docx', 'html'])
      await writeFile(join(letters, `${type}.${form}`), await reader.bytes(`${path}/documents/${id}.${form}`));
    say(`${number ?? ''}  ${title}`);
    say(`  → ${join(letters, `${type}.docx`)}`);
  }
}
