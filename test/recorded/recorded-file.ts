import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { measures } from '@dandang/measures/registry.ts';
import { parseKey } from '@dandang/store/keys.ts';
import * as z from 'zod/mini';

const root = join(import.meta.dirname, '..', '..');
const measureRoom = (kind: string): string => join(root, 'packages', 'measures', kind, 'recorded');
const commonRoom = join(root, 'packages', 'casework', 'recorded');

const sealed = z.object({
  matter: z.string(),
  version: z.number(),
  commit: z.string(),
  hash: z.string(),
  at: z.string(),
});

/**
 * A file as a release really wrote it, and what that release answered about it at `now`. `commits` are the sealed commits
 * as they lay in the store, oldest first.
 */
const recordedFile = z.object({
  release: z.string(),
  now: z.string(),
  file: z.string(),
  commits: z.array(sealed),
  answers: z.record(z.string(), z.unknown()),
});
export type RecordedFile = z.infer<typeof recordedFile>;

const form = z.object({ files: z.array(recordedFile) });

/** One commit and one answer a line, so that a person can find them. */
const printed = ({ commits, answers, ...about }: RecordedFile): string => {
  const lines = commits.map((one) => JSON.stringify(one)).join(',\n');
  const answered = Object.entries(answers).map(([what, answer]) => `${JSON.stringify(what)}:${JSON.stringify(answer)}`);
  const head = JSON.stringify(about).slice(0, -1);
  return `${head},"commits":[\n${lines}],\n"answers":{\n${answered.join(',\n')}}}`;
};

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch {
    return [];
  }
}

const rooms: readonly string[] = [...measures.map(({ kind }) => measureRoom(kind)), commonRoom];

/** Every release of which files were recorded. */
export const recordedReleases = async (): Promise<string[]> =>
  [...new Set((await Promise.all(rooms.map(namesIn))).flat())].sort();

/** The files of one release, of every kind. */
export async function recordedBy(release: string): Promise<RecordedFile[]> {
  const files: RecordedFile[] = [];
  for (const room of rooms)
    for (const name of await namesIn(join(room, release)))
      files.push(...form.parse(JSON.parse(await readFile(join(room, release, name), 'utf8'))).files);
  return files;
}

/**
 * Where a file is kept: a matter beside its measure, one to a page; everything else with the kernel, which owns the
 * envelope, one page for each kind, because hundreds of these have a commit or two.
 */
const pageOf = (one: RecordedFile, place: number): string => {
  const { kind } = parseKey(one.file);
  if (measures.every((measure) => measure.kind !== kind)) return join(commonRoom, one.release, `${kind}.json`);
  return join(measureRoom(kind), one.release, `${String(place).padStart(2, '0')}.json`);
};

/** Writes what a release recorded. Throws where the release has recorded before: a recording is never rewritten. */
export async function keep(release: string, files: readonly RecordedFile[]): Promise<void> {
  if ((await recordedReleases()).includes(release))
    throw new Error(`release ${release} is recorded already, and a recording is never rewritten`);
  const pages = new Map<string, RecordedFile[]>();
  const places = new Map<string, number>();
  for (const one of files) {
    const { kind } = parseKey(one.file);
    const place = (places.get(kind) ?? 0) + 1;
    places.set(kind, place);
    const page = pageOf(one, place);
    pages.set(page, [...(pages.get(page) ?? []), one]);
  }
  for (const [page, held] of pages) {
    await mkdir(dirname(page), { recursive: true });
    await writeFile(page, `{"files":[\n${held.map(printed).join(',\n')}]}\n`);
  }
}
