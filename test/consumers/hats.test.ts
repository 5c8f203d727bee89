import { type Caller, personsBehind, type Role } from '@dandang/access/caller.ts';
import { chinaDate } from '@dandang/calendar/civil-date.ts';
import { acceptCommand, acceptOpening } from '@dandang/accept/accept.ts';
import type { CommandAcceptance } from '@dandang/accept/context.ts';
import { allowedUnder, hatsOf } from '@dandang/accept/hats.ts';
import { referenceFrom } from '@dandang/accept/reference.ts';
import { clockActor, type Commit } from '@dandang/casework/commit.ts';
import { isRefusal } from '@dandang/casework/refusal.ts';
import type { SettingChanges } from '@dandang/policy/settings.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { appendToFile, readFile } from '@dandang/store/file.ts';
import { matterKey, officialKey, settingsKey, standInKey, unitKey } from '@dandang/store/keys.ts';
import fc from 'fast-check';
import { reminder } from '@dandang/measures/reminder/reminder.ts';
import { interview } from '@dandang/measures/interview/interview.ts';
import { project } from '../../functions/views/project.ts';
import {
  application,
  held,
  interviewSettings,
  interviewTown,
  measures,
  onLadder,
  participants,
  plan,
  planFiled,
  planned,
  thisOne,
} from '../story/interview-town.ts';
import { at, given, type Story } from '../story/story.ts';
import { correcting } from '../story/tolerance-story.ts';
import { toleranceSettings, toleranceTown, toleranceTownWith, townspeople } from '../story/tolerance-town.ts';
import { clerk, deputy, disciplineOfficer, housingLiaison } from '../story/town.ts';
import { memoryCommitStore, memoryViewStore } from '../store/memory-store.ts';

/*
 * Under which hat something is done (`docs/decisions/0009`). What a single hat may do the stories say, which know nothing of
 * stand-ins: a search over several hats is held against one story a hat.
 */

const draft = {
  unit: 'housing',
  leader: 'deputy-leader',
  circumstance: 'slow-progress',
  subject: '标题',
  findings: '情况',
  requirements: '要求',
};
const drafted = given(reminder, interviewTown).opened(clerk, draft);
const issued = drafted.and('submit', clerk).and('approve', deputy, { opinion: '同意' }).and('issue', clerk);

const signWithin: SettingChanges = { 'tolerance.signWithin': { amount: 4, unit: 'working-day' } };
/** A decided tolerance: the organ owes the signatures, the unit its correction. */
const bothOwe = correcting(toleranceTownWith(signWithin));

/** A proposal that the principal leader decides on, and one for the organization department. */
const bothDecide = onLadder(
  onLadder(
    held(
      undefined,
      {
        subjects: [
          { official: 'housing-director', responsibility: 'principal' },
          { official: 'housing-deputy', responsibility: 'direct' },
        ],
      },
      { attendees: ['deputy-leader', ...participants, 'housing-director', 'housing-deputy'] },
    ),
    [{ interview: 'm0', heldAt: at('2025-06-05', '15:00') }, thisOne],
  ),
  [thisOne],
  'housing-deputy',
);
const confirming = (official: string) => ({ official, outcome: 'confirmed', reason: '属实。', scope: '市直各单位' });

