import type { LetterContent } from '@dandang/letters/letter.ts';
import {
  closed,
  completed,
  concurred,
  held,
  interviewTown,
  interviewTownWith,
  notified,
  organizationOfficer,
  participants,
  record,
  committeeOfficer,
  evening,
  rectifying,
} from '../../../test/story/interview-town.ts';
import { at, type Story, type World } from '../../../test/story/story.ts';
import { clerk, housingLiaison } from '../../../test/story/town.ts';

/** What a letter says, line by line, as `label：text` where it has labels. */
function linesOf(story: Story, type: string): string[] {
  const content = contentOf(story, type);
  return content.body.map((block) => {
    if (block.kind === 'form-line') return `${block.label}：${block.text}`;
    return block.kind === 'table' ? '' : block.text;
  });
}
function contentOf(story: Story, type: string): LetterContent {
  const found = story.open.matter.letters.find((one) => one.type === type);
  if (found === undefined) throw new Error(`there is no ${type}`);
  return found.content;
}

const two = {
  subjects: [
    { official: 'housing-director', responsibility: 'principal' },
    { official: 'housing-deputy', responsibility: 'in-charge' },
    { group: { unit: 'housing', name: '市住房和城乡建设局（演示）领导班子' } },
  ],
};
const basis = '根据《宜昌市督查问效实施办法（试行）》，';
/** The line on which somebody signs and dates. */
const dated = '＿＿＿＿＿＿　　　　年　　月　　日';
const director = '市住房和城乡建设局（演示）局长housing-director（演示）';

test('the notice says who, why, when, where and by whom', () => {
  expect(linesOf(notified(), 'interview-notice')).toEqual([
    `${basis}经批准，决定进行工作约谈。现将有关事项通知如下：`,
    `约谈对象：${director}`,
    '约谈事由：老旧小区改造进度滞后。',
    '适用情形：“不愿担当负责，不敢直面矛盾，不能动真碰硬，落实全市重点工作不力，导致进度滞后”的情形。',
    '约谈时间：2026年3月5日15时',
    '约谈地点：市委第二会议室',
    '主约谈人：deputy-leader（演示）',
    '参加人员：discipline-officer（演示）、organization-officer（演示）',
    '约谈内容：听取说明，提出整改要求。',
    '请按时到场，不得委托他人代为参加；确有特殊情况不能到场的，请事先向市委办公室（演示）请假。请带书面情况说明。',
    '特此通知。',
  ]);
  expect(contentOf(notified(), 'interview-notice')).toMatchObject({
    issuer: '市委办公室（演示）',
    number: '演约〔2026〕1号',
    addressees: [`${director}同志`],
    copies: ['deputy-leader（演示）同志、discipline-officer（演示）同志、organization-officer（演示）同志'],
    signatories: ['市委办公室（演示）'],
    date: '2026-03-02',
  });
});

test('the notice has no line for participants where there are none, and names a unit once', () => {
  const lines = linesOf(
    concurred(interviewTown, two, { participants: [] }).and('notify', committeeOfficer),
    'interview-notice',
  );
  expect(lines.some((line) => line.startsWith('参加人员'))).toBe(false);
  expect(lines).toContain(
    `约谈对象：${director}、市住房和城乡建设局（演示）housing-deputy（演示）、市住房和城乡建设局（演示）领导班子`,
  );
});

