import type { Caller } from '@dandang/access/caller.ts';
import { chinaDate, type Instant } from '@dandang/calendar/civil-date.ts';
import { clockActor, type Commit } from '@dandang/casework/commit.ts';
import { isRefusal } from '@dandang/casework/refusal.ts';
import { acceptCommand } from '@dandang/accept/accept.ts';
import { type CommandAcceptance } from '@dandang/accept/context.ts';
import type { Log } from '@dandang/accept/log.ts';
import { referenceFrom } from '@dandang/accept/reference.ts';
import { startEmbeddedDynamo } from '../dynalite/embedded-dynamodb.ts';
import { interview } from '@dandang/measures/interview/interview.ts';
import type { SettingChanges } from '@dandang/policy/settings.ts';
import { dynamoClient } from '@dandang/store/client.ts';
import { type CommitStore, dynamoCommitStore } from '@dandang/store/commit-store.ts';
import { appendToFile, readFile } from '@dandang/store/file.ts';
import { ladderKey, matterKey, officialKey, settingsKey, unitKey } from '@dandang/store/keys.ts';
import { createTables } from '@dandang/store/tables.ts';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { bringEffectsUpTo } from '@dandang/accept/effects.ts';
import { measureReactions } from '@dandang/accept/react.ts';
import { memoryCommitStore, memoryViewStore } from '../store/memory-store.ts';
import {
  application,
  committeeOfficer,
  interviewSettings,
  interviewTownWith,
  organizationOfficer,
  participants,
  plan,
  record,
} from '../story/interview-town.ts';
import { Story } from '../story/story.ts';
import { clerk, disciplineOfficer, principal } from '../story/town.ts';
import { Died, mayDie } from './dying.ts';

/*
 * The ladder against the simplest thing that could be right: whatever is held, recorded late or annulled, by however many
 * at once, and wherever a process dies, the count on an interview's file is what somebody would count who read all
 * interviews one after the other.
 */

const officials = ['housing-director', 'housing-deputy', 'housing-liaison'] as const;
const opened: Instant = '2025-01-02T09:00:00.000+08:00';
const now: Instant = '2026-12-01T10:00:00.000+08:00';

/** One interview of a history: whom it is with, when it was held, and whether it was annulled afterwards. */
interface Held {
  readonly subjects: readonly string[];
  readonly heldAt: Instant;
  readonly annulled: boolean;
}

interface History {
  readonly interviews: readonly Held[];
  readonly basis: 'rolling' | 'calendar-year';
  readonly counts: 'persons' | 'units';
}

// Days and hours are few, so that histories meet: the same moment, the same day, a year to the day, the turn of a year.
const moment = fc
  .tuple(
    fc.constantFrom('2025-02-28', '2025-03-05', '2025-03-06', '2025-12-31', '2026-01-01', '2026-03-05', '2026-03-06'),
    fc.constantFrom('00:00', '07:59', '09:00', '23:59'),
  )
  .map(([day, time]): Instant => `${day}T${time}:00.000+08:00`);
const history = (most: number): fc.Arbitrary<History> =>
  fc.record({
    interviews: fc.array(
      fc.record({
        subjects: fc.subarray([...officials], { minLength: 1 }),
        heldAt: moment,
        annulled: fc.boolean(),
      }),
      { minLength: 1, maxLength: most },
    ),
    basis: fc.constantFrom('rolling', 'calendar-year'),
    counts: fc.constantFrom('persons', 'units'),
  });

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The interviews function over a store; `around` is called before every read and around every append. */
class House {
  readonly stored: CommitStore;
  readonly deps: CommandAcceptance & { readonly log: Log };
  readonly ids: readonly string[];
  around: (when: 'read' | 'before-append' | 'after-append') => Promise<void> = () => Promise.resolve();
  #fresh = 0;

  constructor(stored: CommitStore, ids: readonly string[]) {
    this.stored = stored;
    this.ids = ids;
    const commits: CommitStore = {
      ...stored,
      read: async (key, options) => {
        await this.around('read');
        return stored.read(key, options);
      },
      append: async (commit) => {
        await this.around('before-append');
        const outcome = await stored.append(commit);
        await this.around('after-append');
        return outcome;
      },
    };
    this.deps = {
      commits,
      views: memoryViewStore(),
      // The directory and the settings do not change here; read as they lie, they add no turn to a race.
      reference: referenceFrom({ commits: stored, policyId: 'yichang', rememberFor: 60_000, elapsed: () => 0 }),
      now: () => now,
      freshId: () => `fresh-${(this.#fresh += 1)}`,
      log: silent,
      attachments: { stat: () => Promise.resolve(undefined) },
    };
  }

