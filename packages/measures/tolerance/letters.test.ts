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
const comrade = `${name}同志`;
const basis = '根据《宜昌市容错纠错实施办法》，';
const ways =
  '对本决定不服的，可以向本机关书面申请复核。复核由未参与本决定的人员办理，不停止本决定的执行，不因申请复核而加重处理。';
const decide = (decision: Change, now?: string, story = proposed()): Story =>
  story.and('decide', disciplineHead, decision, now === undefined ? {} : { now });

describe('the decision', () => {
  test('says who, what happened, why, what was decided where and when, what is to be corrected, what follows, and how it can be reviewed', () => {
    expect(linesOf(correcting())).toEqual([
      `${basis}现就${comrade}的容错事项作出如下决定。`,
      '一、基本情况',
      who,
      '二、认定的事实',
      '未取得施工许可即先行启动，被责令停工。',
      '上述事实涉及的责任追究事项为“老旧小区改造先行开工一事”。',
      '三、理由',
      '上述事实属于“风险决策过程中出现的失误和错误”的情形。',
      '出于公心，程序基本完备，未造成损失。',
      '四、处理决定',
      `经2026年3月2日市纪委常委会研究，决定对${comrade}予以免责。`,
      '五、纠错要求',
      '1. 补办施工许可。请于2026年3月9日前（含当日）完成，并报本机关审核销号。',
      '六、结果运用',
      '本决定在下列方面运用：',
      '1. 在单位或者个人各类考核评价中，不影响考核评价结果。',
      '2. 在巡察、经济责任审计中，不作负面评价。',
      '3. 在干部选拔任用、职务职级晋升、职称评聘以及工资、绩效、奖金评定等方面不受影响。',
      '4. 在党代表、人大代表、政协委员资格认定中不受影响。',
      '5. 在评先评优、表彰奖励中，不作负面评价。',
      '七、复核途径',
      ways,
    ]);
  });

  test('bears its number, its day and its seal, and names the other bodies below, the unit for its Party organisation', () => {
    expect(contentOf(correcting())).toEqual({
      layout: 'document',
      issuer: '市纪委监委机关（演示）',
      title: '容错处理决定书',
      number: '演容〔2026〕1号',
      addressees: [comrade],
      body: contentOf(correcting()).body,
      attachments: [],
      signatories: ['市纪委监委机关（演示）'],
      date: '2026-03-02',
      copies: ['市住房和城乡建设局（演示）党组织', '市委组织部（演示）', '市委巡察办（演示）', '市审计局（演示）'],
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
      const lines = linesOf(decide({ ...mitigating, handling }));
      const decision = lines.indexOf('四、处理决定');
      expect(lines.slice(decision + 1, decision + 4)).toEqual([
        `经2026年3月2日市纪委常委会研究，决定对${comrade}予以减责。`,
        `减责后应当承担的责任为${word}，由有权机关按照规定程序另行决定；本决定不代替该处理决定。`,
        `影响期自2026年3月2日起暂计，至${until}，以处理决定为准。`,
      ]);
    },
  );

  test('of 减责 names another handling as it was entered, and what becomes possible when its period is over', () => {
    const lines = linesOf(decide({ ...mitigating, handling: '调整职务', impactEndsOn: '2026-12-31' }));
    expect(lines).toEqual(
      expect.arrayContaining([
        '减责后应当承担的责任为调整职务，由有权机关按照规定程序另行决定；本决定不代替该处理决定。',
        '影响期至2026年12月31日。',
      ]),
    );
    // The article’s effect, and that it waits for the organ to confirm the reform.
    expect(lines.filter((line) => line.includes('影响期满'))).toHaveLength(2);
    expect(lines.filter((line) => line.includes('未经确认的'))).toHaveLength(1);
    expect(lines.some((line) => line.includes('不作负面评价'))).toBe(false);
  });

  test('of 不予容错 promises nothing', () => {
    const lines = linesOf(decide(refusing));
    expect(lines.slice(lines.indexOf('四、处理决定'))).toEqual([
      '四、处理决定',
      `经2026年3月2日市纪委常委会研究，决定对${comrade}不予容错。`,
      '五、复核途径',
      ways,
    ]);
  });

  test('of 不予容错 names a handling without calling it mitigated', () => {
    const lines = linesOf(decide({ ...refusing, handling: '记大过' }));
    expect(lines.join('')).toContain('记大过');
    expect(lines.join('')).not.toContain('减责');
  });

  test('of 不予容错 never says that the application named what only the sheet did', () => {
    const lines = linesOf(decide(refusing, undefined, proposed(toleranceTown, {}, ['new-business'])));
    expect(lines.join('')).not.toContain('申请所称属于“新业态');
  });

  test('counts its corrections, each with its own day, or says why none is due', () => {
    const both = linesOf(decide({ ...exempting, correction: [permit, retrofit] }));
    expect(both.filter((line) => line.includes('审核销号'))).toEqual([
      '1. 补办施工许可。请于2026年3月9日前（含当日）完成，并报本机关审核销号。',
      '2. 完善内部审批流程。请于2026年4月2日前（含当日）完成，并报本机关审核销号。',
    ]);
    const none = linesOf(decided());
    const why = none.indexOf('本事项无须纠错，理由如下：');
    expect(none.slice(why - 1, why + 3)).toEqual([
      `经2026年3月2日市纪委常委会研究，决定对${comrade}予以免责。`,
      '本事项无须纠错，理由如下：',
      '许可已经补办，无须纠错。',
      '五、结果运用',
    ]);
  });

  test('never prints a provisional day, but the rule', () => {
    const lines = linesOf(decide(exempting, at('2026-12-30')));
    expect(lines).toContain('1. 补办施工许可。请自2026年12月30日起5个工作日内（不含当日）完成，并报本机关审核销号。');
    expect(lines.join('')).not.toContain('2027年');
  });

  test('says within which term a review can be asked for, where one is set', () => {
    const world = toleranceTownWith({ 'tolerance.reviewWithin': { amount: 30, unit: 'calendar-day' } });
    expect(linesOf(decided(world)).at(-1)).toMatch(/^对本决定不服的，可以自收到之日起30日内向本机关书面申请复核。/);
  });

  test('names the circumstances that were found, not those that were claimed, and none whose text nobody knows', () => {
    const found = (circumstances: readonly string[], world = toleranceTown) =>
      linesOf(decide(exempting, undefined, proposed(world, {}, circumstances))).filter((line) =>
        line.startsWith('上述事实属于'),
      );
    expect(found(['new-business', 'unclear-duties'])).toEqual([
      expect.stringMatching(
        /^上述事实属于“新业态培育监管过程中出现的失误和错误”.*“部门职责不清情况下主动衔接过程中出现的失误和错误”的情形。$/,
      ),
    ]);
    expect(found(['tolerable-7'])).toEqual([]);
    const world = toleranceTownWith({ 'circumstance.texts': { 'tolerable-7': '抢险救灾中的失误' } });
    expect(found(['tolerable-7'], world)).toEqual(['上述事实属于“抢险救灾中的失误”的情形。']);
  });

  test('does not name the unit twice where the position begins with it, and names it alone without a position', () => {
    const known = (position: string | undefined) => ({
      ...toleranceTown,
      officials: toleranceTown.officials.map((one) => (one.id === 'housing-director' ? { ...one, position } : one)),
    });
    expect(linesOf(decided(known('市住房和城乡建设局（演示）党组书记')))[2]).toBe(
      `${name}，市住房和城乡建设局（演示）党组书记。`,
    );
    expect(linesOf(decided(known(undefined)))[2]).toBe(`${name}，市住房和城乡建设局（演示）。`);
  });
});

test('the decision to exempt names no handling, whatever was written of one', () => {
  const story = decide({ ...exempting, handling: '免予诫勉' });
  expect(linesOf(story)).toContain(`经2026年3月2日市纪委常委会研究，决定对${comrade}予以免责。`);
  expect(linesOf(story).join('')).not.toMatch(/免予诫勉|应当承担的责任/);
});

test('the decision says how each risk filing stands that it was based on', () => {
  const world = { ...toleranceTown, files: { 'risk-filing/f1': active().commits } };
  const story = proposed(world, { riskFilings: ['f1'] }).and('decide', disciplineHead, exempting);
  expect(linesOf(story)).toContain('有关事项已于2026年3月2日事前报备，备案有效。');
});

describe('the letters of a review', () => {
  const asked = (story: Story) => story.and('request-review', housingDirector, grounds);

  test('say what stands and why', () => {
    const kept = asked(decided()).and('decide-review', disciplineHead2, maintained);
    const lines = linesOf(kept, 'tolerance-review');
    expect(lines[0]).toBe(`${comrade}不服演容〔2026〕1号容错处理决定书，申请复核。${basis}经复核，现作出如下决定。`);
    expect(lines.at(-3)).toBe('原决定并无不当。');
    expect(lines.at(-1)).toBe('维持演容〔2026〕1号容错处理决定书。');
    expect(contentOf(kept, 'tolerance-review')).toMatchObject({
      title: '复核决定书',
      number: '演容〔2026〕2号',
      addressees: ['市住房和城乡建设局（演示）', comrade],
    });
    const refused = asked(declined()).and('decide-review', disciplineHead2, maintained);
    expect(linesOf(refused, 'tolerance-review').at(-1)).toBe('维持不予受理的决定。');
    const admitted = asked(declined()).and('decide-review', disciplineHead2, revoked);
    expect(linesOf(admitted, 'tolerance-review').at(-1)).toBe('撤销不予受理的决定，原申请现予受理。');
  });

  test('name whoever asked for it', () => {
    const byUnit = decided().and('request-review', housingLiaison, grounds);
    expect(linesOf(byUnit.and('decide-review', disciplineHead2, maintained), 'tolerance-review')[0]).toMatch(
      /^市住房和城乡建设局（演示）不服演容〔2026〕1号容错处理决定书，/,
    );
  });

  test('go to the official and the unit, and tell neither what the other asked for it with', () => {
    for (const by of [housingDirector, housingLiaison]) {
      const story = decided().and('request-review', by, grounds).and('decide-review', disciplineHead2, maintained);
      expect(linesOf(story, 'tolerance-review').join('')).not.toContain(grounds.grounds);
    }
  });

  test('are a decision of their own where it is changed, which says what it takes the place of and keeps the days that run', () => {
    const both = decide({ ...mitigating, correction: [permit, retrofit] });
    const after = asked(both).and('decide-review', disciplineHead2, changed({ ...exempting, correction: [retrofit] }), {
      now: at('2026-03-12'),
    });
    expect(linesOf(after)[0]).toBe(
      '根据《宜昌市容错纠错实施办法》，经复核，演容〔2026〕1号容错处理决定书变更如下，原决定不再执行。',
    );
    const [correction] = linesOf(after).filter((line) => line.includes('审核销号'));
    expect(correction).toMatch(/^1\. 完善内部审批流程。请于2026年4月2日前（含当日.*）完成，并报本机关审核销号。$/);
    // It was ordered ten days before this decision.
    expect(correction).not.toContain('自本决定作出之日起');
    expect(contentOf(after)).toMatchObject({ number: '演容〔2026〕2号', date: '2026-03-12' });
  });

  test('never count a period of the law from a day other than that from which it runs', () => {
    const after = asked(decide(mitigating)).and('decide-review', disciplineHead2, changed(mitigating), {
      now: at('2026-03-12'),
    });
    const [period] = linesOf(after).filter((line) => line.startsWith('影响期'));
    expect(period).toContain('至2026年9月2日');
    // Six months from the decision that was changed.
    expect(period).not.toContain('自本决定作出之日起');
  });

  test('are followed by a rescission that names every number', () => {
    const once = decided().and('rescind', disciplineHead, reason);
    expect(linesOf(once, 'tolerance-rescission')).toEqual([
      '根据《宜昌市容错纠错实施办法》，经研究，决定撤销演容〔2026〕1号容错处理决定书，自本通知印发之日起不再执行，不得再作为有关评价和使用的依据。',
      '撤销的原因如下：',
      '理由不充分。',
      '特此通知。',
    ]);
    expect(contentOf(once, 'tolerance-rescission')).toMatchObject({
      title: '关于撤销演容〔2026〕1号容错处理决定书的通知',
      number: '演容〔2026〕2号',
      addressees: [
        '市住房和城乡建设局（演示）党组织、市委组织部（演示）、市委巡察办（演示）、市审计局（演示）',
        comrade,
      ],
      copies: [],
    });
    const twice = asked(decided())
      .and('decide-review', disciplineHead2, changed({ ...exempting, ...nothingToCorrect }))
      .and('rescind', disciplineHead, reason);
    expect(linesOf(twice, 'tolerance-rescission')[0]).toContain(
      '决定撤销演容〔2026〕1号、演容〔2026〕2号容错处理决定书',
    );
  });
});

test('an application that is declined is answered with the reason and the way of review, without a number', () => {
  expect(linesOf(declined(), 'tolerance-declined')).toEqual([
    `${comrade}提出的关于“老旧小区改造先行开工一事”的容错申请收悉。${basis}经研究，不予受理，理由如下：`,
    '理由不充分。',
    ways,
    '特此通知。',
  ]);
  expect(contentOf(declined(), 'tolerance-declined')).not.toHaveProperty('number');
});

describe('chasers and notices', () => {
  test('about a correction go to who owes it; that it is overdue is a to-do of the organ, and no letter', () => {
    const story = correcting().throughDay('2026-03-10');
    expect(JSON.stringify(story.sheets.map(({ letter }) => letter.content.body))).toContain(
      '1. 演容〔2026〕1号容错处理决定书：应于2026年3月9日前（含当日）完成纠错并报告。',
    );
    expect(story.open.matter.letters.map(({ type }) => type)).toEqual(['tolerance-decision']);
    expect(story.open.todos()).toContainEqual(
      expect.objectContaining({ act: 'refer', title: '逾期处置', assignee: 'unit:discipline', dueOn: '2026-03-09' }),
    );
  });

  test('say how the organ answered a request', () => {
    const ask = { deadline: 'correction-1', workingDays: 3, reason: '审批需时。' };
    const answered = correcting()
      .and('request-extension', housingLiaison, ask)
      .and('grant-extension', disciplineOfficer, { deadline: 'correction-1' });
    expect(linesOf(answered, 'extension-answer')).toEqual([
      '来函收悉。经研究，同意将演容〔2026〕1号容错处理决定书的纠错时限延长3个工作日，调整为2026年3月12日（含当日）。',
      '此复。',
    ]);
    expect(contentOf(answered, 'extension-answer').title).toBe('关于演容〔2026〕1号的复函');
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
    'tolerance-decision',
    'tolerance-rescission',
  ]);
});
