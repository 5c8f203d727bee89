import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const files = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).split('\n').filter(existsSync);
const sources = files.filter((file) => /\.(ts|cjs|js|md)$/.test(file) && file !== 'test/docs/citations.test.ts');
const documents = files.filter((file) => file.endsWith('.md'));
const textOf = (file: string): string => readFileSync(file, 'utf8');
const lower = (text: string): string => text.toLowerCase();

/** The headings of a document, in lower case, with and without their Chinese half. */
const headingsOf = (file: string): string[] =>
  [...textOf(file).matchAll(/^#+ (.+)$/gm)].flatMap(([, heading = '']) => [
    lower(heading),
    lower(heading.replace(/ \p{Script=Han}.*$/u, '')),
  ]);

test('every document that a comment cites exists, with the section or rule that it names', () => {
  const wrong: string[] = [];
  let seen = 0;
  for (const file of sources)
    for (const [whole, document = '', named = ''] of textOf(file).matchAll(
      /\(?`?((?:docs\/)?[a-z-]+\.md)`?(?:, ([^):.`;]+))?[).:]/g,
    )) {
      if (!whole.startsWith('(') || whole.startsWith('(../')) continue;
      seen += 1;
      const place = existsSync(document) ? document : join(dirname(file), document);
      if (!existsSync(place)) {
        wrong.push(`${file}: ${document}`);
        continue;
      }
      const rule = /^rule (\d+)/.exec(named)?.[1];
      if (rule !== undefined && !new RegExp(`^${rule}\\. `, 'm').test(textOf(place))) wrong.push(`${file}: ${whole}`);
      if (named !== '' && rule === undefined && !headingsOf(place).includes(lower(named)))
        wrong.push(`${file}: ${whole}`);
    }
  expect(seen).toBeGreaterThan(15);
  expect(wrong).toEqual([]);
});

test('every decision that is cited by its number exists', () => {
  const known = new Set(files.flatMap((file) => /^docs\/decisions\/(\d{4})-/.exec(file)?.[1] ?? []));
  const wrong = sources.flatMap((file) =>
    [...textOf(file).matchAll(/docs\/decisions\/(\d{4})/g)]
      .filter(([, number = '']) => !known.has(number))
      .map(([whole]) => `${file}: ${whole}`),
  );
  expect(known.size).toBeGreaterThan(5);
  expect(wrong).toEqual([]);
});

test('every link in a document leads somewhere', () => {
  const wrong = documents.flatMap((file) =>
    [...textOf(file).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g)]
      .filter(([, link = '']) => !existsSync(join(dirname(file), link)))
      .map(([, link = '']) => `${file}: ${link}`),
  );
  expect(wrong).toEqual([]);
});

test('every file of ours that a document names in backticks exists', () => {
  const wrong = documents.flatMap((file) =>
    [...textOf(file).matchAll(/`((?:packages|functions|infra|test|docs)\/[\w./-]+)`/g)]
      .filter(([, path = '']) => !existsSync(path))
      .map(([, path = '']) => `${file}: ${path}`),
  );
  expect(wrong).toEqual([]);
});
