/* eslint jest/expect-expect: ["error", { "assertFunctionNames": ["expect", "**.then*"] }] */
import type { Caller } from '@dandang/access/caller.ts';
import { organizationHead } from '../../../test/story/interview-town.ts';
import type { Expected, Story } from '../../../test/story/story.ts';
import {
  accepted,
  applied,
  assessed,
  closed,
  corrected,
  correcting,
  decided,
  declined,
  exempting,
  grounds,
  heard,
  hearing,
  investigating,
  investigators,
  notes,
  proposal,
  proposed,
  reason,
  sheet,
  maintained,
} from '../../../test/story/tolerance-story.ts';
import {
  auditOfficer,
  disciplineHead,
  disciplineHead2,
  disciplineOfficer2,
  toleranceTown,
  townspeople,
} from '../../../test/story/tolerance-town.ts';
import {
  clerk,
  disciplineOfficer,
  ecologyLiaison,
  housingDirector,
  housingLiaison,
  withoutMail,
} from '../../../test/story/town.ts';
import { tolerance } from './tolerance.ts';

const paths = ({ refusal }: ReturnType<Story['when']>) => refusal?.errors?.map((error) => error.path);
const withdrawn = applied().and('withdraw', housingDirector, reason);
const rescinded = decided().and('rescind', disciplineHead, reason);
const reviewed = (story: Story) => story.and('request-review', housingLiaison, grounds);

/** A matter in each state, and beside it what a command needs that its state alone does not say. */
const stages: Readonly<Record<string, Story>> = {
  applied: applied(),
  accepted: accepted(),
  declined: declined(),
  'declined, review asked for': reviewed(declined()),
  investigating: heard(),
  proposed: proposed(),
  decided: decided(),
  'decided, review asked for': reviewed(decided()),
  correcting: correcting(),
  'correcting, reported': corrected(),
  closed: closed(),
  'closed, review asked for': reviewed(closed()),
  rescinded,
  withdrawn,
};

interface Act {
  readonly by: Caller;
  readonly input?: Readonly<Record<string, unknown>>;
  /** Where it leads, by stage; everywhere else the state does not allow it. */
  readonly leads: Readonly<Record<string, string>>;
}

const afterDecision = { decided: 'rescinded', correcting: 'rescinded', closed: 'rescinded' };
/** The contract's table (`docs/http.md`, Tolerance). */
const contract: Readonly<Record<string, Act>> = {
  accept: { by: disciplineOfficer, leads: { applied: 'accepted' } },
  decline: { by: disciplineOfficer, input: reason, leads: { applied: 'declined' } },
  investigate: {
    by: disciplineOfficer,
    input: { investigators },
    leads: { accepted: 'investigating', investigating: 'investigating' },
  },
  assess: { by: disciplineOfficer, input: sheet, leads: { investigating: 'investigating' } },
  hear: { by: housingDirector, input: hearing, leads: { investigating: 'investigating' } },
  propose: { by: disciplineOfficer2, input: proposal, leads: { investigating: 'proposed' } },
  return: { by: disciplineHead, input: reason, leads: { proposed: 'investigating' } },
  decide: { by: disciplineHead, input: exempting, leads: { proposed: 'correcting' } },
  'file-correction': { by: housingDirector, input: { report: '已办。' }, leads: { correcting: 'correcting' } },
  'accept-correction': { by: disciplineOfficer, leads: { 'correcting, reported': 'closed' } },
  'return-correction': { by: disciplineOfficer, input: reason, leads: { 'correcting, reported': 'correcting' } },
  'reopen-correction': {
    by: disciplineOfficer,
    input: { finding: '虚假整改。' },
    leads: { closed: 'correcting', 'closed, review asked for': 'correcting' },
  },
  'request-review': {
    by: housingDirector,
    input: grounds,
    leads: {
      declined: 'declined',
      decided: 'decided',
      correcting: 'correcting',
      'correcting, reported': 'correcting',
      closed: 'closed',
    },
  },
  'decide-review': {
    by: disciplineHead2,
    input: maintained,
    leads: {
      'declined, review asked for': 'declined',
      'decided, review asked for': 'decided',
      'closed, review asked for': 'closed',
    },
  },
  rescind: {
    by: disciplineHead,
    input: reason,
    // Whoever asked for a review gets its answer first.
    leads: { ...afterDecision, 'correcting, reported': 'rescinded' },
  },
  // What a mitigation asks for is in reform.test.ts, and what is handed on in referral.test.ts.
  'confirm-reform': { by: disciplineOfficer, input: { finding: '已改正。', confirmed: true }, leads: {} },
  'ask-confirmation': { by: housingDirector, input: { statement: '已改正。' }, leads: {} },
  refer: { by: disciplineOfficer, input: { to: 'discipline', ...reason }, leads: { rescinded: 'rescinded' } },
  withdraw: {
    by: housingDirector,
    input: reason,
    leads: { applied: 'withdrawn', accepted: 'withdrawn', investigating: 'withdrawn', proposed: 'withdrawn' },
  },
};
// Appointing may be done through an investigation; assigned persons act only while they are appointed.
const appointedActs = ['assess', 'propose'];

