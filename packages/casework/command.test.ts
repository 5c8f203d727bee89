/* eslint jest/expect-expect: ["error", { "assertFunctionNames": ["expect", "fc.assert", "**.then*"] }] */
import { reminder } from '@dandang/measures/reminder/reminder.ts';
import * as z from 'zod/mini';
import { approved as approvedInterview, committeeOfficer } from '../../test/story/interview-town.ts';
import { given, type Story } from '../../test/story/story.ts';
import { clerk, principal, town, townUnset, withoutMail } from '../../test/story/town.ts';
import { commandsOf, nothingNeeded } from './command.ts';
import type { StoredEvent } from './commit.ts';
import { type IssuedLetter, issueLetter } from './letter-issue.ts';
import { isRefusal } from './refusal.ts';

const body = {
  unit: 'housing',
  leader: 'deputy-leader',
  circumstance: 'slow-progress',
  subject: '老旧小区改造进度滞后',
  findings: '截至二月底，年度任务完成不足一成。',
  requirements: '请查明原因，倒排工期。',
};
const awaiting = given(reminder, town).opened(clerk, body).and('submit', clerk);
const approved = awaiting.and('approve', principal, { opinion: '同意印发。' });

function lettersBefore(story: Story): readonly IssuedLetter[] {
  const letters = story.previewed('issue', principal);
  if (isRefusal(letters)) throw new Error(letters.refused);
  return letters;
}

describe('letters before they exist', () => {
  test('are read by whoever approves them: the same as those that go out, but for their numbers', () => {
    const issued = approved.when('issue', clerk).letters;
    const numberless = (letters: readonly IssuedLetter[]) =>
      letters.map(({ title, content, deliveries }) => ({
        title,
        to: deliveries,
        text: JSON.stringify(content.body).replaceAll(/（[^（）]*〔\d*〕\d*号）/g, ''),
      }));
    expect(numberless(lettersBefore(awaiting)).map(({ title }) => title)).toEqual([
      '关于老旧小区改造进度滞后的工作提示',
      '关于老旧小区改造进度滞后的提醒函',
    ]);
    expect(numberless(lettersBefore(awaiting))).toEqual(numberless(issued));
  });

  test('are read also where one of them could not be sent; then nothing is issued', () => {
    const unreachable = approved.within(withoutMail(town, 'housing'));
    expect(lettersBefore(unreachable).flatMap((one) => one.deliveries.map(({ address }) => address))).toContain('');
    unreachable.when('issue', clerk).then({ refused: 'no-address', detail: '市住房和城乡建设局（演示）' });
  });

  test('are refused where they cannot be written', () => {
    expect(awaiting.within(townUnset).previewed('issue', principal)).toMatchObject({ refused: 'reply-term-unset' });
  });

  test('are none for a command that issues none', () => {
    expect(awaiting.previewed('approve', principal, { opinion: '同意。' })).toEqual([]);
  });
});

test('a command that writes letters and leaves them out of its decision is a mistake, not a silence', () => {
  const written = (matter: { readonly kind: string; readonly id: string }): IssuedLetter[] =>
    lettersBefore(awaiting).map((one) =>
      issueLetter(
        `${matter.kind}/${matter.id}`,
        'slot',
        { type: one.type, typeName: one.typeName, content: one.content },
        [],
      ),
    );
  const forgetful = commandsOf<string, unknown, StoredEvent>()(['awaiting-approval'], {
    title: '',
    by: [],
    input: z.strictObject({}),
    letters: written,
    decide: () => [],
  }).prepare(awaiting.open.matter, {});
  expect(() => forgetful.ok && forgetful.value.decide(awaiting.context(clerk, awaiting.now, nothingNeeded))).toThrow(
    'did not issue them',
  );
});

test('a command that needs more of a matter than it has yet is not possible, and says what is', () => {
  const story = approvedInterview();
  const { refusal } = story.when('notify', committeeOfficer);
  expect(refusal).toEqual({ refused: 'not-now', state: 'approved', allowed: story.allowed(committeeOfficer) });
  expect(story.allowed(committeeOfficer)).toContain('plan');
  expect(story.previewed('notify', committeeOfficer)).toMatchObject({ refused: 'not-now' });
});
