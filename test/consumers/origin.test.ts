import { acceptCommand, acceptOpening } from '@dandang/accept/accept.ts';
import type { CommandAcceptance } from '@dandang/accept/context.ts';
import type { Log } from '@dandang/accept/log.ts';
import { measureReactions } from '@dandang/accept/react.ts';
import { referenceFrom } from '@dandang/accept/reference.ts';
import { addDays, chinaDate, type Instant, instantAt, msOf } from '@dandang/calendar/civil-date.ts';
import { clockActor } from '@dandang/casework/commit.ts';
import { isRefusal, type Refusal } from '@dandang/casework/refusal.ts';
import { interview } from '@dandang/measures/interview/interview.ts';
import { reminder } from '@dandang/measures/reminder/reminder.ts';
import { dynamoClient } from '@dandang/store/client.ts';
import { type CommitStore, dynamoCommitStore } from '@dandang/store/commit-store.ts';
import { appendToFile, readFile } from '@dandang/store/file.ts';
import { matterKey, officialKey, settingsKey, unitKey } from '@dandang/store/keys.ts';
import { createTables } from '@dandang/store/tables.ts';
import fc from 'fast-check';
import { startEmbeddedDynamo } from '../dynalite/embedded-dynamodb.ts';
import { memoryCommitStore, memoryViewStore } from '../store/memory-store.ts';
import { application, interviewSettings, interviewTown } from '../story/interview-town.ts';
import { beginning, Story } from '../story/story.ts';
import { clerk, clerk2, deputy, housingLiaison, principal } from '../story/town.ts';
import { Died, mayDie } from './dying.ts';

/*
 * One origin, one interview alive: whoever asks at the same moment, in whatever order the store is reached, and wherever a
 * process dies, a reminder never has two interviews that are alive, and none that is not keeps it from having one.
 */

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const origin = { kind: 'reminder', id: 'r1' } as const;
const tenMinutes = 10 * 60_000;

/** The functions of interviews and reminders over a store; `around` is called before every read and around every append. */
class House {
  readonly stored: CommitStore;
  readonly deps: CommandAcceptance & { readonly log: Log };
  now: Instant = beginning;
  around: (when: 'read' | 'before-append' | 'after-append') => Promise<void> = () => Promise.resolve();
  readonly opened = new Set<string>();
  #fresh = 0;

  constructor(stored: CommitStore) {
    this.stored = stored;
    const commits: CommitStore = {
      ...stored,
      read: async (key, options) => {
        await this.around('read');
        return stored.read(key, options);
      },
      append: async (commit) => {
        await this.around('before-append');
        const outcome = await stored.append(commit);
        if (outcome === 'appended' && commit.matter.startsWith('interview/')) this.opened.add(commit.matter.slice(10));
        await this.around('after-append');
        return outcome;
      },
    };
    this.deps = {
      commits,
      views: memoryViewStore(),
      // The directory and the settings do not change here; read as they lie, they add no turn to a race.
      reference: referenceFrom({ commits: stored, policyId: 'yichang', rememberFor: 60_000, elapsed: () => 0 }),
      now: () => this.now,
      freshId: () => `fresh-${(this.#fresh += 1)}`,
      log: silent,
      attachments: { stat: () => Promise.resolve(undefined) },
    };
  }

  /** Applies for an interview because of the reminder; the id of what was opened, or why not. */
  async opens(key?: string): Promise<string | Refusal> {
    const body = { ...application, origin };
    const accepted = await acceptOpening(this.deps, interview, {
      caller: key === undefined ? clerk2 : clerk,
      body,
      path: '/api/interviews',
      idempotencyKey: key,
    });
    return isRefusal(accepted) ? accepted : accepted.open.matter.id;
  }

  async rejects(id: string): Promise<void> {
    const body = { reason: '先办理。' };
    const accepted = await acceptCommand(this.deps, interview, id, 'reject', { caller: principal, body, path: id });
    if (isRefusal(accepted)) throw new Error(accepted.refused);
  }

  /** What the bus brings of every interview, as often as it likes. */
  async announces(): Promise<void> {
    for (const id of this.opened)
      for (const { version, events } of (await readFile(this.stored, matterKey('interview', id))).commits) {
        const types = events.map((event) => event.type);
        const event = { type: 'CommitAccepted', file: matterKey('interview', id), version, events: types } as const;
        await measureReactions(reminder, this.deps)(event);
      }
  }

  async stateOf(measure: typeof interview, id: string): Promise<string | undefined> {
    return measure.fold(id, (await readFile(this.stored, matterKey(measure.kind, id))).commits)?.matter.state;
  }