describe('every command in every state', () => {
  const cases = Object.entries(contract).flatMap(([command, act]) =>
    Object.entries(stages).map(([stage, story]) => ({ command, act, stage, story })),
  );
  test.each(cases)('$command, $stage', ({ command, act: { by, input, leads }, stage, story }) => {
    const notAppointed = appointedActs.includes(command) && ['applied', 'accepted', 'declined'].includes(story.state);
    const expected = (): Expected => {
      const state = leads[stage];
      if (state !== undefined) return { state };
      return notAppointed || (stage === 'withdrawn' && appointedActs.includes(command))
        ? { refused: 'not-yours' }
        : { refused: 'not-now', state: story.state };
    };
    story.when(command, by, input).then(expected());
  });

  test('the table names every command of the measure beside those that all measures have', () => {
    // The administrator knows of none of these: deciders.test.ts.
    const common = [
      'name-reviewer',
      'urge',
      'request-extension',
      'grant-extension',
      'refuse-extension',
      'extend',
      'recuse',
      'succeed',
      'sign-own',
      'send-back',
    ];
    expect([...Object.keys(contract), ...common].sort()).toEqual(
      tolerance.commandSheets.map(({ name }) => name).sort(),
    );
    const states = new Set(Object.values(stages).map(({ state }) => state));
    expect([...states].sort()).toEqual(tolerance.states.map(({ name }) => name).sort());
  });

  test('from every state but that of what was withdrawn a way leads on', () => {
    for (const [stage, { state }] of Object.entries(stages)) {
      const ways = Object.values(contract).flatMap(({ leads }) => leads[stage] ?? []);
      expect([stage, ways.length > 0]).toEqual([stage, state !== 'withdrawn']);
    }
  });
});