/** A matter as it stands, and what is asked of it. */
const scenes: readonly { readonly of: Story; readonly asks: readonly (readonly [string, unknown])[] }[] = [
  {
    of: planned(),
    asks: [
      ['concur', {}],
      ['object', { reason: '时间不合适。' }],
      ['plan', plan],
      ['withdraw', { reason: '不需要了。' }],
    ],
  },
  { of: planned().and('concur', disciplineOfficer), asks: [['concur', {}]] },
  {
    of: bothDecide,
    asks: [
      ['decide-proposal', confirming('housing-director')],
      ['decide-proposal', confirming('housing-deputy')],
      ['request-extension', { deadline: 'rectification-plan', workingDays: 2, reason: '需要时间。' }],
      ['file-plan', { measures }],
      ['state-case', { text: '情况说明。' }],
      ['annul', { reason: '主体有误。' }],
      ['dispute', { grounds: '不服。' }],
    ],
  },
  {
    of: bothOwe,
    asks: [
      ['request-extension', { deadline: 'service', workingDays: 2, reason: '需要时间。' }],
      ['request-extension', { deadline: 'correction-1', workingDays: 2, reason: '需要时间。' }],
      ['rescind', { reason: '有误。' }],
      ['request-review', { grounds: '不服。' }],
    ],
  },
  { of: planFiled(), asks: [['accept-plan', {}]] },
  { of: drafted.and('submit', clerk), asks: [['approve', { opinion: '同意。' }]] },
  {
    of: issued,
    asks: [
      ['reply', { measures: '已办。' }],
      ['request-extension', { deadline: 'reply', workingDays: 2, reason: '需要时间。' }],
      ['rescind', { reason: '有误。' }],
    ],
  },
  {
    of: issued.and('dispute', housingLiaison, { grounds: '不服。' }),
    asks: [['decide-dispute', { outcome: 'maintained', reason: '属实。' }]],
  },
];
const common = (person: string): readonly (readonly [string, unknown])[] => [
  ['recuse', { person, ground: '近亲属。' }],
  ['urge', {}],
];

const persons = townspeople.filter((one) => one.unit !== '');
const anyPerson = fc.constantFrom(...persons.map(({ id }) => id));
const person = (id: string): Caller => {
  const found = persons.find((one) => one.id === id);
  if (found === undefined) throw new Error(`nobody is called ${id}`);
  return found;
};

interface Asked {
  readonly scene: Story;
  readonly command: string;
  readonly body: unknown;
  readonly caller: Caller;
  /** Those that the caller stands in for. */
  readonly absent: readonly Caller[];
}

/** Few words, so that a counterexample can be read. */
interface Told {
  readonly scene: number;
  readonly ask: number;
  readonly caller: string;
  /** Instead of the person's own. */
  readonly roles: readonly Role[] | null;
  readonly absent: readonly string[];
  /** The caller, or one of those it stands in for. */
  readonly recused: readonly number[];
}
const told: fc.Arbitrary<Told> = fc.record({
  scene: fc.nat({ max: scenes.length - 1 }),
  ask: fc.nat({ max: 30 }),
  caller: anyPerson,
  roles: fc.option(fc.subarray<Role>(['supervision', 'approver', 'discipline', 'organization', 'unit'])),
  absent: fc.uniqueArray(anyPerson, { maxLength: 3 }),
  recused: fc.uniqueArray(fc.nat({ max: 6 }), { maxLength: 2 }),
});

/** Everybody is in the directory, whatever the measure. */
const inWholeTown = (story: Story): Story =>
  story.within({ units: toleranceTown.units, officials: toleranceTown.officials });

function askedBy({ scene: which, ask, caller: id, roles, absent, recused }: Told): Asked {
  const scene = scenes[which];
  if (scene === undefined) throw new Error('no such scene');
  const behind = [id, ...absent];
  const of = recused
    .flatMap((one) => behind[one] ?? [])
    .reduce((story, who) => {
      const attempt = story.when('recuse', clerk, { person: who, ground: '近亲属。' });
      return attempt.refusal === undefined ? attempt.story : story;
    }, inWholeTown(scene.of));
  const may = [...scene.asks, ...common(id), ...common(absent[0] ?? 'clerk')];
  const [command, body] = may[ask % may.length] ?? ['urge', {}];
  const caller = person(id);
  return {
    scene: of,
    command,
    body,
    caller: roles === null ? caller : { ...caller, roles },
    absent: absent.filter((one) => one !== id).map(person),
  };
}

/** Everything but the matter. */
async function town(scene: Story): Promise<CommitStore> {
  const stored = memoryCommitStore();
  const enter = async (key: string, type: string, data: unknown): Promise<void> => {
    const content = { at: interviewEve, by: clockActor, command: 'enter', request: { id: key, body: '' } };
    await appendToFile(stored, await readFile(stored, key), { ...content, events: [{ type, data }] });
  };
  for (const { id, ...unit } of toleranceTown.units) await enter(unitKey(id), 'UnitEntered', unit);
  for (const { id, ...official } of toleranceTown.officials) await enter(officialKey(id), 'OfficialEntered', official);
  for (const change of [interviewSettings, toleranceSettings, signWithin])
    await enter(settingsKey('yichang'), 'SettingsChanged', change);
  for (const [key, file] of Object.entries(scene.world.files ?? {})) await copy(stored, key, file);
  return stored;
}
const interviewEve = '2026-03-01T09:00:00.000+08:00';

