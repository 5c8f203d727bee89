import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ApiClient, signedIn } from '@dandang/local/api-client.ts';
import { withOwnService } from '@dandang/local/demo/own-service.ts';
import { Story } from '@dandang/local/demo/story.ts';
import { townAt } from '@dandang/local/demo/town.ts';
import { measures } from '@dandang/measures/registry.ts';
import { strFromU8, unzipSync } from 'fflate';
import * as z from 'zod/mini';
import { cutNumbers, lonelySignatures, missing, notLookedAt, pageLines, toPdf, toPictures } from './libre-office.ts';

/*
 * `npm run letters`: runs the demonstration, sets every letter that it issued and looks at the pages. The .docx, .pdf and
 * pictures stay in artifacts/letters. Ends with 1 where a title takes more than three lines, a signature stands alone, or
 * a number is cut.
 */

if (missing.length > 0) {
  console.error(notLookedAt);
  process.exit(0);
}

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'artifacts/letters');
const stories = join(root, 'packages/local/demo');

const storyFile = z.object({ story: z.instanceof(Story) });
const people = z.array(z.object({ id: z.string() }));
const list = z.object({ items: z.array(z.looseObject({ id: z.string() })) });
const documents = z.object({ documents: z.array(z.object({ id: z.string(), type: z.string() })) });
const sheet = z.object({ document: z.object({ id: z.string(), type: z.string() }) });
const sent = z.object({
  items: z.array(z.object({ matter: z.optional(z.looseObject({ kind: z.string(), id: z.string() })) })),
});

/** Every letter that somebody may read, by its id: the bytes of its .docx under a name that tells what it is. */
const found = new Map<string, { readonly name: string; readonly docx: Uint8Array }>();

async function keep(reader: ApiClient, path: string, { id, type }: { readonly id: string; readonly type: string }) {
  if (found.has(id)) return;
  const docx = await reader.bytes(`${path}/documents/${id}.docx`);
  // What only the list knows is an answer in words.
  if (strFromU8(docx.slice(0, 2)) === 'PK') found.set(id, { name: `${path.split('/')[2] ?? ''}-${type}`, docx });
}

async function keepAllOf(reader: ApiClient): Promise<void> {
  for (const { collection } of measures) {
    const { items = [] } = list.safeParse((await reader.get(`/api/${collection}`)).body).data ?? {};
    for (const { id } of items) {
      const path = `/api/${collection}/${id}`;
      const answer = documents.safeParse((await reader.get(path)).body);
      for (const one of answer.data?.documents ?? []) await keep(reader, path, one);
    }
  }
  const { items = [] } = sent.safeParse((await reader.get('/api/deliveries')).body).data ?? {};
  for (const matter of items.flatMap((one) => (one.matter?.kind === 'chaser' ? [one.matter] : []))) {
    const path = `/api/chasers/${matter.id}`;
    const answer = sheet.safeParse((await reader.get(path)).body);
    if (answer.success) await keep(reader, path, answer.data.document);
  }
}

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const names = (await readdir(stories)).filter((name) => name.endsWith('-story.ts'));
const files = await Promise.all(
  names.map(async (name) => storyFile.parse(await import(pathToFileURL(join(stories, name)).href))),
);
await withOwnService('yichang', async (base) => {
  const town = townAt(base, join(folder, 'saved'));
  for (const { story } of files.toSorted((one, other) => one.story.place - other.story.place))
    await story.tell(town, () => undefined);
  for (const { id } of people.parse((await town.dev.get('/dev/people')).body))
    await keepAllOf(await signedIn(base, id));
});
// What stories of other cities saved, which end with their own service.
for (const file of await readdir(join(folder, 'saved'), { recursive: true }))
  if (file.endsWith('.docx'))
    found.set(file, {
      name: `saved-${file.replace(/\W/gu, '-').replace(/-docx$/u, '')}`,
      docx: await readFile(join(folder, 'saved', file)),
    });
await rm(join(folder, 'saved'), { recursive: true, force: true });

const digests = new Set<string>();
const docxFiles: string[] = [];
const contents: Uint8Array[] = [];
for (const { name, docx } of [...found.values()].toSorted((one, other) => one.name.localeCompare(other.name))) {
  const digest = createHash('sha256').update(docx).digest('hex');
  if (digests.has(digest)) continue;
  digests.add(digest);
  const file = join(folder, `${String(docxFiles.length + 1).padStart(3, '0')}-${name}.docx`);
  await writeFile(file, docx);
  docxFiles.push(file);
  contents.push(docx);
}

const unescaped = (xml: string) =>
  xml.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

/** The paragraphs of a .docx, and into how many lines each is broken by hand; a title is the only one that is. */
function paragraphsOf(
  docx: Uint8Array,
): { readonly text: string; readonly lines: number; readonly isTitle: boolean }[] {
  const xml = strFromU8(unzipSync(docx)['word/document.xml'] ?? new Uint8Array());
  return [...xml.matchAll(/<w:p>.*?<\/w:p>/gsu)].map(([paragraph]) => ({
    text: unescaped(
      paragraph.replaceAll('<w:noBreakHyphen/>', '<w:t>-</w:t>').replace(/<w:br\/>/gu, '<w:t>\n</w:t>'),
    ).replace(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>|<[^>]*>/gu, '$1'),
    lines: paragraph.split('<w:br/>').length,
    isTitle: paragraph.includes('<w:sz w:val="44"/>') && !paragraph.includes('FF0000'),
  }));
}

const faults: string[] = [];
const pdfs = await toPdf(docxFiles, folder);
for (const [at, pdf] of pdfs.entries()) {
  const pages = await pageLines(pdf);
  const paragraphs = paragraphsOf(contents[at] ?? new Uint8Array());
  const text = paragraphs.map((one) => one.text);
  const fault = (what: string) => faults.push(`${pdf.replace(`${folder}/`, '')}: ${what}`);
  for (const title of paragraphs.filter(({ isTitle }) => isTitle)) {
    const said = title.text.replaceAll('\n', '');
    if (title.lines > 3) fault(`a title of ${title.lines} lines: ${said}`);
    for (const line of title.text.split('\n'))
      if (!(pages[0] ?? []).includes(line.replace(/\s/gu, '')))
        fault(`a line of the title is broken once more: ${line}`);
  }
  const date = text.findLast((one) => /^\d{4}年\d{1,2}月\d{1,2}日$/u.test(one));
  const body = text.filter((one) => Array.from(one).length > 20 || one.includes('：'));
  if (date !== undefined)
    for (const page of lonelySignatures(pages, date, body)) fault(`a signature alone on page ${page}`);
  for (const cut of cutNumbers(pages, text)) fault(`a number is cut: ${cut}`);
  await toPictures(pdf);
}
console.log(`\n${docxFiles.length} letters, pictures in artifacts/letters; ${faults.length} faults`);
for (const fault of faults) console.log(`- ${fault}`);
if (docxFiles.length === 0 || faults.length > 0) process.exitCode = 1;
