import { jest } from '@jest/globals';
import { expectRefusal, numberedSteps, ok } from './display.ts';
import * as z from 'zod/mini';

const shown: string[] = [];
beforeEach(() => {
  shown.length = 0;
  jest.spyOn(console, 'log').mockImplementation((line: string) => void shown.push(line.trim()));
});
afterEach(() => jest.restoreAllMocks());

/** A story that begins so many steps. */
const beginning = (steps: number) => (begin: () => void) => {
  for (let begun = 0; begun < steps; begun += 1) begin();
  return Promise.resolve();
};

test('the steps of every story are numbered through', async () => {
  const chapter = numberedSteps(3);
  await chapter(['起草', '办结'], beginning(2));
  await chapter(['约谈'], beginning(1));
  expect(shown).toEqual([
    '[███████░░░░░░░░░░░░░░░] 1/3  起草',
    '[███████████████░░░░░░░] 2/3  办结',
    '[██████████████████████] 3/3  约谈',
  ]);
});

test('a story that has other steps than it declares fails', async () => {
  await expect(numberedSteps(2)(['起草', '办结'], beginning(1))).rejects.toThrow('never came to: 办结');
  await expect(numberedSteps(1)(['起草'], beginning(2))).rejects.toThrow('more steps than it declares');
});

test('an answer that is not as the story expects it ends the story', () => {
  const refused = { status: 409, body: { code: 'not-now', title: '事项当前状态不允许此操作' } };
  expect(() => ok(refused, z.unknown())).toThrow('unexpected answer 409');
  expectRefusal(refused, 409, 'not-now');
  expect(shown).toEqual(['409 not-now：事项当前状态不允许此操作']);
  expect(() => expectRefusal(refused, 403, 'not-yours')).toThrow('expected 403 not-yours');
  expect(() => expectRefusal({ status: 200, body: { state: 'issued' } }, 409, 'not-now')).toThrow('got 200');
});
