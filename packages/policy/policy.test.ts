import { publishedCalendar } from '@dandang/calendar/calendar.ts';
import { documentNumber } from '@dandang/letters/number.ts';
import fc from 'fast-check';
import { ankang } from './cities/ankang.ts';
import { bengbu } from './cities/bengbu.ts';
import { huangshi } from './cities/huangshi.ts';
import { tangshan } from './cities/tangshan.ts';
import { yichang } from './cities/yichang.ts';
import { incomplete } from './incomplete.ts';
import { applySettings, changesIn, namelessCircumstances, type Policy, type Source } from './policy.ts';
import { procedureOf, saidByArticle } from './policy-procedure.ts';
import type { ProcedureSetting } from './procedure.ts';
import { newestEdition, publishedEdition } from './published.ts';
import { purposes } from './purposes.ts';
import { settingTitles } from './setting-titles.ts';
import { settingChanges, type SettingChanges, settingKeys } from './settings.ts';

/**
 * 三峡日报 2023-03-28, “哪些情形应当实施督查问效”, word for word. Only the closing mark of each item is left out.
 */
const article = [
  '在执行党中央决策部署和省委工作要求时，有令不行、有禁不止，或者打折扣、做选择、搞变通，被上级通报批评、造成不良影响的',
  '不愿担当负责，不敢直面矛盾，不能动真碰硬，落实全市重点工作不力，导致进度滞后的',
  '安于现状、不思进取，所在部门或者分管领域工作在全市长期靠后的',
  '不认真履行职责，或者监管不力、处置不当，导致在意识形态、平安稳定、生态环保、安全生产等重要领域发生较大及以上事故、造成较大损失或者不良影响的，或者在较短时间内连续发生类似情况的',
  '对巡视巡察、环保督察、审计、统计执法以及营商环境专项检查等反馈的问题，未按规定时限完成整改，或者因整改不力导致问题反复出现、没有明显改观的',
  '对涉及群众切身利益的重大问题处置不当，或者对群众合理合法的诉求不及时回应、不主动解决，态度蛮横、简单粗暴，损害群众利益、造成不良影响的',
  '只顾及地方或者部门利益，软拖硬顶，致使改革延误、发展受阻，造成不良后果的',
  '主办地方或者部门不主动牵头协调，协办地方或者部门不积极配合，推诿扯皮，致使工作延误、造成较大损失或者其他不良后果的',
  '其他应当进行督查问效的情形',
];

/** Every place of a policy that carries a source, wherever it stands. */
function sourced(value: unknown, path = ''): { readonly path: string; readonly source: unknown }[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'source' in value ? [{ path, source: value.source }] : [];
  const inner = Object.entries(value).filter(([key]) => key !== 'source');
  return [...own, ...inner.flatMap(([key, one]) => sourced(one, `${path}/${key}`))];
}
const isSource = (value: unknown): value is Source =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  'reference' in value &&
  typeof value.reference === 'string';

/** Every place that says something a city could have said: what has a name, an id, a value or a text. */
function sayings(value: unknown, path = ''): { readonly path: string; readonly said: object }[] {
  if (typeof value !== 'object' || value === null) return [];
  const says = path !== '' && ['name', 'id', 'value', 'text'].some((key) => key in value);
  const own = says ? [{ path, said: value }] : [];
  return [...own, ...Object.entries(value).flatMap(([key, one]) => sayings(one, `${path}/${key}`))];
}

const cities = [yichang, tangshan, ankang, huangshi, bengbu];
const term = { amount: 5, unit: 'working-day' } as const;
const names = (listed: readonly { readonly name?: string }[]): (string | undefined)[] => listed.map((one) => one.name);
const ids = (listed: readonly { readonly id: string }[]): string[] => listed.map((one) => one.id);

