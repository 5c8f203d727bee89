import * as fc from 'fast-check';
import { sentence, unended } from './finished.ts';

describe('a text that somebody typed ends as a sentence', () => {
  test.each([
    ['进度滞后', '进度滞后。'],
    ['进度滞后。', '进度滞后。'],
    ['进度滞后。。', '进度滞后。'],
    ['进度滞后.', '进度滞后。'],
    ['进度滞后；', '进度滞后。'],
    ['进度滞后，', '进度滞后。'],
    ['为何滞后？', '为何滞后？'],
    ['为何滞后？。', '为何滞后？'],
    ['他说：“按期完成。”', '他说：“按期完成。”'],
    ['属于“三重一大”', '属于“三重一大”。'],
    ['（见附件）', '（见附件）。'],
    ['计划40个。。实际23个', '计划40个。实际23个。'],
    ['  增长3.5 ', '增长3.5。'],
    ['', ''],
  ])('%j is printed as %j', (typed, printed) => {
    expect(sentence(typed)).toBe(printed);
  });

  test('whatever it is, finishing it again changes nothing, and what it says stays', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('进', '度', '。', '，', '；', '？', '”', '.', ' ', '3') }),
        (typed) => {
          const printed = sentence(typed);
          expect(sentence(printed)).toBe(printed);
          expect(printed).not.toMatch(/。。/u);
          expect(printed.replace(/[^进度3]/gu, '')).toBe(typed.replace(/[^进度3]/gu, ''));
        },
      ),
    );
  });
});

test('in the middle of a sentence no sign stands at its end', () => {
  expect(unended('推进老旧小区改造。')).toBe('推进老旧小区改造');
  expect(unended('“一网通办”；')).toBe('“一网通办”');
});
