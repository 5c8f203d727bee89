import type { LetterContent } from '@dandang/letters/letter.ts';
import { at, type Story } from '../../../test/story/story.ts';
import {
  application,
  type Change,
  changed,
  correcting,
  decided,
  decidedAs,
  declined,
  exempting,
  grounds,
  mitigating,
  notes,
  nothingToCorrect,
  permit,
  proposed,
  reason,
  refusing,
  retrofit,
  maintained,
  revoked,
} from '../../../test/story/tolerance-story.ts';
import {
  active,
  disciplineHead,
  disciplineHead2,
  disciplineOfficer2,
  toleranceTown,
  toleranceTownWith,
} from '../../../test/story/tolerance-town.ts';
import { disciplineOfficer, housingDirector, housingLiaison } from '../../../test/story/town.ts';

/** What each letter says, in the words that its reader checks. */

function contentOf(story: Story, type = 'tolerance-decision'): LetterContent {
  const found = story.open.matter.letters.findLast((one) => one.type === type);
  if (found === undefined) throw new Error(`there is no ${type}`);
  return found.content;
}
const linesOf = (story: Story, type?: string): string[] =>
  contentOf(story, type).body.map((block) => ('text' in block ? block.text : ''));

const name = 'housing-director（演示）';
const who = `${name}，市住房和城乡建设局（演示）局长。`;
const ways =
  '对本决定不服的，可以向本机关申请复核。复核由未参与本决定的人员办理，不停止本决定的执行，不因申请复核而加重处理。';
const decide = (decision: Change, now?: string, story = proposed()): Story =>
  story.and('decide', disciplineHead, decision, now === undefined ? {} : { now });

describe('the decision', () => {
  test('says who, what happened, why, what was decided where and when, what is to be corrected, what follows, and how it can be reviewed', () => {
    expect(linesOf(correcting())).toEqual([
      '一、基本情况',
      who,
      '二、认定的事实',
      '未取得施工许可即先行启动，被责令停工。',
      '责任追究事由：老旧小区改造先行开工一事。',
      '三、理由',
      '符合以下情形：风险决策过程中出现的失误和错误。',
      '出于公心，程序基本完备，未造成损失。',
      '四、处理决定',
      '经集体研究，决定予以免责。',
      '研究机构和日期：市纪委常委会，2026年3月2日。',
      '五、纠错要求',
      '1. 补办施工许可。请于2026年3月9日前（含当日，5个工作日）完成，并报本机关审核销号。',
      '六、结果运用',
      '1. 在单位或者个人各类考核评价中，不影响考核评价结果。',
      '2. 在巡察、经济责任审计中，不作负面评价。',
      '3. 在干部选拔任用、职务职级晋升、职称评聘以及工资、绩效、奖金评定等方面不受影响。',
      '4. 在党代表、人大代表、政协委员资格认定中不受影响。',
      '5. 在评先评优、表彰奖励中，不作负面评价。',
      '七、复核途径',
      ways,
    ]);
  });

  test('bears its number, its day and its seal, and names the five bodies below, the unit for its Party organisation', () => {
    expect(contentOf(correcting())).toEqual({
      layout: 'document',
      issuer: '市纪委监委机关（演示）',
      title: '容错处理决定书',
      number: '演容〔2026〕1号',
      addressees: [name],
      body: contentOf(correcting()).body,
      attachments: [],
      signatories: ['市纪委监委机关（演示）'],
      date: '2026-03-02',
      copies: [
        '市住房和城乡建设局（演示）党组织',
        '市纪委监委机关（演示）',
        '市委组织部（演示）',
        '市委巡察办（演示）',
        '市审计局（演示）',
      ],
      sealed: true,
      printedBy: '市纪委监委机关（演示）',
      printedOn: '2026-03-02',
    });
    expect(contentOf(decided(toleranceTownWith({ 'letter.marking': '演示' })))).toMatchObject({ marking: '演示' });
  });

  test.each([
    ['by its id', 'warning', '警告', '2026年9月2日'],
    ['by its name', '记过', '记过', '2027年3月2日'],
  ])(
    'of 减责 names the penalty in the law’s word, entered %s, and until when it weighs',
    (_how, handling, word, until) => {
      expect(linesOf(decide({ ...mitigating, handling }))).toContain(
        `经集体研究，决定予以减责，处理为${word}，影响期至${until}（自本决定作出之日起暂计，以处分决定为准）。`,
      );
    },
  );

  test('of 减责 names another handling as it was entered, and what becomes possible when its period is over', () => {
    const lines = linesOf(decide({ ...mitigating, handling: '调整职务', impactEndsOn: '2026-12-31' }));
    expect(lines).toContain('经集体研究，决定予以减责，处理为调整职务，影响期至2026年12月31日。');
    // The article’s effect, and that it waits for the organ to confirm the reform.
    expect(lines.filter((line) => line.includes('影响期满'))).toHaveLength(2);
    expect(lines.filter((line) => line.includes('未经确认的'))).toHaveLength(1);
    expect(lines.some((line) => line.includes('不作负面评价'))).toBe(false);
  });

  test('of 不予容错 promises nothing', () => {
    const lines = linesOf(decide(refusing));
    expect(lines).toContain('经集体研究，决定不予容错。');
    expect(lines.slice(lines.indexOf('五、纠错要求'))).toEqual(['五、纠错要求', '无。', '六、复核途径', ways]);
  });

  test('counts its corrections, each with its own day, or says why none is due', () => {
    const both = linesOf(decide({ ...exempting, correction: [permit, retrofit] }));
    expect(both.filter((line) => line.includes('审核销号'))).toEqual([
      '1. 补办施工许可。请于2026年3月9日前（含当日，5个工作日）完成，并报本机关审核销号。',
      '2. 完善内部审批流程。请于2026年4月2日前（含当日，1个月）完成，并报本机关审核销号。',
    ]);
    expect(linesOf(decided())).toContain('无须纠错，理由：许可已经补办，无须纠错。');
  });

  test('never prints a provisional day, but the rule', () => {
    const lines = linesOf(decide(exempting, at('2026-12-30')));
    expect(lines).toContain('1. 补办施工许可。请于5个工作日内完成，并报本机关审核销号。');
    expect(lines.join('')).not.toContain('2027年');
  });

  test('says within which term a review can be asked for, where one is set', () => {
    const world = toleranceTownWith({ 'tolerance.reviewWithin': { amount: 30, unit: 'calendar-day' } });
    expect(linesOf(decided(world)).at(-1)).toMatch(/^对本决定不服的，可以自本决定作出之日起30日内向本机关申请复核。/);
  });

  test('names the circumstances that were found, not those that were claimed, and none whose text nobody knows', () => {
    const found = (circumstances: readonly string[], world = toleranceTown) =>
      linesOf(decide(exempting, undefined, proposed(world, {}, circumstances))).filter((line) =>
        line.startsWith('符合以下情形'),
      );
    expect(found(['new-business', 'unclear-duties'])).toEqual([
      '符合以下情形：新业态培育监管过程中出现的失误和错误；部门职责不清情况下主动衔接过程中出现的失误和错误。',
    ]);
    expect(found(['tolerable-7'])).toEqual([]);
    const world = toleranceTownWith({ 'circumstance.texts': { 'tolerable-7': '抢险救灾中的失误' } });
    expect(found(['tolerable-7'], world)).toEqual(['符合以下情形：抢险救灾中的失误。']);
  });

  test('does not name the unit twice where the position begins with it, and names it alone without a position', () => {
    const known = (position: string | undefined) => ({
      ...toleranceTown,
      officials: toleranceTown.officials.map((one) => (one.id === 'housing-director' ? { ...one, position } : one)),
    });
    expect(linesOf(decided(known('市住房和城乡建设局（演示）党组书记')))[1]).toBe(
      `${name}，市住房和城乡建设局（演示）党组书记。`,
    );
    expect(linesOf(decided(known(undefined)))[1]).toBe(`${name}，市住房和城乡建设局（演示）。`);
  });
});