  async #does(id: string, command: string, caller: Caller, body: unknown): Promise<void> {
    const accepted = await acceptCommand(this.deps, interview, id, command, { caller, body, path: `${id}/${command}` });
    if (isRefusal(accepted)) throw new Error(`${command}: ${accepted.refused}`);
    await bringEffectsUpTo(this.deps, interview, id);
  }

  /** Held and, where the history says so, annulled: as the routes do it, each with the ladder right behind. */
  async goes(id: string, { subjects, heldAt, annulled }: Held): Promise<void> {
    const attendees = ['deputy-leader', ...participants, ...subjects];
    await this.#does(id, 'hold', organizationOfficer, { ...record, heldAt, attendees });
    if (annulled) await this.#does(id, 'annul', principal, { reason: '主体有误。' });
  }

  /** The principal leader or the organization department decides where it may; a race may refuse it. */
  async decides(id: string, official: string): Promise<void> {
    for (const caller of [principal, organizationOfficer]) {
      const body = { official, outcome: 'confirmed', reason: '属实。', scope: '市直各单位' };
      await acceptCommand(this.deps, interview, id, 'decide-proposal', { caller, body, path: id });
    }
  }

  file(key: string): Promise<readonly Commit[]> {
    return readFile(this.stored, key).then(({ commits }) => commits);
  }

  /** How many commits there are on the interviews and the ladders. */
  async commits(): Promise<number> {
    const keys = [...this.ids.map((id) => matterKey('interview', id)), ...[...officials, 'housing'].map(ladderKey)];
    return (await Promise.all(keys.map((key) => this.file(key)))).flat().length;
  }

  /** Announces every commit as the publisher would that comes late and twice. */
  async announcesAgain(): Promise<void> {
    const keys = [...[...officials, 'housing'].map(ladderKey), ...this.ids.map((id) => matterKey('interview', id))];
    for (const key of [...keys, ...keys.toReversed()])
      for (const { version, events } of await this.file(key)) {
        const types = events.map((event) => event.type);
        await measureReactions(interview, this.deps)({ type: 'CommitAccepted', file: key, version, events: types });
      }
  }
}

/** A house whose directory is filled and whose interviews have been notified. */
async function house(stored: CommitStore, { interviews, basis, counts }: History): Promise<House> {
  const settings: SettingChanges = { 'interview.windowBasis': basis, 'interview.counts': counts };
  const world = interviewTownWith(settings);
  const enter = async (key: string, type: string, data: unknown): Promise<void> => {
    const request = { id: key, body: '' };
    const content = { at: opened, by: clockActor, command: 'enter', request, events: [{ type, data }] };
    await appendToFile(stored, await readFile(stored, key), content);
  };
  for (const { id, ...unit } of world.units) await enter(unitKey(id), 'UnitEntered', unit);
  for (const { id, ...official } of world.officials) await enter(officialKey(id), 'OfficialEntered', official);
  for (const change of [interviewSettings, settings]) await enter(settingsKey('yichang'), 'SettingsChanged', change);
  const ids = interviews.map((_one, index) => `interview-${index}`);
  for (const [index, { subjects }] of interviews.entries()) {
    const story = new Story(interview, world, ids[index] ?? '', opened, [])
      .opened(clerk, {
        ...application,
        subjects: subjects.map((official) => ({ official, responsibility: 'direct' })),
      })
      .and('approve', principal, { opinion: '同意。' })
      .and('plan', committeeOfficer, { ...plan, at: '2025-01-09T09:00:00.000+08:00' })
      .and('concur', disciplineOfficer)
      .and('concur', organizationOfficer)
      .and('notify', committeeOfficer);
    for (const sealed of story.file) await stored.append({ ...sealed, day: chinaDate(sealed.at) });
  }
  return new House(stored, ids);
}

/*
 * The naive recount. It shares no code with the ladder: it reads the interviews' own commits, takes dates apart by hand,
 * and compares every interview with every other.
 */

const heldEvent = z.object({ heldAt: z.string() });
const appliedEvent = z.object({ subjects: z.array(z.object({ id: z.string() })), unit: z.object({ id: z.string() }) });

interface Fact {
  readonly id: string;
  readonly who: readonly string[];
  readonly ms: number;
  readonly day: string;
  readonly counts: boolean;
}

async function factsOf(place: House, counts: History['counts']): Promise<Fact[]> {
  const facts: Fact[] = [];
  for (const id of place.ids) {
    const events = (await place.file(`interview/${id}`)).flatMap((commit) => commit.events);
    const held = events.find((event) => event.type === 'InterviewHeld');
    if (held === undefined) continue;
    const applied = z.parse(appliedEvent, events[0]?.data);
    const ms = Date.parse(z.parse(heldEvent, held.data).heldAt);
    facts.push({
      id,
      who: counts === 'units' ? [applied.unit.id] : applied.subjects.map((one) => one.id),
      ms,
      day: new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10),
      counts: !events.some((event) => event.type === 'InterviewAnnulled'),
    });
  }
  return facts;
}

