import { readdirSync, readFileSync } from 'node:fs';
import { measures } from '@dandang/measures/registry.ts';

const folders = readdirSync('functions', { withFileTypes: true })
  .filter((one) => one.isDirectory())
  .map(({ name }) => name);
const ofMeasures = new Set<string>(measures.map(({ collection }) => collection));
const readmeOf = (folder: string): string => readFileSync(`functions/${folder}/README.md`, 'utf8');
const entriesOf = (folder: string): string[] =>
  [...readFileSync(`functions/${folder}/index.ts`, 'utf8').matchAll(/^export const (\w+)/gm)].map(
    ([, name = '']) => name,
  );
/** What of these words in backticks begins a sentence or a paragraph of the section Flow: the entries that it tells of. */
const entryNames = ['http', 'bus', 'queue', 'stream', 'retry', 'lights', 'mails', 'nightly'];

test.each(folders)('functions/%s/README.md has the four headings, in order', (folder) => {
  const headings = [...readmeOf(folder).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
  expect(headings).toEqual(['Purpose', 'Flow', 'Integration points', 'Peculiarities']);
  expect(readmeOf(folder)).toMatch(new RegExp(`^# ${folder}\\b`));
});

test.each(folders.filter((folder) => !ofMeasures.has(folder)))(
  'functions/%s/README.md tells of exactly the entries that the function has',
  (folder) => {
    const told = entryNames.filter((name) => readmeOf(folder).includes(`\`${name}\``));
    expect(told.sort()).toEqual(entriesOf(folder).sort());
  },
);
