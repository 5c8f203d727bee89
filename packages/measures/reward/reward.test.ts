import { type Caller, roles } from '@dandang/access/caller.ts';
import { sightOf } from '@dandang/access/gate.ts';
import { addDays } from '@dandang/calendar/civil-date.ts';
import { ankang } from '@dandang/policy/cities/ankang.ts';
import { bengbu } from '@dandang/policy/cities/bengbu.ts';
import { applySettings } from '@dandang/policy/policy.ts';
import { earlierEditions } from '@dandang/policy/cities/earlier-editions.ts';
import { calendarWith2027 } from '../../../test/story/calendars.ts';
import { organizationHead, organizationOfficer } from '../../../test/story/interview-town.ts';
import {
  answer,
  approved,
  assessed,
  assessment,
  dayAfter,
  granted,
  lastDay,
  nominated,
  nomination,
  objected,
  objection,
  opinion,
  publicised,
  publicisedOn,
  standing,
} from '../../../test/story/reward-town.ts';
import { at, given, type Story } from '../../../test/story/story.ts';
import {
  commerceDirector,
  commerceLiaison,
  registering,
  toleranceSettings,
  toleranceTown,
  toleranceTownWith,
  townspeople,
  transportLiaison,
  uploaded,
} from '../../../test/story/tolerance-town.ts';
import {
  clerk,
  deputy,
  disciplineOfficer,
  ecologyDirector,
  housingDirector,
  housingLiaison,
  principal,
  withoutMail,
} from '../../../test/story/town.ts';
import { meritOf } from './reward-file.ts';
import { reward } from './reward.ts';

const firstOfYichang = earlierEditions.find(({ id }) => id === 'yichang') ?? ankang;

const reason = { reason: '理由在案。' };
const over = { now: at(dayAfter) };
const [director, team] = nomination.candidates;
const [ofDirector, ofTeam] = nomination.citations;

const opening = (change: Readonly<Record<string, unknown>> = {}, world = toleranceTown, by = housingLiaison) =>
  given(reward, world, at('2026-09-14')).whenOpened(by, { ...nomination, ...change });
const paths = (attempt: Pick<ReturnType<typeof opening>, 'refusal'>): string[] =>
  (attempt.refusal?.errors ?? []).map(({ path }) => path);

