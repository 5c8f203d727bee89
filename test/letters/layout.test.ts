import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { renderDocx } from '@dandang/letters/docx.ts';
import type { LetterContent } from '@dandang/letters/letter.ts';
import { plainText } from '@dandang/letters/plain.ts';
import { decision, record, reminder, tip, long } from './samples.ts';

const run = promisify(execFile);
/** What a typeface other than the standard's may shift, mm. */
const NEAR = 1;
/** Twice the width of a pixel, mm. */
const SHARP = 0.35;
const DPI = 150;
const MM_PER_POINT = 25.4 / 72;

const missing = [
  ['soffice', '--version'],
  ['pdftotext', '-v'],
  ['pdftoppm', '-v'],
].flatMap(([program = '', argument = '']) => (spawnSync(program, [argument]).error === undefined ? [] : [program]));
if (missing.length > 0) {
  // eslint-disable-next-line no-console -- a layout that nobody looked at must not look tested
  console.warn(
    `The layout of letters is NOT tested: ${missing.join(', ')} not found (Debian: libreoffice-writer, poppler-utils, fonts-noto-cjk).`,
  );
}
const where = missing.length === 0 ? 'as LibreOffice sets it' : `SKIPPED, ${missing.join(' and ')} not found`;
const layoutTest = missing.length === 0 ? test : test.skip;

/** A piece of text and its place from the page's upper left corner, mm. */
interface Word {
  readonly page: number;
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface Page {
  readonly width: number;
  readonly height: number;
}

interface Rendered {
  readonly pages: readonly Page[];
  readonly words: readonly Word[];
  /** The lines of each page as a reader sees them. */
  readonly lines: readonly (readonly string[])[];
}

/** `letters` grown around the end of a page, where 版记 and text meet. */
const grown = Object.fromEntries(
  [5, 6, 7, 8, 9, 10, 11].flatMap((count) => {
    const body: LetterContent['body'] = [{ kind: 'paragraph', text: '担当作为'.repeat(7 * count) }];
    return [
      [`letter-${count}`, { ...reminder, body }],
      [`decision-${count}`, { ...decision, body, attachments: [] }],
    ];
  }),
);
/** What users paste: markup, a sign outside the basic plane, a control character, the library's word for a page number. */
const strange: LetterContent = {
  ...tip,
  addressees: ['CURRENT'],
  body: [{ kind: 'paragraph', text: '<w:p> & 𠮷\u0007“担当”' }],
};
/** Signs that fall just behind a full line, where they might hang out of 版心 or be lost. */
const signsAtTheEdge: LetterContent = {
  ...tip,
  body: ['，', '。', '、', '；', '”'].map((sign) => ({
    kind: 'paragraph',
    text: `${'担'.repeat(26)}${sign}${'当'.repeat(28)}${sign}${'作'.repeat(27)}${sign}为。`,
  })),
};
const letters: Readonly<Record<string, LetterContent>> = {
  signsAtTheEdge,
  reminder,
  tip,
  decision,
  record,
  long,
  strange,
  ...grown,
};
const rendered = new Map<string, Rendered>();
const images = new Map<string, Image>();

function number(text: string | undefined): number {
  const value = Number(text);
  if (!Number.isFinite(value)) throw new Error(`not a number: ${String(text)}`);
  return value;
}

const unescaped = (text: string) =>
  text
    // The hyphen that ends no line.
    .replaceAll('\u2011', '-')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

async function read(pdf: string): Promise<Rendered> {
  const { stdout: boxes } = await run('pdftotext', ['-bbox', pdf, '-']);
  const { stdout: text } = await run('pdftotext', ['-layout', pdf, '-']);
  const pages: Page[] = [];
  const words: Word[] = [];
  const element =
    /<page width="([\d.]+)" height="([\d.]+)"|<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<\/word>/gu;
  for (const [, width, height, left, top, right, bottom, content] of boxes.matchAll(element)) {
    const mm = (points: string | undefined) => number(points) * MM_PER_POINT;
    if (content === undefined) pages.push({ width: mm(width), height: mm(height) });
    else
      words.push({
        page: pages.length,
        text: unescaped(content),
        left: mm(left),
        right: mm(right),
        top: mm(top),
        bottom: mm(bottom),
      });
  }
  const lines = text
    .replaceAll('\u2011', '-')
    .split('\f')
    .slice(0, pages.length)
    .map((page) =>
      page
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    );
  return { pages, words, lines };
}

/** A page as pixels. */
class Image {
  readonly width: number;
  readonly height: number;
  readonly #pixels: Uint8Array;

