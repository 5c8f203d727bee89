/* eslint jest/expect-expect: ["error", { "assertFunctionNames": ["expect", "**.then*"] }] */
import type { Caller } from '@dandang/access/caller.ts';
import { plainText } from '@dandang/letters/plain.ts';
import { applySettings } from '@dandang/policy/policy.ts';
import { at, given, type Story } from '../../../test/story/story.ts';
import {
  clerk,
  deputy,
  ecologyDirector,
  ecologyLiaison,
  govClerk,
  housingDirector,
  housingLiaison,
  principal,
  town,
  townUnset,
  withoutMail,
} from '../../../test/story/town.ts';
import { reminder } from './reminder.ts';

/* Two units assist 协办 the one that is reminded: each has its own letter, day and answer, and knows of no other's. */

const commerceLiaison: Caller = { id: 'commerce-liaison', name: '商务局联络员', unit: 'commerce', roles: ['unit'] };
const ecologyHead: Caller = { id: 'ecology-head', name: '何签', unit: 'ecology', roles: ['unit-head'] };
const housingHead: Caller = { id: 'housing-head', name: '潘签', unit: 'housing', roles: ['unit-head'] };
const commerceHead: Caller = { id: 'commerce-head', name: '尚签', unit: 'commerce', roles: ['unit-head'] };

const findings = '截至二月底，年度任务完成不足一成。';
const toEcology = '请核实三个地块的环评手续。';
const toCommerce = '请提出沿街商户的安置办法。';
const threeDays = { amount: 3, unit: 'working-day' };
const body = {
  unit: 'housing',
  leader: 'deputy-leader',
  circumstance: 'slow-progress',
  subject: '老旧小区改造进度滞后',
  findings,
  requirements: '请查明原因，倒排工期。',
  officials: ['housing-director'],
  assist: [
    { unit: 'ecology', what: toEcology, within: threeDays },
    { unit: 'commerce', what: toCommerce },
  ],
};
const opinion = { opinion: '同意。' };
const text = { text: '三个地块的环评均已批复。' };
const measures = { measures: '已成立专班。' };
const disagreement = { reason: '沿街商户不归本局登记。' };
const mediation = { opinion: '商户名册由商务局提供，安置由住建局负责。' };

const approvedIn = (world: typeof town, opening: unknown = body): Story =>
  given(reminder, world).opened(clerk, opening).and('submit', clerk).and('approve', principal, opinion);
const approved = approvedIn(town);
/** Issued on Monday 2026-03-02. */
const issued = approved.and('issue', clerk);
const contributed = issued.and('contribute', ecologyLiaison, text);
const disagreed = issued.and('disagree', commerceLiaison, disagreement);
const mediated = disagreed.and('mediate', clerk, mediation);

const letters = (story: Story, type: string) => story.open.matter.letters.filter((letter) => letter.type === type);
const said = (story: Story, type: string): string =>
  letters(story, type)
    .map(({ content }) => plainText(content))
    .join('\n');
const letterTo = (story: Story, type: string, unit: string): string => {
  const letter = letters(story, type).find(({ deliveries }) =>
    deliveries.some(({ recipient }) => recipient.id === unit),
  );
  return letter === undefined ? '' : plainText(letter.content);
};
const deadlines = (story: Story) =>
  story.open.matter.deadlines.map(({ name, dueOn, of, metAt, ended }) => [name, dueOn, of, metAt !== null, ended]);
const waiting = (story: Story): string[] =>
  story.open.todos().map(({ act, assignee, dueOn }) => `${act} ${assignee}${dueOn === undefined ? '' : ` ${dueOn}`}`);

