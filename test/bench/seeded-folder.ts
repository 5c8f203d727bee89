import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { addDays, chinaDate, type CivilDate, instantAt, msOf } from '@dandang/calendar/civil-date.ts';
import { type Commit, unseal } from '@dandang/casework/commit.ts';
import { startService } from '@dandang/local/service.ts';
import { copiesJournal } from '@dandang/server/copies-journal.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { appendToFile, fileEndingWith } from '@dandang/store/file.ts';
import { deadlineActs, parseKey } from '@dandang/store/keys.ts';
import { openSqliteTown } from '@dandang/store/sqlite/sqlite-town.ts';
import type { Town } from '@dandang/store/town.ts';
import * as z from 'zod/mini';
import { alongside } from '../../functions/views/alongside.ts';
import { inFolder } from './http-load.ts';
import { Office } from './reminder-story.ts';
import { enterTown } from './town.ts';

/** The Monday on which every reminder that is copied was written. */
const writtenAt = '2026-09-14T09:05:00.000+08:00';

/** As many deadlines turn a light on the day that is swept, and as many replies wait for the office, in every folder. */
export const dueOnTheDay = 100;

/** Reminders as a service left them, each with its deliveries and the numbers that it took. */
interface Models {
  readonly closed: readonly Commit[];
  readonly replied: readonly Commit[];
  /** Wait for a reply: the light of the first turns on the day that is swept, that of the others long after. */
  readonly due: readonly Commit[];
  readonly waiting: readonly Commit[];
}

const aboutMails = z.object({ data: z.object({ documentType: z.literal('to-do') }) });

/** One real reminder of each kind. What a day's mails say to whom is left out: it is a person's file, not a matter's. */
const modelsOf = (): Promise<Models> =>
  inFolder(async (folder) => {
    let opened: Town | undefined;
    const service = await startService({
      folder,
      port: 0,
      startAt: writtenAt,
      policyId: 'yichang',
      demonstration: true,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      openTown: (given) => Promise.resolve((opened = openSqliteTown(given))),
    });
    const office = new Office(service.url);
    const town = opened;
    if (town === undefined) throw new Error('the service opened no town');
    const recorded = async (workingDays: number, commands: readonly ('reply' | 'review')[]): Promise<Commit[]> => {
      await service.settled();
      const before = town.lastAccepted();
      const path = await office.open({ replyWithin: { amount: workingDays, unit: 'working-day' } });
      for (const command of ['submit', 'approve', 'issue', ...commands] as const) await office.act(path, command);
      await service.settled();
      const commits: Commit[] = [];
      for (const { file, version } of town.acceptedAfter(before, 1000)) {
        const [first] = await town.commits.read(file);
        const [stored] = await town.commits.read(file, { from: version });
        if (first === undefined || stored === undefined) throw new Error('a commit that was accepted is not there');
        const ofAPerson = aboutMails.safeParse(unseal(first).events[0]).success;
        if (!ofAPerson && parseKey(file).kind !== 'schedule') commits.push(unseal(stored));
      }
      return commits;
    };
    try {
      return {
        closed: await recorded(5, ['reply', 'review']),
        replied: await recorded(5, ['reply']),
        due: await recorded(45, []),
        waiting: await recorded(120, []),
      };
    } finally {
      office.close();
      await service.close();
    }
  });

const letters = '0123456789abcdefghjkmnpqrstvwxyz';
const idIn = /\b[0-9a-hjkmnp-tv-z]{26}\b/g;
const freshId = (id: string, salt: number): string =>
  [...createHash('sha256').update(`${id} ${salt}`).digest()]
    .slice(0, 26)
    .map((byte) => letters[byte % 32])
    .join('');

const instantIn = /2026-\d\d-\d\dT[\d:.]+\+08:00/g;
const dayIn = /"2026-\d\d-\d\d"/g;
const numberIn = /〔2026〕(\d+)号/g;

/** Where and when a copy lies. */
interface Place {
  readonly salt: number;
  /** Later than the model by so many weeks, and so many milliseconds of a day. */
  readonly weeks: number;
  readonly ms: number;
  /** Of another unit than the model, whose people are others too. */
  readonly unit: string | undefined;
  /** How many numbers were given before. */
  readonly numbers: number;
}