describe('who may do what', () => {
  function whoMay(story: Story): Record<string, string[]> {
    const found: Record<string, string[]> = {};
    for (const person of townspeople)
      for (const command of story.allowed(person))
        if (command !== 'recuse' && command !== 'succeed')
          found[command] = [...(found[command] ?? []), person.id].sort();
    return found;
  }
  const organ = [
    'discipline-head',
    'discipline-head-2',
    'discipline-head-3',
    'discipline-officer',
    'discipline-officer-2',
    'discipline-subject',
  ];
  const deciders = ['discipline-head', 'discipline-head-2', 'discipline-head-3'];
  const concerned = ['housing-director', 'housing-liaison'];
  const mayRescind = { rescind: deciders };

  test.each([
    ['applied', stages['applied'], { accept: organ, decline: organ, withdraw: ['housing-director'] }],
    ['accepted', stages['accepted'], { investigate: organ, withdraw: ['housing-director'] }],
    [
      'investigating',
      stages['investigating'],
      {
        investigate: organ,
        assess: investigators,
        hear: [...organ, 'housing-director'],
        propose: investigators,
        withdraw: ['housing-director'],
      },
    ],
    ['proposed', stages['proposed'], { return: deciders, decide: deciders, withdraw: ['housing-director'] }],
    ['declined', stages['declined'], { 'request-review': concerned }],
    ['decided', stages['decided'], { 'request-review': concerned, ...mayRescind }],
    // Whoever took part does not review.
    [
      'decided, review asked for',
      stages['decided, review asked for'],
      { 'decide-review': ['discipline-head-2', 'discipline-head-3'] },
    ],
    [
      'correcting',
      stages['correcting'],
      {
        'file-correction': concerned,
        // Whoever owes some deadline may ask; which one is whose its body decides.
        'request-extension': concerned,
        extend: organ,
        urge: organ,
        'request-review': concerned,
        ...mayRescind,
      },
    ],
    [
      'correcting, reported',
      stages['correcting, reported'],
      { 'accept-correction': organ, 'return-correction': organ, 'request-review': concerned, ...mayRescind },
    ],
    ['closed', stages['closed'], { 'reopen-correction': organ, 'request-review': concerned, ...mayRescind }],
    ['rescinded', rescinded, { refer: organ }],
    ['withdrawn', withdrawn, {}],
  ])('%s', (_stage, story, expected) => {
    expect(story === undefined ? undefined : whoMay(story)).toEqual(expected);
  });

  test('others are refused by role, or do not even learn that there is a matter', () => {
    applied().when('accept', housingDirector).then({ refused: 'not-yours' });
    applied().when('accept', organizationHead).then({ refused: 'not-found' });
    applied().when('accept', clerk).then({ refused: 'not-found' });
    correcting().when('file-correction', ecologyLiaison, { report: '已办。' }).then({ refused: 'not-found' });
    // A body that got a copy may read and not act.
    correcting().when('request-review', auditOfficer, grounds).then({ refused: 'not-yours' });
    investigating().when('assess', disciplineHead, sheet).then({ refused: 'not-yours' });
    proposed().when('decide', disciplineOfficer, exempting).then({ refused: 'not-yours' });
  });

  test('an official who holds an office of the organ acts in its own case only for itself', () => {
    const change = { initiator: 'ex-officio', official: 'discipline-head', unit: 'discipline' };
    const story = applied(toleranceTown, change, disciplineOfficer);
    const others = ['organization-officer', 'audit-officer'];
    const heardThere = story
      .and('accept', disciplineOfficer)
      .and('investigate', disciplineOfficer, { investigators: others });
    story.when('accept', disciplineHead).then({ refused: 'handler-is-subject' });
    story.when('decline', disciplineHead, reason).then({ refused: 'handler-is-subject' });
    heardThere.when('hear', disciplineHead, hearing).then({ state: 'investigating' });
    const ready = heardThere
      .and('hear', disciplineHead, hearing)
      .and('assess', auditOfficer, sheet)
      .and('propose', auditOfficer, proposal);
    ready.when('decide', disciplineHead, exempting).then({ refused: 'handler-is-subject' });
    const standIn: Caller = { ...disciplineHead2, onBehalfOf: { id: 'discipline-head', name: '' } };
    ready.when('decide', standIn, exempting).then({ refused: 'handler-is-subject' });
    ready.when('decide', disciplineHead2, exempting).then({ state: 'correcting' });
  });
});

describe('an application that is declined', () => {
  test('is answered to the official and the unit, and stays unanswered where one of them has no address', () => {
    applied()
      .when('decline', disciplineOfficer, reason)
      .then({
        state: 'declined',
        events: ['ApplicationDeclined', 'LettersIssued'],
        letters: { 'tolerance-declined': ['addressee:housing-director', 'addressee:housing'] },
      });
    for (const id of ['housing', 'housing-director'])
      applied(withoutMail(toleranceTown, id))
        .when('decline', disciplineOfficer, reason)
        .then({ refused: 'no-address' });
  });
});