test('the record names hour, place, persons and minutes and leaves a dated line for each who signs', () => {
  const everybody = { ...record, attendees: [...record.attendees, 'housing-deputy'] };
  const story = notified(interviewTown, two).and('hold', organizationOfficer, everybody, { now: evening });
  expect(linesOf(story, 'interview-record')).toEqual([
    '约谈时间：2026年3月5日15时',
    '约谈地点：市委第二会议室',
    '主持（主约谈人）：deputy-leader（演示）',
    '应到：市住房和城乡建设局（演示）局长 housing-director（演示）、市住房和城乡建设局（演示）housing-deputy（演示）、市住房和城乡建设局（演示）领导班子',
    '实到：deputy-leader（演示）、discipline-officer（演示）、市委组织部（演示）organization-officer（演示）、市住房和城乡建设局（演示）局长 housing-director（演示）、市住房和城乡建设局（演示）housing-deputy（演示）',
    '记录：organization-officer（演示）',
    '一、约谈内容',
    '约谈对象作了说明。',
    '二、整改要求',
    '1. 一周内全面排查。',
    '2. 逐项限期整改。',
    '三、签名',
    ...[
      '主约谈人',
      '约谈对象housing-director（演示）',
      '约谈对象housing-deputy（演示）',
      '市住房和城乡建设局（演示）领导班子',
      '记录人',
    ].map((who) => `${who}：${dated}`),
  ]);
  expect(contentOf(story, 'interview-record')).toMatchObject({
    layout: 'minutes',
    issuer: '市委组织部（演示）约谈记录',
    signatories: ['市委组织部（演示）'],
    addressees: [],
  });
});

test('the record says openly what was irregular and why', () => {
  const irregular = {
    attendees: ['deputy-leader', ...participants.slice(1), 'housing-director'],
    irregular: { reason: '突发任务。' },
  };
  const story = notified().and('hold', organizationOfficer, { ...record, ...irregular }, { now: evening });
  expect(linesOf(story, 'interview-record')).toContain('程序说明：纪委监委机关或者组织部未全程参与。原因：突发任务。');
  const needless = notified().and(
    'hold',
    organizationOfficer,
    { ...record, irregular: { reason: '改在现场。' } },
    { now: evening },
  );
  expect(linesOf(needless, 'interview-record')).toContain('程序说明：改在现场。');
});

test('the rectification notice repeats what is required and names the last day, or the term while the day may move', () => {
  expect(linesOf(held(), 'rectification-notice')).toEqual([
    `${basis}2026年3月5日15时对${director}同志进行的约谈提出以下整改要求：`,
    '1. 一周内全面排查。',
    '2. 逐项限期整改。',
    '请于2026年3月12日前（含当日，自约谈之日起5个工作日）制定整改方案并报市委督查室（演示），逐项列明问题、措施、责任人和完成时限。',
    '对本通知有异议的，可以自收到之日起30日内向市委督查室（演示）书面提出（参照《政府督查工作条例》第十七条）。',
    '特此通知。',
  ]);
  expect(contentOf(held(), 'rectification-notice')).toMatchObject({
    title: '关于演约〔2026〕1号的整改通知',
    addressees: ['市住房和城乡建设局（演示）'],
    copies: ['housing-director（演示）同志'],
  });
  const hour = at('2026-12-28', '15:30');
  const late = notified().and('hold', organizationOfficer, { ...record, heldAt: hour }, { now: hour });
  expect(linesOf(late, 'rectification-notice')[0]).toBe(
    `${basis}2026年12月28日15时30分对${director}同志进行的约谈提出以下整改要求：`,
  );
  expect(linesOf(late, 'rectification-notice').at(-3)).toContain(
    '请自约谈之日起5个工作日内（不含当日）制定整改方案并报市委督查室（演示）',
  );
});

test('a change of time names both times, a cancellation the one that is not', () => {
  const moved = notified().and('reschedule', committeeOfficer, {
    at: at('2026-03-09', '10:30'),
    place: '第三会议室',
    reason: '会议冲突。',
  });
  expect(linesOf(moved, 'interview-rescheduled')).toEqual([
    '演约〔2026〕1号约谈通知书所涉、原定于2026年3月5日15时在市委第二会议室进行的约谈，改为2026年3月9日10时30分在第三会议室进行。其他事项不变。',
    '改期的原因如下：',
    '会议冲突。',
    '特此通知。',
  ]);
  const cancelled = moved.and('cancel', committeeOfficer, { reason: '情况变化。' });
  expect(linesOf(cancelled, 'interview-cancelled')).toEqual([
    expect.stringMatching(
      /^演约〔2026〕1号约谈通知书.*定于2026年3月9日10时30分在第三会议室进行的约谈取消。如另行安排，将另行通知。$/,
    ),
    '取消的原因如下：',
    '情况变化。',
    '特此通知。',
  ]);
});

