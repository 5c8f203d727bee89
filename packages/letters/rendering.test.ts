import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { jest } from '@jest/globals';
import { renderDocx } from './docx.ts';
import { renderHtml } from './html.ts';
import type { Block, LetterContent } from './letter.ts';
import { plainText } from './plain.ts';

const unescaped = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');

function partsOf(docx: Uint8Array): Map<string, string> {
  return new Map(Object.entries(unzipSync(docx)).map(([path, bytes]) => [path, strFromU8(bytes)]));
}

/** Throws unless `xml` has only characters of XML 1.0, only known entities, and every tag is closed in order. */
function wellFormed(xml: string): void {
  if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(xml))
    throw new Error('a character that XML 1.0 does not know');
  if (/&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)/u.test(xml)) throw new Error('a bare ampersand');
  const open: string[] = [];
  const rest = xml.replace(
    /<(\/?)([\w:]+)((?:\s+[\w:]+\s*=\s*"[^"<]*")*)\s*(\/?)>/gu,
    (_tag, end: string, name: string, _attributes, empty: string) => {
      if (end !== '' && open.pop() !== name) throw new Error(`</${name}> closes another element`);
      if (end === '' && empty === '') open.push(name);
      return '';
    },
  );
  if (open.length > 0 || rest.replace(/^<\?xml[^<>]*\?>/u, '').includes('<')) throw new Error('not well-formed');
}

const paragraphText = (xml: string) =>
  unescaped(
    [...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>|<w:(tab|noBreakHyphen)\/>/gu)]
      .map(([, text, sign]) => (sign === undefined ? (text ?? '') : sign === 'tab' ? ' ' : '-'))
      .join(''),
  ).trim();

/** The text of a .docx as a reader meets it: the first page's header, then the paragraphs. */
function docxText(docx: Uint8Array): string {
  const parts = partsOf(docx);
  const document = parts.get('word/document.xml') ?? '';
  const type = document.includes('w:type="first"') ? 'first' : 'default';
  const reference =
    [...document.matchAll(/<w:headerReference [^>]*>/gu)]
      .map(([tag]) => tag)
      .find((tag) => tag.includes(`w:type="${type}"`)) ?? '';
  const id = /r:id="([^"]+)"/u.exec(reference)?.[1] ?? '';
  const relation =
    [...(parts.get('word/_rels/document.xml.rels') ?? '').matchAll(/<Relationship [^>]*>/gu)]
      .map(([tag]) => tag)
      .find((tag) => tag.includes(`Id="${id}"`)) ?? '';
  const header = parts.get(`word/${/Target="([^"]+)"/u.exec(relation)?.[1] ?? ''}`) ?? '';
  return [...(header + document).matchAll(/<w:p>.*?<\/w:p>/gsu)]
    .map(([paragraph]) => paragraphText(paragraph))
    .filter((line) => line !== '')
    .join('\n');
}