  /** Reads a binary PPM: a header of four fields, then three bytes per pixel. */
  constructor(file: Uint8Array) {
    const header = /^P6\s+(\d+)\s+(\d+)\s+255\s/u.exec(Buffer.from(file.subarray(0, 40)).toString('latin1'));
    this.width = number(header?.[1]);
    this.height = number(header?.[2]);
    this.#pixels = file.subarray(header?.[0].length);
  }

  /** Bands of rows that hold ink of a colour, from top to bottom: place and extent in mm. */
  bands(
    colour: 'red' | 'black',
    within: { readonly left?: number; readonly right?: number } = {},
  ): { top: number; bottom: number; left: number; right: number }[] {
    const mm = (pixel: number) => (pixel * 25.4) / DPI;
    const from = Math.round(((within.left ?? 0) * DPI) / 25.4);
    const to = Math.min(this.width, Math.round(((within.right ?? 1e3) * DPI) / 25.4));
    const found: { top: number; bottom: number; left: number; right: number }[] = [];
    let open: { top: number; left: number; right: number } | undefined;
    for (let y = 0; y <= this.height; y++) {
      let left = Infinity;
      let right = -Infinity;
      for (let x = from; x < to && y < this.height; x++) {
        const at = 3 * (y * this.width + x);
        const [r = 255, g = 255, b = 255] = this.#pixels.subarray(at, at + 3);
        const hit = colour === 'red' ? r > 150 && g < 120 && b < 120 : r < 120 && g < 120 && b < 120;
        if (hit) {
          left = Math.min(left, x);
          right = Math.max(right, x + 1);
        }
      }
      if (right > left)
        open = {
          top: open?.top ?? y,
          left: Math.min(open?.left ?? left, left),
          right: Math.max(open?.right ?? right, right),
        };
      else if (open !== undefined) {
        found.push({ top: mm(open.top), bottom: mm(y), left: mm(open.left), right: mm(open.right) });
        open = undefined;
      }
    }
    return found;
  }
}

function of<T>(map: ReadonlyMap<string, T>, name: string): T {
  const value = map.get(name);
  if (value === undefined) throw new Error(`nothing rendered as ${name}`);
  return value;
}

function at<T>(items: readonly T[], index: number): T {
  const item = items.at(index);
  if (item === undefined) throw new Error(`no item ${index} of ${items.length}`);
  return item;
}

/** The one word that begins with a text. */
function word(name: string, start: string): Word {
  const found = of(rendered, name).words.filter(({ text }) => text.startsWith(start));
  if (found.length !== 1) throw new Error(`${found.length} words begin with ${start}`);
  return at(found, 0);
}

function expectNear(actual: number, expected: number, tolerance = NEAR): void {
  expect(actual).toBeGreaterThanOrEqual(expected - tolerance);
  expect(actual).toBeLessThanOrEqual(expected + tolerance);
}

let folder = '';

beforeAll(async () => {
  if (missing.length > 0) return;
  folder = await mkdtemp(join(tmpdir(), 'letters-'));
  const files = Object.keys(letters).map((name) => join(folder, `${name}.docx`));
  for (const [name, letter] of Object.entries(letters))
    await writeFile(join(folder, `${name}.docx`), await renderDocx(letter));
  const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`;
  await run('soffice', [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, ...files]);
  for (const name of Object.keys(letters)) rendered.set(name, await read(join(folder, `${name}.pdf`)));
  for (const name of ['reminder', 'decision', 'record']) {
    await run('pdftoppm', ['-r', `${DPI}`, '-f', '1', '-singlefile', join(folder, `${name}.pdf`), join(folder, name)]);
    images.set(name, new Image(await readFile(join(folder, `${name}.ppm`))));
  }
}, 180_000);

afterAll(async () => {
  if (folder !== '') await rm(folder, { recursive: true, force: true });
});

describe(`every letter, ${where}`, () => {
  layoutTest('stands on A4 (5.1)', () => {
    for (const { pages } of rendered.values()) {
      for (const { width, height } of pages) {
        expectNear(width, 210, SHARP);
        expectNear(height, 297, SHARP);
      }
    }
    expect(rendered.size).toBe(Object.keys(letters).length);
  });

  layoutTest('fits 22 lines of 28 characters into 版心, 156 by 225 mm (5.2.1, 5.2.3)', () => {
    const full = '责任'.repeat(14);
    expect(at(of(rendered, 'long').lines, 1).filter((line) => line === full)).toHaveLength(22);
    const second = of(rendered, 'long').words.filter(({ page, text }) => page === 2 && text.startsWith('责任'));
    expectNear(Math.min(...second.map(({ left }) => left)), 28, SHARP);
    expectNear(Math.max(...second.map(({ right }) => right)), 184);
    expect(Math.min(...second.map(({ top }) => top))).toBeGreaterThan(37 - NEAR);
    expect(Math.max(...second.map(({ bottom }) => bottom))).toBeLessThan(262 + NEAR);
  });

  layoutTest('loses no text and sets none over another, however its length falls on the page', () => {
    for (const [name, letter] of Object.entries(letters)) {
      const { words, lines } = of(rendered, name);
      const pageNumber = /^— ?\d+ ?—$/u;
      const signs = (parts: readonly string[]) =>
        Array.from(parts.join('').replace(/\s/gu, '').replaceAll('演示', '')).toSorted();
      expect(signs(lines.flat().map((line) => line.replace(pageNumber, '')))).toEqual(signs([plainText(letter)]));
      const overlaps = words.flatMap((a, index) =>
        words
          .slice(index + 1)
          .filter((b) => a.page === b.page && a.left < b.right - SHARP && b.left < a.right - SHARP)
          .filter((b) => Math.abs((a.top + a.bottom) / 2 - (b.top + b.bottom) / 2) < 4)
          .map((b) => `${name}, page ${a.page}: ${a.text} | ${b.text}`),
      );
      expect(overlaps).toEqual([]);
    }
  });
});

describe(`信函格式, ${where}`, () => {
  layoutTest('has its mark 30 mm below the upper edge of the page, red and in the middle (10.1)', () => {
    const mark = at(of(images, 'reminder').bands('red'), 0);
    expectNear(mark.top, 30);
    expectNear((mark.left + mark.right) / 2, 105, NEAR);
  });

  layoutTest(
    'has red double lines of 170 mm: thick over thin 4 mm below the mark, thin over thick 20 mm from the end (10.1)',
    () => {
      const bands = of(images, 'reminder').bands('red');
      expect(bands).toHaveLength(5);
      const [mark, upperThick, upperThin, lowerThin, lowerThick] = [0, 1, 2, 3, 4].map((index) => at(bands, index));
      const height = (band: (typeof bands)[number] | undefined) => (band?.bottom ?? 0) - (band?.top ?? 0);
      expectNear((upperThick?.top ?? 0) - (mark?.bottom ?? 0), 4);
      expect(height(upperThick)).toBeGreaterThan(height(upperThin));
      expect(height(lowerThick)).toBeGreaterThan(height(lowerThin));
      expectNear(lowerThick?.bottom ?? 0, 277);
      for (const line of [upperThick, upperThin, lowerThin, lowerThick]) {
        expectNear(line?.left ?? 0, 20, SHARP);
        expectNear(line?.right ?? 0, 190, SHARP);
      }
    },
  );

  layoutTest(
    'has its number at the right edge, 7/8 of a character below the line, and the title two lines below (10.1)',
    () => {
      const line = at(of(images, 'reminder').bands('red'), 2);
      const black = of(images, 'reminder')
        .bands('black')
        .filter(({ top }) => top > line.bottom);
      const [number, title] = [at(black, 0), at(black, 1)];
      expectNear(number.top - line.bottom, 4.94);
      expectNear(number.right, 184);
      // Two empty lines between. The title's characters, 22 instead of 16 pt, begin higher in their line of 28.95 pt.
      expectNear(title.top - number.top, (3 * 28.95 - (22 - 16) * 0.86) * MM_PER_POINT);
      expectNear((title.left + title.right) / 2, 106);
    },
  );

  layoutTest('shows no page number on its first page, and the second page has one (10.1)', () => {
    const { lines } = of(rendered, 'long');
    expect(at(lines, 0).join('\n')).not.toContain('—');
    expect(at(lines, 1).join('\n')).toMatch(/— ?2 ?—/u);
  });

  layoutTest('has its addressee flush left and the text two characters in (7.3.2, 7.3.3)', () => {
    expectNear(word('reminder', '市住房和城乡建设局：').left, 28, SHARP);
    expectNear(word('reminder', '经查，').left, 28 + 2 * 15.75 * MM_PER_POINT, SHARP);
  });

  layoutTest('when sealed, has the signature centred over a date four characters from the edge (7.3.5.1)', () => {
    const { words } = of(rendered, 'reminder');
    const signature = at(
      words.filter(({ text, top }) => text === '中共演示市委督查室' && top > 100),
      0,
    );
    const date = words.filter(({ top, left }) => top > signature.top + 5 && top < signature.top + 15 && left > 100);
    const left = Math.min(...date.map((part) => part.left));
    const right = Math.max(...date.map((part) => part.right));
    expectNear((left + right) / 2, (signature.left + signature.right) / 2);
    // The figures of the substituted typeface are wider than half a character, and LibreOffice sets gaps around them.
    expectNear(right, 184 - 4 * 15.75 * MM_PER_POINT, 6);
  });

  layoutTest(
    'when not sealed, has the signature two characters from the edge and the date two to its right (7.3.5.2)',
    () => {
      const { words } = of(rendered, 'tip');
      const signature = at(
        words.filter(({ text, top }) => text === '中共演示市委督查室' && top > 100),
        0,
      );
      const date = words.filter(({ top, left }) => top > signature.top + 5 && top < signature.top + 15 && left > 100);
      expectNear(signature.right, 184 - 2 * 15.75 * MM_PER_POINT);
      expectNear(Math.min(...date.map(({ left }) => left)), signature.left + 2 * 15.75 * MM_PER_POINT);
    },
  );

  layoutTest('has its copies, without any line, at the end of 版心 (10.1)', () => {
    const copies = word('reminder', '抄送：');
    expectNear(copies.left, 28 + 14 * MM_PER_POINT, SHARP);
    expect(copies.bottom).toBeGreaterThan(255);
    expect(copies.bottom).toBeLessThan(262 + NEAR);
    const ruled = of(images, 'reminder')
      .bands('black')
      .filter(({ left, right }) => right - left > 150);
    expect(ruled.filter(({ top, bottom }) => bottom - top < 1)).toEqual([]);
  });
});

describe(`公文 with 版头, ${where}`, () => {
  layoutTest('has its mark 35 mm below the upper edge of 版心 (7.2.4)', () => {
    for (const name of ['decision', 'record']) expectNear(at(of(images, name).bands('red'), 0).top, 72);
  });

  layoutTest('has its number two lines below the mark and a red rule of 156 mm 4 mm below that (7.2.5, 7.2.7)', () => {
    const [mark, rule] = [0, 1].map((index) => at(of(images, 'decision').bands('red'), index));
    const number = at(
      of(images, 'decision')
        .bands('black')
        .filter(({ top }) => top > (mark?.bottom ?? 0)),
      0,
    );
    expectNear(number.top - (mark?.bottom ?? 0), 2 * 28.95 * MM_PER_POINT, 5);
    expectNear((rule?.top ?? 0) - number.bottom, 4);
    expectNear(rule?.left ?? 0, 28, SHARP);
    expectNear(rule?.right ?? 0, 184, SHARP);
  });

  layoutTest('numbers odd pages at the right and even pages at the left, 7 mm below 版心 (7.5)', () => {
    const numbers = of(rendered, 'decision').words.filter(({ text, top }) => text.includes('—') && top > 255);
    const side = (page: number) => numbers.filter((part) => part.page === page);
    expectNear(Math.max(...side(1).map(({ right }) => right)), 184 - 14 * MM_PER_POINT);
    expectNear(Math.min(...side(2).map(({ left }) => left)), 28 + 14 * MM_PER_POINT);
    const dash = at(of(images, 'decision').bands('black', { left: 165, right: 170 }), -1);
    expectNear(dash.top, 262 + 7);
  });

  layoutTest('ends 版记 with a thick line on the lower edge of 版心, thick above, thin between (7.4.1)', () => {
    const lines = of(images, 'record')
      .bands('black', { left: 28.2, right: 32 })
      .filter(({ top }) => top > 230);
    expect(lines).toHaveLength(3);
    expectNear(at(lines, 2).bottom, 262);
    expect(at(lines, 0).bottom - at(lines, 0).top).toBeGreaterThanOrEqual(at(lines, 1).bottom - at(lines, 1).top);
  });

  layoutTest('aligns further copies with the first after the colon (7.4.2)', () => {
    const first = word('decision', '抄送：');
    const lines = of(rendered, 'decision').words.filter(
      ({ page, top, bottom }) => page === 2 && top > first.bottom - 2 && bottom < first.bottom + 9,
    );
    expectNear(Math.min(...lines.map(({ left }) => left)), 28 + 4 * 14 * MM_PER_POINT);
  });
});