test('a report goes to the lead with its progress, as a sheet of the unit’s own', () => {
  const reported = rectifying().and('report', housingLiaison, { text: '已开工两个。', progress: 60 });
  expect(linesOf(reported, 'progress-report')).toEqual([
    '现将整改进展情况报告如下。截至2026年3月5日，整改进度为60%。',
    '已开工两个。',
    '特此报告。',
  ]);
  expect(contentOf(reported, 'progress-report')).toMatchObject({
    layout: 'sheet',
    title: '关于演约〔2026〕1号约谈整改进展情况的报告',
    issuer: '市住房和城乡建设局（演示）',
    addressees: ['deputy-leader（演示）同志'],
  });
});

describe('the conclusion of a review', () => {
  const within = { amount: 10, unit: 'working-day' };
  const remedyOf =
    '对本复核意见有异议的，可以自收到之日起30日内向市委督查室（演示）书面提出（参照《政府督查工作条例》第十七条）。';

  test('that failed says what was required, what was found, what is still required by when, and the remedy', () => {
    const failed = completed().and('review', clerk, {
      outcome: 'failed',
      opinion: '两处尚未开工。',
      requirements: ['两处立即开工。'],
      within,
    });
    expect(linesOf(failed, 'review-conclusion')).toEqual([
      `${basis}市委督查室（演示）对演约〔2026〕1号约谈通知书所涉约谈整改要求的落实情况进行了复核，现将复核意见告知如下。`,
      '一、整改要求',
      '1. 一周内全面排查。',
      '2. 逐项限期整改。',
      '二、复核情况',
      '两处尚未开工。',
      '三、复核结论',
      '整改未到位，须按以下要求继续整改：',
      '1. 两处立即开工。',
      '请于2026年3月19日前（含当日，自印发之日起10个工作日）完成整改并报市委督查室（演示）。',
      remedyOf,
      '特此通知。',
    ]);
    expect(contentOf(failed, 'review-conclusion')).toMatchObject({
      issuer: '市委督查室（演示）',
      addressees: ['市住房和城乡建设局（演示）', 'housing-director（演示）同志'],
    });
  });

  test('that passed strikes the matter off', () => {
    expect(linesOf(closed(), 'review-conclusion').slice(-4)).toEqual([
      '三、复核结论',
      '整改到位，予以销号。',
      remedyOf,
      '特此通知。',
    ]);
  });

  test('that found no effect says what follows in the policy’s words, and nothing where the policy says nothing', () => {
    const unresolved = (world?: World) =>
      linesOf(
        completed(world).and('review', clerk, { outcome: 'unresolved', opinion: '虚假整改。' }),
        'review-conclusion',
      );
    expect(unresolved().slice(-5)).toEqual([
      '三、复核结论',
      '约谈后工作成效仍不明显。',
      '按照有关规定，约谈后工作成效仍不明显的，坚决予以严肃处理。',
      remedyOf,
      '特此通知。',
    ]);
    const { onFailure: _unsaid, ...rest } = interviewTown.policy.interview;
    const silent = { ...interviewTown, policy: { ...interviewTown.policy, interview: rest } };
    expect(unresolved(silent).slice(-4)).toEqual(['三、复核结论', '约谈后工作成效仍不明显。', remedyOf, '特此通知。']);
  });
});

test('a letter carries the marking of the setting, and none without it', () => {
  expect(contentOf(notified(), 'interview-notice')).not.toHaveProperty('marking');
  const marked = notified(interviewTownWith({ 'letter.marking': '演示' }));
  expect(contentOf(marked, 'interview-notice')).toMatchObject({ marking: '演示' });
});
