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
const director = '市住房和城乡建设局（演示）局长housing-director（演示）';

test('the notice says who, why, when, where and by whom', () => {
  expect(linesOf(notified(), 'interview-notice')).toEqual([
    '经批准，决定进行工作约谈，现将有关事项通知如下。',
    `约谈对象：${director}`,
    '约谈事由：老旧小区改造进度滞后。',
    '适用情形：不愿担当负责，不敢直面矛盾，不能动真碰硬，落实全市重点工作不力，导致进度滞后的',
    '约谈时间：2026年3月5日15时',
    '约谈地点：市委第二会议室',
    '主约谈人：deputy-leader（演示）',
    '参加人员：discipline-officer（演示）、organization-officer（演示）',
    '约谈内容：听取说明，提出整改要求。',
  ]);
  expect(contentOf(notified(), 'interview-notice')).toMatchObject({
    issuer: '市委办公室（演示）',
    number: '演约〔2026〕1号',
    addressees: [director],
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

test('the record names place, persons and minutes and leaves a line for each who signs', () => {
  const everybody = { ...record, attendees: [...record.attendees, 'housing-deputy'] };
  const story = notified(interviewTown, two).and('hold', organizationOfficer, everybody, { now: evening });
  expect(linesOf(story, 'interview-record').slice(1)).toEqual([
    '约谈时间：2026年3月5日15时',
    '约谈地点：市委第二会议室',
    '主约谈人：deputy-leader（演示）',
    '到场人员：deputy-leader（演示）、discipline-officer（演示）、organization-officer（演示）、housing-director（演示）、housing-deputy（演示）',
    '一、约谈内容',
    '约谈对象作了说明。',
    '二、整改要求',
    '1. 一周内全面排查。',
    '2. 逐项限期整改。',
    '三、签名',
    '主约谈人（签名）：',
    '约谈对象housing-director（演示）（签名）：',
    '约谈对象housing-deputy（演示）（签名）：',
    '市住房和城乡建设局（演示）领导班子（签名）：',
    '记录人（签名）：',
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
    '2026年3月5日15时的约谈提出以下整改要求：',
    '1. 一周内全面排查。',
    '2. 逐项限期整改。',
    '请于2026年3月12日前（含当日，5个工作日）制定并报送整改方案，逐项列明问题、措施、责任人和时限。',
    '对本通知有异议的，可以自收到之日起30日内向市委督查室（演示）书面提出（参照《政府督查工作条例》第十七条）。',
  ]);
  const hour = at('2026-12-28', '15:30');
  const late = notified().and('hold', organizationOfficer, { ...record, heldAt: hour }, { now: hour });
  expect(linesOf(late, 'rectification-notice')[0]).toBe('2026年12月28日15时30分的约谈提出以下整改要求：');
  expect(linesOf(late, 'rectification-notice').at(-2)).toContain('请于5个工作日内制定并报送整改方案');
});

test('a change of time names both times, a cancellation the one that is not', () => {
  const moved = notified().and('reschedule', committeeOfficer, {
    at: at('2026-03-09', '10:30'),
    place: '第三会议室',
    reason: '会议冲突。',
  });
  expect(linesOf(moved, 'interview-rescheduled')).toEqual([
    '原定2026年3月5日15时在市委第二会议室进行的约谈，改为2026年3月9日10时30分在第三会议室进行。',
    '改期原因：会议冲突。',
  ]);
  const cancelled = moved.and('cancel', committeeOfficer, { reason: '情况变化。' });
  expect(linesOf(cancelled, 'interview-cancelled')).toEqual([
    '原定2026年3月9日10时30分在第三会议室进行的约谈取消。',
    '取消原因：情况变化。',
  ]);
});

test('a report goes to the lead with its progress', () => {
  const reported = rectifying().and('report', housingLiaison, { text: '已开工两个。', progress: 60 });
  expect(linesOf(reported, 'progress-report')).toEqual(['整改进度：60%', '已开工两个。']);
  expect(contentOf(reported, 'progress-report')).toMatchObject({
    issuer: '市住房和城乡建设局（演示）',
    addressees: ['deputy-leader（演示）'],
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
      '演约〔2026〕1号约谈通知书所涉约谈提出的整改要求，经复核，意见如下。',
      '一、整改要求',
      '1. 一周内全面排查。',
      '2. 逐项限期整改。',
      '二、复核情况',
      '两处尚未开工。',
      '三、复核结论',
      '整改未到位，须按以下要求继续整改：',
      '1. 两处立即开工。',
      '请于2026年3月19日前（含当日，10个工作日）完成整改并报告。',
      remedyOf,
    ]);
    expect(contentOf(failed, 'review-conclusion')).toMatchObject({
      issuer: '市委督查室（演示）',
      addressees: ['市住房和城乡建设局（演示）', 'housing-director（演示）'],
    });
  });

  test('that passed strikes the matter off', () => {
    expect(linesOf(closed(), 'review-conclusion').slice(-3)).toEqual([
      '三、复核结论',
      '整改到位，予以销号。',
      remedyOf,
    ]);
  });

  test('that found no effect says what follows in the policy’s words, and nothing where the policy says nothing', () => {
    const unresolved = (world?: World) =>
      linesOf(
        completed(world).and('review', clerk, { outcome: 'unresolved', opinion: '虚假整改。' }),
        'review-conclusion',
      );
    expect(unresolved().slice(-4)).toEqual([
      '三、复核结论',
      '约谈后工作成效仍不明显。',
      '约谈后工作成效仍不明显的，坚决予以严肃处理。',
      remedyOf,
    ]);
    const { onFailure: _unsaid, ...rest } = interviewTown.policy.interview;
    const silent = { ...interviewTown, policy: { ...interviewTown.policy, interview: rest } };
    expect(unresolved(silent).slice(-3)).toEqual(['三、复核结论', '约谈后工作成效仍不明显。', remedyOf]);
  });
});

test('a letter carries the marking of the setting, and none without it', () => {
  expect(contentOf(notified(), 'interview-notice')).not.toHaveProperty('marking');
  const marked = notified(interviewTownWith({ 'letter.marking': '演示' }));
  expect(contentOf(marked, 'interview-notice')).toMatchObject({ marking: '演示' });
});