  async alive(): Promise<string[]> {
    const found = [];
    for (const id of this.opened) if ((await this.stateOf(interview, id)) !== 'rejected') found.push(id);
    return found;
  }
}

/** A house whose directory is filled and whose reminder was found ineffective. */
async function house(stored: CommitStore): Promise<House> {
  const enter = async (key: string, type: string, data: unknown): Promise<void> => {
    const request = { id: key, body: '' };
    const content = { at: beginning, by: clockActor, command: 'enter', request, events: [{ type, data }] };
    await appendToFile(stored, await readFile(stored, key), content);
  };
  for (const { id, ...unit } of interviewTown.units) await enter(unitKey(id), 'UnitEntered', unit);
  for (const { id, ...official } of interviewTown.officials) await enter(officialKey(id), 'OfficialEntered', official);
  await enter(settingsKey('yichang'), 'SettingsChanged', interviewSettings);
  const story = new Story(reminder, interviewTown, origin.id, beginning, [])
    .opened(clerk, {
      unit: 'housing',
      leader: 'deputy-leader',
      circumstance: 'slow-progress',
      subject: '进度滞后',
      findings: '未开工。',
      requirements: '限期开工。',
    })
    .and('submit', clerk)
    .and('approve', deputy, { opinion: '同意。' })
    .and('issue', clerk)
    .and('reply', housingLiaison, { measures: '正在研究。' })
    .and('review', clerk, { outcome: 'ineffective', opinion: '没有措施。' });
  for (const sealed of story.file) await stored.append({ ...sealed, day: chinaDate(sealed.at) });
  return new House(stored);
}

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

const engines = [
  { name: 'a store in memory', runs: 40, store: () => Promise.resolve(memoryCommitStore()) },
  { name: 'the embedded store', runs: 3, store: embedded },
];

const taken = (outcome: string | Refusal): boolean => typeof outcome !== 'string' && outcome.refused === 'origin-taken';

describe.each(engines)('over $name', ({ runs, store }) => {
  test('of several who ask at the same moment one has the interview, and the others hear of it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 4 }), async (scheduler, many) => {
        const place = await house(await store());
        place.around = async () => {
          await scheduler.schedule(Promise.resolve());
        };
        const asking = Array.from({ length: many }, (_, index) => place.opens(index === 0 ? 'a-key' : undefined));
        await scheduler.waitFor(Promise.all(asking));
        const outcomes = await Promise.all(asking);
        expect(outcomes.filter((one) => typeof one === 'string')).toHaveLength(1);
        expect(outcomes.filter(taken)).toHaveLength(many - 1);
        place.around = () => Promise.resolve();
        expect(await place.alive()).toHaveLength(1);
        await place.announces();
        expect(await place.stateOf(reminder, origin.id)).toBe('escalated');
      }),
      { numRuns: runs },
    );
  }, 120_000);

  test('whoever dies on the way is helped by asking again, or stands in nobody’s way after a while', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 20 }), fc.boolean(), async (dies, again) => {
        const place = await house(await store());
        let steps = 0;
        place.around = () => {
          steps += 1;
          return steps === dies ? Promise.reject(new Died()) : Promise.resolve();
        };
        await mayDie(async () => {
          await place.opens('a-key');
        });
        place.around = () => Promise.resolve();
        if (again) expect(typeof (await place.opens('a-key'))).toBe('string');
        const before = await place.alive();
        const other = await place.opens();
        if (before.length > 0) expect(taken(other)).toBe(true);
        place.now = instantAt(msOf(place.now) + tenMinutes);
        const later = await place.opens();
        if (before.length > 0 || typeof other === 'string') expect(taken(later)).toBe(true);
        else expect(typeof later).toBe('string');
        expect(await place.alive()).toHaveLength(1);
      }),
      { numRuns: runs },
    );
  }, 120_000);

  test('an interview that came to nothing makes room for another one, and the reminder is given back', async () => {
    const place = await house(await store());
    const first = await place.opens();
    if (typeof first !== 'string') throw new Error(first.refused);
    await place.announces();
    await place.rejects(first);
    await place.announces();
    expect(await place.stateOf(reminder, origin.id)).toBe('ineffective');
    place.now = `${addDays(chinaDate(place.now), 1)}T09:00:00.000+08:00`;
    expect(typeof (await place.opens())).toBe('string');
    await place.announces();
    expect(await place.stateOf(reminder, origin.id)).toBe('escalated');
    expect(await place.alive()).toHaveLength(1);
  });
});
