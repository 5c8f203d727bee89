import { strFromU8, unzipSync } from 'fflate';
import { renderDocx } from './docx.ts';
import type { LetterContent } from './letter.ts';

const letter: LetterContent = {
  layout: 'letter',
  issuer: '中共演示市委督查室',
  title: '提醒函',
  number: '演督函〔2026〕1号',
  addressees: ['市住房和城乡建设局'],
  body: [
    { kind: 'heading', level: 1, text: '一、问题' },
    { kind: 'heading', level: 2, text: '（一）进度' },
    { kind: 'paragraph', text: '请反馈。' },
  ],
  attachments: [],
  signatories: ['中共演示市委督查室'],
  date: '2026-11-02',
  copies: ['市委办公室'],
  sealed: true,
};

async function part(content: LetterContent, path: string): Promise<string> {
  return strFromU8(unzipSync(await renderDocx(content))[path] ?? new Uint8Array());
}

const documentOf = (content: LetterContent) => part(content, 'word/document.xml');
const paragraphWith = (xml: string, words: string) =>
  xml.split('<w:p>').find((paragraph) => paragraph.includes(words)) ?? '';

/** The time stamps, two of 16 bits, of every local file header (signature 50 4b 03 04) of an archive without such bytes elsewhere. */
function stamps(archive: Uint8Array): number[] {
  const bytes = Buffer.from(archive);
  const found: number[] = [];
  for (
    let at = bytes.indexOf('PK\u0003\u0004', 'latin1');
    at >= 0;
    at = bytes.indexOf('PK\u0003\u0004', at + 4, 'latin1')
  )
    found.push(bytes.readUInt32LE(at + 10));
  return found;
}

describe('the .docx of a letter', () => {
  test('is A4 with the margins of 5.2.1', async () => {
    const xml = await documentOf(letter);
    expect(xml).toMatch(/<w:pgSz w:w="11906" w:h="16838"/u);
    // Twips: 37, 35, 28 and 26 mm.
    expect(xml).toMatch(/<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"/u);
  });

  test('sets headings of the first level in 黑体, of the second in 楷体, the text in 仿宋, the title in 小标宋', async () => {
    const xml = await documentOf(letter);
    expect(paragraphWith(xml, '一、问题')).toContain('w:eastAsia="黑体"');
    expect(paragraphWith(xml, '（一）进度')).toContain('w:eastAsia="楷体_GB2312"');
    expect(paragraphWith(xml, '请反馈。')).toContain('w:eastAsia="仿宋_GB2312"');
    expect(paragraphWith(xml, '>提醒函<')).toMatch(/方正小标宋简体.*<w:sz w:val="44"\/>/u);
  });

  test('names for every typeface what to take in its place', async () => {
    const table = await part(letter, 'word/fontTable.xml');
    for (const name of ['方正小标宋简体', '仿宋_GB2312', '楷体_GB2312', '黑体', '宋体']) {
      expect(table).toMatch(new RegExp(`<w:font w:name="${name}"><w:altName w:val="[^"]+"/>`, 'u'));
    }
  });

  test('knows no time but the letter’s own date', async () => {
    expect(await part(letter, 'docProps/core.xml')).toContain(
      '<dcterms:created xsi:type="dcterms:W3CDTF">2026-11-02T00:00:00Z<',
    );
    // (2026 - 1980) << 9 | 11 << 5 | 2, above a time of 0:00.
    const day = ((46 << 9) | (11 << 5) | 2) * 65_536;
    const times = stamps(await renderDocx(letter));
    expect(times.length).toBeGreaterThan(5);
    expect(new Set(times)).toEqual(new Set([day]));
  });

  test('has lines in 版记 except in 信函格式 (10.1)', async () => {
    expect(await documentOf(letter)).not.toContain('w:fill="000000"');
    expect((await documentOf({ ...letter, layout: 'document' })).split('w:fill="000000"')).toHaveLength(3);
    expect(
      (await documentOf({ ...letter, layout: 'document', printedBy: '市委办公室', printedOn: '2026-11-03' })).split(
        'w:fill="000000"',
      ),
    ).toHaveLength(4);
  });

  test('has no 版记 where nobody is copied and nothing is printed', async () => {
    expect(await documentOf({ ...letter, copies: [] })).not.toContain('w:framePr');
  });

  test('moves the signature inwards where the date is longer than it (7.3.5.2)', async () => {
    const xml = await documentOf({ ...letter, sealed: false, signatories: ['市委'] });
    // The date is 6.5 characters of 15.75 pt wide, the signature 2: 2 + 6.5 - 2 + 2 characters from the edge.
    expect(paragraphWith(xml, '>市委<')).toContain('w:right="2678"');
    expect(paragraphWith(xml, '2026年11月2日')).toContain('w:right="630"');
  });
});