describe('a nomination', () => {
  test('is a unit’s: the caller’s own', () => {
    const story = opening().then({ state: 'nominated', events: ['RewardNominated'] });
    expect(story.open.matter).toMatchObject({
      unit: { id: 'housing', name: '市住房和城乡建设局（演示）' },
      subjects: [{ id: 'housing-director', unit: 'housing', position: '局长' }],
    });
    expect([housingLiaison, organizationOfficer, principal, housingDirector].map(reward.mayOpen)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  test('shows what was entered under the names used when entering it, and the kind’s name', () => {
    expect(nominated().detailsFor(housingLiaison)).toMatchObject({ ...nomination, kindName: '及时奖励' });
  });

  test('may be of officials and collectives of other units', () => {
    const candidates = [{ official: 'ecology-director' }, { collective: { unit: 'commerce', name: '保供专班' } }];
    const citations = [
      { ...ofDirector, official: 'ecology-director' },
      { ...ofTeam, collective: '保供专班' },
    ];
    opening({ candidates, citations }).then({ state: 'nominated' });
  });

  test.each([
    ['a kind that the policy does not have', { kind: 'medal' }, 'unknown-kind'],
    ['an unknown official', { candidates: [{ official: 'nobody' }] }, 'unknown-official'],
    [
      'a collective of an unknown unit',
      { candidates: [{ collective: { unit: 'no-unit', name: '抢险突击队' } }] },
      'unknown-unit',
    ],
    ['an official twice', { candidates: [director, director] }, 'duplicate-subject'],
    ['a collective twice', { candidates: [team, team] }, 'duplicate-subject'],
    [
      'two collectives of one name, which no citation could tell apart',
      { candidates: [team, { collective: { unit: 'housing', name: '抢险突击队' } }] },
      'duplicate-subject',
    ],
    ['a deed in the future', { deedOn: '2026-09-15' }, 'in-future'],
    ['an attachment that is not there', { attachments: ['scan'] }, 'attachment-missing'],
  ] as const)('of %s is refused', (_what, change, refused) => {
    opening(change).then({ refused });
  });

  test('by a unit that the directory does not know is refused', () => {
    opening({}, toleranceTown, { ...housingLiaison, unit: 'gone' }).then({ refused: 'unknown-unit', detail: 'gone' });
  });

  test('of oneself is refused', () => {
    const candidates = [{ official: housingLiaison.id }];
    opening({ candidates, citations: [{ ...ofDirector, official: housingLiaison.id }] }).then({
      refused: 'handler-is-subject',
    });
  });

  test('needs one candidate and takes fifty', () => {
    const teams = (amount: number) => {
      const names = Array.from({ length: amount }, (_, index) => `突击${index + 1}队`);
      return {
        candidates: names.map((name) => ({ collective: { unit: 'transport', name } })),
        citations: names.map((collective) => ({ collective, clause: '直接处理突发事件的', facts: '抢通断道。' })),
      };
    };
    opening(teams(50)).then({ state: 'nominated' });
    opening(teams(51)).then({ refused: 'malformed' });
    opening(teams(0)).then({ refused: 'malformed' });
  });

  test('keeps its attachments, for those whose reward it is and not for the public', () => {
    const world = { ...toleranceTown, attachments: [uploaded('scan', housingLiaison)] };
    const story = publicised(world, { attachments: ['scan'] });
    expect(story.detailsFor(housingLiaison)).toMatchObject({ attachments: [{ id: 'scan', filename: 'scan.pdf' }] });
    expect(JSON.stringify(story.detailsFor(commerceLiaison))).not.toContain('scan');
  });

  test('whose decision would be too long to be issued is not begun', () => {
    const long = '字'.repeat(15_000);
    const change = { merits: long, citations: [{ ...ofDirector, facts: long }, ofTeam] };
    opening(change).then({ state: 'nominated' });
    opening({
      ...change,
      citations: [
        { ...ofDirector, facts: long },
        { ...ofTeam, facts: long },
      ],
    }).then({
      refused: 'too-long',
    });
  });
});

describe('the series of numbers', () => {
  const unset = toleranceTownWith({ 'reward.series': null });

  test('is needed to nominate: a matter keeps its edition, and could never be granted', () => {
    opening({}, unset).then({ refused: 'series-unset' });
  });

  test('is needed to grant what was nominated without one', () => {
    publicised().within(unset).when('grant', organizationOfficer, {}, over).then({ refused: 'series-unset' });
  });
});

describe('the citation (适用条款和事例)', () => {
  test('is needed for every candidate, whoever lacks one is named', () => {
    opening({ citations: [ofDirector] }).then({ refused: 'citation-missing', detail: '抢险突击队' });
    opening({ citations: [ofTeam] }).then({
      refused: 'citation-missing',
      detail: 'housing-director（演示）',
    });
    opening({ citations: [] }).then({
      refused: 'citation-missing',
      detail: 'housing-director（演示）、抢险突击队',
    });
  });

  test('may name a collective as it is nominated, with its unit', () => {
    const named = (unit: string) => ({ ...ofTeam, collective: { unit, name: '抢险突击队' } });
    opening({ citations: [ofDirector, named('transport')] }).then({ state: 'nominated' });
    opening({ citations: [ofDirector, named('commerce')] }).then({ refused: 'malformed' });
  });

  test('may be several for one candidate', () => {
    opening({ citations: [ofDirector, { ...ofDirector, clause: '另一条款' }, ofTeam] }).then({
      state: 'nominated',
    });
  });

  test('must be of one candidate: any other is malformed, with its path', () => {
    const nobody = { clause: '条款', facts: '事例。' };
    const attempt = opening({
      citations: [
        ofDirector,
        nobody,
        ofTeam,
        { ...nobody, official: 'housing-deputy' },
        { ...ofTeam, official: 'housing-director' },
      ],
    });
    attempt.then({ refused: 'malformed' });
    expect(paths(attempt)).toEqual(['citations.1', 'citations.3', 'citations.4']);
  });

  test('without a clause or without facts is malformed, with its path', () => {
    const attempt = opening({ citations: [{ official: 'housing-director', clause: ' ' }, ofTeam] });
    attempt.then({ refused: 'malformed' });
    expect(paths(attempt)).toEqual(['citations.0.clause', 'citations.0.facts']);
  });
});

describe('a department’s own main duty (部门主责主业相关事项原则上不纳入)', () => {
  const mainDuty = { mainDuty: true };
  const justified = { ...mainDuty, justification: '超出本职要求，跨区支援。' };

  test('needs a justification', () => {
    opening(mainDuty).then({ refused: 'main-duty' });
    opening(justified).then({ state: 'nominated' });
  });

  test('needs an answer to it from the assessor who finds it merited', () => {
    const story = nominated(undefined, justified);
    story.when('assess', organizationOfficer, assessment).then({ refused: 'main-duty' });
    story
      .when('assess', organizationOfficer, { ...assessment, onJustification: '理由成立。' })
      .then({ state: 'assessed' });
    story.when('assess', organizationOfficer, { ...assessment, result: 'not-merited' }).then({ state: 'assessed' });
  });

  test('is nothing special where the policy does not exclude it', () => {
    const world = { ...toleranceTown, policy: applySettings(ankang, [{ 'reward.series': '演奖' }]) };
    const story = opening({ ...mainDuty, kind: 'care' }, world).then({ state: 'nominated' });
    story.when('assess', organizationOfficer, assessment).then({ state: 'assessed' });
  });
});

describe('a candidate in an impact period', () => {
  const barredOn = (day: string, outcome: 'exempt' | 'mitigate' | 'none' = 'mitigate', rescinded = false) =>
    standing('housing-director', [{ matter: 't1', outcome, impactEndsOn: day, rescinded }]);

  test.each(['mitigate', 'none'] as const)('is barred up to its last day (%s)', (outcome) => {
    const attempt = opening({}, barredOn('2026-09-14', outcome));
    attempt.then({ refused: 'candidate-barred', detail: 'housing-director（演示）' });
    expect(attempt.refusal?.other).toEqual([{ kind: 'tolerance', id: 't1' }]);
    opening({}, barredOn('2026-09-13', outcome)).then({ state: 'nominated' });
  });

  test('names every matter that bars', () => {
    const world = standing('housing-director', [
      { matter: 't1', outcome: 'mitigate', impactEndsOn: '2026-12-31' },
      { matter: 't2', outcome: 'exempt' },
      { matter: 't3', outcome: 'none', impactEndsOn: '2026-12-31' },
    ]);
    expect(opening({}, world).refusal?.other).toEqual([
      { kind: 'tolerance', id: 't1' },
      { kind: 'tolerance', id: 't3' },
    ]);
  });

  test('is free once the decision is rescinded, or an impact was never set', () => {
    opening({}, barredOn('2026-12-31', 'mitigate', true)).then({ state: 'nominated' });
    opening({}, standing('housing-director', [{ matter: 't1', outcome: 'none' }])).then({ state: 'nominated' });
  });

  test('is refused again where it is approved and where it is granted, with a way out each time', () => {
    const barred = barredOn('2026-12-31');
    const waiting = assessed().within(barred);
    waiting.when('approve', principal, opinion).then({ refused: 'candidate-barred' });
    waiting.when('decline', principal, reason).then({ state: 'declined' });
    const noticed = publicised().within(barred);
    noticed.when('grant', organizationOfficer, {}, over).then({ refused: 'candidate-barred' });
    noticed.when('decline', organizationOfficer, reason, over).then({ state: 'declined' });
    noticed.within({ files: {} }).when('grant', organizationOfficer, {}, over).then({ state: 'granted' });
  });

  test('where the matter was exempted is not barred, and the reward shows no trace of it', () => {
    const world = standing('housing-director', [{ matter: 'secret-matter', outcome: 'exempt' }]);
    const [clean, exempted] = [toleranceTown, world].map((one) => granted(one));
    expect(exempted?.file).toEqual(clean?.file);
    expect(JSON.stringify(exempted?.file)).not.toContain('secret-matter');
  });
});

describe('the special assessment 专项考核', () => {
  test('is organization’s, with result, findings and evidence', () => {
    nominated()
      .when('assess', organizationOfficer, assessment)
      .then({ state: 'assessed', events: ['RewardAssessed'] });
    nominated().when('assess', principal, assessment).then({ refused: 'not-yours' });
    nominated().when('assess', housingLiaison, assessment).then({ refused: 'not-yours' });
    nominated()
      .when('assess', organizationOfficer, { ...assessment, evidence: undefined })
      .then({ refused: 'malformed' });
  });

  test('comes before any approval, and once', () => {
    nominated().when('approve', principal, opinion).then({ refused: 'not-now' });
    assessed().when('assess', organizationOfficer, assessment).then({ refused: 'not-now' });
  });

  test('shows its findings to the offices and the principal leader, its result to the nominating unit', () => {
    const story = assessed();
    for (const one of [organizationOfficer, disciplineOfficer, principal])
      expect(story.detailsFor(one)).toMatchObject({ assessment });
    expect(story.detailsFor(housingLiaison)).toMatchObject({ assessment: { result: 'merited' } });
    expect(JSON.stringify(story.detailsFor(housingLiaison))).not.toContain(assessment.findings);
  });
});

describe('the principal leader', () => {
  const notMerited = assessed(undefined, undefined, { result: 'not-merited' });

  test('approves what is merited', () => {
    assessed()
      .when('approve', principal, opinion)
      .then({ state: 'approved', events: ['RewardApproved'] });
    assessed().when('approve', deputy, opinion).then({ refused: 'not-found' });
    assessed().when('approve', organizationOfficer, opinion).then({ refused: 'not-yours' });
  });

  test('does not approve what is not, and declines it', () => {
    notMerited.when('approve', principal, opinion).then({ refused: 'not-merited' });
    notMerited.when('decline', principal, reason).then({ state: 'declined', events: ['RewardDeclined'] });
    expect(notMerited.open.todos().map(({ act, assignee }) => [act, assignee])).toEqual([
      ['decline', 'role:principal-leader'],
    ]);
  });

  test('may decline what is merited; organization may not then', () => {
    assessed().when('decline', principal, reason).then({ state: 'declined' });
    assessed().when('decline', organizationOfficer, reason).then({ refused: 'not-yours' });
  });
});

describe('the public notice 公示', () => {
  test('runs for the working days of the setting, counted from the day of publication over a make-up weekend', () => {
    const story = approved()
      .when('publicise', organizationOfficer, {}, { now: at(publicisedOn) })
      .then({ state: 'publicised', events: ['RewardPublicised', 'DeadlineSet'], letters: {} });
    expect(story.open.matter.deadlines).toMatchObject([
      {
        name: 'notice-period',
        basis: { startedOn: publicisedOn, amount: 5, unit: 'working-day' },
        dueOn: lastDay,
        firm: true,
        redOn: dayAfter,
      },
    ]);
    expect(story.detailsFor(commerceLiaison)).toMatchObject({
      notice: { workingDays: 5, from: publicisedOn, through: lastDay, firm: true },
    });
  });

  test('runs longer than the setting where that is stated, and never shorter', () => {
    const story = approved().and('publicise', organizationOfficer, { workingDays: 7 }, { now: at(publicisedOn) });
    expect(story.open.matter.deadlines[0]?.dueOn).toBe('2026-09-28');
    approved().when('publicise', organizationOfficer, { workingDays: 5 }).then({ state: 'publicised' });
    const short = approved().when('publicise', organizationOfficer, { workingDays: 4 });
    short.then({ refused: 'malformed' });
    expect(paths(short)).toEqual(['workingDays']);
  });

  test('is refused while neither says how long', () => {
    const unset = approved(toleranceTownWith({ 'reward.noticeWorkingDays': null }));
    unset.when('publicise', organizationOfficer).then({ refused: 'notice-term-unset' });
    unset.when('publicise', organizationOfficer, { workingDays: 1 }).then({ state: 'publicised' });
    unset.when('publicise', organizationOfficer, { workingDays: 0 }).then({ refused: 'malformed' });
  });

  test('is refused where the calendar does not reach', () => {
    approved()
      .when('publicise', organizationOfficer, {}, { now: at('2027-12-29') })
      .then({ refused: 'no-calendar' });
  });

  test('is organization’s', () => {
    approved().when('publicise', principal).then({ refused: 'not-yours' });
    assessed().when('publicise', organizationOfficer).then({ refused: 'not-now' });
  });

  test('only passes: nobody is chased, and its end makes granting a to-do', () => {
    const running = publicised().throughDay(lastDay);
    expect(running.open.todos()).toEqual([]);
    const story = running.throughDay('2026-10-09');
    expect(story.events.slice(publicised().events.length).map(({ type }) => type)).toEqual([
      'DeadlineNear',
      'DeadlineEnded',
    ]);
    expect(story.open.matter.letters).toEqual([]);
    expect(story.open.todos().map(({ act, assignee }) => [act, assignee])).toEqual([['grant', 'role:organization']]);
  });

  test('cannot be put off', () => {
    publicised()
      .when('request-extension', organizationOfficer, { deadline: 'notice-period', workingDays: 3, reason: '再议。' })
      .then({ refused: 'not-yours' });
  });

  test('is owed by no unit and no person: nobody is urged', () => {
    publicised().when('urge', organizationOfficer).then({ refused: 'not-now' });
  });
});

describe('granting', () => {
  test('is refused up to the last moment of the last day', () => {
    publicised().when('grant', organizationOfficer).then({ refused: 'notice-running' });
    publicised()
      .when('grant', organizationOfficer, {}, { now: at(lastDay, '23:59') })
      .then({ refused: 'notice-running' });
  });

  test('is possible from the day after on, whether or not the timer has fired', () => {
    publicised()
      .when('grant', organizationOfficer, {}, { now: at(dayAfter, '00:00') })
      .then({ state: 'granted', events: ['RewardGranted', 'DeadlineEnded', 'LettersIssued'] });
    publicised()
      .throughDay(dayAfter)
      .when('grant', organizationOfficer, {}, over)
      .then({ state: 'granted', events: ['RewardGranted', 'LettersIssued'] });
  });

  test('while the last day is provisional waits for the latest one', () => {
    const story = approved().and('publicise', organizationOfficer, {}, { now: at('2026-12-28') });
    const { dueOn = '', latest = '', firm } = story.open.matter.deadlines[0] ?? {};
    expect([firm, dueOn < latest]).toEqual([false, true]);
    story.when('grant', organizationOfficer, {}, { now: at(latest, '23:59') }).then({ refused: 'notice-running' });
    story.when('grant', organizationOfficer, {}, { now: at(addDays(latest, 1)) }).then({ state: 'granted' });
    expect(story.detailsFor(clerk)).toMatchObject({ notice: { through: latest, firm: false } });
  });

  test('waits for the later day where a new calendar moves the last one', () => {
    const calendar = calendarWith2027({ name: '元旦', off: ['2027-01-01', '2027-01-06'] });
    const story = approved().and('publicise', organizationOfficer, {}, { now: at('2026-12-28') });
    const moved = story.whenRecounted(calendar, at('2026-12-29')).then({
      events: ['DeadlineRecounted', 'LettersIssued'],
      letters: { 'recount-notice': ['notice:housing'] },
    });
    const { dueOn = '', firm } = moved.open.matter.deadlines[0] ?? {};
    expect([dueOn, firm]).toEqual(['2027-01-08', true]);
    moved.when('grant', organizationOfficer, {}, { now: at(dueOn) }).then({ refused: 'notice-running' });
    moved.when('grant', organizationOfficer, {}, { now: at('2027-01-09') }).then({ state: 'granted' });
  });

  test('is organization’s', () => {
    for (const by of [principal, housingLiaison, disciplineOfficer])
      publicised().when('grant', by, {}, over).then({ refused: 'not-yours' });
  });

  test('issues one numbered decision: addressees are the candidates, the nominating unit gets a copy', () => {
    const story = publicised()
      .when('grant', organizationOfficer, {}, over)
      .then({ letters: { 'reward-decision': ['addressee:housing-director', 'addressee:transport', 'copy:housing'] } });
    expect(story.open.matter.letters).toMatchObject([{ type: 'reward-decision', number: '演奖〔2026〕1号' }]);
    expect(story.detailsFor(housingDirector)).toMatchObject({ granted: { number: '演奖〔2026〕1号' } });
  });

  test('sends the nominating unit one letter where it is an addressee itself', () => {
    const change = {
      candidates: [{ collective: { unit: 'housing', name: '抢险突击队' } }],
      citations: [ofTeam],
    };
    publicised(undefined, change)
      .when('grant', organizationOfficer, {}, over)
      .then({ letters: { 'reward-decision': ['addressee:housing'] } });
  });

  test.each([
    ['an official', 'housing-director', 'housing-director（演示）'],
    ['a collective’s unit', 'transport', '市交通运输局（演示）'],
    ['the nominating unit', 'housing', '市住房和城乡建设局（演示）'],
  ])('is refused, and nothing leaves the house, while %s has no address', (_who, id, detail) => {
    const story = publicised().within(withoutMail(toleranceTown, id));
    story.when('grant', organizationOfficer, {}, over).then({ refused: 'no-address', detail });
    expect(story.open.matter.letters).toEqual([]);
    story.within(toleranceTown).when('grant', organizationOfficer, {}, over).then({ state: 'granted' });
  });

  test('names an amount only where the deployment has set one for the kind', () => {
    const amountOf = (settings: Parameters<typeof toleranceTownWith>[0]) =>
      granted(toleranceTownWith(settings)).detailsFor(housingLiaison)?.['granted'];
    expect(amountOf({})).not.toHaveProperty('amount');
    expect(amountOf({ 'reward.amounts': { citation: '一次性奖金若干' } })).not.toHaveProperty('amount');
    expect(amountOf({ 'reward.amounts': { 'timely-reward': '一次性奖金若干' } })).toHaveProperty(
      'amount',
      '一次性奖金若干',
    );
  });
});

describe('an objection 异议', () => {
  test('is raised by anybody who is signed in while the notice is up', () => {
    for (const by of townspeople)
      publicised()
        .when('object', by, objection)
        .then({ state: 'publicised', events: ['ObjectionRaised'] });
    approved().when('object', commerceLiaison, objection).then({ refused: 'not-found' });
    approved().when('object', housingLiaison, objection).then({ refused: 'not-now' });
    granted().when('object', housingLiaison, objection).then({ refused: 'not-now' });
  });

  test('needs content', () => {
    publicised().when('object', commerceLiaison, { content: ' ' }).then({ refused: 'malformed' });
  });

  test('holds the reward up until it is dismissed with a reason', () => {
    const story = objected();
    story.when('grant', organizationOfficer, {}, over).then({ refused: 'objection-open' });
    expect(story.open.todos().map(({ act }) => act)).toEqual(['resolve-objection']);
    story
      .when('resolve-objection', organizationOfficer, { ...answer, reason: undefined })
      .then({ refused: 'malformed' });
    const dismissed = story
      .when('resolve-objection', organizationHead, answer)
      .then({ state: 'publicised', events: ['ObjectionResolved'] });
    dismissed.when('grant', organizationOfficer, {}, over).then({ state: 'granted' });
  });

  test('that is sustained leaves only declining', () => {
    const story = objected().and('resolve-objection', organizationOfficer, { ...answer, outcome: 'sustained' });
    story.when('grant', organizationOfficer, {}, over).then({ refused: 'objection-sustained' });
    expect(story.throughDay(dayAfter).open.todos()).toMatchObject([{ act: 'decline', assignee: 'role:organization' }]);
    const again = story.and('object', disciplineOfficer, objection);
    again.when('grant', organizationOfficer, {}, over).then({ refused: 'objection-sustained' });
    story
      .when('decline', organizationOfficer, reason)
      .then({ state: 'declined', events: ['RewardDeclined', 'DeadlineEnded'] });
    story.when('decline', principal, reason).then({ refused: 'not-yours' });
  });

  test('is resolved once, by organization, and must exist', () => {
    objected().when('resolve-objection', disciplineOfficer, answer).then({ refused: 'not-yours' });
    objected()
      .when('resolve-objection', organizationOfficer, { ...answer, objection: 'objection-2' })
      .then({ refused: 'not-found' });
    publicised().when('resolve-objection', organizationOfficer, answer).then({ refused: 'not-now' });
    const two = objected(objected()).and('resolve-objection', organizationOfficer, answer);
    two.when('resolve-objection', organizationOfficer, answer).then({ refused: 'not-found' });
    two.when('grant', organizationOfficer, {}, over).then({ refused: 'objection-open' });
  });

  test('is not resolved by whoever raised it, in person or through a stand-in', () => {
    const standingIn = (who: Caller, forWhom: Caller): Caller => ({ ...who, onBehalfOf: forWhom });
    const own = objected(undefined, organizationOfficer);
    for (const by of [organizationOfficer, standingIn(organizationHead, organizationOfficer)]) {
      own.when('resolve-objection', by, answer).then({ refused: 'own-approval' });
      expect(own.allowed(by)).not.toContain('resolve-objection');
    }
    own.when('resolve-objection', organizationHead, answer).then({ state: 'publicised' });
    expect(own.open.todos()).toMatchObject([{ act: 'resolve-objection', except: [organizationOfficer.id] }]);
  });

  test('that was raised through a stand-in is resolved by neither of the two', () => {
    const onBehalfOf = { id: organizationOfficer.id, name: organizationOfficer.name };
    const { commits } = objected(undefined, organizationHead);
    const through = reward.fold(
      'm1',
      commits.map((one) => (one.command === 'object' ? { ...one, by: { ...one.by, onBehalfOf } } : one)),
    );
    const third = { ...organizationHead, id: 'organization-third' };
    expect(
      [organizationOfficer, organizationHead, third].map((by) => through?.barred('resolve-objection', by)?.refused),
    ).toEqual(['own-approval', 'own-approval', undefined]);
  });

  test('of somebody else may be resolved by whoever raised another one', () => {
    const two = objected(objected(undefined, organizationOfficer), commerceLiaison);
    two.when('resolve-objection', organizationOfficer, answer).then({ refused: 'own-approval' });
    two
      .when('resolve-objection', organizationOfficer, { ...answer, objection: 'objection-2' })
      .then({ state: 'publicised', events: ['ObjectionResolved'] });
  });

  test('on the last day is in time, after it is taken, marked late, and holds up all the same', () => {
    const lateOf = (now: string) =>
      publicised().throughDay(now.slice(0, 10)).and('object', commerceLiaison, objection, { now });
    const marked = (story: Story) => story.detailsFor(clerk)?.['objections'];
    expect(marked(lateOf(at(lastDay, '23:59')))).toMatchObject([{ late: false }]);
    const late = lateOf(at(dayAfter, '10:01'));
    expect(marked(late)).toMatchObject([{ late: true }]);
    late.when('grant', organizationOfficer, {}, over).then({ refused: 'objection-open' });
  });
});

describe('who sees what of an objection', () => {
  const open = objected();
  const story = open.and('resolve-objection', organizationOfficer, answer);
  const known = { id: 'objection-1', at: at('2026-09-20'), state: 'dismissed', late: false };

  test('organization and discipline see who raised it and what it says', () => {
    for (const one of [organizationOfficer, disciplineOfficer])
      expect(story.detailsFor(one)?.['objections']).toEqual([
        {
          ...known,
          content: objection.content,
          by: { id: commerceLiaison.id, name: commerceLiaison.name, unit: 'commerce' },
          resolution: { reason: answer.reason, by: organizationOfficer.id, at: story.now },
        },
      ]);
  });

  test('whoever raised it sees its own, and how it was answered', () => {
    expect(story.detailsFor(commerceLiaison)?.['objections']).toEqual([
      { ...known, content: objection.content, resolution: { reason: answer.reason } },
    ]);
    const declined = open.and('decline', organizationOfficer, reason);
    expect(declined.detailsFor(commerceLiaison)?.['objections']).toMatchObject([{ content: objection.content }]);
  });

  test('everybody else sees that and when there was one and what came of it, and nothing more', () => {
    for (const one of townspeople) {
      const knows = one.roles.includes('organization') || one.roles.includes('discipline');
      if (knows || one.id === commerceLiaison.id) continue;
      const details = story.detailsFor(one);
      expect([one.id, details?.['objections']]).toEqual([one.id, [known]]);
      for (const secret of [commerceLiaison.id, commerceLiaison.name, objection.content, answer.reason])
        expect(JSON.stringify(details)).not.toContain(secret);
    }
  });

  test('somebody of the nominating unit who objects stays unknown to the others of it', () => {
    const colleague = { ...housingLiaison, id: 'housing-liaison-2', name: '匿名同事' };
    const inside = publicised().and('object', colleague, objection);
    expect(JSON.stringify(inside.detailsFor(housingLiaison))).not.toContain('匿名同事');
    expect(inside.detailsFor(colleague)?.['objections']).toMatchObject([{ content: objection.content }]);
  });
});

describe('who may know of a reward', () => {
  const sights = (story: Story) =>
    Object.fromEntries(
      [
        organizationOfficer,
        disciplineOfficer,
        principal,
        housingLiaison,
        housingDirector,
        transportLiaison,
        commerceLiaison,
        ecologyDirector,
        clerk,
      ].map((one) => [one.id, sightOf(story.open.gate, one)]),
    );
  const offices = { 'organization-officer': 'file', 'discipline-officer': 'file', 'principal-leader': 'own' };
  const nobody = {
    'housing-director': undefined,
    'transport-liaison': undefined,
    'commerce-liaison': undefined,
    'ecology-director': undefined,
    clerk: undefined,
  };
  const candidates = { 'housing-director': 'own', 'transport-liaison': 'own' };

  test('before the notice: the offices, the leader, and whoever nominated', () => {
    for (const story of [nominated(), assessed(), approved()])
      expect(sights(story)).toEqual({ ...offices, ...nobody, 'housing-liaison': 'own' });
  });

  test('while the notice is up: everybody who is signed in, the candidates as their own', () => {
    expect(sights(publicised())).toEqual({
      ...offices,
      ...candidates,
      'housing-liaison': 'own',
      'commerce-liaison': 'copy',
      'ecology-director': 'copy',
      clerk: 'copy',
    });
    for (const name of roles)
      expect(publicised().open.sees({ id: 'x', name: 'x', unit: '', roles: [name] })).toBeDefined();
  });

  test('afterwards: no longer the public, but whoever objected', () => {
    const objections = objected().and('resolve-objection', organizationOfficer, answer);
    const done = objections.and('grant', organizationOfficer, {}, over);
    expect(sights(done)).toEqual({
      ...offices,
      ...nobody,
      ...candidates,
      'housing-liaison': 'own',
      'commerce-liaison': 'copy',
    });
  });

  test('the public reads what a notice says, and no more', () => {
    expect(publicised().detailsFor(commerceDirector)).toEqual({
      project: nomination.project,
      kind: nomination.kind,
      kindName: '及时奖励',
      candidates: nomination.candidates,
      merits: nomination.merits,
      notice: { workingDays: 5, from: publicisedOn, through: lastDay, firm: true },
      objections: [],
    });
  });
});

describe('revoking', () => {
  test.each(['fraud', 'concealment', 'misconduct', 'other-lawful'])(
    'on the law’s ground %s tells exactly those who got the decision',
    (ground) => {
      for (const by of [principal, organizationOfficer])
        granted()
          .when('revoke', by, { ground })
          .then({
            state: 'revoked',
            events: ['RewardRevoked', 'LettersIssued'],
            letters: { 'reward-revocation': ['notice:housing-director', 'notice:transport', 'notice:housing'] },
          });
    },
  );

  test('on any other ground is refused', () => {
    granted().when('revoke', principal, { ground: 'regret' }).then({ refused: 'unknown-ground', detail: 'regret' });
  });

  test('is for nobody else, and only for what was granted', () => {
    granted().when('revoke', housingLiaison, { ground: 'fraud' }).then({ refused: 'not-yours' });
    publicised().when('revoke', principal, { ground: 'fraud' }).then({ refused: 'not-now' });
    granted().and('revoke', principal, { ground: 'fraud' }).when('revoke', principal, { ground: 'fraud' }).then({
      refused: 'not-now',
    });
  });

  test('is refused where somebody who got the decision has no address any more', () => {
    granted()
      .within(withoutMail(toleranceTown, 'transport'))
      .when('revoke', principal, { ground: 'fraud' })
      .then({ refused: 'no-address', detail: '市交通运输局（演示）' });
  });

  test('tells nobody who only heard that the notice’s last day moved', () => {
    const calendar = calendarWith2027({ name: '元旦', off: ['2027-01-01', '2027-01-06'] });
    approved()
      .and('publicise', organizationOfficer, {}, { now: at('2026-12-28') })
      .whenRecounted(calendar, at('2026-12-29'))
      .story.and('grant', organizationOfficer, {}, { now: at('2027-01-11') })
      .when('revoke', organizationOfficer, { ground: 'fraud' })
      .then({ letters: { 'reward-revocation': ['notice:housing-director', 'notice:transport', 'notice:housing'] } });
  });
});

describe('withdrawing and standing aside', () => {
  test('whoever nominated withdraws while nothing is issued, and the notice ends', () => {
    const story = publicised().when('withdraw', housingLiaison, reason).then({ state: 'withdrawn' });
    expect(story.open.matter.deadlines).toMatchObject([{ ended: true }]);
    granted().when('withdraw', housingLiaison, reason).then({ refused: 'not-now' });
  });

  test('an officer who is a candidate may not handle the reward', () => {
    const change = {
      candidates: [{ official: organizationOfficer.id }],
      citations: [{ ...ofDirector, official: organizationOfficer.id }],
    };
    nominated(undefined, change)
      .when('assess', organizationOfficer, assessment)
      .then({ refused: 'handler-is-subject' });
    nominated(undefined, change).when('assess', organizationHead, assessment).then({ state: 'assessed' });
  });

  test('a recused officer acts no more', () => {
    objected()
      .and('recuse', organizationOfficer, { person: organizationOfficer.id, ground: '近亲属。' })
      .when('resolve-objection', organizationOfficer, answer)
      .then({ refused: 'recused' });
  });
});

describe('the kinds of a policy', () => {
  const kindsIn = (policy: typeof ankang, kind: string) =>
    opening({ kind }, { ...toleranceTown, policy: applySettings(policy, [toleranceSettings]) });

  test('of Bengbu know 通报表扬 and 嘉奖, of Ankang not the first', () => {
    kindsIn(bengbu, 'praise').then({ state: 'nominated' });
    kindsIn(bengbu, 'citation').then({ state: 'nominated' });
    kindsIn(ankang, 'praise').then({ refused: 'unknown-kind' });
    kindsIn(bengbu, 'timely-reward').then({ refused: 'unknown-kind' });
  });
});

describe('fair rules §4.3: a nomination is for an open project', () => {
  const register = (names: readonly string[], change: Readonly<Record<string, unknown>> = {}) => ({
    ...toleranceTown,
    files: { ...toleranceTown.files, 'reward-project/register': [registering(names, change)] },
  });

  test('by its name or by its id, and keeps both', () => {
    for (const project of [nomination.project, 'project-1'])
      expect(opening({ project }).then({ state: 'nominated' }).detailsFor(housingLiaison)).toMatchObject({
        project: nomination.project,
        projectId: 'project-1',
      });
  });

  test('by any other word it is refused, and hears which projects are open', () => {
    opening({ project: '招商引资' }).then({
      refused: 'unknown-project',
      detail: `目前开放的奖励项目：${nomination.project}`,
    });
    opening({}, { ...toleranceTown, files: {} }).then({
      refused: 'unknown-project',
      detail: '目前没有开放的奖励项目',
    });
  });

  test.each([
    ['that has not begun', { from: '2026-09-15' }, 'unknown-project'],
    ['on its first day', { from: '2026-09-14' }, undefined],
    ['on its last day', { to: '2026-09-14' }, undefined],
    ['that is over', { to: '2026-09-13' }, 'unknown-project'],
  ] as const)('one %s', (_when, change, refused) => {
    const attempt = opening({}, register([nomination.project], change));
    attempt.then(refused === undefined ? { state: 'nominated' } : { refused });
  });

  test('one that was closed is none', () => {
    const world = register([nomination.project]);
    const closed = {
      ...registering([]),
      events: [{ type: 'RewardProjectClosed', data: { project: 'project-1', reason: '结束。' } }],
    };
    const [first] = world.files['reward-project/register'];
    const files = { ...world.files, 'reward-project/register': first === undefined ? [] : [first, closed] };
    opening({}, { ...world, files }).then({ refused: 'unknown-project' });
  });

  test('for the kinds that the project names, for any where it names none', () => {
    const world = register([nomination.project], { kinds: ['citation'] });
    opening({}, world).then({ refused: 'unknown-kind' });
    opening({ kind: 'citation' }, world).then({ state: 'nominated' });
    opening({ kind: 'citation' }).then({ state: 'nominated' });
  });

  test('whose register a newer release wrote on is not begun', () => {
    const newer = { ...registering([]), events: [{ type: 'RewardProjectMerged', data: {} }] };
    const world = { ...toleranceTown, files: { 'reward-project/register': [newer] } };
    opening({}, world).then({ refused: 'newer-release' });
  });
});

describe('fair rules §4.3: whether the deed is a main duty', () => {
  const { mainDuty: _unasked, ...unsaid } = nomination;
  const nominates = (change: Readonly<Record<string, unknown>>, world = toleranceTown) =>
    given(reward, world, at('2026-09-14')).whenOpened(housingLiaison, { ...unsaid, ...change });

  test.each(['timely-reward', 'citation', 'merit-third', 'merit-second', 'merit-first', 'title'])(
    'is asked of %s',
    (kind) => {
      const attempt = nominates({ kind });
      attempt.then({ refused: 'malformed' });
      expect(paths(attempt)).toEqual(['mainDuty']);
      nominates({ kind, mainDuty: true }).then({ refused: 'main-duty' });
    },
  );

  test.each(['commendation', 'convalescence', 'study-visit'])('is not asked of %s', (kind) => {
    nominates({ kind }).then({ state: 'nominated' });
    const said = nominates({ kind, mainDuty: true }).then({ state: 'nominated' });
    said.when('assess', organizationOfficer, assessment).then({ state: 'assessed' });
  });

  test('is asked of every kind in a matter of the first edition, which marks none', () => {
    const world = { ...toleranceTown, policy: applySettings(firstOfYichang, [{ 'reward.series': '演奖' }]) };
    nominates({ kind: 'commendation' }, world).then({ refused: 'malformed' });
    nominates({ kind: 'commendation', mainDuty: true }, world).then({ refused: 'main-duty' });
  });
});

describe('fair rules §4.2: a kind that is granted above', () => {
  const high = { kind: 'merit-first' };
  const noticed = publicised(undefined, high);
  const recommended = noticed.throughDay(dayAfter).and('recommend', organizationOfficer, {}, over);
  const decision = { granted: true, by: '省级审批机关（演示）', on: '2026-10-12', reference: '演批〔2026〕3号' };
  const later = { now: at('2026-10-13') };

  test('is not granted here: its notice ends with a recommendation, which waits for organization', () => {
    noticed.when('grant', organizationOfficer, {}, over).then({ refused: 'not-now' });
    publicised().when('recommend', organizationOfficer, {}, over).then({ refused: 'not-now' });
    expect(noticed.throughDay(dayAfter).open.todos()).toMatchObject([
      { act: 'recommend', assignee: 'role:organization' },
    ]);
    noticed
      .when('recommend', organizationOfficer, {}, over)
      .then({ state: 'recommended', letters: { 'reward-recommendation': ['copy:housing'] } });
    noticed.when('recommend', principal, {}, over).then({ refused: 'not-yours' });
  });

  test('is recommended under the rules of granting: notice, objections, impact periods, series', () => {
    noticed.when('recommend', organizationOfficer, {}, { now: at(lastDay) }).then({ refused: 'notice-running' });
    objected(noticed).when('recommend', organizationOfficer, {}, over).then({ refused: 'objection-open' });
    objected(noticed)
      .and('resolve-objection', organizationOfficer, { ...answer, outcome: 'sustained' })
      .when('recommend', organizationOfficer, {}, over)
      .then({ refused: 'objection-sustained' });
    noticed
      .within(standing('housing-director', [{ matter: 't1', outcome: 'none', impactEndsOn: '2026-12-31' }]))
      .when('recommend', organizationOfficer, {}, over)
      .then({ refused: 'candidate-barred' });
    noticed
      .within(toleranceTownWith({ 'reward.series': null }))
      .when('recommend', organizationOfficer, {}, over)
      .then({ refused: 'series-unset' });
  });

  test('is granted or declined as the body above decided', () => {
    expect(recommended.open.todos()).toMatchObject([{ act: 'record-grant', assignee: 'role:organization' }]);
    recommended.when('record-grant', organizationOfficer, decision, later).then({ state: 'granted', letters: {} });
    recommended
      .when('record-grant', organizationOfficer, { ...decision, granted: false }, later)
      .then({ state: 'declined', events: ['GrantRecorded'] });
    recommended.when('record-grant', principal, decision, later).then({ refused: 'not-yours' });
  });

  test('shows who granted it, when and by which document, to whom it concerns too', () => {
    const done = recommended.and('record-grant', organizationOfficer, decision, later);
    for (const one of [organizationOfficer, housingLiaison, housingDirector])
      expect(done.detailsFor(one)).toMatchObject({
        recommended: { number: '演奖〔2026〕1号' },
        granted: { number: '演批〔2026〕3号', above: { by: '省级审批机关（演示）', on: '2026-10-12' } },
      });
    const declined = recommended.and('record-grant', organizationOfficer, { ...decision, granted: false }, later);
    expect(declined.detailsFor(housingLiaison)).toMatchObject({ declined: { by: decision.by, on: decision.on } });
  });

  test('was decided neither before it was recommended nor in the future, and by somebody, by a document', () => {
    const tries = (change: Readonly<Record<string, unknown>>) =>
      recommended.when('record-grant', organizationOfficer, { ...decision, ...change }, later);
    tries({ on: lastDay }).then({ refused: 'before-issue' });
    tries({ on: dayAfter }).then({ state: 'granted' });
    tries({ on: '2026-10-14' }).then({ refused: 'in-future' });
    for (const path of ['by', 'on', 'reference', 'granted'])
      tries({ [path]: undefined }).then({ refused: 'malformed' });
  });

  test('is not the city’s to revoke', () => {
    const done = recommended.and('record-grant', organizationOfficer, decision, later);
    done.when('revoke', principal, { ground: 'fraud' }, later).then({ refused: 'not-now' });
  });

  test('is granted here where the deployment says so, and so is everything of the first edition', () => {
    const here = toleranceTownWith({ 'reward.grantedBy': { 'merit-first': 'here' } });
    publicised(here, high).when('grant', organizationOfficer, {}, over).then({ state: 'granted' });
    const first = {
      ...toleranceTown,
      policy: applySettings(firstOfYichang, [{ 'reward.series': '演奖', 'reward.noticeWorkingDays': 5 }]),
    };
    publicised(first, high).when('grant', organizationOfficer, {}, over).then({ state: 'granted' });
    const set = toleranceTownWith({ 'reward.grantedBy': { 'timely-reward': 'above' } });
    publicised(set).when('recommend', organizationOfficer, {}, over).then({ state: 'recommended' });
  });
});

describe('fair rules §2.2: an objection that was upheld under the old word', () => {
  /** The same file as a release before this one wrote it. */
  const old = (() => {
    const story = objected().and('resolve-objection', organizationOfficer, { ...answer, outcome: 'sustained' });
    return story.commits.map((commit) => ({
      ...commit,
      events: commit.events.map(({ type, data }) => ({
        type,
        data: type === 'ObjectionResolved' ? { ...answer, outcome: 'upheld' } : data,
      })),
    }));
  })();

  test('is sustained when it is read, in the matter and in what others read of it', () => {
    const open = reward.fold('m1', old);
    expect(open?.details('file', organizationOfficer)).toMatchObject({ objections: [{ state: 'sustained' }] });
    const resolved = old.at(-1)?.events[0];
    expect(resolved && reward.raised(resolved)).toMatchObject({ data: { outcome: 'sustained' } });
    expect(meritOf('m1', old, 'housing-director')).toBeUndefined();
  });

  test('is a word that nobody can write any more', () => {
    objected()
      .when('resolve-objection', organizationOfficer, { ...answer, outcome: 'upheld' })
      .then({ refused: 'malformed' });
  });
});
