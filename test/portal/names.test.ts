import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { roles } from '@dandang/access/caller.ts';
import { measures } from '@dandang/measures/registry.ts';

const source = join(import.meta.dirname, '../../packages/portal/src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /(?<!\.test)\.tsx?$/.test(name),
);

/** Also names of fields, of widgets and of what else a page is made of. */
const ordinary = new Set(['unit', 'official', 'closed', 'draft', 'leader']);

/** What the texts in quotes of a file say. */
const textsIn = (content: string): string[] =>
  [...content.matchAll(/'([^'\n]*)'|"([^"\n]*)"/g)].map(([, one, other]) => one ?? other ?? '');

test('no name of a role or of a measure’s state occurs in the portal: what may be done, the service says', () => {
  const forbidden = new Set(
    [...roles, ...measures.flatMap(({ states }) => states.map(({ name }) => name))].filter(
      (name) => !ordinary.has(name),
    ),
  );
  expect(files.length).toBeGreaterThan(30);
  const found = files.flatMap((name) =>
    textsIn(readFileSync(join(source, name), 'utf8')).flatMap((text) =>
      forbidden.has(text) ? [`${name}: ${text}`] : [],
    ),
  );
  expect(found).toEqual([]);
});