async function copy(stored: CommitStore, key: string, file: readonly Commit[]): Promise<void> {
  for (const { matter: _matter, version: _version, previousHash: _hash, ...content } of file)
    await appendToFile(stored, await readFile(stored, key), content);
}

/** The stores with one matter, and with whom somebody stands in for. */
async function house({ scene, caller, absent }: Asked): Promise<CommandAcceptance> {
  const stored = await town(scene);
  const views = memoryViewStore();
  for (const sealed of scene.file) await stored.append({ ...sealed, day: chinaDate(sealed.at) });
  for (const { id } of absent) {
    const key = standInKey(id);
    const standIn = { person: caller.id, from: '2026-01-01', to: '2026-12-31' };
    const content = { at: interviewEve, by: clockActor, command: 'set-stand-in', request: { id: key, body: '' } };
    const events = [{ type: 'StandInSet', data: { standIn } }];
    await appendToFile(stored, await readFile(stored, key), { ...content, events });
    await project({ commits: stored, views }, { file: key });
  }
  let ids = 0;
  return {
    commits: stored,
    views,
    reference: referenceFrom({ commits: stored, policyId: 'yichang', rememberFor: 60_000, elapsed: () => 0 }),
    now: () => scene.now,
    freshId: () => `fresh-${(ids += 1)}`,
    attachments: { stat: () => Promise.resolve(undefined) },
  };
}

const aboutPersons: readonly string[] = ['own-approval', 'recused', 'handler-is-subject', 'reviewer-took-part'];

/** What came of a request: the newest commit where it made one, what was refused, or nothing. */
async function asks(deps: CommandAcceptance, { scene, command, body, caller }: Asked) {
  const { measure, id } = scene;
  const request = { caller, body, path: `/${id}/${command}`, idempotencyKey: 'once' };
  const outcome = await acceptCommand(deps, measure, id, command, request);
  const { commits } = await readFile(deps.commits, matterKey(measure.kind, id));
  return { outcome, made: commits.slice(scene.file.length) };
}

const hatOf = (of: Commit['by']): string => of.onBehalfOf?.id ?? '';
const under = (hat: Caller, { scene, command, body }: Asked) => scene.when(command, hat, body);