describe('a draft with assisting units', () => {
  test('keeps what each is to do, and can be revised to others or to none', () => {
    const drafted = given(reminder, town).opened(clerk, body);
    expect(drafted.detailsFor(clerk)).toMatchObject({
      assist: [
        { unit: { id: 'ecology', name: '市生态环境局（演示）' }, what: toEcology, within: threeDays },
        { unit: { id: 'commerce' }, what: toCommerce },
      ],
    });
    expect(drafted.and('revise', clerk, { subject: '另一事由' }).detailsFor(clerk)).toMatchObject({
      assist: [{ unit: { id: 'ecology' } }, { unit: { id: 'commerce' } }],
    });
    const alone = drafted.and('revise', clerk, { assist: [] });
    expect(alone.detailsFor(clerk)?.['assist']).toBeUndefined();
    expect(alone.open.matter.assisting).toBeUndefined();
  });

  test.each([
    ['a unit that the directory does not know', [{ unit: 'nowhere', what: '协办。' }], 'unknown-unit', 'nowhere'],
    ['the unit that leads', [{ unit: 'housing', what: '协办。' }], 'assistant-is-lead', '市住房和城乡建设局（演示）'],
  ] as const)('is refused for %s, which is named', (_what, assist, refused, detail) => {
    given(reminder, town)
      .whenOpened(clerk, { ...body, assist })
      .then({ refused, detail });
  });

  test('is refused where a revision makes an assisting unit the one that leads', () => {
    given(reminder, town)
      .opened(clerk, { ...body, officials: [] })
      .when('revise', clerk, { unit: 'ecology' })
      .then({ refused: 'assistant-is-lead' });
  });

  test('is malformed where a unit is named twice, is to do nothing, or more than twenty assist', () => {
    const twice = given(reminder, town).whenOpened(clerk, { ...body, assist: [body.assist[0], body.assist[0]] });
    twice.then({ refused: 'malformed' });
    expect(twice.refusal?.errors?.map(({ path }) => path)).toEqual(['assist.1.unit']);
    for (const assist of [
      [{ unit: 'ecology', what: ' ' }],
      Array.from({ length: 21 }, (_, index) => ({ unit: `unit-${index}`, what: '协办。' })),
    ])
      given(reminder, town)
        .whenOpened(clerk, { ...body, assist })
        .then({ refused: 'malformed' });
  });

  test('is known to none of them before it is issued', () => {
    for (const by of [ecologyLiaison, ecologyHead, commerceLiaison]) expect(approved.open.sees(by)).toBeUndefined();
  });
});

describe('issuing', () => {
  test('sends each assisting unit a letter of its own, beside the pair, each with a number and a deadline of its own', () => {
    approved.when('issue', clerk).then({
      state: 'issued',
      events: ['ReminderIssued', 'LettersIssued', 'DeadlineSet', 'DeadlineSet', 'DeadlineSet'],
    });
    expect(letters(issued, 'assist-letter').map(({ deliveries }) => deliveries.map((one) => one.recipient.id))).toEqual(
      [['ecology'], ['commerce']],
    );
    const numbers = issued.open.matter.letters.map(({ number }) => number);
    expect(numbers.every((number) => number !== undefined)).toBe(true);
    expect(new Set(numbers).size).toBe(4);
    expect(deadlines(issued)).toEqual([
      ['reply', '2026-03-09', undefined, false, false],
      ['assist-ecology', '2026-03-05', 'ecology', false, false],
      // Where nothing else is said it is the term of the reply.
      ['assist-commerce', '2026-03-09', 'commerce', false, false],
    ]);
  });

  test('tells an assisting unit its part and who leads, and neither what the lead is reminded of nor who else assists', () => {
    const letter = letterTo(issued, 'assist-letter', 'ecology');
    expect(letter).toContain(toEcology);
    expect(letter).toContain('市住房和城乡建设局（演示）主办');
    expect(letter).toContain('3个工作日');
    for (const others of [findings, body.requirements, toCommerce, '商务局', '提醒函'])
      expect(letter).not.toContain(others);
  });

  test('tells the lead who assists in what, and the leader who does', () => {
    const letter = said(issued, 'reminder-letter');
    for (const part of ['由贵单位主办', toEcology, toCommerce, '市商务局（演示）']) expect(letter).toContain(part);
    expect(said(issued, 'work-tip')).toContain(
      '该事项由市住房和城乡建设局（演示）主办，市生态环境局（演示）、市商务局（演示）协办。',
    );
  });

  test('is refused as a whole where an assisting unit has no address, by its name', () => {
    approvedIn(withoutMail(town, 'commerce')).when('issue', clerk).then({
      refused: 'no-address',
      detail: '市商务局（演示）',
    });
  });

  test('is not put forward where nobody says by when', () => {
    const { policy } = townUnset;
    const world = { ...town, policy: applySettings(policy, [{ 'reminder.series': '演督提' }]) };
    given(reminder, world).opened(clerk, body).when('submit', clerk).then({ refused: 'reply-term-unset' });
  });
});

