import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatChinese } from '@dandang/calendar/civil-date.ts';
import { renderDocx } from '@dandang/letters/docx.ts';
import type { LetterContent } from '@dandang/letters/letter.ts';
import { cutNumbers, lonelySignatures, missing, notLookedAt, pageLines, toPdf } from './libre-office.ts';
import { reminder } from './samples.ts';

// eslint-disable-next-line no-console -- a layout that nobody looked at must not look tested
if (missing.length > 0) console.warn(notLookedAt);
const layoutTest = missing.length === 0 ? test : test.skip;

type Body = LetterContent['body'];
const paragraph = (lines: number): Body[number] => ({ kind: 'paragraph', text: '担当作为'.repeat(lines * 7) });
const table = (rows: number): Body[number] => ({
  kind: 'table',
  header: ['序号', '要求'],
  rows: Array.from({ length: rows }, (_, at) => [`${at + 1}`, '担当作为'.repeat((at % 3) * 3 + 1)]),
});
const plain: LetterContent = { ...reminder, title: '提醒函', copies: [] };

/** Letters that end in each way, grown line by line over the end of a page and the next. */
const grown: Readonly<Record<string, (length: number) => LetterContent>> = {
  'a short last paragraph': (length) => ({ ...plain, body: [paragraph(length), paragraph(2)] }),
  'a last paragraph of twenty lines': (length) => ({ ...plain, body: [paragraph(length), paragraph(20)] }),
  'one paragraph without end': (length) => ({ ...plain, body: [paragraph(length + 10)] }),
  'a long form line': (length) => ({
    ...plain,
    body: [paragraph(length), { kind: 'form-line', label: '要求', text: '担当作为'.repeat(30) }],
  }),
  'a list of annexes': (length) => ({ ...plain, body: [paragraph(length)], attachments: ['甲', '乙', '丙'] }),
  'a table': (length) => ({ ...plain, body: [table(length + 10)] }),
  'a short table': (length) => ({ ...plain, body: [paragraph(length), table(4)] }),
  'no note, unsealed': (length) => {
    const { note: _note, ...letter } = plain;
    return { ...letter, sealed: false, body: [paragraph(length)] };
  },
};
const lengths = Array.from({ length: 24 }, (_, at) => at + 1);

let folder = '';
const pagesOf = new Map<string, readonly (readonly string[])[]>();
const letters = new Map<string, LetterContent>();
/** Numbers pushed along the line, place by place. */
const numbers: LetterContent = {
  ...plain,
  body: Array.from({ length: 30 }, (_, at) => ({
    kind: 'paragraph',
    text: `${'担'.repeat(at + 8)}演督函〔2026〕12号于2026年11月30日以电话010-12345678转1234567.89万元的98.6%`,
  })),
};

beforeAll(async () => {
  if (missing.length > 0) return;
  folder = await mkdtemp(join(tmpdir(), 'page-end-'));
  Object.values(grown).forEach((letter, kind) => {
    for (const length of lengths) letters.set(`${kind}-${length}`, letter(length));
  });
  letters.set('numbers', numbers);
  for (const [name, letter] of letters) await writeFile(join(folder, `${name}.docx`), await renderDocx(letter));
  const names = [...letters.keys()];
  const pdfs = await toPdf(
    names.map((name) => join(folder, `${name}.docx`)),
    folder,
  );
  for (const [at, pdf] of pdfs.entries()) pagesOf.set(names[at] ?? '', await pageLines(pdf));
}, 240_000);

afterAll(async () => {
  if (folder !== '') await rm(folder, { recursive: true, force: true });
});

const textOf = ({ body, attachments }: LetterContent): string[] => [
  ...body.flatMap((part) => (part.kind === 'table' ? part.rows.flat() : [part.text])),
  ...attachments.map((name, at) => `${at + 1}. ${name}`),
];

describe('no page holds a signature without text, where a letter ends in', () => {
  layoutTest.each(Object.keys(grown))('%s', (ending) => {
    const kind = Object.keys(grown).indexOf(ending);
    const alone = lengths.flatMap((length) => {
      const name = `${kind}-${length}`;
      const [letter, pages] = [letters.get(name), pagesOf.get(name)];
      if (letter === undefined || pages === undefined) throw new Error(`nothing set as ${name}`);
      expect(pages.flat()).toContain(formatChinese(letter.date));
      return lonelySignatures(pages, formatChinese(letter.date), textOf(letter)).map((page) => `${name}, page ${page}`);
    });
    expect(alone).toEqual([]);
  });
});

layoutTest('no line of the text ends within a number, wherever it falls', () => {
  const pages = pagesOf.get('numbers') ?? [];
  expect(pages.length).toBeGreaterThan(2);
  expect(cutNumbers(pages, textOf(numbers))).toEqual([]);
});