test('the decision to exempt names no handling, whatever was written of one', () => {
  const story = decide({ ...exempting, handling: '免予诫勉' });
  expect(linesOf(story)).toContain('经集体研究，决定予以免责。');
});

test('the decision says how each risk filing stands that it was based on', () => {
  const world = { ...toleranceTown, files: { 'risk-filing/f1': active().commits } };
  const story = proposed(world, { riskFilings: ['f1'] }).and('decide', disciplineHead, exempting);
  expect(linesOf(story)).toContain('有关事项已于2026年3月2日事前报备，现备案有效。');
});

describe('the letters of a review', () => {
  const asked = (story: Story) => story.and('request-review', housingDirector, grounds);

  test('say what stands and why', () => {
    const kept = asked(decided()).and('decide-review', disciplineHead2, maintained);
    expect(linesOf(kept, 'tolerance-review')).toEqual([
      '经复核，维持演容〔2026〕1号容错处理决定书。',
      '理由：原决定并无不当。',
    ]);
    expect(contentOf(kept, 'tolerance-review')).toMatchObject({
      title: '复核决定书',
      number: '演容〔2026〕2号',
      addressees: [name, '市住房和城乡建设局（演示）'],
    });
    const refused = asked(declined()).and('decide-review', disciplineHead2, maintained);
    expect(linesOf(refused, 'tolerance-review')[0]).toBe('经复核，维持不予受理的决定。');
    const admitted = asked(declined()).and('decide-review', disciplineHead2, revoked);
    expect(linesOf(admitted, 'tolerance-review')[0]).toBe('经复核，撤销不予受理的决定，原申请现予受理。');
  });

  test('are a decision of their own where it is changed, which says what it takes the place of and keeps the days that run', () => {
    const both = decide({ ...mitigating, correction: [permit, retrofit] });
    const after = asked(both).and('decide-review', disciplineHead2, changed({ ...exempting, correction: [retrofit] }), {
      now: at('2026-03-12'),
    });
    expect(linesOf(after)[0]).toBe('经复核，演容〔2026〕1号容错处理决定书变更如下，原决定不再执行。');
    expect(linesOf(after)).toContain(
      '1. 完善内部审批流程。请于2026年4月2日前（含当日，1个月）完成，并报本机关审核销号。',
    );
    expect(contentOf(after)).toMatchObject({ number: '演容〔2026〕2号', date: '2026-03-12' });
  });

  test('are followed by a rescission that names every number', () => {
    const once = decided().and('rescind', disciplineHead, reason);
    expect(linesOf(once, 'tolerance-rescission')).toEqual([
      '现撤销演容〔2026〕1号容错处理决定书，自本通知印发之日起不再执行，不得再作为有关评价和使用的依据。',
      '撤销理由：理由不充分。',
    ]);
    expect(contentOf(once, 'tolerance-rescission')).toMatchObject({
      title: '撤销通知',
      number: '演容〔2026〕2号',
      addressees: [
        name,
        '市住房和城乡建设局（演示）党组织',
        '市纪委监委机关（演示）',
        '市委组织部（演示）',
        '市委巡察办（演示）',
        '市审计局（演示）',
      ],
      copies: [],
    });
    const twice = asked(decided())
      .and('decide-review', disciplineHead2, changed({ ...exempting, ...nothingToCorrect }))
      .and('rescind', disciplineHead, reason);
    expect(linesOf(twice, 'tolerance-rescission')[0]).toContain('现撤销演容〔2026〕1号、演容〔2026〕2号容错处理决定书');
  });
});