describe('an assisting unit', () => {
  test('sees its own part and nothing of the lead’s or of another’s', () => {
    expect([ecologyLiaison, ecologyHead, commerceLiaison].map((by) => issued.open.sees(by))).toEqual([
      'part',
      'part',
      'part',
    ]);
    expect(issued.open.sees(ecologyDirector)).toBeUndefined();
    const story = contributed.and('disagree', commerceLiaison, disagreement).and('dispute', housingLiaison, {
      grounds: '数据口径有误。',
    });
    expect(story.detailsFor(commerceLiaison)).toEqual({
      subject: body.subject,
      assist: [
        {
          unit: { id: 'commerce', name: '市商务局（演示）' },
          what: toCommerce,
          within: undefined,
          contribution: undefined,
          disagreements: [{ reason: disagreement.reason, at: '2026-03-02T09:00:00.000+08:00' }],
        },
      ],
      mediations: [],
    });
    const shown = JSON.stringify(story.detailsFor(ecologyLiaison));
    for (const others of [findings, toCommerce, disagreement.reason, '数据口径']) expect(shown).not.toContain(others);
    expect(story.open.warnings('part')).toEqual([]);
  });

  test('contributes by its day; the lead and the office see it, and its deadline is met', () => {
    const late = issued.when('contribute', ecologyLiaison, text, { now: at('2026-03-06') });
    late.then({ state: 'issued', events: ['ContributionFiled', 'DeadlineMet'] });
    expect(late.events[1]).toMatchObject({ data: { deadline: 'assist-ecology', late: true } });
    for (const by of [clerk, housingLiaison, deputy, housingDirector])
      expect(contributed.detailsFor(by)).toMatchObject({
        assist: [{ unit: { id: 'ecology' }, contribution: text }, { unit: { id: 'commerce' } }],
      });
    expect(deadlines(contributed).find(([name]) => name === 'assist-ecology')).toEqual([
      'assist-ecology',
      '2026-03-05',
      'ecology',
      true,
      false,
    ]);
    expect(deadlines(contributed).find(([name]) => name === 'assist-commerce')?.[3]).toBe(false);
  });

  test('contributes once, and is not told by it whether another one has', () => {
    contributed.when('contribute', ecologyLiaison, text).then({ refused: 'not-now' });
    expect(contributed.allowed(ecologyLiaison)).not.toContain('contribute');
    expect(contributed.allowed(commerceLiaison)).toEqual(issued.allowed(commerceLiaison));
    const both = contributed.and('contribute', commerceLiaison, { text: '已提供名册。' });
    expect(both.allowed(ecologyLiaison)).toEqual(contributed.allowed(ecologyLiaison));
  });

  test.each<[string, Caller, string]>([
    ['the unit that leads', housingLiaison, 'not-yours'],
    ['the office', clerk, 'not-yours'],
    ['a head of the assisting unit alone', ecologyHead, 'not-yours'],
    ['an official of it', ecologyDirector, 'not-found'],
  ])('is not contributed for by %s', (_who, by, refused) => {
    const attempt = issued.when('contribute', by, text);
    expect(attempt.refusal?.refused).toBe(refused);
  });

  test('is not what the reminder is about: it neither replies, nor disputes, nor declines', () => {
    for (const [command, input] of [
      ['reply', measures],
      ['dispute', { grounds: '有误。' }],
      ['decline', { ground: '不属本局。' }],
    ] as const)
      issued.when(command, ecologyLiaison, input).then({ refused: 'not-yours' });
  });

  test('asks for more time for its own deadline alone, and hears the answer by a letter of its own', () => {
    const request = (deadline: string) => ({ deadline, workingDays: 2, reason: '材料在省厅。' });
    issued.when('request-extension', ecologyLiaison, request('assist-commerce')).then({ refused: 'not-yours' });
    issued.when('request-extension', ecologyLiaison, request('reply')).then({ refused: 'not-yours' });
    issued.when('request-extension', housingLiaison, request('assist-ecology')).then({ refused: 'not-yours' });
    issued.when('request-extension', ecologyLiaison, request('assist-nobody')).then({ refused: 'unknown-deadline' });
    const asked = issued.and('request-extension', ecologyLiaison, request('assist-ecology'));
    const granted = asked.when('grant-extension', clerk, { deadline: 'assist-ecology' });
    granted.then({ letters: { 'extension-answer': ['notice:ecology'] } });
    expect(said(granted.story, 'extension-answer')).toContain(
      '同意将演督提〔2026〕3号协办函的协办时限延长2个工作日，调整为2026年3月9日（含当日）。',
    );
    expect(granted.story.open.matter.deadlines.find(({ name }) => name === 'assist-ecology')).toMatchObject({
      of: 'ecology',
      extended: 2,
      dueOn: '2026-03-09',
    });
    expect(asked.open.owes('assist-ecology', housingLiaison)).toBe(false);
    expect(asked.open.owes('assist-ecology', ecologyHead)).toBe(true);
  });

  test('is chased for its own part once it is late, and the lead is not; the office has it to do', () => {
    const chased = issued.throughDay('2026-03-06');
    expect(chased.sheets.map(({ on, letter }) => [on, letter.deliveries.map((one) => one.recipient.id)])).toEqual([
      ['2026-03-06', ['ecology']],
    ]);
    expect(JSON.stringify(chased.sheets[0]?.letter.content.body)).toContain(
      '1. 演督提〔2026〕3号协办函：应于2026年3月5日前（含当日）报送协办意见。',
    );
    expect(chased.sheets[0]?.letter.content.addressees).toEqual(['市生态环境局（演示）']);
    expect(chased.open.matter.letters).toHaveLength(issued.open.matter.letters.length);
    expect(chased.open.todos().filter(({ title }) => title === '逾期处置')).toMatchObject([
      { act: 'extend', assignee: 'unit:supervision-office', dueOn: '2026-03-05' },
    ]);
  });

  test('is told of the end of it by a notice of its own', () => {
    const rescinded = contributed.when('rescind', principal, { reason: '事实有误。' });
    rescinded.then({ state: 'rescinded' });
    const notices = rescinded.letters.map(({ type, number, deliveries }) => [
      type,
      number !== undefined,
      deliveries.map(({ recipient }) => recipient.id),
    ]);
    expect(notices).toEqual([
      ['reminder-rescission', true, ['deputy-leader']],
      ['reminder-rescission', true, ['housing']],
      ['reminder-rescission', true, ['ecology']],
      ['reminder-rescission', true, ['commerce']],
    ]);
    const own = letterTo(rescinded.story, 'reminder-rescission', 'ecology');
    expect(own).toContain(letters(issued, 'assist-letter')[0]?.number);
    expect(own).not.toContain(letters(issued, 'reminder-letter')[0]?.number);
    expect(rescinded.story.open.sees(ecologyLiaison)).toBe('part');
  });
});

