import { readFile, writeFile } from 'node:fs/promises';
import { measures } from '@dandang/measures/registry.ts';
import { measureReadme } from './measure-readme.ts';

/** Writes the derived sections of the READMEs of all measures' functions anew; a test compares them. */
for (const measure of measures) {
  const path = new URL(`./${measure.collection}/README.md`, import.meta.url);
  await writeFile(path, measureReadme(measure, await readFile(path, 'utf8')));
}
