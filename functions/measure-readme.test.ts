import { readFileSync } from 'node:fs';
import { measures } from '@dandang/measures/registry.ts';
import { measureReadme } from './measure-readme.ts';

test.each(measures.map((measure) => [measure.collection, measure] as const))(
  'the README of %s says what the measure declares (npm run readmes)',
  (collection, measure) => {
    const text = readFileSync(new URL(`./${collection}/README.md`, import.meta.url), 'utf8');
    expect(measureReadme(measure, text)).toBe(text);
  },
);