describe('the investigation', () => {
  const appoint = (named: readonly string[], story = accepted()) =>
    story.when('investigate', disciplineOfficer, { investigators: named });

  test.each([
    ['nobody', [], 'one-investigator'],
    ['one', ['discipline-officer'], 'one-investigator'],
    ['one twice', ['discipline-officer', 'discipline-officer'], 'one-investigator'],
    ['somebody whom the directory does not know', ['discipline-officer', 'nobody'], 'unknown-official'],
    ['the official', ['discipline-officer', 'housing-director'], 'handler-is-subject'],
    ['somebody of the unit', ['discipline-officer', 'audit-officer', 'housing-deputy'], 'handler-is-subject'],
  ] as const)('is not for %s', (_who, named, refused) => {
    appoint(named).then({ refused });
  });

  test('is for two or more, of any organ, each of them once', () => {
    const story = appoint(['discipline-officer', 'audit-officer', 'clerk', 'clerk']).then({ state: 'investigating' });
    expect(story.detailsFor(housingDirector)?.['investigators']).toEqual([
      { id: 'discipline-officer', name: 'discipline-officer（演示）' },
      { id: 'audit-officer', name: 'audit-officer（演示）' },
      { id: 'clerk', name: 'clerk（演示）' },
    ]);
    // Whoever is appointed sees the file and acts by its name alone.
    expect(story.allowed(clerk)).toEqual(['recuse', 'assess', 'hear', 'propose']);
    story.when('assess', disciplineOfficer2, sheet).then({ refused: 'not-yours' });
  });

  test('goes on with others where one stands aside, and never with that one', () => {
    const alone = heard().and('recuse', disciplineOfficer2, { person: 'discipline-officer-2', ground: '近亲属。' });
    alone.when('propose', disciplineOfficer2, proposal).then({ refused: 'recused' });
    alone.when('propose', disciplineOfficer, proposal).then({ refused: 'one-investigator' });
    expect(alone.open.todos().map(({ act }) => act)).toContain('investigate');
    appoint(investigators, alone).then({ refused: 'recused' });
    const two = appoint(['discipline-officer', 'audit-officer'], alone).then({ state: 'investigating' });
    two.when('propose', auditOfficer, proposal).then({ state: 'proposed' });
    expect(two.open.todos().map(({ act }) => act)).not.toContain('investigate');
  });

  test('is malformed with a list of ids that are none', () => {
    const attempt = appoint(['discipline-officer', '纪委']);
    attempt.then({ refused: 'malformed' });
    expect(paths(attempt)).toEqual(['investigators.1']);
  });

  test('needs every factor of the policy, with finding and evidence, and no other', () => {
    const { motive, procedure, ...five } = sheet.factors;
    const assess = (factors: unknown, circumstances: unknown = []) =>
      investigating().when('assess', disciplineOfficer, { factors, circumstances });
    assess(five).then({ refused: 'factor-missing', detail: '主观动机、程序方法' });
    assess({}).then({ refused: 'factor-missing' });
    assess({ ...five, motive, procedure }).then({ events: ['FactorsAssessed'] });
    const luck = assess({ ...sheet.factors, luck: motive });
    luck.then({ refused: 'malformed' });
    expect(paths(luck)).toEqual(['factors.luck']);
    const bare = assess({ ...sheet.factors, motive: { finding: notes.finding } });
    bare.then({ refused: 'malformed' });
    expect(paths(bare)).toEqual(['factors.motive.evidence']);
    assess(sheet.factors, ['bad-luck']).then({ refused: 'unknown-circumstance', detail: 'bad-luck' });
  });

  test('comes to a proposal once everything is assessed and the official heard, by whoever records it', () => {
    investigating().when('propose', disciplineOfficer, proposal).then({ refused: 'factor-missing' });
    assessed().when('propose', disciplineOfficer, proposal).then({ refused: 'not-heard' });
    for (const by of [housingDirector, disciplineHead, disciplineOfficer2]) {
      const story = assessed().and('hear', by, hearing);
      expect(story.detailsFor(disciplineOfficer)?.['hearings']).toMatchObject([{ ...hearing, by: by.id }]);
      story.when('propose', disciplineOfficer, proposal).then({ state: 'proposed' });
    }
    investigating().when('hear', housingLiaison, hearing).then({ refused: 'not-yours' });
  });

  test('may be filled in again after a return: the last sheet counts, and every hearing stays', () => {
    const returned = proposed().and('return', disciplineHead, reason);
    expect(returned.detailsFor(disciplineOfficer)?.['returned']).toEqual(reason);
    const again = returned
      .and('assess', disciplineOfficer2, { ...sheet, circumstances: ['new-business'] })
      .and('hear', housingDirector, { statement: '补充陈述。' });
    expect(again.detailsFor(disciplineHead)).toMatchObject({
      assessment: { circumstances: [{ id: 'new-business' }], by: 'discipline-officer-2' },
      hearings: [{ statement: notes.heard }, { statement: '补充陈述。' }],
    });
  });
});
