import { unseal, verifyChain } from '@dandang/casework/commit.ts';
import { openSqliteTown } from '@dandang/store/sqlite/sqlite-town.ts';
import type { Town } from '@dandang/store/town.ts';
import * as z from 'zod/mini';
import { alongside } from '../../functions/views/alongside.ts';
import { type Acknowledged } from './served.ts';

const issued = z.object({ letters: z.array(z.object({ number: z.optional(z.string()) })) });
const head = z.object({ version: z.number() });

/** What a data folder holds of what was promised. Everything but `commits`, `acknowledged` and `numbers` must be 0. */
export interface Findings {
  readonly commits: number;
  readonly acknowledged: number;
  /** Answers whose commit is not there. */
  readonly lost: number;
  /** Files whose chain of hashes is broken. */
  readonly broken: number;
  readonly numbers: number;
  /** Numbers that more than one letter carries. */
  readonly doubled: number;
  /** Matters whose row in the lists is not of the file's version. */
  readonly rowsBehind: number;
}

const everyFile = (town: Town): ReadonlySet<string> => {
  const files = new Set<string>();
  for (let after = 0; ;) {
    const some = town.acceptedAfter(after, 1000);
    for (const { file } of some) files.add(file);
    const last = some.at(-1);
    if (last === undefined) return files;
    after = last.seq;
  }
};

/** Looks at a folder while nobody serves it. */
export async function findingsIn(folder: string, acknowledged: readonly Acknowledged[]): Promise<Findings> {
  const town = openSqliteTown({ folder, alongside });
  try {
    let [commits, broken, rowsBehind] = [0, 0, 0];
    const numbers: string[] = [];
    const versions = new Map<string, number>();
    for (const file of everyFile(town)) {
      const stored = await town.commits.read(file);
      commits += stored.length;
      versions.set(file, stored.length);
      if (!verifyChain(file, stored).intact) broken += 1;
      if (!file.startsWith('reminder/')) continue;
      for (const { type, data } of stored.flatMap((one) => unseal(one).events))
        if (type === 'LettersIssued')
          for (const { number } of issued.parse(data).letters) if (number !== undefined) numbers.push(number);
      const row = await town.views.get(`matter#${file}`, 'head', z.looseObject(head.shape));
      if (row?.version !== stored.length) rowsBehind += 1;
    }
    return {
      commits,
      acknowledged: acknowledged.length,
      lost: acknowledged.filter(({ file, version }) => (versions.get(file) ?? 0) < version).length,
      broken,
      numbers: numbers.length,
      doubled: numbers.length - new Set(numbers).size,
      rowsBehind,
    };
  } finally {
    await town.close();
  }
}

/** Whether all that was promised is there. */
export const isWhole = ({ lost, broken, doubled, rowsBehind }: Findings): boolean =>
  lost + broken + doubled + rowsBehind === 0;

export const told = (findings: Findings): string =>
  Object.entries(findings)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
