/* eslint jest/expect-expect: ["error", { "assertFunctionNames": ["expect", "**.then*"] }] */
import { ankang } from '@dandang/policy/cities/ankang.ts';
import { bengbu } from '@dandang/policy/cities/bengbu.ts';
import { huangshi } from '@dandang/policy/cities/huangshi.ts';
import { tangshan } from '@dandang/policy/cities/tangshan.ts';
import { applySettings, type Circumstance, type Policy } from '@dandang/policy/policy.ts';
import type { Story, World } from '../../../test/story/story.ts';
import {
  assessed,
  copiesOf,
  exempting,
  heard,
  investigating,
  mitigating,
  nothingToCorrect,
  proposed,
  refusing,
  whenApplied,
} from '../../../test/story/tolerance-story.ts';
import { disciplineHead, toleranceTown } from '../../../test/story/tolerance-town.ts';
import { disciplineOfficer, housingDirector } from '../../../test/story/town.ts';
import { standingLines } from './standing.ts';
import { toleranceOnFile } from './tolerance-file.ts';

/**
 * Tolerance in four other cities, each from the application to its end under its own policy: what its article says, and
 * nothing of Yichang's.
 */

/** A circumstance that a deployment has set, without which a city that names none tolerates nothing; its text is nobody's. */
const setHere: Circumstance = { id: 'set-here', source: { kind: 'deployment', reference: '本部署设置' } };
const withCircumstance = (city: Policy): Policy => ({
  ...city,
  tolerance: { ...city.tolerance, circumstances: [...city.tolerance.circumstances, setHere] },
});
const asPublished = (city: Policy): World => ({
  ...toleranceTown,
  policy: applySettings(city, [{ 'tolerance.series': '演容' }]),
});
const inCity = (city: Policy): World => asPublished(withCircumstance(city));
const found = [setHere.id];
const none = { circumstances: [] };

const standing = (story: Story, on: string, whose: 'official' | 'unit' = 'official') => {
  const known = toleranceOnFile(story.id, story.commits);
  return known === undefined ? undefined : standingLines(known, on, whose);
};
const linesOf = (story: Story): string[] =>
  story.open.matter.letters
    .filter(({ type }) => type === 'tolerance-decision')
    .flatMap(({ content }) => content.body.map((block) => ('text' in block ? block.text : '')));
/** Proposed on a sheet that found these circumstances, and decided as 免责 with nothing to correct. */
const finding = (city: Policy, circumstances: readonly string[]) =>
  proposed(inCity(city), none, circumstances).and('decide', disciplineHead, { ...exempting, ...nothingToCorrect });

const cities: [string, Policy][] = [
  ['Huangshi', huangshi],
  ['Tangshan', tangshan],
  ['Ankang', ankang],
  ['Bengbu', bengbu],
];

/** How its letters begin: by its instrument, where its article names one. */
const basis: Readonly<Record<string, string>> = {
  huangshi: '根据《容错免责减责激励干部干事创业实施办法》，',
};

