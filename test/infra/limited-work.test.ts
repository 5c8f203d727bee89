import type { BusEvent } from '@dandang/accept/bus-events.ts';
import type { Log } from '@dandang/accept/log.ts';
import { referenceFrom } from '@dandang/accept/reference.ts';
import { chinaDate } from '@dandang/calendar/civil-date.ts';
import { summarize } from '@dandang/casework/matter-summary.ts';
import { measures } from '@dandang/measures/registry.ts';
import { reminder } from '@dandang/measures/reminder/reminder.ts';
import { clockActor } from '@dandang/casework/commit.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { appendToFile, readFile } from '@dandang/store/file.ts';
import { calendarKey, openDeadlines, parseKey } from '@dandang/store/keys.ts';
import { attachmentReactions } from '../../functions/attachments/react.ts';
import { sayOverdue } from '../../functions/deadlines/overdue.ts';
import { sweepLights, sweepMails } from '../../functions/deadlines/sweep.ts';
import { applyDirectoryImport } from '../../functions/directory/react.ts';
import { distribute } from '../../functions/dispatch/distribute.ts';
import { send } from '../../functions/dispatch/send.ts';
import { apiRoutes } from '../../functions/routes.ts';
import { announceCalendar } from '../../functions/settings/react.ts';
import { memoryCommitStore, memoryViewStore } from '../store/memory-store.ts';
import { ToleranceRig } from '../consumers/tolerance-rig.ts';
import { projection } from '../../functions/views/rows.ts';
import { given } from '../story/story.ts';
import { disciplineHead, filedAlone } from '../story/tolerance-town.ts';
import { clerk, disciplineOfficer, principal, town } from '../story/town.ts';
import { city, rightsByFunction, synthesize } from './synthesized.ts';

const now = () => '2026-09-15T00:05:00.000+08:00';
const log: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A store that notes which kinds of files are read and appended to. */
function watched() {
  const stored = memoryCommitStore();
  const read = new Set<string>();
  const put = new Set<string>();
  const noting = <A extends readonly [string, ...unknown[]], R>(call: (...args: A) => R) => {
    return (...args: A): R => {
      read.add(parseKey(args[0]).kind);
      return call(...args);
    };
  };
  const commits: CommitStore = {
    ...stored,
    read: noting(stored.read.bind(stored)),
    readNewest: noting(stored.readNewest.bind(stored)),
    append: (commit) => {
      put.add(parseKey(commit.matter).kind);
      return stored.append(commit);
    },
  };
  const reference = referenceFrom({ commits, policyId: 'yichang', rememberFor: 0, elapsed: () => 0 });
  const views = memoryViewStore();
  const bus = { publish: () => Promise.resolve() };
  const queue = { put: () => Promise.resolve() };
  return { stored, read, put, deps: { commits, views, reference, bus, queue, now, log } };
}
type Watched = ReturnType<typeof watched>;

const importFile = 'directory-import/i1';
const accepted = (file: string): BusEvent => ({ type: 'CommitAccepted', file, version: 1, events: [] });

async function givenImport({ stored }: Watched): Promise<void> {
  const rows = [
    { basedOn: 0, entry: { kind: 'unit', id: 'housing', entry: { name: '住房局' } } },
    { basedOn: 0, entry: { kind: 'official', id: 'o1', entry: { name: '甲', unit: 'housing' } } },
  ];
  await appendToFile(stored, await readFile(stored, importFile), {
    at: now(),
    by: clockActor,
    command: 'import',
    request: { id: 'i1', body: '' },
    events: [{ type: 'DirectoryImported', data: { filename: 'table.csv', sha256: '', rows } }],
  });
}

/** A working day on which everything below is overdue or was urged. */
const later = '2026-04-13T09:00:00.000+08:00';

/** What a unit and an official owe, urged by hand, with their rows; and a matter of every other measure on the list. */
async function givenOverdue({ stored, deps }: Watched): Promise<void> {
  const owed = [
    given(reminder, town)
      .opened(clerk, {
        unit: 'housing',
        leader: 'deputy-leader',
        circumstance: 'slow-progress',
        subject: '标题',
        findings: '情况',
        requirements: '要求',
      })
      .and('submit', clerk)
      .and('approve', principal, { opinion: '同意' })
      .and('issue', clerk)
      .and('urge', clerk),
    filedAlone().and('accept', disciplineOfficer, { validUntil: '2026-12-31' }).and('urge', disciplineOfficer),
  ];
  for (const { key, file, commits } of owed) {
    for (const sealed of file) await stored.append({ ...sealed, day: chinaDate(sealed.at) });
    for (const row of projection(parseKey(key), commits)) await deps.views.put(row);
  }
  for (const { kind, collection } of measures) {
    const ref = { kind, id: 'nothing' };
    const brief = {
      matter: { ...ref, collection, headline: '' },
      unit: { id: 'housing', name: '' },
      gate: { file: [], own: [] },
    };
    const { deadlines } = summarize(owed[0]?.open ?? given(reminder, town).open);
    const listing = {
      ...openDeadlines.listing(ref, 'reply', '2026-03-09'),
      brief: { ...brief, deadline: deadlines[0] },
    };
    await deps.views.put({ ...openDeadlines.key(ref, 'reply'), version: 1, data: null, listing });
  }
}

