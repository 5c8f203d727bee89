import { join } from 'node:path';
import { instantAt } from '@dandang/calendar/civil-date.ts';
import { type StoredEvent, unseal, verifyChain } from '@dandang/casework/commit.ts';
import { openMailbox } from '@dandang/local/mailbox.ts';
import { messageIdFor } from '@dandang/mail/message.ts';
import { openSqliteTown } from '@dandang/store/sqlite/sqlite-town.ts';
import type { Town } from '@dandang/store/town.ts';
import * as z from 'zod/mini';
import { alongside } from '../../functions/views/alongside.ts';
import { type Acknowledged } from './served.ts';

const issued = z.object({
  letters: z.array(
    z.object({
      number: z.optional(z.string()),
      deliveries: z.array(z.object({ id: z.string(), address: z.string() })),
    }),
  ),
});
const timed = z.object({ deadline: z.string(), on: z.string() });
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

/** Every event of every reminder, in the order of its file. */
async function eventsIn(folder: string): Promise<ReadonlyMap<string, readonly StoredEvent[]>> {
  const town = openSqliteTown({ folder, alongside });
  try {
    const found = new Map<string, readonly StoredEvent[]>();
    for (const file of everyFile(town))
      if (file.startsWith('reminder/'))
        found.set(
          file,
          (await town.commits.read(file)).flatMap((stored) => unseal(stored).events),
        );
    return found;
  } finally {
    await town.close();
  }
}

const said: ReadonlySet<string> = new Set(['DeadlineNear', 'DeadlineMissed', 'Chased']);

/** What the clock put on file of every reminder: `DeadlineNear reply 2026-09-22, …`. */
export async function saidByTheClock(folder: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const [file, events] of await eventsIn(folder)) {
    const lines = events.filter(({ type }) => said.has(type)).map(({ type, data }) => ({ type, ...timed.parse(data) }));
    files.set(file, lines.map(({ type, deadline, on }) => `${type} ${deadline} ${on}`).join(', '));
  }
  return files;
}

/** How the letters of the reminders went out. */
interface MailFindings {
  readonly letters: number;
  readonly mails: number;
  /** Deliveries of letters of which no mail is there. */
  readonly unmailed: number;
  /** Mails that came twice, and whose second one does not say that it may have. */
  readonly mailedTwice: number;
}

/** Looks at the mailbox of a folder that nobody serves. */
export async function mailsIn(folder: string): Promise<MailFindings> {
  const expected = new Set<string>();
  for (const events of (await eventsIn(folder)).values())
    for (const { type, data } of events)
      if (type === 'LettersIssued')
        for (const { deliveries } of issued.parse(data).letters)
          for (const { id, address } of deliveries) expected.add(messageIdFor(id, address, 'dandang.example'));
  const mailbox = await openMailbox({ folder: join(folder, 'mail'), clock: () => instantAt(0) });
  const mails = await mailbox.list();
  await mailbox.close();
  const seen = new Set<string>();
  let mailedTwice = 0;
  for (const { messageId, possibleDuplicate } of mails) {
    if (seen.has(messageId) && !possibleDuplicate) mailedTwice += 1;
    seen.add(messageId);
  }
  const unmailed = [...expected].filter((id) => !seen.has(id)).length;
  return { letters: expected.size, mails: mails.length, unmailed, mailedTwice };
}

export const told = (findings: Findings | MailFindings): string =>
  Object.entries(findings)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