describe('the unit that leads', () => {
  test('alone answers for the whole: then nothing more is asked of those who assist', () => {
    const replied = contributed.when('reply', housingLiaison, measures);
    replied.then({ state: 'replied', events: ['ReplyFiled', 'DeadlineMet', 'DeadlineEnded'] });
    expect(deadlines(replied.story).filter(([, , , isMet, isEnded]) => isMet !== true && isEnded !== true)).toEqual([]);
    replied.story.when('contribute', commerceLiaison, text).then({ refused: 'not-now' });
    expect(JSON.stringify(replied.story.detailsFor(ecologyLiaison))).not.toContain(measures.measures);
    expect(waiting(replied.story)).toEqual(['review unit:supervision-office']);
  });

  test('need not wait for them', () => {
    issued.when('reply', housingLiaison, measures).then({ state: 'replied' });
  });
});

describe('what waits', () => {
  test('is the own part of each, with its own day', () => {
    expect(waiting(issued).toSorted()).toEqual([
      'contribute unit:commerce 2026-03-09',
      'contribute unit:ecology 2026-03-05',
      'reply unit:housing 2026-03-09',
    ]);
    expect(waiting(contributed).toSorted()).toEqual([
      'contribute unit:commerce 2026-03-09',
      'reply unit:housing 2026-03-09',
    ]);
    expect(waiting(disagreed)).toContain('mediate unit:supervision-office');
  });
});

