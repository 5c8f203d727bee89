import { readdirSync } from 'node:fs';
import { wordedMeasures } from '@dandang/measures/words.ts';
import { bundle, entryOf } from '../../infra/bundle.ts';

const folders = readdirSync(new URL('../../functions/', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/**
 * What only files of words and forms say: English of commands and events, the help of fields. Of several words each, so
 * that no code says the same by chance.
 */
const telling = wordedMeasures.flatMap(({ words, forms }) => [
  words.about.en,
  ...[...Object.values(words.events), ...Object.values(words.commands)].map(({ en }) => en),
  ...Object.values(forms).flatMap((form = {}) => Object.values(form).flatMap(({ help }) => help?.en ?? [])),
]);
const sentences = [...new Set(telling.filter((text) => text.split(' ').length > 2))];

/** Milliseconds: a bundle takes seconds on a machine that does other things too. */
const patience = 60_000;

// The settings serve the OpenAPI document as it is kept in docs/api.
const serving = new Set(['settings']);

test.each(folders.filter((name) => !serving.has(name)))(
  'the bundle of %s carries no words that only documents need',
  async (name) => {
    const code = new TextDecoder().decode((await bundle(entryOf(name))).code);
    expect(sentences.filter((text) => code.includes(text))).toEqual([]);
  },
  patience,
);

test(
  'a bundle that serves the document would be found out',
  async () => {
    const code = new TextDecoder().decode((await bundle(entryOf('settings'))).code);
    expect(sentences.filter((text) => code.includes(text)).length).toBeGreaterThan(100);
  },
  patience,
);