/** The last day of the year that began on a day: the same day of the next year. */
function lastDay(day: string): string {
  const next = `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`;
  return next.endsWith('-02-29') ? next.replace('-29', '-28') : next;
}

const isEarlier = (a: Fact, b: Fact): boolean => a.ms < b.ms || (a.ms === b.ms && a.id < b.id);

function countedWith(own: Fact, who: string, facts: readonly Fact[], basis: History['basis']): string[] {
  if (!own.counts) return [];
  const inYear = (other: Fact): boolean =>
    basis === 'rolling' ? lastDay(other.day) >= own.day : other.day.slice(0, 4) === own.day.slice(0, 4);
  const earlier = facts.filter(
    (other) => other.counts && other.who.includes(who) && isEarlier(other, own) && inYear(other),
  );
  return [...earlier.sort((a, b) => (isEarlier(a, b) ? -1 : 1)), own].map((one) => one.id);
}

const proposals = [null, 'circulate', 'admonition', 'organizational-handling'] as const;

/** What every interview's file must say, by interview and by whom. */
async function naive(place: House, { basis, counts }: History): Promise<Record<string, unknown>> {
  const facts = await factsOf(place, counts);
  const said: Record<string, unknown> = {};
  for (const own of facts)
    for (const who of own.who) {
      const counted = countedWith(own, who, facts, basis);
      const other = basis === 'rolling' ? 'calendar-year' : 'rolling';
      said[`${own.id} ${who}`] = {
        counted,
        count: counted.length,
        otherwise: countedWith(own, who, facts, other).length,
        proposal: proposals[Math.min(counted.length, 3)],
      };
    }
  return said;
}

const shownLadder = z.object({
  ladder: z.array(
    z.object({
      official: z.string(),
      count: z.number(),
      counted: z.array(z.object({ id: z.string() })),
      otherwise: z.object({ count: z.number() }),
      proposal: z.nullable(z.string()),
      decided: z.optional(z.object({ proposal: z.string() })),
    }),
  ),
});

/** What every interview's file does say. A decision that stands must be one on the proposal that stands. */
async function onFile(place: House): Promise<Record<string, unknown>> {
  const said: Record<string, unknown> = {};
  for (const id of place.ids) {
    const details = interview.fold(id, await place.file(`interview/${id}`))?.details('file', clerk);
    for (const step of z.parse(shownLadder, details).ladder) {
      said[`${id} ${step.official}`] = {
        counted: step.counted.map((one) => one.id),
        count: step.count,
        otherwise: step.otherwise.count,
        proposal: step.proposal,
      };
      if (step.decided !== undefined) expect(step.decided.proposal).toBe(step.proposal);
    }
  }
  return said;
}

async function expectTrueCounts(place: House, told: History): Promise<void> {
  expect(await onFile(place)).toEqual(await naive(place, told));
}

/** Lets every process take turns at the store in an order that fast-check draws. */
function inTurns(place: House, scheduler: fc.Scheduler): void {
  place.around = async () => {
    await scheduler.schedule(Promise.resolve());
  };
}

const engines: {
  readonly name: string;
  readonly runs: number;
  readonly most: number;
  readonly store: () => Promise<CommitStore>;
}[] = [
  { name: 'a store in memory', runs: 30, most: 5, store: () => Promise.resolve(memoryCommitStore()) },
  { name: 'the embedded store', runs: 3, most: 4, store: () => embedded() },
];

const closing: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closing) await close();
});
async function embedded(): Promise<CommitStore> {
  const database = await startEmbeddedDynamo();
  const client = dynamoClient({ endpoint: database.endpoint, region: 'local' });
  closing.push(async () => {
    client.destroy();
    await database.close();
  });
  await createTables(client, { commits: 'commits', views: 'views' });
  return dynamoCommitStore({ client, table: 'commits' });
}