describe('a disagreement', () => {
  test('goes to the office, which alone reads it beside its author; the clock runs on', () => {
    issued.when('disagree', commerceLiaison, disagreement).then({ state: 'issued', events: ['AssistanceDisputed'] });
    expect(JSON.stringify(disagreed.detailsFor(clerk))).toContain(disagreement.reason);
    for (const by of [housingLiaison, ecologyLiaison, housingDirector])
      expect(JSON.stringify(disagreed.detailsFor(by))).not.toContain(disagreement.reason);
    expect(deadlines(disagreed)).toEqual(deadlines(issued));
    disagreed.when('mediate', govClerk, mediation).then({ refused: 'not-yours' });
  });

  test('is said once until it is answered, and not about what was contributed', () => {
    disagreed.when('disagree', commerceLiaison, disagreement).then({ refused: 'not-now' });
    contributed.when('disagree', ecologyLiaison, disagreement).then({ refused: 'not-now' });
    mediated.when('disagree', commerceLiaison, { reason: '仍不同意。' }).then({ events: ['AssistanceDisputed'] });
  });

  test('is mediated for all of them: the opinion goes to the lead and to each that assists, by letters of their own', () => {
    const attempt = disagreed.when('mediate', clerk, mediation);
    attempt.then({ state: 'issued', events: ['DisagreementMediated', 'LettersIssued'] });
    expect(attempt.letters.map(({ deliveries }) => deliveries.map(({ recipient }) => recipient.id))).toEqual([
      ['housing'],
      ['ecology'],
      ['commerce'],
    ]);
    expect(attempt.letters.map(({ regarding }) => regarding)).toEqual(
      [...letters(issued, 'reminder-letter'), ...letters(issued, 'assist-letter')].map(({ number }) => number),
    );
    for (const by of [clerk, housingLiaison, ecologyLiaison, commerceLiaison])
      expect(mediated.detailsFor(by)).toMatchObject({ mediations: [mediation] });
    expect(mediated.detailsFor(commerceLiaison)).toMatchObject({
      assist: [{ disagreements: [{ ...disagreement, opinion: mediation.opinion }] }],
    });
    expect(deadlines(mediated)).toEqual(deadlines(issued));
  });

  test('gives whoever disagreed a new day where the office says so, and nobody else', () => {
    const renewed = disagreed.and('mediate', clerk, { ...mediation, within: { amount: 10, unit: 'working-day' } });
    expect(Object.fromEntries(deadlines(renewed).map(([name, dueOn]) => [name, dueOn]))).toEqual({
      reply: '2026-03-09',
      'assist-ecology': '2026-03-05',
      'assist-commerce': '2026-03-16',
    });
    expect(letterTo(renewed, 'mediation', 'commerce')).toContain('10个工作日');
    expect(letterTo(renewed, 'mediation', 'ecology')).not.toContain('10个工作日');
  });

  test('that nobody has cannot be mediated', () => {
    issued.when('mediate', clerk, mediation).then({ refused: 'not-now' });
    mediated.when('mediate', clerk, mediation).then({ refused: 'not-now' });
  });
});