describe.each(cities)('in %s', (_name, city) => {
  const world = inCity(city);

  test('the sheet has no factors, the decision goes to the official alone, and nothing is said that no article says', () => {
    const story = finding(city, found);
    expect(story.state).toBe('decided');
    expect(copiesOf(story).map(({ as, recipient }) => `${as}:${recipient.id}`)).toEqual(['addressee:housing-director']);
    expect(linesOf(story)).toEqual([
      `${basis[city.id] ?? ''}现就housing-director（演示）同志的容错事项作出如下决定。`,
      '一、基本情况',
      'housing-director（演示），市住房和城乡建设局（演示）局长。',
      '二、认定的事实',
      '未取得施工许可即先行启动，被责令停工。',
      '上述事实涉及的责任追究事项为“老旧小区改造先行开工一事”。',
      '三、理由',
      '出于公心，程序基本完备，未造成损失。',
      '四、处理决定',
      '经2026年3月2日市纪委常委会研究，决定对housing-director（演示）同志予以免责。',
      '本事项无须纠错，理由如下：',
      '许可已经补办，无须纠错。',
      '五、复核途径',
      '对本决定不服的，可以向本机关书面申请复核。复核由未参与本决定的人员办理，不停止本决定的执行，不因申请复核而加重处理。',
    ]);
    expect(story.open.matter.letters[0]?.content.copies).toEqual([]);
    expect(story.detailsFor(housingDirector)?.['effects']).toEqual([]);
    expect(standing(story, '2026-03-02')).toEqual([]);
    // Nobody else got anything, so that nobody else knows of it: not the body that Yichang copies it to.
    expect(story.open.gate.copy).toEqual([]);
  });

  test('a factor of another city is none of this one’s', () => {
    const factors = { motive: { finding: '认定', evidence: '证据' } };
    const attempt = investigating(world, none).when('assess', disciplineOfficer, { factors, circumstances: [] });
    attempt.then({ refused: 'malformed' });
    expect(attempt.refusal?.errors?.map(({ path }) => path)).toEqual(['factors.motive']);
  });

  test('a circumstance that only Yichang names is unknown', () => {
    whenApplied(world).then({ refused: 'unknown-circumstance', detail: 'risk-decision' });
    investigating(world, none)
      .when('assess', disciplineOfficer, { factors: {}, circumstances: ['risk-decision'] })
      .then({ refused: 'unknown-circumstance' });
  });

  test('no clock runs', () => {
    expect(finding(city, found).open.matter.deadlines).toEqual([]);
  });

  test('it needs a sheet, a hearing and a correction, or the reason why none is due, all the same', () => {
    const proposal = { outcome: 'exempt', reasons: '可以容错。' };
    investigating(world, none).when('propose', disciplineOfficer, proposal).then({ refused: 'factor-missing' });
    assessed(world, none, []).when('propose', disciplineOfficer, proposal).then({ refused: 'not-heard' });
    heard(world, none, found).when('propose', disciplineOfficer, proposal).then({ state: 'proposed' });
    proposed(world, none, found)
      .when('decide', disciplineHead, { ...exempting, correction: [] })
      .then({ refused: 'correction-missing' });
  });

  test('the law’s penalties weigh by their own periods, after which no article opens anything', () => {
    const story = proposed(world, none, found).and('decide', disciplineHead, mitigating);
    expect(standing(story, '2026-09-02')?.map(({ purpose }) => purpose)).toEqual(['promotion', 'rank']);
    expect(standing(story, '2026-09-02')?.[0]).toMatchObject({ effect: 'impact-period', clause: { kind: 'law' } });
    expect(standing(story, '2026-09-03')).toEqual([]);
    const refused = proposed(world, none, found).and('decide', disciplineHead, { ...refusing, handling: '记大过' });
    expect(standing(refused, '2027-09-02')?.map(({ purpose }) => purpose)).toEqual(['promotion', 'rank', 'pay']);
    expect(standing(refused, '2027-09-03')).toEqual([]);
  });

  test('its principles bind nobody to a text: they are printed nowhere', () => {
    const written = linesOf(finding(city, found)).join('');
    for (const { name } of city.tolerance.principles) expect(written).not.toContain(name);
  });
});

describe.each([
  ['Ankang', ankang],
  ['Bengbu', bengbu],
])('in %s, whose article names no circumstances', (_name, city) => {
  test('exempting and mitigating stay shut, and say so, until one is set', () => {
    for (const outcome of ['exempt', 'mitigate']) {
      heard(asPublished(city), none, [])
        .when('propose', disciplineOfficer, { outcome, reasons: '可以容错。' })
        .then({ refused: 'circumstance-missing', detail: '本市制度没有列出容错情形，设置后方可免责、减责' });
      heard(inCity(city), none, found)
        .when('propose', disciplineOfficer, { outcome, reasons: '可以容错。' })
        .then({ state: 'proposed' });
    }
    const refused = heard(asPublished(city), none, []).and('propose', disciplineOfficer, {
      outcome: 'none',
      reasons: '不予容错。',
    });
    refused.when('decide', disciplineHead, { ...exempting, ...nothingToCorrect }).then({
      refused: 'circumstance-missing',
    });
    refused.when('decide', disciplineHead, refusing).then({ state: 'decided' });
  });
});