describe.each(engines)('over $name', ({ runs, most, store }) => {
  test('the count on every file is a naive recount of all interviews, whatever came late and was annulled', async () => {
    await fc.assert(
      fc.asyncProperty(history(most), async (told) => {
        const place = await house(await store(), told);
        for (const [index, one] of told.interviews.entries()) {
          await place.goes(place.ids[index] ?? '', one);
          await expectTrueCounts(place, told);
          const whose = told.counts === 'units' ? 'housing' : (one.subjects[0] ?? '');
          await place.decides(place.ids[0] ?? '', whose);
        }
        const commits = await place.commits();
        await place.announcesAgain();
        expect(await place.commits()).toBe(commits);
      }),
      { numRuns: runs },
    );
  }, 120_000);

  test('interviews that are held, annulled and decided on at once are counted as if one after the other', async () => {
    await fc.assert(
      fc.asyncProperty(history(most), fc.scheduler(), async (told, scheduler) => {
        const place = await house(await store(), told);
        inTurns(place, scheduler);
        const all = told.interviews.map(async (one, index) => {
          const id = place.ids[index] ?? '';
          await place.goes(id, one);
          await place.decides(id, told.counts === 'units' ? 'housing' : (one.subjects[0] ?? ''));
        });
        await scheduler.waitFor(Promise.all(all));
        await expectTrueCounts(place, told);
      }),
      { numRuns: runs },
    );
  }, 120_000);

  test('of several interviews held in the same hour exactly one is the first', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: most }), fc.scheduler(), async (many, scheduler) => {
        const one = { subjects: ['housing-director'], heldAt: '2026-03-05T09:00:00.000+08:00', annulled: false };
        const told: History = {
          interviews: Array.from({ length: many }, () => one),
          basis: 'rolling',
          counts: 'persons',
        };
        const place = await house(await store(), told);
        inTurns(place, scheduler);
        await scheduler.waitFor(Promise.all(place.ids.map((id) => place.goes(id, one))));
        const counts = Object.values(await onFile(place)).map(
          (step) => z.parse(z.object({ count: z.number() }), step).count,
        );
        expect(counts.sort()).toEqual(Array.from({ length: many }, (_one, index) => index + 1));
      }),
      { numRuns: Math.ceil(runs / 2) },
    );
  }, 120_000);

  test('a process that dies before or after any append leaves a ladder that heals, by the bus or by doing it again', async () => {
    const death = fc.record({
      at: fc.integer({ min: 1, max: 25 }),
      when: fc.constantFrom('before-append', 'after-append'),
    });
    await fc.assert(
      fc.asyncProperty(
        history(most),
        fc.array(death, { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        fc.scheduler(),
        async (told, deaths, byBus, scheduler) => {
          const place = await house(await store(), told);
          let appends = 0;
          place.around = async (when) => {
            await scheduler.schedule(Promise.resolve());
            if (when === 'before-append') appends += 1;
            if (deaths.some((one) => one.when === when && one.at === appends)) throw new Died();
          };
          const all = told.interviews.map((one, index) => mayDie(() => place.goes(place.ids[index] ?? '', one)));
          await scheduler.waitFor(Promise.all(all));
          place.around = () => Promise.resolve();
          if (byBus) await place.announcesAgain();
          else for (const id of place.ids) await bringEffectsUpTo(place.deps, interview, id);
          await expectTrueCounts(place, told);
          const commits = await place.commits();
          for (const id of place.ids) await bringEffectsUpTo(place.deps, interview, id);
          await place.announcesAgain();
          expect(await place.commits()).toBe(commits);
        },
      ),
      { numRuns: runs },
    );
  }, 120_000);
});

test('a ladder is brought up to an interview that dies at each of its appends in turn', async () => {
  const one: Held = { subjects: [...officials], heldAt: '2026-03-05T09:00:00.000+08:00', annulled: true };
  const before: Held = { ...one, heldAt: '2025-12-31T09:00:00.000+08:00', annulled: false };
  const told: History = { interviews: [before, one], basis: 'rolling', counts: 'persons' };
  let survived = false;
  for (let last = 1; !survived; last += 1)
    for (const when of ['before-append', 'after-append'] as const) {
      const place = await house(memoryCommitStore(), told);
      await place.goes('interview-0', before);
      let appends = 0;
      place.around = (now) => {
        if (now === 'before-append') appends += 1;
        return now === when && appends === last ? Promise.reject(new Died()) : Promise.resolve();
      };
      await mayDie(() => place.goes('interview-1', one));
      survived = appends < last;
      place.around = () => Promise.resolve();
      await place.announcesAgain();
      await expectTrueCounts(place, told);
    }
  expect(survived).toBe(true);
}, 60_000);

test('an interview that was never held, or that nobody knows, is on no ladder', async () => {
  const told: History = {
    interviews: [{ subjects: ['housing-director'], heldAt: '2026-03-05T09:00:00.000+08:00', annulled: false }],
    basis: 'rolling',
    counts: 'persons',
  };
  const place = await house(memoryCommitStore(), told);
  await bringEffectsUpTo(place.deps, interview, 'interview-0');
  await bringEffectsUpTo(place.deps, interview, 'nobody-knows');
  expect(await place.file(ladderKey('housing-director'))).toEqual([]);
});
