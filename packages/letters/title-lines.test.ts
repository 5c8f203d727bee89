import fc from 'fast-check';
import { titleLines, titleWidth } from './title-lines.ts';

/** Characters of 二号 in 156 mm. */
const WIDEST = 20;

const phrase = fc.constantFrom(
  '关于',
  '推进',
  '老旧小区改造',
  '市住房和城乡建设局',
  '成效不明显',
  '的',
  '演督函〔2026〕12号',
  '2026年11月2日',
  '0000-0000000',
  '（第二批）',
  '“跨江大桥”',
  '《实施办法（试行）》',
  'Planning Office',
  '98.6%',
  '李四同志',
  '通知',
);
const leaning = fc.constantFrom('', '', '', '的', '了', '和', '等', '、');
const official = fc
  .array(fc.tuple(phrase, leaning), { minLength: 1, maxLength: 14 })
  .map((parts) => parts.flat().join(''));
const any = fc.oneof(official, fc.string({ unit: 'grapheme', maxLength: 80 }));

/** The places at which a title is cut. */
const cuts = (lines: readonly string[]) => {
  let at = 0;
  return lines.slice(0, -1).map((line) => (at += line.length));
};

describe('the lines of a title', () => {
  test.each([
    [['关于市住房和城乡建设局推进', '老旧小区改造工作成效不明显的提醒函']],
    [['关于撤销演督函〔2026〕1号的通知']],
    [['关于“跨江大桥”及时奖励的决定']],
    [['关于对李四同志在园区供电改造', '项目中有关失误予以容错的决定']],
    [['关于对市住房和城乡建设局', '局长钱管同志进行工作约谈的通知']],
    [['关于受理“园区供电改造项目”先行', '启动管线迁改事项前瞻性决策风险', '事前报备申请并征求意见的通知书']],
  ])('break where the sense lets them: %j', (lines) => {
    expect(titleLines(lines.join(''))).toEqual(lines);
  });

  test('are the title when they are joined, whatever was typed', () => {
    fc.assert(fc.property(any, (title) => titleLines(title).join('') === title));
  });

  test('are at most three, none too wide, for every title of ordinary words that fits easily', () => {
    fc.assert(
      fc.property(official, (title) => {
        fc.pre(titleWidth(title) <= 2 * WIDEST);
        const lines = titleLines(title);
        expect(lines.length).toBeLessThanOrEqual(3);
        for (const line of lines) expect(titleWidth(line)).toBeLessThanOrEqual(WIDEST);
      }),
    );
  });

  test('never part a number, a year, a telephone number, a Latin word or a document’s number', () => {
    fc.assert(
      fc.property(official, (title) => {
        const whole = [...title.matchAll(/演督函〔2026〕12号|2026年11月2日|[\d.%-]+|[A-Za-z]+/gu)];
        for (const at of cuts(titleLines(title)))
          for (const { index, 0: text } of whole) expect(at <= index || at >= index + text.length).toBe(true);
      }),
    );
  });

  test('begin with no closing sign and no word that leans on the one before, and end with no opening sign', () => {
    fc.assert(
      fc.property(official, (title) => {
        const lines = titleLines(title);
        for (const line of lines.slice(1)) expect(line).not.toMatch(/^(?:[”》）〕、，。的了]|同志)/u);
        for (const line of lines.slice(0, -1)) expect(line).not.toMatch(/[“《（〔]$/u);
      }),
    );
  });
});