describe('in Huangshi', () => {
  const nine = Array.from({ length: 9 }, (_, index) => `tolerable-${index + 1}`);

  test('each of the nine circumstances can be named and found, and none is printed while nobody knows its text', () => {
    const story = finding(huangshi, nine);
    whenApplied(inCity(huangshi), { circumstances: nine }).then({ state: 'applied' });
    expect(linesOf(story).some((line) => line.startsWith('上述事实属于'))).toBe(false);
    whenApplied(inCity(huangshi), { circumstances: ['tolerable-10'] }).then({ refused: 'unknown-circumstance' });
  });

  test('a text that the deployment fills in is printed', () => {
    const world = inCity(huangshi);
    const policy = applySettings(huangshi, [
      { 'tolerance.series': '演容', 'circumstance.texts': { 'tolerable-2': '先行先试中的失误' } },
    ]);
    const story = proposed({ ...world, policy }, none, ['tolerable-1', 'tolerable-2']).and(
      'decide',
      disciplineHead,
      exempting,
    );
    expect(linesOf(story)).toContain('上述事实属于“先行先试中的失误”的情形。');
  });
});

describe('in Tangshan', () => {
  const protection = { kind: 'article', reference: '人民网 2015-12-01，“担当保护机制”' };
  const line = (text: string) => ({
    purpose: 'assessment',
    effect: 'not-held',
    text,
    clause: protection,
    outcome: 'exempt',
    matter: { kind: 'tolerance', id: 'm1' },
  });
  const vote = '民主测评结果不作为考核评价的依据，对综合考评结果不产生影响';

  test('a poor vote for doing one’s duty does not count where that was found, and nothing else is protected', () => {
    const story = finding(tangshan, ['poor-vote']);
    expect(linesOf(story).slice(7, 8)).toEqual([
      '上述事实属于“因勇于担当、不怕伤人、敢抓敢管而触犯某些人利益，造成民主测评结果不理想”的情形。',
    ]);
    expect(linesOf(story)).toEqual(expect.arrayContaining(['五、结果运用', `1. ${vote}。`]));
    expect(standing(story, '2026-03-02')).toEqual([line(vote)]);
    expect(standing(story, '2026-03-02', 'unit')).toEqual([]);
  });

  const missed = { ...line('不做负面评价'), subject: '市委管理的领导班子和领导干部' };

  test('a goal that was missed is not judged, of the official and of the unit’s leaders alike, where that was found', () => {
    const story = finding(tangshan, ['goal-missed']);
    for (const whose of ['official', 'unit'] as const) expect(standing(story, '2026-03-02', whose)).toEqual([missed]);
  });

  test('the clause keeps its subject: it is printed and shown with whom it is about', () => {
    const story = finding(tangshan, ['goal-missed']);
    expect(linesOf(story)).toContain('1. （适用于市委管理的领导班子和领导干部）不做负面评价。');
    expect(story.detailsFor(housingDirector)?.['effects']).toMatchObject([{ subject: '市委管理的领导班子和领导干部' }]);
  });

  test('both protect where both were found, none where only the application named it', () => {
    expect(standing(finding(tangshan, ['poor-vote', 'goal-missed']), '2026-03-02')).toEqual([missed, line(vote)]);
    const claimed = proposed(inCity(tangshan), { circumstances: ['poor-vote'] }, found).and('decide', disciplineHead, {
      ...exempting,
      ...nothingToCorrect,
    });
    expect(standing(claimed, '2026-03-02')).toEqual([]);
    expect(linesOf(claimed).join('')).not.toContain('民主测评');
  });

  test('it protects only who is exempted', () => {
    const decide = (decision: Readonly<Record<string, unknown>>) =>
      proposed(inCity(tangshan), none, ['poor-vote']).and('decide', disciplineHead, decision);
    expect(standing(decide(mitigating), '2026-09-03')).toEqual([]);
    expect(standing(decide(refusing), '2026-03-02')).toEqual([]);
  });
});
