import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The programs that are not there of those that set a letter and look at its pages. */
export const missing: readonly string[] = [
  ['soffice', '--version'],
  ['pdftotext', '-v'],
  ['pdftoppm', '-v'],
].flatMap(([program = '', argument = '']) => (spawnSync(program, [argument]).error === undefined ? [] : [program]));

/** Said where they are missing: a layout that nobody looked at must not look tested. */
export const notLookedAt = `The layout of letters is NOT tested: ${missing.join(', ')} not found (Debian: libreoffice-writer, poppler-utils, fonts-noto-cjk).`;

/** Files so many at a time: one start of LibreOffice each. */
const AT_ONCE = 200;

/** Sets every .docx as a .pdf of the same name beside the others in `folder`. */
export async function toPdf(files: readonly string[], folder: string): Promise<string[]> {
  const profile = await mkdtemp(join(tmpdir(), 'office-profile-'));
  try {
    for (let from = 0; from < files.length; from += AT_ONCE)
      await run(
        'soffice',
        [
          `-env:UserInstallation=${pathToFileURL(profile).href}`,
          '--headless',
          ...['--convert-to', 'pdf', '--outdir', folder],
          ...files.slice(from, from + AT_ONCE),
        ],
        { maxBuffer: 2 ** 24 },
      );
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
  return files.map((file) => join(folder, `${basename(file, '.docx')}.pdf`));
}

/** The lines of each page as a reader sees them, without blanks, page numbers and the word above each page. */
export async function pageLines(pdf: string): Promise<string[][]> {
  const { stdout } = await run('pdftotext', ['-layout', pdf, '-'], { maxBuffer: 2 ** 26 });
  return stdout
    .split('\f')
    .slice(0, -1)
    .map((page) =>
      page
        .split('\n')
        .map((line) => line.replace(/\s/gu, '').replaceAll('\u2011', '-'))
        .filter((line) => line !== '' && line !== '演示' && !/^—\d+—$/u.test(line)),
    );
}

/** Every page as a picture beside the .pdf. */
export async function toPictures(pdf: string): Promise<void> {
  await run('pdftoppm', ['-r', '80', '-png', pdf, pdf.replace(/\.pdf$/u, '')]);
}

const sameLine = (text: string) => text.replace(/\s/gu, '');

/** The pages that hold a letter's date, and with it its signature, but nothing of its text; `text` are its paragraphs as printed. */
export function lonelySignatures(
  pages: readonly (readonly string[])[],
  date: string,
  text: readonly string[],
): number[] {
  const whole = text.map(sameLine);
  return pages.flatMap((lines, page) => {
    const at = lines.lastIndexOf(sameLine(date));
    const accompanied = lines.slice(0, Math.max(0, at)).some((line) => whole.some((one) => one.includes(line)));
    return at >= 0 && !accompanied ? [page + 1] : [];
  });
}

/** The numbers that are cut at the end of a line. */
export function cutNumbers(pages: readonly (readonly string[])[], text: readonly string[]): string[] {
  const whole = text.map(sameLine);
  return pages.flatMap((lines) =>
    lines.slice(1).flatMap((line, before) => {
      const end = lines[before] ?? '';
      const [tail] = /.{0,5}[\d〕.%]$/u.exec(end) ?? [];
      const [head] = /^\d.{0,5}/u.exec(line) ?? [];
      const cut = `${tail ?? ''}${head ?? ''}`;
      return tail !== undefined && head !== undefined && whole.some((one) => one.includes(cut)) ? [cut] : [];
    }),
  );
}