/** What each of these functions does when it is called, with everything that it may come upon on its way. */
const work: Readonly<Record<string, (seen: Watched) => Promise<unknown>>> = {
  'deadlines-lights': async ({ deps }) => {
    await sweepLights(deps);
    await sayOverdue(deps);
  },
  'deadlines-mails': async (seen) => {
    await givenOverdue(seen);
    await sweepMails({ ...seen.deps, now: () => later });
  },
  'settings-bus': ({ deps }) => announceCalendar(deps, accepted(calendarKey())),
  'directory-bus': async (seen) => {
    await givenImport(seen);
    await applyDirectoryImport(seen.deps, accepted(importFile));
  },
};

test.each(Object.entries(work))(
  '%s may read and append to every kind of file that it touches, and to no other',
  async (name, run) => {
    const seen = watched();
    await run(seen);
    const rights = rightsByFunction(await synthesize(city)).get(name) ?? [];
    const kinds = (action: string): unknown =>
      rights
        .filter(({ actions, on }) => actions.includes(action) && on.some((one) => one.includes('-commits')))
        .flatMap(({ condition }) => condition['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? ['any']);
    const touched = (noted: ReadonlySet<string>) => [...noted].map((kind) => `${kind}/*`).sort();
    expect(touched(seen.read)).toEqual([...new Set([kinds('dynamodb:Query')].flat())].sort());
    expect(touched(seen.put)).toEqual([kinds('dynamodb:PutItem')].flat().sort());
  },
);

describe('with a decided tolerance on file', () => {
  let rig: ToleranceRig;
  beforeAll(async () => {
    rig = new ToleranceRig();
    await rig.enterCase();
    await rig.decides();
    await rig.straight();
    await rig.enter('stand-in/discipline-head', 'StandInSet', {
      standIn: { person: 'discipline-officer', from: '2026-01-01', to: '2026-12-31' },
    });
    await rig.straight();
  });

  /** What a function is given, with a note of the kinds of files that it reads. */
  const noting = () => {
    const read = new Set<string>();
    const commits: CommitStore = {
      ...rig.commits,
      read: (file, options) => {
        read.add(parseKey(file).kind);
        return rig.commits.read(file, options);
      },
      readNewest: (file, limit) => {
        read.add(parseKey(file).kind);
        return rig.commits.readNewest(file, limit);
      },
    };
    const reference = referenceFrom({ commits, policyId: 'yichang', rememberFor: 0, elapsed: () => 0 });
    return { read, deps: { ...rig.core, commits, reference } };
  };

  const expectMayRead = async (name: string, read: ReadonlySet<string>): Promise<void> => {
    const rights = rightsByFunction(await synthesize(city)).get(name) ?? [];
    const may = rights
      .filter(({ actions, on }) => actions.includes('dynamodb:Query') && on.some((one) => one.includes('-commits')))
      .flatMap(({ condition }) => condition['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? ['any'])
      .flat();
    expect(read.size).toBeGreaterThan(0);
    expect([...read].filter((kind) => !may.includes(`${kind}/*`))).toEqual([]);
    expect(may).not.toContain('any');
  };

  const ids = ['m1', 'housing-director', 'housing', 'discipline-head', 'yichang'];

  test.each(['worklist', 'settings', 'directory', 'deliveries', 'documents', 'records', 'attachments'])(
    'what %s reads to answer any question it may read',
    async (folder) => {
      const { read, deps } = noting();
      const routes = apiRoutes({
        ...deps,
        attachments: {
          stat: () => Promise.resolve(undefined),
          upload: () => Promise.reject(new Error('nothing is uploaded here')),
          fetch: () => Promise.reject(new Error('nothing is fetched here')),
        },
        verifyToken: () => Promise.reject(new Error('nobody signs in here')),
        policyId: 'yichang',
        version: '',
        openapi: {},
        measures: {},
      })[folder];
      const deliveries = (await rig.deliveries()).map((one) => one.id);
      // Who stands in for somebody is asked for by what is on file of it.
      const standIn = { ...disciplineHead, id: 'discipline-officer' };
      for (const caller of [disciplineHead, standIn, { ...clerk, roles: [...clerk.roles, 'admin' as const] }])
        for (const id of [...ids, ...deliveries.slice(0, 2)])
          for (const route of routes ?? []) {
            const query = new URLSearchParams({ matter: 'tolerance/m1', purpose: 'reward' });
            const { path } = route;
            const document = 'tolerance-decision';
            const asked = { path, params: { id, document }, query, header: () => undefined, body: {}, caller };
            await route.handle(asked);
          }
      await expectMayRead(`${folder}-http`, read);
    },
  );

  test('so may those who hear of every commit, and those who send', async () => {
    const heard = { dispatch: noting(), attachments: noting() };
    const sent = noting();
    for (const file of await rig.files())
      for (const { version, events } of (await readFile(rig.commits, file)).commits) {
        const event: BusEvent = { type: 'CommitAccepted', file, version, events: events.map(({ type }) => type) };
        await distribute(heard.dispatch.deps, event);
        await attachmentReactions(heard.attachments.deps)(event);
      }
    const accepted = { outcome: 'accepted', response: '' } as const;
    const from = { address: 'no-reply@x.example' };
    const transport = { from, send: () => Promise.resolve(accepted), close: () => undefined };
    for (const { id } of await rig.deliveries())
      await send(
        { ...sent.deps, transport, portal: 'https://x.example', mailDomain: 'x.example', leaseSeconds: 90 },
        { delivery: id },
      );
    await expectMayRead('dispatch-bus', heard.dispatch.read);
    await expectMayRead('attachments-bus', heard.attachments.read);
    await expectMayRead('dispatch-queue', sent.read);
  });
});