describe('Yichang’s policy', () => {
  const { circumstances } = yichang.reminder;

  test('has the nine circumstances of the article, word for word and in its order, after the article’s own trigger', () => {
    expect(circumstances.map((one) => one.name)).toEqual(['推进全市重点工作成效不明显', ...article]);
    expect(yichang.interview.circumstances.map((one) => one.name)).toEqual(article);
  });

  test('names each circumstance by an id of its own, as commands spell it', () => {
    const ids = circumstances.map((one) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain('slow-progress');
    for (const id of ids) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  test('says of every circumstance and every setting where it comes from', () => {
    const places = sourced(yichang);
    expect(places.length).toBeGreaterThan(circumstances.length + Object.keys(yichang.settings).length);
    for (const { path, source } of places) {
      expect([path, isSource(source)]).toEqual([path, true]);
      if (isSource(source)) expect(source.reference).toMatch(/\p{Script=Han}/u);
    }
    for (const setting of Object.values(yichang.settings)) expect(setting).toHaveProperty('source');
    for (const circumstance of circumstances) expect(circumstance.source.kind).toBe('article');
  });

  test('leaves unset what its source does not number, and makes nothing up', () => {
    expect(yichang.settings['reminder.replyWithin'].value).toBeNull();
    expect(yichang.settings['reminder.series'].value).toBeNull();
    expect(yichang.settings['letter.marking'].value).toBeNull();
    // “一年内” and “定期”: how the year is counted and how often is often, the article does not say.
    expect(yichang.settings['interview.windowBasis'].value).toBeNull();
    expect(yichang.settings['interview.reportEvery'].value).toBeNull();
    // Numbers that nobody published may only be called the deployment's.
    const numbered = Object.values(yichang.settings).filter((setting) => typeof setting.value === 'number');
    expect(numbered.map((setting) => setting.source.kind)).toEqual(numbered.map(() => 'deployment'));
  });

  test('takes the five working days of a rectification plan and the ladder of one year from the article', () => {
    expect(yichang.interview.planWithin).toMatchObject({
      value: { amount: 5, unit: 'working-day' },
      source: { kind: 'article' },
    });
    expect(yichang.interview.ladder.map((step) => [step.from, step.name])).toEqual([
      [1, '在一定范围内通报'],
      [2, '按规定给予相关责任人诫勉处理'],
      [3, '按规定给予组织处理'],
    ]);
  });

  test('takes the thirty days of a dispute from the regulation on government supervision', () => {
    expect(yichang.reminder.disputeWithin).toMatchObject({
      value: { amount: 30, unit: 'calendar-day' },
      source: { kind: 'law' },
    });
    expect(yichang.reminder.disputeWithin.source.reference).toMatch(/政府督查工作条例.*第十七条/);
    expect(publishedCalendar.due('2026-03-02', yichang.reminder.disputeWithin.value)).toMatchObject({
      dueOn: '2026-04-01',
    });
  });
});

describe('tolerance in Yichang', () => {
  const { circumstances, factors, copies, effects, handlings, principles } = yichang.tolerance;

  test('has ten circumstances, of which the article names four', () => {
    expect(names(circumstances)).toEqual([
      '风险决策过程中出现的失误和错误',
      '容缺审批过程中出现的失误和错误',
      '新业态培育监管过程中出现的失误和错误',
      '部门职责不清情况下主动衔接过程中出现的失误和错误',
      ...Array<undefined>(6).fill(undefined),
    ]);
    expect(new Set(ids(circumstances)).size).toBe(10);
  });

  test('weighs the seven factors of the article, in its order', () => {
    expect(names(factors)).toEqual([
      '主观动机',
      '客观条件',
      '程序方法',
      '损失后果',
      '个人表现',
      '群众态度',
      '综合效果',
    ]);
  });

  test('sends a copy of the decision to five bodies: the unit, and four that go by their ids', () => {
    expect(ids(copies)).toEqual(['unit', 'discipline', 'organization', 'inspection', 'audit']);
  });

  test('says of every purpose what an exemption may not affect', () => {
    const exempt = effects.filter((one) => one.outcome === 'exempt').flatMap((one) => one.purposes);
    expect([...exempt].sort()).toEqual(ids(purposes).sort());
    expect(purposes).toHaveLength(9);
  });

  test('says of a mitigation only what becomes possible when its impact is over', () => {
    const mitigated = effects.filter((one) => one.outcome === 'mitigate');
    expect(mitigated.map((one) => one.purposes)).toEqual([['promotion', 'representative']]);
    expect(mitigated[0]?.text).toMatch(/^受调整职务处理或者轻处分影响期满，能够深刻反省、积极改正的，/);
  });

  test('puts a tolerance before other work because the article says so', () => {
    expect(principles.find((one) => one.id === 'fast')?.name).toContain('优先受理、快速办理、及时反馈');
  });

  test('takes the periods of penalties from the law', () => {
    expect(handlings.map(({ name, period }) => [name, period.amount, period.unit])).toEqual([
      ['警告', 6, 'month'],
      ['记过', 12, 'month'],
      ['记大过', 18, 'month'],
      ['降级', 24, 'month'],
      ['撤职', 24, 'month'],
      ['党内警告', 12, 'month'],
      ['党内严重警告', 18, 'month'],
    ]);
    for (const { source } of handlings) expect(source).toMatchObject({ kind: 'law' });
  });

  test('numbers no day, no office and no count that the article leaves open', () => {
    const open = Object.entries(yichang.settings).filter(([key]) =>
      /^(tolerance|riskFiling|clarification|reward|circumstance)\./.test(key),
    );
    expect(open).toHaveLength(22);
    for (const [key, { value }] of open) expect([key, value]).toEqual([key, null]);
  });
});

describe('rewards in Yichang', () => {
  const { kinds, revocationGrounds, mainDutyExcluded } = yichang.reward;

  test('are the article’s four ways and the law’s five kinds', () => {
    expect(names(kinds)).toEqual([
      '表彰',
      '及时奖励',
      '疗养',
      '考察学习',
      '嘉奖',
      '记三等功',
      '记二等功',
      '记一等功',
      '授予称号',
    ]);
    expect(kinds.map((one) => one.source.kind)).toEqual([
      ...Array<string>(4).fill('article'),
      ...Array<string>(5).fill('law'),
    ]);
  });

  test('are revoked on the four grounds of the law', () => {
    expect(ids(revocationGrounds)).toEqual(['fraud', 'concealment', 'misconduct', 'other-lawful']);
    for (const { source } of revocationGrounds) {
      expect(source.kind).toBe('law');
      expect(source.reference).toMatch(/公务员法.*第五十六条/);
    }
  });

  test('leave out in principle what is a department’s own main duty', () => {
    expect(mainDutyExcluded).toMatchObject({ id: 'main-duty', source: { kind: 'article' } });
  });
});

describe('the other cities', () => {
  test('Huangshi counts nine circumstances of tolerance and names none', () => {
    expect(huangshi.tolerance.circumstances).toHaveLength(9);
    expect(names(huangshi.tolerance.circumstances)).toEqual(Array(9).fill(undefined));
    expect(namelessCircumstances(huangshi)).toEqual(ids(huangshi.tolerance.circumstances));
  });

  test('Tangshan has two clauses of protection, each with what it does to an assessment', () => {
    const { circumstances, effects } = tangshan.tolerance;
    expect(ids(circumstances)).toEqual(['goal-missed', 'poor-vote']);
    expect(effects.map(({ circumstance, outcome, purposes: of, text }) => [circumstance, outcome, of, text])).toEqual([
      ['goal-missed', 'exempt', ['assessment'], '不做负面评价'],
      ['poor-vote', 'exempt', ['assessment'], '民主测评结果不作为考核评价的依据，对综合考评结果不产生影响'],
    ]);
  });

  test.each([
    ['Ankang', ankang],
    ['Bengbu', bengbu],
  ])('%s lists no circumstances, factors, copies or effects of tolerance', (_city, { tolerance }) => {
    expect(tolerance).toMatchObject({ circumstances: [], factors: [], copies: [], effects: [] });
    expect(tolerance.principles).toHaveLength(1);
  });

  test.each(cities.map((one) => [one.id, one] as const))(
    'the law’s kinds, grounds and periods hold in %s as everywhere',
    (_id, { reward, tolerance }) => {
      expect(names(reward.kinds)).toEqual(
        expect.arrayContaining(['嘉奖', '记三等功', '记二等功', '记一等功', '授予称号']),
      );
      expect(ids(reward.revocationGrounds)).toEqual(['fraud', 'concealment', 'misconduct', 'other-lawful']);
      expect(tolerance.handlings.map((one) => one.period.amount)).toEqual([6, 12, 18, 24, 24, 12, 18]);
    },
  );
});

describe.each(cities.map((one) => [one.id, one] as const))('the policy of %s', (id, policy) => {
  test('says of every value where it comes from', () => {
    const places = sayings(policy);
    expect(places.length).toBeGreaterThan(Object.keys(policy.settings).length);
    for (const { path, said } of places) {
      expect([path, 'source' in said && isSource(said.source) ? said.source.reference : '']).toEqual([
        path,
        expect.stringMatching(/\p{Script=Han}/u),
      ]);
    }
  });

  test('names everything by ids of its own', () => {
    const { reminder, interview, tolerance, reward } = policy;
    const lists = [
      reminder.circumstances,
      interview.circumstances,
      tolerance.circumstances,
      tolerance.factors,
      tolerance.copies,
      tolerance.principles,
      tolerance.handlings,
      reward.kinds,
      reward.revocationGrounds,
      reward.principles,
    ];
    for (const list of lists) expect(new Set(ids(list)).size).toBe(list.length);
    // An effect can only wait for a circumstance that may be found.
    const waitedFor = tolerance.effects.flatMap(({ circumstance }) =>
      circumstance === undefined ? [] : [circumstance],
    );
    expect(ids(tolerance.circumstances)).toEqual(expect.arrayContaining(waitedFor));
  });

  test('is published', () => {
    expect(newestEdition(id)).toBe(policy);
    expect(publishedEdition(id, `${policy.edition}+3`)).toBe(policy);
    expect(publishedEdition(id, policy.edition.replace(/\.2$/, ''))).not.toBe(policy);
  });
});

describe('the texts that an article leaves out', () => {
  const texts = (...changes: (SettingChanges['circumstance.texts'] | undefined)[]): Policy =>
    applySettings(
      yichang,
      changes.map((change) => (change === undefined ? {} : { 'circumstance.texts': change })),
    );
  const filled = (policy: Policy): [string, string | undefined][] =>
    policy.tolerance.circumstances.slice(4).map((one) => [one.id, one.name]);

  test('are known by id', () => {
    expect(namelessCircumstances(yichang)).toEqual([
      'tolerable-5',
      'tolerable-6',
      'tolerable-7',
      'tolerable-8',
      'tolerable-9',
      'tolerable-10',
    ]);
    expect(namelessCircumstances(tangshan)).toEqual([5, 6, 7, 8, 9, 10].map((number) => `situation-${number}`));
    expect(namelessCircumstances(ankang)).toEqual(['unlisted']);
    expect(namelessCircumstances(bengbu)).toEqual([]);
  });

  test('are filled in by the deployment, as its own', () => {
    const policy = texts({ 'tolerable-5': '第五种情形。' });
    expect(policy.tolerance.circumstances[4]).toEqual({
      id: 'tolerable-5',
      name: '第五种情形。',
      source: { kind: 'deployment', reference: '本部署设置' },
    });
    expect(namelessCircumstances(policy)).toHaveLength(5);
    expect(namelessCircumstances(yichang)).toHaveLength(6);
  });

  test('are filled in for interviews too', () => {
    const policy = applySettings(tangshan, [{ 'circumstance.texts': { 'situation-7': '第七种情形。' } }]);
    expect(policy.interview.circumstances.find((one) => one.id === 'situation-7')?.name).toBe('第七种情形。');
  });

  test('never replace what the article says, and add no circumstance', () => {
    const policy = texts({ 'risk-decision': '另一种说法。', 'made-up': '杜撰。' });
    expect(policy.tolerance).toEqual(yichang.tolerance);
    expect(policy.reminder).toEqual(yichang.reminder);
  });

  test('are added to earlier ones, the later one of two holds, and null takes all of them back', () => {
    const [one, other, again] = [{ 'tolerable-5': '甲' }, { 'tolerable-6': '乙' }, { 'tolerable-5': '丙' }];
    expect(filled(texts(one, other)).slice(0, 2)).toEqual([
      ['tolerable-5', '甲'],
      ['tolerable-6', '乙'],
    ]);
    expect(filled(texts(one, other, undefined, again)).slice(0, 2)).toEqual([
      ['tolerable-5', '丙'],
      ['tolerable-6', '乙'],
    ]);
    expect(texts(one, other).settings['circumstance.texts'].value).toEqual({ ...one, ...other });
    expect(texts(one, null).tolerance).toEqual(yichang.tolerance);
    expect(texts(one, null).settings['circumstance.texts']).toEqual(yichang.settings['circumstance.texts']);
    expect(filled(texts(one, null, other)).slice(0, 2)).toEqual([
      ['tolerable-5', undefined],
      ['tolerable-6', '乙'],
    ]);
  });
});

describe('settings that are applied', () => {
  const value = (policy: Policy, key: keyof Policy['settings']): unknown => policy.settings[key].value;

  test('make a new edition each, and no edition where there are none', () => {
    expect(applySettings(yichang, [])).toBe(yichang);
    expect(applySettings(yichang, [{}]).edition).toBe('2023-03-28.2+1');
    expect(applySettings(yichang, [{}, {}]).edition).toBe('2023-03-28.2+2');
  });

  test('change what they name, are the deployment’s own, and leave the rest', () => {
    const policy = applySettings(yichang, [{ 'reminder.replyWithin': term }]);
    expect(policy.settings['reminder.replyWithin']).toEqual({
      value: term,
      source: { kind: 'deployment', reference: '本部署设置' },
    });
    const { 'reminder.replyWithin': _changed, ...rest } = policy.settings;
    const { 'reminder.replyWithin': _own, ...before } = yichang.settings;
    expect(rest).toEqual(before);
    expect(policy.reminder).toEqual(yichang.reminder);
    expect(yichang.settings['reminder.replyWithin'].value).toBeNull();
  });

  test('are overruled by later ones, and taken back by null to what the policy itself says', () => {
    const changes: SettingChanges[] = [
      { 'deadline.yellowWorkingDays': 5, 'reminder.replyWithin': term },
      { 'deadline.yellowWorkingDays': 0 },
      { 'deadline.yellowWorkingDays': null, 'reminder.replyWithin': null },
    ];
    const at = (edition: number) => applySettings(yichang, changes.slice(0, edition));
    expect([0, 1, 2, 3].map((edition) => value(at(edition), 'deadline.yellowWorkingDays'))).toEqual([2, 5, 0, 2]);
    expect([0, 1, 2, 3].map((edition) => value(at(edition), 'reminder.replyWithin'))).toEqual([null, term, term, null]);
    expect(at(3).settings).toEqual(yichang.settings);
  });

  test('can be false', () => {
    const policy = applySettings(yichang, [{ 'mail.attachLetter': true }, { 'mail.attachLetter': false }]);
    expect(policy.settings['mail.attachLetter']).toMatchObject({ value: false, source: { reference: '本部署设置' } });
  });

  test('reach every setting that there is', () => {
    const all: Required<SettingChanges> = {
      'reminder.replyWithin': term,
      'reminder.series': '演督提',
      'interview.series': '演约',
      'interview.windowBasis': 'rolling',
      'reminder.circumstances': [{ id: 'own-one', name: '本市另行规定的情形', reference: '本市办法第三条' }],
      'interview.circumstances': [{ id: 'own-two', name: '本市另行规定的情形', reference: '本市办法第四条' }],
      'tolerance.circumstances': [{ id: 'own-three', name: '本市另行规定的情形', reference: '本市办法第五条' }],
      'tolerance.factors': [{ id: 'own-four', name: '本市另行规定的要素', reference: '本市办法第六条' }],
      'tolerance.copies': [{ id: 'supervision-office', name: '市委督查室', reference: '本市办法第七条' }],
      'tolerance.effects': [
        { outcome: 'exempt', purposes: ['assessment'], text: '不作负面评价', reference: '本市办法第八条' },
      ],
      'interview.counts': 'persons',
      'interview.reportEvery': term,
      'interview.reviewOffice': 'supervision-office',
      'interview.procedure': { reviews: { together: true } },
      'interview.invitationHours': 3,
      'dispute.reviewOffice': 'party-committee-office',
      'tolerance.series': '演容',
      'tolerance.organs': ['discipline'],
      'tolerance.acceptWithin': term,
      'tolerance.investigateWithin': { amount: 1, unit: 'month' },
      'tolerance.decideWithin': { amount: 6, unit: 'working-day' },
      'tolerance.signWithin': { amount: 7, unit: 'working-day' },
      'tolerance.reviewWithin': { amount: 30, unit: 'calendar-day' },
      'tolerance.reviewOffice': 'organization',
      'tolerance.excusesInterviews': 'exempt-or-mitigate',
      'riskFiling.receiver': 'discipline',
      'riskFiling.series': '演备',
      'decline.within': { amount: 3, unit: 'working-day' },
      'unit.signOff': { all: 'off', units: { housing: 'required' } },
      'clarification.series': '演澄',
      'reward.series': '演奖',
      'reward.noticeWorkingDays': 5,
      'reward.grantedBy': { citation: 'here', title: 'above' },
      'reward.quotas': { 招商引资: 10 },
      'reward.amounts': { citation: '一次性奖金一千五百元' },
      'circumstance.texts': { 'tolerable-5': '第五种情形。' },
      'deadline.yellowWorkingDays': 3,
      'chaser.everyWorkingDays': 2,
      'chaser.stopAfter': 3,
      'nudge.everyWorkingDays': 4,
      'letter.marking': '演示',
      'letter.wording': { reminder: { 'reminder-letter': { plain: '现就上述情况予以提醒。' } } },
      'mail.attachLetter': true,
    };
    const policy = applySettings(yichang, [all]);
    const values = Object.fromEntries(Object.entries(policy.settings).map(([key, setting]) => [key, setting.value]));
    expect(values).toEqual(all);
  });

  test('are counted in the edition, so that a matter finds its own again', () => {
    expect(['2023-03-28', '2023-03-28+1', '2023-03-28+12'].map(changesIn)).toEqual([0, 1, 12]);
    fc.assert(
      fc.property(fc.nat({ max: 50 }), (changes) => {
        const { edition } = applySettings(
          yichang,
          Array.from({ length: changes }, () => ({})),
        );
        expect(changesIn(edition)).toBe(changes);
        expect(publishedEdition('yichang', edition)).toBe(yichang);
      }),
    );
  });
});

describe('what a deployment adds to a city', () => {
  const own = { id: 'own', name: '本市另行规定的', reference: '本市办法第三条' };
  const listed = {
    reminder: ['circumstances'],
    interview: ['circumstances'],
    tolerance: ['circumstances', 'factors', 'copies'],
  };
  const idsAt = (policy: Policy, part: string, list: string): string[] => {
    const found = sayings(policy, '#').filter(({ path }) => new RegExp(`^#/${part}/${list}/\\d+$`).test(path));
    return found.flatMap(({ said }) => ('id' in said ? [String(said.id)] : []));
  };

  test.each(cities.map((city) => [city.id, city] as const))(
    'stands behind the article’s lists of %s, with its own reference',
    (_id, city) => {
      for (const [part, lists] of Object.entries(listed))
        for (const list of lists) {
          const changes = settingChanges.parse({ [`${part}.${list}`]: [own] });
          const after = applySettings(city, [changes]);
          expect(idsAt(after, part, list)).toEqual([...idsAt(city, part, list), 'own']);
          expect(
            sourced(after).filter(({ source }) => isSource(source) && source.reference === own.reference),
          ).toMatchObject([{ source: { kind: 'deployment' } }]);
          expect(
            idsAt(applySettings(city, [changes, settingChanges.parse({ [`${part}.${list}`]: null })]), part, list),
          ).toEqual(idsAt(city, part, list));
        }
    },
  );

  test('is replaced as a whole by the next change, and gives way to the article where a later edition has the id', () => {
    const added = (...entries: readonly { id: string; name: string; reference: string }[]): SettingChanges => ({
      'reminder.circumstances': [...entries],
    });
    const { reminder } = applySettings(ankang, [added(own), added({ ...own, id: 'other' })]);
    expect(ids(reminder.circumstances)).toEqual(['other']);
    const later = { ...ankang, reminder: yichang.reminder };
    expect(applySettings(later, [added({ ...own, id: 'slow-progress' })]).reminder.circumstances).toEqual(
      yichang.reminder.circumstances,
    );
  });

  test('may be what a tolerance means, for persons or units, and for a circumstance of its own', () => {
    const effect = {
      outcome: 'exempt',
      purposes: ['audit'],
      text: '不作负面评价',
      circumstance: 'own',
      units: true,
    } as const;
    const policy = applySettings(bengbu, [
      {
        'tolerance.circumstances': [own],
        'tolerance.effects': [{ ...effect, purposes: ['audit'], reference: '本市办法第八条' }],
      },
    ]);
    expect(policy.tolerance.effects).toEqual([
      { ...effect, source: { kind: 'deployment', reference: '本市办法第八条' } },
    ]);
  });
});

describe('what does not work until the deployment has said more', () => {
  const lacking = (policy: Policy): string[] => incomplete(policy, new Set()).map(({ setting }) => setting);

  test('is said of every city by the setting that mends it', () => {
    expect(lacking(yichang)).toEqual([]);
    expect(lacking(tangshan)).toEqual(['reminder.circumstances', 'tolerance.factors', 'tolerance.copies']);
    const nothingOfTolerance = ['tolerance.factors', 'tolerance.copies', 'tolerance.effects'];
    expect(lacking(ankang)).toEqual(['reminder.circumstances', 'tolerance.circumstances', ...nothingOfTolerance]);
    expect(lacking(huangshi)).toEqual(['reminder.circumstances', 'interview.circumstances', ...nothingOfTolerance]);
    expect(lacking(bengbu)).toEqual([
      'reminder.circumstances',
      'interview.circumstances',
      'tolerance.circumstances',
      ...nothingOfTolerance,
    ]);
  });

  test('is nothing once they are set, in every city', () => {
    const own = [{ id: 'own', name: '本市另行规定的', reference: '本市办法第三条' }];
    for (const city of cities) {
      const changes = settingChanges.parse(
        Object.fromEntries(
          lacking(city).map((setting) => [
            setting,
            setting === 'tolerance.effects'
              ? [{ outcome: 'exempt', purposes: ['audit'], text: '不作负面评价', reference: '本市办法第八条' }]
              : own,
          ]),
        ),
      );
      expect(lacking(applySettings(city, [changes]))).toEqual([]);
    }
  });
});

describe('the names of settings', () => {
  test('are one for each that can be set, in Chinese and English', () => {
    expect([...settingKeys].sort()).toEqual(Object.keys(settingChanges.shape).sort());
    const titles = Object.values(settingTitles);
    expect(titles.filter(({ zh, en }) => !/\p{Script=Han}/u.test(zh) || !/^[A-Z][a-z]/.test(en))).toEqual([]);
    for (const language of ['zh', 'en'] as const)
      expect(new Set(titles.map((title) => title[language])).size).toBe(titles.length);
  });

  test('are the same in every city, but for the body that Yichang’s article names', () => {
    const own = cities.flatMap(({ id, settings }) =>
      settingKeys.filter((key) => settings[key].name !== undefined).map((key) => [id, key]),
    );
    expect(own).toEqual([['yichang', 'interview.reviewOffice']]);
  });
});

describe('what may be set', () => {
  const accepts = (changes: unknown): boolean => settingChanges.safeParse(changes).success;

  test.each([
    [{}],
    [{ 'reminder.replyWithin': term }],
    [{ 'reminder.replyWithin': null }],
    [{ 'reminder.series': '演督提' }],
    [{ 'deadline.yellowWorkingDays': 0 }],
    [{ 'letter.marking': '演示 样本' }],
    [{ 'letter.wording': { clarification: { 'clarification-rescission': { body: '现撤销{number}澄清函。' } } } }],
    [{ 'letter.wording': null }],
    [{ 'mail.attachLetter': true }],
    [{ 'tolerance.excusesInterviews': 'never' }],
    [{ 'reward.quotas': { 招商引资: 0 }, 'reward.amounts': { citation: '证书' } }],
    [{ 'circumstance.texts': { 'tolerable-5': '第五种情形。' } }],
    [{ 'circumstance.texts': null }],
    [{ 'interview.procedure': {} }],
    [{ 'interview.procedure': { concur: [], reviews: { together: false } } }],
  ])('%j', (changes) => {
    expect(accepts(changes)).toBe(true);
  });

  test.each([
    ['a key that no policy knows', { 'reminder.colour': 'red' }],
    ['a term without a unit', { 'reminder.replyWithin': { amount: 5 } }],
    ['half a day', { 'reminder.replyWithin': { amount: 0.5, unit: 'working-day' } }],
    ['a chaser every zero days', { 'chaser.everyWorkingDays': 0 }],
    ['a blank marking', { 'letter.marking': ' ' }],
    ['a marking over two lines', { 'letter.marking': '演\n示' }],
    ['a wording without words', { 'letter.wording': { common: { letter: { notified: ' ' } } } }],
    ['a wording of no letter', { 'letter.wording': { common: { notified: '特此通知。' } } }],
    ['a choice that is none', { 'tolerance.excusesInterviews': 'sometimes' }],
    ['a notice of no days', { 'reward.noticeWorkingDays': 0 }],
    ['half a quota', { 'reward.quotas': { 招商引资: 0.5 } }],
    ['a circumstance without words', { 'circumstance.texts': { 'tolerable-5': ' ' } }],
    ['one circumstance taken back alone', { 'circumstance.texts': { 'tolerable-5': null } }],
    ['an office that has no part in interviews', { 'interview.procedure': { plans: 'audit' } }],
    ['an office that concurs twice', { 'interview.procedure': { concur: ['discipline', 'discipline'] } }],
    ['an addition that says nothing of where it comes from', { 'reminder.circumstances': [{ id: 'a', name: '情形' }] }],
    ['an addition without a name', { 'tolerance.factors': [{ id: 'a', reference: '第三条' }] }],
    ['an id with spaces', { 'tolerance.copies': [{ id: 'a b', name: '机关', reference: '第三条' }] }],
    [
      'an effect for a purpose that nobody asks for',
      { 'tolerance.effects': [{ outcome: 'exempt', purposes: ['holiday'], text: '不影响', reference: '第三条' }] },
    ],
    ['no list of settings at all', null],
  ])('but not %s', (_what, changes) => {
    expect(accepts(changes)).toBe(false);
  });

  test('of series, exactly those that a document number and a register’s key can hold', () => {
    for (const bad of ['', '演 督', '演〔督〕', '演/督', '演#督', '演\u0000', '演\u3000督', '长'.repeat(21)])
      expect([bad, accepts({ 'reminder.series': bad })]).toEqual([bad, false]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }), (series) => {
        if (!accepts({ 'reminder.series': series })) return;
        expect(documentNumber(series, 2026, 1)).toBe(`${series}〔2026〕1号`);
        expect(series).not.toMatch(/[/#\p{Cc}]/u);
        expect(series.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('the procedure of interviews', () => {
  const open = {
    concur: [],
    throughout: [],
    lead: 'leader',
    reviews: { together: false },
  };

  test.each([
    [
      'Yichang: as its article tells it, with the office that the deployment names for the review',
      applySettings(yichang, [{ 'interview.reviewOffice': 'supervision-office' }]),
      {
        consent: 'principal-leader',
        plans: 'party-committee-office',
        concur: ['discipline', 'organization'],
        throughout: ['discipline', 'organization'],
        lead: 'principal-or-in-charge',
        records: 'organization',
        reviews: { office: 'supervision-office', together: false },
      },
    ],
    ['Ankang: its principal leaders lead', ankang, { ...open, lead: 'principal' }],
    ['Tangshan: a review is held together with other departments', tangshan, { ...open, reviews: { together: true } }],
    ['Bengbu: all of it open', bengbu, open],
    ['Huangshi: all of it open', huangshi, open],
  ])('is the city’s, in %s', (_what, policy, expected) => {
    expect(procedureOf(policy)).toEqual(expected);
  });

  test('carries a source for every part, and the article’s for what it says', () => {
    const sourceOf = ({ interview: { procedure } }: Policy): Record<string, string> =>
      Object.fromEntries(
        sourced(procedure).map(({ path, source }) => [path.slice(1), isSource(source) ? source.kind : 'none']),
      );
    const all = ['consent', 'plans', 'concur', 'throughout', 'lead', 'records', 'reviews/office', 'reviews/together'];
    const left = Object.fromEntries(all.map((part) => [part, 'deployment']));
    expect(sourceOf(yichang)).toEqual({
      ...Object.fromEntries(all.map((part) => [part, 'article'])),
      'reviews/together': 'deployment',
    });
    expect(sourceOf(ankang)).toEqual({ ...left, lead: 'article' });
    expect(sourceOf(tangshan)).toEqual({ ...left, 'reviews/together': 'article' });
    expect(sourceOf(bengbu)).toEqual(left);
    expect(sourceOf(huangshi)).toEqual(left);
  });

  test('is completed by the deployment where the article leaves it open, as the deployment’s own', () => {
    const own: SettingChanges = {
      'interview.procedure': {
        consent: 'leader',
        concur: ['discipline'],
        records: 'organization',
        reviews: { office: 'audit', together: true },
      },
    };
    const policy = applySettings(bengbu, [own]);
    expect(procedureOf(policy)).toEqual({
      consent: 'leader',
      concur: ['discipline'],
      throughout: [],
      lead: 'leader',
      records: 'organization',
      reviews: { office: 'audit', together: true },
    });
    expect(policy.interview.procedure.consent.source).toEqual({ kind: 'deployment', reference: '本部署设置' });
    expect(procedureOf(applySettings(bengbu, [own, { 'interview.procedure': null }]))).toEqual(open);
    expect(procedureOf(applySettings(bengbu, [own, { 'interview.procedure': { lead: 'principal' } }]))).toEqual({
      ...open,
      lead: 'principal',
    });
  });

  test('is never changed where the article says it', () => {
    const own: ProcedureSetting = {
      consent: 'leader',
      lead: 'leader',
      concur: [],
      reviews: { office: 'audit', together: true },
    };
    expect(saidByArticle(yichang, own)).toEqual(['consent', 'concur', 'lead', 'reviews.office']);
    expect(saidByArticle(tangshan, own)).toEqual(['reviews.together']);
    expect(saidByArticle(ankang, own)).toEqual(['lead']);
    expect(saidByArticle(bengbu, own)).toEqual([]);
    const policy = applySettings(yichang, [{ 'interview.procedure': own }]);
    expect(procedureOf(policy)).toEqual({ ...procedureOf(yichang), reviews: { together: true } });
  });

  test('was Yichang’s in every city in the editions before this one', () => {
    for (const [id, edition] of [
      ['tangshan', '2015-12-01'],
      ['ankang', '2018'],
      ['huangshi', '2018-01-05'],
      ['bengbu', 'undated'],
    ] as const) {
      const before = publishedEdition(id, `${edition}+1`);
      expect(before && procedureOf(before)).toEqual(procedureOf(yichang));
      expect(newestEdition(id)?.edition).toBe(`${edition}.2`);
    }
    const before = publishedEdition('yichang', '2023-03-28+1');
    // It did not say what follows where an interview fails, either.
    expect(before).toBeDefined();
    expect(before?.interview.onFailure).toBeUndefined();
  });
});

describe('published editions', () => {
  test('are found by city and edition, with or without the deployment’s own changes', () => {
    expect(newestEdition('yichang')).toBe(yichang);
    expect(publishedEdition('yichang', '2023-03-28.2')).toBe(yichang);
    expect(publishedEdition('yichang', '2023-03-28.2+7')).toBe(yichang);
  });

  test('of another city, or that never were, are not', () => {
    expect(newestEdition('atlantis')).toBeUndefined();
    expect(publishedEdition('atlantis', '2023-03-28')).toBeUndefined();
    expect(publishedEdition('yichang', '1999-01-01')).toBeUndefined();
  });
});

describe('fair rules §4.2: the second editions', () => {
  const firsts = cities.map((city) => publishedEdition(city.id, city.edition.replace(/\.2$/, '')));

  test('stand behind the first, which stay as they were: nothing granted above, nothing timely', () => {
    for (const [index, city] of cities.entries()) {
      const first = firsts[index];
      expect([first?.id, `${first?.edition}.2`]).toEqual([city.id, city.edition]);
      expect(first?.reward.kinds.flatMap(({ grantedBy, timely }) => [grantedBy, timely]).filter(Boolean)).toEqual([]);
    }
  });

  test.each(cities.map((city) => [city.id, city] as const))(
    '%s has 记一等功 and 授予称号 granted above',
    (_id, { reward }) => {
      expect(reward.kinds.filter(({ grantedBy }) => grantedBy === 'above').map(({ name }) => name)).toEqual([
        '记一等功',
        '授予称号',
      ]);
      for (const { grantedBy, grantedBySource } of reward.kinds)
        expect([grantedBy !== undefined, grantedBySource?.reference.includes('2008年') ?? false]).toEqual([
          grantedBy !== undefined,
          grantedBy !== undefined,
        ]);
    },
  );

  test('Ankang’s 选拔重用 is no reward any more, in matters opened from now on', () => {
    expect(ids(publishedEdition('ankang', '2018')?.reward.kinds ?? [])).toContain('promotion');
    expect(ids(ankang.reward.kinds)).not.toContain('promotion');
    expect(names(ankang.reward.kinds).slice(0, 3)).toEqual(['评优评先', '考核奖励', '关爱关心']);
  });

  test('in Yichang the timely kinds are 及时奖励 and the law’s five, not 表彰, 疗养 and 考察学习', () => {
    const timely = yichang.reward.kinds.filter((one) => one.timely === true);
    expect(names(timely)).toEqual(['及时奖励', '嘉奖', '记三等功', '记二等功', '记一等功', '授予称号']);
  });

  test('a deployment says otherwise by kind, and takes all of it back', () => {
    const kindIn = (policy: Policy, id: string) => policy.reward.kinds.find((one) => one.id === id);
    const set = applySettings(yichang, [{ 'reward.grantedBy': { title: 'here', 'merit-second': 'above' } }]);
    expect(kindIn(set, 'title')).toMatchObject({ grantedBy: 'here', grantedBySource: { reference: '本部署设置' } });
    expect(kindIn(set, 'merit-second')?.grantedBy).toBe('above');
    expect(kindIn(set, 'merit-first')?.grantedBy).toBe('above');
    const back = applySettings(yichang, [{ 'reward.grantedBy': { title: 'here' } }, { 'reward.grantedBy': null }]);
    expect(back.reward).toEqual(yichang.reward);
  });

  test('a matter of the first edition keeps what the deployment has set since', () => {
    const set = applySettings(publishedEdition('yichang', '2023-03-28') ?? yichang, [
      { 'reward.grantedBy': { title: 'above' } },
    ]);
    expect(set.reward.kinds.filter(({ grantedBy }) => grantedBy !== undefined).map(({ id }) => id)).toEqual(['title']);
  });
});

describe('the second edition of every city', () => {
  const both = cities.flatMap((city) => {
    const first = publishedEdition(city.id, city.edition.replace(/\.2$/, ''));
    return first === undefined ? [] : [[first, city] as const];
  });

  test('leaves the first as it was: a running matter keeps its own', () => {
    for (const [first] of both) {
      expect(publishedEdition(first.id, first.edition)).toBe(first);
      expect(first.tolerance.handlings.map(({ id }) => id)).toEqual([
        'warning',
        'demerit',
        'major-demerit',
        'demotion',
        'removal',
      ]);
    }
  });

  test('knows the Party’s warnings beside the law’s penalties, each on its scale', () => {
    for (const [, { tolerance }] of both) {
      const told = tolerance.handlings.map(({ id, scale, weight, period }) => [id, scale, weight, period.amount]);
      expect(told).toEqual([
        ['warning', 'administrative', 0, 6],
        ['demerit', 'administrative', 1, 12],
        ['major-demerit', 'administrative', 2, 18],
        ['demotion', 'administrative', 3, 24],
        ['removal', 'administrative', 4, 24],
        ['party-warning', 'party', 0, 12],
        ['party-serious-warning', 'party', 1, 18],
      ]);
    }
  });

  test('bars what the texts say: promotion and rank, pay from a demerit on, and of the Party’s promotion alone', () => {
    for (const [, { tolerance }] of both) {
      const bars = Object.fromEntries(tolerance.handlings.map(({ id, purposes }) => [id, purposes]));
      const withPay = ['promotion', 'rank', 'pay'];
      expect(bars).toEqual({
        warning: ['promotion', 'rank'],
        demerit: withPay,
        'major-demerit': withPay,
        demotion: withPay,
        removal: withPay,
        'party-warning': ['promotion'],
        'party-serious-warning': ['promotion'],
      });
    }
  });

  test('names of Tangshan’s clause whom it is about, and of no other clause', () => {
    const subjects = both.flatMap(([, { id, tolerance }]) =>
      tolerance.effects.flatMap(({ subject, text }) => (subject === undefined ? [] : [[id, text, subject]])),
    );
    expect(subjects).toEqual([['tangshan', '不做负面评价', '市委管理的领导班子和领导干部']]);
  });
});