/** A reminder like the model, with ids, times, numbers and people of its own, and chains that hold. */
async function copy(
  commits: Pick<CommitStore, 'append'>,
  model: readonly Commit[],
  { salt, weeks, ms, unit, numbers }: Place,
  registers: Map<string, { version: number; hash: string }>,
): Promise<void> {
  const files = new Map<string, { version: number; hash: string }>();
  const later = weeks * 7 * 86_400_000 + ms;
  const taken = model.filter((one) => parseKey(one.matter).kind === 'register').map(({ version }) => version);
  const further = numbers + 1 - Math.min(...taken);
  const moved = (text: string): string => {
    const fresh = text
      .replaceAll(idIn, (id) => freshId(id, salt))
      .replaceAll(instantIn, (at) => instantAt(msOf(at) + later))
      .replaceAll(dayIn, (day) => `"${addDays(day.slice(1, -1), weeks * 7)}"`)
      .replaceAll(numberIn, (_, number: string) => `〔2026〕${Number(number) + further}号`);
    return unit === undefined ? fresh : fresh.replaceAll(/\bhousing\b/g, unit);
  };
  for (const one of model) {
    const {
      matter,
      version: _version,
      previousHash: _hash,
      alg: _alg,
      ...content
    } = unseal({
      commit: moved(JSON.stringify(one)),
    });
    const known = parseKey(matter).kind === 'register' ? registers : files;
    const appended = await appendToFile(commits, fileEndingWith(matter, known.get(matter)), content);
    if (appended === 'version-taken') throw new Error(`a copy of ${matter} is there already`);
    known.set(matter, { version: appended.version, hash: appended.hash });
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Weeks over which closed reminders lie, units and what each of them has. */
const weeksBack = 36;
const otherUnits = 60;

/**
 * Fills folders with so many reminders each: sealed commits through the engine, copies beside them, and the rows as the
 * engine builds them. A tenth is open, of which as many wait for the office, and have a light that turns on the day
 * that is given, in every folder; the others lie over 60 units and nine months. There are no mails: they belong to the
 * mail server.
 */
export async function seedFolders(folders: ReadonlyMap<string, number>): Promise<CivilDate> {
  const models = await modelsOf();
  let sweptOn: CivilDate | undefined;
  for (const [folder, matters] of folders) {
    const town = openSqliteTown({ folder });
    const journal = copiesJournal(join(folder, 'copies'));
    const store: Pick<CommitStore, 'append'> = {
      append: (commit) => {
        journal.put(commit);
        return town.commits.append(commit);
      },
    };
    await enterTown(town.commits, '2026-01-01T09:00:00.000+08:00');
    const registers = new Map<string, { version: number; hash: string }>();
    const open = Math.max(2 * dueOnTheDay, matters / 10);
    for (let salt = 0; salt < matters; salt += 1) {
      const special = salt < 2 * dueOnTheDay;
      const model =
        salt < dueOnTheDay ? models.due : special ? models.replied : salt < open ? models.waiting : models.closed;
      const weeks = salt < open ? 0 : -1 - (salt % weeksBack);
      const unit = special ? undefined : `unit-${salt % otherUnits}`;
      await copy(store, model, { salt, weeks, ms: (salt % 30_000) * 1000, unit, numbers: 2 * salt }, registers);
      if (salt % 500 === 499) {
        await turn();
        await journal.sync();
      }
    }
    await town.durable();
    await journal.sync();
    await journal.close();
    town.setHandledThrough(town.lastAccepted());
    await town.close();
    // The rows of a whole file at once, which is many times faster than those of each of its commits.
    const built = openSqliteTown({ folder, alongside });
    for (
      let day = chinaDate(writtenAt), days = 0;
      days < 120 && sweptOn === undefined;
      days += 1, day = addDays(day, 1)
    ) {
      const { rows } = await built.views.list(deadlineActs.list(day), { limit: dueOnTheDay }, z.unknown());
      if (rows.length === dueOnTheDay) sweptOn = day;
    }
    await built.close();
  }
  if (sweptOn === undefined) throw new Error('no day has as many lights to turn as it should');
  return sweptOn;
}