describe('assisting units whose heads have to sign', () => {
  const signing = (setting: Parameters<typeof applySettings>[1][number]['unit.signOff']) =>
    approvedIn({ ...town, policy: applySettings(town.policy, [{ 'unit.signOff': setting }]) }).and('issue', clerk);
  const forSignature = { forSignature: true };
  const all = signing({ all: 'required' });
  const drafted = all
    .and('contribute', ecologyLiaison, text, forSignature)
    .and('reply', housingLiaison, measures, forSignature);

  test('contribute when one of their own heads signs', () => {
    all.when('contribute', ecologyLiaison, text).then({ refused: 'signature-needed' });
    drafted.when('sign-own', ecologyHead).then({ events: ['ContributionFiled', 'DeadlineMet', 'Signed'] });
    const signed = drafted.and('sign-own', ecologyHead);
    expect(signed.detailsFor(clerk)).toMatchObject({ assist: [{ unit: { id: 'ecology' }, contribution: text }, {}] });
    expect(signed.commits.at(-1)?.events.at(-1)).toMatchObject({
      data: { command: 'contribute', writtenBy: { id: 'ecology-liaison' } },
    });
  });

  test('have each their own draft: one takes no other’s place, and no head signs or sends back another’s', () => {
    expect(drafted.open.matter.unitsDrafts.map(({ command, by }) => [command, by.unit])).toEqual([
      ['contribute', 'ecology'],
      ['reply', 'housing'],
    ]);
    expect(waiting(drafted).toSorted()).toEqual([
      'contribute unit:commerce 2026-03-09',
      'sign-own unit-head:ecology',
      'sign-own unit-head:housing',
    ]);
    drafted
      .when('sign-own', housingHead)
      .then({ state: 'replied', events: ['ReplyFiled', 'DeadlineMet', 'DeadlineEnded', 'DeadlineEnded', 'Signed'] });
    const sent = drafted.and('send-back', ecologyHead, { reason: '数据未核实。' });
    expect(sent.open.matter.unitsDrafts.map(({ by }) => by.unit)).toEqual(['housing']);
    expect(sent.commits.at(-1)?.events).toMatchObject([{ type: 'SentBack', data: { command: 'contribute' } }]);
  });

  test('do not learn from what they may do whether another unit has a draft', () => {
    expect(drafted.open.sees(commerceHead)).toBe('part');
    expect(drafted.allowed(commerceHead)).toEqual(all.allowed(commerceHead));
    for (const command of ['sign-own', 'send-back'])
      for (const story of [drafted, all])
        story.when(command, commerceHead, command === 'sign-own' ? {} : { reason: '…' }).then({ refused: 'not-now' });
  });

  test('sign where the setting names them alone', () => {
    const ecologyAlone = signing({ all: 'off', units: { ecology: 'required' } });
    ecologyAlone.when('contribute', ecologyLiaison, text).then({ refused: 'signature-needed' });
    ecologyAlone.when('contribute', commerceLiaison, text).then({ events: ['ContributionFiled', 'DeadlineMet'] });
    ecologyAlone.when('reply', housingLiaison, measures).then({ state: 'replied' });
  });
});

describe('an urging of a reminder that several units work at', () => {
  const leadsLetter = letters(issued, 'reminder-letter').flatMap(({ deliveries }) => deliveries.map(({ id }) => id));
  const urged = issued.and('urge', clerk).within({ undelivered: leadsLetter });
  const recipients = (story: Story): string[] => story.sheets.map(({ on, recipient }) => `${on} ${recipient.id}`);

  test('waits for the unit whose letter has not arrived, although the others’ sheets have gone out', () => {
    const first = urged.andChased(at('2026-03-02', '10:00'));
    expect(recipients(first)).toEqual(['2026-03-02 ecology', '2026-03-02 commerce']);
    const next = first.within({ undelivered: [] }).andChased(at('2026-03-03', '09:00'));
    expect(recipients(next)).toEqual(['2026-03-02 ecology', '2026-03-02 commerce', '2026-03-03 housing']);
    expect(recipients(next.andChased(at('2026-03-04', '09:00')))).toEqual(recipients(next));
  });

  test('is forgotten for a deadline that was moved meanwhile', () => {
    const moved = urged.and('extend', clerk, { deadline: 'reply', workingDays: 5, reason: '资料较多。' });
    const later = moved.within({ undelivered: [] }).andChased(at('2026-03-03', '09:00'));
    expect(recipients(later)).toEqual(['2026-03-03 ecology', '2026-03-03 commerce']);
  });
});
