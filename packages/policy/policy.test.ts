import { publishedCalendar } from '@dandang/calendar/calendar.ts';
import { documentNumber } from '@dandang/letters/number.ts';
import fc from 'fast-check';
import { yichang } from './cities/yichang.ts';
import { applySettings, changesIn, type Policy, type Source } from './policy.ts';
import { newestEdition, publishedEdition } from './published.ts';
import { settingChanges, type SettingChanges } from './settings.ts';

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

const term = { amount: 5, unit: 'working-day' } as const;

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

describe('settings that are applied', () => {
  const value = (policy: Policy, key: keyof Policy['settings']): unknown => policy.settings[key].value;

  test('make a new edition each, and no edition where there are none', () => {
    expect(applySettings(yichang, [])).toBe(yichang);
    expect(applySettings(yichang, [{}]).edition).toBe('2023-03-28+1');
    expect(applySettings(yichang, [{}, {}]).edition).toBe('2023-03-28+2');
  });

  test('change what they name, are the deployment’s own, and leave the rest', () => {
    const policy = applySettings(yichang, [{ 'reminder.replyWithin': term }]);
    expect(policy.settings['reminder.replyWithin']).toEqual({
      name: '提醒函答复时限',
      value: term,
      source: { kind: 'deployment', reference: '本部署设置' },
    });
    const { 'reminder.replyWithin': _changed, ...rest } = policy.settings;
    const { 'reminder.replyWithin': _own, ...before } = yichang.settings;
    expect(rest).toEqual(before);
    expect(policy.reminder).toBe(yichang.reminder);
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
      'interview.counts': 'persons',
      'interview.reportEvery': term,
      'interview.reviewOffice': 'supervision-office',
      'deadline.yellowWorkingDays': 3,
      'chaser.everyWorkingDays': 2,
      'nudge.everyWorkingDays': 4,
      'letter.marking': '演示',
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

describe('what may be set', () => {
  const accepts = (changes: unknown): boolean => settingChanges.safeParse(changes).success;

  test.each([
    [{}],
    [{ 'reminder.replyWithin': term }],
    [{ 'reminder.replyWithin': null }],
    [{ 'reminder.series': '演督提' }],
    [{ 'deadline.yellowWorkingDays': 0 }],
    [{ 'letter.marking': '演示 样本' }],
    [{ 'mail.attachLetter': true }],
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

describe('published editions', () => {
  test('are found by city and edition, with or without the deployment’s own changes', () => {
    expect(newestEdition('yichang')).toBe(yichang);
    expect(publishedEdition('yichang', '2023-03-28')).toBe(yichang);
    expect(publishedEdition('yichang', '2023-03-28+7')).toBe(yichang);
  });

  test('of another city, or that never were, are not', () => {
    expect(newestEdition('atlantis')).toBeUndefined();
    expect(publishedEdition('atlantis', '2023-03-28')).toBeUndefined();
    expect(publishedEdition('yichang', '1999-01-01')).toBeUndefined();
  });
});