describe('of all the hats of a caller', () => {
  test('one acts, once: the first that may, its own before others, and the file names it', async () => {
    let done = 0;
    await fc.assert(
      fc.asyncProperty(told, async (words) => {
        const one = askedBy(words);
        const deps = await house(one);
        const hats = await hatsOf(deps, one.caller, chinaDate(one.scene.now));
        expect(hats.map((hat) => hat.onBehalfOf?.id)).toEqual([undefined, ...one.absent.map(({ id }) => id).sort()]);
        const { outcome, made } = await asks(deps, one);
        const alone = hats.map((hat) => ({ hat, attempt: under(hat, one) }));
        const may = alone.filter(({ attempt }) => attempt.refusal === undefined && attempt.events.length > 0);
        expect(made.length).toBeLessThanOrEqual(1);
        const [commit] = made;
        if (commit === undefined) {
          // Nobody did it: then no hat may, or a rule about persons keeps one of them from it, or the own hat said why not.
          const barred = alone.some(({ attempt }) => aboutPersons.includes(attempt.refusal?.refused ?? ''));
          const [own] = alone;
          const ownSaid = !['not-yours', 'not-found', undefined].includes(own?.attempt.refusal?.refused);
          expect(may.length === 0 || barred || ownSaid).toBe(true);
        } else {
          done += 1;
          const [first] = may;
          expect(hatOf(commit.by)).toBe(first?.hat.onBehalfOf?.id ?? '');
          expect(commit.by.id).toBe(one.caller.id);
          expect(commit.events.map(({ type }) => type)).toEqual(first?.attempt.events.map(({ type }) => type));
          expect(isRefusal(outcome)).toBe(false);
        }
      }),
      { numRuns: 400 },
    );
    expect(done).toBeGreaterThan(20);
  }, 120_000);

  test('none is the way round a rule that keeps a person, or an official stood in for, from an act', async () => {
    let kept = 0;
    await fc.assert(
      fc.asyncProperty(told, async (words) => {
        const one = askedBy(words);
        const deps = await house(one);
        const hats = await hatsOf(deps, one.caller, chinaDate(one.scene.now));
        const { made } = await asks(deps, one);
        const barred = (hat: Caller): boolean => aboutPersons.includes(under(hat, one).refusal?.refused ?? '');
        const [own, ...others] = hats;
        const [commit] = made;
        if (barred(own)) expect(commit).toBeUndefined();
        // What the caller may do by its own office nobody's bar takes away.
        if (others.some(barred) && commit !== undefined) expect(hatOf(commit.by)).toBe('');
        if (hats.some(barred)) kept += 1;
        const recused = one.scene.open.matter.recused.map(({ person }) => person);
        const behind = made.flatMap(({ by }) => [by.id, hatOf(by)]);
        const subjects = one.scene.open.matter.subjects.map(({ id }) => id);
        for (const who of behind) if (!subjects.includes(who)) expect(recused).not.toContain(who);
      }),
      { numRuns: 400 },
    );
    expect(kept).toBeGreaterThan(20);
  }, 120_000);

  test('what is offered can be done, and what was done is answered the same when it is asked again', async () => {
    await fc.assert(
      fc.asyncProperty(told, async (words) => {
        const one = askedBy(words);
        const deps = await house(one);
        const { measure, id, open } = one.scene;
        const today = chinaDate(one.scene.now);
        const hats = await hatsOf(deps, one.caller, today);
        const offered = allowedUnder(open, hats, today).includes(one.command);
        const { outcome, made } = await asks(deps, one);
        if (made.length > 0) expect(offered).toBe(true);
        // A command that is offered may still be refused for what its body names, and never for who asks.
        if (offered && isRefusal(outcome)) expect(['not-found', 'not-now']).not.toContain(outcome.refused);
        const again = await asks(deps, one);
        expect(again.made).toHaveLength(made.length);
        if (isRefusal(outcome) || made.length === 0) return;
        const version = one.scene.file.length + 1;
        const worn = { repeated: true, commit: { version }, as: outcome.as };
        expect(again.outcome).toMatchObject(worn);
        const { commits } = await readFile(deps.commits, matterKey(measure.kind, id));
        expect(commits.filter((commit) => personsBehind(one.caller).includes(commit.by.id)).length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  }, 120_000);
});

describe('a stand-in', () => {
  const standing = (scene: Story, caller: Caller, ...absent: readonly Caller[]): Asked => ({
    scene,
    command: '',
    body: {},
    caller,
    absent,
  });

  test('concurs for the organ that has not yet, whoever it is itself, and never for two', async () => {
    const disciplines = planned().and('concur', person('discipline-subject'));
    const other = standing(disciplines, disciplineOfficer, person('organization-officer'));
    const { outcome, made } = await asks(await house(other), { ...other, command: 'concur' });
    expect(made.map(({ by, events }) => [by.id, hatOf(by), events])).toEqual([
      ['discipline-officer', 'organization-officer', [{ type: 'PlanConcurred', data: { organ: 'organization' } }]],
    ]);
    expect(outcome).toMatchObject({ as: { onBehalfOf: { id: 'organization-officer' } } });

    const own = standing(planned().and('concur', disciplineOfficer), disciplineOfficer, person('organization-officer'));
    const again = await asks(await house(own), { ...own, command: 'concur' });
    expect([again.outcome, again.made]).toMatchObject([{ refused: 'own-approval' }, []]);
  });

  test('asks for what its own unit does not owe, and decides what its own office does not', async () => {
    const asking = standing(bothOwe, disciplineOfficer, housingLiaison);
    const body = { deadline: 'correction-1', workingDays: 2, reason: '需要时间。' };
    const owed = await asks(await house(asking), { ...asking, command: 'request-extension', body });
    expect(owed.made.map(({ by }) => hatOf(by))).toEqual(['housing-liaison']);
    for (const [caller, absent, official] of [
      ['principal-leader', 'organization-officer', 'housing-director'],
      ['organization-officer', 'principal-leader', 'housing-deputy'],
    ] as const) {
      const one = standing(bothDecide, person(caller), person(absent));
      const decided = { ...one, command: 'decide-proposal', body: confirming(official) };
      expect((await asks(await house(one), decided)).made.map(({ by }) => hatOf(by))).toEqual([absent]);
    }
  });

  test('has somebody recused by the office it stands in for, and itself in its own name', async () => {
    const one = standing(issued, housingLiaison, clerk);
    for (const [who, hat] of [
      ['clerk-2', 'clerk'],
      ['housing-liaison', ''],
    ] as const) {
      const body = { person: who, ground: '近亲属。' };
      const { made } = await asks(await house(one), { ...one, command: 'recuse', body });
      expect(made.map(({ by }) => hatOf(by))).toEqual([hat]);
    }
  });

  test('is told that nothing had to be done where each of its organs has spoken', async () => {
    const scene = planned().and('concur', disciplineOfficer).and('concur', person('organization-officer'));
    const one = standing(scene, disciplineOfficer, person('organization-officer'));
    const { outcome, made } = await asks(await house(one), { ...one, command: 'concur' });
    expect([outcome, made]).toMatchObject([{ commit: undefined, repeated: false }, []]);
  });

  test('is kept from it by a rule about one of those it stands in for, whichever comes first', async () => {
    const [before, after] = [person('deputy-leader'), person('deputy-leader-2')];
    const disputed = (approver: Caller): Story =>
      drafted
        .and('submit', clerk)
        .and('approve', approver, { opinion: '同意' })
        .and('issue', clerk)
        .and('dispute', housingLiaison, { grounds: '不服。' });
    const body = { outcome: 'maintained', reason: '属实。' };
    for (const tookPart of [before, after]) {
      const one = standing(disputed(tookPart), person('ecology-director'), before, after);
      const { outcome, made } = await asks(await house(one), { ...one, command: 'decide-dispute', body });
      expect([outcome, made]).toMatchObject([{ refused: 'reviewer-took-part' }, []]);
    }
  });

  test('hears of an opening again by its key, also once nobody is stood in for any more', async () => {
    const one = standing(drafted, person('ecology-director'), clerk);
    const deps = await house(one);
    const request = { caller: one.caller, body: draft, path: '/api/reminders', idempotencyKey: 'k' };
    const first = await acceptOpening(deps, reminder, request);
    const later = await acceptOpening({ ...deps, now: () => '2027-02-01T09:00:00.000+08:00' }, reminder, request);
    if (isRefusal(first) || isRefusal(later)) throw new Error('refused');
    expect([first.repeated, later.repeated]).toEqual([false, true]);
    expect(later.commit).toEqual(first.commit);
    const other = { ...request, body: { ...draft, subject: '另一件' } };
    expect(await acceptOpening(deps, reminder, other)).toMatchObject({ refused: 'key-reused' });
  });

  test('fair rules §4.1: opens nothing about whom it stands in for under its own hat either', async () => {
    const one = standing(drafted, person('clerk-2'), clerk);
    const deps = await house(one);
    const asking = (officials: string[]) => ({
      caller: one.caller,
      body: { ...draft, officials },
      path: '/api/reminders',
    });
    expect(await acceptOpening(deps, reminder, asking(['clerk']))).toMatchObject({ refused: 'handler-is-subject' });
    expect(await acceptOpening(deps, reminder, asking(['housing-director']))).toMatchObject({ repeated: false });
    const over = { ...deps, now: () => '2027-02-01T09:00:00.000+08:00' };
    expect(await acceptOpening(over, reminder, asking(['clerk']))).toMatchObject({ refused: 'unit-mismatch' });
  });

  test('opens nothing about whom it stands in for', async () => {
    const one = standing(drafted, person('ecology-director'), clerk);
    const deps = await house(one);
    const about = { ...draft, officials: ['clerk'] };
    const asking = (body: unknown) => ({ caller: one.caller, body, path: '/api/reminders' });
    expect(await acceptOpening(deps, reminder, asking(about))).toMatchObject({ refused: 'handler-is-subject' });
    const called = { ...application, subjects: [{ official: 'clerk', responsibility: 'direct' }] };
    expect(await acceptOpening(deps, interview, asking(called))).toMatchObject({ refused: 'handler-is-subject' });
  });
});