test('an application that is declined is answered with the reason and the way of review, without a number', () => {
  expect(linesOf(declined(), 'tolerance-declined')).toEqual([
    '关于老旧小区改造先行开工一事的容错申请，不予受理。',
    '理由：理由不充分。',
    ways,
  ]);
  expect(contentOf(declined(), 'tolerance-declined')).not.toHaveProperty('number');
});

describe('chasers and notices', () => {
  test('about a correction go to who owes it, and say to the organ that it is overdue', () => {
    const story = correcting().throughDay('2026-03-10');
    const said =
      '关于演容〔2026〕1号容错处理决定书，应于2026年3月9日前（含当日，5个工作日）完成纠错并报告，截至2026年3月10日尚未完成';
    expect(JSON.stringify(story.sheets.map(({ letter }) => letter.content.body))).toContain(
      '1．演容〔2026〕1号容错处理决定书：请于2026年3月9日前（含当日，5个工作日）完成纠错并报告。',
    );
    expect(linesOf(story, 'overdue-notice')).toEqual([`${said}，已逾期。`]);
    expect(contentOf(story, 'overdue-notice').addressees).toEqual(['市纪委监委机关（演示）']);
  });

  test('say how the organ answered a request', () => {
    const ask = { deadline: 'correction-1', workingDays: 3, reason: '审批需时。' };
    const answered = correcting()
      .and('request-extension', housingLiaison, ask)
      .and('grant-extension', disciplineOfficer, { deadline: 'correction-1' });
    expect(linesOf(answered, 'extension-answer')).toEqual([
      '关于演容〔2026〕1号容错处理决定书所涉完成纠错并报告的延期申请，答复如下。',
      '同意延期3个工作日。',
      '时限为2026年3月12日前（含当日，5个工作日，延期3个工作日）。',
    ]);
  });
});

test('no letter of the whole way says what those who judge noted, nor who they are', () => {
  const whole = decidedAs(mitigating)
    .and('urge', disciplineOfficer)
    .throughDay('2026-03-10')
    .and('file-correction', housingDirector, { report: '已办戊。' })
    .and('request-review', housingDirector, grounds)
    .and('decide-review', disciplineHead2, changed({ ...exempting, correction: [permit] }))
    .and('accept-correction', disciplineOfficer2)
    .and('rescind', disciplineHead, reason);
  const letters = [...whole.open.matter.letters, ...whole.sheets.map(({ letter }) => letter)];
  const written = JSON.stringify(letters.map(({ content }) => content));
  const { statement, accountability } = application;
  for (const word of [...Object.values(notes), statement, accountability.proposedHandling, '已办戊', grounds.grounds])
    expect(written).not.toContain(word);
  for (const person of [disciplineOfficer, disciplineOfficer2, disciplineHead, disciplineHead2])
    expect(written).not.toContain(person.name);
  expect(whole.open.matter.letters.map(({ type }) => type)).toEqual([
    'tolerance-decision',
    'overdue-notice',
    'tolerance-decision',
    'tolerance-rescission',
  ]);
});