/** The text of an HTML page's main element, a line per paragraph, heading or line of it. */
function htmlText(html: string): string {
  const main = /<main[^>]*>(.*)<\/main>/su.exec(html)?.[1] ?? '';
  return [...main.matchAll(/<(p|h[1-5])(?: [^>]*)?>(.*?)<\/\1>/gsu)]
    .flatMap(([, , content = '']) => content.split('<br>'))
    .map((line) => unescaped(line.replace(/<[^>]*>/gu, '')).trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** Any text a field can hold: all of Unicode, lone surrogates, markup, and words that the libraries give a meaning. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  fc
    .array(
      fc.constantFrom(
        'CURRENT',
        'TOTAL_PAGES',
        '</w:t>',
        '<b>',
        ']]>',
        '&amp;',
        '&',
        '"',
        "'",
        '{default-bullet-numbering-0}',
        '{0}',
        '010-12345678',
        '$&',
        '\\',
        '\t',
        '\n',
        '\r\n',
        '\u2028',
        '\u202e',
        '\u0000',
        '\u0085',
        '\ufeff',
        '😀',
        '督',
        ' ',
        '　',
      ),
    )
    .map((parts) => parts.join('')),
);
const line = text.map((value) => `题${value}`);
const date = fc.constantFrom('2026-11-02', '1999-01-31', '2100-12-09');
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant('paragraph' as const), text }),
  fc.record({
    kind: fc.constant('heading' as const),
    level: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const),
    text: line,
  }),
  fc.record({ kind: fc.constant('form-line' as const), label: line, text }),
  fc.record(
    {
      kind: fc.constant('table' as const),
      header: fc.array(text, { maxLength: 3 }),
      rows: fc.array(fc.array(text, { maxLength: 3 }), { maxLength: 3 }),
      widths: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 3 }),
    },
    { requiredKeys: ['kind', 'header', 'rows'] },
  ),
);
const lines = fc.array(line, { maxLength: 3 });
const anyLetter: fc.Arbitrary<LetterContent> = fc.record(
  {
    layout: fc.constantFrom('letter' as const, 'document' as const, 'minutes' as const),
    issuer: line,
    title: line,
    number: line,
    addressees: lines,
    body: fc.array(block, { maxLength: 4 }),
    attachments: lines,
    signatories: lines,
    date,
    note: line,
    copies: lines,
    printedBy: line,
    printedOn: date,
    sealed: fc.boolean(),
    marking: line,
  },
  {
    requiredKeys: [
      'layout',
      'issuer',
      'title',
      'addressees',
      'body',
      'attachments',
      'signatories',
      'date',
      'copies',
      'sealed',
    ],
  },
);

const letter: LetterContent = {
  layout: 'letter',
  issuer: '中共演示市委督查室',
  title: '提醒函',
  addressees: ['市住房和城乡建设局'],
  body: [{ kind: 'paragraph', text: '请反馈。' }],
  attachments: [],
  signatories: ['中共演示市委督查室'],
  date: '2026-11-02',
  copies: [],
  sealed: true,
};

describe('any letter, whatever was typed into it', () => {
  test('is a .docx of well-formed parts that holds exactly the plain text', async () => {
    await fc.assert(
      fc.asyncProperty(anyLetter, async (content) => {
        const docx = await renderDocx(content);
        for (const [path, xml] of partsOf(docx)) if (/\.(?:xml|rels)$/u.test(path)) wellFormed(xml);
        expect(docxText(docx)).toBe(plainText(content));
      }),
      { numRuns: 60 },
    );
  });

  test('is an HTML page that holds exactly the plain text and no element of the writer’s', () => {
    fc.assert(
      fc.property(anyLetter, (content) => {
        const html = renderHtml(content);
        expect(htmlText(html)).toBe(plainText(content));
        expect([...html.matchAll(/<([a-z0-9]+)/giu)].map(([, tag]) => tag)).not.toContain('b');
        expect(html.split('</style>')).toHaveLength(2);
      }),
    );
  });

  test('is the same bytes whenever it is rendered', async () => {
    const first = await renderDocx(letter);
    jest.useFakeTimers({
      now: new Date('2031-05-06T07:08:09Z'),
      doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask'],
    });
    try {
      expect(Buffer.from(await renderDocx(letter)).equals(Buffer.from(first))).toBe(true);
    } finally {
      jest.useRealTimers();
    }
  });

  test('keeps emoji and rare characters, and drops what XML forbids', async () => {
    const content: LetterContent = { ...letter, body: [{ kind: 'paragraph', text: '甲\u0000乙\ud800丙\uffff丁😀𠮷' }] };
    expect(plainText(content)).toContain('\n甲乙丙丁😀𠮷\n');
    expect(docxText(await renderDocx(content))).toBe(plainText(content));
  });
});

describe('a letter of 40,000 characters', () => {
  test('is rendered whole', async () => {
    const content: LetterContent = { ...letter, body: [{ kind: 'paragraph', text: '责任'.repeat(20_000) }] };
    expect(docxText(await renderDocx(content))).toBe(plainText(content));
    expect(htmlText(renderHtml(content))).toBe(plainText(content));
  });
});
